import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Correction, revoke, withVerdict } from '../../src/domain/correction.ts';
import type { CorrectionStore } from '../../src/ports/correction-store.ts';
import { aCorrection } from '../support/factories.ts';

/** Every `CorrectionStore` must pass this suite unchanged. */
export function correctionStoreContract(
  name: string,
  open: () => Promise<{ store: CorrectionStore; clear: () => Promise<unknown> }>,
): void {
  describe(`CorrectionStore contract: ${name}`, () => {
    let store: CorrectionStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    const ids = (corrections: readonly Correction[]) => corrections.map(({ id }) => id);

    it('gives back every field, of a full correction and of a bare one', async () => {
      const {
        storyId: _story,
        isSampled: _sampled,
        ...bare
      } = aCorrection({ id: 'c2', says: {}, verdicts: [] });
      expect(await store.add(aCorrection())).toBe(true);
      expect(await store.add(bare)).toBe(true);
      expect(await store.find('c1')).toEqual(aCorrection());
      expect(await store.find('c2')).toEqual(bare);
      expect(await store.find('c3')).toBeUndefined();
    });

    it('leaves a correction as it is when its id is added again', async () => {
      await store.add(aCorrection());
      expect(await store.add(aCorrection({ reason: 'Lần nữa' }))).toBe(false);
      expect(await store.find('c1')).toEqual(aCorrection());
    });

    it('takes a text of any length', async () => {
      const text = { title: 'T', summary: '', body: 'Bác sĩ làm việc thâu đêm.\n'.repeat(20_000) };
      await store.add(aCorrection({ text }));
      expect((await store.find('c1'))?.text).toEqual(text);
    });

    it('finds what concerns articles and, of scope copies, stories; oldest first, withdrawn ones too', async () => {
      await store.add(aCorrection({ id: 'late', at: '2026-03-02T05:00:00.000Z' }));
      await store.add(
        aCorrection({ id: 'early', at: '2026-03-02T01:00:00.000Z', revokedAt: '2026-03-02T02:00:00.000Z' }),
      );
      await store.add(aCorrection({ id: 'copies', articleId: 'a2', scope: 'copies', storyId: 's1' }));
      await store.add(aCorrection({ id: 'alone', articleId: 'a3', scope: 'article', storyId: 's1' }));
      await store.add(aCorrection({ id: 'elsewhere', articleId: 'a4', scope: 'copies', storyId: 's9' }));
      expect(ids(await store.concerning({ articleIds: ['a1'] }))).toEqual(['early', 'late']);
      expect(ids(await store.concerning({ articleIds: ['a1'], storyIds: ['s1'] }))).toEqual([
        'early',
        'copies',
        'late',
      ]);
      expect(ids(await store.concerning({ storyIds: ['s9', 's8'] }))).toEqual(['elsewhere']);
      expect(await store.concerning({})).toEqual([]);
      expect(await store.concerning({ articleIds: ['nobody'], storyIds: ['none'] })).toEqual([]);
    });

    it('finds a correction under the story that it was made in and under the one that it moves copies to', async () => {
      await store.add(aCorrection({ scope: 'copies', storyId: 's1', says: { storyId: 's2' } }));
      const { storyId: _none, ...first } = aCorrection({
        id: 'c2',
        scope: 'copies',
        says: { polarity: 'neutral' },
      });
      await store.add(first);
      expect(ids(await store.concerning({ storyIds: ['s1'] }))).toEqual(['c1']);
      expect(ids(await store.concerning({ storyIds: ['s2'] }))).toEqual(['c1']);
    });

    it('lists the newest first, page by page, and counts', async () => {
      for (let hour = 1; hour <= 5; hour++) {
        await store.add(aCorrection({ id: `c${hour}`, at: `2026-03-02T0${hour}:00:00.000Z` }));
      }
      expect(ids(await store.list({ offset: 0, limit: 2 }))).toEqual(['c5', 'c4']);
      expect(ids(await store.list({ offset: 4, limit: 2 }))).toEqual(['c1']);
      expect(await store.count()).toBe(5);
    });

    it('goes through all of them once', async () => {
      const all = Array.from({ length: 450 }, (_, at) => `c${String(at).padStart(4, '0')}`);
      await Promise.all(all.map((id) => store.add(aCorrection({ id }))));
      const seen: string[] = [];
      for await (const batch of store.scan()) seen.push(...ids(batch));
      expect(seen).toEqual(all);
    });

    it('loses no change of many at once', async () => {
      await store.add(aCorrection({ verdicts: [] }));
      const versions = Array.from({ length: 12 }, (_, at) => `v${at}`);
      const verdict = { isHealth: true, polarity: 'negative', topics: [], mentions: [] } as const;
      await Promise.all([
        ...versions.map((languageVersion) =>
          store.update('c1', (current) => withVerdict(current, { ...verdict, languageVersion })),
        ),
        store.update('c1', (current) => revoke(current, 'Minh', '2026-03-03T00:00:00.000Z')),
      ]);
      const found = await store.find('c1');
      expect(found?.verdicts.map(({ languageVersion }) => languageVersion).sort()).toEqual(
        [...versions].sort(),
      );
      expect(found?.revokedBy).toBe('Minh');
      expect(await store.update('nobody', (current) => current)).toBeUndefined();
    });
  });
}
