import type { PublishedAt } from '../domain/published-at.ts';
import { vietnameseDay } from '../domain/time.ts';

/** A stated time is a short thing; anything longer is cut before it is looked at. */
const MAX_LENGTH = 160;
const VIETNAM_OFFSET_MINUTES = 7 * 60;
const MINUTE_MS = 60_000;
/** Clocks of outlets run a little ahead. */
const FUTURE_TOLERANCE_MS = 10 * MINUTE_MS;
/** No Vietnamese outlet published on the web before; what says so has an empty or a broken date. */
const EARLIEST_YEAR = 1990;

/** A time as an outlet stated it, made absolute. */
export interface StatedTime {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** True where no zone was named and +07:00 was taken. */
  readonly zoneAssumed: boolean;
  /** True where only the day was named; `at` is then noon in Vietnam. */
  readonly dayOnly: boolean;
}

interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Clock {
  readonly seconds: number;
  readonly milliseconds: number;
  /** `AM` or `PM` in English, which only American forms carry. */
  readonly american: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Sunday = 0; without diacritics, as `fold` leaves them. */
const WEEKDAYS: readonly (readonly [RegExp, number])[] = [
  [/\b(?:thu hai|thu 2|t2|mon(?:day)?)\b/, 1],
  [/\b(?:thu ba|thu 3|t3|tue(?:s|sday)?)\b/, 2],
  [/\b(?:thu tu|thu 4|t4|wed(?:nesday)?)\b/, 3],
  [/\b(?:thu nam|thu 5|t5|thu(?:rs|rsday)?)\b(?! (?:hai|ba|tu|sau|bay|[2-7])\b)/, 4],
  [/\b(?:thu sau|thu 6|t6|fri(?:day)?)\b/, 5],
  [/\b(?:thu bay|thu 7|t7|sat(?:urday)?)\b/, 6],
  [/\b(?:chu nhat|cn|sun(?:day)?)\b/, 0],
];

/** Hours from UTC of the zone names that feeds use (RFC 822, section 5, and ICT). */
const ZONE_HOURS: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  ut: 0,
  gmt: 0,
  ict: 7,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  bst: 1,
  cet: 1,
  cest: 2,
  jst: 9,
  sgt: 8,
  aest: 10,
};

