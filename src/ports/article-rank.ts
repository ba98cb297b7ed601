import { foldWord } from '../domain/search-words.ts';

/**
 * What lifts a match, for each word or phrase that was looked for: that its words with diacritics occur so spelt; that
 * it stands in the title; that both hold in the title (`TITLE_RANK` again). What is looked for in titles is lifted by
 * the first alone, there. Among equals the newest comes first: in the news the last word counts most.
 */
export const ACCENTED_RANK = 100;
export const TITLE_RANK = 40;

/** The words that say something of spelling: what is typed without diacritics may be meant with any. */
export function accentedWords(words: readonly string[]): string[] {
  return words.filter((word) => word !== foldWord(word));
}
