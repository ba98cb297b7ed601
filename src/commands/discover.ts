import type { Command } from 'commander';
import { stringify } from 'yaml';

import { openFetcher } from '../app.ts';
import { loadConfig } from '../config.ts';
import type { FetchedPage } from '../domain/page.ts';
import { vietnameseDay } from '../domain/time.ts';
import { RetryLaterError } from '../errors.ts';
import { absoluteUrl } from '../reading/canonical-url.ts';
import { decodeText } from '../reading/decode.ts';
import { type FeedOffer, linkedFeeds, readListingOffer, readOffer } from '../reading/feed-offer.ts';
import { discoverFeeds } from '../reading/listing.ts';
import { sitemapsOfRobots } from '../reading/outlet-sitemaps.ts';

/** Where sitemaps are kept when robots.txt names none. */
const CUSTOMARY_SITEMAPS = ['/sitemap.xml', '/sitemap_index.xml', '/news-sitemap.xml', '/sitemap-news.xml'];
const PACE_MS = 1000;
/** A server that asks for a longer wait is left alone. */
const MAX_WAIT_MS = 60_000;

type Fetch = (url: string) => Promise<FetchedPage>;

export function addDiscover(program: Command): void {
  program
    .command('discover <url>')
    .description(
      'Look for the feeds, sitemaps and listings of an outlet, given its home page or a section; politely, one ' +
        'request a second. Prints an entry for config/outlets.yaml, with what each address holds in comments',
    )
    .option('--max <n>', 'try at most so many addresses', '40')
    .action(async (address: string, { max }: { max: string }) => {
      const config = loadConfig(process.env);
      const fetcher = openFetcher(config);
      const { signal } = new AbortController();
      try {
        const fetch = patiently((url) => fetcher.fetchPage({ url, paceMs: PACE_MS, signal }));
        const home = await fetch(address);
        const { offers, tried } = await discoverOffers(home, fetch, Number(max));
        process.stdout.write(describeOffers(home.url, offers, tried, new Date()));
        if (offers.length === 0) process.exitCode = 1;
      } finally {
        await fetcher.close();
      }
    });
}

/** One who is asked to wait a little waits, once. */
function patiently(fetch: Fetch): Fetch {
  return async (url) => {
    try {
      return await fetch(url);
    } catch (error) {
      if (!(error instanceof RetryLaterError) || error.delayMs > MAX_WAIT_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.delayMs));
      return fetch(url);
    }
  };
}

/**
 * Tries what the page announces and links to, what robots.txt names and the customary places, one after the other.
 *
 * @param home  the outlet's home page, or that of a section
 * @param max   addresses tried at most
 * @returns what holds entries, feeds before sitemaps before the page itself
 */
export async function discoverOffers(
  home: FetchedPage,
  fetch: Fetch,
  max: number,
): Promise<{ offers: FeedOffer[]; tried: number }> {
  const { text } = decodeText(home.bytes, { contentType: home.headers['content-type'], kind: 'html' });
  const itself = readOffer(home.bytes, sourceOf(home));
  const waiting = [
    ...discoverFeeds(text, home.url),
    ...(await robotsSitemaps(home.url, fetch)),
    ...CUSTOMARY_SITEMAPS.flatMap((path) => absoluteUrl(path, home.url)?.href ?? []),
  ];
  const known = new Set([home.url, ...waiting]);
  const offers = new Map<string, FeedOffer>();
  if (itself !== undefined) offers.set(itself.url, itself);
  let tried = 0;
  for (let url = waiting.shift(); url !== undefined && tried < max; url = waiting.shift()) {
    tried += 1;
    const page = await fetch(url).catch(() => undefined);
    if (page === undefined) continue;
    const found = readOffer(page.bytes, sourceOf(page));
    if (found !== undefined) {
      offers.set(found.url, found);
      continue;
    }
    // What was to be a feed is a page about feeds.
    const { text: html } = decodeText(page.bytes, {
      contentType: page.headers['content-type'],
      kind: 'html',
    });
    const linked = linkedFeeds(html, page.url, known);
    for (const address of linked) known.add(address);
    waiting.unshift(...linked);
  }
  const listing = itself === undefined ? readListingOffer(home.bytes, sourceOf(home)) : undefined;
  const found = [...offers.values(), ...(listing === undefined ? [] : [listing])];
  const rank = ({ kind, isHealth }: FeedOffer) =>
    ['feed', 'sitemap', 'listing'].indexOf(kind) * 2 + (isHealth ? 0 : 1);
  return { offers: found.sort((a, b) => rank(a) - rank(b)), tried };
}

function sourceOf({ url, headers }: FetchedPage) {
  return { url, contentType: headers['content-type'] };
}

async function robotsSitemaps(home: string, fetch: Fetch): Promise<string[]> {
  const url = new URL('/robots.txt', home).href;
  const page = await fetch(url).catch(() => undefined);
  return page === undefined ? [] : sitemapsOfRobots(Buffer.from(page.bytes).toString('utf8'), page.url);
}

/** An entry for `config/outlets.yaml`: YAML throughout, since what is told besides stands in comments. */
export function describeOffers(home: string, offers: readonly FeedOffer[], tried: number, now: Date): string {
  const { hostname, origin } = new URL(home);
  const seenOn = vietnameseDay(now);
  const feeds = offers.map((offer) => {
    const { url, kind, isHealth, format, entries, newestAt, title, hubUrls } = offer;
    const fields = {
      url,
      ...(kind === 'feed' ? {} : { kind }),
      ...(isHealth ? { health: true } : {}),
      seenOn,
    };
    const facts = [
      `${format}, ${entries} entries`,
      ...(newestAt === undefined ? [] : [`newest ${newestAt}`]),
      ...(hubUrls.length === 0 ? [] : [`WebSub at ${hubUrls.join(' ')}`]),
      ...(title === '' ? [] : [title.slice(0, 100)]),
    ];
    const line = stringify([fields], { collectionStyle: 'flow', lineWidth: 0 }).trim().slice(1, -1).trim();
    return `      # ${facts.join('; ')}\n      - ${line}\n`;
  });
  return [
    `  # ${offers.length} of ${tried} addresses hold entries. Choose id, name and tier; keep the feeds that are wanted.\n`,
    `  - id: ${
      hostname
        .replace(/^www\./, '')
        .split('.')
        .slice(0, -1)
        .join('-') || hostname
    }\n`,
    `    name: ${hostname}\n`,
    '    tier: provincial\n',
    `    homepage: ${origin}\n`,
    feeds.length === 0 ? '    feeds: []\n' : '    feeds:\n',
    ...feeds,
  ].join('');
}
