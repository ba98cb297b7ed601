import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { settle } from '../../src/domain/entry.ts';
import type { EntryStore } from '../../src/ports/entry-store.ts';
import { anEntry } from '../support/factories.ts';

/** Every `EntryStore` must pass this suite unchanged: it is the executable half of the port's docstring. */
export function entryStoreContract(
  name: string,
  open: () => Promise<{ store: EntryStore; clear: () => Promise<unknown> }>,
): void {
  describe(`EntryStore contract: ${name}`, () => {
    let store: EntryStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    const first = anEntry({ url: 'https://bao.example/1' });
    const second = anEntry({ url: 'https://bao.example/2', firstSeenAt: '2026-03-02T03:10:00.000Z' });
    const at = '2026-03-02T04:00:00.000Z';

    it('adds what is new, once, and leaves what is known as it is', async () => {
      expect(await store.add([first, second, first])).toEqual([first, second]);
      await store.update(first.id, (entry) => ({ ...entry, title: 'đã đổi' }));
      expect(await store.add([first])).toEqual([]);
      expect((await store.find(first.id))?.title).toBe('đã đổi');
      expect(await store.find('no-such-entry')).toBeUndefined();
    });

    it('keeps found equal to the sum of the outcomes through every transition', async () => {
      await store.add([first, second]);
      await store.update(first.id, (entry) => settle(entry, { outcome: 'indexed', stage: 'index', at }));
      await store.update(second.id, (entry) =>
        settle(entry, { outcome: 'failed', stage: 'fetch', at, reason: 'http-404' }),
      );
      expect(await store.foundCount()).toBe(2);
      expect(await store.ledger()).toEqual([
        { outletId: 'bao-a', hour: '2026-03-02T01:00:00.000Z', stage: 'index', outcome: 'indexed', count: 1 },
        {
          outletId: 'bao-a',
          hour: '2026-03-02T03:00:00.000Z',
          stage: 'fetch',
          outcome: 'failed',
          reason: 'http-404',
          count: 1,
        },
      ]);
      expect(await store.foundCount({ from: '2026-03-02T02:00:00.000Z' })).toBe(1);
      expect(await store.ledger({ outletId: 'bao-b' })).toEqual([]);
    });

    it('counts a reason by what stands before its colon', async () => {
      await store.add([first, second]);
      for (const { id } of [first, second]) {
        await store.update(id, (entry) =>
          settle(entry, { outcome: 'duplicate', stage: 'extract', at, reason: `canonical:${id}` }),
        );
      }
      expect((await store.ledger()).map(({ reason, count }) => [reason, count])).toEqual([
        ['canonical', 1],
        ['canonical', 1],
      ]);
    });

    it('lets no update get lost among concurrent ones', async () => {
      await store.add([first]);
      await Promise.all(
        Array.from({ length: 10 }, () =>
          store.update(first.id, (entry) => ({ ...entry, summary: `${entry.summary}+` })),
        ),
      );
      expect((await store.find(first.id))?.summary).toBe(`${first.summary}++++++++++`);
    });

    it('writes nothing when the change throws', async () => {
      await store.add([first]);
      const change = () => {
        throw new Error('no');
      };
      await expect(store.update(first.id, change)).rejects.toThrow('no');
      expect(await store.find(first.id)).toEqual(first);
      expect(await store.update('no-such-entry', (entry) => entry)).toBeUndefined();
    });

    it('pages through what is pending in id order', async () => {
      await store.add([first, second]);
      const ids = [first.id, second.id].sort();
      const [page] = await store.pending({ limit: 1 });
      expect(page?.id).toBe(ids[0]);
      expect((await store.pending({ limit: 5, afterId: ids[0] ?? '' })).map(({ id }) => id)).toEqual([
        ids[1],
      ]);
    });

    it('counts jobs per stage, outlet, hour and outcome', async () => {
      const job = { stage: 'fetch', outletId: 'bao-a', outcome: 'done' } as const;
      await store.countJob({ ...job, at: '2026-03-02T01:10:00.000Z' });
      await store.countJob({ ...job, at: '2026-03-02T01:50:00.000Z' });
      expect(await store.jobCounts()).toEqual([{ ...job, hour: '2026-03-02T01:00:00.000Z', count: 2 }]);
    });

    it('counts what was found by outlet and Vietnamese day or hour', async () => {
      const at = (url: string, outletId: string, firstSeenAt: string) =>
        anEntry({ url: `https://bao.example/${url}`, outletId, firstSeenAt });
      await store.add([
        at('1', 'bao-a', '2026-03-02T16:59:00.000Z'),
        at('2', 'bao-a', '2026-03-02T17:01:00.000Z'),
        at('3', 'bao-a', '2026-03-03T01:01:00.000Z'),
        at('4', 'bao-b', '2026-03-02T17:30:00.000Z'),
        at('5', 'bao-b', '2026-03-09T17:30:00.000Z'),
      ]);
      const to = '2026-03-05T00:00:00.000Z';
      expect(await store.foundPer('day', { to })).toEqual([
        { outletId: 'bao-a', bucket: '2026-03-02', count: 1 },
        { outletId: 'bao-a', bucket: '2026-03-03', count: 2 },
        { outletId: 'bao-b', bucket: '2026-03-03', count: 1 },
      ]);
      expect(await store.foundPer('hour', { outletId: 'bao-a' })).toEqual([
        { outletId: 'bao-a', bucket: '2026-03-02T23', count: 1 },
        { outletId: 'bao-a', bucket: '2026-03-03T00', count: 1 },
        { outletId: 'bao-a', bucket: '2026-03-03T08', count: 1 },
      ]);
    });

    it('drops whole months that have ended, with their counts', async () => {
      const old = anEntry({ url: 'https://bao.example/old', firstSeenAt: '2026-02-27T01:00:00.000Z' });
      await store.add([old, first]);
      await store.countJob({ stage: 'fetch', outletId: 'bao-a', outcome: 'done', at: old.firstSeenAt });
      expect(await store.dropBefore('2026-03-20T00:00:00.000Z')).toBe(1);
      expect(await store.find(old.id)).toBeUndefined();
      expect(await store.foundCount()).toBe(1);
      expect((await store.ledger()).map(({ count }) => count)).toEqual([1]);
      expect(await store.jobCounts()).toEqual([]);
      expect(await store.add([old])).toEqual([old]);
    });

    it('keeps text that PostgreSQL and JSON find awkward', async () => {
      const awkward = anEntry({
        url: 'https://bao.example/3',
        title: `'"\\ $1 \u2028 😷 Nguyễn`,
        summary: '',
      });
      await store.add([awkward]);
      expect(await store.find(awkward.id)).toEqual(awkward);
    });
  });
}
