import { describe, expect, it } from 'vitest';

import { clampPublishedAt, parseStatedTime } from '../../src/reading/date.ts';

const at = (text: string) => parseStatedTime(text)?.at;

describe('parseStatedTime', () => {
  it.each([
    // The seven forms that Vietnamese outlets are known to serve.
    ['Mon, 05 Oct 2026 11:00:00 +0700', '2026-10-05T04:00:00.000Z'],
    ['Mon, 05 Oct 26 14:10:00 +0700', '2026-10-05T07:10:00.000Z'],
    ['Mon, 05 Oct 2026 11:07:00 +07', '2026-10-05T04:07:00.000Z'],
    ['10/2/2026 9:25:00 AM', '2026-10-02T02:25:00.000Z'],
    ['2026-07-19T14:30:00.000 +07:00', '2026-07-19T07:30:00.000Z'],
    ['Thứ tư, 22/10/2025, 19:25 (GMT+7)', '2025-10-22T12:25:00.000Z'],
    ['05/10/2026 15:42 GMT+7', '2026-10-05T08:42:00.000Z'],
    // And their kin.
    ['Thứ hai, 12/2/2024, 07:00 (GMT+7)', '2024-02-12T00:00:00.000Z'],
    ['Thứ Năm, ngày 23/10/2025 - 08:05', '2025-10-23T01:05:00.000Z'],
    ['Chủ nhật, 5.10.2025 | 9:05', '2025-10-05T02:05:00.000Z'],
    ['19h25 ngày 22/10/2025', '2025-10-22T12:25:00.000Z'],
    ['23/10/2025 7:05 CH', '2025-10-23T12:05:00.000Z'],
    ['07:05 SA, 23/10/2025', '2025-10-23T00:05:00.000Z'],
    ['22-10-2025 19:25:33', '2025-10-22T12:25:33.000Z'],
    ['2025/10/22 19:25', '2025-10-22T12:25:00.000Z'],
    ['Wed, 22 Oct 2025 19:25:52 GMT+7', '2025-10-22T12:25:52.000Z'],
    ['Wed, 22 Oct 2025 19:25:52 GMT+0700 (Indochina Time)', '2025-10-22T12:25:52.000Z'],
    ['Wed, 22 Oct 2025 12:25:52 GMT', '2025-10-22T12:25:52.000Z'],
    ['Thu, 01 Jan 2004 14:48:21 EST', '2004-01-01T19:48:21.000Z'],
    ['Thu Jan  1 19:48:21 2004', '2004-01-01T12:48:21.000Z'],
    ['2003-12-31T10:14:55Z', '2003-12-31T10:14:55.000Z'],
    ['2003-12-31T10:14:55.5-08:00', '2003-12-31T18:14:55.500Z'],
    ['2026-07-19 14:30:00+0700', '2026-07-19T07:30:00.000Z'],
    ['20031231T101455Z', '2003-12-31T10:14:55.000Z'],
    ['1700000000', '2023-11-14T22:13:20.000Z'],
    ['1700000000000', '2023-11-14T22:13:20.000Z'],
  ])('%s → %s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  it('reads decomposed and composed Vietnamese alike', () => {
    expect(at('Thứ tư, 22/10/2025, 19:25'.normalize('NFD'))).toBe('2025-10-22T12:25:00.000Z');
  });

  it('takes a zone whose minutes are no zone’s for +07:00', () => {
    expect(at('2024-02-12T07:00:00+07:07')).toBe('2024-02-12T00:00:00.000Z');
    expect(at('2024-02-12T07:00:00+05:30')).toBe('2024-02-12T01:30:00.000Z');
  });

  it('says whether the zone was assumed and whether only the day is known', () => {
    expect(parseStatedTime('22/10/2025 19:25')).toMatchObject({ zoneAssumed: true, dayOnly: false });
    expect(parseStatedTime('22/10/2025 19:25 +0700')).toMatchObject({ zoneAssumed: false });
    expect(parseStatedTime('22/10/2025')).toEqual({
      at: '2025-10-22T05:00:00.000Z',
      zoneAssumed: true,
      dayOnly: true,
    });
    expect(parseStatedTime('Ngày 22 tháng 10, 2025')).toMatchObject({
      at: '2025-10-22T05:00:00.000Z',
      dayOnly: true,
    });
  });

  it('orders day and month by form, by what is possible and by a named weekday', () => {
    expect(at('5/10/2026 15:42')).toBe('2026-10-05T08:42:00.000Z');
    expect(at('10/5/2026 3:42:00 PM')).toBe('2026-10-05T08:42:00.000Z');
    expect(at('22/10/2025 7:25 PM')).toBe('2025-10-22T12:25:00.000Z');
    expect(at('10/22/2025 19:25')).toBe('2025-10-22T12:25:00.000Z');
    expect(at('Thứ hai, 5/10/2026 3:42 PM')).toBe('2026-10-05T08:42:00.000Z');
  });

  it('knows noon and midnight', () => {
    expect(at('10/2/2026 12:00:00 AM')).toBe('2026-10-01T17:00:00.000Z');
    expect(at('10/2/2026 12:00:00 PM')).toBe('2026-10-02T05:00:00.000Z');
  });

  it.each([
    '',
    'hôm qua',
    '31/02/2024',
    '2024-13-01',
    '0000-00-00',
    '22/10/2025 27:80',
    '19:25',
    '99/99/9999',
  ])('makes nothing of %j', (text) => {
    expect(parseStatedTime(text)).toBeUndefined();
  });

  it.each([
    '1'.repeat(100_000),
    '1/'.repeat(50_000),
    ' '.repeat(100_000),
    '12:'.repeat(40_000),
    'thứ '.repeat(30_000),
  ])('answers in linear time on hostile input', (text) => {
    const start = performance.now();
    parseStatedTime(text);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('clampPublishedAt', () => {
  const now = new Date('2026-10-05T03:00:00.000Z');
  const stated = (time: string, dayOnly = false) =>
    ({ at: time, source: 'feed', zoneAssumed: false, dayOnly }) as const;

  it('leaves the past, and ten minutes of the future, as they are', () => {
    for (const time of ['2026-10-05T02:59:00.000Z', '2026-10-05T03:09:00.000Z', '1999-01-01T00:00:00.000Z']) {
      expect(clampPublishedAt(stated(time), now)).toEqual(stated(time));
    }
  });

  it('marks what lies in the future', () => {
    expect(clampPublishedAt(stated('2026-10-05T10:00:00.000Z'), now)).toMatchObject({
      at: now.toISOString(),
      corrected: 'future',
    });
  });

  it('marks what is older than the web', () => {
    expect(clampPublishedAt(stated('1970-01-01T00:00:00.000Z'), now)).toMatchObject({
      at: now.toISOString(),
      corrected: 'too-old',
    });
    expect(clampPublishedAt(stated('no time'), now)).toMatchObject({ corrected: 'too-old' });
  });

  it('lets today’s noon lie ahead when only the day is known', () => {
    expect(clampPublishedAt(stated('2026-10-05T05:00:00.000Z', true), now)).not.toHaveProperty('corrected');
    expect(clampPublishedAt(stated('2026-10-06T05:00:00.000Z', true), now)).toHaveProperty(
      'corrected',
      'future',
    );
  });
});
