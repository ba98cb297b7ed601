/** A run of letters and digits is a word; whatever else stands between them only parts them: `TP.HCM` is two words. */
const WORD = /[\p{L}\p{M}\p{Nd}]+/gu;

/** Nobody looks for a longer one; no store takes terms without end. */
const LONGEST_WORD = 60;

/** What letters of the Latin script become that no decomposition takes apart. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ł: 'l',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/** Vietnamese has some 7,000 syllables: nearly every word of a text has been folded before. */
const REMEMBERED = 20_000;
const folded = new Map<string, string>();

/** The words that a text is searched by, in reading order: NFC, lower case, diacritics kept. Linear. */
export function searchWords(text: string): string[] {
  const words = text.normalize('NFC').toLowerCase().match(WORD) ?? [];
  return words.map((word) => word.slice(0, LONGEST_WORD));
}

/** A word of `searchWords` without diacritics: what decides whether a search finds it. */
export function foldWord(word: string): string {
  const known = folded.get(word);
  if (known !== undefined) return known;
  const bare = word
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[đðøłıßæœþ]/gu, (letter) => UNDECOMPOSED[letter] ?? letter);
  if (folded.size >= REMEMBERED) folded.clear();
  folded.set(word, bare);
  return bare;
}
