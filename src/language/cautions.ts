/** Why a text should be read with care: it speaks of rumours, an office denies, or it hands on dangerous advice. */
import type { AnalysableText, Caution, Speaker } from '../domain/analysis.ts';
import type { CautionKind, CautionRole, CautionRules, CautionTerm } from './caution-rules.ts';
import { hasDiacritics } from './normalise.ts';
import type { Actor, Speakers } from './speakers.ts';
import { hasBreak, NO_BREAK, SENTENCE_BREAK, type Syllable } from './syllables.ts';
import type { TermMatch } from './term-matcher.ts';

/** Who rejects a claim with an office. */
const OFFICIAL: ReadonlySet<Speaker> = new Set<Speaker>([
  'health-authority',
  'facility',
  'expert',
  'police-or-court',
  'inspector',
  'government',
]);
/** How far before a denial whoever denies may be named. */
const REACH_TO_SPEAKER = 40;
/** A remedy, what it does and against what stand this close together. */
const REACH_OF_REMEDY = 10;
/** A warning this close to advice, or in title or summary, warns against it. */
const REACH_OF_GUARD = 60;
/** How far before a cure a word may stand that denies it. */
const REACH_OF_NEGATOR = 3;
const NEGATORS: ReadonlySet<string> = new Set(['không', 'chưa', 'chẳng', 'khó', 'để']);
/** No sentence is read farther than this for what belongs to a term in it. */
const REACH_OF_SENTENCE = 60;
/** Each kind is shown by its first words; more of them prove no more. */
const MAX_PER_KIND = 8;

type Found = TermMatch<CautionTerm>;

interface Reading {
  readonly text: AnalysableText;
  readonly syllables: readonly Syllable[];
  readonly speakers: Speakers;
  /** Leftmost and longest among the terms of one kind. */
  readonly found: readonly Found[];
  /** What stands in the title, and in title or summary. */
  readonly inTitle: ReadonlySet<CautionRole>;
  readonly inLead: ReadonlySet<CautionRole>;
}

/**
 * Cautions of a text in reading order, each kind and term once. They say what the text says, not whether it is true.
 *
 * @param whole  `analysedText(text)`; spans point into it
 * @param syllables  of `whole`
 * @param speakers  of the same syllables
 */
export function findCautions(
  text: AnalysableText,
  whole: string,
  rules: CautionRules,
  syllables: readonly Syllable[],
  speakers: Speakers,
): Caution[] {
  const matcher = hasDiacritics(whole) ? rules.exact : rules.folded;
  const matches = matcher.all(syllables);
  if (matches.length === 0) return [];
  return (Object.keys(JUDGES) as CautionKind[])
    .flatMap((kind) => cautionsOf(kind, readingOf(text, syllables, speakers, ofKind(matches, kind))))
    .sort((a, b) => a.start - b.start);
}

/** Says of a term that could be a caution whether it is one here, and on whose word. */
type Judge = (reading: Reading, index: number) => { readonly speaker?: Speaker } | undefined;

const JUDGES: Readonly<Record<CautionKind, Judge>> = {
  rumour: judgeRumour,
  denial: judgeDenial,
  'harmful-advice': judgeAdvice,
};

function cautionsOf(kind: CautionKind, reading: Reading): Caution[] {
  const { found, syllables } = reading;
  const cautions = new Map<string, Caution>();
  for (let index = 0; index < found.length && cautions.size < MAX_PER_KIND; index += 1) {
    const { value, from, to } = found[index] as Found;
    if (cautions.has(value.term)) continue;
    const judged = JUDGES[kind](reading, index);
    if (judged === undefined) continue;
    const { start } = syllables[from] as Syllable;
    const { end } = syllables[to - 1] as Syllable;
    cautions.set(value.term, { kind, term: value.term, start, end, ...judged });
  }
  return [...cautions.values()];
}

function readingOf(
  text: AnalysableText,
  syllables: readonly Syllable[],
  speakers: Speakers,
  found: readonly Found[],
): Reading {
  const rolesBefore = (end: number) =>
    new Set(
      found.flatMap(({ value, from }) => ((syllables[from] as Syllable).start < end ? [value.role] : [])),
    );
  const leadEnd = text.title.length + 1 + text.summary.length;
  return {
    text,
    syllables,
    speakers,
    found,
    inTitle: rolesBefore(text.title.length),
    inLead: rolesBefore(leadEnd),
  };
}

function ofKind(matches: readonly TermMatch<readonly CautionTerm[]>[], kind: CautionKind): Found[] {
  const chosen: Found[] = [];
  for (const { value, from, to } of matches) {
    const term = value.find((each) => each.kind === kind);
    if (term === undefined) continue;
    const last = chosen.at(-1);
    if (last === undefined || from >= last.to) chosen.push({ value: term, from, to });
    // Of those that begin together the shortest comes first.
    else if (from === last.from) chosen[chosen.length - 1] = { value: term, from, to };
  }
  return chosen;
}

