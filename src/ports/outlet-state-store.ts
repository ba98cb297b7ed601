import type { OutletState } from '../domain/outlet-state.ts';

/** What following each outlet has taught us. A write is visible to every later call on the same store. */
export interface OutletStateStore {
  /** Resolves to `undefined` when nothing is known of the outlet; never throws for a miss. */
  find(outletId: string): Promise<OutletState | undefined>;
  /**
   * Replaces what is known by `change(current)` with nobody else's write in between, beginning with what knows only
   * the outlet's id; `change` may run more than once. A change that gives back the very object it was given writes
   * nothing.
   *
   * @returns the state as it now stands
   */
  update(outletId: string, change: (current: OutletState) => OutletState): Promise<OutletState>;
  /** In the order of the outlets' ids, compared byte by byte. */
  all(): Promise<OutletState[]>;
}
