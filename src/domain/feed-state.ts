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
