import { DAY_MS, vietnameseDay, vietnameseMidnight } from './time.ts';

/** Days on a Vietnamese calendar: [from, to), ISO 8601, UTC. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

const YEAR_FIRST = /^((?:19|20)\d{2})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/;
const DAY_FIRST = /^(?:(\d{1,2})[-/.])?(\d{1,2})[-/.]((?:19|20)\d{2})$/;
const AGO = /^(\d{1,4})(?:d|-?ngày|-?ngay|-?days?)$/iu;
const TODAY = /^(?:today|hôm-?\s?nay|hom-?\s?nay)$/iu;
const YESTERDAY = /^(?:yesterday|hôm-?\s?qua|hom-?\s?qua)$/iu;

/**
 * Reads a day, month or year as people type it: `2026-03-05`, `5/3/2026`, `2026-03`, `3/2026`, `2026`, and with `now`
 * also `today`, `hôm-qua`, `7d`, `7-ngày` (so many days ago).
 *
 * @returns `undefined` for what is no day of the calendar
 */
export function readDays(typed: string, now?: Date): DaySpan | undefined {
  const text = typed.normalize('NFC').trim();
  const [, year, month, day] = YEAR_FIRST.exec(text) ?? [];
  if (year !== undefined) return span(year, month, day);
  const [, ofMonth, ofYear, lastYear] = DAY_FIRST.exec(text) ?? [];
  if (lastYear !== undefined) return span(lastYear, ofYear, ofMonth);
  const ago = daysAgo(text);
  if (ago === undefined || now === undefined) return undefined;
  const start = vietnameseMidnight(vietnameseDay(now)) - ago * DAY_MS;
  return { from: new Date(start).toISOString(), to: new Date(start + DAY_MS).toISOString() };
}

function daysAgo(text: string): number | undefined {
  if (TODAY.test(text)) return 0;
  if (YESTERDAY.test(text)) return 1;
  const days = AGO.exec(text)?.[1];
  return days === undefined ? undefined : Number(days);
}

function span(year: string, month: string | undefined, day: string | undefined): DaySpan | undefined {
  const [y, m, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)];
  const start = new Date(Date.UTC(y, m - 1, d));
  if (start.getUTCMonth() !== m - 1 || start.getUTCDate() !== d) return undefined;
  const end = new Date(start);
  if (day !== undefined) end.setUTCDate(d + 1);
  else if (month !== undefined) end.setUTCMonth(m);
  else end.setUTCFullYear(y + 1);
  const at = (date: Date) => new Date(vietnameseMidnight(date.toISOString().slice(0, 10))).toISOString();
  return { from: at(start), to: at(end) };
}
