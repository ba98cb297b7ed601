export const FEED_STATUSES = [
  'new',
  'ok',
  'empty',
  'not-modified',
  'invalid',
  'blocked',
  'unreachable',
] as const;
export type FeedStatus = (typeof FEED_STATUSES)[number];

/** What polling one feed has taught us so far. Times are ISO 8601, UTC. */
export interface FeedState {
  readonly feedId: string;
  readonly outletId: string;
  readonly status: FeedStatus;
  /** Why, for `invalid`, `blocked` and `unreachable`. */
  readonly reason?: string;
  readonly polledAt?: string;
  /** Last poll that read entries, or that answered 304 after one that had. */
  readonly succeededAt?: string;
  readonly nextPollAt?: string;
  readonly consecutiveFailures: number;
  /** Validators of the last 200 from this very URL, for conditional requests. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** First success after at least one failure; the backlog that follows is not news. */
  readonly recoveredAt?: string;
  readonly entriesLastPoll: number;
  readonly newLastPoll: number;
}

const FAILED: readonly FeedStatus[] = ['invalid', 'blocked', 'unreachable'];

/** True while the last poll of the feed gave nothing to read. */
export function isFailing({ status }: Pick<FeedState, 'status'>): boolean {
  return FAILED.includes(status);
}

/** How far polling reaches: feeds tried, feeds whose server answered in a usable way, and why the others did not. */
export function summarizeFeeds(states: readonly FeedState[]): {
  polled: number;
  reached: number;
  /** `unreachable: dns 40, blocked: http-403 2`, most frequent first. */
  reasons: string;
} {
  const tried = states.filter(({ status }) => status !== 'new');
  const counts = new Map<string, number>();
  for (const state of tried.filter(isFailing)) {
    const reason = `${state.status}: ${state.reason ?? 'unknown'}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return {
    polled: tried.length,
    reached: tried.filter((state) => !isFailing(state)).length,
    reasons: [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', '),
  };
}
