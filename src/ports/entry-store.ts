import type { Entry, QueueName } from '../domain/entry.ts';
import type { FoundBucket, LedgerRow } from '../domain/ledger.ts';

export interface LedgerQuery {
  readonly outletId?: string;
  /** Inclusive lower and exclusive upper bound on the hour of first sight. */
  readonly from?: string;
  readonly to?: string;
}

/**
 * Every URL that was ever found, with what became of it: the stages' working copies and the ledger in one.
 *
 * A write is visible to every later call on the same store. Nothing is deleted here except by `dropBefore`.
 */
export interface EntryStore {
  /**
   * Inserts the entries whose id is unknown and leaves the others as they are.
   *
   * What was inserted is added to the found counter in the same request, so that the ledger can be checked against a
   * count that does not come from the rows themselves.
   *
   * @returns the entries that were new, in the order given
   */
  add(entries: readonly Entry[]): Promise<Entry[]>;

  /** Resolves to `undefined` when the id is unknown; never throws for a miss. */
  find(id: string): Promise<Entry | undefined>;

  /**
   * Replaces the entry by `change(current)` with nobody else's write in between; `change` may run more than once.
   *
   * @returns the entry as it now stands, `undefined` when the id is unknown
   */
  update(id: string, change: (current: Entry) => Entry): Promise<Entry | undefined>;

  /** Pending entries in id order, at most `limit`, beginning after `afterId`. */
  pending(page: { limit: number; afterId?: string }): Promise<Entry[]>;

  /**
   * Drops what was first seen in those whole months (UTC) that had ended by `at`, with its counts, whatever became of
   * it. @returns how many entries were dropped
   */
  dropBefore(at: string): Promise<number>;

  /** The ledger's rows; groups with no entry are absent. */
  ledger(query?: LedgerQuery): Promise<LedgerRow[]>;

  /** The found counter that `add` keeps, summed over the query. */
  foundCount(query?: LedgerQuery): Promise<number>;

  /** The same counter by outlet and day or hour of Vietnamese time, oldest first; what is zero is absent. */
  foundPer(interval: 'hour' | 'day', query?: LedgerQuery): Promise<FoundBucket[]>;

  /** Jobs ended per stage, outlet and hour: what the stages did, beside what became of the entries. */
  countJob(job: { stage: QueueName; outletId: string; outcome: string; at: string }): Promise<void>;
  jobCounts(
    query?: LedgerQuery,
  ): Promise<{ stage: QueueName; outletId: string; hour: string; outcome: string; count: number }[]>;
}
