import type { FeedState } from '../domain/feed-state.ts';

/** What polling has taught us of each feed. */
export interface FeedStateStore {
  find(feedId: string): Promise<FeedState | undefined>;
  save(state: FeedState): Promise<void>;
  all(): Promise<FeedState[]>;
}
