/**
 * How many real copies are recognised and how many strangers are taken for copies, beside plain Jaccard similarity of
 * syllable 2-grams ≥ 0.5 in the same run.
 *
 * `npm run bench -- near-duplicates --pairs PAIRS.jsonl --stream STREAM.jsonl[.gz]`: pairs are JSON Lines of
 * {a: {title, summary}, b: …} that are copies; the stream is JSON Lines of {url, title, summary, fetchedAt}, and every
 * two of its articles of one day stand for strangers. Some of those are copies in truth, so the rate is an upper bound.
 * The distances of `natural` are given the best threshold that keeps false pairs at 0.01 % of some of the strangers.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { vietnameseDay } from '../src/domain/time.ts';
import { bandsOf, isNearCopy, signatureOf } from '../src/language/similarity.ts';
import { syllabify } from '../src/language/syllables.ts';
import { type Headline, judgeByPeers } from './near-duplicate-peers.ts';

interface StreamEntry extends Headline {
  readonly url: string;
  readonly fetchedAt: string;
}

/** One text in the forms that either rule compares. */
interface Signed {
  readonly signature: readonly number[];
  readonly bands: ReadonlySet<string>;
  readonly grams: ReadonlySet<string>;
}

const PEER_THRESHOLD = 0.5;
const ALLOWED_FALSE = 0.0001;
const PEER_STRANGERS = 300_000;
/** Pairs that share fewer 2-grams reach neither threshold. */
const LEAST_SHARED = 4;

/** Runs the benchmark with command-line arguments and prints one table. */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      pairs: { type: 'string', default: '../shared/near-duplicates/pairs-dev.jsonl' },
      stream: { type: 'string', default: '../shared/stream/2025-08-09..2026-02-28.jsonl.gz' },
      'every-nth-day': { type: 'string', default: '6' },
    },
  });
  const copies = readLines<{ a: Headline; b: Headline }>(values.pairs).map(({ a, b }) => [a, b] as const);
  const pairs = copies.map(([a, b]) => [sign(a), sign(b)] as const);
  const found = {
    ours: pairs.filter(([a, b]) => isNearCopy(a.signature, b.signature)).length,
    indexed: pairs.filter(([a, b]) => isNearCopy(a.signature, b.signature) && sharesBand(a, b)).length,
    peer: pairs.filter(([a, b]) => jaccard(a.grams, b.grams) >= PEER_THRESHOLD).length,
  };
  const entries = readLines<StreamEntry>(values.stream);
  const strangers = countStrangers(entries, Number(values['every-nth-day']));
  const share = (count: number) => `${((100 * count) / pairs.length).toFixed(1)} %`;
  const rate = (count: number) => `${((100 * count) / strangers.pairs).toFixed(4)} %`;
  print([
    `${pairs.length} copies, ${strangers.pairs} pairs of one day`,
    'rule                                  recall    false pairs',
    `ours                                  ${share(found.ours)}    ${rate(strangers.ours)}`,
    `ours, found through the index         ${share(found.indexed)}    ${rate(strangers.indexed)}`,
    `Jaccard of 2-grams >= 0.5             ${share(found.peer)}    ${rate(strangers.peer)}`,
    `candidates per article and day through the index: ${strangers.candidatesPerArticle.toFixed(2)}`,
    `signatures with keys per second: ${strangers.signedPerSecond.toFixed(0)}`,
  ]);
  const peers = judgeByPeers(copies, someStrangers(entries), ALLOWED_FALSE);
  print(
    peers.map(
      ({ name, recall, falseRate, microsPerPair }) =>
        `${name.padEnd(38)}${(100 * recall).toFixed(1)} %    ${(100 * falseRate).toFixed(4)} %   ${microsPerPair.toFixed(1)} µs a pair`,
    ),
  );
}

