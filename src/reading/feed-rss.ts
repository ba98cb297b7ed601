import RssParser from 'rss-parser';

import { absoluteUrl, canonicalUrl } from './canonical-url.ts';
import { parseStatedTime } from './date.ts';
import { feedHints } from './feed-hints.ts';
import {
  type FeedEntryReading,
  type FeedOptions,
  type FeedReading,
  MAX_ENTRIES,
  MAX_SUMMARY_LENGTH,
} from './feed-reading.ts';
import { personOf, plainText, tidyText } from './html-text.ts';

/** rss-parser builds an object for every element; larger feeds are left to the reader that does not. */
const MAX_LENGTH = 512 * 1024;
const PLAIN_RSS = /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?<rss\b[^>]{0,2000}\bversion\s*=\s*["']2/;
/** What rss-parser drops, of what we use: bases, namespaces by meaning, original addresses, polling hints. */
const BEYOND_IT =
  /<!doctype|xml:base|\bxmlns\s*=|feedburner:|sy:update|<skip(?:hours|days)|dcterms:|itunes:|rel\s*=\s*["']?hub/i;

type Item = Record<
  'title' | 'link' | 'guid' | 'content' | 'content:encoded' | 'creator' | 'author' | 'pubDate' | 'date',
  unknown
>;
type Feed = Record<'title' | 'link' | 'ttl' | 'feedUrl', unknown> & { items: Item[] };

interface Builder {
  buildRSS2(document: unknown): Feed;
}
const { buildRSS2 } = RssParser.prototype as unknown as Builder;

/** rss-parser has built the feed when `parseString` returns, but its promise tells so only later: keep it. */
class KeepingRssParser extends RssParser {
  built: Feed | undefined;

  buildRSS2(document: unknown): Feed {
    this.built = buildRSS2.call(this as unknown as Builder, document);
    return this.built;
  }
}

/**
 * Reads a feed with rss-parser, where that reads it as well as the lenient reader does: a complete, well-formed
 * RSS 2.0 of ordinary size that uses nothing which rss-parser drops, each of whose items has a title and a link.
 *
 * @returns `undefined` for every other feed; nothing is lost by trying
 */
export function readPlainRss(text: string, options: FeedOptions): FeedReading | undefined {
  if (text.length > MAX_LENGTH || !PLAIN_RSS.test(text)) return undefined;
  if (!text.trimEnd().endsWith('</rss>') || BEYOND_IT.test(text)) return undefined;
  const feed = parse(text);
  if (feed === undefined) return undefined;

  const link = absoluteUrl(lineOf(feed.link), options.url)?.href ?? '';
  const base = options.url ?? link;
  const entries = feed.items.slice(0, MAX_ENTRIES).map((item) => readItem(item, base, options));
  if (entries.some((entry) => entry === undefined)) return undefined;
  return {
    format: 'rss-2.0',
    title: plainText(lineOf(feed.title)),
    link,
    entries: entries as FeedEntryReading[],
    hints: feedHints({ ttl: lineOf(feed.ttl), self: [lineOf(feed.feedUrl)] }, base),
  };
}

function parse(text: string): Feed | undefined {
  const parser = new KeepingRssParser({ xml2js: { valueProcessors: [withoutMarkup] } });
  parser.parseString(text).catch(() => undefined);
  return parser.built;
}

/**
 * Descriptions reach rss-parser as plain text: its own way of dropping tags takes quadratic time.
 *
 * @throws where a `<` is left, which ends the attempt
 */
function withoutMarkup(value: string, name: string): string {
  if (name !== 'description' && name !== 'content:encoded') return value;
  const text = plainText(value);
  if (text.includes('<')) throw new Error('A description that rss-parser would take for markup');
  return text;
}

function readItem(item: Item, base: string, options: FeedOptions): FeedEntryReading | undefined {
  const url = canonicalUrl(lineOf(item.link), base, options.hostAliases);
  const title = plainText(lineOf(item.title));
  if (url === undefined || title === '') return undefined;
  const author = personOf(plainText(lineOf(item.author)) || plainText(lineOf(item.creator)));
  const stated = parseStatedTime(lineOf(item.pubDate)) ?? parseStatedTime(lineOf(item.date));
  return {
    id: lineOf(item.guid) || url,
    url,
    title,
    summary: (lineOf(item.content) || lineOf(item['content:encoded'])).slice(0, MAX_SUMMARY_LENGTH),
    ...(author === '' ? {} : { author }),
    ...(stated === undefined ? {} : { publishedAt: { ...stated, source: 'feed' as const } }),
  };
}

/** An element with markup or attributes comes as an object: it counts as absent. */
function lineOf(value: unknown): string {
  return typeof value === 'string' ? tidyText(value) : '';
}
