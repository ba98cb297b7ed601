/**
 * One feed's subscription at a WebSub hub: how far it has come, and how far it is trusted. Times are ISO 8601, UTC.
 *
 * @see https://www.w3.org/TR/websub/
 */
import { DAY_MS } from './time.ts';

export const SUBSCRIPTION_STATUSES = [
  /** The hub has been asked, and has not yet come back to see whether it was us. */
  'asked',
  /** It will push; whether it does is to be seen, so the feed is polled as ever. */
  'confirmed',
  /** A push came before any poll knew of the entry: polls are down to one a day. */
  'trusted',
  /** A poll found what no push had brought: polled as ever. */
  'demoted',
  'denied',
  /** The hub does not answer, or does not want us. */
  'failed',
  /** We asked it to stop, or told it that we are gone. */
  'ending',
  'ended',
] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What a feed offers to those who would rather be told than ask. */
export interface HubOffer {
  readonly hub: string;
  /** The feed as its hub knows it, which need not be the address that we poll. */
  readonly topic: string;
}

export interface Subscription {
  readonly status: SubscriptionStatus;
  /** Why, for `demoted`, `denied`, `failed`, `ending` and `ended`. */
  readonly reason?: string;
  readonly changedAt: string;
  readonly hub: string;
  readonly topic: string;
  /** Last part of the address that the hub calls: nobody else can guess it. */
  readonly token: string;
  /** Key of the hub's signatures. */
  readonly secret: string;
  /** When the hub was last asked, and how often in a row it could not be. */
  readonly askedAt?: string;
  readonly failures: number;
  readonly expiresAt?: string;
  readonly pushedAt?: string;
  /** Pushes taken in, and polls that found what no push had brought. */
  readonly pushes: number;
  readonly misses: number;
}

/** A hub that missed something is on trial again after so long. */
const PROBATION_MS = 7 * DAY_MS;

/** What was published within this time may still be on its way. */
export const PUSH_GRACE_MS = 10 * 60_000;

/** Whether pushes stand in for polls. */
export function isTrusted(subscription: Subscription | undefined): boolean {
  return subscription?.status === 'trusted';
}

/**
 * What a push says of its hub: one that comes before any poll knew of its entries earns trust.
 *
 * @param added  entries that nobody had seen before
 */
export function afterPush(subscription: Subscription, added: number, at: string): Subscription {
  const pushed = { ...subscription, pushedAt: at, pushes: subscription.pushes + 1 };
  if (subscription.status !== 'confirmed' || added === 0) return pushed;
  return { ...pushed, status: 'trusted', changedAt: at };
}

/**
 * What a poll says of the hub: trust ends with the first entry that no push brought.
 *
 * @param missed  new entries that are too old to be still on their way
 */
export function afterPoll(subscription: Subscription, missed: number, now: Date): Subscription {
  const at = now.toISOString();
  const { status, misses } = subscription;
  if (missed > 0 && (status === 'trusted' || status === 'demoted')) {
    return { ...subscription, status: 'demoted', reason: 'missed-push', misses: misses + 1, changedAt: at };
  }
  if (status !== 'demoted' || now.getTime() - Date.parse(subscription.changedAt) < PROBATION_MS)
    return subscription;
  const { reason: _over, ...rest } = subscription;
  return { ...rest, status: 'confirmed', changedAt: at };
}
