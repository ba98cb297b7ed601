/**
 * The production pipeline on a loopback newsroom, worked on by one process and then by two: articles per second, how
 * far two outdo one, and how much of a job's time is the queue's own.
 *
 * `scaling 600`. Starts its own Redis and Elasticsearch. On two cores all of them share what there is: Redis,
 * Elasticsearch and the newsroom take their part before the second worker gets any.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import pino from 'pino';
import { z } from 'zod';

import { redisBackend } from '../src/adapters/bullmq/backend.ts';
import { Queues } from '../src/adapters/bullmq/queues.ts';
import { startWorker as startQueueWorker } from '../src/adapters/bullmq/start-worker.ts';
import { openRedis } from '../src/adapters/redis/connection.ts';
import { type App, beginAnew } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { startNewsroom } from '../src/newsroom/newsroom.ts';
import { throughputScenario } from '../src/newsroom/scenario.ts';
import { loadSettings } from '../src/settings.ts';
import { configDirFor } from '../test/support/config-dir.ts';
import { startElasticsearch } from '../test/support/elasticsearch/start-elasticsearch.ts';
import { startRedis } from '../test/support/redis-server.ts';

const ARTICLES = 600;
const IDLE_JOBS = 3000;
const LOOK_EVERY_MS = 250;
const PATIENCE_MS = 600_000;
/** Everything is there at the first poll; polling on would measure polls. */
const POLL_EVERY_MS = 3_600_000;

/** Stages of which any number of processes may run. */
const SCALING = 'discover,fetch,extract,analyse,notify';
/** Stages that one process works on at a time, and that go with the first worker. */
const FIRST = `${SCALING},index,detect,housekeeping`;

export async function run(argv: readonly string[]): Promise<void> {
  const count = Number(argv[0] ?? ARTICLES);
  const redis = await startRedis();
  const elasticsearch = await startElasticsearch();
  try {
    const servers = { REDIS_URL: redis.url, ELASTICSEARCH_URL: elasticsearch.url };
    // The first run warms the server's JVM and counts for nothing.
    await crawl(servers, count, [FIRST]);
    const one = await crawl(servers, count, [FIRST]);
    const two = await crawl(servers, count, [FIRST, SCALING]);
    print('one process', describe(one));
    print('two processes', describe(two));
    print('scaling factor', (two.rate / one.rate).toFixed(2));
    const queueMs = await queueMsPerJob(redis.url);
    print('the queue alone', `${queueMs.toFixed(2)} ms for a job that does nothing, taken up, done and gone`);
    const share = (queueMs * one.jobsPerArticle * one.rate) / 1000;
    print(
      'its share of the time per article',
      `${(share * 100).toFixed(0)} % (${one.jobsPerArticle.toFixed(1)} jobs an article, ${(1000 / one.rate).toFixed(0)} ms an article)`,
    );
  } finally {
    await elasticsearch.stop();
    await redis.remove();
  }
}

interface Crawl {
  readonly rate: number;
  readonly found: number;
  readonly jobsPerArticle: number;
}

async function crawl(
  servers: Record<string, string>,
  count: number,
  parts: readonly string[],
): Promise<Crawl> {
  const newsroom = await startNewsroom({
    seed: 3,
    now: () => new Date(),
    scenario: throughputScenario(count),
    waitsForBegin: true,
  });
  const configDir = configDirFor(
    newsroom.outlets.map((outlet) => ({
      ...outlet,
      feeds: outlet.feeds.map((feed) => ({ ...feed, pollEveryMs: POLL_EVERY_MS })),
    })),
  );
  const env = {
    ...servers,
    PROFILE: 'production',
    CONFIG_DIR: configDir,
    ALLOW_PRIVATE_HOSTS: '127.0.0.1',
    OPERATIONS_PORT: '0',
  };
  const config = loadConfig(env);
  const watcher = await beginAnew(config, loadSettings(configDir, new Date()), pino({ level: 'silent' }));
  newsroom.begin();
  const startedAt = performance.now();
  const workers = parts.map((stages) => startWorker(stages, env));
  try {
    await untilSettled(watcher, count, startedAt);
    // What it took to start a process is not the pipeline's.
    const firstJobAt = Math.min(...workers.map(({ firstJobAt: at }) => at()));
    const seconds = (performance.now() - firstJobAt) / 1000;
    const found = await watcher.deps.entries.foundCount();
    const jobs = (await watcher.deps.entries.jobCounts()).reduce((sum, row) => sum + row.count, 0);
    return { rate: found / seconds, found, jobsPerArticle: jobs / found };
  } finally {
    for (const { process } of workers) process.kill('SIGTERM');
    await Promise.all(workers.map(({ ended }) => ended));
    await watcher.close();
    await newsroom.close();
  }
}

async function untilSettled({ deps }: App, count: number, startedAt: number): Promise<void> {
  while (performance.now() - startedAt < PATIENCE_MS) {
    await sleep(LOOK_EVERY_MS);
    const pending = await deps.entries.pending({ limit: 1 });
    if (pending.length === 0 && (await deps.entries.foundCount()) >= count) return;
  }
  throw new Error('The crawl has not come to an end');
}

interface RunningWorker {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  firstJobAt(): number;
}

function startWorker(stages: string, env: Record<string, string>): RunningWorker {
  const cli = resolve(import.meta.dirname, '../src/cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, 'start', '--stages', stages], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let firstJobAt = Number.POSITIVE_INFINITY;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if ((JSON.parse(line) as { msg: string }).msg === 'job')
      firstJobAt = Math.min(firstJobAt, performance.now());
  });
  return {
    process: child,
    ended: new Promise((resolveEnd) => child.on('close', () => resolveEnd())),
    firstJobAt: () => firstJobAt,
  };
}

/** What BullMQ takes for itself, with as many jobs in hand as the fetch stage has. */
async function queueMsPerJob(redisUrl: string): Promise<number> {
  const log = pino({ level: 'silent' });
  const connection = openRedis(loadConfig({ REDIS_URL: redisUrl, REDIS_PREFIX: 'bench-queue' }), log);
  const backend = redisBackend(connection);
  const queues = new Queues([{ name: 'fetch', attempts: 1 }], backend);
  const jobs = Array.from({ length: IDLE_JOBS }, (_, i) => ({
    stage: 'fetch' as const,
    key: `fetch-${i}x`,
    payload: {},
  }));
  const startedAt = performance.now();
  for (const job of jobs) await queues.add([job]);
  let done = 0;
  let finish = () => {};
  const all = new Promise<void>((resolveAll) => {
    finish = resolveAll;
  });
  const worker = startQueueWorker(
    {
      name: 'fetch',
      payload: z.object({}),
      concurrency: 16,
      attempts: 1,
      async perform() {
        done += 1;
        if (done === IDLE_JOBS) finish();
        return { status: 'done' };
      },
      giveUp: async () => {},
    },
    backend,
    log,
  );
  await all;
  const ms = (performance.now() - startedAt) / IDLE_JOBS;
  await worker.close();
  await queues.close();
  await connection.close();
  return ms;
}

function describe({ rate, found }: Crawl): string {
  return `${found} articles, ${rate.toFixed(1)} articles/s`;
}

function print(what: string, figure: string): void {
  process.stdout.write(`${what}: ${figure}\n`);
}
