import { holidayAt } from '../domain/public-holiday.ts';
import { DAY_MS, vietnameseClock, vietnameseDay, vietnameseMidnight } from '../domain/time.ts';
import type { OnCall } from './on-call.ts';

/** No office is closed for so long. */
const MOST_DAYS = 400;

/** The stretches in which an office works from a moment on, milliseconds since 1970, in order. */
function* workingStretches(
  fromMs: number,
  { workingHours, holidays }: Pick<OnCall, 'workingHours' | 'holidays'>,
): Generator<{ readonly from: number; readonly to: number }> {
  const first = vietnameseMidnight(vietnameseDay(fromMs));
  const lengthMs = (workingHours.toMs - workingHours.fromMs + DAY_MS) % DAY_MS || DAY_MS;
  for (let day = -1; day < MOST_DAYS; day++) {
    const from = first + day * DAY_MS + workingHours.fromMs;
    const isOff = ['tet', 'public-holiday'].includes(holidayAt(new Date(from), holidays)?.name ?? '');
    if (isOff || !workingHours.weekdays.includes(vietnameseClock(from).weekday)) continue;
    if (from + lengthMs > fromMs) yield { from: Math.max(from, fromMs), to: from + lengthMs };
  }
}

/**
 * The moment at which so much working time has passed: nights, days off and holidays do not count.
 *
 * Linear in the days between.
 */
export function afterWorkingTime(
  from: string,
  ms: number,
  calendar: Pick<OnCall, 'workingHours' | 'holidays'>,
): string {
  let left = ms;
  let last = Date.parse(from);
  for (const stretch of workingStretches(last, calendar)) {
    last = stretch.from + left;
    if (last <= stretch.to) break;
    left -= stretch.to - stretch.from;
  }
  return new Date(last).toISOString();
}
