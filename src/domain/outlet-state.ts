import type { CoverageDay } from './coverage.ts';
import type { OutletClock } from './outlet-clock.ts';
import type { SelectorWatch } from './selector-watch.ts';

/** What following an outlet has taught us of it. */
export interface OutletState {
  readonly outletId: string;
  /** How far its printed times are off. */
  readonly clock?: OutletClock;
  /** Per Vietnamese day, oldest first: what it published against what we found. */
  readonly coverage?: readonly CoverageDay[];
  /** Whether its selectors still find what they should. */
  readonly rot?: SelectorWatch;
}
