import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fold, hasDiacritics, normalise, normaliseWithOffsets } from '../../src/language/normalise.ts';

describe('normalise', () => {
  it('composes decomposed text', () => {
    expect(normalise('Sở Y tế Hà Nội'.normalize('NFD'))).toBe('Sở Y tế Hà Nội');
  });

  it('composes marks that come in the wrong order', () => {
    expect(normalise('te\u0301\u0302')).toBe('tế');
    expect(normalise('bê\u0323nh')).toBe('bệnh');
  });

  it.each([
    ['hoà giải', 'hòa giải'],
    ['sức khoẻ', 'sức khỏe'],
    ['thuỷ đậu', 'thủy đậu'],
    ['HOÀ BÌNH', 'HÒA BÌNH'],
    ['Hoà'.normalize('NFD'), 'Hòa'],
  ])('moves the tone in %s', (given, expected) => {
    expect(normalise(given)).toBe(expected);
  });

  it.each(['quý', 'quỹ đất', 'hoàn', 'huỳnh', 'khoái', 'khuỷu', 'quà', 'toán', 'ngoài', 'loạn'])(
    'leaves %s alone',
    (word) => {
      expect(normalise(word)).toBe(word);
    },
  );

  it('mends look-alikes, odd spaces, invisible characters and entities', () => {
    expect(normalise('\u00d0iều\u00a0tr\u200bị &amp; ph&ograve;ng b&#7879;nh &khong;')).toBe(
      'Điều trị & phòng bệnh &khong;',
    );
  });

  it('is idempotent and NFC for any mixture of Vietnamese letters and marks', () => {
    const letters = fc.string({
      unit: fc.constantFrom(
        ...'aăâeêioôơuưyđqhnAEOUYĐ ',
        ...'\u0300\u0301\u0309\u0303\u0323\u0302\u0306\u031b',
        '\u00a0',
        '\u200b',
      ),
    });
    fc.assert(
      fc.property(letters, (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
        expect(once.normalize('NFC')).toBe(once);
      }),
    );
  });
});

describe('normaliseWithOffsets', () => {
  it('points every span into the original', () => {
    const original = `${'Ngộ'.normalize('NFD')} &nbsp;${'độc'.normalize('NFD')}\u200b ở Hoà Bình`;
    const { text, originalStart, originalEnd } = normaliseWithOffsets(original);
    for (const word of ['Ngộ', 'độc', 'Hòa']) {
      const at = text.indexOf(word);
      const span = original.slice(originalStart(at), originalEnd(at + word.length));
      expect(normalise(span)).toBe(word);
    }
  });

  it('agrees with normalise', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'oàaé&;#12 b\u0301\u0302\u00ad\u00d0nsp') }),
        (text) => {
          expect(normaliseWithOffsets(text).text).toBe(normalise(text));
        },
      ),
    );
  });
});

describe('fold', () => {
  it('drops diacritics and case, đ included, and keeps the length of the normal form', () => {
    expect(fold('ĐƯỜNG HOÀ Bình'.normalize('NFD'))).toBe('duong hoa binh');
    expect(fold('Khỏi bệnh')).toHaveLength(normalise('Khỏi bệnh').length);
  });
});

describe('hasDiacritics', () => {
  it('tells accented from unaccented text', () => {
    expect(hasDiacritics('Bệnh viện')).toBe(true);
    expect(hasDiacritics('Benh vien Covid-19 A & B')).toBe(false);
  });
});
