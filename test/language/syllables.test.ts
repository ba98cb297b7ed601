import { describe, expect, it } from 'vitest';

import { NO_BREAK, PHRASE_BREAK, SENTENCE_BREAK, syllabify } from '../../src/language/syllables.ts';

describe('syllabify', () => {
  it('gives lower-case normal forms with offsets into the original', () => {
    const original = `Bộ Y tế: "${'Hoà'.normalize('NFD')} Bình" thiếu 1.250 liều vaccine Covid-19`;
    const syllables = syllabify(original);
    expect(syllables.map(({ text }) => text)).toEqual([
      'bộ',
      'y',
      'tế',
      'hòa',
      'bình',
      'thiếu',
      '1.250',
      'liều',
      'vaccine',
      'covid',
      '19',
    ]);
    for (const { text, start, end } of syllables) {
      expect(original.slice(start, end).normalize('NFC').toLowerCase().replace('hoà', 'hòa')).toBe(text);
    }
  });

  it('marks the edges of phrases and sentences', () => {
    const breaks = syllabify('TP.HCM chống dịch, cứu người. Ai khen?\nKhông ai').map((s) => s.breakBefore);
    expect(breaks).toEqual([
      NO_BREAK,
      NO_BREAK,
      NO_BREAK,
      NO_BREAK,
      PHRASE_BREAK,
      NO_BREAK,
      SENTENCE_BREAK,
      NO_BREAK,
      SENTENCE_BREAK,
      NO_BREAK,
    ]);
  });

  it('gives nothing for text without syllables', () => {
    expect(syllabify(' … !\n')).toEqual([]);
  });
});
