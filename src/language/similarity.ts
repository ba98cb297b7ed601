/**
 * Near-copies: how alike two texts are, from signatures of bounded size.
 *
 * Title and summary are signed by their whole set of syllable 2-grams, not by a sample: the sets are small (forty or
 * so), and a sample's error costs more recall than any refinement of the measure gains. The body is signed apart, by
 * a sample, because an article is first known by its feed entry: an entry and a page that has been read compare by
 * what both have, and two pages compare by their bodies too, where a wire story keeps its text under a new headline.
 */
import type { AnalysableText } from '../domain/analysis.ts';
import { analysedText } from '../domain/analysis.ts';
import { isDailyColumn } from './daily-column.ts';
import { type Syllable, syllabify } from './syllables.ts';
import { hashOf } from './vocabulary.ts';

/** Layout of a signature: these three, then title shingles, then summary shingles, then the body's sample. */
const HEADER = 3;
const MAX_TITLE_SHINGLES = 40;
const MAX_SUMMARY_SHINGLES = 120;
const BODY_SAMPLE = 48;
/** A body with fewer shingles is a caption or a paywall's teaser. */
const MIN_BODY_SHINGLES = 60;

/** Chosen on real edited pairs and on same-day pairs of three newspapers; `npm run bench near-duplicates`. */
const NEAR_COPY = 0.37;
/** An editor often rewrites one of title and summary and leaves the other. */
const SAME_PART = 0.9;
const MIN_PART_SHINGLES = 5;
const SAME_BODY = 0.5;
/** A daily column keeps its frame: more must agree, and nearly all where even the date in its title differs. */
const SAME_COLUMN = 0.6;
const SAME_TEXT = 0.8;

const BANDS = 24;
const ROWS_PER_BAND = 2;
const BODY_BANDS = 8;
const MULTIPLIERS = permutationConstants(0x9e3779b9, 1);
const OFFSETS = permutationConstants(0x85ebca6b, 0);

/**
 * What of a text its copies share.
 *
 * @param syllables  of `analysedText(text)`, where the caller has them already
 * @returns at most 211 unsigned 32-bit integers; empty for a text without two syllables in title and summary
 */
export function signatureOf(
  text: AnalysableText,
  syllables: readonly Syllable[] = syllabify(analysedText(text)),
): number[] {
  const { title, summary } = text;
  const summaryAt = firstFrom(syllables, title.length);
  const bodyAt = firstFrom(syllables, title.length + 1 + summary.length);
  const words = wordHashes(syllables);
  const titleShingles = least(shingles(words, 0, summaryAt, 2), MAX_TITLE_SHINGLES);
  const summaryShingles = least(shingles(words, summaryAt, bodyAt, 2), MAX_SUMMARY_SHINGLES);
  if (titleShingles.length + summaryShingles.length === 0) return [];
  const bodyShingles = shingles(words, bodyAt, words.length, 3);
  const sample = bodyShingles.length < MIN_BODY_SHINGLES ? [] : least(bodyShingles, BODY_SAMPLE);
  const issue = isDailyColumn(title) ? issueOf(syllables.slice(0, summaryAt)) : 0;
  return [
    titleShingles.length,
    summaryShingles.length,
    issue,
    ...titleShingles,
    ...summaryShingles,
    ...sample,
  ];
}

/**
 * Keys under which a signature is found. Two texts whose title and summary share half of their 2-grams have a key in
 * common with probability 0.999, 0.37 of them 0.97, 0.02 of them 0.01.
 *
 * @see Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4: banding of MinHash signatures
 */
export function bandsOf(signature: readonly number[]): string[] {
  if (signature.length === 0) return [];
  const { all, body } = partsOf(signature);
  return [...bandsOfSet('t', [...all], BANDS), ...bandsOfSet('b', body, BODY_BANDS)];
}

/** Jaccard similarity of title and summary, or of the bodies where both are known and that is more; in [0, 1]. */
export function similarity(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const one = partsOf(a);
  const two = partsOf(b);
  return Math.max(jaccard(one.all, two.all), sampledJaccard(one.body, two.body));
}

/** True where one text repeats the other, edited or under another headline. */
export function isNearCopy(a: readonly number[], b: readonly number[]): boolean {
  if (a.length === 0 || b.length === 0) return false;
  const one = partsOf(a);
  const two = partsOf(b);
  const whole = jaccard(one.all, two.all);
  if (one.issue !== two.issue) return whole >= SAME_TEXT;
  if (one.issue !== 0) return whole >= SAME_COLUMN;
  if (whole >= NEAR_COPY) return true;
  if (one.issue === 0 && (isSamePart(one.title, two.title) || isSamePart(one.summary, two.summary)))
    return true;
  return sampledJaccard(one.body, two.body) >= SAME_BODY;
}

interface Parts {
  /** 0 for anything but a column; else a hash of the numbers in its title. */
  readonly issue: number;
  readonly title: ReadonlySet<number>;
  readonly summary: ReadonlySet<number>;
  readonly all: ReadonlySet<number>;
  /** Ascending. */
  readonly body: readonly number[];
}

