import { load } from 'cheerio';
import { getDomain } from 'tldts';

import type { FeedEntry } from '../domain/entry.ts';
import { absoluteUrl, canonicalUrl } from './canonical-url.ts';
import { parseStatedTime } from './date.ts';
import { decodeText } from './decode.ts';
import { MAX_SUMMARY_LENGTH } from './feed-reading.ts';
import {
  elementsOf,
  type HtmlElement,
  type HtmlNode,
  type HtmlRoot,
  isElement,
  textOf,
} from './html-node.ts';
import { tidyText } from './html-text.ts';
import { parseHtml } from './parse-html.ts';

const MAX_LISTING_BYTES = 3 * 1024 * 1024;
const MAX_ENTRIES = 300;
const MAX_FEEDS = 60;
/** Links that are looked at, and blocks that a selector may give. */
const MAX_LINKS = 3000;
const MAX_BLOCKS = 1000;
/** Elements in all blocks together, and links in one. */
const MAX_BLOCK_NODES = 100_000;
const MAX_BLOCK_PARTS = 100;
const MAX_HEADLINE_LENGTH = 500;
const MAX_TIME_LENGTH = 200;

/** A headline has at least so many words; menus and buttons have fewer. */
const MIN_HEADLINE_WORDS = 5;
/** Articles of Vietnamese systems end in a number, an extension or a slug of several words; sections do in none. */
const ARTICLE_PATH = /(?:\d{4,}|\.(?:html?|aspx?|chn|epi|vov|tpo|vnp)$|(?:[^/-]+-){4}[^/]*$)/i;
const NOT_ARTICLE_PATH = /\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|mp[34]|css|js|xml|rss)$/i;
/** Parts of a page that carry the site's own links. */
const FURNITURE_TAGS = new Set(['nav', 'footer', 'aside']);
const FURNITURE_CLASS = /(?:^|[\s_-])(?:breadcrumbs?|menu|nav|navbar|footer|topbar)(?:$|[\s_-])/i;
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4']);

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

/** Where addresses on a page are resolved, and to what. */
interface Addresses {
  readonly page: string;
  readonly base: string;
  readonly hostAliases: Readonly<Record<string, string>> | undefined;
}

/**
 * Reads an HTML page that lists articles.
 *
 * With `linkSelector` everything that it matches and that leads somewhere is an entry; a block gives its summary
 * and time as well. Without, an entry is a link within the site, outside of menus and footers, with an address that
 * looks like an article's and a text as long as a headline. Never throws.
 */
export function readListing(bytes: Uint8Array, options: ListingOptions): ListingReading {
  if (bytes.length === 0) return { entries: [], error: 'empty' };
  if (bytes.length > MAX_LISTING_BYTES) return { entries: [], error: 'too-large' };
  const { text } = decodeText(bytes, { contentType: options.contentType, kind: 'html' });
  const { root } = parseHtml(text);
  const addresses = { page: options.url, base: baseOf(root, options.url), hostAliases: options.hostAliases };

  const found =
    options.linkSelector === undefined
      ? guessEntries(root, addresses)
      : selectEntries(root, options.linkSelector, addresses);
  if (found === undefined) return { entries: [], error: 'bad-selector' };
  const entries = mergeByUrl(found).slice(0, MAX_ENTRIES);
  return entries.length === 0 ? { entries, error: 'no-links' } : { entries };
}

/**
 * Addresses at which the outlet may keep feeds, likeliest first: what the page announces (`link rel=alternate`),
 * what it links to, then the customary places. Only the first kind is more than a guess: try each before use.
 */
export function discoverFeeds(html: string, url: string): string[] {
  const { root } = parseHtml(html.slice(0, MAX_LISTING_BYTES));
  const base = baseOf(root, url);
  const announced: string[] = [];
  const linked: string[] = [];
  for (const { name, attribs } of elementsOf(root)) {
    const { href } = attribs;
    if (href === undefined) continue;
    if (name === 'link' && isAnnouncement(attribs)) announced.push(href);
    if (name === 'a' && linked.length < MAX_FEEDS && isFeedAddress(href, base)) linked.push(href);
  }
  const absolute = [
    ...announced.slice(0, MAX_FEEDS),
    ...linked,
    ...sectionFeeds(url),
    ...CUSTOMARY_FEEDS,
  ].flatMap((address) => absoluteUrl(address, base)?.href ?? []);
  return [...new Set(absolute)].slice(0, MAX_FEEDS);
}

function baseOf(root: HtmlRoot, url: string): string {
  for (const { name, attribs } of elementsOf(root)) {
    if (name === 'base' && attribs.href !== undefined) return absoluteUrl(attribs.href, url)?.href ?? url;
  }
  return url;
}

