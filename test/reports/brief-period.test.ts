import { describe, expect, it } from 'vitest';

import type { PublicHoliday } from '../../src/domain/public-holiday.ts';
import { parsePublicHolidays } from '../../src/domain/public-holiday.ts';
import { isWorkingDay, morningPeriod } from '../../src/reports/brief-period.ts';

const HOLIDAYS: readonly PublicHoliday[] = parsePublicHolidays(`
tet: { '2026': 2026-02-17 }
yearly: [04-30, 05-01]
once: []
`);

/** 07:00 in Vietnam is midnight in UTC. */
const period = (day: string) => {
  const { from, to } = morningPeriod(day, '07:00', HOLIDAYS);
  return [from.slice(0, 10), to.slice(0, 10), from.slice(11), to.slice(11)];
};

describe('morningPeriod', () => {
  it.each([
    ['2026-03-04', '2026-03-03', 'a Wednesday: since yesterday'],
    ['2026-03-02', '2026-02-27', 'a Monday: since Friday'],
    ['2026-05-04', '2026-04-29', 'after two holidays and a weekend: since the Wednesday before'],
    ['2026-02-23', '2026-02-13', 'after Tết: since the Friday before it'],
    ['2026-03-01', '2026-02-28', 'a Sunday: since the day before'],
  ])('%s begins on %s (%s)', (day, from) => {
    expect(period(day)).toEqual([from, day, '00:00:00.000Z', '00:00:00.000Z']);
  });

  it('ends when the office says', () => {
    expect(morningPeriod('2026-03-04', '06:30', HOLIDAYS)).toEqual({
      from: '2026-03-02T23:30:00.000Z',
      to: '2026-03-03T23:30:00.000Z',
    });
  });
});

describe('isWorkingDay', () => {
  it('is Monday to Friday but for holidays; the quiet days around Tết are worked', () => {
    const week = ['2026-02-09', '2026-02-12', '2026-02-14', '2026-02-17', '2026-02-24', '2026-04-30'];
    expect(week.map((day) => isWorkingDay(day, HOLIDAYS))).toEqual([true, true, false, false, true, false]);
  });
});
