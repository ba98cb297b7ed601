import { vietnameseDay } from '../domain/time.ts';

/** Lines of a robots.txt that are looked at, and sitemaps taken from it. */
const MAX_LINES = 5000;
const MAX_SITEMAPS = 50;

/** The sitemaps that a robots.txt names, in its order; relative addresses count from the file's. Never throws. */
export function sitemapsOfRobots(text: string, url: string): string[] {
  const found = text
    .split(/\r?\n/, MAX_LINES)
    .flatMap((line) => /^\s*sitemap\s*:\s*(\S+)/i.exec(line)?.[1] ?? [])
    .slice(0, MAX_SITEMAPS)
    .filter((address) => URL.canParse(address, url))
    .map((address) => new URL(address, url))
    .filter(({ protocol }) => protocol === 'https:' || protocol === 'http:')
    .map(({ href }) => href);
  return [...new Set(found)];
}

const NEWS = /news|google|latest|tin-?moi|today|hom-?nay/i;
/** Sitemaps of what is no article. */
const OTHER = /categor|chuyen-?muc|tags?[./_-]|topic|author|video|image|photo|podcast|pages?[./_-]/i;
/** `2026`, `2026-3`, `202603`, `2026-03-02`, and `2026-7-16-20` for the days from 16 to 20. */
const PERIOD = /(?<!\d)((?:19|20)\d\d)(?:[-_/]?(\d{1,2}))?(?:[-_/]?(\d{1,2}))?(?:[-_/](\d{1,2}))?(?!\d)/;

/** A sitemap as an index names it. */
interface Named {
  readonly url: string;
  readonly lastModifiedAt?: string;
}

/**
 * The sitemaps that may list a Vietnamese day's articles, likeliest first: news sitemaps, then those with the day, its
 * month or its year in their name, then those changed on that day or since. Sitemaps of sections, tags and pictures,
 * of other times, and those that have not been touched since are left out.
 *
 * @param day  `YYYY-MM-DD`
 */
export function sitemapsOfDay<S extends Named>(sitemaps: readonly S[], day: string): S[] {
  return sitemaps
    .map((sitemap) => ({ sitemap, rank: rankOf(sitemap, day) }))
    .filter(({ rank }) => rank > 0)
    .sort(
      (a, b) =>
        b.rank - a.rank || (b.sitemap.lastModifiedAt ?? '').localeCompare(a.sitemap.lastModifiedAt ?? ''),
    )
    .map(({ sitemap }) => sitemap);
}

function rankOf({ url, lastModifiedAt }: Named, day: string): number {
  const { pathname, search } = new URL(url);
  const name = pathname + search;
  if (OTHER.test(name)) return 0;
  const period = PERIOD.exec(name);
  if (period !== null) return rankOfPeriod(period, day);
  if (NEWS.test(name)) return 6;
  if (lastModifiedAt === undefined) return 1;
  return vietnameseDay(lastModifiedAt) < day ? 0 : 2;
}

function rankOfPeriod([, ...parts]: RegExpExecArray, day: string): number {
  const [year, month, first, last] = parts.map((part) => (part === undefined ? undefined : Number(part)));
  const [wantedYear, wantedMonth, wantedDay = 0] = day.split('-').map(Number);
  if (year !== wantedYear) return 0;
  if (month === undefined) return 3;
  if (month !== wantedMonth) return 0;
  // A single digit alone is the number of a part of the month.
  if (first === undefined || (last === undefined && parts[2]?.length === 1)) return 4;
  return first <= wantedDay && wantedDay <= (last ?? first) ? 5 : 0;
}
