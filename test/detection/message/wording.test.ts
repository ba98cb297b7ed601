import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cutLine, halfOf, howOften, plainLine } from '../../../src/detection/message/wording.ts';

describe('howOften', () => {
  it.each([
    [7, 'khoảng 7 lần mỗi tuần', 'about 7 times a week'],
    [1, 'khoảng 1 lần trong 1 tuần', 'about once in a week'],
    [1 / 4, 'khoảng 1 lần trong 4 tuần', 'about once in 4 weeks'],
    [0.05, 'khoảng 1 lần trong 5 tháng', 'about once in 5 months'],
    [1 / 156.5, 'khoảng 1 lần trong 3 năm', 'about once in 3 years'],
    [1e-6, 'chưa tới 1 lần trong 10 năm', 'less than once in 10 years'],
    [0, 'chưa tới 1 lần trong 10 năm', 'less than once in 10 years'],
  ])('puts %f a week in words', (perWeek, vi, en) => {
    expect(howOften(perWeek)).toEqual({ vi, en });
  });
});

describe('plainLine', () => {
  it('leaves one line that is what it looks like', () => {
    expect(plainLine(' Tin\r\nBcc:\u0000x\u2028y\u202Eđảo\u200B\u2066 ngược\u00a0 ')).toBe(
      'Tin Bcc: x yđảo ngược',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(plainLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('cutLine', () => {
  it('cuts between words, and leaves no half of a character', () => {
    expect(cutLine('Bệnh viện tỉnh quá tải', 16)).toBe('Bệnh viện tỉnh…');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, length) => {
        const cut = cutLine(text, length);
        expect(cut.length).toBeLessThanOrEqual(Math.max(length, 1));
        expect(cut.isWellFormed?.() ?? true).toBe(true);
      }),
    );
  });
});

describe('halfOf', () => {
  it('gives the words in one language, or the only ones there are', () => {
    expect(halfOf('từ 3 lên 7 / from 3 to 7', 'en')).toBe('from 3 to 7');
    expect(halfOf('từ 3 lên 7 / from 3 to 7', 'vi')).toBe('từ 3 lên 7');
    expect(halfOf('Đã họp báo', 'en')).toBe('Đã họp báo');
  });
});
