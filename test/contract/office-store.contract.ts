import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { OfficeStore } from '../../src/ports/office-store.ts';
import { aStatement } from '../support/factories.ts';

const at = (minute: number) => `2026-03-02T05:${String(minute).padStart(2, '0')}:00.000Z`;

/** Every `OfficeStore` must pass this suite unchanged. */
export function officeStoreContract(
  name: string,
  open: () => Promise<{ store: OfficeStore; clear: () => Promise<unknown> }>,
): void {
  describe(`OfficeStore contract: ${name}`, () => {
    let store: OfficeStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    const fill = (...minutes: number[]) =>
      Promise.all(
        minutes.map((minute) => store.insert('statement', aStatement({ id: `s${minute}`, at: at(minute) }))),
      );
    const idsOf = async (query: Parameters<OfficeStore['list']>[1]) =>
      (await store.list('statement', query)).map(({ id }) => id);

    it('gives back what was inserted, and inserts an id once', async () => {
      const statement = aStatement({ id: 'Số 1/2026: “lời”' });
      expect(await store.insert('statement', statement)).toBe(true);
      expect(await store.insert('statement', { ...statement, title: 'Khác' })).toBe(false);
      expect(await store.find('statement', statement.id)).toEqual(statement);
      expect(await store.find('statement', 'nobody')).toBeUndefined();
    });

    it('replaces with nobody in between', async () => {
      await store.insert('statement', aStatement({ id: 's', text: '' }));
      await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((letter) =>
          store.update('statement', 's', (current) => ({ ...current, text: current.text + letter })),
        ),
      );
      const text = (await store.find('statement', 's'))?.text ?? '';
      expect([...text].sort().join('')).toBe('abcde');
    });

    it('writes nothing for a change that throws, changes nothing or is of nothing', async () => {
      await store.insert('statement', aStatement({ id: 's' }));
      const refuse = () => {
        throw new Error('no');
      };
      await expect(store.update('statement', 's', refuse)).rejects.toThrow('no');
      expect(await store.update('statement', 's', (current) => current)).toEqual(aStatement({ id: 's' }));
      expect(await store.update('statement', 'nobody', (current) => current)).toBeUndefined();
      expect(await store.find('statement', 's')).toEqual(aStatement({ id: 's' }));
    });

    it('lists by time, latest first, and by id where times are the same', async () => {
      await fill(1, 3, 2);
      await store.insert('statement', aStatement({ id: 'a', at: at(2) }));
      expect(await idsOf({ limit: 10 })).toEqual(['s3', 'a', 's2', 's1']);
      expect(await idsOf({ limit: 2 })).toEqual(['s3', 'a']);
      expect(await idsOf({ after: { at: at(2), id: 'a' }, limit: 10 })).toEqual(['s2', 's1']);
      expect(await idsOf({ from: at(2), to: at(3), limit: 10 })).toEqual(['a', 's2']);
    });

    it('follows a change of time and of owner', async () => {
      await fill(1, 2);
      await store.update('statement', 's1', (current) => ({ ...current, at: at(9), owner: 'lan' }));
      expect(await idsOf({ limit: 10 })).toEqual(['s1', 's2']);
      expect(await idsOf({ owner: 'lan', limit: 10 })).toEqual(['s1']);
      expect(await idsOf({ owner: 'minh', limit: 10 })).toEqual([]);
    });

    it('removes one, and what is older than a time', async () => {
      await fill(1, 2, 3);
      expect(await store.remove('statement', 's2')).toBe(true);
      expect(await store.remove('statement', 's2')).toBe(false);
      expect(await idsOf({ limit: 10 })).toEqual(['s3', 's1']);
      expect(await store.dropBefore('statement', at(3))).toBe(1);
      expect(await idsOf({ limit: 10 })).toEqual(['s3']);
    });
  });
}
