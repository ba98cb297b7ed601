import { z } from 'zod';

import { DAY_MS, vietnameseMidnight } from './time.ts';
import { parseYaml } from './yaml-document.ts';

export const HOLIDAY_KINDS = ['tet', 'around-tet', 'public-holiday'] as const;

/** Days on which offices are closed and newsrooms publish less. */
export interface PublicHoliday {
  /** One name for all that are alike: what one Tết teaches holds for the next. */
  readonly name: (typeof HOLIDAY_KINDS)[number];
  /** Start of its first day and end of its last, ISO 8601, UTC. */
  readonly from: string;
  readonly to: string;
}

const schema = z.strictObject({
  /** First day of the lunar year, by year. */
  tet: z.record(z.string().regex(/^\d{4}$/, 'expected a year'), z.iso.date()),
  /** Days of every year, `MM-DD`. */
  yearly: z.array(z.string().regex(/^\d{2}-\d{2}$/, 'expected MM-DD')),
  /** Days of one year only: compensatory days off, the day of the Hùng kings. */
  once: z.array(z.iso.date()),
});

/** Days before and after the first of the lunar year: the holiday itself, and the quiet days around it. */
const TET = { before: 2, after: 4 };
const AROUND_TET = { before: 6, after: 8 };

/**
 * Reads `config/public-holidays.yaml`: holidays in no order; where days are several things, the first listed counts.
 *
 * @throws {ConfigError} with every fault, its line and what was expected
 */
export function parsePublicHolidays(text: string, file = 'config/public-holidays.yaml'): PublicHoliday[] {
  const { tet, yearly, once } = parseYaml(file, text, schema);
  const years = Object.keys(tet);
  return [
    ...Object.values(tet).flatMap((first) => [
      days('tet', first, -TET.before, TET.after),
      days('around-tet', first, -AROUND_TET.before, AROUND_TET.after),
    ]),
    ...years.flatMap((year) => yearly.map((day) => days('public-holiday', `${year}-${day}`, 0, 0))),
    ...once.map((day) => days('public-holiday', day, 0, 0)),
  ];
}

function days(name: PublicHoliday['name'], day: string, first: number, last: number): PublicHoliday {
  const midnight = vietnameseMidnight(day);
  return {
    name,
    from: new Date(midnight + first * DAY_MS).toISOString(),
    to: new Date(midnight + (last + 1) * DAY_MS).toISOString(),
  };
}

/** The holiday at a moment, if it is one. */
export function holidayAt(at: Date, holidays: readonly PublicHoliday[]): PublicHoliday | undefined {
  const ms = at.getTime();
  return holidays.find(({ from, to }) => ms >= Date.parse(from) && ms < Date.parse(to));
}
