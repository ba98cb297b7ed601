/**
 * The whole embedded pipeline on a loopback newsroom: articles per second, time from publication to searchable, the
 * queue's share, memory. The peer is the same work without queues: the same stages called in-process on the same
 * articles.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pino from 'pino';

import { openApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { importArchive } from '../src/import-archive.ts';
import { startNewsroom } from '../src/newsroom/newsroom.ts';
import { throughputScenario } from '../src/newsroom/scenario.ts';
import { loadSettings } from '../src/settings.ts';

const ARTICLES = 400;
const LOOK_EVERY_MS = 250;
/** Everything is there at the first poll; polling on every second would measure polls. */
const POLL_EVERY_MS = 60_000;
const PATIENCE_MS = 600_000;
const MIB = 2 ** 20;

export async function run(argv: readonly string[]): Promise<void> {
  const count = Number(argv[0] ?? ARTICLES);
  const log = pino({ level: 'silent' });
  const newsroom = await startNewsroom({
    seed: 3,
    now: () => new Date(),
    scenario: throughputScenario(count),
    waitsForBegin: true,
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'nhip-yte-bench-'));
  const config = loadConfig({ DATA_DIR: dataDir, ALLOW_PRIVATE_HOSTS: '127.0.0.1', CONSOLE_PORT: '0' });
  const outlets = newsroom.outlets.map((outlet) => ({
    ...outlet,
    feeds: outlet.feeds.map((feed) => ({ ...feed, pollEveryMs: POLL_EVERY_MS })),
  }));
  const settings = { ...loadSettings(config.configDir, new Date()), outlets };
  const app = await openApp(config, settings, log);
  print('memory at rest', `${memoryMiB()} MiB`);

  const inline = await inProcess(app, newsroom.archive(2), count);
  print('same stages without queues or fetching', `${inline.toFixed(1)} articles/s (title, sapo and body)`);

  newsroom.begin();
  const startedAt = performance.now();
  await app.startPipeline();
  const { searchableMs, peakMiB } = await follow(app, newsroom, startedAt);
  const seconds = Math.max(...searchableMs) / 1000;
  const rate = searchableMs.length / seconds;
  print(
    'whole pipeline',
    `${searchableMs.length} articles in ${seconds.toFixed(1)} s: ${rate.toFixed(1)} articles/s`,
  );
  print('ratio to the same stages without queues', (rate / inline).toFixed(2));
  print('publication → searchable, all published at once', quantiles(searchableMs));
  print('memory at peak', `${peakMiB} MiB`);
  print('ledger', JSON.stringify(await app.ledgerBalance()));

  await app.close();
  await newsroom.close();
  rmSync(dataDir, { recursive: true, force: true });
}

async function inProcess(
  app: Awaited<ReturnType<typeof openApp>>,
  archive: Iterable<unknown>,
  count: number,
): Promise<number> {
  const records: unknown[] = [];
  for (const record of archive) {
    if (records.length === count) break;
    records.push(record);
  }
  const startedAt = performance.now();
  await importArchive(records, app.deps, pino({ level: 'silent' }));
  return records.length / ((performance.now() - startedAt) / 1000);
}

/** Watches until everything published is settled; notes when each article became searchable. */
async function follow(
  app: Awaited<ReturnType<typeof openApp>>,
  newsroom: Awaited<ReturnType<typeof startNewsroom>>,
  startedAt: number,
): Promise<{ searchableMs: number[]; peakMiB: number }> {
  const before = await app.deps.articles.count({});
  const searchableMs: number[] = [];
  let peakMiB = 0;
  while (performance.now() - startedAt < PATIENCE_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const searchable = (await app.deps.articles.count({})) - before;
    const elapsed = performance.now() - startedAt;
    while (searchableMs.length < searchable) searchableMs.push(elapsed);
    peakMiB = Math.max(peakMiB, memoryMiB());
    const rows = await app.deps.entries.ledger();
    const of = (outcomes: readonly string[]) =>
      rows.filter(({ outcome }) => outcomes.includes(outcome)).reduce((total, row) => total + row.count, 0);
    const found = of(['pending', 'indexed', 'duplicate', 'irrelevant', 'failed']) - before;
    if (found >= newsroom.published().length && of(['pending']) === 0) break;
  }
  return { searchableMs, peakMiB };
}

function memoryMiB(): number {
  return Math.round(process.memoryUsage().rss / MIB);
}

function quantiles(ms: readonly number[]): string {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) => ((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) / 1000).toFixed(1);
  return `p50 ${at(0.5)} s, p95 ${at(0.95)} s`;
}

function print(what: string, figure: string): void {
  process.stdout.write(`${what}: ${figure}\n`);
}
