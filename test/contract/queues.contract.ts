import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { QueueBackend } from '../../src/adapters/bullmq/backend.ts';
import { Queues } from '../../src/adapters/bullmq/queues.ts';
import { type Runnable, startWorker } from '../../src/adapters/bullmq/start-worker.ts';
import { PermanentError, RetryLaterError } from '../../src/errors.ts';

const TIMEOUT = { timeout: 20_000 };

/** Fetch jobs as the queue sees them, with the work given by each test. */
class Bench {
  calls: string[] = [];
  givenUp: string[] = [];
  lines: Record<string, unknown>[] = [];
  endings: string[] = [];
  work: (entryId: string) => Promise<{ status: 'done' }> = async () => ({ status: 'done' });

  readonly stage: Runnable = {
    name: 'fetch',
    payload: z.object({ entryId: z.string() }),
    concurrency: 2,
    attempts: 2,
    perform: async (payload) => {
      const { entryId } = payload as { entryId: string };
      this.calls.push(entryId);
      return this.work(entryId);
    },
    giveUp: async (payload, reason) => {
      this.givenUp.push(`${(payload as { entryId: string }).entryId} ${reason}`);
    },
    ended: (ending, ms) => {
      this.endings.push(ms !== undefined && ms >= 0 ? ending : `${ending} of unknown length`);
    },
  };
  readonly log = pino({ level: 'info' }, { write: (line: string) => void this.lines.push(JSON.parse(line)) });

  statuses(): string[] {
    return this.lines.filter(({ msg }) => msg === 'job').map(({ jobId, status }) => `${jobId} ${status}`);
  }
}

interface OpenBackend {
  readonly backend: QueueBackend;
  close(): Promise<void>;
}

