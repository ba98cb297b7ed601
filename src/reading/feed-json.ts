import { z } from 'zod';

import { absoluteUrl, canonicalUrl } from './canonical-url.ts';
import { parseStatedTime } from './date.ts';
import { feedHints } from './feed-hints.ts';
import type { FeedEntryReading, FeedOptions, FeedReading } from './feed-reading.ts';
import { MAX_ENTRIES, MAX_SUMMARY_LENGTH, unreadable } from './feed-reading.ts';
import { plainText, tidyText } from './html-text.ts';

const text = z.string().catch('');
const people = z.array(z.object({ name: text })).catch([]);

const item = z.object({
  id: z.union([z.string(), z.number().transform(String)]).catch(''),
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_text: text,
  content_html: text,
  date_published: text,
  date_modified: text,
  author: z.object({ name: text }).catch({ name: '' }),
  authors: people,
});

const feed = z.object({
  version: text,
  title: text,
  home_page_url: text,
  feed_url: text,
  items: z.array(z.unknown()),
  hubs: z.array(z.object({ url: text })).catch([]),
});

/** Reads a JSON Feed. @see https://www.jsonfeed.org/version/1.1/ */
export function readJsonFeed(json: string, options: FeedOptions): FeedReading {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    return unreadable('bad-json');
  }
  const parsed = feed.safeParse(data);
  if (!parsed.success) return unreadable('not-a-feed');
  const { version, title, home_page_url: home, feed_url: self, items, hubs } = parsed.data;
  return {
    format: `json-feed-${/version\/(\d[\d.]{0,5})/.exec(version)?.[1] ?? '1'}`,
    title: tidyText(title),
    link: absoluteUrl(home, options.url)?.href ?? '',
    entries: items.slice(0, MAX_ENTRIES).flatMap((raw) => {
      const entry = item.safeParse(raw);
      return entry.success ? [readItem(entry.data, home, options)] : [];
    }),
    hints: feedHints({ hubs: hubs.map((hub) => hub.url), self: [self] }, options.url),
  };
}

function readItem(raw: z.infer<typeof item>, home: string, options: FeedOptions): FeedEntryReading {
  const base = absoluteUrl(home, options.url)?.href ?? options.url;
  const url =
    [raw.url, raw.external_url, raw.id]
      .map((address) => canonicalUrl(address, address === raw.id ? undefined : base, options.hostAliases))
      .find((address) => address !== undefined) ?? '';
  const stated = parseStatedTime(raw.date_published) ?? parseStatedTime(raw.date_modified);
  const author = tidyText(raw.authors[0]?.name || raw.author.name);
  return {
    id: tidyText(raw.id) || url,
    url,
    title: plainText(raw.title),
    summary: summaryOf(raw).slice(0, MAX_SUMMARY_LENGTH),
    ...(author === '' ? {} : { author }),
    ...(stated === undefined ? {} : { publishedAt: { ...stated, source: 'feed' as const } }),
  };
}

function summaryOf(raw: z.infer<typeof item>): string {
  if (raw.summary !== '') return plainText(raw.summary);
  return raw.content_text === '' ? plainText(raw.content_html) : tidyText(raw.content_text);
}