function judgeRumour(reading: Reading, index: number): ReturnType<Judge> {
  const { role } = (reading.found[index] as Found).value;
  if (role === 'terms') return {};
  const isDoubted = reading.inTitle.has('doubts') || asksInTitle(reading) || isNear(reading, index, 'doubts');
  return role === 'spread' && isDoubted ? {} : undefined;
}

function judgeDenial(reading: Reading, index: number): ReturnType<Judge> {
  const { value, from } = reading.found[index] as Found;
  if (value.role !== 'acts' && value.role !== 'statements') return undefined;
  const speaker = reading.speakers.at(from) ?? lastNamed(reading, from)?.speaker;
  if (speaker !== undefined) return OFFICIAL.has(speaker) ? { speaker } : undefined;
  const isTold =
    value.role === 'statements' ? saysInLead(reading) : beginsPhrase(reading, from) && namesInLead(reading);
  return isTold ? {} : undefined;
}

function beginsPhrase({ syllables }: Reading, at: number): boolean {
  return at === 0 || syllables[at]?.breakBefore !== NO_BREAK;
}

/** Whom the sentence names last before the denial. */
function lastNamed({ speakers, syllables }: Reading, at: number): Actor | undefined {
  const named = speakers.actors.findLast(({ to }) => to <= at);
  const isNear =
    named !== undefined &&
    at - named.to <= REACH_TO_SPEAKER &&
    !hasBreak(syllables, named.to, at, SENTENCE_BREAK);
  return isNear ? named : undefined;
}

function namesInLead(reading: Reading): boolean {
  return reading.speakers.actors.some((actor) => isInLead(reading, actor) && OFFICIAL.has(actor.speaker));
}

function saysInLead(reading: Reading): boolean {
  return reading.speakers.actors.some(
    (actor) => isInLead(reading, actor) && actor.says !== undefined && OFFICIAL.has(actor.speaker),
  );
}

function isInLead({ text, syllables }: Reading, { from }: Actor): boolean {
  return (syllables[from] as Syllable).start <= text.title.length + text.summary.length;
}

function judgeAdvice(reading: Reading, index: number): ReturnType<Judge> {
  const { role } = (reading.found[index] as Found).value;
  const isAdvice = role === 'terms' || (role === 'cures' && isRemedy(reading, index));
  return isAdvice && !isGuarded(reading, index) ? {} : undefined;
}

/** `bài thuốc gia truyền chữa khỏi ung thư`: what is taken, what it does, and against what. */
function isRemedy(reading: Reading, index: number): boolean {
  const { from } = reading.found[index] as Found;
  for (let at = Math.max(0, from - REACH_OF_NEGATOR); at < from; at += 1) {
    if (NEGATORS.has(reading.syllables[at]?.text ?? '')) return false;
  }
  return (
    isNear(reading, index, 'remedies', REACH_OF_REMEDY) &&
    isNear(reading, index, 'illnesses', REACH_OF_REMEDY)
  );
}

/** Told of, doubted or warned against, be it in the sentence before or after. */
function isGuarded(reading: Reading, index: number): boolean {
  return (
    asksInTitle(reading) ||
    reading.inLead.has('guards') ||
    distance(reading, index, 'guards', REACH_OF_GUARD) !== undefined
  );
}

/** True where a term of that role stands in the same sentence, no more than `reach` syllables away. */
function isNear(reading: Reading, index: number, role: CautionRole, reach = REACH_OF_SENTENCE): boolean {
  const near = distance(reading, index, role, reach);
  if (near === undefined) return false;
  const { from, to } = reading.found[index] as Found;
  return near < 0
    ? !hasBreak(reading.syllables, from + near, from, SENTENCE_BREAK)
    : !hasBreak(reading.syllables, to, to + near, SENTENCE_BREAK);
}

/** To the nearest term of that role, in syllables: below zero where it stands before. */
function distance({ found }: Reading, index: number, role: CautionRole, reach: number): number | undefined {
  const { from, to } = found[index] as Found;
  let before: number | undefined;
  for (let back = index - 1; back >= 0 && before === undefined; back -= 1) {
    const each = found[back] as Found;
    if (from - each.to > reach) break;
    if (each.value.role === role) before = each.to - 1 - from;
  }
  for (let next = index + 1; next < found.length; next += 1) {
    const each = found[next] as Found;
    const after = each.from - to;
    if (after > Math.min(reach, before === undefined ? reach : -before)) break;
    if (each.value.role === role) return after;
  }
  return before;
}

function asksInTitle({ text }: Reading): boolean {
  return text.title.includes('?');
}
