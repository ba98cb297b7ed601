import { describe, expect, it } from 'vitest';

import { findWrittenDay, writtenDays } from '../../src/reading/written-day.ts';

describe('a day in running text', () => {
  const second = [
    'ngày 2 tháng 11 năm 2023',
    '2 tháng 11, 2023',
    'Thứ năm, 2/11/2023, 19:20 (GMT+7)',
    'November 2, 2023',
    'Nov. 2nd, 2023',
    '2. November 2023',
    '2 novembre 2023',
    '2 de noviembre de 2023',
    '2 de novembro de 2023',
    '2 listopada 2023',
    '2 ноября 2023',
    '2 листопада 2023',
    '2. listopadu 2023',
    '2. marraskuuta 2023',
    '2 Kasım 2023',
    '2 Νοεμβρίου 2023',
    '2023. november 2.',
    '2023 m. lapkričio 2 d.',
    '2023年11月2日',
    '2023년 11월 2일',
    '2 نوفمبر 2023',
    '٢ نوفمبر ٢٠٢٣',
    '2 नवंबर 2023',
    '२ नवंबर २०२३',
    '2 พฤศจิกายน 2566',
    '2023-11-02',
    '02.11.2023',
    '02.11.23',
  ];
  for (const text of second) {
    it(text, () => expect(findWrittenDay(text)).toBe('2023-11-02'));
  }

  it('in the month that the language means', () => {
    expect(findWrittenDay('2 listopada 2023')).toBe('2023-11-02');
    expect(findWrittenDay('2. März 2021')).toBe('2021-03-02');
    expect(findWrittenDay('29 août 2020')).toBe('2020-08-29');
  });

  it('has the month first only where asked or where it cannot be otherwise', () => {
    expect(findWrittenDay('11/2/2023')).toBe('2023-02-11');
    expect(findWrittenDay('11/2/2023', { monthFirst: true })).toBe('2023-11-02');
    expect(findWrittenDay('11/22/2023')).toBe('2023-11-22');
  });

  it('is one that exists', () => {
    expect(findWrittenDay('31.02.2022')).toBeUndefined();
    expect(findWrittenDay('10.04.1899')).toBeUndefined();
    expect(findWrittenDay('Tel. 0912.345.678, phiên bản 1.2.3')).toBeUndefined();
  });

  it('is given with its place, several in their order', () => {
    expect(writtenDays('từ 1/2/2023 đến 3/2/2023')).toMatchObject([
      { day: '2023-02-01', at: 3 },
      { day: '2023-02-03', at: 16 },
    ]);
  });

  it('is looked for in linear time', () => {
    for (const piece of ['1', '1 ', '1.', '1/1/', '1 a', '2023 '])
      expect(writtenDays(piece.repeat(100_000)).length).toBeLessThan(200);
  });
});
