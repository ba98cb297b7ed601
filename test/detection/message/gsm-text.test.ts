import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cutToGsm, gsmLength, toGsm } from '../../../src/detection/message/gsm-text.ts';
import { shortForm } from '../../../src/detection/message/short-form.ts';

/** The two tables of 3GPP TS 23.038 §6.2.1, by code point, written down apart from the program's. */
const BASIC = new Set([
  ...[0x40, 0xa3, 0x24, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, 0x0a, 0xd8, 0xf8, 0x0d, 0xc5, 0xe5],
  ...[0x394, 0x5f, 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf, 0xc9],
  ...[0x20, 0x21, 0x22, 0x23, 0xa4, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f],
  ...Array.from({ length: 16 }, (_, i) => 0x30 + i),
  ...[0xa1, 0xc4, 0xd6, 0xd1, 0xdc, 0xa7, 0xbf, 0xe4, 0xf6, 0xf1, 0xfc, 0xe0],
  ...Array.from({ length: 26 }, (_, i) => 0x41 + i),
  ...Array.from({ length: 26 }, (_, i) => 0x61 + i),
]);
const EXTENSION = new Set([0x0c, 0x5e, 0x7b, 0x7d, 0x5c, 0x5b, 0x7e, 0x5d, 0x7c, 0x20ac]);

/** Septets that a text takes; `undefined` where a character has none. */
function septets(text: string): number | undefined {
  let count = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (BASIC.has(point)) count += 1;
    else if (EXTENSION.has(point)) count += 2;
    else return undefined;
  }
  return count;
}

const VOWELS = 'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY';
const TONES = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const CONSONANTS = ['', 'b', 'đ', 'Đ', 'ngh', 'tr', 'kh', 'ph', 'qu', 'gi', 'x', 'S'];

/** Vietnamese-looking text, composed or not, with what headlines hold besides: quotes, brackets, emoji, the invisible. */
const syllable = fc
  .tuple(fc.constantFrom(...CONSONANTS), fc.constantFrom(...VOWELS), fc.constantFrom(...TONES), fc.boolean())
  .map(([consonant, vowel, tone, isComposed]) =>
    (consonant + vowel + tone).normalize(isComposed ? 'NFC' : 'NFD'),
  );
const oddity = fc.constantFrom(
  ...[
    '“',
    '”',
    '…',
    '–',
    '[',
    ']',
    '{',
    '~',
    '^',
    '€',
    '|',
    '\\',
    '·',
    '₫',
    '°',
    '½',
    '²',
    '😷',
    '病',
    '\u200b',
    '\u202e',
    '\n',
    '\t',
  ],
);
const headline = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: syllable },
      { weight: 2, arbitrary: oddity },
      fc.string({ unit: 'grapheme' }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(' '));

describe('text for text messages', () => {
  it('is always of the alphabet, and counted as it is sent', () => {
    fc.assert(
      fc.property(headline, (text) => {
        const gsm = toGsm(text);
        expect(septets(gsm)).toBe(gsmLength(gsm));
        expect(gsm).not.toMatch(/[\r\n\t]| {2}|^ | $/);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps Vietnamese readable', () => {
    expect(toGsm('Bệnh viện Đa khoa: “tắc trách” – 3 ca tử vong… 37,5°C 1m²')).toBe(
      'Benh vien Da khoa: "tac trach" - 3 ca tu vong... 37,5oC 1m2',
    );
    expect(toGsm('Nguyê\u0303n Thi\u0323 Hu\u031bo\u031bng')).toBe('Nguyen Thi Huong');
    expect(toGsm('a\u200bb\u202ec 😷病 d')).toBe('abc ?? d');
  });

  it('is cut between words, to what fits', () => {
    fc.assert(
      fc.property(headline.map(toGsm), fc.integer({ min: 2, max: 160 }), (text, places) => {
        const cut = cutToGsm(text, places);
        expect(gsmLength(cut)).toBeLessThanOrEqual(places);
        if (gsmLength(text) <= places) expect(cut).toBe(text);
        else expect(text.startsWith(cut.slice(0, -2))).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(cutToGsm('Benh vien [Mau] qua tai', 15)).toBe('Benh vien..');
  });
});

describe('the short form', () => {
  const link = fc.webUrl({ validSchemes: ['https'] }).filter((url) => septets(url) !== undefined);

  it('is at most 160 characters with its link whole, whatever the headline', () => {
    fc.assert(
      fc.property(
        headline,
        headline.map((text) => text.slice(0, 40)),
        fc.array(link, { maxLength: 2 }),
        (text, figures, links) => {
          const short = shortForm(text, figures, links);
          const length = septets(short);
          expect(length).toBeDefined();
          expect(length).toBeLessThanOrEqual(160);
          const fitting = links.find((each) => (septets(each) ?? Number.NaN) <= 119);
          if (fitting !== undefined) expect(short.endsWith(` ${fitting}`)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps the figures where the headline must be cut', () => {
    const short = shortForm(
      `NGHIÊM TRỌNG: Bệnh viện Mẫu ${'người nhà tố '.repeat(20)}`,
      '12 bài tiêu cực/24 giờ, 5 toà soạn',
      ['https://nhip.example.vn/a/AAAABBBBCCCCDDDDEEEE'],
    );
    expect(short).toMatch(
      /^NGHIEM TRONG: Benh vien Mau nguoi nha to .*\.\., 12 bai tieu cuc\/24 gio, 5 toa soan https:\/\/nhip\.example\.vn\/a\/AAAABBBBCCCCDDDDEEEE$/,
    );
    expect(short.length).toBeGreaterThan(145);
  });
});
