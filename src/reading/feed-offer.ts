import type { FeedEntry } from '../domain/entry.ts';
import type { FeedKind } from '../domain/outlet.ts';
import { readFeed } from './feed.ts';
import { discoverFeeds, readListing } from './listing.ts';
import { readSitemap } from './sitemap.ts';

/** What an address of an outlet turned out to list. */
export interface FeedOffer {
  readonly url: string;
  readonly kind: FeedKind;
  /** `rss-2.0`, `atom-1.0`, `json-feed-1.1`, `urlset`, `index`, `html`, … */
  readonly format: string;
  readonly title: string;
  /** Of a sitemap index, the sitemaps that it names. */
  readonly entries: number;
  /** ISO 8601, UTC; the latest time of publication that an entry states. */
  readonly newestAt?: string;
  /** True where its address or title says that all of it is about health. */
  readonly isHealth: boolean;
  /** WebSub hubs that it names. */
  readonly hubUrls: readonly string[];
}

const HEALTH = /suc-?khoe|y-?te\b|health|(?:^|\P{L})(?:sức kh(?:ỏe|oẻ)|y tế)(?!\p{L})/iu;

/** What the bytes at an address offer: a feed or a sitemap with at least one entry; `undefined` for all else. */
export function readOffer(
  bytes: Uint8Array,
  options: { readonly url: string; readonly contentType?: string | undefined },
): FeedOffer | undefined {
  const feed = readFeed(bytes, options);
  if (feed.entries.length > 0)
    return offer('feed', feed.format, options.url, feed.entries, {
      title: feed.title,
      hubUrls: feed.hints?.hubUrls ?? [],
    });
  const { kind, entries, sitemaps } = readSitemap(bytes, options);
  if (sitemaps.length > 0) return { ...offer('sitemap', kind, options.url, []), entries: sitemaps.length };
  return entries.length > 0 ? offer('sitemap', kind, options.url, entries) : undefined;
}

/** What the links of an HTML page offer to one who reads it as a listing; `undefined` where there are none. */
export function readListingOffer(
  bytes: Uint8Array,
  options: { readonly url: string; readonly contentType?: string | undefined },
): FeedOffer | undefined {
  const { entries } = readListing(bytes, options);
  return entries.length === 0 ? undefined : offer('listing', 'html', options.url, entries);
}

/**
 * Feeds that a page which is about feeds links to; many outlets keep one at `/rss`. Guesses of ours are left out.
 *
 * @param known  addresses that need not be told again
 */
export function linkedFeeds(html: string, url: string, known: ReadonlySet<string>): string[] {
  const guesses = new Set(discoverFeeds('', url));
  return discoverFeeds(html, url).filter((address) => !guesses.has(address) && !known.has(address));
}

function offer(
  kind: FeedKind,
  format: string,
  url: string,
  entries: readonly FeedEntry[],
  { title = '', hubUrls = [] }: { title?: string; hubUrls?: readonly string[] } = {},
): FeedOffer {
  const newestAt = entries.flatMap(({ publishedAt }) => publishedAt?.at ?? []).reduce(later, '');
  return {
    url,
    kind,
    format,
    title,
    entries: entries.length,
    ...(newestAt === '' ? {} : { newestAt }),
    isHealth: HEALTH.test(new URL(url).pathname) || HEALTH.test(title),
    hubUrls,
  };
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
