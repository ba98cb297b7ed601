import { createHash } from 'node:crypto';

import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { type QueueBackend, redisBackend } from '../../../src/adapters/bullmq/backend.ts';
import { Queues } from '../../../src/adapters/bullmq/queues.ts';
import { startWorker } from '../../../src/adapters/bullmq/start-worker.ts';
import { openRedis, type RedisConnection } from '../../../src/adapters/redis/connection.ts';
import { canRunRedis, type RedisServer, startRedis } from '../../support/redis-server.ts';
import { redisSettings } from '../../support/redis-settings.ts';

const JOBS = 300;
// A job whose worker went with Redis waits for its lock to run out, and then for the next look at stalled jobs.
const WITHIN = { timeout: 120_000, interval: 50 };
const STAGES = ['fetch', 'extract', 'analyse'] as const;

/**
 * Redis goes in the middle of the work and comes back with what its append-only file holds.
 *
 * What an answered command wrote is in that file: Redis writes it out before it answers and only the disk may be a
 * second behind (`appendfsync everysec`). A killed server loses nothing of it, then; a machine that loses its power
 * loses up to a second or two of jobs, and of completions. The stages are made for both: a job that is done once more
 * changes nothing (one whose taking-up was never confirmed waits for its lock to run out first), and the `recover`
 * task hands on whatever entry the store holds as pending and no queue knows of.
 */
describe.skipIf(!canRunRedis())('workers while Redis goes and comes', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  let queues: Queues;
  let workers: ReturnType<typeof startWorker>[];
  let lines: { readonly msg: string; readonly level: number; readonly err?: Error }[];
  let runs: Map<string, number>;
  let log: pino.Logger;
  let backend: QueueBackend;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.remove());

  /** Every stage at work, each handing its jobs on to the next. */
  function startAll() {
    return STAGES.map((name, at) =>
      startWorker(
        {
          name,
          payload: z.object({ entryId: z.string() }),
          concurrency: 4,
          attempts: 3,
          async perform(payload) {
            const { entryId } = payload as { entryId: string };
            await new Promise((resolve) => setTimeout(resolve, 5 + (hash(entryId) % 20)));
            const next = STAGES[at + 1];
            if (next !== undefined) {
              await queues.add([{ stage: next, key: `${next}-${entryId}`, payload: { entryId } }]);
            }
            runs.set(`${name}-${entryId}`, (runs.get(`${name}-${entryId}`) ?? 0) + 1);
            return { status: 'done' };
          },
          giveUp: async () => {},
        },
        backend,
        log,
      ),
    );
  }

  beforeEach(async () => {
    await server.cli('flushall');
    lines = [];
    runs = new Map();
    log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    redis = openRedis(redisSettings({ redisUrl: server.url }), log);
    backend = redisBackend(redis);
    queues = new Queues(
      STAGES.map((name) => ({ name, attempts: 3 })),
      backend,
    );
    workers = startAll();
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await queues.close();
    await redis.close();
  });

  it.each([
    ['is killed', 'kill', 500],
    ['is stopped in good order', 'stop', 500],
    ['stays away for longer than calls wait', 'kill', 4_000],
  ] as const)('loses and doubles nothing when it %s', { timeout: 300_000 }, async (_, how, awayMs) => {
    await queues.add(
      Array.from({ length: JOBS }, (_unused, at) => ({
        stage: 'fetch' as const,
        key: `fetch-e${at}`,
        payload: { entryId: `e${at}` },
      })),
    );
    await expect.poll(() => runs.size, WITHIN).toBeGreaterThan(JOBS / 2);
    await server[how]();
    const doneBefore = runs.size;
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    await server.start();

    await expect.poll(() => runs.size, WITHIN).toBe(STAGES.length * JOBS);
    expect(doneBefore).toBeLessThan(runs.size);
    await expect
      .poll(
        async () => (await queues.depths()).map(({ waiting, active, delayed }) => waiting + active + delayed),
        WITHIN,
      )
      .toEqual([0, 0, 0]);
    expect(await queues.quarantined()).toEqual([]);
    // What was in hand when Redis went may be done once more; what had ended stays ended. A machine that stalls may
    // lose the locks of what it has in hand a second time.
    const again = [...runs.values()].filter((times) => times > 1);
    expect(again.length).toBeLessThanOrEqual(2 * STAGES.length * 4);
    expect(Math.max(...runs.values())).toBeLessThanOrEqual(3);

    const told = outages();
    // A job whose end Redis recorded and could not confirm, or that was out too long, says so: once, if it was in hand.
    const aboutJobs = told.filter((text) =>
      /^queue: (?:Missing (?:lock|key)|Lock mismatch|could not renew lock)/.test(text),
    );
    expect(aboutJobs.length).toBeLessThanOrEqual(4 * STAGES.length * 4);
    expect(told.filter((text) => !aboutJobs.includes(text))).toEqual([
      'Redis is out of reach; work waits',
      'Redis is back',
    ]);
  });

  it.each([
    ['before', 300],
    ['while', -50],
  ])(
    'end in good time when Redis goes %s they close, and their jobs are done later',
    { timeout: 300_000 },
    async (_, pauseMs) => {
      await queues.add(
        Array.from({ length: 40 }, (_unused, at) => ({
          stage: 'fetch' as const,
          key: `fetch-c${at}`,
          payload: { entryId: `c${at}` },
        })),
      );
      await expect.poll(() => runs.size, WITHIN).toBeGreaterThan(10);
      const closing = new Promise<number>((resolve, reject) => {
        setTimeout(
          () => {
            const startedAt = performance.now();
            Promise.all(workers.map((worker) => worker.close())).then(
              () => resolve(performance.now() - startedAt),
              reject,
            );
          },
          Math.max(0, pauseMs),
        );
      });
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, -pauseMs)));
      await server.kill();
      expect(await closing).toBeLessThan(6_000);
      await server.start();
      await expect.poll(() => redis.calls.status, WITHIN).toBe('ready');
      workers = startAll();
      await expect.poll(() => runs.size, WITHIN).toBe(STAGES.length * 40);
      expect(await queues.quarantined()).toEqual([]);
    },
  );

  /** What the log says beside the ordinary line of each job. */
  function outages(): string[] {
    return lines
      .filter(({ msg, level }) => msg !== 'job' || level > 30)
      .map(({ msg, err }) => (err === undefined ? msg : `${msg}: ${err.message}`));
  }
});

function hash(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32BE();
}
