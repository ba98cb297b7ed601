import { decodeText } from './decode.ts';
import { readJsonFeed } from './feed-json.ts';
import { type FeedOptions, type FeedReading, unreadable } from './feed-reading.ts';
import { readPlainRss } from './feed-rss.ts';
import { readXmlFeed } from './feed-xml.ts';
import { gunzip } from './gunzip.ts';

export type { FeedReading } from './feed-reading.ts';

/** The largest feed seen is a quarter of this. The worst that so many bytes can ask for stays under a second. */
const MAX_FEED_BYTES = 4 * 1024 * 1024;

/**
 * Reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF and JSON Feed, well-formed or not.
 *
 * A plain RSS 2.0 goes through rss-parser (`feed-rss.ts` says which those are), a JSON Feed through its schema,
 * everything else, and whatever rss-parser refuses, through one lenient reader of XML.
 *
 * Never throws: what cannot be read has an `error` (`empty`, `too-large`, `bad-gzip`, `not-a-feed`, `html-page`,
 * `bad-json`, `nested-too-deep`, …). An entry that makes no sense costs only itself; of a feed that was cut off,
 * every whole entry is returned.
 */
export function readFeed(bytes: Uint8Array, options: FeedOptions): FeedReading {
  let plain: Uint8Array;
  try {
    plain = gunzip(bytes, MAX_FEED_BYTES);
  } catch {
    return unreadable('bad-gzip');
  }
  if (plain.length > MAX_FEED_BYTES) return unreadable('too-large');
  const { text } = decodeText(plain, { contentType: options.contentType, kind: 'xml' });
  const start = text.trimStart()[0];
  if (start === undefined) return unreadable('empty');
  if (start === '{' || start === '[') return readJsonFeed(text, options);
  return readPlainRss(text, options) ?? readXmlFeed(text, options);
}
