/**
 * Cuts text into syllables, the unit in which Vietnamese is written: what stands between spaces, not what makes a
 * word. Numbers, abbreviations and foreign words count as one syllable each.
 */
import { normaliseWithOffsets } from './normalise.ts';

/** What parts a syllable from the one before it: nothing but space, the edge of a phrase, the edge of a sentence. */
export const NO_BREAK = 0;
export const PHRASE_BREAK = 1;
export const SENTENCE_BREAK = 2;

export interface Syllable {
  /** Normal form, lower case. */
  readonly text: string;
  /** Offsets into the text as it was given, not into its normal form. */
  readonly start: number;
  readonly end: number;
  /** `NO_BREAK`, `PHRASE_BREAK` (comma, quote, bracket, dash, colon) or `SENTENCE_BREAK` (full stop, line end). */
  readonly breakBefore: number;
  /** True where the original begins with a capital. */
  readonly isCapital: boolean;
}

/** Letters with their marks, or a number with its separators: `sốt`, `19`, `1.250`, `3,5`. */
const SYLLABLE = /[0-9]+(?:[.,][0-9]+)*|[\p{L}\p{M}]+/gu;
/** A full stop ends a sentence only before space; within `TP.HCM` it joins. */
const SENTENCE_EDGE = /[\n\r?!…]|\.["'”’)»]?\s/u;
const PHRASE_EDGE = /[,;:()[\]{}"'“”‘’«»–—|/]|\s-\s/u;

/** Syllables in reading order. Linear in the length of the text. */
export function syllabify(text: string): Syllable[] {
  const normal = normaliseWithOffsets(text);
  const syllables: Syllable[] = [];
  let previousEnd = 0;
  for (const { 0: form, index } of normal.text.matchAll(SYLLABLE)) {
    const lower = form.toLowerCase();
    const end = index + form.length;
    syllables.push({
      text: lower,
      start: normal.originalStart(index),
      end: normal.originalEnd(end),
      breakBefore: breakIn(normal.text, previousEnd, index),
      isCapital: form.charCodeAt(0) !== lower.charCodeAt(0),
    });
    previousEnd = end;
  }
  return syllables;
}

function breakIn(text: string, from: number, to: number): number {
  if (to - from === 1 && text.charCodeAt(from) === 0x20) return NO_BREAK;
  if (to === from) return NO_BREAK;
  const gap = text.slice(from, to);
  if (SENTENCE_EDGE.test(gap)) return SENTENCE_BREAK;
  return PHRASE_EDGE.test(gap) ? PHRASE_BREAK : NO_BREAK;
}