function isAnnouncement({ rel = '', type = '' }: Readonly<Record<string, string>>): boolean {
  return (
    rel.toLowerCase().split(/\s/).includes('alternate') &&
    FEED_TYPES.has(type.trim().toLowerCase().replace(/;.*/, ''))
  );
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

/** `undefined` for a selector that is none. */
function selectEntries(root: HtmlRoot, selector: string, addresses: Addresses): FeedEntry[] | undefined {
  const blocks = matches(root, selector)?.slice(0, MAX_BLOCKS);
  if (blocks === undefined) return undefined;
  const budget = { nodes: MAX_BLOCK_NODES };
  return blocks.flatMap((block) => readBlock(block, addresses, budget));
}

function matches(root: HtmlRoot, selector: string): HtmlElement[] | undefined {
  try {
    // Under an element of their own, since cheerio handles the children of what it searches in quadratic time.
    const wrapper = { type: 'tag', name: 'page', attribs: {}, children: root.children, parent: null };
    const $ = load('');
    return $({ type: 'root', children: [wrapper] } as never)
      .find(selector)
      .toArray() as unknown as HtmlElement[];
  } catch {
    return undefined;
  }
}

interface BlockParts {
  readonly links: { readonly href: string; readonly title: string; readonly isHeading: boolean }[];
  readonly texts: string[];
  readonly times: string[];
}

function readBlock(block: HtmlElement, addresses: Addresses, budget: { nodes: number }): FeedEntry[] {
  const { links, texts, times } = partsOf(block, budget);
  const link = bestLink(links);
  const url = link === undefined ? undefined : canonicalUrl(link.href, addresses.base, addresses.hostAliases);
  if (link === undefined || url === undefined) return [];
  const summary = texts.find((text) => text !== link.title && wordCount(text) > MIN_HEADLINE_WORDS) ?? '';
  const stated = times.map(parseStatedTime).find((time) => time !== undefined);
  return [
    {
      url,
      title: link.title,
      summary,
      ...(stated === undefined ? {} : { publishedAt: { ...stated, source: 'visible-text' as const } }),
    },
  ];
}

/** One pass over a block. Nested blocks are read again and again, hence the budget that all of them share. */
function partsOf(block: HtmlElement, budget: { nodes: number }): BlockParts {
  const parts: BlockParts = { links: [], texts: [], times: [] };
  for (const element of elementsOf({ children: [block] })) {
    budget.nodes -= 1;
    if (budget.nodes < 0 || parts.links.length >= MAX_BLOCK_PARTS) break;
    addPart(parts, element);
  }
  return parts;
}

function addPart(parts: BlockParts, element: HtmlElement): void {
  const { name, attribs } = element;
  if (name === 'a' && attribs.href !== undefined) {
    parts.links.push({ href: attribs.href, title: headlineOf(element), isHeading: isInHeading(element) });
  } else if (isTimeLike(element)) {
    parts.times.push(attribs.datetime ?? '', textOf(element, MAX_TIME_LENGTH));
  } else if (isSummaryLike(element)) {
    parts.texts.push(tidyText(textOf(element, MAX_SUMMARY_LENGTH)));
  }
}

/** Of several links to one article (picture, headline, "read on"): the headline, else the one that says most. */
function bestLink<L extends { title: string; isHeading: boolean }>(links: readonly L[]): L | undefined {
  const heading = links.find(({ isHeading, title }) => isHeading && title !== '');
  if (heading !== undefined) return heading;
  return links.reduce<L | undefined>(
    (best, link) => (best === undefined || link.title.length > best.title.length ? link : best),
    undefined,
  );
}

function headlineOf(link: HtmlElement): string {
  const text = tidyText(textOf(link, MAX_HEADLINE_LENGTH));
  return text || tidyText(link.attribs.title ?? '');
}

function isInHeading({ parent }: HtmlElement): boolean {
  return parent !== null && HEADINGS.has(parent.name);
}

function isTimeLike({ name, attribs }: HtmlElement): boolean {
  return name === 'time' || /\b(?:time|date)\b/i.test(attribs.class ?? '');
}

function isSummaryLike({ name, attribs }: HtmlElement): boolean {
  return name === 'p' || /\b(?:sapo|desc|description|summary|lead)\b/i.test(attribs.class ?? '');
}

function guessEntries(root: HtmlRoot, addresses: Addresses): FeedEntry[] {
  const own = canonicalUrl(addresses.page);
  const found: FeedEntry[] = [];
  for (const link of linksOutsideFurniture(root)) {
    const url = canonicalUrl(link.attribs.href ?? '', addresses.base, addresses.hostAliases);
    if (url === undefined || url === own || !looksLikeArticle(url, addresses.base)) continue;
    found.push({ url, title: headlineOf(link), summary: '' });
    if (found.length >= MAX_LINKS) break;
  }
  return mergeByUrl(found).filter(({ title }) => wordCount(title) >= MIN_HEADLINE_WORDS);
}

function linksOutsideFurniture(root: HtmlRoot): HtmlElement[] {
  const links: HtmlElement[] = [];
  const waiting: HtmlNode[] = root.children.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isElement(node) || isFurniture(node)) continue;
    if (node.name === 'a') links.push(node);
    for (let at = node.children.length - 1; at >= 0; at -= 1) waiting.push(node.children[at] as HtmlNode);
  }
  return links.slice(0, MAX_LINKS * 5);
}

function isFurniture({ name, attribs }: HtmlElement): boolean {
  return (
    FURNITURE_TAGS.has(name) || attribs.role === 'navigation' || FURNITURE_CLASS.test(attribs.class ?? '')
  );
}

function wordCount(text: string): number {
  return text === '' ? 0 : text.split(' ').length;
}

/** Whether an address on the outlet's own site looks like an article's, not like a section's or a file's. */
export function looksLikeArticle(url: string, base: string): boolean {
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