const ISO =
  /\b(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[t ,]{1,3}(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?(?![\d])/;
const ISO_COMPACT = /\b(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?)?(?![\d])/;
const ISO_ORDINAL = /^(\d{4})-?(\d{3})(?![\d:-])/;
const CLOCK =
  /\b(\d{1,2})(?::|h|g| gio ?)(\d{2})?(?:(?::|m|p| phut ?)(\d{1,2})(?:\.(\d{1,9}))?)?\s?(?:phut\s?)?(am|pm|a\.m\.|p\.m\.|sa|ch|sang|chieu|toi)?(?![a-z\d])/;
const ZONE_OFFSET = /(?:gmt|utc|ut)?\s?([+-])\s?(\d{1,2})(?:(?::\s?|)(\d{2}))?(?!\d)/;
const ZONE_NAME = /\b(z|utc?|gmt|ict|[ecmp][sd]t|bst|cest|cet|jst|sgt|aest)\b/;
const NUMERIC_DAY = /\b(\d{1,4})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{2,4})(?!\d)/;
const WORDED_DAY = /\b(\d{1,2})\s?(?:thang|-thg|thg)\s?(\d{1,2})(?:\s?,?\s?(?:nam)?\s?(\d{4}))(?!\d)/;
const DAY_MONTH_YEAR =
  /\b(\d{1,2})(?:st|nd|rd|th)?[\s,.-]{0,3}(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[\s,.-]{0,3}(\d{2,4})(?!\d)/;
const MONTH_DAY_YEAR =
  /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[\s.]{0,2}(\d{1,2})(?:st|nd|rd|th)?[\s,]{1,3}(?:[\d:]{4,8} ?(?:am|pm)? ?(?:[a-z]{2,4} )?)?(\d{4})(?!\d)/;
const EPOCH = /^(\d{10}|\d{13})$/;

/**
 * Reads a time of publication in any form that Vietnamese outlets, RSS, Atom and HTML are known to print.
 *
 * RFC 822 and ISO 8601 with their common sins (two-digit year, `GMT+7`, `+07`, `+07:07`, a space before the zone,
 * one-digit parts), `Thứ hai, 12/2/2024, 07:00 (GMT+7)`, `19h25 ngày 22/10/2025`, `22 tháng 10, 2025`, Unix times.
 * Day comes before month, as in Vietnam, unless the form is American (`10/2/2026 9:25:00 AM`), the numbers allow
 * one order only, or a weekday is named that fits one order only. A missing zone is +07:00. The platform's
 * `Date.parse` is not used: it reads zoneless forms in the zone of the process and day-first forms wrongly.
 *
 * Linear in the input, of which the first 160 characters are read.
 *
 * @returns `undefined` where no day can be made out, or an impossible one (31 February)
 */
export function parseStatedTime(text: string): StatedTime | undefined {
  const folded = fold(text.slice(0, MAX_LENGTH));
  if (EPOCH.test(folded)) return fromEpoch(folded);
  return parseIso(folded) ?? parseWritten(folded);
}

/**
 * Puts a time of publication that cannot be true at `now`, and says so in `corrected`.
 *
 * More than ten minutes ahead is `future`, before 1990 (or no time at all) is `too-old`. A day without a time of
 * day is only in the future when the day is: its noon may still be ahead.
 */
export function clampPublishedAt(publishedAt: PublishedAt, now: Date): PublishedAt {
  const at = Date.parse(publishedAt.at);
  const corrected = {
    ...publishedAt,
    at: now.toISOString(),
    dayOnly: false,
    printedAt: publishedAt.printedAt ?? publishedAt.at,
  };
  if (Number.isNaN(at) || new Date(at).getUTCFullYear() < EARLIEST_YEAR) {
    return { ...corrected, corrected: 'too-old' };
  }
  if (at - now.getTime() <= FUTURE_TOLERANCE_MS) return publishedAt;
  if (publishedAt.dayOnly && vietnameseDay(at) === vietnameseDay(now)) return publishedAt;
  return { ...corrected, corrected: 'future' };
}

/** Lower case without diacritics, so that one spelling of each word is enough. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[\u2212\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

function fromEpoch(digits: string): StatedTime | undefined {
  const milliseconds = Number(digits) * (digits.length === 10 ? 1000 : 1);
  return { at: new Date(milliseconds).toISOString(), zoneAssumed: false, dayOnly: false };
}

function parseIso(text: string): StatedTime | undefined {
  const match = ISO.exec(text) ?? ISO_COMPACT.exec(text);
  if (match === null) return parseOrdinal(text);
  const [whole, year, month, day = '1', hour, minute = '0', second = '0', fraction = '0'] = match;
  const rest = text.slice(match.index + whole.length);
  // A dash-separated day with the time in words around it (`19:25 2025-10-22`) is left to the general reader.
  if (hour === undefined && CLOCK.test(text.replace(whole, ' '))) return undefined;
  const clock =
    hour === undefined
      ? undefined
      : clockOf(Number(hour), Number(minute), Number(second), fraction, meridiemOf(rest));
  return assemble({ year: Number(year), month: Number(month), day: Number(day) }, clock, zoneOf(rest));
}

function meridiemOf(text: string): string {
  return /^\s?(am|pm|sa|ch)\b/.exec(text)?.[1] ?? '';
}

function parseOrdinal(text: string): StatedTime | undefined {
  const match = ISO_ORDINAL.exec(text);
  if (match === null) return undefined;
  const ordinal = Number(match[2]);
  if (ordinal < 1 || ordinal > 366) return undefined;
  const date = new Date(Date.UTC(Number(match[1]), 0, ordinal));
  return assemble(
    { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
    undefined,
    undefined,
  );
}

function parseWritten(text: string): StatedTime | undefined {
  // The day is taken out first, so that its digits cannot be read as a clock (`22.10.2025`) or a zone (`-2025`).
  const clockMatch = findClock(text);
  const clock = clockMatch?.clock;
  const found = findDay(text, clock?.american ?? false);
  if (found === undefined) return undefined;
  if (clockMatch !== undefined && clock === undefined) return undefined;
  const rest = text.replace(found.matched, ' ').replace(clockMatch?.matched ?? '', ' ');
  return assemble(found.day, clock, zoneOf(rest));
}

function findClock(text: string): { matched: string; clock: Clock | undefined } | undefined {
  const match = CLOCK.exec(text);
  if (match === null) return undefined;
  const [matched, hour, minute = '0', second = '0', fraction = '0', meridiem = ''] = match;
  return { matched, clock: clockOf(Number(hour), Number(minute), Number(second), fraction, meridiem) };
}

function clockOf(
  hour: number,
  minute: number,
  second: number,
  fraction: string,
  meridiem: string,
): Clock | undefined {
  const isAfternoon = /^(?:p|ch|toi)/.test(meridiem);
  const isMorning = /^(?:a|s)/.test(meridiem);
  let hours = hour;
  if (isAfternoon && hour < 12) hours += 12;
  if (isMorning && hour === 12) hours = 0;
  if (hours > 24 || minute > 59 || second > 60 || (hours === 24 && minute > 0)) return undefined;
  return {
    seconds: hours * 3600 + minute * 60 + Math.min(second, 59),
    milliseconds: Math.floor(Number(`0.${fraction}`) * 1000),
    american: /^[ap]/.test(meridiem),
  };
}

function findDay(text: string, american: boolean): { matched: string; day: CalendarDay } | undefined {
  const worded = WORDED_DAY.exec(text);
  if (worded !== null) {
    return { matched: worded[0], day: calendarDay(worded[3], Number(worded[2]), worded[1]) };
  }
  const dayFirst = DAY_MONTH_YEAR.exec(text);
  if (dayFirst !== null) {
    return { matched: dayFirst[0], day: calendarDay(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]) };
  }
  const monthFirst = MONTH_DAY_YEAR.exec(text);
  if (monthFirst !== null) {
    return { matched: monthFirst[0], day: calendarDay(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]) };
  }
  const numeric = NUMERIC_DAY.exec(text);
  if (numeric === null) return undefined;
  return { matched: numeric[0], day: numericDay(numeric, weekdayOf(text), american) };
}

function numericDay(match: RegExpExecArray, weekday: number | undefined, american: boolean): CalendarDay {
  const [, first = '', , second = '', third = ''] = match;
  if (first.length >= 3) return calendarDay(first, Number(second), third);
  const dayFirst = calendarDay(third, Number(second), first);
  const monthFirst = calendarDay(third, Number(first), second);
  if (!exists(dayFirst)) return monthFirst;
  if (!exists(monthFirst)) return dayFirst;
  if (weekday !== undefined) {
    if (weekdayOfDay(dayFirst) === weekday) return dayFirst;
    if (weekdayOfDay(monthFirst) === weekday) return monthFirst;
  }
  return american ? monthFirst : dayFirst;
}

function calendarDay(year: string | undefined, month: number, day: string | undefined): CalendarDay {
  return { year: fullYear(year ?? ''), month, day: Number(day) };
}

/** RFC 2822, section 4.3, moved on: two digits below 70 are of this century. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 3) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf(name ?? '') + 1;
}

function weekdayOf(text: string): number | undefined {
  return WEEKDAYS.find(([pattern]) => pattern.test(text))?.[1];
}

function weekdayOfDay({ year, month, day }: CalendarDay): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

function exists({ year, month, day }: CalendarDay): boolean {
  if (month < 1 || month > 12 || day < 1 || year < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Minutes east of UTC; `undefined` where no zone is named. */
function zoneOf(text: string): number | undefined {
  const offset = ZONE_OFFSET.exec(text);
  if (offset !== null) {
    const hours = Number(offset[2]);
    const minutes = Number(offset[3] ?? '0');
    if (hours > 14) return undefined;
    // `+07:07` comes of a month or minute put where the zone's minutes belong; real zones stand on quarter hours.
    const total = hours * 60 + (minutes % 15 === 0 && minutes < 60 ? minutes : 0);
    return offset[1] === '-' ? -total : total;
  }
  const name = ZONE_NAME.exec(text)?.[1];
  const hours = name === undefined ? undefined : ZONE_HOURS[name];
  return hours === undefined ? undefined : hours * 60;
}

function assemble(
  day: CalendarDay,
  clock: Clock | undefined,
  zoneMinutes: number | undefined,
): StatedTime | undefined {
  if (!exists(day)) return undefined;
  const midnight = Date.UTC(day.year, day.month - 1, day.day);
  if (clock === undefined) {
    const noon = midnight + (12 * 60 - VIETNAM_OFFSET_MINUTES) * MINUTE_MS;
    return { at: new Date(noon).toISOString(), zoneAssumed: zoneMinutes === undefined, dayOnly: true };
  }
  const local = midnight + clock.seconds * 1000 + clock.milliseconds;
  const at = new Date(local - (zoneMinutes ?? VIETNAM_OFFSET_MINUTES) * MINUTE_MS);
  return { at: at.toISOString(), zoneAssumed: zoneMinutes === undefined, dayOnly: false };
}
