/**
 * Text for text messages: the 7-bit alphabet of GSM, of which 160 characters fit into one message.
 *
 * @see 3GPP TS 23.038 (GSM 03.38), §6.2.1
 */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Sent as two characters each. */
const EXTENSION = '^{}\\[~]|€\f';

const COSTS: ReadonlyMap<string, number> = new Map([
  ...[...BASIC].map((character) => [character, 1] as const),
  ...[...EXTENSION].map((character) => [character, 2] as const),
]);

/** What looks nearly the same; all else that the alphabet lacks becomes `?`. */
const LIKENESSES: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ł: 'l',
  Ł: 'L',
  œ: 'oe',
  Œ: 'OE',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '`': "'",
  '´': "'",
  '–': '-',
  '—': '-',
  '‑': '-',
  '‐': '-',
  '−': '-',
  '•': '-',
  '·': '-',
  '×': 'x',
  '÷': '/',
  '⁄': '/',
  '°': 'o',
  '₫': 'd',
  '≥': '>=',
  '≤': '<=',
  '≈': '~',
  '→': '->',
  '←': '<-',
  '±': '+-',
};

/** The text in the alphabet of GSM: without diacritics, on one line, without what cannot be seen. */
export function toGsm(text: string): string {
  const plain = [...text.normalize('NFKD').replace(/[\p{Mn}\p{Cf}]/gu, '')].map((character) => {
    const alike = LIKENESSES[character] ?? character;
    return [...alike].every((one) => COSTS.has(one)) ? alike : /[\p{Z}\p{Cc}]/u.test(character) ? ' ' : '?';
  });
  return plain.join('').replace(/\s+/g, ' ').trim();
}

/** How many of the 160 places a text takes; not a number if it is not in the alphabet. */
export function gsmLength(text: string): number {
  let length = 0;
  for (const character of text) length += COSTS.get(character) ?? Number.NaN;
  return length;
}

/** The text, or as many whole words of it as fit with two dots behind them. @param text  in the alphabet */
export function cutToGsm(text: string, places: number): string {
  if (gsmLength(text) <= places) return text;
  let [taken, length, words] = ['', 0, 0];
  for (const character of text) {
    length += COSTS.get(character) ?? 1;
    if (length > places - 2) break;
    taken += character;
    if (character === ' ') words = taken.length;
  }
  if (places < 2) return '';
  // A word that alone is too long is cut where it must be.
  return `${(words > 0 ? taken.slice(0, words) : taken).replace(/[\s,;:-]+$/, '')}..`;
}
