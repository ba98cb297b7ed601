import { absoluteUrl, canonicalUrl } from './canonical-url.ts';
import { parseStatedTime } from './date.ts';
import { feedHints } from './feed-hints.ts';
import type { FeedEntryReading, FeedHints, FeedOptions, FeedReading } from './feed-reading.ts';
import { MAX_ENTRIES, MAX_SUMMARY_LENGTH, unreadable } from './feed-reading.ts';
import { personOf, plainText } from './html-text.ts';
import type { XmlElement } from './xml-tree.ts';
import { childOf, childrenOf, innerMarkup, lineOf, rawText, readXmlTree } from './xml-tree.ts';

/** Where each field is looked for, best first. */
const TITLES = ['title', 'dc:title', 'media:title'];
const SUMMARIES = [
  'description',
  'summary',
  'abstract',
  'dc:description',
  'content',
  'content:encoded',
  'xhtml:body',
  'media:description',
  'itunes:summary',
];
const AUTHORS = ['author', 'dc:creator', 'dc:author', 'itunes:author', 'managingeditor'];
const TIMES = [
  'pubdate',
  'published',
  'issued',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'created',
  'updated',
  'modified',
  'dcterms:modified',
  'lastmod',
  'date',
];
const IDS = ['guid', 'id', 'dc:identifier'];

const ROOTS = new Set(['rss', 'rdf:rdf', 'feed', 'channel']);
/** A server's warnings may wrap the root, but not deeply. */
const MAX_ROOT_DEPTH = 8;
/** Elements and stretches of text in one entry; each field looks through all of them. */
const MAX_PARTS = 400;

/** Reads every XML syndication format, through one lenient tree and one table of where each field is found. */
export function readXmlFeed(text: string, options: FeedOptions): FeedReading {
  const { top, error } = readXmlTree(text);
  const root = findRoot(top, 0);
  if (root === undefined)
    return unreadable(error ?? (/<(?:!doctype\s+)?html/i.test(text) ? 'html-page' : 'not-a-feed'));

  const channel = root.name === 'feed' ? root : (childOf(root, 'channel') ?? root);
  const link = channelLink(channel, options.url);
  const base = options.url ?? link;
  const elements = entryElements(root);
  const entries = elements
    .slice(0, MAX_ENTRIES)
    .map((element) => ({ ...element, children: element.children.slice(0, MAX_PARTS) }))
    .map((element) => readEntry(element, base, options.hostAliases));
  return {
    format: formatOf(root),
    title: titleOf(channel),
    link,
    entries,
    ...(error === undefined ? {} : { error }),
    hints: hintsOf(channel, base),
  };
}

function findRoot(element: XmlElement, depth: number): XmlElement | undefined {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    if (ROOTS.has(child.name)) return child;
    const inside = depth < MAX_ROOT_DEPTH ? findRoot(child, depth + 1) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/**
 * Entries wherever they stand, in order: in the channel (RSS 2.0), beside it (RSS 1.0), or one in another where an
 * end tag is missing. One that the end of the input cut through is left out.
 */
function entryElements(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    if (child.name === 'item' || child.name === 'entry') {
      return [...(isWhole(child) ? [child] : []), ...entryElements(child)];
    }
    return child.name === 'source' || child.name === 'atom:source' ? [] : entryElements(child);
  });
}

/** A cut right behind the last field takes nothing from the entry. */
function isWhole(entry: XmlElement): boolean {
  return entry.complete || entry.children.every((child) => typeof child === 'string' || child.complete);
}

function formatOf(root: XmlElement): string {
  const version = root.attributes.get('version')?.trim().slice(0, 8) ?? '';
  switch (root.name) {
    case 'rss':
      return version === '' ? 'rss' : `rss-${version === '2' ? '2.0' : version}`;
    case 'rdf:rdf':
      return declares(root, '/rdf/simple/0.9') ? 'rss-0.90' : 'rss-1.0';
    case 'feed':
      return version !== '' || declares(root, 'purl.org/atom/ns') ? `atom-${version || '0.3'}` : 'atom-1.0';
    default:
      return isCdf(root) ? 'cdf' : 'rss';
  }
}

/** CDF and a bare RSS channel share their root's name; CDF puts addresses into attributes. */
function isCdf(channel: XmlElement): boolean {
  return [channel, ...childrenOf(channel, 'item')].some((element) => element.attributes.has('href'));
}

function declares(root: XmlElement, part: string): boolean {
  return [...root.attributes].some(([name, value]) => name.startsWith('xmlns') && value.includes(part));
}

function readEntry(
  element: XmlElement,
  base: string,
  hostAliases: Readonly<Record<string, string>> | undefined,
): FeedEntryReading {
  const url = entryUrl(element, base, hostAliases);
  const id = lineOf(childOf(element, ...IDS)) || (element.attributes.get('rdf:about') ?? '').trim() || url;
  const summary = summaryOf(element);
  const author = authorOf(element);
  const stated = timeOf(element);
  return {
    id,
    url,
    title: titleOf(element),
    summary,
    ...(author === '' ? {} : { author }),
    ...(stated === undefined ? {} : { publishedAt: { ...stated, source: 'feed' as const } }),
  };
}

function titleOf(element: XmlElement): string {
  for (const name of TITLES) {
    for (const child of childrenOf(element, name)) {
      const title = contentText(child);
      if (title !== '') return title;
    }
  }
  return '';
}

function summaryOf(element: XmlElement): string {
  for (const name of SUMMARIES) {
    for (const child of childrenOf(element, name)) {
      const summary = contentText(child);
      if (summary !== '') return summary.slice(0, MAX_SUMMARY_LENGTH);
    }
  }
  return '';
}

