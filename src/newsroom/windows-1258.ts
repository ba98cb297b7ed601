import iconv from 'iconv-lite';

const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/g;

/**
 * Encodes Vietnamese for old readers. The code page holds base letters (`ê`, `ơ`, `đ`) and tone marks apart, so
 * `ệ` becomes two bytes; what it cannot hold becomes `?`.
 */
export function encodeWindows1258(text: string): Buffer {
  const spaced = Array.from(text.normalize('NFC'), (letter) => {
    const decomposed = letter.normalize('NFD');
    const tones = decomposed.match(TONE_MARKS)?.join('') ?? '';
    return decomposed.replace(TONE_MARKS, '').normalize('NFC') + tones;
  }).join('');
  return iconv.encode(spaced, 'windows-1258');
}
