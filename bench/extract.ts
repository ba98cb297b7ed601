/**
 * How well and how fast articles are read out of pages, beside `@mozilla/readability` and trafilatura in the same run.
 *
 * `npm run bench -- extract --gold PAGES/gold.jsonl` reads JSON Lines of {path, url, with, without, title?, author?,
 * date?}; a page's score counts the segments that must and must not be in its body. `--pairs FOLDER` reads a folder
 * of `NAME.html[.gz]` beside `NAME.json` ({body, title?, authors?, date?, url?}), and a gold file may carry `body`
 * too: there precision and recall are taken over 4-grams of tokens, averaged over pages. `--python FILE` names the
 * interpreter that has trafilatura, where that is not `python3`; where none has it, that peer is left out.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { onOutletClock } from '../src/domain/published-at.ts';
import { readArticlePage } from '../src/reading/article-page.ts';
import { decodeText } from '../src/reading/decode.ts';

interface GoldPage {
  readonly id: string;
  readonly path: string;
  readonly url: string;
  readonly with: readonly string[];
  readonly without: readonly string[];
  readonly body?: string;
  readonly title?: string;
  readonly authors?: readonly string[];
  readonly date?: string;
}

interface Reading {
  readonly body: string;
  readonly title?: string | undefined;
  readonly authors?: readonly string[] | undefined;
  /** ISO 8601. */
  readonly date?: string | undefined;
}

type Extractor = (bytes: Uint8Array, url: string) => Reading;

/** Runs the benchmark with command-line arguments and prints one table. */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      gold: { type: 'string' },
      pairs: { type: 'string' },
      worst: { type: 'string' },
      peers: { type: 'boolean', default: true },
      python: { type: 'string', default: 'python3' },
    },
    allowNegative: true,
  });
  const pages = readPages(values);
  if (pages.length === 0) {
    print('skipped: no pages here; give --gold FILE or --pairs FOLDER');
    return;
  }
  const extractors = new Map<string, Extractor>([['nhip-yte', ours]]);
  const readability = values.peers ? await loadReadability() : undefined;
  if (readability !== undefined) extractors.set('@mozilla/readability + linkedom', readability);

  print(`${pages.length} pages`);
  for (const [name, extract] of extractors) {
    const tally = measure(pages, extract);
    print(report(name, tally));
    if (name !== 'nhip-yte') continue;
    print(`  resident memory       ${Math.round(process.resourceUsage().maxRSS / 1000)} MB at most`);
    if (values.worst !== undefined) print(worst(tally, Number(values.worst)));
  }
  if (values.peers) reportTrafilatura(pages, values.python);
}

function readPages({ gold, pairs }: { gold?: string | undefined; pairs?: string | undefined }): GoldPage[] {
  const pages = [
    ...(gold === undefined ? [] : readGold(gold)),
    ...(pairs === undefined ? [] : readPairs(pairs)),
  ];
  return pages.length === 0 && existsSync(DEFAULT_GOLD) ? readGold(DEFAULT_GOLD) : pages;
}

function reportTrafilatura(pages: readonly GoldPage[], python: string): void {
  for (const mode of ['fast', 'precision'] as const) {
    const tally = measureTrafilatura(pages, mode, python);
    if (tally !== undefined) print(report(`trafilatura, ${mode}`, tally));
  }
}

const DEFAULT_GOLD = join(import.meta.dirname, '../../shared/pages/gold.jsonl');

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function readGold(file: string): GoldPage[] {
  const folder = dirname(file);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => goldPage(JSON.parse(line), folder));
}

function readPairs(folder: string): GoldPage[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const stem = name.slice(0, -'.json'.length);
      const html = [`${stem}.html`, `${stem}.html.gz`].find((file) => existsSync(join(folder, file)));
      const gold = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return goldPage({ id: stem, ...gold, path: html ?? `${stem}.html` }, folder);
    });
}

// biome-ignore lint/suspicious/noExplicitAny: corpora come in several spellings; this is where they become one
function goldPage(row: any, folder: string): GoldPage {
  const body = row.body ?? row.articleBody ?? row.text;
  const authors = row.authors ?? row.author;
  const date = row.date ?? row.publishedAt ?? row.datePublished;
  return {
    id: String(row.id ?? row.path),
    path: join(folder, row.path),
    url: row.url ?? 'https://example.invalid/',
    with: row.with ?? [],
    without: row.without ?? [],
    ...(body ? { body } : {}),
    ...(row.title ? { title: row.title } : {}),
    ...(authors?.length > 0 ? { authors: Array.isArray(authors) ? authors : splitAuthors(authors) } : {}),
    ...(date ? { date } : {}),
  };
}

function splitAuthors(text: string): string[] {
  return text.split(/\s*[;,]\s*|\s+and\s+|\s+und\s+/).filter((name) => name !== '');
}

