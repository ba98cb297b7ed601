import { HOUR_MS, VIETNAM_OFFSET_MS } from '../../domain/time.ts';
import type {
  FacetCount,
  FacetField,
  HistogramBucket,
  HistogramInterval,
  HistogramOptions,
  PairCount,
  Pairs,
} from '../../ports/article-store.ts';
import type { Matches } from './article-archive.ts';
import type { ArticleColumns } from './article-columns.ts';
import { TERM_KINDS } from './article-terms.ts';
import { countBits, eachBit, hasBit } from './bits.ts';

const DAY_HOURS = 24;
const DEFAULT_SPLIT = 10;

/** Two codes in one number: there are never so many terms that these meet. */
const SECOND_CODE = 2 ** 26;

/** Articles by term: all, and those that are negative and positive. */
interface TermCounts {
  readonly count: Uint32Array;
  readonly negative: Uint32Array;
  readonly positive: Uint32Array;
}

/** All that match. */
export function total(matches: Matches): number {
  return kept(matches, 'total', () => countBits(matches.bits));
}

/** Linear in what matches, once for all fields of one filter together; with stories, in all articles. */
export function facetOf(
  matches: Matches,
  field: FacetField,
  limit: number,
  withStories: boolean,
): FacetCount[] {
  const { count, negative, positive } = termCounts(matches);
  const stories = withStories ? storyCounts(matches) : undefined;
  return mostFrequent(matches, field, limit).map((code) => ({
    value: matches.columns.value(code),
    count: count[code] as number,
    negative: negative[code] as number,
    positive: positive[code] as number,
    ...(stories === undefined ? {} : { stories: stories[code] as number }),
  }));
}

/** Linear in what matches. */
export function histogramOf(
  matches: Matches,
  { interval, split, splitLimit = DEFAULT_SPLIT }: HistogramOptions,
): HistogramBucket[] {
  const { columns, bits } = matches;
  const codes = split === undefined ? [] : mostFrequent(matches, split, splitLimit);
  const places = new Map(codes.map((code, index) => [code, index + 1]));
  const polarityOf = polarities(columns);
  const { pool } = columns;
  const found = new Map<string, Uint32Array>();
  const bucketOf = bucketNamer(interval);
  eachBit(bits, (row) => {
    const bucket = bucketOf(columns.at(row));
    let counts = found.get(bucket);
    if (counts === undefined) {
      counts = new Uint32Array((codes.length + 1) * COUNTED);
      found.set(bucket, counts);
    }
    const polarity = polarityOf(row);
    addTo(counts, 0, polarity);
    if (places.size === 0) return;
    const end = columns.termsEnd(row);
    for (let at = columns.termsStart(row); at < end; at += 1) {
      const place = places.get(pool[at] as number);
      if (place !== undefined) addTo(counts, place, polarity);
    }
  });
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([bucket, counts]) => ({
      bucket,
      ...countsAt(counts, 0),
      values: codes.flatMap((code, index) => {
        const of = countsAt(counts, index + 1);
        return of.count === 0 ? [] : [{ value: columns.value(code), ...of }];
      }),
    }));
}

/** Linear in the pairs of values of each article that matches. */
export function pairsOf(matches: Matches, fieldA: FacetField, fieldB: FacetField, limit: number): Pairs {
  const { columns, bits } = matches;
  const [a, b]: [number[], number[]] = [[], []];
  const together = new Map<number, number>();
  eachBit(bits, (row) => {
    codesOf(columns, row, fieldA, a);
    codesOf(columns, row, fieldB, b);
    for (const one of a) {
      for (const other of b) {
        if (fieldA === fieldB && columns.value(one) >= columns.value(other)) continue;
        const key = one * SECOND_CODE + other;
        together.set(key, (together.get(key) ?? 0) + 1);
      }
    }
  });
  const { count } = termCounts(matches);
  const pairs = [...together].map(([key, articles]): PairCount => {
    const [one, other] = [Math.floor(key / SECOND_CODE), key % SECOND_CODE];
    return {
      a: columns.value(one),
      b: columns.value(other),
      together: articles,
      countA: count[one] as number,
      countB: count[other] as number,
    };
  });
  const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));
  pairs.sort(
    (one, other) => other.together - one.together || compare(one.a, other.a) || compare(one.b, other.b),
  );
  return { total: total(matches), pairs: pairs.slice(0, limit) };
}

/** The matches at [offset, offset + limit), best first and among equals newest first. Linear in what matches. */
export function ranked({ columns, bits, ranks }: Matches, offset: number, limit: number): number[] {
  const wanted = offset + limit;
  const byRank = new Map<number, number[]>();
  for (const row of columns.newest(bits)) {
    const rank = ranks?.[row] ?? 0;
    const equals = byRank.get(rank) ?? [];
    if (equals.length === 0) byRank.set(rank, equals);
    if (equals.length < wanted) equals.push(row);
    else if (ranks === undefined) break;
  }
  const ranksDown = [...byRank.keys()].sort((one, other) => other - one);
  return ranksDown.flatMap((rank) => byRank.get(rank) ?? []).slice(offset, wanted);
}

