import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';

import { pgliteBackend, type QueueBackend, redisBackend } from '../../src/adapters/bullmq/backend.ts';
import { queueBoard } from '../../src/adapters/bullmq/board.ts';
import { Queues } from '../../src/adapters/bullmq/queues.ts';
import { startWorker } from '../../src/adapters/bullmq/start-worker.ts';
import { openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { openRedis } from '../../src/adapters/redis/connection.ts';
import { PermanentError } from '../../src/errors.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import { createOperationsServer } from '../../src/operations/server.ts';
import { canRunRedis, startRedis } from '../support/redis-server.ts';

const EXECUTABLE = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
);
const ARTIFACTS = resolve(import.meta.dirname, '../../artifacts/operations');
/** Chromium takes seconds to start on a small and busy machine. */
const TOUR_MS = 180_000;

const log = pino({ level: 'silent' });

interface OpenBackend {
  readonly backend: QueueBackend;
  close(): Promise<void>;
}

async function onPglite(): Promise<OpenBackend> {
  const database = await openMemoryDatabase();
  return { backend: await pgliteBackend(database.db), close: () => database.close() };
}

async function onRedis(): Promise<OpenBackend> {
  const redis = await startRedis();
  const connection = openRedis(
    {
      redisUrl: redis.url,
      redisCa: undefined,
      redisSentinels: [],
      redisSentinelMaster: 'mymaster',
      redisSentinelPassword: undefined,
      redisCluster: [],
      redisPrefix: 'nhip-yte-board',
    },
    log,
  );
  return {
    backend: redisBackend(connection),
    async close() {
      await connection.close();
      await redis.remove();
    },
  };
}

const BACKENDS = [
  { name: 'PGlite', open: onPglite, datastore: 'postgres', canRun: true },
  { name: 'Redis', open: onRedis, datastore: 'redis', canRun: canRunRedis() },
];

