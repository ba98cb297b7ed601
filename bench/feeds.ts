/**
 * How many feeds are read, and how rightly, beside plain rss-parser in the same run.
 *
 * `npm run bench -- feeds [--corpus FOLDER] [--misses]`: every file below the folder that is laid out as in
 * feedparser's test corpus (the expectation in a comment inside the file) or that is a feed of any kind. A feed is
 * read when the number of entries equals that of entry elements that start in the file. Expectations about a title,
 * link or id are counted twice: as text (markup, which no title of ours keeps, is dropped on both sides) and as
 * written (only character references are resolved).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import RssParser from 'rss-parser';
import { decodeText } from '../src/reading/decode.ts';
import { readFeed } from '../src/reading/feed.ts';
import { plainText, tidyText } from '../src/reading/html-text.ts';

/** Where the corpus expects its files to be served, for relative addresses. */
const CORPUS_URL = 'http://127.0.0.1:8097/';

interface Sample {
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType: string | undefined;
  readonly url: string;
  readonly text: string;
  readonly entries: number;
  readonly expectation?: Expectation;
}

interface Expectation {
  /** Which entry it is about; the feed itself where absent. */
  readonly entry?: number;
  readonly field: 'title' | 'link' | 'id';
  readonly value: string;
}

interface Fields {
  readonly title: string;
  readonly link: string;
  readonly id: string;
}

interface Reading {
  readonly feed: Fields;
  readonly entries: readonly Fields[];
}

type Reader = (sample: Sample) => Promise<Reading | undefined> | Reading | undefined;

interface Score {
  read: number;
  asText: number;
  asWritten: number;
  threw: number;
  cpuMs: number;
  readonly misses: string[];
}

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['nhip-yte', ours],
  ['rss-parser, plain', (sample) => throughRssParser(sample.bytes.toString('utf8'), {})],
  ['rss-parser, our decoding', (sample) => throughRssParser(sample.text, { defaultRSS: 2 })],
]);

/** Runs the benchmark with command-line arguments and prints one table. */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      corpus: { type: 'string', default: '../shared/feeds' },
      misses: { type: 'boolean', default: false },
    },
  });
  const samples = readSamples(values.corpus);
  const expectations = samples.filter(({ expectation }) => expectation !== undefined).length;
  print(`${samples.length} files, ${expectations} with an expectation about a title, link or id`);
  print('reader                      read   share   as text   as written   failed   feeds/CPU-s');
  for (const [name, read] of READERS) {
    const score = await scoreReader(read, samples);
    print(
      [
        name.padEnd(26),
        String(score.read).padStart(6),
        share(score.read, samples.length),
        share(score.asText, expectations).padStart(9),
        share(score.asWritten, expectations).padStart(12),
        String(score.threw).padStart(8),
        ((1000 * samples.length) / score.cpuMs).toFixed(0).padStart(13),
      ].join(' '),
    );
    if (values.misses) for (const miss of score.misses) print(`    ${miss}`);
  }
}

async function scoreReader(read: Reader, samples: readonly Sample[]): Promise<Score> {
  const score: Score = { read: 0, asText: 0, asWritten: 0, threw: 0, cpuMs: 0, misses: [] };
  for (const sample of samples) {
    const start = process.cpuUsage();
    const reading = await read(sample);
    const { user, system } = process.cpuUsage(start);
    score.cpuMs += (user + system) / 1000;
    if (reading === undefined) score.threw += 1;
    scoreReading(score, sample, reading);
  }
  return score;
}

function scoreReading(score: Score, sample: Sample, reading: Reading | undefined): void {
  const entries = reading?.entries.length ?? 0;
  if (reading !== undefined && entries === sample.entries) score.read += 1;
  else score.misses.push(`${sample.name}: ${entries} entries of ${sample.entries}`);

  const { expectation } = sample;
  if (expectation === undefined) return;
  const about = expectation.entry === undefined ? reading?.feed : reading?.entries[expectation.entry];
  const found = about?.[expectation.field] ?? '';
  if (reading !== undefined && [found, plainText(found)].includes(plainText(expectation.value)))
    score.asText += 1;
  else score.misses.push(`${sample.name}: ${JSON.stringify(found)} for ${JSON.stringify(expectation.value)}`);
  if (reading !== undefined && resolved(found) === resolved(expectation.value)) score.asWritten += 1;
}

