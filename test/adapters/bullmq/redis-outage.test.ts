import { createHash } from 'node:crypto';

import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { redisBackend } from '../../../src/adapters/bullmq/backend.ts';
import { Queues } from '../../../src/adapters/bullmq/queues.ts';
import { startWorker } from '../../../src/adapters/bullmq/start-worker.ts';
import { openRedis, type RedisConnection } from '../../../src/adapters/redis/connection.ts';
import { canRunRedis, type RedisServer, startRedis } from '../../support/redis-server.ts';
import { redisSettings } from '../../support/redis-settings.ts';

const JOBS = 300;
const WITHIN = { timeout: 60_000, interval: 50 };
const STAGES = ['fetch', 'extract', 'analyse'] as const;

/**
 * Redis goes in the middle of the work and comes back with what its append-only file holds.
 *
 * What an answered command wrote is in that file: Redis writes it out before it answers and only the disk may be a
 * second behind (`appendfsync everysec`). A killed server loses nothing of it, then; a machine that loses its power
 * loses up to a second or two of jobs, and of completions. The stages are made for both: a job that is done once more
 * changes nothing, and the `recover` task hands on whatever entry the store holds as pending and no queue knows of.
 */
describe.skipIf(!canRunRedis())('workers while Redis goes and comes', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  let queues: Queues;
  let workers: ReturnType<typeof startWorker>[];
  let lines: { readonly msg: string; readonly stage?: string; readonly level: number }[];
  let runs: Map<string, number>;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.remove());

  beforeEach(async () => {
    await server.cli('flushall');
    lines = [];
    runs = new Map();
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    redis = openRedis(redisSettings({ redisUrl: server.url }), log);
    const backend = redisBackend(redis);
    queues = new Queues(
      STAGES.map((name) => ({ name, attempts: 3 })),
      backend,
    );
    workers = STAGES.map((name, at) =>
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
  ] as const)('loses and doubles nothing when it %s', { timeout: 120_000 }, async (_, how, awayMs) => {
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
    // What was in hand when Redis went may be done once more; what had ended stays ended.
    const again = [...runs.values()].filter((times) => times > 1);
    expect(again.length).toBeLessThanOrEqual(STAGES.length * 4);
    expect(Math.max(...runs.values())).toBeLessThanOrEqual(2);

    const told = lines.filter(({ msg, level }) => msg !== 'job' || level > 30).map(({ msg }) => msg);
    expect(told).toEqual(['Redis is out of reach; work waits', 'Redis is back']);
  });
});

function hash(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32BE();
}