describe.each(BACKENDS)('the board of the queues on $name', ({ name, open, datastore, canRun }) => {
  let opened: OpenBackend;
  let queues: Queues;
  let server: FastifyInstance;
  let base: string;

  beforeAll(async () => {
    if (!canRun) return;
    opened = await open();
    queues = new Queues(
      [
        { name: 'fetch', attempts: 1 },
        { name: 'index', attempts: 1 },
      ],
      opened.backend,
    );
    // One job in quarantine, then some that wait.
    await queues.add([{ stage: 'fetch', key: 'fetch-broken', payload: { entryId: 'broken' } }]);
    const worker = startWorker(
      {
        name: 'fetch',
        payload: z.object({ entryId: z.string() }),
        concurrency: 1,
        attempts: 1,
        perform: async () => {
          throw new PermanentError('http-404', '<img src=x onerror="document.title=1"> is gone');
        },
        giveUp: async () => {},
      },
      opened.backend,
      log,
    );
    try {
      const parked = async () => expect(await queues.quarantined()).toHaveLength(1);
      await vi.waitFor(parked, { timeout: 30_000, interval: 200 });
    } finally {
      await worker.close();
    }
    for (const entry of ['first', 'second', 'third']) {
      await queues.add([{ stage: 'fetch', key: `fetch-${entry}`, payload: { entryId: entry } }]);
      await new Promise((done) => setTimeout(done, 150));
    }
    await queues.add([{ stage: 'fetch', key: 'fetch-later', payload: { entryId: 'l' }, delayMs: 3_600_000 }]);
    await queues.schedule('poll-bao-a', 600_000, { stage: 'index', payload: { entryId: 'scheduled' } });

    server = await createOperationsServer({
      version: '1.2.3',
      runs: ['fetch'],
      checks: [],
      metrics: new Metrics({ version: '1.2.3', profile: 'test', stages: ['fetch'] }),
      board: queueBoard(queues),
      log,
    });
    base = await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await server?.close();
    await queues?.close();
    await opened?.close();
  });

  const api = async (path: string) => {
    const response = await fetch(`${base}/queues/api/${path}`);
    return { status: response.status, body: await response.json() };
  };

  it.skipIf(!canRun)('lists queues, jobs, schedules and the datastore', async () => {
    const { status, body } = await api('queues?activeQueue=fetch&status=failed&page=1&jobsPerPage=10');
    expect(status).toBe(200);
    expect(body.queues).toMatchObject([
      {
        name: 'fetch',
        readOnlyMode: true,
        allowRetries: false,
        isPaused: false,
        counts: { waiting: 3, delayed: 1, failed: 1, active: 0 },
        jobs: [{ id: 'fetch-broken', data: { entryId: 'broken' }, attempts: 1 }],
      },
      { name: 'index', readOnlyMode: true },
    ]);
    expect(body.queues[0].jobs[0].failedReason).toMatch(/^http-404: /);
    expect((await api('queues/fetch/fetch-later')).body).toMatchObject({
      status: 'delayed',
      job: { delay: 3_600_000 },
    });
    expect((await api('job-schedulers')).body.schedulers).toMatchObject([
      { id: 'poll-bao-a', every: 600_000, queueName: 'index' },
    ]);
    expect((await api('redis/stats')).body).toMatchObject({ backend: datastore });
    expect((await api('queues/no-such-queue/fetch-later')).status).toBe(404);
  });

  it.skipIf(!canRun)('stands beside an age that is that of the oldest job', async () => {
    const now = Date.now();
    const first = (await api('queues/fetch/fetch-first')).body.job.timestamp as number;
    expect((await queues.readings(now))[0]?.oldestWaitingMs).toBe(now - first);
  });

  it.skipIf(!canRun || EXECUTABLE === undefined)(
    `loads in Chromium with nothing from elsewhere, nothing refused, and no button that changes a job${
      EXECUTABLE === undefined ? ' (skipped: set CHROMIUM_PATH, no Chromium was found)' : ''
    }`,
    async () => {
      mkdirSync(ARTIFACTS, { recursive: true });
      const browser: Browser = await chromium.launch({
        executablePath: EXECUTABLE ?? '',
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
      });
      onTestFinished(() => browser.close());
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const foreign: string[] = [];
      const heard: string[] = [];
      page.on('request', (one) => {
        if (!one.url().startsWith(`${base}/`) && !one.url().startsWith('data:')) foreign.push(one.url());
      });
      page.on('response', (one) => {
        if (one.status() >= 400) heard.push(`${one.status()} ${one.url()}`);
      });
      page.on('console', (one) => {
        if (one.type() === 'error') heard.push(one.text());
      });
      page.on('pageerror', (error) => heard.push(String(error)));

      await page.goto(`${base}/queues`, { waitUntil: 'load' });
      await page.getByRole('link', { name: 'fetch' }).first().waitFor({ timeout: 30_000 });
      expect(await page.title()).toContain('Nhịp Y tế');
      await page.screenshot({ path: join(ARTIFACTS, `queues-${name}.png`) });

      await page.goto(`${base}/queues/queue/fetch?status=failed`, { waitUntil: 'load' });
      await page.getByText('fetch-broken').first().waitFor({ timeout: 30_000 });
      // What went wrong is set in colours by a script that comes later.
      await page.getByText('http-404').first().waitFor({ timeout: 30_000 });
      await page.screenshot({ path: join(ARTIFACTS, `queue-${name}.png`) });

      await page.goto(`${base}/queues/queue/fetch/fetch-broken`, { waitUntil: 'load' });
      await page.getByText('fetch-broken').first().waitFor({ timeout: 30_000 });
      await page.screenshot({ path: join(ARTIFACTS, `job-${name}.png`) });
      const buttons = await page
        .getByRole('button')
        .evaluateAll((all) =>
          all.map((one) => `${one.getAttribute('title')} ${one.ariaLabel ?? ''} ${one.textContent}`),
        );
      expect(
        buttons.filter((text) => /retry|clean|promote|duplicate|remove|update|pause|add job/i.test(text)),
      ).toEqual([]);
      expect(await page.locator('img[onerror]').count()).toBe(0);

      await page.goto(`${base}/queues/job-schedulers`, { waitUntil: 'load' });
      await page.getByText('poll-bao-a').first().waitFor({ timeout: 30_000 });

      expect(foreign).toEqual([]);
      expect(heard).toEqual([]);
    },
    TOUR_MS,
  );
});
