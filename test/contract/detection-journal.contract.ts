import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { DetectorSnapshot } from '../../src/domain/sighting.ts';
import type { DetectionJournal } from '../../src/ports/detection-journal.ts';
import { aJournalPage, aSighting } from '../support/factories.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 1, minute)).toISOString();
const page = (sequence: number) => aJournalPage({ sequence, at: at(sequence) });

/** Every `DetectionJournal` must pass this suite unchanged. */
export function detectionJournalContract(
  name: string,
  open: () => Promise<{ journal: DetectionJournal; clear: () => Promise<unknown> }>,
): void {
  describe(`DetectionJournal contract: ${name}`, () => {
    let journal: DetectionJournal;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ journal, clear } = await open());
    });
    beforeEach(() => clear());

    it('gives pages back whole and in order, after a number and up to a limit', async () => {
      expect(await journal.head()).toBe(0);
      const full = aJournalPage({
        sequence: 2,
        at: at(2),
        relearned: true,
        sightings: [aSighting({ names: { 'facility:x': 'Bệnh viện X' }, setAside: 'backlog' }), aSighting()],
      });
      for (const each of [page(1), full, page(3), page(10), page(11)]) {
        expect(await journal.append(each)).toBe(true);
      }
      expect(await journal.head()).toBe(11);
      expect(await journal.after(0, 100)).toEqual([page(1), full, page(3), page(10), page(11)]);
      expect(await journal.after(1, 2)).toEqual([full, page(3)]);
      expect(await journal.after(11, 2)).toEqual([]);
    });

    it('takes each number once, also from two at the same time', async () => {
      expect(await journal.append(page(1))).toBe(true);
      expect(await journal.append({ ...page(1), sightings: [] })).toBe(false);
      const both = await Promise.all([journal.append(page(2)), journal.append(page(2))]);
      expect(both.sort()).toEqual([false, true]);
      expect(await journal.after(0, 10)).toEqual([page(1), page(2)]);
    });

    it('keeps the newest snapshots, however long they are', async () => {
      expect(await journal.latestSnapshot()).toBeUndefined();
      const snapshot = (sequence: number): DetectorSnapshot => ({
        sequence,
        at: at(sequence),
        version: 'v1',
        state: JSON.stringify({ sequence, text: 'ă'.repeat(1_000_000) }),
      });
      for (const sequence of [1, 2, 3, 4, 5]) await journal.saveSnapshot(snapshot(sequence));
      expect(await journal.latestSnapshot()).toEqual(snapshot(5));
    });

    it('drops whole months that have ended', async () => {
      await journal.append({ ...page(1), at: '2026-01-31T23:59:59.000Z' });
      await journal.append({ ...page(2), at: '2026-02-01T00:00:00.000Z' });
      await journal.append({ ...page(3), at: '2026-03-01T00:00:00.000Z' });
      expect(await journal.dropBefore('2026-02-20T00:00:00.000Z')).toBe(1);
      expect((await journal.after(0, 10)).map(({ sequence }) => sequence)).toEqual([2, 3]);
    });
  });
}
