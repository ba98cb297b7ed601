import type { FeedState } from '../domain/feed-state.ts';

/** What polling has taught us of each feed. */
export interface FeedStateStore {
  find(feedId: string): Promise<FeedState | undefined>;
  /** Inserts or replaces. */
  save(state: FeedState): Promise<void>;
  /**
   * Replaces a feed's state by `change(current)` with nobody else's write in between: polls, pushes and hubs come as
   * they like. `change` may be called more than once, and what it throws is thrown on with nothing written.
   */
  update(feedId: string, change: (current: FeedState | undefined) => FeedState): Promise<FeedState>;
  /** In the order of their ids. */
  all(): Promise<FeedState[]>;
}
