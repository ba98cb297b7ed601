/** Who says what in a text: sentence by sentence, by the cues that Vietnamese newswriting puts there. */
import type { Speaker } from '../domain/analysis.ts';
import { type SpeakerCue, speakerCues } from './speaker-cues.ts';
import { PHRASE_BREAK, SENTENCE_BREAK, type Syllable } from './syllables.ts';
import { createTermMatcher, inEitherSpelling, type TermMatch, type TermMatcher } from './term-matcher.ts';

/** Somebody named in a text, by kind: `bác sĩ`, `Sở Y tế`. Indices are of syllables; `to` is the one after its last. */
export interface Actor {
  readonly from: number;
  readonly to: number;
  readonly speaker: Speaker;
  /** Part of the health sector. */
  readonly isSector: boolean;
  /** From which syllable on, and up to which, the text has it speak; absent where it does not. */
  readonly says?: Stretch;
}

/** Syllables from `from` up to, not including, `to`. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Speakers {
  /** In reading order. */
  readonly actors: readonly Actor[];
  /** Who says the syllable at this index, where the text says who. */
  at(index: number): Speaker | undefined;
}

/** Between an actor and its verb stand a name, an office, a place; of other words no more than these. */
const MAX_OTHER_WORDS = 3;
const MAX_TO_VERB = 24;
/** Between `theo` and whom it names: `theo kết luận của Thanh tra`, `theo thông tin từ Sở Y tế`. */
const MAX_AFTER_ACCORDING = 4;
/** A name between actor and colon: `Bác sĩ Nguyễn Văn A: …`. */
const MAX_TO_COLON = 6;
/** Words left behind a verb that closes its sentence: `…, bác sĩ A cho biết.` */
const MAX_AFTER_CLOSING = 2;
/** Quotations longer than this are lost marks. */
const MAX_QUOTE = 1500;

/** What joins the parts of a person's description, beside names. */
const LINKS: ReadonlySet<string> = new Set(
  'khoa trưởng phó của tại ở thuộc phòng viện trung tâm ông bà anh chị cô em và giám đốc chủ tịch nhiệm tỉnh thành phố xã phường huyện quận đại diện lãnh nội ngoại nhi hồi sức cấp cứu da liễu sản'.split(
    ' ',
  ),
);

const CUES = speakerCues();
/** Built when the first text without diacritics comes. Without them, a verb of one syllable may be any word. */
let foldedOnce: TermMatcher<SpeakerCue> | undefined;
const matcher = inEitherSpelling(createTermMatcher(CUES), () => {
  const plain = [...CUES].filter(([term, { kind }]) => kind !== 'saying' || term.includes(' '));
  foldedOnce ??= createTermMatcher(plain, { folded: true });
  return foldedOnce;
});

type Cue = TermMatch<SpeakerCue>;
type Named = TermMatch<SpeakerCue & { kind: 'actor' }>;
interface Said extends Stretch {
  readonly speaker: Speaker;
  /** Where they are named and described. */
  readonly by?: Stretch;
}

/**
 * Reads who speaks where.
 *
 * Within a sentence somebody speaks from where they are named with a verb of saying (`người nhà phản ánh …`), with
 * `theo`, or with a colon behind their name, until the next one does; where the verb closes the sentence (`…, bác sĩ A
 * cho biết`) all of it is theirs. Of the words that describe a person the first decides (`bác sĩ A, Bệnh viện B`: an
 * expert), but who heads a body speaks for it. A quotation that runs over sentences is all said by whoever its first or
 * last sentence names. Linear in the length of the text.
 *
 * @param text       what `syllables` were cut from
 */
export function findSpeakers(text: string, syllables: readonly Syllable[]): Speakers {
  const cues = matcher.longest(syllables);
  const said = saidIn(text, syllables, cues);
  const actors = cues.filter(isNamed).map((actor) => actorOf(actor, said));
  let quotes: Stretch[] | undefined;
  return {
    actors,
    at(index) {
      const here = speakerAt(said, index);
      if (here !== undefined) return here;
      quotes ??= quotations(text, syllables);
      const quote = quotes.find(({ from, to }) => from <= index && index < to);
      if (quote === undefined) return undefined;
      return speakerAt(said, quote.from) ?? speakerAt(said, quote.to - 1) ?? speakerAt(said, quote.to);
    },
  };
}

