/** Finds how many fell ill, died or were otherwise affected, as a text puts it. */
import type { AnalysableText, CaseCount, Mention } from '../domain/analysis.ts';
import { COUNT_TERMS, type CountTerm, type Measure } from './case-count-terms.ts';
import { type Quantity, quantityAt, quantityBefore } from './quantities.ts';
import { hasBreak, NO_BREAK, SENTENCE_BREAK, type Syllable } from './syllables.ts';
import type { TermMatch } from './term-matcher.ts';

/** How many syllables, names left out, may stand between people and what befell them. */
const REACH_TO_PREDICATE = 12;
/** How far after `ca` its disease may begin: `12 ca nghi sốt xuất huyết`. */
const REACH_TO_DISEASE = 3;
/** How far before a number a word may stand that makes it a difference, a limit or a fear. */
const REACH_OF_UNREAL = 4;
/** How far before a number the time may be named that it was counted at, and how far after. */
const REACH_OF_PAST = 6;
const REACH_OF_PAST_AFTER = 2;
/** How far after `số ca mắc` its number may stand: `… trong tuần qua đã lên 1.200`. */
const REACH_TO_TOTAL = 8;
/** Between the members of an enumeration stands `và` at most. */
const LIST_GAP = 1;

/** Lead to a total, so that what stands before them is no difference: `tăng lên 1.200`. */
const LEADS_TO_TOTAL: ReadonlySet<string> = new Set(['lên', 'là', 'còn', 'đạt', 'gồm', 'tới', 'đến']);

/** More than there are people is a misreading. */
const MAX_PEOPLE = 9e9;
/** A text that counts more often is a table. */
const MAX_COUNTS = 100;
/** No sentence is read farther than this on either side of a count. */
const REACH_OF_SENTENCE = 60;

type Found = TermMatch<CountTerm>;

interface Reading {
  readonly text: string;
  readonly syllables: readonly Syllable[];
  readonly found: readonly Found[];
  /** Where the names of diseases begin. */
  readonly diseases: ReadonlySet<number>;
}

interface Counted {
  readonly quantity: Quantity;
  readonly measure: Measure;
  /** Syllables of what was counted. */
  readonly unit: { readonly from: number; readonly to: number };
}

/**
 * Counts of people with what befell them, each measure, number, place and disease once, in reading order.
 *
 * Left out are numbers of an earlier time (`cùng kỳ năm ngoái 300 ca`), differences (`tăng 20 ca`), rates (`mỗi
 * năm`) and fears (`có thể khiến 100 người mắc`). Place and disease are those of the sentence, else those of the
 * title where it names one alone.
 *
 * @param whole  `analysedText(text)`; spans point into it
 * @param syllables  of `whole`
 * @param mentions  of `whole`
 */
export function findCaseCounts(
  { title }: AnalysableText,
  whole: string,
  syllables: readonly Syllable[],
  mentions: readonly Mention[],
): CaseCount[] {
  const found = COUNT_TERMS.longest(syllables);
  const diseases = new Set(mentions.flatMap(({ kind, start }) => (kind === 'disease' ? [start] : [])));
  const reading: Reading = { text: whole, syllables, found, diseases };
  const inTitle = mentions.filter(({ start }) => start < title.length);
  const counts = new Map<string, CaseCount>();
  let read = 0;
  for (let index = 0; index < found.length && read < MAX_COUNTS; index += 1) {
    const counted = countedAt(reading, index);
    if (counted === undefined || !isToldOfNow(reading, index, counted)) continue;
    read += 1;
    const count = caseCount(reading, counted, mentions, inTitle);
    const key = [count.measure, count.value, count.province, count.disease].join();
    if (!counts.has(key)) counts.set(key, count);
  }
  return [...counts.values()];
}

function countedAt(reading: Reading, index: number): Counted | undefined {
  const { text, syllables, found } = reading;
  const { value, from, to } = found[index] as Found;
  if (!isCountable(value)) return undefined;
  const unit = { from, to };
  if (syllables[from]?.breakBefore === NO_BREAK) {
    const quantity = quantityBefore(text, syllables, from);
    if (quantity !== undefined) {
      const measure = measureOf(reading, index, quantity);
      return measure === undefined || !isPeople(quantity) ? undefined : { quantity, measure, unit };
    }
  }
  return value.role === 'counted' ? totalAfter(reading, index, value.measure) : undefined;
}