const ours: Extractor = (bytes, url) => {
  const reading = readArticlePage(bytes, { url });
  if (!reading.ok) return { body: '' };
  const { body, title, author, publishedAt } = reading.text;
  return { body, title, authors: author?.split(', '), date: publishedAt && onOutletClock(publishedAt) };
};

async function loadReadability(): Promise<Extractor | undefined> {
  try {
    const [{ Readability }, { parseHTML }] = await Promise.all([
      import('@mozilla/readability'),
      import('linkedom'),
    ]);
    return (bytes) => {
      const { text } = decodeText(bytes, { kind: 'html' });
      const { document } = parseHTML(text);
      const article = new Readability(document as never).parse();
      const { document: content } = parseHTML(`<html><body>${article?.content ?? ''}</body></html>`);
      return {
        body: blockText(content.body as unknown as TreeNode),
        title: article?.title ?? undefined,
        authors: article?.byline ? splitAuthors(article.byline) : undefined,
        date: article?.publishedTime ?? undefined,
      };
    };
  } catch {
    return undefined;
  }
}

/** Reads paths and a mode, prints what was read and the CPU seconds of extraction alone; page text is decoded by it. */
const TRAFILATURA = `
import gzip, json, sys, time
from trafilatura import bare_extraction
asked = json.load(sys.stdin)
read, used = [], 0.0
for number, path in enumerate(asked['paths'][:10] + asked['paths']):
    page = (gzip.open if path.endswith('.gz') else open)(path, 'rb').read()
    before = time.process_time()
    try:
        found = bare_extraction(page, include_comments=False, with_metadata=True, fast=asked['mode'] == 'fast',
                                favor_precision=asked['mode'] == 'precision')
    except Exception:
        found = None
    if number < 10:
        continue
    used += time.process_time() - before
    read.append(None if found is None else
                {'body': found.text or '', 'title': found.title, 'author': found.author, 'date': found.date})
json.dump({'read': read, 'cpuSeconds': used}, sys.stdout)
`;

interface TrafilaturaReading {
  readonly body: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
}

function measureTrafilatura(
  pages: readonly GoldPage[],
  mode: 'fast' | 'precision',
  python: string,
): Tally | undefined {
  const input = JSON.stringify({ paths: pages.map(({ path }) => path), mode });
  let output: { read: (TrafilaturaReading | null)[]; cpuSeconds: number };
  try {
    output = JSON.parse(
      execFileSync(python, ['-c', TRAFILATURA], {
        input,
        encoding: 'utf8',
        maxBuffer: 1e9,
        stdio: ['pipe', 'pipe', 'ignore'],
      }),
    );
  } catch {
    return undefined;
  }
  const scores = pages.map((page, index) => {
    const read = output.read[index];
    return score(page, {
      body: read?.body ?? '',
      title: read?.title ?? undefined,
      authors: read?.author ? splitAuthors(read.author) : undefined,
      date: read?.date ?? undefined,
    });
  });
  return { scores, cpuSeconds: output.cpuSeconds };
}

interface TreeNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<TreeNode>;
}

/** Text with a line break at each block, which the peer's own `textContent` runs together. */
function blockText(node: TreeNode): string {
  if (node.nodeType === 3) return node.textContent ?? '';
  const inner = Array.from(node.childNodes, blockText).join('');
  return /^(?:P|DIV|LI|H\d|TD|TR|BR|BLOCKQUOTE|SECTION|ARTICLE|PRE|FIGCAPTION|DD|DT)$/.test(node.nodeName)
    ? `\n${inner}\n`
    : inner;
}

interface PageScore {
  readonly page: GoldPage;
  readonly reading: Reading;
  readonly precision: number;
  readonly recall: number;
  readonly missing: readonly string[];
  readonly intruding: readonly string[];
}

interface Tally {
  readonly scores: readonly PageScore[];
  readonly cpuSeconds: number;
}

function measure(pages: readonly GoldPage[], extract: Extractor): Tally {
  // The first pages are read twice, so that compilation does not count as reading.
  const warmUp = pages.slice(0, 30);
  for (const page of warmUp) attempt(extract, page);
  let cpuSeconds = 0;
  const scores = pages.map((page) => {
    const bytes = load(page.path);
    const before = process.cpuUsage();
    const reading = attempt(extract, page, bytes);
    const used = process.cpuUsage(before);
    cpuSeconds += (used.user + used.system) / 1e6;
    return score(page, reading);
  });
  return { scores, cpuSeconds };
}

function attempt(extract: Extractor, page: GoldPage, bytes = load(page.path)): Reading {
  try {
    return extract(bytes, page.url);
  } catch {
    return { body: '' };
  }
}