function partsOf(signature: readonly number[]): Parts {
  const [titleLength = 0, summaryLength = 0, issue = 0] = signature;
  const summaryAt = HEADER + titleLength;
  const bodyAt = summaryAt + summaryLength;
  return {
    issue,
    title: new Set(signature.slice(HEADER, summaryAt)),
    summary: new Set(signature.slice(summaryAt, bodyAt)),
    all: new Set(signature.slice(HEADER, bodyAt)),
    body: signature.slice(bodyAt),
  };
}

function isSamePart(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return Math.min(a.size, b.size) >= MIN_PART_SHINGLES && jaccard(a, b) >= SAME_PART;
}

function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0;
  for (const shingle of a) if (b.has(shingle)) shared += 1;
  const union = a.size + b.size - shared;
  return union === 0 ? 0 : shared / union;
}

/** Share of the smallest values of the union that both samples hold: an unbiased estimate of the Jaccard similarity. */
function sampledJaccard(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const inB = new Set(b);
  const union = [...new Set([...a, ...b])].sort((x, y) => x - y).slice(0, BODY_SAMPLE);
  const inA = new Set(a);
  return union.filter((shingle) => inA.has(shingle) && inB.has(shingle)).length / union.length;
}

function bandsOfSet(prefix: string, set: readonly number[], count: number): string[] {
  if (set.length === 0) return [];
  return Array.from({ length: count }, (_, band) => {
    let key = 0;
    for (let row = band * ROWS_PER_BAND; row < (band + 1) * ROWS_PER_BAND; row += 1) {
      key = mix(Math.imul(key, 31) + leastUnder(row, set));
    }
    return `${prefix}${band}:${key.toString(36)}`;
  });
}

/** MinHash: the least value of the set under the permutation `row`. */
function leastUnder(row: number, set: readonly number[]): number {
  const multiplier = MULTIPLIERS[row] as number;
  const offset = OFFSETS[row] as number;
  let minimum = 0xffffffff;
  for (const shingle of set) {
    const value = mix(Math.imul(shingle, multiplier) + offset);
    if (value < minimum) minimum = value;
  }
  return minimum;
}

/** Hashes of `size` words in a row among those from `from` up to `to`, without repeats. */
function shingles(words: Int32Array, from: number, to: number, size: number): Uint32Array {
  const found = new Uint32Array(Math.max(0, to - from));
  const seen = emptyPlaces(found.length);
  let count = 0;
  for (let first = from; first + size <= to; first += 1) {
    let hash = 0;
    for (let next = first; next < first + size; next += 1) {
      hash = (Math.imul(hash, 0x01000193) + (words[next] as number)) | 0;
    }
    hash = mix(hash);
    if (!add(seen, hash)) continue;
    found[count] = hash;
    count += 1;
  }
  return found.subarray(0, count);
}

/** Used again and again; only a text of many pages needs its own. */
const PLACES = new Uint32Array(1 << 12);

/** Room for `count` hashes, at most half of it to be taken. */
function emptyPlaces(count: number): Uint32Array {
  const size = 2 ** Math.ceil(Math.log2(2 * count + 1));
  return size > PLACES.length ? new Uint32Array(size) : PLACES.subarray(0, size).fill(0);
}

/** Open addressing; 0 is an empty place, so the one shingle in four milliards that is 0 is lost. */
function add(seen: Uint32Array, hash: number): boolean {
  const last = seen.length - 1;
  let place = hash & last;
  while (seen[place] !== 0) {
    if (seen[place] === hash) return false;
    place = (place + 1) & last;
  }
  seen[place] = hash;
  return hash !== 0;
}

/** The smallest values, ascending: of two sets that overlap, the same ones. */
function least(values: Uint32Array, count: number): Uint32Array {
  // Hashes are spread evenly: nearly always the smallest are all below this, and only they need sorting.
  const limit = (2 * count * 2 ** 32) / values.length;
  const low = new Uint32Array(values.length);
  let lowCount = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number;
    if (value >= limit) continue;
    low[lowCount] = value;
    lowCount += 1;
  }
  return (lowCount < count ? values : low.subarray(0, lowCount)).sort().subarray(0, count);
}

function wordHashes(syllables: readonly Syllable[]): Int32Array {
  const hashes = new Int32Array(syllables.length);
  for (let at = 0; at < hashes.length; at += 1) hashes[at] = (syllables[at] as Syllable).word.hash;
  return hashes;
}

/** Index of the first syllable that begins at or after `offset`. */
function firstFrom(syllables: readonly Syllable[], offset: number): number {
  const index = syllables.findIndex(({ start }) => start >= offset);
  return index === -1 ? syllables.length : index;
}

function issueOf(title: readonly Syllable[]): number {
  const numbers = title.filter(({ text }) => /^\d/u.test(text)).map(({ text }) => text);
  return hashOf(`issue ${numbers.join(' ')}`) || 1;
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the result. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** From one fixed seed: signatures and keys are stored, so these must never change. */
function permutationConstants(seed: number, lowBit: number): readonly number[] {
  return Array.from({ length: BANDS * ROWS_PER_BAND }, (_, index) => (mix(seed + index) | lowBit) >>> 0);
}
