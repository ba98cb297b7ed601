/** Polarity of a news text by a weighted lexicon: what decided it can be pointed at, term by term. */
import type {
  AnalysableText,
  AxisJudgement,
  Polarity,
  Sentiment,
  SentimentAxis,
  SentimentEvidence,
} from '../domain/analysis.ts';
import { analysedText } from '../domain/analysis.ts';
import type { Lexicon, LexiconClass, LexiconTerm } from './lexicon.ts';
import { hasDiacritics } from './normalise.ts';
import { PHRASE_BREAK, SENTENCE_BREAK, type Syllable, syllabify } from './syllables.ts';
import type { TermMatch } from './term-matcher.ts';

export interface SentimentWithHarm extends Sentiment {
  /** Terms of class `harm` or `misconduct` whose sign nothing has turned, each once, in reading order. */
  readonly harmTerms: readonly string[];
}

/**
 * What each part of the text adds to the score. The headline decides; the summary can tip a headline that says
 * little, the body alone cannot, because long texts on any subject hold words of both signs.
 */
const PART_WEIGHTS = { title: 1, summary: 0.2, body: 0.1 } as const;
type Part = keyof typeof PART_WEIGHTS;
const PARTS = ['title', 'summary', 'body'] as const;

/** Scores within the band are neutral. Narrower below than above zero: what is bad is news sooner than what is good. */
const NEUTRAL_BAND = { below: -0.3, above: 0.3 } as const;

/** A sum of this size scores 0.71: half-way to certainty on the square-root scale. */
const HALF_CERTAIN = 0.8;

/** A body's terms are averaged over this many syllables, so that length alone changes nothing. */
const BODY_WINDOW_SYLLABLES = 60;

/** A question asserts nothing. */
const QUESTION_FACTOR = 0.4;
/** Long quotations are somebody's words, not the paper's. */
const QUOTE_FACTOR = 0.75;
const LONG_QUOTE_SYLLABLES = 5;

/** Without diacritics, a form of one syllable may be a dozen words. */
const FOLDED_SINGLE_FACTOR = 0.1;
/** ...and any match is less sure. */
const FOLDED_FACTOR = 0.85;

/** How many syllables may stand between a modifier and the term it bears on. */
const REACH_BEFORE: Partial<Record<LexiconClass, number>> = {
  negator: 2,
  shifter: 4,
  decrease: 4,
  increase: 4,
  intensifier: 1,
  diminisher: 1,
  modality: 4,
};
const LONGEST_REACH = 4;
/** Between the members of an enumeration stands at most `và` or `hoặc`. */
const LIST_GAP = 1;
/** Matches looked back over: an enumeration under one shifter is no longer than this. */
const LONGEST_LIST = 8;
const REACH_AFTER: Partial<Record<LexiconClass, number>> = { decrease: 2, increase: 2, intensifier: 1 };

/** What can rise and fall: a `decrease` after one of these bears on it (`ca mắc giảm`), after others it opens anew. */
const COUNTABLE: ReadonlySet<LexiconClass> = new Set<LexiconClass>([
  'outbreak',
  'illness',
  'overload',
  'harm',
  'accident',
  'crime',
  'shortage',
  'disaster',
]);

/** What a rescue can overcome, but for what is past it, and what aid is given against. */
const RESCUABLE: ReadonlySet<LexiconClass> = new Set<LexiconClass>([
  'harm',
  'illness',
  'accident',
  'distress',
  'overload',
]);
const PAST_RESCUE = -1;
const AIDABLE: ReadonlySet<LexiconClass> = new Set<LexiconClass>([
  'harm',
  'illness',
  'accident',
  'disaster',
  'distress',
  'shortage',
  'outbreak',
]);
/** How many syllables may name and describe those whom aid is given to. */
const AID_REACH = 14;
const CAUSES: ReadonlySet<string> = new Set(['khiến', 'gây', 'làm']);
/** What it makes of them: a rescue, aid or a `counter` has a weight of its own; its object only adds to that. */
const COUNTERED_FACTOR = -0.1;

const HARM_CLASSES: ReadonlySet<LexiconClass> = new Set<LexiconClass>(['harm', 'misconduct']);

