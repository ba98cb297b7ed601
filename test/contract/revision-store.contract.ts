import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { RevisionStore } from '../../src/ports/revision-store.ts';
import { aRevision } from '../support/factories.ts';

/** Every `RevisionStore` must pass this suite unchanged. */
export function revisionStoreContract(
  name: string,
  open: () => Promise<{ store: RevisionStore; clear: () => Promise<unknown> }>,
): void {
  describe(`RevisionStore contract: ${name}`, () => {
    let store: RevisionStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    const { entryId } = aRevision();
    const bytes = new Uint8Array([0, 255, 60, 104, 49, 62]);

    it('gives back every field and the same bytes', async () => {
      await store.save(aRevision(), bytes);
      expect(await store.of(entryId)).toEqual([aRevision()]);
      expect([...((await store.bytes(entryId, 2)) ?? [])]).toEqual([...bytes]);
    });

    it('takes a text of any length', async () => {
      const body = 'Bác sĩ làm việc thâu đêm.\n'.repeat(20_000);
      await store.save(aRevision({ body }));
      expect((await store.of(entryId))[0]?.body).toBe(body);
    });

    it('knows nothing of an article that never changed', async () => {
      expect(await store.of('nobody')).toEqual([]);
      expect(await store.bytes('nobody', 1)).toBeUndefined();
    });

    it('gives an article its own revisions, oldest first, with and without bytes', async () => {
      for (const number of [10, 2, 1])
        await store.save(aRevision({ number }), number === 2 ? bytes : undefined);
      await store.save(aRevision({ entryId: `${entryId}-x` }));
      expect((await store.of(entryId)).map(({ number }) => number)).toEqual([1, 2, 10]);
      expect(await store.bytes(entryId, 1)).toBeUndefined();
      expect(await store.bytes(entryId, 2)).toBeDefined();
    });

    it('keeps one of two saves with one number, the later', async () => {
      await store.save(aRevision(), bytes);
      await store.save(aRevision({ title: 'Lần nữa' }));
      expect((await store.of(entryId)).map(({ title }) => title)).toEqual(['Lần nữa']);
      expect(await store.bytes(entryId, 2)).toBeUndefined();
    });

    it('drops revisions with the month of their article, whenever they were fetched', async () => {
      const [january, february] = ['2026-01-31T16:59:00.000Z', '2026-02-01T00:00:00.000Z'];
      await store.save(
        aRevision({ entryId: 'jan', firstSeenAt: january, fetchedAt: '2026-02-05T00:00:00.000Z' }),
      );
      await store.save(aRevision({ entryId: 'feb', firstSeenAt: february }));
      expect(await store.dropBefore('2026-02-20T00:00:00.000Z')).toBe(1);
      expect(await store.of('jan')).toEqual([]);
      expect(await store.of('feb')).toHaveLength(1);
    });
  });
}
