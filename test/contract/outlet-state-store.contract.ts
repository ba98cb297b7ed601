import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { CoverageDay } from '../../src/domain/coverage.ts';
import type { OutletStateStore } from '../../src/ports/outlet-state-store.ts';
import { anOutletState } from '../support/factories.ts';

/** Every `OutletStateStore` must pass this suite unchanged. */
export function outletStateStoreContract(
  name: string,
  open: () => Promise<{ store: OutletStateStore; clear: () => Promise<unknown> }>,
): void {
  describe(`OutletStateStore contract: ${name}`, () => {
    let store: OutletStateStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    it('begins with the id alone and gives back all that was kept', async () => {
      expect(await store.find('bao-a')).toBeUndefined();
      const given: unknown[] = [];
      const state = anOutletState();
      expect(
        await store.update('bao-a', (current) => {
          given.push(current);
          return state;
        }),
      ).toEqual(state);
      expect(given[0]).toEqual({ outletId: 'bao-a' });
      expect(await store.find('bao-a')).toEqual(state);
    });

    it('writes nothing where nothing changes', async () => {
      expect(await store.update('bao-a', (current) => current)).toEqual({ outletId: 'bao-a' });
      expect(await store.find('bao-a')).toBeUndefined();
      await store.update('bao-a', () => anOutletState());
      await store.update('bao-a', (current) => current);
      expect(await store.find('bao-a')).toEqual(anOutletState());
    });

    it('loses none of the writes of many at once', async () => {
      const [day] = anOutletState().coverage as CoverageDay[];
      await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          store.update('bao-a', (current) => ({
            ...current,
            coverage: [...(current.coverage ?? []), { ...(day as CoverageDay), listed: at }],
          })),
        ),
      );
      const listed = (await store.find('bao-a'))?.coverage?.map((each) => each.listed) ?? [];
      expect(listed.sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at));
    });

    it('keeps what stood where a change fails', async () => {
      await store.update('bao-a', () => anOutletState());
      const failing = store.update('bao-a', () => {
        throw new Error('not today');
      });
      await expect(failing).rejects.toThrow('not today');
      expect(await store.find('bao-a')).toEqual(anOutletState());
    });

    it('gives all of them in the order of their ids', async () => {
      for (const id of ['b', 'B', 'a1', 'a-1'])
        await store.update(id, () => ({ ...anOutletState(), outletId: id }));
      expect((await store.all()).map(({ outletId }) => outletId)).toEqual(['B', 'a-1', 'a1', 'b']);
    });
  });
}