function isCountable(term: CountTerm): boolean {
  if (term.role === 'predicate') return term.countsAlone === true;
  return term.role === 'counted' || term.role === 'case' || term.role === 'person';
}

function isPeople({ value }: Quantity): boolean {
  return Number.isInteger(value) && value <= MAX_PEOPLE;
}

/** `số ca mắc trong tuần qua lên 1.200`, and `số ca tử vong: 12`. */
function totalAfter(
  { text, syllables, found }: Reading,
  index: number,
  measure: Measure,
): Counted | undefined {
  const { from, to } = found[index] as Found;
  if (syllables[from - 1]?.text !== 'số') return undefined;
  const isColon = text[(syllables[to - 1] as Syllable).end] === ':';
  for (let at = isColon ? to - 1 : to; at < to + REACH_TO_TOTAL && at + 1 < syllables.length; at += 1) {
    const next = syllables[at + 1] as Syllable;
    if (next.breakBefore === SENTENCE_BREAK) return undefined;
    const isLeading =
      at < to || (LEADS_TO_TOTAL.has(syllables[at]?.text ?? '') && next.breakBefore === NO_BREAK);
    const quantity = isLeading ? quantityAt(text, syllables, at + 1) : undefined;
    if (quantity !== undefined && isPeople(quantity)) return { quantity, measure, unit: { from, to } };
  }
  return undefined;
}

function measureOf(reading: Reading, index: number, quantity: Quantity): Measure | undefined {
  const { value, from } = reading.found[index] as Found;
  // `một người mắc bệnh` is anybody, until somebody has found him.
  const isAnybody =
    quantity.value === 1 && reading.syllables[from]?.text !== 'ca' && !isReported(reading, index);
  switch (value.role) {
    case 'counted': {
      const measure = fatal(reading, index, value.measure);
      return isAnybody && measure === 'cases' ? undefined : measure;
    }
    case 'predicate':
      return value.measure;
    case 'case':
      return measureAfter(reading, index) ?? measureOfCase(reading, index, quantity);
    default: {
      const measure = measureAfter(reading, index) ?? measureBefore(reading, index, quantity);
      return isAnybody && measure === 'cases' ? undefined : measure;
    }
  }
}

/** What befell them: the next predicate of the sentence, unless others come before it. */
function measureAfter(reading: Reading, index: number): Measure | undefined {
  const { found } = reading;
  for (let next = index + 1; next < found.length; next += 1) {
    const { value, from } = found[next] as Found;
    if (!isWithin(reading, (found[index] as Found).to, from, REACH_TO_PREDICATE)) break;
    if (value.role === 'predicate') return fatal(reading, next, value.measure);
    if (value.role === 'suffers' && isTakenIll(reading, next)) return 'cases';
    if (value.role === 'stop' || value.role === 'unreal') break;
    if (isCountable(value)) return measureOfNext(reading, index, next);
  }
  return undefined;
}

/** `bị sởi`; of `bị ngạt khí` the predicate behind it knows better what it is. */
function isTakenIll(reading: Reading, index: number): boolean {
  const { to } = reading.found[index] as Found;
  const next = reading.found[index + 1];
  const isToldNext = next?.value.role === 'predicate' && next.from - to <= LIST_GAP;
  return !isToldNext && isDiseaseAt(reading, to, LIST_GAP);
}

/** Those who fell ill and died of it have died: `bị đuối nước tử vong`, `mắc sởi tử vong`. */
function fatal({ found }: Reading, index: number, measure: Measure): Measure {
  const next = found[index + 1];
  const isDeadly = next?.value.role === 'predicate' && next.value.measure === 'deaths';
  return isDeadly && next.from - (found[index] as Found).to <= LIST_GAP ? 'deaths' : measure;
}

