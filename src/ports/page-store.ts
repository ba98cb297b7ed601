import type { FetchedPage } from '../domain/page.ts';

/**
 * Raw pages as fetched, kept for a configured time so that everything can be derived again.
 *
 * Implementations compress; callers hand in and get back plain bytes.
 */
export interface PageStore {
  /** Inserts or replaces by entry id. */
  save(entryId: string, page: FetchedPage): Promise<void>;
  /** Resolves to `undefined` when there is none, or when it has been dropped. */
  find(entryId: string): Promise<FetchedPage | undefined>;
  /** @returns how many pages were dropped */
  dropBefore(fetchedAt: string): Promise<number>;
}
