import type { PollReason, Rhythm } from './poll-schedule.ts';
import type { HubOffer, Subscription } from './subscription.ts';

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
  /** When it is polled again, how long after the last poll that is, and what decided so. */
  readonly nextPollAt?: string;
  readonly intervalMs?: number;
  readonly intervalReason?: PollReason;
  readonly consecutiveFailures: number;
  /** First of the failures since the last poll that worked. */
  readonly failingSince?: string;
  /** Validators of the last 200 from this very URL, for conditional requests. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** First success after at least one failure; the backlog that follows is not news. */
  readonly recoveredAt?: string;
  readonly entriesLastPoll: number;
  readonly newLastPoll: number;
  readonly rhythm?: Rhythm;
  /** Last poll or push with an entry that was new. */
  readonly newsAt?: string;
  /** Polls that knew none of what they read though the feed had been read before, and the last of them. */
  readonly gaps?: number;
  readonly gapAt?: string;
  /** The interval that the feed itself asks for. */
  readonly asksMs?: number;
  /** The WebSub hub that it names, and itself as the hub knows it. */
  readonly hub?: HubOffer;
  readonly subscription?: Subscription;
}

const FAILED: readonly FeedStatus[] = ['invalid', 'blocked', 'unreachable'];

/** True while the last poll of the feed gave nothing to read. */
export function isFailing({ status }: Pick<FeedState, 'status'>): boolean {
  return FAILED.includes(status);
}

/** A feed that nobody has polled yet. */
export function neverPolled({ id, outletId }: { id: string; outletId: string }): FeedState {
  return {
    feedId: id,
    outletId,
    status: 'new',
    consecutiveFailures: 0,
    entriesLastPoll: 0,
    newLastPoll: 0,
  };
}

/** Whether the press can be heard at all. */
export interface Reach {
  readonly state: 'no-feeds' | 'not-yet' | 'none' | 'some' | 'all';
  /** Feeds configured, feeds polled at least once, feeds whose last poll worked. */
  readonly configured: number;
  readonly tried: number;
  readonly working: number;
  /** Why the others did not, most frequent first: `unreachable: dns` and how often. */
  readonly failures: readonly { readonly reason: string; readonly feeds: number }[];
}

/** Sums the feeds' states up; states of feeds that are no longer configured do not count. */
export function reachOf(configured: ReadonlySet<string>, states: readonly FeedState[]): Reach {
  const tried = states.filter(({ feedId, status }) => configured.has(feedId) && status !== 'new');
  const failing = tried.filter(isFailing);
  const counts = {
    configured: configured.size,
    tried: tried.length,
    working: tried.length - failing.length,
    failures: countReasons(failing),
  };
  if (configured.size === 0) return { state: 'no-feeds', ...counts };
  if (tried.length === 0) return { state: 'not-yet', ...counts };
  if (counts.working === 0) return { state: 'none', ...counts };
  return { state: failing.length === 0 ? 'all' : 'some', ...counts };
}

function countReasons(failing: readonly FeedState[]): Reach['failures'] {
  const counts = new Map<string, number>();
  for (const { status, reason = 'unknown' } of failing) {
    const key = `${status}: ${reason}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([reason, feeds]) => ({ reason, feeds }));
}
