import type { PublishedAt, PublishedAtSource } from '../domain/published-at.ts';
import { parseStatedTime } from './date.ts';
import { findWrittenDay } from './written-day.ts';

/** What helps to read a time on one page. */
export interface TimeContext {
  /** BCP 47, of the page. */
  readonly language: string | undefined;
  readonly now: Date;
  /** Days, `YYYY-MM-DD`, that the page states beyond doubt; asked for only where a form is in doubt. */
  readonly certainDays: () => ReadonlySet<string>;
}

/** Reads a time that a page states in any form; `undefined` where no day can be made out. */
export function statedTime(
  text: string,
  source: PublishedAtSource,
  context: TimeContext,
): PublishedAt | undefined {
  if (text === '' || !/\p{Nd}/u.test(text)) return undefined;
  const settled = settleOrder(text, context);
  const time = parseStatedTime(settled) ?? parseStatedTime(writtenDay(settled, context) ?? '');
  if (time === undefined) return undefined;
  const offsetMinutes = time.zoneAssumed ? undefined : statedOffset(text);
  return {
    at: time.at,
    source,
    zoneAssumed: time.zoneAssumed,
    dayOnly: time.dayOnly,
    ...(offsetMinutes === undefined ? {} : { offsetMinutes }),
  };
}

/** Whether a page's readers write the month before the day, as far as its language tells. */
export function isMonthFirst(language: string | undefined): boolean {
  return language === 'en-US';
}

function writtenDay(text: string, { language }: TimeContext): string | undefined {
  return findWrittenDay(text, { monthFirst: isMonthFirst(language) });
}

const OFFSET = /\d(?:\.\d+)?\s?(?:GMT|UTC)?\s?([+-])(\d{2}):?(\d{2})\s*(?:\(|$)/i;

/** The numeric zone at the end of a stated time, `Z` and its names as 0. */
function statedOffset(text: string): number | undefined {
  if (/\d\s?(?:Z|GMT|UTC)\s*$/i.test(text)) return 0;
  const match = OFFSET.exec(text);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

const NUMERIC = /^([^\d]{0,40})(\d{1,2})([/.-])(\d{1,2})\3(\d{4})(?!\d)/;

/**
 * The text with a day such as `11/01/2023`, which may be of January or November, written so that it cannot be
 * misread: as what the page states elsewhere, else as what is not ahead of the clock, else as its language has it.
 */
function settleOrder(text: string, { language, now, certainDays }: TimeContext): string {
  const match = NUMERIC.exec(text.slice(0, 80));
  if (match === null) return text;
  const [whole, before = '', first = '', , second = '', year = ''] = match;
  const dayFirst = isoDay(year, second, first);
  const monthFirst = isoDay(year, first, second);
  if (dayFirst === undefined || monthFirst === undefined || dayFirst === monthFirst) return text;
  const chosen = ((): string => {
    const certain = certainDays();
    if (certain.has(dayFirst) !== certain.has(monthFirst))
      return certain.has(dayFirst) ? dayFirst : monthFirst;
    const today = now.toISOString().slice(0, 10);
    if (dayFirst > today !== monthFirst > today) return dayFirst > today ? monthFirst : dayFirst;
    const isEnglish = language === undefined || language.startsWith('en');
    const isAmerican = isEnglish && /\d\s?[ap]\.?m\b/i.test(text);
    return isAmerican || isMonthFirst(language) ? monthFirst : dayFirst;
  })();
  return `${before}${chosen}${text.slice(whole.length)}`;
}

function isoDay(year: string, month: string, day: string): string | undefined {
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
