/** What a poll, a failure or a push makes of a feed's state, the time of its next poll included. */

import type { FeedState, FeedStatus } from './feed-state.ts';
import { isFailing } from './feed-state.ts';
import { given } from './given.ts';
import type { Feed, Tier } from './outlet.ts';
import {
  hasOverflowed,
  noteRhythm,
  type PollAsks,
  type PollPlan,
  type PollSighting,
  planPoll,
  planRetry,
  planSafetyPoll,
  planWait,
  pollAt,
} from './poll-schedule.ts';
import { afterPoll, afterPush, type HubOffer, isTrusted, type Subscription } from './subscription.ts';

/** The feed that a state is of, as the schedule sees it. */
export interface PolledFeed {
  readonly feed: Pick<Feed, 'id' | 'isHealth' | 'pollEveryMs'>;
  readonly tier: Tier;
}

/** A poll that read entries, or that was told that there are no others. */
export interface PollNews {
  readonly status: Extract<FeedStatus, 'ok' | 'empty' | 'not-modified'>;
  /** Entries in the feed; for `not-modified` those of the poll before. */
  readonly listed: number;
  readonly added: number;
  /** Of the added, those that a hub should long have told us of. */
  readonly missed: number;
  /** How much longer the server calls its answer fresh. */
  readonly freshForMs: number;
  /** What only a read feed says; for `not-modified` what it said before stands. */
  readonly feedAsksMs?: number | undefined;
  /** How long the feed asks to be spared from now on: the hours and days that it skips. */
  readonly sparedForMs?: number | undefined;
  readonly hub?: HubOffer | undefined;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** A poll is on time until it comes after this many of its intervals. */
const LATE = 2;

/** What a poll that worked makes of the state. */
export function afterGoodPoll(
  { feed, tier }: PolledFeed,
  before: FeedState,
  poll: PollNews,
  now: Date,
): FeedState {
  const at = now.toISOString();
  const sighting = sightingOf(feed, before, poll, now);
  const hasGap = sighting !== undefined && before.entriesLastPoll > 0 && hasOverflowed(sighting);
  const rhythm = sighting === undefined ? before.rhythm : noteRhythm(before.rhythm, sighting, now);
  const said = poll.status === 'not-modified' ? saidBefore(before) : saidNow(poll);
  const subscription =
    before.subscription && afterPoll(before.subscription, sighting === undefined ? 0 : poll.missed, now);
  const newsAt = poll.added > 0 ? at : before.newsAt;
  const state: FeedState = {
    feedId: before.feedId,
    outletId: before.outletId,
    status: poll.status,
    polledAt: at,
    succeededAt: at,
    consecutiveFailures: 0,
    entriesLastPoll: poll.listed,
    newLastPoll: poll.added,
    ...said,
    ...given({
      rhythm,
      newsAt,
      subscription,
      recoveredAt: isFailing(before) ? at : before.recoveredAt,
      gaps: hasGap ? (before.gaps ?? 0) + 1 : before.gaps,
      gapAt: hasGap ? at : before.gapAt,
    }),
  };
  const asks: PollAsks = {
    feedMs: Math.max(said.asksMs ?? 0, poll.sparedForMs ?? 0),
    serverMs: poll.freshForMs,
  };
  const polling = planPoll(feed, tier, state, now, asks, before.entriesLastPoll > 0 ? sighting : undefined);
  const plan = isTrusted(subscription) ? planSafetyPoll(rhythm, polling, 0, now) : polling;
  return planned(state, plan, now);
}

/** What a poll that failed makes of the state; one that the server put off waits for as long as it asked. */
export function afterFailedPoll(
  { feed, tier }: PolledFeed,
  before: FeedState,
  { status, reason, askedMs }: { status: FeedStatus; reason: string; askedMs?: number | undefined },
  now: Date,
): FeedState {
  const at = now.toISOString();
  const failures = before.consecutiveFailures + 1;
  const failingSince = before.failingSince ?? at;
  const failingForMs = now.getTime() - Date.parse(failingSince);
  const plan = askedMs === undefined ? planRetry(feed, tier, { failures, failingForMs }) : planWait(askedMs);
  const state = { ...before, status, reason, polledAt: at, failingSince };
  return planned({ ...state, consecutiveFailures: failures, newLastPoll: 0 }, plan, now);
}

/** What a push makes of the state: a hub that is trusted has the polls wait. */
export function afterPushed(
  { feed, tier }: PolledFeed,
  before: FeedState,
  { listed, added }: { listed: number; added: number },
  now: Date,
): FeedState {
  if (before.subscription === undefined) return before;
  const at = now.toISOString();
  const sighting = sightingOf(feed, before, { listed, added }, now);
  // What a push leaves out the hub has sent before, so that all of it is new says nothing of what was lost.
  const rhythm =
    sighting === undefined ? before.rhythm : noteRhythm(before.rhythm, { ...sighting, isOnTime: true }, now);
  const subscription = afterPush(before.subscription, added, at);
  const state: FeedState = {
    ...before,
    subscription,
    ...given({ rhythm, newsAt: added > 0 ? at : before.newsAt }),
  };
  if (!isTrusted(subscription) || isFailing(before)) return state;
  const polledAgoMs = now.getTime() - Date.parse(before.polledAt ?? at);
  return planned(state, planSafetyPoll(rhythm, planPoll(feed, tier, state, now), polledAgoMs, now), now);
}

/** Puts a subscription in place; a feed whose hub is trusted no more is polled at once. */
export function withSubscription(before: FeedState, subscription: Subscription, now: Date): FeedState {
  const state = { ...before, subscription };
  if (!isTrusted(before.subscription) || isTrusted(subscription)) return state;
  return { ...state, nextPollAt: now.toISOString() };
}

/** Nothing can be said of a feed's rhythm by the first look at it, nor by the first after an outage. */
function sightingOf(
  { pollEveryMs }: Pick<Feed, 'pollEveryMs'>,
  before: FeedState,
  { listed, added }: { listed: number; added: number },
  now: Date,
): PollSighting | undefined {
  const heardAt = [before.succeededAt, before.subscription?.pushedAt]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  if (heardAt === undefined) return undefined;
  const elapsedMs = Math.max(1, now.getTime() - Date.parse(heardAt));
  const isOnTime = !isFailing(before) && elapsedMs <= LATE * (before.intervalMs ?? pollEveryMs);
  return { elapsedMs, listed, added, isOnTime };
}

function saidNow({ feedAsksMs, hub, etag, lastModified }: PollNews) {
  return given({ asksMs: feedAsksMs, hub, etag, lastModified });
}

function saidBefore({ asksMs, hub, etag, lastModified }: FeedState) {
  return given({ asksMs, hub, etag, lastModified });
}

function planned(state: FeedState, plan: PollPlan, now: Date): FeedState {
  return {
    ...state,
    nextPollAt: pollAt(state.feedId, plan, now),
    intervalMs: plan.intervalMs,
    intervalReason: plan.reason,
  };
}
