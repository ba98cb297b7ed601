/**
 * Numbers for the words that terms are made of, so that many matchers compare one text with their terms by numbers:
 * each word of the text is looked up once, whoever asks.
 */
import { fold } from './normalise.ts';
import type { Syllable } from './syllables.ts';

/** Grows with the terms of the configuration, never with the texts that are read. */
const NUMBERS = new Map<string, number>();

/** Stands for every word that no term holds. */
export const UNKNOWN_WORD = 0;

/** The number of a word that a term is made of; the same for equal words. */
export function learnWord(word: string): number {
  let number = NUMBERS.get(word);
  if (number === undefined) {
    number = UNKNOWN_WORD + 1 + NUMBERS.size;
    NUMBERS.set(word, number);
  }
  return number;
}

interface Numbered {
  readonly numbers: Int32Array;
  /** How many words were known then: what was unknown may have been learnt since. */
  readonly known: number;
}

const ACCENTED = new WeakMap<readonly Syllable[], Numbered>();
const FOLDED = new WeakMap<readonly Syllable[], Numbered>();

/** One number for each syllable, in order: its word's own, or `UNKNOWN_WORD`. */
export function wordNumbers(syllables: readonly Syllable[], isFolded: boolean): Int32Array {
  const cache = isFolded ? FOLDED : ACCENTED;
  const cached = cache.get(syllables);
  if (cached !== undefined && cached.known === NUMBERS.size) return cached.numbers;
  const numbers = new Int32Array(syllables.length);
  for (let at = 0; at < syllables.length; at += 1) {
    const { text } = syllables[at] as Syllable;
    numbers[at] = NUMBERS.get(isFolded ? fold(text) : text) ?? UNKNOWN_WORD;
  }
  cache.set(syllables, { numbers, known: NUMBERS.size });
  return numbers;
}
