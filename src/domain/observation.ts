import type { Tier } from './outlet.ts';

/** How one try to deliver a notification ended; `retrying` says that it failed, `failed` that it was given up. */
export type DeliveryResult = 'delivered' | 'retrying' | 'failed';

/** What only the work itself knows and operators want measured. */
export type Observation =
  /** An article can be found; `lagMs` since it says it was published, absent where that is late or unknown. */
  | { readonly kind: 'searchable'; readonly tier: Tier; readonly lagMs?: number }
  | { readonly kind: 'delivered'; readonly channel: string; readonly result: DeliveryResult }
  /** Somebody waited, or was sent away, for the pace of a host. */
  | { readonly kind: 'host-wait'; readonly host: string; readonly waitMs: number };

/** How one run of a job ended, as operators count it; `waiting` ran into a pace or a store that is away. */
export type JobEnding = 'done' | 'skipped' | 'waiting' | 'retrying' | 'failed';
