/**
 * The words that texts are made of, each looked at once: normal form, capital, numbers for those that terms hold.
 *
 * Many matchers compare one text with their terms by numbers, and Vietnamese has some seven thousand syllables, so
 * nearly every word of a text has been met before.
 */
import { abbreviates, TYPED_SHORT } from './abbreviations.ts';
import { fold, hasDiacritics, normalise } from './normalise.ts';

/** What is known of a word, however often it is met. */
export interface Word {
  /** Normal form, lower case. */
  readonly text: string;
  /** Code units that it takes as it was written. */
  readonly length: number;
  /** True where it begins with a capital. */
  readonly isCapital: boolean;
  /** True where it is one of two capitals or more. */
  readonly isAllCapitals: boolean;
  readonly hasDiacritics: boolean;
  /** True where a full stop behind it abbreviates: `TP. Hồ Chí Minh`, `BS. Nguyễn …`. */
  readonly isAbbreviation: boolean;
  /** FNV-1a of `text`, signed: part of stored signatures, so it must never change. */
  readonly hash: number;
}

/** Stands for every word that no term holds. */
export const UNKNOWN_WORD = 0;

/** Grows with the terms of the configuration, never with the texts that are read. */
const NUMBERS = new Map<string, number>();
let size = 0;

/** The number of a word that a term is made of; the same for equal words. */
export function learnWord(word: string): number {
  let number = NUMBERS.get(word);
  if (number === undefined) {
    size += 1;
    number = UNKNOWN_WORD + size;
    NUMBERS.set(word, number);
  }
  return number;
}

/** How many words are known so far. */
export function vocabularySize(): number {
  return size;
}

interface MutableWord extends Word {
  /** The word that it stands for: `không` where `ko` is typed. */
  readonly meant: string;
  number: number;
  foldedNumber: number;
  /** How many words were known when the numbers were looked up: what was unknown may have been learnt since. */
  known: number;
}

/** The number of a word of some text: its own, or `UNKNOWN_WORD`. */
export function numberOf(word: Word, isFolded: boolean): number {
  const found = word as MutableWord;
  if (found.known !== size) {
    found.number = NUMBERS.get(found.meant) ?? UNKNOWN_WORD;
    found.foldedNumber = NUMBERS.get(fold(found.meant)) ?? UNKNOWN_WORD;
    found.known = size;
  }
  return isFolded ? found.foldedNumber : found.number;
}

/** True where some term holds a word that reads like this one without diacritics, and for numbers. */
export function isKnownUnaccented(word: Word): boolean {
  return numberOf(word, true) !== UNKNOWN_WORD || /^\d/u.test(word.text);
}

/** Of words that share a place, the last one met is kept. */
const PLACES = 1 << 15;
/** Longer words are foreign, and a slice of more than 12 units would keep the whole text it was cut from in memory. */
const MAX_KEPT_LENGTH = 12;
const keptWords: (Word | undefined)[] = new Array<Word | undefined>(PLACES).fill(undefined);
/** As they were written, side by side, so that comparing with them reads one line of memory: length, then units. */
const RECORD = 16;
const keptUnits = new Uint16Array(PLACES * RECORD);

/**
 * The word that stands in `text` from `start` up to `end`, kept from an earlier meeting or looked at anew. What is
 * kept is bounded.
 *
 * @param hash  `hashUnit` over its code units, from `EMPTY_HASH`
 */
export function wordAt(text: string, start: number, end: number, hash: number): Word {
  const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
  if (isKeptAt(place, text, start, end)) return keptWords[place] as Word;
  const word = wordOf(text.slice(start, end));
  if (end - start <= MAX_KEPT_LENGTH) keep(word, place, text, start, end);
  return word;
}

function isKeptAt(place: number, text: string, start: number, end: number): boolean {
  const length = end - start;
  let unit = place * RECORD;
  if (keptUnits[unit] !== length) return false;
  for (let at = start; at < end; at += 1) {
    unit += 1;
    if (keptUnits[unit] !== text.charCodeAt(at)) return false;
  }
  return true;
}

function keep(word: Word, place: number, text: string, start: number, end: number): void {
  keptWords[place] = word;
  keptUnits[place * RECORD] = end - start;
  for (let at = start; at < end; at += 1) keptUnits[place * RECORD + 1 + at - start] = text.charCodeAt(at);
}

function wordOf(raw: string): MutableWord {
  const normal = normalise(raw);
  const text = normal.toLowerCase();
  return {
    text,
    length: raw.length,
    isCapital: normal.charCodeAt(0) !== text.charCodeAt(0),
    isAllCapitals: normal.length > 1 && normal !== text && normal === normal.toUpperCase(),
    hasDiacritics: hasDiacritics(normal),
    isAbbreviation: abbreviates(text),
    meant: TYPED_SHORT.get(normal) ?? text,
    hash: hashOf(text) | 0,
    number: UNKNOWN_WORD,
    foldedNumber: UNKNOWN_WORD,
    known: -1,
  };
}

/** FNV-1a over code units; unsigned. */
export function hashOf(text: string): number {
  let hash = EMPTY_HASH;
  for (let at = 0; at < text.length; at += 1) hash = hashUnit(hash, text.charCodeAt(at));
  return hash >>> 0;
}

export const EMPTY_HASH = 0x811c9dc5 | 0;

/** One step of FNV-1a; signed. */
export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}
