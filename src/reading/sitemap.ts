import type { FeedEntry } from '../domain/entry.ts';
import { absoluteUrl, canonicalUrl } from './canonical-url.ts';
import { parseStatedTime } from './date.ts';
import { decodeText } from './decode.ts';
import { gunzip } from './gunzip.ts';
import { plainText } from './html-text.ts';
import type { XmlElement } from './xml-tree.ts';
import { childOf, childrenOf, lineOf, rawText, readXmlTree } from './xml-tree.ts';

/** The protocol allows 50 MB and 50,000 addresses; news sitemaps hold a thousand, at 500 bytes each. */
const MAX_SITEMAP_BYTES = 6 * 1024 * 1024;
const MAX_ADDRESSES = 10_000;

/** One sitemap that an index names. */
interface SitemapReference {
  readonly url: string;
  /** ISO 8601, UTC; a day alone is its noon in Vietnam. */
  readonly lastModifiedAt?: string;
}

export interface SitemapReading {
  readonly kind: 'urlset' | 'index';
  /** Title from the news extension; '' where the sitemap carries addresses only. */
  readonly entries: FeedEntry[];
  readonly sitemaps: SitemapReference[];
  /** Why nothing, or not everything, could be read. */
  readonly error?: string;
}

export interface SitemapOptions {
  readonly contentType?: string | undefined;
  readonly url?: string | undefined;
  readonly hostAliases?: Readonly<Record<string, string>> | undefined;
}

/**
 * Reads a sitemap, a news sitemap, a sitemap index or a plain list of addresses, gzip files included.
 *
 * `publishedAt` comes from the news extension's `publication_date`, else from `lastmod`. Never throws: what cannot
 * be read has an `error` (`empty`, `too-large`, `bad-gzip`, `not-a-sitemap`, …).
 *
 * @see https://www.sitemaps.org/protocol.html
 */
export function readSitemap(bytes: Uint8Array, options: SitemapOptions = {}): SitemapReading {
  let plain: Uint8Array;
  try {
    plain = gunzip(bytes, MAX_SITEMAP_BYTES);
  } catch {
    return { kind: 'urlset', entries: [], sitemaps: [], error: 'bad-gzip' };
  }
  if (plain.length > MAX_SITEMAP_BYTES) {
    return { kind: 'urlset', entries: [], sitemaps: [], error: 'too-large' };
  }
  const { text } = decodeText(plain, { contentType: options.contentType, kind: 'xml' });
  if (text.trim() === '') return { kind: 'urlset', entries: [], sitemaps: [], error: 'empty' };
  return text.trimStart().startsWith('<') ? readXml(text, options) : readPlainList(text, options);
}

function readXml(text: string, options: SitemapOptions): SitemapReading {
  const { top, error } = readXmlTree(text);
  const failure = error === undefined ? {} : { error };
  const index = childOf(top, 'sitemapindex');
  if (index !== undefined) {
    const sitemaps = childrenOf(index, 'sitemap')
      .slice(0, MAX_ADDRESSES)
      .flatMap((element) => readReference(element, options.url));
    return { kind: 'index', entries: [], sitemaps, ...failure };
  }
  const urlset = childOf(top, 'urlset');
  if (urlset === undefined)
    return { kind: 'urlset', entries: [], sitemaps: [], error: error ?? 'not-a-sitemap' };
  const entries = childrenOf(urlset, 'url')
    .slice(0, MAX_ADDRESSES)
    .flatMap((element) => readAddress(element, options));
  return { kind: 'urlset', entries, sitemaps: [], ...failure };
}

function readReference(element: XmlElement, base: string | undefined): SitemapReference[] {
  const url = absoluteUrl(lineOf(childOf(element, 'loc')), base)?.href;
  if (url === undefined || !element.complete) return [];
  const modified = parseStatedTime(lineOf(childOf(element, 'lastmod')));
  return [{ url, ...(modified === undefined ? {} : { lastModifiedAt: modified.at }) }];
}

function readAddress(element: XmlElement, options: SitemapOptions): FeedEntry[] {
  const url = canonicalUrl(lineOf(childOf(element, 'loc')), options.url, options.hostAliases);
  if (url === undefined || !element.complete) return [];
  const news = childOf(element, 'news:news');
  const newsTitle = news === undefined ? undefined : childOf(news, 'news:title');
  const stated =
    (news === undefined ? undefined : parseStatedTime(lineOf(childOf(news, 'news:publication_date')))) ??
    parseStatedTime(lineOf(childOf(element, 'lastmod')));
  return [
    {
      url,
      title: newsTitle === undefined ? '' : plainText(rawText(newsTitle)),
      summary: '',
      ...(stated === undefined ? {} : { publishedAt: { ...stated, source: 'sitemap' as const } }),
    },
  ];
}

/** The protocol's text form: one address a line. */
function readPlainList(text: string, options: SitemapOptions): SitemapReading {
  const entries = text
    .split(/\r?\n/, MAX_ADDRESSES)
    .flatMap((line) => canonicalUrl(line, undefined, options.hostAliases) ?? [])
    .map((url) => ({ url, title: '', summary: '' }));
  return {
    kind: 'urlset',
    entries,
    sitemaps: [],
    ...(entries.length === 0 ? { error: 'not-a-sitemap' } : {}),
  };
}