interface Contribution {
  readonly match: TermMatch<LexiconTerm>;
  readonly part: Part;
  readonly weight: number;
  readonly turned: boolean;
  readonly modifiers: readonly string[];
}

/**
 * Scores a text by longest match against the lexicon, each term changed by the words around it.
 *
 * Per part the changed weights are added and squeezed into (-1, 1) by `x / sqrt(x² + k)`; the score is the weighted
 * sum of the parts, clamped. In a text without a title, the first part that says anything takes its place. Text
 * without diacritics is matched on folded forms, at a discount.
 *
 * @param syllables  of `analysedText(text)`, where the caller has them already
 * @returns spans point into `analysedText(text)`; evidence is in reading order
 * @see Taboada et al. 2011, doi:10.1162/COLI_a_00049, for the treatment of modifiers; shifters over negative nouns
 *   are ours, because they decide Vietnamese health headlines
 */
export function scoreSentiment(
  text: AnalysableText,
  lexicon: Lexicon,
  syllables: readonly Syllable[] = syllabify(analysedText(text)),
): SentimentWithHarm {
  const isFolded = !hasDiacritics(analysedText(text));
  const matches = (isFolded ? lexicon.foldedMatcher : lexicon.matcher).longest(syllables);
  const partOf = partLocator(text);
  const contributions = weigh(matches, syllables, partOf, isFolded);
  const sentences = sentenceNumbers(syllables);
  applyRescues(contributions, sentences, syllables);
  applyContrast(contributions, matches, sentences);
  applyFrames(contributions, matches, text, syllables, partOf);
  applyQuotes(contributions, text, syllables);

  const lead = PARTS.find((part) => text[part].trim() !== '') ?? 'title';
  const scoreAlong = (axis?: SentimentAxis) => {
    const along = contributions.filter(
      ({ match }) => axis === undefined || axisOf(match.value.class) === axis,
    );
    return judgementOf(clamp(scoreOf(along, lead, syllables.length)));
  };
  const evidence = contributions.map((contribution) => evidenceOf(contribution, syllables));
  return {
    ...scoreAlong(),
    event: scoreAlong('event'),
    stance: scoreAlong('stance'),
    evidence,
    lexiconVersion: lexicon.version,
    harmTerms: harmTermsOf(contributions),
  };
}

/** Classes that say something of those who act; all others say what happened. */
const STANCE_CLASSES: ReadonlySet<LexiconClass> = new Set<LexiconClass>([
  'misconduct',
  'criticism',
  'praise',
]);

function axisOf(termClass: LexiconClass): SentimentAxis {
  return STANCE_CLASSES.has(termClass) ? 'stance' : 'event';
}