/** Pairs of one day, the first halves of which are spread evenly over the stream. */
function someStrangers(entries: readonly StreamEntry[]): (readonly [Headline, Headline])[] {
  const days = byDay(entries).filter(({ length }) => length > 1);
  return Array.from({ length: PEER_STRANGERS }, (_, index) => {
    const day = days[index % days.length] as StreamEntry[];
    const round = Math.floor(index / days.length);
    const first = round % day.length;
    const second = (first + 1 + (Math.floor(round / day.length) % (day.length - 1))) % day.length;
    return [day[first] as Headline, day[second] as Headline] as const;
  });
}

function countStrangers(entries: readonly StreamEntry[], everyNthDay: number) {
  const count = { pairs: 0, ours: 0, indexed: 0, peer: 0, candidatesPerArticle: 0, signedPerSecond: 0 };
  let articles = 0;
  let candidates = 0;
  let signingMs = 0;
  for (const [index, day] of byDay(entries).entries()) {
    if (index % everyNthDay !== 0) continue;
    const began = performance.now();
    for (const { title, summary } of day) bandsOf(signatureOf({ title, summary, body: '' }));
    signingMs += performance.now() - began;
    const signed = day.map(sign);
    articles += signed.length;
    count.pairs += (signed.length * (signed.length - 1)) / 2;
    for (const [a, b, shares] of likelyPairs(signed)) {
      const isOurs = isNearCopy(a.signature, b.signature);
      count.ours += Number(isOurs);
      count.indexed += Number(isOurs && shares);
      count.peer += Number(jaccard(a.grams, b.grams) >= PEER_THRESHOLD);
    }
    candidates += countCandidates(signed);
  }
  return {
    ...count,
    candidatesPerArticle: candidates / articles,
    signedPerSecond: (1000 * articles) / signingMs,
  };
}

/** Every pair that shares enough 2-grams to be worth comparing. */
function* likelyPairs(signed: readonly Signed[]): Generator<readonly [Signed, Signed, boolean]> {
  const holders = new Map<string, number[]>();
  for (const [index, text] of signed.entries()) {
    const shared = new Map<number, number>();
    for (const gram of text.grams) {
      const others = holders.get(gram) ?? [];
      holders.set(gram, others);
      for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
      others.push(index);
    }
    for (const [other, grams] of shared) {
      if (grams < LEAST_SHARED) continue;
      const earlier = signed[other] as Signed;
      yield [earlier, text, sharesBand(earlier, text)];
    }
  }
}

function countCandidates(signed: readonly Signed[]): number {
  const holders = new Map<string, number[]>();
  let candidates = 0;
  for (const [index, { bands }] of signed.entries()) {
    const met = new Set<number>();
    for (const band of bands) {
      const others = holders.get(band) ?? [];
      holders.set(band, others);
      for (const other of others) met.add(other);
      others.push(index);
    }
    candidates += met.size;
  }
  return candidates;
}

function byDay(entries: readonly StreamEntry[]): StreamEntry[][] {
  const seen = new Set<string>();
  const days = new Map<string, StreamEntry[]>();
  for (const entry of entries) {
    if (seen.has(entry.url)) continue;
    seen.add(entry.url);
    const day = vietnameseDay(entry.fetchedAt);
    const list = days.get(day) ?? [];
    days.set(day, list);
    list.push(entry);
  }
  return [...days.values()];
}

function sign({ title, summary }: Headline): Signed {
  const signature = signatureOf({ title, summary, body: '' });
  const syllables = syllabify(`${title}\n${summary}`).map(({ text }) => text);
  const grams = new Set(syllables.slice(1).map((syllable, index) => `${syllables[index]} ${syllable}`));
  return { signature, bands: new Set(bandsOf(signature)), grams };
}

function sharesBand(a: Signed, b: Signed): boolean {
  for (const band of a.bands) if (b.bands.has(band)) return true;
  return false;
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared += 1;
  return shared / Math.max(1, a.size + b.size - shared);
}

function readLines<T>(path: string): T[] {
  const bytes = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