function termCounts(matches: Matches): TermCounts {
  return kept(matches, 'terms', () => {
    const { columns, bits } = matches;
    const counter = () => new Uint32Array(columns.codes);
    const counts = { count: counter(), negative: counter(), positive: counter() };
    const { pool } = columns;
    const none = counter();
    const ofPolarity = [none, counts.negative, none, counts.positive];
    const polarityOf = polarities(columns);
    eachBit(bits, (row) => {
      const alike = ofPolarity[polarityOf(row)] ?? none;
      const end = columns.fieldsEnd(row);
      for (let at = columns.termsStart(row); at < end; at += 1) {
        const code = pool[at] as number;
        counts.count[code] = (counts.count[code] as number) + 1;
        alike[code] = (alike[code] as number) + 1;
      }
    });
    return counts;
  });
}

/** Distinct stories by term. */
function storyCounts(matches: Matches): Uint32Array {
  return kept(matches, 'stories', () => {
    const { columns, bits } = matches;
    const { pool } = columns;
    const stories = new Uint32Array(columns.codes);
    /** Of each term, one more than the story that it was last met in: rows come story by story. */
    const lastStory = new Uint32Array(columns.codes);
    for (const row of columns.byStory()) {
      if (!hasBit(bits, row)) continue;
      const story = columns.story(row) + 1;
      const end = columns.fieldsEnd(row);
      for (let at = columns.termsStart(row); at < end; at += 1) {
        const code = pool[at] as number;
        if (lastStory[code] === story) continue;
        lastStory[code] = story;
        stories[code] = (stories[code] as number) + 1;
      }
    }
    return stories;
  });
}

function mostFrequent(matches: Matches, field: FacetField, limit: number): number[] {
  const { columns } = matches;
  const { count } = termCounts(matches);
  const kind = TERM_KINDS.indexOf(field);
  const codes: number[] = [];
  for (let code = 0; code < count.length; code += 1) {
    if (count[code] !== 0 && columns.kinds[code] === kind) codes.push(code);
  }
  const byCount = (one: number, other: number) =>
    (count[other] as number) - (count[one] as number) || (columns.value(one) < columns.value(other) ? -1 : 1);
  return codes.sort(byCount).slice(0, Math.max(0, limit));
}

function codesOf(columns: ArticleColumns, row: number, field: FacetField, codes: number[]): void {
  codes.length = 0;
  const { pool, kinds } = columns;
  const kind = TERM_KINDS.indexOf(field);
  const end = columns.termsEnd(row);
  for (let at = columns.termsStart(row); at < end; at += 1) {
    const code = pool[at] as number;
    if (kinds[code] === kind) codes.push(code);
  }
}

const COUNTED = 4;
const [COUNT, NEGATIVE, NEUTRAL, POSITIVE] = [0, 1, 2, 3] as const;

function addTo(counts: Uint32Array, place: number, polarity: number): void {
  const at = place * COUNTED;
  counts[at] = (counts[at] as number) + 1;
  counts[at + polarity] = (counts[at + polarity] as number) + 1;
}

function countsAt(counts: Uint32Array, place: number) {
  const at = (counted: number) => counts[place * COUNTED + counted] as number;
  return { count: at(COUNT), negative: at(NEGATIVE), neutral: at(NEUTRAL), positive: at(POSITIVE) };
}

/** Gives the polarity of a row. */
function polarities(columns: ArticleColumns): (row: number) => number {
  const negative = columns.code('polarity', 'negative');
  const positive = columns.code('polarity', 'positive');
  return (row) => {
    const code = columns.polarity(row);
    if (code === negative) return NEGATIVE;
    return code === positive ? POSITIVE : NEUTRAL;
  };
}

/** Names the bucket of an instant; Vietnamese days never change length. */
function bucketNamer(interval: HistogramInterval): (at: number) => string {
  const names = new Map<number, string>();
  const hours = interval === 'hour' ? 1 : DAY_HOURS;
  return (at) => {
    const unit = Math.floor((at + VIETNAM_OFFSET_MS) / (hours * HOUR_MS));
    let name = names.get(unit);
    if (name === undefined) {
      name = bucketName(new Date(unit * hours * HOUR_MS), interval);
      names.set(unit, name);
    }
    return name;
  };
}

/** @param local  a Vietnamese wall clock, read as UTC */
function bucketName(local: Date, interval: HistogramInterval): string {
  if (interval === 'hour') return local.toISOString().slice(0, 13);
  if (interval === 'month') return local.toISOString().slice(0, 7);
  if (interval === 'week') local.setUTCDate(local.getUTCDate() - ((local.getUTCDay() + 6) % 7));
  return local.toISOString().slice(0, 10);
}

function kept<T>({ counted }: Matches, name: string, count: () => T): T {
  if (!counted.has(name)) counted.set(name, count());
  return counted.get(name) as T;
}
