import { type FeedState, isFailing } from './feed-state.ts';
import type { Outlet } from './outlet.ts';
import { HOUR_MS } from './time.ts';

/** How much of the press was heard lately, and how old the newest of it is: what every alert must be read with. */
export interface DataFreshness {
  /** Outlets that are followed, and those of them that were heard in the last hour. */
  readonly outlets: number;
  readonly reached: number;
  /** First sight of the newest article; absent while there is none. */
  readonly newestArticleAt?: string;
}

/**
 * Counts the outlets that were reached in the hour before `now`.
 *
 * An outlet that is polled less often than that, since it publishes seldom or tells us by itself, counts while its last
 * poll worked and the next one is not due.
 */
export function freshnessOf(
  outlets: Iterable<Pick<Outlet, 'id' | 'feeds'>>,
  states: readonly FeedState[],
  newestArticleAt: string | undefined,
  now: Date,
): DataFreshness {
  const followed = [...outlets].filter(({ feeds }) => feeds.length > 0);
  const isHeard = (state: FeedState) => {
    if (state.succeededAt === undefined || isFailing(state)) return false;
    const isRecent = now.getTime() - Date.parse(state.succeededAt) <= HOUR_MS;
    return isRecent || (state.nextPollAt !== undefined && state.nextPollAt > now.toISOString());
  };
  const heard = new Set(states.filter(isHeard).map(({ feedId }) => feedId));
  return {
    outlets: followed.length,
    reached: followed.filter(({ feeds }) => feeds.some(({ id }) => heard.has(id))).length,
    ...(newestArticleAt === undefined ? {} : { newestArticleAt }),
  };
}