function load(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

function score(page: GoldPage, reading: Reading): PageScore {
  const flat = flatten(reading.body);
  const missing = page.with.filter((segment) => !flat.includes(flatten(segment)));
  const intruding = page.without.filter((segment) => flat.includes(flatten(segment)));
  const { precision, recall } =
    page.body === undefined
      ? { precision: Number.NaN, recall: Number.NaN }
      : shingleOverlap(reading.body, page.body);
  return { page, reading, precision, recall, missing, intruding };
}

function flatten(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Share of the read 4-grams that are in the gold text and the reverse, repeated ones counted as often as they occur. */
function shingleOverlap(read: string, gold: string): { precision: number; recall: number } {
  const readShingles = shingles(read);
  const goldShingles = shingles(gold);
  let common = 0;
  for (const [shingle, count] of readShingles) common += Math.min(count, goldShingles.get(shingle) ?? 0);
  const share = (counts: ReadonlyMap<string, number>) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return total === 0 ? (common === 0 && readShingles.size === goldShingles.size ? 1 : 0) : common / total;
  };
  return { precision: share(readShingles), recall: share(goldShingles) };
}

const SHINGLE_TOKENS = 4;

function shingles(text: string): Map<string, number> {
  const tokens = text.normalize('NFC').match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
  const counts = new Map<string, number>();
  const last = Math.max(1, tokens.length - SHINGLE_TOKENS + 1);
  for (let start = 0; start < last && tokens.length > 0; start += 1) {
    const shingle = tokens.slice(start, start + SHINGLE_TOKENS).join(' ');
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function report(name: string, { scores, cpuSeconds }: Tally): string {
  const lines = [`\n${name}`];
  lines.push(segmentLine(scores), ...shingleLines(scores));
  lines.push(shareLine('title exact', scores, titleHit));
  lines.push(shareLine('day of publication', scores, dayHit));
  lines.push(shareLine('author set', scores, authorsHit));
  lines.push(`  pages per CPU-second  ${(scores.length / cpuSeconds).toFixed(0)}`);
  return lines.filter((line) => line !== '').join('\n');
}

function segmentLine(scores: readonly PageScore[]): string {
  const judged = scores.filter(({ page }) => page.with.length + page.without.length > 0);
  if (judged.length === 0) return '';
  const wanted = sum(judged, ({ page }) => page.with.length);
  const found = wanted - sum(judged, ({ missing }) => missing.length);
  const intruding = sum(judged, (one) => one.intruding.length);
  const precision = found / (found + intruding);
  const recall = found / wanted;
  return `  segments              precision ${fix(precision)} recall ${fix(recall)} F1 ${fix(harmonic(precision, recall))}`;
}

function shingleLines(scores: readonly PageScore[]): string[] {
  const judged = scores.filter(({ page }) => page.body !== undefined);
  if (judged.length === 0) return [];
  const precision = sum(judged, (one) => one.precision) / judged.length;
  const recall = sum(judged, (one) => one.recall) / judged.length;
  const perPage = sum(judged, (one) => harmonic(one.precision, one.recall)) / judged.length;
  const exact = sum(judged, ({ page, reading }) =>
    Number(flatten(page.body ?? '') === flatten(reading.body)),
  );
  return [
    `  4-gram shingles       precision ${fix(precision)} recall ${fix(recall)} F1 ${fix(harmonic(precision, recall))} (mean of pages' F1 ${fix(perPage)})`,
    `  body exact            ${exact} of ${judged.length}`,
  ];
}

function shareLine(
  label: string,
  scores: readonly PageScore[],
  hit: (score: PageScore) => boolean | undefined,
): string {
  const verdicts = scores.map(hit).filter((verdict) => verdict !== undefined);
  if (verdicts.length === 0) return '';
  const right = verdicts.filter(Boolean).length;
  return `  ${label.padEnd(21)} ${fix(right / verdicts.length)} (${right} of ${verdicts.length})`;
}

function titleHit({ page, reading }: PageScore): boolean | undefined {
  if (page.title === undefined) return undefined;
  return plain(page.title) === plain(reading.title ?? '');
}

/** Right where both name the same calendar day, each on the clock that it is written for. */
function dayHit({ page, reading }: PageScore): boolean | undefined {
  if (page.date === undefined) return undefined;
  return reading.date?.slice(0, 10) === page.date.slice(0, 10);
}

function authorsHit({ page, reading }: PageScore): boolean | undefined {
  if (page.authors === undefined) return undefined;
  const key = (names: readonly string[]) => [...new Set(names.map(plain))].sort().join('|');
  return key(page.authors) === key(reading.authors ?? []);
}

function plain(text: string): string {
  return flatten(text)
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[–—]/g, '-');
}

function worst({ scores }: Tally, count: number): string {
  return [...scores]
    .sort((a, b) => badness(b) - badness(a))
    .slice(0, count)
    .map(({ page, missing, intruding, reading }) =>
      JSON.stringify({ id: page.id, url: page.url, chars: reading.body.length, missing, intruding }),
    )
    .join('\n');
}

function badness({ missing, intruding, precision, recall }: PageScore): number {
  return missing.length + intruding.length + (Number.isNaN(precision) ? 0 : 2 - precision - recall);
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}

function fix(share: number): string {
  return share.toFixed(3);
}