/** Text of an element that may hold text, escaped markup, inline markup or (Atom 0.3) base64. */
function contentText(element: XmlElement): string {
  if (isBase64(element)) return plainText(Buffer.from(rawText(element), 'base64').toString('utf8'));
  const inline = element.children.some((child) => typeof child !== 'string');
  if (inline) return plainText(innerMarkup(element));
  const raw = rawText(element);
  // Atom's plain text may hold `<` for itself; its entities are resolved all the same, since outlets mistake the type.
  return isPlain(element) ? plainText(raw.replaceAll('<', '&lt;')) : plainText(raw);
}

function isBase64(element: XmlElement): boolean {
  const type = element.attributes.get('type') ?? '';
  return (
    element.attributes.get('mode') === 'base64' ||
    (type.includes('/') && !/^text\/|[+/]xml$/.test(type) && element.attributes.get('mode') === undefined)
  );
}

function isPlain(element: XmlElement): boolean {
  const type = element.attributes.get('type');
  return type === 'text' || (type === 'text/plain' && element.attributes.get('mode') !== 'xml');
}

function authorOf(element: XmlElement): string {
  for (const child of AUTHORS.flatMap((name) => childrenOf(element, name))) {
    const name = childOf(child, 'name');
    const author = name === undefined ? personOf(contentText(child)) : contentText(name);
    if (author !== '') return author;
  }
  return '';
}

function timeOf(element: XmlElement) {
  for (const child of TIMES.flatMap((name) => childrenOf(element, name))) {
    const stated = parseStatedTime(lineOf(child));
    if (stated !== undefined) return stated;
  }
  return parseStatedTime(element.attributes.get('lastmod') ?? '');
}

/** The first that is an http(s) address of: the original behind a proxy, the entry's link, a permanent guid. */
function entryUrl(
  element: XmlElement,
  base: string,
  hostAliases: Readonly<Record<string, string>> | undefined,
): string {
  for (const { address, base: own } of addressCandidates(element)) {
    const url = canonicalUrl(address, own === '' ? base : own, hostAliases);
    if (url !== undefined) return url;
  }
  return '';
}

function addressCandidates(element: XmlElement): { address: string; base: string }[] {
  const links = childrenOf(element, 'link', 'atom:link');
  const guids = childrenOf(element, 'guid', 'id').filter(
    (guid) => guid.attributes.get('ispermalink')?.toLowerCase() !== 'false',
  );
  const candidates = [
    ...childrenOf(element, 'feedburner:origlink').map(candidateText),
    ...links.filter(isWrittenOut).map(candidateText),
    ...links.filter(isAlternate).map(candidateHref),
    { address: element.attributes.get('href') ?? '', base: element.base },
    ...guids
      .map(candidateText)
      .filter(({ address }) => /^https?:\/\//i.test(address) || address.startsWith('/')),
    { address: element.attributes.get('rdf:about') ?? '', base: element.base },
    ...childrenOf(element, 'a').map(candidateHref),
  ];
  return candidates.filter(({ address }) => address !== '');
}

function candidateText(element: XmlElement): { address: string; base: string } {
  return { address: lineOf(element), base: element.base };
}

function candidateHref(element: XmlElement): { address: string; base: string } {
  return { address: element.attributes.get('href')?.trim() ?? '', base: element.base };
}

/** Names are often addresses, but `urn:`, `tag:` and bare numbers must not be resolved as if they were. */
function isAddress({ address }: { address: string }): boolean {
  return /^(?:https?:\/)?\//i.test(address);
}

/** RSS writes the address as text, and so do some Atom feeds. */
function isWrittenOut(link: XmlElement): boolean {
  return link.name === 'link' && !link.attributes.has('href') && isMainRelation(link);
}

function isAlternate(link: XmlElement): boolean {
  return link.attributes.has('href') && isMainRelation(link);
}

function isMainRelation(link: XmlElement): boolean {
  const rel = link.attributes.get('rel')?.trim().toLowerCase() ?? '';
  return rel === 'alternate' || rel === '';
}

function channelLink(channel: XmlElement, url: string | undefined): string {
  const links = childrenOf(channel, 'link', 'atom:link');
  const candidates = [
    ...links.filter(isWrittenOut).map(candidateText),
    ...links.filter(isAlternate).map(candidateHref),
    { address: channel.attributes.get('href') ?? '', base: channel.base },
    { address: channel.attributes.get('rdf:about') ?? '', base: channel.base },
    ...childrenOf(channel, 'id').map(candidateText).filter(isAddress),
  ];
  for (const { address, base } of candidates) {
    if (address === '') continue;
    const link = absoluteUrl(address, base === '' ? url : base);
    if (link !== undefined) return link.href;
  }
  return '';
}

function hintsOf(channel: XmlElement, base: string): FeedHints {
  const stated = {
    ttl: lineOf(childOf(channel, 'ttl')),
    updatePeriod: lineOf(childOf(channel, 'sy:updateperiod')),
    updateFrequency: lineOf(childOf(channel, 'sy:updatefrequency')),
    skipHours: linesIn(childOf(channel, 'skiphours')),
    skipDays: linesIn(childOf(channel, 'skipdays')),
    hubs: relations(channel, 'hub'),
    self: relations(channel, 'self'),
  };
  return feedHints(stated, base);
}

function linesIn(list: XmlElement | undefined): string[] {
  return childrenOf(list ?? { children: [] }, 'hour', 'day').map(lineOf);
}

function relations(channel: XmlElement, rel: string): string[] {
  return childrenOf(channel, 'link', 'atom:link')
    .filter(({ attributes }) => attributes.get('rel')?.toLowerCase().split(/\s+/).includes(rel))
    .map(({ attributes }) => attributes.get('href') ?? '');
}