/** Who describes a patient or the public (`người nhà bệnh nhân Bệnh viện B`) does not speak with them. */
const SPEAK_ALONE: ReadonlySet<Speaker> = new Set<Speaker>(['patient-or-family', 'public']);

function actorOf({ from, to, value: { speaker, isSector } }: Named, said: readonly Said[]): Actor {
  const actor = { from, to, speaker, isSector };
  const one = lastBefore(said, from);
  const isBy = one?.by !== undefined && one.by.from <= from && from < one.by.to;
  if (!isBy || (from !== one.by?.from && SPEAK_ALONE.has(one.speaker))) return actor;
  return { ...actor, says: { from: one.from, to: one.to } };
}

function isNamed(cue: Cue): cue is Named {
  return cue.value.kind === 'actor';
}

function speakerAt(said: readonly Said[], index: number): Speaker | undefined {
  const last = lastBefore(said, index);
  return last !== undefined && index < last.to ? last.speaker : undefined;
}

/** The last that begins at or before `index`. */
function lastBefore(said: readonly Said[], index: number): Said | undefined {
  let low = 0;
  let high = said.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((said[middle] as Said).from <= index) low = middle + 1;
    else high = middle;
  }
  return said[low - 1];
}

/** What is said by whom; stretches do not overlap. */
function saidIn(text: string, syllables: readonly Syllable[], cues: readonly Cue[]): Said[] {
  const said: Said[] = [];
  let at = 0;
  while (at < cues.length) {
    const end = sentenceEnd(syllables, (cues[at] as Cue).from);
    let next = at;
    while (next < cues.length && (cues[next] as Cue).from < end) next += 1;
    said.push(...saidInSentence(text, syllables, cues.slice(at, next), end));
    at = next;
  }
  return said;
}

function sentenceEnd(syllables: readonly Syllable[], from: number): number {
  let end = from + 1;
  while (end < syllables.length && (syllables[end] as Syllable).breakBefore < SENTENCE_BREAK) end += 1;
  return end;
}

function saidInSentence(
  text: string,
  syllables: readonly Syllable[],
  cues: readonly Cue[],
  end: number,
): Said[] {
  const found: (Said & { by: Stretch })[] = [];
  for (let at = 0; at < cues.length; at += 1) {
    const cue = cues[at] as Cue;
    const introduced = introducedBy(text, syllables, cues, at);
    if (introduced === undefined || found.some(({ by }) => by.from === introduced.by.from)) continue;
    const closes =
      cue.value.kind === 'saying' &&
      cue.value.isReport &&
      end - cue.to <= MAX_AFTER_CLOSING &&
      found.length === 0;
    const from = closes ? sentenceStart(syllables, cue.from) : Math.min(cue.from, introduced.by.from);
    found.push({ ...introduced, from, to: end });
  }
  if (found.length === 0) return toldIn(syllables, cues, end);
  return found
    .sort((a, b) => a.from - b.from)
    .map((one, index) => ({ ...one, to: found[index + 1]?.from ?? end }));
}

function sentenceStart(syllables: readonly Syllable[], from: number): number {
  let start = from;
  while (start > 0 && (syllables[start]?.breakBefore ?? 0) < SENTENCE_BREAK) start -= 1;
  return start;
}

interface Introduced {
  readonly by: Stretch;
  readonly speaker: Speaker;
}

/** Whom the cue at `at` has speak. */
function introducedBy(
  text: string,
  syllables: readonly Syllable[],
  cues: readonly Cue[],
  at: number,
): Introduced | undefined {
  const cue = cues[at] as Cue;
  if (cue.value.kind === 'saying') return subjectOf(syllables, cues, at);
  const next = cues[at + 1];
  if (cue.value.kind === 'according') {
    const isNear = next !== undefined && isNamed(next) && next.from - cue.to <= MAX_AFTER_ACCORDING;
    return isNear ? describedFrom(syllables, cues, at + 1) : undefined;
  }
  if (isNamed(cue) && hasColonBehind(text, syllables, cue.to))
    return { by: { from: cue.from, to: cue.to }, speaker: cue.value.speaker };
  return undefined;
}

