import { DAY_MS, vietnameseDay } from '../domain/time.ts';

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
const OTHER = /categor|chuyen-?muc|tags?[./_-]|topic|author|video|image|photo|podcast|static|page[s]?[./_-]/i;

/** A sitemap as an index names it. */
interface Named {
  readonly url: string;
  readonly lastModifiedAt?: string;
}

/**
 * The sitemaps that may list a Vietnamese day's articles, likeliest first: news sitemaps, then those with the day or
 * its month in their name, then those changed on that day or since. Sitemaps of sections, tags and pictures, and those that were not touched since, are left out.
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
  if (lastModifiedAt !== undefined && vietnameseDay(lastModifiedAt) < day) return 0;
  if (NEWS.test(name)) return 5;
  const [year, month, date] = day.split('-').map(Number);
  const numbers = (name.match(/\d+/g) ?? []).join('-');
  if (numbers.includes(`${day.replaceAll('-', '')}`) || hasNumbers(name, [year, month, date])) return 4;
  if (numbers.includes(day.slice(0, 7).replace('-', '')) || hasNumbers(name, [year, month])) return 3;
  if (/(?:19|20)\d\d/.test(name)) return 0;
  const isFresh = lastModifiedAt !== undefined && Date.parse(lastModifiedAt) >= Date.parse(day) - DAY_MS;
  return isFresh ? 2 : 1;
}

/** Whether these numbers follow one another in a name, with or without leading zeros. */
function hasNumbers(name: string, wanted: readonly (number | undefined)[]): boolean {
  const found = (name.match(/\d+/g) ?? []).map(Number);
  return found.some((_, at) => wanted.every((number, offset) => found[at + offset] === number));
}
