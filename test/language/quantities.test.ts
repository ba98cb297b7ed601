import { describe, expect, it } from 'vitest';

import { quantityAt, quantityBefore } from '../../src/language/quantities.ts';
import { syllabify } from '../../src/language/syllables.ts';

/** The quantity before the word `ca`, which ends each example. */
function quantityOf(text: string) {
  const syllables = syllabify(text);
  return quantityBefore(text, syllables, syllables.length - 1);
}

describe('quantities', () => {
  it.each([
    ['12 ca', 12],
    ['1.250 ca', 1250],
    ['1,250 ca', 1250],
    ['12.000.500 ca', 12_000_500],
    ['3,5 triệu ca', 3_500_000],
    ['hai ca', 2],
    ['hai mươi ca', 20],
    ['hai mươi lăm ca', 25],
    ['mười hai ca', 12],
    ['một trăm linh năm ca', 105],
    ['một nghìn hai trăm ca', 1200],
    ['hai vạn ca', 20_000],
    ['hai triệu rưỡi ca', 2_500_000],
    ['12 nghìn ca', 12_000],
    ['trong số 5 ca', 5],
    ['năm ca', 5],
    ['10 ngày 40 ca', 40],
  ])('%s: exactly %d', (text, value) => {
    expect(quantityOf(text)).toMatchObject({ value, isApproximate: false });
  });

  it.each([
    ['gần 300 ca', 300],
    ['hơn 1.000 ca', 1000],
    ['ít nhất 7 ca', 7],
    ['hàng chục ca', 10],
    ['hàng nghìn ca', 1000],
    ['cả trăm ca', 100],
    ['vài chục ca', 20],
    ['5-7 ca', 5],
    ['5 đến 7 ca', 5],
  ])('%s: about %d', (text, value) => {
    expect(quantityOf(text)).toMatchObject({ value, isApproximate: true });
  });

  it.each([
    'ngày 3 ca',
    'tháng 10 ca',
    'năm 2026 ca',
    'ngày 10-9 ca',
    'phòng 302 ca',
    'số 5 ca',
    'thứ ba ca',
    'COVID-19 ca',
    'H5N1 ca',
    '12% ca',
    '2/3 ca',
    '7h ca',
    'mỗi năm ca',
    'bố ba ca',
    'bệnh ca',
  ])('%s: nothing is counted', (text) => {
    expect(quantityOf(text)).toBeUndefined();
  });

  it('spans the word that makes a number approximate', () => {
    const text = 'Có khoảng 1.200 ca';
    expect(quantityOf(text)).toMatchObject({ from: 1, to: 3 });
    expect(quantityAt(text, syllabify(text), 2)).toMatchObject({ from: 1, to: 3, isApproximate: true });
  });
});
