import type { DetectorSnapshot, JournalPage } from '../domain/sighting.ts';

/**
 * What the detector was told, in order, and its memory from time to time.
 *
 * A page is written whole or not at all, and each number once: who finds a number taken has been overtaken by another
 * process and must read on before writing.
 */
export interface DetectionJournal {
  /** @returns false where a page of this number exists already; nothing is written then */
  append(page: JournalPage): Promise<boolean>;
  /** Pages with a greater number, in order, at most `limit`. */
  after(sequence: number, limit: number): Promise<JournalPage[]>;
  /** Number of the newest page; 0 while there is none. */
  head(): Promise<number>;
  /** Keeps the newest few. */
  saveSnapshot(snapshot: DetectorSnapshot): Promise<void>;
  latestSnapshot(): Promise<DetectorSnapshot | undefined>;
  /** Drops the pages of those whole months (UTC) that had ended by `at`. @returns how many */
  dropBefore(at: string): Promise<number>;
}
