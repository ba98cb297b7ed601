import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FetchError } from '../../src/adapters/http/fetch-error.ts';
import type { HostPace } from '../../src/adapters/http/host-pace.ts';
import { RetryLaterError } from '../../src/errors.ts';

const signal = new AbortController().signal;

interface OpenPace {
  /** A pace that knows of no host yet, on the clock given. */
  create(now: () => number): Promise<HostPace>;
  close(): Promise<void>;
}

/** What a host pace promises, wherever it is kept. */
export function hostPaceContract(name: string, open: () => Promise<OpenPace>): void {
  let opened: OpenPace;
  let now: number;
  let pace: HostPace;

  /** Takes a slot and is done at once; says how long to stay away where there is none. */
  async function visit(host: string, paceMs: number, isPoll = false): Promise<number> {
    try {
      await (await pace.take(host, paceMs, signal, isPoll))();
      return 0;
    } catch (error) {
      if (error instanceof RetryLaterError) return error.delayMs;
      throw error;
    }
  }

  /** Refuses once; says for how long. */
  async function refusal(): Promise<number> {
    return ((await pace.refused('a.vn', 'http-429', undefined)) as RetryLaterError).delayMs;
  }

  describe(`host pace on ${name}`, () => {
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    beforeEach(async () => {
      now = 1_000_000;
      pace = await opened.create(() => now);
    });

    it('lets the first one in and sends the second away until the pace allows', async () => {
      expect(await visit('a.vn', 3_000)).toBe(0);
      expect(await visit('a.vn', 3_000)).toBe(3_000);
      now += 3_000;
      expect(await visit('a.vn', 3_000)).toBe(0);
    });

    it('keeps hosts apart', async () => {
      expect(await visit('a.vn', 3_000)).toBe(0);
      expect(await visit('b.vn', 3_000)).toBe(0);
    });

    it('waits on the spot for a slot that is near', async () => {
      expect(await visit('a.vn', 150)).toBe(0);
      const startedAt = performance.now();
      expect(await visit('a.vn', 150)).toBe(0);
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(140);
    });

    it('gives those it sends away different times to come back', async () => {
      await visit('a.vn', 5_000);
      const delays = [];
      for (let job = 0; job < 4; job += 1) delays.push(await visit('a.vn', 5_000));
      expect(delays).toEqual([5_000, 10_000, 15_000, 20_000]);
    });

    it('sends nobody away for as long as a minute by pace alone', async () => {
      await visit('a.vn', 5_000);
      const delays = [];
      for (let job = 0; job < 500; job += 1) delays.push(await visit('a.vn', 5_000));
      expect(Math.max(...delays)).toBe(55_000);
    });

    it('serves everybody in the end who comes back when told', async () => {
      const due = Array.from({ length: 60 }, () => now);
      let served = 0;
      let visits = 0;
      const startedAt = now;
      while (due.length > 0) {
        due.sort((a, b) => a - b);
        now = Math.max(now, due.shift() ?? now);
        visits += 1;
        const delayMs = await visit('a.vn', 3_000);
        if (delayMs === 0) served += 1;
        else due.push(now + delayMs);
      }
      expect(served).toBe(60);
      expect(now - startedAt).toBe(59 * 3_000);
      // Nobody waits for as long as the whole line takes, so most come more than once, but not at once.
      expect(visits).toBeLessThanOrEqual(400);
    });

    it('promises a poll the next slot however many pages stand in line, and lets none of them in before it', async () => {
      await visit('a.vn', 5_000);
      for (let page = 0; page < 8; page += 1) await visit('a.vn', 5_000);
      expect(await visit('a.vn', 5_000, true)).toBe(5_000);
      expect(await visit('a.vn', 5_000, true)).toBe(10_000);
      now += 5_000;
      // The first slot is the first poll's; a page keeps out of the way of both.
      expect(await visit('a.vn', 5_000)).toBeGreaterThanOrEqual(10_000);
      expect(await visit('a.vn', 5_000, true)).toBe(0);
      now += 5_000;
      expect(await visit('a.vn', 5_000, true)).toBe(0);
      now += 5_000;
      expect(await visit('a.vn', 5_000)).toBe(0);
    });

    it('lets a page in now and then however many polls there are', async () => {
      await visit('a.vn', 1_000);
      let pages = 0;
      const isIn: boolean[] = [];
      for (let second = 0; second < 40; second += 1) {
        // Two polls come while the host has one slot, so that the line of polls never ends.
        now += 1_000;
        await visit('a.vn', 4_000, true);
        await visit('a.vn', 4_000, true);
        isIn.push((await visit('a.vn', 4_000)) === 0);
        if (isIn.at(-1)) pages += 1;
        now += 3_000;
        if ((await visit('a.vn', 4_000)) === 0) pages += 1;
      }
      expect(pages).toBeGreaterThanOrEqual(5);
    });

    it('lets pages in again where a poll that was promised a slot never came', async () => {
      await visit('a.vn', 5_000);
      await visit('a.vn', 5_000, true);
      now += 10_000;
      expect(await visit('a.vn', 5_000)).toBe(0);
    });

    it('has one request under way while there is a pace, and sends the others away', async () => {
      const release = await pace.take('a.vn', 3_000, signal);
      now += 60_000;
      const first = visit('a.vn', 3_000);
      expect(await visit('a.vn', 3_000)).toBe(3_000);
      expect(await visit('a.vn', 3_000)).toBe(6_000);
      // The first to come waited on the spot, a short while.
      expect(await first).toBe(9_000);
      await release();
      expect(await visit('a.vn', 3_000)).toBe(0);
    });

    it('lets the one that waits in as soon as the request under way has ended', async () => {
      const release = await pace.take('a.vn', 50, signal);
      now += 60_000;
      const waiting = visit('a.vn', 50);
      setTimeout(() => void release(), 100);
      const startedAt = performance.now();
      expect(await waiting).toBe(0);
      expect(performance.now() - startedAt).toBeLessThan(20_000);
    });

    it('lets one that waits for an end go when its signal fires', async () => {
      await pace.take('a.vn', 50, signal);
      const abort = new AbortController();
      const waiting = pace.take('a.vn', 50, abort.signal);
      abort.abort(new Error('over'));
      await expect(waiting).rejects.toThrow('over');
    });

    it('has any number under way without a pace', async () => {
      await pace.take('a.vn', 0, signal);
      expect(await visit('a.vn', 0)).toBe(0);
    });

    it('counts a release once', async () => {
      const release = await pace.take('a.vn', 0, signal);
      await pace.take('a.vn', 0, signal);
      await release();
      await release();
      expect(await visit('a.vn', 2_500)).toBe(2_500);
    });

    it('gives a waiting place back when the signal fires', async () => {
      const abort = new AbortController();
      await visit('a.vn', 1_500);
      const waiting = pace.take('a.vn', 1_500, abort.signal);
      abort.abort(new Error('over'));
      await expect(waiting).rejects.toThrow('over');
      now += 10_000;
      expect(await visit('a.vn', 1_500)).toBe(0);
    });

    it('keeps a penalty when many other hosts come by', async () => {
      await pace.refused('a.vn', 'http-429', 900_000);
      for (let host = 0; host < 2_500; host += 1) await visit(`host-${host}.vn`, 0);
      expect(await visit('a.vn', 0)).toBe(900_000);
    });

    it('forgets refusals after one good answer', async () => {
      expect([await refusal(), await refusal()]).toEqual([60_000, 120_000]);
      await pace.answered('a.vn');
      expect(await refusal()).toBe(60_000);
    });

    it('never asks for more than an hour of its own accord', async () => {
      const delays = [];
      for (let refused = 0; refused < 20; refused += 1) delays.push(await refusal());
      expect(Math.max(...delays)).toBe(3_600_000);
    });

    it('takes a host for failing that has asked for patience for more than a day', async () => {
      await refusal();
      now += 25 * 3_600_000;
      expect(await pace.refused('a.vn', 'http-429', undefined)).toBeInstanceOf(FetchError);
    });

    it('lets nobody start while a host is held', async () => {
      await pace.hold('a.vn', 30_000);
      expect(await visit('a.vn', 1_000)).toBe(30_000);
    });
  });
}
