import type { Correction } from '../domain/correction.ts';

/**
 * People's corrections. They are kept for good: an article made anew from its entry gets them again, and they outlive
 * it as tests of the program.
 *
 * A write is visible to every later call, also of other processes.
 */
export interface CorrectionStore {
  /** Inserts the correction unless its id is known. @returns whether it was inserted */
  add(correction: Correction): Promise<boolean>;
  /** Resolves to `undefined` when the id is unknown; never throws for a miss. */
  find(id: string): Promise<Correction | undefined>;
  /**
   * Replaces the correction by `change(current)` with nobody else's write in between; `change` may run more than once.
   *
   * @returns the correction as it now stands, `undefined` when the id is unknown
   */
  update(id: string, change: (current: Correction) => Correction): Promise<Correction | undefined>;
  /**
   * All corrections of these articles, and those of scope `copies` that were made in these stories or put an article
   * into them; withdrawn ones too; oldest first.
   */
  concerning(of: {
    readonly articleIds?: readonly string[];
    readonly storyIds?: readonly string[];
  }): Promise<Correction[]>;
  /** Newest first, withdrawn ones included. */
  list(page: { readonly offset: number; readonly limit: number }): Promise<Correction[]>;
  count(): Promise<number>;
  /** All there are, in batches, in the order of their ids. Those added meanwhile may or may not be among them. */
  scan(): AsyncIterable<Correction[]>;
}