/** Who stands before a verb of saying: the nearest actor, and those who are part of its description. */
function subjectOf(syllables: readonly Syllable[], cues: readonly Cue[], at: number): Introduced | undefined {
  const verb = cues[at] as Cue;
  let first = at - 1;
  if (first < 0 || !isDescription(syllables, (cues[first] as Cue).to, verb.from)) return undefined;
  if (!isNamed(cues[first] as Cue)) return undefined;
  while (
    first > 0 &&
    isNamed(cues[first - 1] as Cue) &&
    joins(syllables, cues[first - 1] as Cue, cues[first] as Cue)
  ) {
    first -= 1;
  }
  return describedFrom(syllables, cues, first);
}

function describedFrom(syllables: readonly Syllable[], cues: readonly Cue[], at: number): Introduced {
  const first = cues[at] as Named;
  let last = first;
  let head: Named | undefined;
  for (let next = at + 1; next < cues.length; next += 1) {
    const cue = cues[next] as Cue;
    if (!isNamed(cue) || !joins(syllables, last, cue)) break;
    if (cue.value.isHead) head ??= cue;
    last = cue;
  }
  return { by: { from: first.from, to: last.to }, speaker: (head ?? first).value.speaker };
}

/** Nothing but names and links between two actors: the second describes the first, by body or office. */
function joins(syllables: readonly Syllable[], before: Cue, after: Cue): boolean {
  if (!isNamed(after) || SPEAK_ALONE.has(after.value.speaker)) return false;
  return after.from - before.to <= MAX_TO_VERB && otherWords(syllables, before.to, after.from) === 0;
}

function isDescription(syllables: readonly Syllable[], from: number, to: number): boolean {
  return to - from <= MAX_TO_VERB && otherWords(syllables, from, to) <= MAX_OTHER_WORDS;
}

function otherWords(syllables: readonly Syllable[], from: number, to: number): number {
  let others = 0;
  for (let at = from; at < to; at += 1) {
    const { isCapital, text } = syllables[at] as Syllable;
    if (!isCapital && !LINKS.has(text)) others += 1;
  }
  return others;
}

function hasColonBehind(text: string, syllables: readonly Syllable[], from: number): boolean {
  for (let at = from; at <= from + MAX_TO_COLON; at += 1) {
    const syllable = syllables[at];
    if (syllable === undefined) return false;
    if (syllable.breakBefore >= PHRASE_BREAK) {
      return text.slice(syllables[at - 1]?.end ?? 0, syllable.start).includes(':');
    }
    if (!syllable.isCapital) return false;
  }
  return false;
}

/** Where nobody is introduced, words that belong to one kind of speaker alone. */
function toldIn(syllables: readonly Syllable[], cues: readonly Cue[], end: number): Said[] {
  for (const { value, from } of cues) {
    if (value.kind === 'telling')
      return [{ from: sentenceStart(syllables, from), to: end, speaker: value.speaker }];
  }
  return [];
}

const CLOSING: Readonly<Record<string, string>> = { '“': '”', '"': '"', '«': '»' };

/** Stretches of syllables between quotation marks, over sentences too. */
function quotations(text: string, syllables: readonly Syllable[]): Stretch[] {
  const quotes: Stretch[] = [];
  let at = 0;
  let closedAt = -1;
  for (const { index, 0: mark } of text.matchAll(/[“"«]/gu)) {
    if (index <= closedAt) continue;
    const close = text.indexOf(CLOSING[mark] ?? mark, index + 1);
    if (close < 0 || close - index > MAX_QUOTE) continue;
    closedAt = close;
    while (at < syllables.length && (syllables[at] as Syllable).start < index) at += 1;
    const from = at;
    while (at < syllables.length && (syllables[at] as Syllable).start < close) at += 1;
    quotes.push({ from, to: at });
  }
  return quotes;
}
