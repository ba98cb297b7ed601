/**
 * Cuts text into syllables, the unit in which Vietnamese is written: what stands between spaces, not what makes a
 * word. Numbers, abbreviations and foreign words count as one syllable each.
 */
import { type NormalisedText, normaliseWithOffsets } from './normalise.ts';
import { EMPTY_HASH, hashUnit, type Word, wordAt } from './vocabulary.ts';

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
  /** What is known of it wherever it stands. */
  readonly word: Word;
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
/** Letters set apart from their marks, invisible characters, the beginning of an entity: to be normalised first. */
const MARK = 11;
const INVISIBLE = 12;
const AMPERSAND = 13;

/** Classes by code unit. */
const CLASSES = Uint8Array.from({ length: 0x10000 }, (_, unit) => classify(String.fromCharCode(unit)));

/** Syllables in reading order. Linear in the length of the text. */
export function syllabify(text: string): Syllable[] {
  const syllables: Syllable[] = [];
  if (scan(text, syllables)) return syllables;
  const normal = normaliseWithOffsets(text);
  syllables.length = 0;
  scan(normal.text, syllables, normal);
  return syllables;
}

/**
 * Adds the syllables of `text` to `found`. Words are normalised one by one, when they are first met.
 *
 * @param normal  where `text` is a normal form: the way back to the original
 * @returns false where the text must be normalised as a whole first; then what was found is of no use
 */
function scan(text: string, found: Syllable[], normal?: NormalisedText): boolean {
  const { length } = text;
  let breakBefore = NO_BREAK;
  let isAbbreviated = false;
  let at = 0;
  while (at < length) {
    const kind = CLASSES[text.charCodeAt(at)] as number;
    if (kind === SPACE) {
      at += 1;
    } else if (beginsWord(kind)) {
      const word = wordFrom(text, at, kind);
      const end = at + word.length;
      found.push({
        text: word.text,
        start: normal?.originalStart(at) ?? at,
        end: normal?.originalEnd(end) ?? end,
        breakBefore,
        isCapital: word.isCapital,
        word,
      });
      breakBefore = NO_BREAK;
      isAbbreviated = word.isAbbreviation;
      at = end;
    } else {
      if (normal === undefined && isIrregular(kind, text, at)) return false;
      breakBefore = Math.max(breakBefore, breakAt(kind, text, at, isAbbreviated));
      isAbbreviated = false;
      at += 1;
    }
  }
  return true;
}

function beginsWord(kind: number): boolean {
  return kind === LETTER || kind === DIGIT || kind === MARK;
}

function wordFrom(text: string, start: number, first: number): Word {
  let hash = EMPTY_HASH;
  let at = start;
  let unit = text.charCodeAt(at);
  let kind = first;
  do {
    hash = hashUnit(hash, unit);
    at += 1;
    if (at === text.length) break;
    unit = text.charCodeAt(at);
    kind = CLASSES[unit] as number;
  } while (kind === first || continues(first, kind, text, at));
  return wordAt(text, start, at, hash);
}

/** Letters go on with their marks and with what cannot be seen among them, numbers as in `1.250` and `3,5`. */
function continues(first: number, kind: number, text: string, at: number): boolean {
  if (kind === SPACE) return false;
  if (first === DIGIT) return (kind === FULL_STOP || kind === COMMA) && kindAt(text, at + 1) === DIGIT;
  return kind === LETTER || kind === MARK || (kind === INVISIBLE && isInWord(text, at));
}

/** Longer runs of what cannot be seen part words. */
const MAX_INVISIBLE = 3;

function isInWord(text: string, at: number): boolean {
  for (let next = at + 1; next <= at + MAX_INVISIBLE; next += 1) {
    const kind = kindAt(text, next);
    if (kind !== INVISIBLE) return kind === LETTER || kind === MARK;
  }
  return false;
}

/** What of itself cannot be read in place: invisible characters outside words, entities. */
function isIrregular(kind: number, text: string, at: number): boolean {
  return (
    kind === INVISIBLE || (kind === AMPERSAND && LIKE_ENTITY.test(text.slice(at, at + MAX_ENTITY_LENGTH)))
  );
}

const LIKE_ENTITY = /^&#?[a-zA-Z0-9]+;/;
const MAX_ENTITY_LENGTH = 12;

/** 0 beyond the end. */
function kindAt(text: string, at: number): number {
  return at < text.length ? (CLASSES[text.charCodeAt(at)] as number) : 0;
}

/** Halves of surrogate pairs (emoji, rare scripts) are no letters. */
function classify(unit: string): number {
  if (/[0-9]/.test(unit)) return DIGIT;
  if (/[\u0300-\u036f]/u.test(unit)) return MARK;
  if (/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/u.test(unit)) return INVISIBLE;
  if (/[\p{L}\p{M}]/u.test(unit)) return LETTER;
  if (/[\n\r]/.test(unit)) return LINE_END;
  if (/[?!…]/.test(unit)) return SENTENCE_MARK;
  if (/\s/.test(unit)) return SPACE;
  if (unit === '.') return FULL_STOP;
  if (unit === ',') return COMMA;
  if (unit === '-') return HYPHEN;
  if (unit === '&') return AMPERSAND;
  return /[;:()[\]{}"'“”‘’«»–—|/]/.test(unit) ? PHRASE_MARK : OTHER;
}

/** @param isAbbreviated  the word before is one that a full stop shortens */
function breakAt(kind: number, text: string, at: number, isAbbreviated: boolean): number {
  switch (kind) {
    case SENTENCE_MARK:
    case LINE_END:
      return SENTENCE_BREAK;
    case PHRASE_MARK:
    case COMMA:
      return PHRASE_BREAK;
    case HYPHEN:
      return isSpaceAt(text, at - 1) && isSpaceAt(text, at + 1) ? PHRASE_BREAK : NO_BREAK;
    case FULL_STOP:
      return !isAbbreviated && endsSentence(text, at) ? SENTENCE_BREAK : NO_BREAK;
    default:
      return NO_BREAK;
  }
}

/** A full stop before space, be it behind one closing quote or bracket. */
function endsSentence(text: string, at: number): boolean {
  return isSpaceAt(text, at + 1) || (kindAt(text, at + 1) === PHRASE_MARK && isSpaceAt(text, at + 2));
}

function isSpaceAt(text: string, at: number): boolean {
  const kind = at < 0 ? 0 : kindAt(text, at);
  return kind === SPACE || kind === LINE_END;
}

/** True where a break of at least that level stands before one of the syllables from `from` to `to`, both included. */
export function hasBreak(syllables: readonly Syllable[], from: number, to: number, level: number): boolean {
  for (let at = from; at <= to; at += 1) {
    if ((syllables[at]?.breakBefore ?? NO_BREAK) >= level) return true;
  }
  return false;
}