function ours({ bytes, contentType, url }: Sample): Reading | undefined {
  const { title, link, entries, error } = readFeed(bytes, { contentType, url });
  if (error !== undefined && entries.length === 0 && title === '') return undefined;
  return {
    feed: { title, link, id: link },
    entries: entries.map((entry) => ({ title: entry.title, link: entry.url, id: entry.id })),
  };
}

async function throughRssParser(
  text: string,
  options: { defaultRSS?: number },
): Promise<Reading | undefined> {
  try {
    const { title, link, items } = await new RssParser(options).parseString(text);
    return {
      feed: { title: textOf(title), link: textOf(link), id: textOf(link) },
      entries: items.map((item) => ({
        title: textOf(item.title),
        link: textOf(item.link),
        id: textOf(item.guid ?? item.id),
      })),
    };
  } catch {
    return undefined;
  }
}

/** rss-parser gives an object where an element has attributes or markup inside. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readSamples(folder: string): Sample[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .sort()
    .map((path) => readSample(path, relative(folder, path)));
}

function readSample(path: string, name: string): Sample {
  const bytes = readFileSync(path);
  const ascii = bytes.toString('latin1').replaceAll('\0', '');
  const contentType = headerOf(ascii, 'content-type');
  const { text } = decodeText(bytes, { contentType, kind: 'xml' });
  const expectation = expectationOf(text);
  return {
    name,
    bytes,
    contentType,
    url: new URL(headerOf(ascii, 'content-location') ?? name, CORPUS_URL).href,
    text,
    entries: countEntries(text),
    ...(expectation === undefined ? {} : { expectation }),
  };
}

function headerOf(text: string, header: string): string | undefined {
  return new RegExp(`^Header:[ \\t]*${header}:[ \\t]*(.+)$`, 'im').exec(text)?.[1]?.trim();
}

/** Counted without any parser: start tags outside of comments and CDATA, or the length of a JSON Feed's list. */
function countEntries(text: string): number {
  if (text.trimStart().startsWith('{')) return (JSON.parse(text) as { items: unknown[] }).items.length;
  const bare = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  return bare.match(/<(?:[\w-]+:)?(?:item|entry)[\s>/]/gi)?.length ?? 0;
}

/** `feed['title'] == '…'` and its like; an expectation of any other kind is left out. */
function expectationOf(text: string): Expectation | undefined {
  const line = /^\s*Expect:\s*(?:not bozo and )?(.+?)\s*$/m.exec(text)?.[1] ?? '';
  const match =
    /^(?:feed|entries\[(\d+)\])(?:\['(title|link|id|guid)'\]|\.(title|link)) == ('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")$/.exec(
      line,
    );
  const field = match?.[2] ?? match?.[3];
  if (match?.[4] === undefined || field === undefined) return undefined;
  return {
    ...(match[1] === undefined ? {} : { entry: Number(match[1]) }),
    field: field === 'guid' ? 'id' : (field as 'title' | 'link' | 'id'),
    value: pythonString(match[4].slice(1, -1)),
  };
}

function pythonString(literal: string): string {
  return literal.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/gi, (_whole, hex2, hex4, other) => {
    if (other !== undefined) return ({ n: '\n', t: '\t' } as Record<string, string>)[other] ?? other;
    return String.fromCharCode(Number.parseInt(hex2 ?? hex4, 16));
  });
}

/** Character references resolved, tags kept. */
function resolved(text: string): string {
  return tidyText(plainText(text.replaceAll('<', '\ue000')).replaceAll('\ue000', '<'));
}

function share(count: number, of: number): string {
  return (of === 0 ? '' : (count / of).toFixed(3)).padStart(7);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
