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

/** What a code unit is to the scanner. */
const OTHER = 1;
const SPACE = 2;
const LETTER = 3;
const DIGIT = 4;
const PHRASE_MARK = 5;
const SENTENCE_MARK = 6;
/** `.` and `,` may stand inside a number; a full stop ends a sentence only before space, within `TP.HCM` it joins. */
const FULL_STOP = 7;
const COMMA = 8;
/** A hyphen parts phrases only between spaces. */
const HYPHEN = 9;
const LINE_END = 10;

/** Classes by code unit, filled in as units are met; 0 is not yet met. */
const CLASSES = new Uint8Array(0x10000);

/** Syllables in reading order. Linear in the length of the text. */
export function syllabify(text: string): Syllable[] {
  const normal = normaliseWithOffsets(text);
  const lower = normal.text.toLowerCase();
  // A few foreign capitals grow when lowered; then each syllable is lowered by itself.
  const isAligned = lower.length === normal.text.length;
  const kinds = classesOf(normal.text);
  const syllables: Syllable[] = [];
  let previousEnd = 0;
  let at = 0;
  while (at < kinds.length) {
    const end = syllableEnd(kinds, at);
    if (end === at) {
      at += 1;
      continue;
    }
    const syllable = isAligned ? lower.slice(at, end) : normal.text.slice(at, end).toLowerCase();
    syllables.push({
      text: syllable,
      start: normal.originalStart(at),
      end: normal.originalEnd(end),
      breakBefore: breakIn(kinds, previousEnd, at),
      isCapital: normal.text.charCodeAt(at) !== syllable.charCodeAt(0),
    });
    previousEnd = end;
    at = end;
  }
  return syllables;
}

function classesOf(text: string): Uint8Array {
  const kinds = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    let kind = CLASSES[unit] as number;
    if (kind === 0) {
      kind = classify(String.fromCharCode(unit));
      CLASSES[unit] = kind;
    }
    kinds[at] = kind;
  }
  return kinds;
}

/** Halves of surrogate pairs (emoji, rare scripts) are no letters. */
function classify(unit: string): number {
  if (/[0-9]/.test(unit)) return DIGIT;
  if (/[\p{L}\p{M}]/u.test(unit)) return LETTER;
  if (/[\n\r]/.test(unit)) return LINE_END;
  if (/[?!…]/.test(unit)) return SENTENCE_MARK;
  if (/\s/.test(unit)) return SPACE;
  if (unit === '.') return FULL_STOP;
  if (unit === ',') return COMMA;
  if (unit === '-') return HYPHEN;
  return /[;:()[\]{}"'“”‘’«»–—|/]/.test(unit) ? PHRASE_MARK : OTHER;
}

/** End of the syllable that begins at `from`: letters with their marks, or a number (`19`, `1.250`, `3,5`). */
function syllableEnd(kinds: Uint8Array, from: number): number {
  const kind = kinds[from];
  let end = from;
  if (kind === LETTER) {
    while (kinds[end] === LETTER) end += 1;
  } else if (kind === DIGIT) {
    while (kinds[end] === DIGIT || isInsideNumber(kinds, end)) end += 1;
  }
  return end;
}

function isInsideNumber(kinds: Uint8Array, at: number): boolean {
  return (kinds[at] === FULL_STOP || kinds[at] === COMMA) && kinds[at + 1] === DIGIT;
}

function breakIn(kinds: Uint8Array, from: number, to: number): number {
  let strongest = NO_BREAK;
  for (let at = from; at < to; at += 1) {
    const level = breakAt(kinds, at);
    if (level > strongest) strongest = level;
  }
  return strongest;
}

function breakAt(kinds: Uint8Array, at: number): number {
  switch (kinds[at]) {
    case SENTENCE_MARK:
    case LINE_END:
      return SENTENCE_BREAK;
    case PHRASE_MARK:
    case COMMA:
      return PHRASE_BREAK;
    case HYPHEN:
      return isSpace(kinds[at - 1]) && isSpace(kinds[at + 1]) ? PHRASE_BREAK : NO_BREAK;
    case FULL_STOP:
      return endsSentence(kinds, at) ? SENTENCE_BREAK : NO_BREAK;
    default:
      return NO_BREAK;
  }
}

/** A full stop before space, be it behind one closing quote or bracket. */
function endsSentence(kinds: Uint8Array, at: number): boolean {
  return isSpace(kinds[at + 1]) || (kinds[at + 1] === PHRASE_MARK && isSpace(kinds[at + 2]));
}

function isSpace(kind: number | undefined): boolean {
  return kind === SPACE || kind === LINE_END;
}
