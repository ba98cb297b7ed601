import type { Revision } from '../domain/revision.ts';

/**
 * The versions of those articles that changed after publication, each with its page as fetched where that was still
 * there: kept as long as their articles, which is longer than raw pages are.
 *
 * Implementations compress; callers hand in and get back plain bytes. A write is visible to every later call, also of
 * other processes.
 */
export interface RevisionStore {
  /** Inserts or replaces by entry and number, with its bytes or without any. */
  save(revision: Revision, bytes?: Uint8Array): Promise<void>;
  /** Oldest first; empty for an article that never changed. */
  of(entryId: string): Promise<Revision[]>;
  /** The bytes of one version as fetched; `undefined` where there are none. */
  bytes(entryId: string, number: number): Promise<Uint8Array | undefined>;
  /** Drops the versions of articles first seen in those whole months (UTC) that had ended by `at`. @returns how many */
  dropBefore(at: string): Promise<number>;
}
