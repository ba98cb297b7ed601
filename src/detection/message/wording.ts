/** How figures, times and foreign words are put in a message. */
import { HOUR_MS, VIETNAM_OFFSET_MS } from '../../domain/time.ts';

export type Language = 'vi' | 'en';

/** The same in each language. */
export type Wording = Readonly<Record<Language, string>>;

/** `14:05 27/02/2026`, on a Vietnamese clock in either language. */
export function clock(at: string): string {
  const local = localOf(at);
  return `${local.slice(11, 16)} ${dayOfLocal(local)}`;
}

/** `14:05`, with the day where it is another one than that of `now`. */
export function shortClock(at: string, now: Date): string {
  const local = localOf(at);
  const isToday = local.slice(0, 10) === localOf(now.toISOString()).slice(0, 10);
  return isToday ? local.slice(11, 16) : `${local.slice(11, 16)} ${dayOfLocal(local).slice(0, 5)}`;
}

/** `27/02/2026`. */
export function day(at: string): string {
  return dayOfLocal(localOf(at));
}

function localOf(at: string): string {
  return new Date(Date.parse(at) + VIETNAM_OFFSET_MS).toISOString();
}

function dayOfLocal(local: string): string {
  return `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
}

export function number(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

export function percent(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

export function hours(ms: number, language: Language): string {
  const value = Math.max(0, ms / HOUR_MS);
  return language === 'vi' ? `${number(value, 'vi')} giờ` : `${number(value, 'en')} h`;
}

/** As a chance in so many: nobody reads exponents at night. */
export function chance(value: number, language: Language): string {
  const one = language === 'vi' ? 'khoảng 1 phần' : 'about 1 in';
  const inverse = Math.min(1e9, 1 / Math.max(value, 1e-9));
  const rounded = Number(inverse.toPrecision(inverse < 1000 ? 2 : 1));
  return `${one} ${new Intl.NumberFormat(language).format(rounded)}`;
}

const WEEKS_IN_A_MONTH = 365.25 / 12 / 7;
const MONTHS_IN_A_YEAR = 12;
const MOST_YEARS = 10;

/** How often something happens that happens so often a week: `khoảng 1 lần trong 5 tháng`. */
export function howOften(perWeek: number): Wording {
  if (perWeek >= 1.5) {
    const times = Math.round(perWeek);
    return { vi: `khoảng ${times} lần mỗi tuần`, en: `about ${times} times a week` };
  }
  const weeks = 1 / Math.max(perWeek, 1e-9);
  const months = weeks / WEEKS_IN_A_MONTH;
  const years = months / MONTHS_IN_A_YEAR;
  if (weeks < 7) return once(Math.round(weeks), { vi: 'tuần', en: 'week' });
  if (months < 24) return once(Math.round(months), { vi: 'tháng', en: 'month' });
  if (years > MOST_YEARS) {
    return { vi: `chưa tới 1 lần trong ${MOST_YEARS} năm`, en: `less than once in ${MOST_YEARS} years` };
  }
  return once(Math.round(years), { vi: 'năm', en: 'year' });
}

function once(count: number, unit: Wording): Wording {
  const units = count === 1 ? `a ${unit.en}` : `${count} ${unit.en}s`;
  return { vi: `khoảng 1 lần trong ${count} ${unit.vi}`, en: `about once in ${units}` };
}

/** Between `vi / en`, as alerts and histories keep words in both languages. */
export function halfOf(both: string, language: Language): string {
  const [vi = '', en = vi] = both.split(' / ');
  return language === 'vi' ? vi : en;
}

/**
 * What somebody else has written, as one line that is what it looks like: no line breaks, nothing invisible, nothing
 * that turns the direction of what follows.
 */
export function plainLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
}

/** Cut between words. */
export function cutLine(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length - 1);
  const space = head.lastIndexOf(' ');
  return `${head.slice(0, space > length / 2 ? space : head.length).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