/** What queues and workers promise, whatever BullMQ keeps its jobs in. */
export function queuesContract(name: string, open: () => Promise<OpenBackend>): void {
  describe(`queues on ${name}`, () => {
    let opened: OpenBackend;
    let backend: QueueBackend;
    let queues: Queues;
    let bench: Bench;
    let worker: ReturnType<typeof startWorker>;
    const job = (entryId: string) => ({
      stage: 'fetch' as const,
      key: `fetch-${entryId}`,
      payload: { entryId },
    });

    beforeAll(async () => {
      opened = await open();
      backend = opened.backend;
      queues = new Queues([{ name: 'fetch', attempts: 2 }], backend);
      bench = new Bench();
      worker = startWorker(bench.stage, backend, bench.log);
    });
    afterAll(async () => {
      await worker.close();
      await queues.close();
      await opened.close();
    });

    it('makes one job of two with the same key', async () => {
      await queues.add([job('a'), job('a')]);
      await expect.poll(() => bench.statuses(), TIMEOUT).toEqual(['fetch-a done']);
      expect(bench.calls).toEqual(['a']);
    });

    it('holds a job back without spending an attempt when the server asks to wait', async () => {
      let waits = 3;
      bench.work = async () => {
        waits -= 1;
        if (waits >= 0) throw new RetryLaterError('429', 50);
        return { status: 'done' };
      };
      await queues.add([job('b')]);
      await expect
        .poll(() => bench.statuses().filter((line) => line.startsWith('fetch-b')), TIMEOUT)
        .toEqual(['fetch-b waiting', 'fetch-b waiting', 'fetch-b waiting', 'fetch-b done']);
      expect(bench.givenUp).toEqual([]);
    });

    it('parks at once what can never work, with its reason, and puts it back to work when told', async () => {
      bench.work = async () => {
        throw new PermanentError('http-404', 'gone');
      };
      await queues.add([job('c')]);
      await expect
        .poll(() => queues.quarantined(), TIMEOUT)
        .toMatchObject([
          { stage: 'fetch', key: 'fetch-c', payload: { entryId: 'c' }, reason: 'http-404: gone' },
        ]);
      expect(bench.givenUp).toEqual(['c http-404']);
      expect(await queues.held([job('c'), job('x')])).toEqual(new Set(['fetch-c']));

      bench.work = async () => ({ status: 'done' });
      expect(await queues.replay('fetch', 'fetch-c')).toEqual({ entryId: 'c' });
      await expect.poll(() => bench.statuses().at(-1), TIMEOUT).toBe('fetch-c done');
      expect(await queues.quarantined()).toEqual([]);
      expect(await queues.replay('fetch', 'fetch-c')).toBeUndefined();
    });

    it('tries again what may pass, and parks it after the last attempt', async () => {
      bench.work = async () => {
        throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
      };
      await queues.add([job('d')]);
      await expect.poll(() => bench.givenUp, TIMEOUT).toContain('d econnreset');
      expect(bench.statuses().filter((line) => line.startsWith('fetch-d'))).toEqual([
        'fetch-d retrying',
        'fetch-d failed',
      ]);
      expect(bench.endings.slice(-2)).toEqual(['retrying', 'failed']);
    });

    it('parks a payload that the stage cannot read', async () => {
      bench.calls = [];
      await queues.add([{ stage: 'fetch', key: 'fetch-bad', payload: { nonsense: 1 } }]);
      await expect
        .poll(async () => (await queues.quarantined()).map(({ key }) => key), TIMEOUT)
        .toContain('fetch-bad');
      expect(bench.calls).toEqual([]);
    });

    it('makes scheduled jobs again and again, and none once the schedule is dropped', async () => {
      bench.work = async () => ({ status: 'done' });
      bench.calls = [];
      await queues.schedule('poll-x', 200, { stage: 'fetch', payload: { entryId: 'scheduled' } });
      await expect.poll(() => bench.calls.length, TIMEOUT).toBeGreaterThan(2);
      await queues.dropSchedulesExcept(new Set());
      await new Promise((resolve) => setTimeout(resolve, 500));
      const after = bench.calls.length;
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(bench.calls.length).toBe(after);
    });

    it('tells how many jobs stand where, and since when the first in line waits', async () => {
      const idle = new Queues([{ name: 'notify', attempts: 1 }], backend);
      expect(await idle.readings()).toEqual([
        { stage: 'notify', waiting: 0, active: 0, delayed: 0, failed: 0, oldestWaitingMs: 0 },
      ]);
      const payload = { notificationId: 'n' };
      await idle.add([{ stage: 'notify', key: 'notify-n1', payload }]);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await idle.add([
        { stage: 'notify', key: 'notify-n2', payload },
        { stage: 'notify', key: 'notify-n3', payload, delayMs: 60_000 },
      ]);
      const [reading] = await idle.readings();
      expect(reading).toMatchObject({ stage: 'notify', waiting: 2, delayed: 1 });
      expect(reading?.oldestWaitingMs).toBeGreaterThanOrEqual(300);
      expect(reading?.oldestWaitingMs).toBeLessThan(20_000);
      // Nobody works here: what was to come in a minute waits as well once that is over.
      await idle.clear();
      await idle.add([
        { stage: 'notify', key: 'notify-n4', payload, delayMs: 60_000 },
        { stage: 'notify', key: 'notify-n5', payload, delayMs: 600_000 },
      ]);
      expect(await idle.readings()).toMatchObject([{ waiting: 0, delayed: 2, oldestWaitingMs: 0 }]);
      const [later] = await idle.readings(Date.now() + 90_000);
      expect(later?.oldestWaitingMs).toBeGreaterThanOrEqual(30_000);
      expect(later?.oldestWaitingMs).toBeLessThan(50_000);
      await idle.clear();
      await idle.close();
    });

    it('refuses a job for a stage that has no queue', async () => {
      await expect(queues.add([{ stage: 'notify', key: 'n', payload: {} }])).rejects.toThrow(
        'No queue is laid',
      );
    });

    it('keeps one schedule of each id, and its rhythm, when several processes set it at once', async () => {
      const one = new Queues([{ name: 'extract', attempts: 1 }], backend);
      const other = new Queues([{ name: 'extract', attempts: 1 }], backend);
      const schedule = (from: Queues) =>
        from.schedule('poll-y', 3_600_000, { stage: 'extract', payload: { entryId: 'y' } });
      const rhythm = async () =>
        (await one.all()[0]?.getJobSchedulers())?.map(({ key, every, next }) => ({ key, every, next }));
      await Promise.all([schedule(one), schedule(other), schedule(one), schedule(other)]);
      const first = await rhythm();
      expect(first).toMatchObject([{ key: 'poll-y', every: 3_600_000 }]);
      expect(await one.readings()).toMatchObject([{ waiting: 1, active: 0, delayed: 0 }]);
      await Promise.all([schedule(one), schedule(other)]);
      expect(await rhythm()).toEqual(first);
      expect(await one.readings()).toMatchObject([{ waiting: 1, active: 0, delayed: 0 }]);
      await one.dropSchedulesExcept(new Set());
      await Promise.all([one.close(), other.close()]);
    });

    it('knows which of a thousand jobs are held', async () => {
      const idle = new Queues([{ name: 'index', attempts: 1 }], backend);
      const jobs = Array.from({ length: 1_000 }, (_, at) => ({
        stage: 'index' as const,
        key: `index-${at}`,
        payload: { entryId: String(at) },
      }));
      await idle.add(jobs.filter((_, at) => at % 5 === 0));
      const held = await idle.held(jobs);
      expect(held.size).toBe(200);
      expect(held.has('index-995')).toBe(true);
      await idle.close();
    });

    it('counts the age of a job that was asked to wait from the end of that wait', async () => {
      const idle = new Queues([{ name: 'analyse', attempts: 1 }], backend);
      const waits: Runnable = {
        ...bench.stage,
        name: 'analyse',
        perform: async () => {
          throw new RetryLaterError('429', 60_000);
        },
      };
      await idle.add([{ stage: 'analyse', key: 'analyse-w', payload: { entryId: 'w' } }]);
      const waiter = startWorker(waits, backend, bench.log);
      await expect.poll(async () => (await idle.depths())[0]?.delayed, TIMEOUT).toBe(1);
      await waiter.close();
      await new Promise((resolve) => setTimeout(resolve, 200));
      await (await idle.all()[0]?.getJob('analyse-w'))?.promote();
      expect(await idle.readings()).toMatchObject([{ waiting: 1, oldestWaitingMs: 0 }]);
      const [reading] = await idle.readings(Date.now() + 60_000);
      expect(reading?.oldestWaitingMs).toBeGreaterThanOrEqual(200);
      expect(reading?.oldestWaitingMs).toBeLessThan(20_000);
      await idle.close();
    });
  });
}
