/** Near-copies: how alike two texts are, from signatures of constant size. */
import type { AnalysableText } from '../domain/analysis.ts';
import { syllabify } from './syllables.ts';

const HASHES = 96;
const ROWS_PER_BAND = 2;
const NEAR_COPY = 0.42;

/** Constants of the permutations, from one fixed seed: signatures are stored, so they must never change. */
const MULTIPLIERS = permutationConstants(0x9e3779b9, 1);
const OFFSETS = permutationConstants(0x85ebca6b, 0);

/**
 * MinHash signature over syllable 2-grams of title and summary; empty for a text without syllables.
 *
 * @returns unsigned 32-bit integers
 * @see Broder 1997, "On the resemblance and containment of documents"
 */
export function signatureOf({ title, summary }: AnalysableText): number[] {
  const shingles = shinglesOf(`${title}\n${summary}`);
  if (shingles.length === 0) return [];
  const signature = new Array<number>(HASHES);
  for (let row = 0; row < HASHES; row += 1) {
    const multiplier = MULTIPLIERS[row] as number;
    const offset = OFFSETS[row] as number;
    let least = 0xffffffff;
    for (const shingle of shingles) {
      const hash = (Math.imul(shingle, multiplier) + offset) >>> 0;
      if (hash < least) least = hash;
    }
    signature[row] = least;
  }
  return signature;
}

/** Keys under which a signature is found: near-copies share at least one with high probability. */
export function bandsOf(signature: readonly number[]): string[] {
  const bands: string[] = [];
  for (let row = 0; row + ROWS_PER_BAND <= signature.length; row += ROWS_PER_BAND) {
    const rows = signature.slice(row, row + ROWS_PER_BAND).map((value) => value.toString(36));
    bands.push(`${row / ROWS_PER_BAND}:${rows.join('.')}`);
  }
  return bands;
}

/** Estimated Jaccard similarity, in [0, 1]. */
export function similarity(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || a.length !== b.length) return 0;
  let equal = 0;
  for (let row = 0; row < a.length; row += 1) if (a[row] === b[row]) equal += 1;
  return equal / a.length;
}

export function isNearCopy(a: readonly number[], b: readonly number[]): boolean {
  return similarity(a, b) >= NEAR_COPY;
}

function shinglesOf(text: string): number[] {
  const syllables = syllabify(text);
  const shingles = new Set<number>();
  let previous = 0;
  for (const { text: syllable } of syllables) {
    const hash = hashOf(syllable);
    if (previous !== 0) shingles.add(mix(Math.imul(previous, 31) + hash));
    previous = hash;
  }
  if (shingles.size === 0 && previous !== 0) shingles.add(mix(previous));
  return [...shingles];
}

/** FNV-1a over code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the result. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function permutationConstants(seed: number, lowBit: number): readonly number[] {
  return Array.from({ length: HASHES }, (_, index) => (mix(seed + index) | lowBit) >>> 0);
}
