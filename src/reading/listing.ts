import { type Cheerio, type CheerioAPI, load } from 'cheerio';
import type { AnyNode, Document, Element } from 'domhandler';
import { getDomain } from 'tldts';

import type { FeedEntry } from '../domain/entry.ts';
import type { PublishedAt } from '../domain/published-at.ts';
import { absoluteUrl, canonicalUrl } from './canonical-url.ts';
import { parseStatedTime } from './date.ts';
import { decodeText } from './decode.ts';
import { MAX_SUMMARY_LENGTH } from './feed-reading.ts';
import { tidyText } from './html-text.ts';
import { parseHtml } from './parse-html.ts';

const MAX_LISTING_BYTES = 5 * 1024 * 1024;
const MAX_ENTRIES = 300;
const MAX_FEEDS = 60;

/** A headline has at least so many words; menus and buttons have fewer. */
const MIN_HEADLINE_WORDS = 5;
/** Articles of Vietnamese systems end in a number, an extension or a slug of several words; sections do in none. */
const ARTICLE_PATH = /(?:\d{4,}|\.(?:html?|aspx?|chn|epi|vov|tpo|vnp)$|(?:[^/-]+-){4}[^/]*$)/i;
const NOT_ARTICLE_PATH = /\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|mp[34]|css|js|xml|rss)$/i;
/** Parts of a page that carry the site's own links. */
const FURNITURE = 'nav, footer, header nav, [role=navigation], .breadcrumb, .menu, .footer';

const FEED_TYPES = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
  'application/xml',
  'text/xml',
]);
const FEED_PATH = /(?:\.rss|\.rdf|\.atom|\/(?:rss|feed|atom)(?:\.xml)?)\/?$/i;
/** Vietnamese sites seldom announce their feeds, but mostly keep them at one of these places. */
const CUSTOMARY_FEEDS = [
  '/rss/suc-khoe.rss',
  '/rss/y-te.rss',
  '/suc-khoe.rss',
  '/rss/home.rss',
  '/rss/tin-moi-nhat.rss',
  '/rss',
  '/rss.xml',
  '/feed',
  '/feed.xml',
  '/atom.xml',
  '/index.rss',
];

export interface ListingReading {
  /** In page order, each address once. */
  readonly entries: FeedEntry[];
  /** Why there are none: `empty`, `too-large`, `bad-selector`, `no-links`. */
  readonly error?: string;
}

export interface ListingOptions {
  readonly contentType?: string | undefined;
  readonly url: string;
  readonly hostAliases?: Readonly<Record<string, string>> | undefined;
  /** What is an article on this page: its link, or the block that holds link, summary and time. */
  readonly linkSelector?: string | undefined;
}

/**
 * Reads an HTML page that lists articles.
 *
 * With `linkSelector` everything that it matches and that leads somewhere is an entry; a block gives its summary
 * and time as well. Without, an entry is a link within the site, outside of menus and footers, with an address that
 * looks like an article's and a text as long as a headline.
 */
export function readListing(bytes: Uint8Array, options: ListingOptions): ListingReading {
  if (bytes.length === 0) return { entries: [], error: 'empty' };
  if (bytes.length > MAX_LISTING_BYTES) return { entries: [], error: 'too-large' };
  const { text } = decodeText(bytes, { contentType: options.contentType, kind: 'html' });
  const $ = parsePage(text);
  const base = baseOf($, options.url);

  let found: FeedEntry[];
  try {
    found =
      options.linkSelector === undefined
        ? guessEntries($, base, options)
        : selectEntries($, options.linkSelector, base, options);
  } catch {
    return { entries: [], error: 'bad-selector' };
  }
  const entries = mergeByUrl(found).slice(0, MAX_ENTRIES);
  return entries.length === 0 ? { entries, error: 'no-links' } : { entries };
}

/**
 * Addresses at which the outlet may keep feeds, likeliest first: what the page announces (`link rel=alternate`),
 * what it links to, then the customary places. Only the first kind is more than a guess: try each before use.
 */
export function discoverFeeds(html: string, url: string): string[] {
  const $ = parsePage(html.slice(0, MAX_LISTING_BYTES));
  const base = baseOf($, url);
  const announced = $('link[rel~="alternate"][href]')
    .toArray()
    .filter((link) => FEED_TYPES.has((link.attribs.type ?? '').trim().toLowerCase().replace(/;.*/, '')));
  const linked = $('a[href]')
    .toArray()
    .filter((link) => isFeedAddress(link.attribs.href ?? '', base));
  const addresses = [
    ...[...announced, ...linked].map((link) => link.attribs.href ?? ''),
    ...sectionFeeds(url),
    ...CUSTOMARY_FEEDS,
  ];
  const absolute = addresses.flatMap((address) => absoluteUrl(address, base)?.href ?? []);
  return [...new Set(absolute)].slice(0, MAX_FEEDS);
}

function parsePage(html: string): CheerioAPI {
  return load(parseHtml(html).root as unknown as Document);
}

