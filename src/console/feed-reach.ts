import type { FeedState, FeedStatus } from '../domain/feed-state.ts';

/** Whether the press can be heard at all. */
export interface Reach {
  readonly state: 'no-feeds' | 'not-yet' | 'none' | 'some' | 'all';
  /** Feeds configured, feeds polled at least once, feeds whose last poll worked. */
  readonly configured: number;
  readonly tried: number;
  readonly working: number;
}

const WORKING: ReadonlySet<FeedStatus> = new Set(['ok', 'empty', 'not-modified']);

export function isWorking(status: FeedStatus): boolean {
  return WORKING.has(status);
}

/** Sums the feeds' states up; states of feeds that are no longer configured do not count. */
export function reachOf(feedIds: ReadonlySet<string>, states: readonly FeedState[]): Reach {
  const tried = states.filter(({ feedId, status }) => feedIds.has(feedId) && status !== 'new');
  const working = tried.filter(({ status }) => isWorking(status)).length;
  const counts = { configured: feedIds.size, tried: tried.length, working };
  if (feedIds.size === 0) return { state: 'no-feeds', ...counts };
  if (tried.length === 0) return { state: 'not-yet', ...counts };
  if (working === 0) return { state: 'none', ...counts };
  return { state: working === tried.length ? 'all' : 'some', ...counts };
}
