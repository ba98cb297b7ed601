import iconv from 'iconv-lite';

/** Fewer words than this prove nothing: a single `Ã` may be anything. */
const MIN_WORDS = 3;
/** So large a share of the accented words must be Vietnamese syllables before a text is re-read. */
const MIN_SHARE = 0.7;
/** And so much more of them than as the text stands. */
const MIN_GAIN = 0.3;
/** How much text decides. */
const SAMPLE_LENGTH = 64 * 1024;
const MAX_SAMPLE_WORDS = 200;
/** What đ stands as in text typed for a font, both cases; one in twenty accented words of Vietnamese begins with it. */
const FONT_D = /[®§ñÑ]/g;
const ENOUGH_WORDS = 40;

/**
 * A Vietnamese syllable without its tone: optional first consonant, vowels, optional last consonant. It need not
 * be exact, only rare among words that were decoded wrongly.
 */
const TONELESS_SYLLABLE =
  /^(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?(?:[aăâeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|iêu|oa|oă|oe|oai|oay|oao|oeo|oi|ôi|ơi|ua|uâ|uê|uô|uơ|uy|uya|uyê|uyu|uây|uôi|ui|ưa|ươ|ưu|ươi|ươu|ưi|yê|yêu)(?:c|ch|m|n|ng|nh|p|t)?$/;
const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const MAX_WORD_LENGTH = 12;
const OUTSIDE_ASCII = /[\u0080-\uffff]/g;
const LETTERS_AT_END = /[\p{L}\p{M}]*$/u;
const LETTERS_AT_START = /^[\p{L}\p{M}]{1,12}/u;
const ASCII_LETTERS = /^[a-z]*$/i;
const CAPITAL_INSIDE = /\p{Ll}\p{Lu}/u;

/** How much of a text's accented vocabulary is Vietnamese. */
interface VietnameseShare {
  /** Words with at least one letter outside ASCII. */
  readonly words: number;
  /** The share of them that are well-formed Vietnamese syllables, 0–1. */
  readonly share: number;
}

/** Counts well-formed Vietnamese syllables among the accented words of the first 64 kB. */
function vietnameseShare(text: string): VietnameseShare {
  let words = 0;
  let syllables = 0;
  for (const word of accentedWords(text.slice(0, SAMPLE_LENGTH).normalize('NFC'))) {
    words += 1;
    if (isSyllable(word)) syllables += 1;
    if (words === MAX_SAMPLE_WORDS) break;
  }
  return { words, share: words === 0 ? 0 : syllables / words };
}

/** Words with at least one letter outside ASCII. Markup is nearly all ASCII, so the text between is jumped over. */
function* accentedWords(text: string): Generator<string> {
  let passed = 0;
  for (const { index } of text.matchAll(OUTSIDE_ASCII)) {
    if (index < passed) continue;
    const before =
      LETTERS_AT_END.exec(text.slice(Math.max(passed, index - MAX_WORD_LENGTH), index))?.[0] ?? '';
    const word = LETTERS_AT_START.exec(before + text.slice(index, index + MAX_WORD_LENGTH))?.[0] ?? '';
    passed = index + Math.max(1, word.length - before.length);
    if (!ASCII_LETTERS.test(word)) yield word;
  }
}

function isSyllable(word: string): boolean {
  // `bÖnh` is a word as TCVN3 stands in Latin letters; Vietnamese never capitalises inside a syllable.
  if (CAPITAL_INSIDE.test(word)) return false;
  const marks = word.normalize('NFD').match(TONE_MARKS)?.length ?? 0;
  if (marks > 1) return false;
  const toneless = word.toLowerCase().normalize('NFD').replace(TONE_MARKS, '').normalize('NFC');
  return TONELESS_SYLLABLE.test(toneless);
}

/**
 * The encoding, of the four that Vietnamese outlets used before Unicode, in which bytes read as Vietnamese.
 *
 * @param declared  what the text is claimed to be in; kept unless another reads clearly better
 */
export function guessVietnameseEncoding(bytes: Uint8Array, declared: string): string {
  const sample = bytes.subarray(0, SAMPLE_LENGTH);
  let best = { encoding: declared, share: vietnameseShare(iconv.decode(sample, declared)).share + MIN_GAIN };
  for (const encoding of ['windows-1258', 'tcvn', 'viscii']) {
    const { words, share } = vietnameseShare(iconv.decode(sample, encoding));
    if (words >= MIN_WORDS && share >= MIN_SHARE && share > best.share) best = { encoding, share };
  }
  return best.encoding;
}

/**
 * Rescues Vietnamese that was typed for a font (TCVN3, VNI) and published as if it were Western European:
 * `BÖnh viÖn`, `Beänh vieän` → `Bệnh viện`. Text that reads as Vietnamese already, or as neither, is returned as it is.
 */
export function rescueFontText(text: string): { text: string; from?: 'tcvn3' | 'vni' } {
  if (plainlyLacksD(text.slice(0, SAMPLE_LENGTH))) return { text };
  const asIs = vietnameseShare(text);
  if (asIs.words < MIN_WORDS || asIs.share >= MIN_SHARE) return { text };
  if (asIs.words >= ENOUGH_WORDS && !mayHoldD(text.slice(0, SAMPLE_LENGTH), asIs.words)) return { text };
  let best: { text: string; from?: 'tcvn3' | 'vni'; share: number } = { text, share: asIs.share + MIN_GAIN };
  for (const [from, convert] of [
    ['vni', fromVni],
    ['tcvn3', fromTcvn3],
  ] as const) {
    const { words, share } = vietnameseShare(convert(text.slice(0, SAMPLE_LENGTH)));
    if (words >= MIN_WORDS && share >= MIN_SHARE && share > best.share)
      best = { text: convert(text), from, share };
  }
  return best.from === undefined ? { text } : { text: best.text, from: best.from };
}

/** Cheaper than counting words: no đ among so many accented letters is none among `ENOUGH_WORDS` words. */
function plainlyLacksD(sample: string): boolean {
  if (sample.search(FONT_D) !== -1) return false;
  let letters = 0;
  for (let at = 0; at < sample.length && letters < 3 * ENOUGH_WORDS; at += 1) {
    if (sample.charCodeAt(at) > 0x7f) letters += 1;
  }
  return letters === 3 * ENOUGH_WORDS;
}

function mayHoldD(sample: string, words: number): boolean {
  return (sample.match(FONT_D)?.length ?? 0) * 100 >= words;
}

/** TCVN3 is a byte encoding: its letters are put back to the bytes they were shown for, and those decoded. */
function fromTcvn3(text: string): string {
  return text.replace(/[\u00a1-\u00ff]/g, (letter) => iconv.decode(Buffer.from(letter, 'latin1'), 'tcvn'));
}

const VNI_VOWELS = 'aeouyAEOUYöôÖÔ';
/** VNI's combining letters: what each adds to the vowel before it. Circumflex and breve come with their tone. */
const VNI_MARKS: Readonly<Record<string, string>> = {
  ù: '\u0301',
  ø: '\u0300',
  û: '\u0309',
  õ: '\u0303',
  ï: '\u0323',
  â: '\u0302',
  á: '\u0302\u0301',
  à: '\u0302\u0300',
  å: '\u0302\u0309',
  ã: '\u0302\u0303',
  ä: '\u0302\u0323',
  ê: '\u0306',
  é: '\u0306\u0301',
  è: '\u0306\u0300',
  ú: '\u0306\u0309',
  ü: '\u0306\u0303',
  ë: '\u0306\u0323',
};
/** VNI's letters that stand alone. */
const VNI_LETTERS: Readonly<Record<string, string>> = {
  í: 'í',
  ì: 'ì',
  æ: 'ỉ',
  ó: 'ĩ',
  ò: 'ị',
  ô: 'ơ',
  ö: 'ư',
  ñ: 'đ',
  î: 'ỵ',
};
const VNI_PAIR = new RegExp(
  `([${VNI_VOWELS}])([${Object.keys(VNI_MARKS).join('')}${Object.keys(VNI_MARKS).join('').toUpperCase()}])|[${Object.keys(VNI_LETTERS).join('')}${Object.keys(VNI_LETTERS).join('').toUpperCase()}]`,
  'g',
);

/** VNI writes a vowel and then its marks as a second letter. */
function fromVni(text: string): string {
  return text
    .normalize('NFC')
    .replace(VNI_PAIR, (whole, vowel?: string, mark?: string) =>
      vowel === undefined || mark === undefined
        ? vniLetter(whole)
        : vniLetter(vowel) + (VNI_MARKS[mark.toLowerCase()] ?? ''),
    )
    .normalize('NFC');
}

function vniLetter(letter: string): string {
  const lower = letter.toLowerCase();
  const unicode = VNI_LETTERS[lower] ?? lower;
  return letter === lower ? unicode : unicode.toUpperCase();
}