function baseOf($: CheerioAPI, url: string): string {
  return absoluteUrl($('base[href]').first().attr('href') ?? '', url)?.href ?? url;
}

function isFeedAddress(href: string, base: string): boolean {
  const address = absoluteUrl(href, base);
  return address !== undefined && FEED_PATH.test(address.pathname) && isSameSite(address.hostname, base);
}

function isSameSite(hostname: string, base: string): boolean {
  const host = absoluteUrl(base)?.hostname;
  return host !== undefined && (host === hostname || getDomain(hostname) === getDomain(host));
}

/** `/suc-khoe/` has its feed at `/suc-khoe.rss` or `/rss/suc-khoe.rss`. */
function sectionFeeds(url: string): string[] {
  const path =
    absoluteUrl(url)
      ?.pathname.replace(/\.(?:html?|aspx?)$/, '')
      .replace(/\/$/, '') ?? '';
  const section = path.slice(path.lastIndexOf('/') + 1);
  return section === '' ? [] : [`${path}.rss`, `/rss/${section}.rss`, `/rss${path}.rss`, `${path}/feed`];
}

function selectEntries($: CheerioAPI, selector: string, base: string, options: ListingOptions): FeedEntry[] {
  return $(selector)
    .toArray()
    .flatMap((element) => {
      const block = $(element);
      const isLink = element.type === 'tag' && element.name === 'a';
      const links = isLink ? block : block.find('a[href]');
      const link = bestLink($, links);
      const url = link === undefined ? undefined : canonicalUrl(link.href, base, options.hostAliases);
      if (link === undefined || url === undefined) return [];
      const rest = isLink ? { summary: '' } : aroundLink($, block, link.title);
      return [{ url, title: link.title, ...rest }];
    });
}

/** Of several links to one article (picture, headline, "read on") the one that says most. */
function bestLink($: CheerioAPI, links: Cheerio<AnyNode>): { href: string; title: string } | undefined {
  let best: { href: string; title: string } | undefined;
  for (const node of links.toArray()) {
    const href = $(node).attr('href');
    if (href === undefined) continue;
    const title = headlineOf($, node);
    const isHeading = $(node).closest('h1, h2, h3, h4').length > 0;
    if (isHeading && title !== '') return { href, title };
    if (best === undefined || title.length > best.title.length) best = { href, title };
  }
  return best;
}

function headlineOf($: CheerioAPI, link: AnyNode): string {
  const heading = $(link).find('h1, h2, h3, h4').first();
  const text = tidyText((heading.length > 0 ? heading : $(link)).text());
  return text || tidyText($(link).attr('title') ?? $(link).find('img[alt]').attr('alt') ?? '');
}

function aroundLink(
  $: CheerioAPI,
  block: Cheerio<AnyNode>,
  title: string,
): { summary: string; publishedAt?: PublishedAt } {
  const summary = block
    .find('p, [class*="sapo"], [class*="desc"], [class*="summary"], [class*="lead"]')
    .toArray()
    .map((node) => tidyText($(node).text()))
    .find((text) => text !== title && text.split(' ').length > MIN_HEADLINE_WORDS);
  const time = block.find('time, [class*="time"], [class*="date"]').first();
  const stated = parseStatedTime(time.attr('datetime') ?? '') ?? parseStatedTime(tidyText(time.text()));
  return {
    summary: (summary ?? '').slice(0, MAX_SUMMARY_LENGTH),
    ...(stated === undefined ? {} : { publishedAt: { ...stated, source: 'visible-text' } }),
  };
}

function guessEntries($: CheerioAPI, base: string, options: ListingOptions): FeedEntry[] {
  const page = canonicalUrl(options.url);
  $(FURNITURE).remove();
  const found = $('a[href]')
    .toArray()
    .flatMap((link: Element) => {
      const url = canonicalUrl(link.attribs.href ?? '', base, options.hostAliases);
      if (url === undefined || url === page || !looksLikeArticle(url, base)) return [];
      return [{ url, title: headlineOf($, link), summary: '' }];
    });
  return mergeByUrl(found).filter(({ title }) => title.split(' ').length >= MIN_HEADLINE_WORDS);
}

function looksLikeArticle(url: string, base: string): boolean {
  const { hostname, pathname } = new URL(url);
  return isSameSite(hostname, base) && ARTICLE_PATH.test(pathname) && !NOT_ARTICLE_PATH.test(pathname);
}

/** One entry for each address, with the longest title that led to it. */
function mergeByUrl(found: readonly FeedEntry[]): FeedEntry[] {
  const byUrl = new Map<string, FeedEntry>();
  for (const entry of found) {
    const known = byUrl.get(entry.url);
    if (known === undefined || entry.title.length > known.title.length) {
      byUrl.set(entry.url, { ...known, ...entry, summary: entry.summary || (known?.summary ?? '') });
    }
  }
  return [...byUrl.values()];
}
