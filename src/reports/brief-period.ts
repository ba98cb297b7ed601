import type { BriefPeriod } from '../domain/press-brief.ts';
import { holidayAt, type PublicHoliday } from '../domain/public-holiday.ts';
import { DAY_MS, vietnameseMidnight } from '../domain/time.ts';

/** No office is closed for so long. */
const MOST_DAYS_OFF = 30;
const SATURDAY = 6;
const SUNDAY = 0;

/**
 * What the brief of a morning is about: since the last morning on which there was one. On days on which offices are
 * closed, it is about the day before.
 *
 * @param day       `YYYY-MM-DD`
 * @param at        `HH:MM` on a Vietnamese clock
 */
export function morningPeriod(day: string, at: string, holidays: readonly PublicHoliday[]): BriefPeriod {
  const to = momentOf(day, at);
  let days = 1;
  if (isWorkingDay(day, holidays)) {
    while (days < MOST_DAYS_OFF && !isWorkingDay(dayBefore(day, days), holidays)) days += 1;
  }
  return { from: new Date(to - days * DAY_MS).toISOString(), to: new Date(to).toISOString() };
}

/** Monday to Friday, unless it is a holiday; the quiet days around Tết are working days. */
export function isWorkingDay(day: string, holidays: readonly PublicHoliday[]): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === SATURDAY || weekday === SUNDAY) return false;
  const holiday = holidayAt(new Date(vietnameseMidnight(day)), holidays);
  return holiday === undefined || holiday.name === 'around-tet';
}

/** Milliseconds since 1970. @param at  `HH:MM` */
export function momentOf(day: string, at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return vietnameseMidnight(day) + (hours * 60 + minutes) * 60_000;
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}
