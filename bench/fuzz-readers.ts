/**
 * The half of `bench/fuzz.ts` that may be killed: reads input after input and writes one JSON line before and after
 * each, at once, so that its parent knows what it was at when it stopped.
 *
 * Arguments: seed, first index, or `--file PATH`.
 */
import { readFileSync, writeSync } from 'node:fs';
import { readArticlePage } from '../src/reading/article-page.ts';
import { decodeText } from '../src/reading/decode.ts';
import { readFeed } from '../src/reading/feed.ts';
import { discoverFeeds, readListing } from '../src/reading/listing.ts';
import { readSitemap } from '../src/reading/sitemap.ts';
import { fuzzInputs } from './fuzz-inputs.ts';

const URL = 'https://vidu.vn/suc-khoe/bai-so-12345.html';
const NOW = new Date('2026-11-20T03:00:00Z');
const SELECTORS = {
  title: 'h1',
  body: 'article, .content, [data-role=content]',
  author: '.author',
  publishedAt: '.date, time',
  drop: 'figcaption, .related',
};

const READERS: Readonly<Record<string, (bytes: Buffer) => unknown>> = {
  decodeText: (bytes) => decodeText(bytes.subarray(0, 5_000_000), { kind: 'html' }),
  readFeed: (bytes) => readFeed(bytes, { url: URL }),
  readSitemap: (bytes) => readSitemap(bytes, { url: URL }),
  readListing: (bytes) => readListing(bytes, { url: URL }),
  'readListing, selector': (bytes) =>
    readListing(bytes, { url: URL, linkSelector: 'div, item, li, article' }),
  discoverFeeds: (bytes) => discoverFeeds(bytes.toString('utf8'), URL),
  readArticlePage: (bytes) => readArticlePage(bytes, { url: URL, now: NOW }),
  'readArticlePage, selectors': (bytes) =>
    readArticlePage(bytes, { url: URL, now: NOW, selectors: SELECTORS }),
};

/** An input that took so long is read again, and its best time counts: the machine's own noise is not ours. */
const SUSPICIOUS_MS = 700;

function tell(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

function cpuMs(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function read(index: number, bytes: Buffer): void {
  for (const [reader, run] of Object.entries(READERS)) {
    tell({ index, reader });
    try {
      let ms = cpuMs(() => run(bytes));
      for (let again = 0; again < 2 && ms > SUSPICIOUS_MS; again += 1)
        ms = Math.min(
          ms,
          cpuMs(() => run(bytes)),
        );
      tell({ index, reader, ms, rssMb: process.resourceUsage().maxRSS / 1024 });
    } catch (error) {
      tell({ index, reader, threw: String((error as Error)?.stack ?? error).slice(0, 800) });
    }
  }
}

const [seed = '', first = '0'] = process.argv.slice(2);
if (seed === '--file') {
  read(0, readFileSync(first));
} else {
  const inputs = fuzzInputs(seed);
  for (let index = Number(first); ; index += 1) read(index, inputs.make(index));
}