/** `hai mẹ con và một công nhân tử vong`, `79 công nhân và học sinh nhập viện`: a list shares what befell it. */
function measureOfNext(reading: Reading, index: number, next: number): Measure | undefined {
  const { from, value } = reading.found[next] as Found;
  const quantity = quantityBefore(reading.text, reading.syllables, from);
  const gap = (quantity?.from ?? from) - (reading.found[index] as Found).to;
  return value.role === 'person' && gap <= LIST_GAP ? measureAfter(reading, next) : undefined;
}

/** `ngộ độc hàng trăm người`. */
function measureBefore(
  { syllables, found }: Reading,
  index: number,
  { from }: Quantity,
): Measure | undefined {
  const before = found[index - 1];
  if (before?.value.role !== 'predicate' || before.to !== from) return undefined;
  return syllables[from]?.breakBefore === NO_BREAK ? before.value.measure : undefined;
}

/** `12 ca sốt xuất huyết`; `ghi nhận 12 ca` where a disease is spoken of; `nâng số ca mắc lên 12 ca`. */
function measureOfCase(reading: Reading, index: number, { from }: Quantity): Measure | undefined {
  const { found, diseases } = reading;
  if (isDiseaseAt(reading, (found[index] as Found).to, REACH_TO_DISEASE)) return 'cases';
  const before = found[index - 1];
  if (before?.value.role === 'counted' && isWithin(reading, before.to, from, REACH_TO_TOTAL)) {
    return before.value.measure;
  }
  return diseases.size > 0 && isReported(reading, index) ? 'cases' : undefined;
}

function isReported(reading: Reading, index: number): boolean {
  const { found } = reading;
  for (let back = index - 1; back >= 0; back -= 1) {
    const { value, to } = found[back] as Found;
    if (!isWithin(reading, to, (found[index] as Found).from, REACH_TO_PREDICATE)) return false;
    if (value.role === 'reports' || value.role === 'adds') return true;
  }
  return false;
}

function isDiseaseAt({ syllables, diseases }: Reading, at: number, reach: number): boolean {
  for (let near = at; near <= at + reach; near += 1) {
    const syllable = syllables[near];
    if (syllable === undefined || syllable.breakBefore === SENTENCE_BREAK) return false;
    if (diseases.has(syllable.start)) return true;
  }
  return false;
}

/** True where both syllables stand in one sentence with no more than `reach` words between, names left out. */
function isWithin({ syllables }: Reading, from: number, to: number, reach: number): boolean {
  let words = 0;
  for (let at = from; at < to; at += 1) {
    const { breakBefore, isCapital } = syllables[at] as Syllable;
    if (breakBefore === SENTENCE_BREAK) return false;
    if (!isCapital) words += 1;
    if (words > reach) return false;
  }
  return syllables[to]?.breakBefore !== SENTENCE_BREAK;
}

/** False for what was counted earlier, for differences and fears, and in a sentence of rates. */
function isToldOfNow(reading: Reading, index: number, { quantity, unit }: Counted): boolean {
  const first = Math.min(quantity.from, unit.from);
  const last = Math.max(quantity.to, unit.to);
  return !isTurnedBefore(reading, index, first) && !isTurnedAfter(reading, index, last);
}

function isTurnedBefore(reading: Reading, index: number, first: number): boolean {
  const { found, syllables } = reading;
  const leadsToTotal = LEADS_TO_TOTAL.has(syllables[first - 1]?.text ?? '');
  for (let back = index - 1; back >= 0; back -= 1) {
    const { value, to } = found[back] as Found;
    if (!isOneSentence(syllables, to, first)) return false;
    const reach = leadsToTotal && value.role === 'unreal' ? 0 : reachBefore(value);
    if (reach > 0 && (value.role === 'rate' || isOnePhrase(reading, to, first, reach))) return true;
  }
  return false;
}

/** How far the word bears on a number after it, in syllables; 0 where it does not. */
function reachBefore({ role }: CountTerm): number {
  if (role === 'rate') return REACH_OF_SENTENCE;
  if (role === 'unreal') return REACH_OF_UNREAL;
  return role === 'past' || role === 'than' ? REACH_OF_PAST : 0;
}

