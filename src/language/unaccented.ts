/** Where a text is written without diacritics: all of it, or a headline above an accented body. */
import { SENTENCE_BREAK, type Syllable } from './syllables.ts';
import { isKnownUnaccented } from './vocabulary.ts';

/** Shorter sentences between accented ones are names, credits and captions. */
const MIN_SYLLABLES = 5;
/** Of the words of a Vietnamese sentence nearly all are known when read without diacritics; of a foreign one few are. */
const MIN_KNOWN = 0.75;

const NONE = new Uint8Array(0);
const FOUND = new WeakMap<readonly Syllable[], Uint8Array>();

/**
 * For each syllable 1 where its sentence has no diacritics and is Vietnamese all the same, else 0; empty where that is
 * so nowhere. In a text that has no diacritics at all it is so everywhere, whatever its language.
 */
export function unaccentedSyllables(syllables: readonly Syllable[]): Uint8Array {
  let found = FOUND.get(syllables);
  if (found === undefined) {
    found = syllables.some(({ word }) => word.hasDiacritics)
      ? markBareSentences(syllables)
      : new Uint8Array(syllables.length).fill(1);
    FOUND.set(syllables, found);
  }
  return found;
}

function markBareSentences(syllables: readonly Syllable[]): Uint8Array {
  let marks = NONE;
  let from = 0;
  let isBare = true;
  for (let at = 0; at <= syllables.length; at += 1) {
    const syllable = syllables[at];
    if (syllable === undefined || syllable.breakBefore === SENTENCE_BREAK) {
      if (isBare && isVietnamese(syllables, from, at)) {
        if (marks === NONE) marks = new Uint8Array(syllables.length);
        marks.fill(1, from, at);
      }
      from = at;
      isBare = true;
    }
    if (syllable?.word.hasDiacritics) isBare = false;
  }
  return marks;
}

function isVietnamese(syllables: readonly Syllable[], from: number, to: number): boolean {
  if (to - from < MIN_SYLLABLES) return false;
  let known = 0;
  for (let at = from; at < to; at += 1) {
    if (isKnownUnaccented((syllables[at] as Syllable).word)) known += 1;
  }
  return known >= MIN_KNOWN * (to - from);
}