function judgementOf(score: number): AxisJudgement {
  return { polarity: polarityOf(score), score: Math.round(score * 1000) / 1000 };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type MutableContribution = Mutable<Contribution> & { modifiers: string[] };

function polarityOf(score: number): Polarity {
  if (score <= NEUTRAL_BAND.below) return 'negative';
  return score >= NEUTRAL_BAND.above ? 'positive' : 'neutral';
}

function partLocator({ title, summary }: AnalysableText): (offset: number) => Part {
  const summaryStart = title.length + 1;
  const bodyStart = summaryStart + summary.length + 1;
  return (offset) => {
    if (offset < summaryStart) return 'title';
    return offset < bodyStart ? 'summary' : 'body';
  };
}

/**
 * Every polar match with its weight after the modifiers around it. Words that only set a tone are left as they are
 * and stand in nobody's way.
 */
function weigh(
  matches: readonly TermMatch<LexiconTerm>[],
  syllables: readonly Syllable[],
  partOf: (offset: number) => Part,
  isFolded: boolean,
): MutableContribution[] {
  const strong = matches.filter(({ value }) => value.class !== 'tone');
  const contributions: MutableContribution[] = [];
  let index = 0;
  for (const match of matches) {
    const isTone = match.value.class === 'tone';
    if (match.value.isPolar) {
      const modifiers: string[] = [];
      const factor = isTone ? 1 : factorAt(strong, index, syllables, modifiers);
      contributions.push({
        match,
        part: partOf(syllables[match.from]?.start ?? 0),
        weight: match.value.weight * factor * (isFolded ? foldedFactor(match) : 1),
        turned: factor <= 0,
        modifiers,
      });
    }
    if (!isTone) index += 1;
  }
  return contributions;
}

/** What the modifiers around `matches[index]` make of it, noted down in `notes`. */
function factorAt(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
  notes: string[],
): number {
  const { value } = matches[index] as TermMatch<LexiconTerm>;
  let factor = 1;
  for (const modifier of modifiersBefore(matches, index, syllables))
    factor *= effectOf(modifier, value, notes);
  const after = modifierAfter(matches, index, syllables);
  return after === undefined ? factor : factor * effectOf(after, value, notes);
}

function foldedFactor({ from, to }: TermMatch<LexiconTerm>): number {
  return to - from === 1 ? FOLDED_SINGLE_FACTOR : FOLDED_FACTOR;
}

/**
 * The modifiers that bear on `matches[index]` from before it. A polar term in between shields from all of them but
 * a shifter over its own kind: `ngăn ngừa tai nạn, thương tích` prevents both.
 */
function modifiersBefore(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
): LexiconTerm[] {
  const term = matches[index] as TermMatch<LexiconTerm>;
  const found: LexiconTerm[] = [];
  let nearest = term.from;
  let isShielded = false;
  for (let back = index - 1; back >= Math.max(0, index - LONGEST_LIST); back -= 1) {
    const match = matches[back] as TermMatch<LexiconTerm>;
    const isNextInList = match.value.isPolar && match.to === nearest;
    if (isOutOfReach(match.to, nearest, syllables, isShielded || isNextInList)) break;
    if (!match.value.isPolar) {
      if (bearsBefore(matches, back, nearest, isShielded, syllables)) found.push(match.value);
      continue;
    }
    if (counters(match.value, term.value)) found.push(match.value);
    if (match.value.weight > 0 || term.value.weight > 0 || nearest - match.to > LIST_GAP) break;
    isShielded = true;
    nearest = match.from;
  }
  return found;
}

function counters(modifier: LexiconTerm, term: LexiconTerm): boolean {
  return modifier.class === 'counter' && term.weight < 0;
}

function isOutOfReach(
  end: number,
  nearest: number,
  syllables: readonly Syllable[],
  isShielded: boolean,
): boolean {
  const level = isShielded ? SENTENCE_BREAK : PHRASE_BREAK;
  return nearest - end > LONGEST_REACH || hasBreak(syllables, end, nearest, level);
}

/** Whether the modifier at `index` reaches forward to the syllable `nearest`. */
function bearsBefore(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  nearest: number,
  isShielded: boolean,
  syllables: readonly Syllable[],
): boolean {
  const { value, to } = matches[index] as TermMatch<LexiconTerm>;
  const reach = REACH_BEFORE[value.class];
  if (reach === undefined || nearest - to > reach) return false;
  if (isShielded && value.class !== 'shifter') return false;
  return !isTakenBackwards(matches, index, syllables);
}

/** `ca mắc giảm` uses its `giảm` up: what follows is another matter. */
function isTakenBackwards(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
): boolean {
  return (
    matches[index]?.value.class !== 'shifter' && modifierTakenBy(matches, index - 1, syllables) === index
  );
}

function modifierAfter(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
): LexiconTerm | undefined {
  const taken = modifierTakenBy(matches, index, syllables);
  return taken === undefined ? undefined : matches[taken]?.value;
}

/** Index of the modifier right after the polar match at `index` that bears on it. */
function modifierTakenBy(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
): number | undefined {
  const match = matches[index];
  const next = matches[index + 1];
  if (match === undefined || next === undefined || !match.value.isPolar) return undefined;
  const reach = REACH_AFTER[next.value.class];
  const gap = next.from - match.to;
  if (reach === undefined || gap > reach || hasBreak(syllables, match.to, next.from, PHRASE_BREAK))
    return undefined;
  if (next.value.class !== 'intensifier' && !COUNTABLE.has(match.value.class)) return undefined;
  return index + 1;
}

function hasBreak(syllables: readonly Syllable[], after: number, upTo: number, level: number): boolean {
  for (let at = after; at <= upTo; at += 1) {
    if ((syllables[at]?.breakBefore ?? 0) >= level) return true;
  }
  return false;
}

/** The factor by which `modifier` changes `term`; says so in `notes`. */
function effectOf(modifier: LexiconTerm, term: LexiconTerm, notes: string[]): number {
  const note = (how: string, factor: number) => {
    notes.push(`${modifier.term} → ${how}`);
    return factor;
  };
  switch (modifier.class) {
    case 'negator':
      return note('negated', modifier.weight);
    case 'shifter':
      return term.weight < 0 ? note('shifted', -modifier.weight) : 1;
    case 'counter':
      return note('shifted', COUNTERED_FACTOR);
    case 'decrease':
      return note('shifted', -modifier.weight);
    case 'increase':
    case 'intensifier':
      return note('raised', 1 + modifier.weight);
    default:
      return note('lowered', 1 + modifier.weight);
  }
}

/** What a rescue has overcome, and what aid is given against, is told for contrast, and rather adds to it. */
function applyRescues(
  contributions: MutableContribution[],
  sentences: Uint32Array,
  syllables: readonly Syllable[],
): void {
  const rescues = firstPerSentence(contributions, 'rescue', sentences);
  const aids = firstPerSentence(contributions, 'aid', sentences);
  for (const contribution of contributions) {
    if (contribution.turned) continue;
    const sentence = sentences[contribution.match.from] ?? 0;
    const by = overcoming(contribution, rescues.get(sentence), aids.get(sentence), syllables);
    if (by === undefined) continue;
    contribution.weight *= COUNTERED_FACTOR;
    contribution.turned = true;
    contribution.modifiers.push(`${by.match.value.term} → shifted`);
  }
}

function firstPerSentence(
  contributions: readonly Contribution[],
  termClass: LexiconClass,
  sentences: Uint32Array,
): Map<number, Contribution> {
  const first = new Map<number, Contribution>();
  for (const contribution of contributions) {
    const sentence = sentences[contribution.match.from] ?? 0;
    if (contribution.match.value.class === termClass && !contribution.turned && !first.has(sentence)) {
      first.set(sentence, contribution);
    }
  }
  return first;
}

/** A rescue bears on its whole sentence, aid on those it is given to. */
function overcoming(
  { match: { value, from } }: Contribution,
  rescue: Contribution | undefined,
  aid: Contribution | undefined,
  syllables: readonly Syllable[],
): Contribution | undefined {
  if (rescue !== undefined && value.weight > PAST_RESCUE && RESCUABLE.has(value.class)) return rescue;
  if (aid === undefined || !AIDABLE.has(value.class)) return undefined;
  return from >= aid.match.to && isForWhom(syllables, aid.match.to, from) ? aid : undefined;
}

/** What follows aid is whom it is for, unless too far off or told as its effect (`bữa ăn miễn phí khiến …`). */
function isForWhom(syllables: readonly Syllable[], from: number, to: number): boolean {
  if (to - from > AID_REACH) return false;
  for (let at = from; at < to; at += 1) {
    if (CAUSES.has(syllables[at]?.text ?? '')) return false;
  }
  return true;
}

/** `A nhưng B`: B is what the sentence says. Of several contrasts in a sentence, the last counts. */
function applyContrast(
  contributions: MutableContribution[],
  matches: readonly TermMatch<LexiconTerm>[],
  sentences: Uint32Array,
): void {
  const contrasts = new Map<number, TermMatch<LexiconTerm>>();
  for (const match of matches) {
    if (match.value.class === 'contrast') contrasts.set(sentences[match.from] ?? 0, match);
  }
  if (contrasts.size === 0) return;
  for (const contribution of contributions) {
    const contrast = contrasts.get(sentences[contribution.match.from] ?? 0);
    if (contrast === undefined) continue;
    const { term, weight } = contrast.value;
    const isBefore = contribution.match.from < contrast.from;
    contribution.weight *= isBefore ? 1 - weight : 1 + weight;
    contribution.modifiers.push(`${term} → ${isBefore ? 'lowered' : 'raised'}`);
  }
}

/** For each syllable, the number of its sentence. */
function sentenceNumbers(syllables: readonly Syllable[]): Uint32Array {
  const numbers = new Uint32Array(syllables.length);
  let sentence = 0;
  for (let at = 0; at < syllables.length; at += 1) {
    if (syllables[at]?.breakBefore === SENTENCE_BREAK) sentence += 1;
    numbers[at] = sentence;
  }
  return numbers;
}

/** Headlines that tell no event: service texts, fixtures, price lists, questions. */
function applyFrames(
  contributions: MutableContribution[],
  matches: readonly TermMatch<LexiconTerm>[],
  text: AnalysableText,
  syllables: readonly Syllable[],
  partOf: (offset: number) => Part,
): void {
  const frame = matches
    .filter(({ value, from }) => value.class === 'frame' && partOf(syllables[from]?.start ?? 0) === 'title')
    .reduce<LexiconTerm | undefined>(
      (a, { value }) => (a === undefined || value.weight < a.weight ? value : a),
      undefined,
    );
  const isQuestion = text.title.trimEnd().endsWith('?');
  if (frame === undefined && !isQuestion) return;
  const factor = (frame === undefined ? 1 : 1 + frame.weight) * (isQuestion ? QUESTION_FACTOR : 1);
  for (const contribution of contributions) {
    if (contribution.part !== 'title') continue;
    contribution.weight *= factor;
    if (frame !== undefined) contribution.modifiers.push(`${frame.term} → framed`);
    if (isQuestion) contribution.modifiers.push('? → lowered');
  }
}

function applyQuotes(
  contributions: MutableContribution[],
  text: AnalysableText,
  syllables: readonly Syllable[],
): void {
  const quotes = longQuotes(text.title, syllables);
  for (const contribution of contributions) {
    const start = syllables[contribution.match.from]?.start ?? 0;
    if (!quotes.some((quote) => start >= quote.start && start < quote.end)) continue;
    contribution.weight *= QUOTE_FACTOR;
    contribution.modifiers.push('“…” → lowered');
  }
}

function longQuotes(title: string, syllables: readonly Syllable[]): { start: number; end: number }[] {
  const quotes: { start: number; end: number }[] = [];
  for (const match of title.matchAll(/["“‘'«]([^"“”‘’'«»]+)["”’'»]/gu)) {
    const quote = { start: match.index, end: match.index + match[0].length };
    const within = syllables.filter(({ start }) => start >= quote.start && start < quote.end).length;
    if (within >= LONG_QUOTE_SYLLABLES) quotes.push(quote);
  }
  return quotes;
}

function scoreOf(contributions: readonly Contribution[], lead: Part, syllableCount: number): number {
  const sums = { title: 0, summary: 0, body: 0 };
  for (const { part, weight } of contributions) sums[part] += weight;
  sums.body *= Math.min(1, BODY_WINDOW_SYLLABLES / Math.max(1, syllableCount));
  let score = 0;
  for (const part of PARTS) {
    score += (part === lead ? PART_WEIGHTS.title : PART_WEIGHTS[part]) * squeeze(sums[part]);
  }
  return score;
}

function squeeze(sum: number): number {
  return sum / Math.sqrt(sum * sum + HALF_CERTAIN * HALF_CERTAIN);
}

function clamp(score: number): number {
  return Math.max(-1, Math.min(1, score));
}

function evidenceOf(
  { match, weight, modifiers }: Contribution,
  syllables: readonly Syllable[],
): SentimentEvidence {
  const evidence = {
    start: syllables[match.from]?.start ?? 0,
    end: syllables[match.to - 1]?.end ?? 0,
    term: match.value.term,
    weight: Math.round(clamp(weight) * 1000) / 1000,
    class: match.value.class,
    axis: axisOf(match.value.class),
  };
  return modifiers.length === 0 ? evidence : { ...evidence, modifiers };
}

function harmTermsOf(contributions: readonly Contribution[]): string[] {
  const harm = contributions.filter(({ match, turned }) => !turned && HARM_CLASSES.has(match.value.class));
  return [...new Set(harm.map(({ match }) => match.value.term))];
}
