/** Letters that only Vietnamese writes, and enough of them for a language. */
const VIETNAMESE_LETTER = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/gi;
const MIN_SHARE = 0.03;
const MIN_LETTERS = 5;

/** Languages told by the script that no other language of the press writes in. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/g, 'ja'],
  [/[\uac00-\ud7af]/g, 'ko'],
  [/[\u0e00-\u0e7f]/g, 'th'],
  [/[\u0370-\u03ff]/g, 'el'],
  [/[\u0590-\u05ff]/g, 'he'],
  [/[\u4e00-\u9fff]/g, 'zh'],
];
const SAMPLE_CHARS = 2000;

/** A language tag as BCP 47 has it (`vi`, `en-GB`), out of what a page states; `undefined` where that is none. */
export function languageTag(stated: string): string | undefined {
  const match = /^([a-z]{2,3})(?:[-_](?:[a-z]{4}[-_])?([a-z]{2}|\d{3}))?\b/i.exec(stated.trim());
  if (match?.[1] === undefined) return undefined;
  const language = match[1].toLowerCase();
  return match[2] === undefined ? language : `${language}-${match[2].toUpperCase()}`;
}

/**
 * The language of a text by its letters: Vietnamese by its diacritics, some others by their script; `undefined`
 * where the letters do not tell.
 */
export function languageOfText(text: string): string | undefined {
  const sample = text.slice(0, SAMPLE_CHARS).normalize('NFC');
  const share = (letters: RegExp): number => {
    const count = sample.match(letters)?.length ?? 0;
    return count < MIN_LETTERS ? 0 : count / sample.length;
  };
  if (share(VIETNAMESE_LETTER) >= MIN_SHARE) return 'vi';
  return SCRIPTS.find(([letters]) => share(letters) >= MIN_SHARE)?.[1];
}
