import { holidayAt } from '../domain/public-holiday.ts';
import { DAY_MS, VIETNAM_OFFSET_MS, vietnameseClock, vietnameseDay } from '../domain/time.ts';
import type { DayHours, OnCall } from './on-call.ts';

/** Milliseconds since midnight on a Vietnamese clock. */
function msOfDay(ms: number): number {
  return (ms + VIETNAM_OFFSET_MS) % DAY_MS;
}

function isWithin(ms: number, { fromMs, toMs }: DayHours): boolean {
  const time = msOfDay(ms);
  return fromMs < toMs ? time >= fromMs && time < toMs : time >= fromMs || time < toMs;
}

/** Whether officers sleep; hours that begin when they end are no hours at all. */
export function isQuiet(now: Date, { quietHours }: OnCall): boolean {
  return quietHours.fromMs !== quietHours.toMs && isWithin(now.getTime(), quietHours);
}

export function isWorking(now: Date, { workingHours, holidays }: OnCall): boolean {
  if (!workingHours.weekdays.includes(vietnameseClock(now).weekday)) return false;
  const holiday = holidayAt(now, holidays)?.name;
  const isDayOff = holiday === 'tet' || holiday === 'public-holiday';
  return !isDayOff && isWithin(now.getTime(), workingHours);
}

/** When the quiet hours around `now` began. */
export function nightBeganAt(now: Date, { quietHours }: OnCall): Date {
  const since = (msOfDay(now.getTime()) - quietHours.fromMs + DAY_MS) % DAY_MS;
  return new Date(now.getTime() - since);
}

/** The digest that takes up what had to wait at a moment: the next one, strictly later. */
export function digestAfter(at: Date, { digestAtMs }: OnCall): Date {
  const wait = (digestAtMs - msOfDay(at.getTime()) + DAY_MS) % DAY_MS;
  return new Date(at.getTime() + (wait === 0 ? DAY_MS : wait));
}

/** The step under which a digest is sent, by its Vietnamese day. */
export function digestStep(digestAt: Date): string {
  return `digest-${vietnameseDay(digestAt)}`;
}
