import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { NO_WATCH } from '../../src/domain/pipeline-watch.ts';
import type { PipelineWatchStore } from '../../src/ports/pipeline-watch-store.ts';
import { aPipelineWatch } from '../support/factories.ts';

/** Every `PipelineWatchStore` must pass this suite unchanged. */
export function pipelineWatchStoreContract(
  name: string,
  open: () => Promise<{ store: PipelineWatchStore; clear: () => Promise<unknown> }>,
): void {
  describe(`PipelineWatchStore contract: ${name}`, () => {
    let store: PipelineWatchStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    it('begins with nothing and gives back all that was kept', async () => {
      expect(await store.find()).toEqual(NO_WATCH);
      const watch = aPipelineWatch();
      expect(await store.update(() => watch)).toEqual(watch);
      expect(await store.find()).toEqual(watch);
    });

    it('writes nothing for a change that changes nothing', async () => {
      expect(await store.update((current) => current)).toEqual(NO_WATCH);
      await store.update(() => aPipelineWatch());
      expect(await store.update((current) => current)).toEqual(aPipelineWatch());
    });

    it('lets writers at once come one after the other', async () => {
      await store.update(() => aPipelineWatch({ faults: [] }));
      const [fault] = aPipelineWatch().faults;
      if (fault === undefined) throw new Error('The factory gives one');
      const add = (key: string) =>
        store.update((current) => ({ ...current, faults: [...current.faults, { ...fault, key }] }));
      await Promise.all(['a', 'b', 'c', 'd', 'e'].map(add));
      expect((await store.find()).faults.map(({ key }) => key).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    });
  });
}