function isTurnedAfter(reading: Reading, index: number, last: number): boolean {
  const { found, syllables, text } = reading;
  // `7.331 ca/năm`
  if (text[(syllables[last - 1] as Syllable).end] === '/') return true;
  for (let next = index + 1; next < found.length; next += 1) {
    const { value, from } = found[next] as Found;
    if (!isOneSentence(syllables, last, from)) return false;
    if (value.role === 'rate') return true;
    if (value.role === 'past' && isOnePhrase(reading, last, from, REACH_OF_PAST_AFTER)) return true;
  }
  return false;
}

function isOneSentence(syllables: readonly Syllable[], from: number, to: number): boolean {
  if (to - from > REACH_OF_SENTENCE) return false;
  return !hasBreak(syllables, from, to, SENTENCE_BREAK);
}

/** Few words between, and no break but a bracket that opens: `so với cùng kỳ (300 ca)`. */
function isOnePhrase({ text, syllables }: Reading, from: number, to: number, reach: number): boolean {
  if (to - from > reach) return false;
  for (let at = from; at <= to; at += 1) {
    const { breakBefore, start } = syllables[at] as Syllable;
    if (breakBefore !== NO_BREAK && text[start - 1] !== '(') return false;
  }
  return true;
}

function caseCount(
  { text, syllables, found }: Reading,
  { quantity, measure, unit }: Counted,
  mentions: readonly Mention[],
  inTitle: readonly Mention[],
): CaseCount {
  const start = (syllables[Math.min(quantity.from, unit.from)] as Syllable).start;
  const end = (syllables[Math.max(quantity.to, unit.to) - 1] as Syllable).end;
  const sentence = sentenceAround(syllables, quantity.from);
  const here = mentions.filter((mention) => mention.start >= sentence.start && mention.end <= sentence.end);
  const isNationwide = found.some(
    ({ value, from }) => value.role === 'nationwide' && isInside(syllables[from] as Syllable, sentence),
  );
  const province =
    nearest(here.flatMap(placeOf), start, 'before') ??
    (isNationwide ? undefined : only(inTitle.flatMap(placeOf)));
  const disease = nearest(here.flatMap(diseaseOf), end, 'after') ?? only(inTitle.flatMap(diseaseOf));
  return {
    measure,
    value: quantity.value,
    isApproximate: quantity.isApproximate,
    unit: text.slice((syllables[unit.from] as Syllable).start, (syllables[unit.to - 1] as Syllable).end),
    start,
    end,
    ...(province === undefined ? {} : { province }),
    ...(disease === undefined ? {} : { disease }),
  };
}

interface Placed {
  readonly id: string;
  readonly at: number;
}

function placeOf({ kind, id, province, start }: Mention): Placed[] {
  const code = kind === 'province' ? id : province;
  return code === undefined ? [] : [{ id: code, at: start }];
}

function diseaseOf({ kind, id, start }: Mention): Placed[] {
  return kind === 'disease' ? [{ id, at: start }] : [];
}

/** The nearest on the side where its kind is usually named, else the nearest on the other. */
function nearest(placed: readonly Placed[], at: number, side: 'before' | 'after'): string | undefined {
  const before = placed.filter((each) => each.at < at).at(-1);
  const after = placed.find((each) => each.at >= at);
  return (side === 'before' ? (before ?? after) : (after ?? before))?.id;
}

function only(placed: readonly Placed[]): string | undefined {
  const ids = new Set(placed.map(({ id }) => id));
  return ids.size === 1 ? placed[0]?.id : undefined;
}

function sentenceAround(syllables: readonly Syllable[], at: number): { start: number; end: number } {
  let from = at;
  while (from > Math.max(0, at - REACH_OF_SENTENCE) && syllables[from]?.breakBefore !== SENTENCE_BREAK)
    from -= 1;
  let to = at + 1;
  const limit = Math.min(syllables.length, at + REACH_OF_SENTENCE);
  while (to < limit && syllables[to]?.breakBefore !== SENTENCE_BREAK) to += 1;
  return { start: (syllables[from] as Syllable).start, end: (syllables[to - 1] as Syllable).end };
}

function isInside(syllable: Syllable, { start, end }: { start: number; end: number }): boolean {
  return syllable.start >= start && syllable.end <= end;
}
