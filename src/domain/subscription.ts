/**
 * One feed's subscription at a WebSub hub: how far it has come, and how far it is trusted. Times are ISO 8601, UTC.
 *
 * @see https://www.w3.org/TR/websub/
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import { DAY_MS, HOUR_MS } from './time.ts';

const SUBSCRIPTION_STATUSES = [
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
  /** The address that the hub calls is `<callbackUrl>/<feed id>/<token>`; nobody else can guess the token. */
  readonly callbackUrl: string;
  readonly token: string;
  /** Key of the hub's signatures. */
  readonly secret: string;
  /** When the hub was last asked, and how often in a row it could not be. */
  readonly askedAt?: string;
  readonly failures: number;
  /** When it ends by itself, and when to ask again so that it does not. */
  readonly expiresAt?: string;
  readonly renewAt?: string;
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

/** A hub that could tell us, and where it would find us. */
export interface HubWish extends HubOffer {
  /** Begins the addresses that hubs call; no slash at its end. */
  readonly callbackUrl: string;
}

/** What is to be done about a subscription: the state to keep, and what to ask the hub, if anything. */
export interface HubStep {
  readonly subscription: Subscription;
  readonly mode?: 'subscribe' | 'unsubscribe';
}

/** A hub that never comes back to see whether it was us has not taken the request. */
const VERIFY_WITHIN_MS = HOUR_MS;

/** A hub that could not be asked, or said no, is asked again after an hour, two, four … up to a week. */
const FIRST_RETRY_MS = HOUR_MS;
const LONGEST_RETRY_MS = 7 * DAY_MS;

/** A hub that does not let us go is told so often; then the lease ends by itself, and its pushes are refused. */
const FAREWELLS = 3;

/** Asked again when this share of the lease is over. */
const RENEW_AT = 0.8;
const SHORTEST_LEASE_MS = 60_000;
const LONGEST_LEASE_MS = 90 * DAY_MS;

/** A renewal that the hub has not verified is asked for again after so long. */
const RENEWAL_RETRY_MS = 15 * 60_000;

/** What we ask for; the standard calls ten days a good default. */
export const LEASE_MS = 10 * DAY_MS;

const PUSHING: ReadonlySet<SubscriptionStatus> = new Set(['asked', 'confirmed', 'trusted', 'demoted']);
const OVER: ReadonlySet<SubscriptionStatus> = new Set(['denied', 'failed', 'ended']);

/** Whether the hub's pushes are wanted. */
export function isWanted({ status }: Subscription): boolean {
  return PUSHING.has(status);
}

/**
 * What to do about one feed's subscription now, if anything.
 *
 * @param wish  the hub that the feed names; `undefined` where it names none, is no longer configured, or nobody could
 *              call us back
 * @returns `undefined` where all is well
 */
export function nextStep(
  subscription: Subscription | undefined,
  wish: HubWish | undefined,
  now: Date,
): HubStep | undefined {
  if (subscription === undefined || subscription.status === 'ended') {
    return wish && { subscription: newSubscription(wish, now), mode: 'subscribe' };
  }
  if (wish === undefined || !isFor(subscription, wish) || subscription.status === 'ending') {
    return farewell(subscription, wish === undefined ? 'no-longer-wanted' : 'hub-changed', now);
  }
  if (subscription.status === 'asked') {
    return elapsed(subscription.askedAt, now) > VERIFY_WITHIN_MS
      ? { subscription: hubFailed(subscription, 'not-verified', now) }
      : undefined;
  }
  return OVER.has(subscription.status) ? askAgain(subscription, now) : renewal(subscription, now);
}

function askAgain(subscription: Subscription, now: Date): HubStep | undefined {
  const { askedAt, failures, pushes, misses } = subscription;
  const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
  if (elapsed(askedAt, now) < waitMs) return undefined;
  return {
    subscription: { ...newSubscription(subscription, now), failures, pushes, misses },
    mode: 'subscribe',
  };
}

function renewal(subscription: Subscription, now: Date): HubStep | undefined {
  const at = now.toISOString();
  const { expiresAt = at, renewAt = at, askedAt } = subscription;
  if (expiresAt <= at) return { subscription: hubFailed(subscription, 'lease-over', now) };
  if (renewAt > at || elapsed(askedAt, now) < RENEWAL_RETRY_MS) return undefined;
  return { subscription: { ...subscription, askedAt: at }, mode: 'subscribe' };
}

function isFor(subscription: Subscription, { hub, topic, callbackUrl }: HubWish): boolean {
  return subscription.hub === hub && subscription.topic === topic && subscription.callbackUrl === callbackUrl;
}

function newSubscription({ hub, topic, callbackUrl }: HubWish, now: Date): Subscription {
  const at = now.toISOString();
  const [token, secret] = [randomBytes(24).toString('base64url'), randomBytes(32).toString('base64url')];
  const known = { hub, topic, callbackUrl, token, secret };
  return { status: 'asked', changedAt: at, ...known, askedAt: at, failures: 0, pushes: 0, misses: 0 };
}

function farewell(subscription: Subscription, reason: string, now: Date): HubStep | undefined {
  const at = now.toISOString();
  if (OVER.has(subscription.status)) {
    return reason === 'hub-changed'
      ? { subscription: { ...subscription, status: 'ended', reason, changedAt: at } }
      : undefined;
  }
  const isFirst = subscription.status !== 'ending';
  const failures = isFirst ? 0 : subscription.failures + 1;
  if (!isFirst && elapsed(subscription.askedAt, now) < VERIFY_WITHIN_MS / 4) return undefined;
  if (failures >= FAREWELLS) return { subscription: { ...subscription, status: 'ended', changedAt: at } };
  const changedAt = isFirst ? at : subscription.changedAt;
  return {
    subscription: {
      ...subscription,
      status: 'ending',
      reason: isFirst ? reason : (subscription.reason ?? reason),
      changedAt,
      failures,
      askedAt: at,
    },
    mode: 'unsubscribe',
  };
}

function elapsed(since: string | undefined, now: Date): number {
  return since === undefined ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(since);
}

/** The hub could not be asked, did not verify, or let the lease run out. */
export function hubFailed(subscription: Subscription, reason: string, now: Date): Subscription {
  // A renewal that fails leaves what there is until its lease is over.
  const isRenewal = subscription.status !== 'asked' && reason !== 'lease-over';
  const failures = subscription.failures + 1;
  if (isRenewal) return { ...subscription, failures };
  return { ...subscription, status: 'failed', reason, changedAt: now.toISOString(), failures };
}

/** What a hub asks at our address, read from the query of its request. */
export interface HubQuestion {
  readonly mode: string;
  readonly topic: string;
  readonly challenge?: string | undefined;
  readonly leaseSeconds?: number | undefined;
  readonly reason?: string | undefined;
}

/**
 * What becomes of a subscription when its hub asks whether it was us, or says no.
 *
 * @returns `undefined` where it asks about what we never wanted: the answer is 404 then
 */
export function answerHub(
  subscription: Subscription,
  { mode, topic, leaseSeconds, reason }: HubQuestion,
  now: Date,
): Subscription | undefined {
  if (topic !== subscription.topic) return undefined;
  const changedAt = now.toISOString();
  if (mode === 'denied' && isWanted(subscription)) {
    const why = reason === undefined || reason === '' ? 'denied' : `denied: ${reason.slice(0, 200)}`;
    return { ...subscription, status: 'denied', reason: why, changedAt, failures: subscription.failures + 1 };
  }
  if (mode === 'unsubscribe' && subscription.status === 'ending') {
    return { ...subscription, status: 'ended', changedAt };
  }
  if (mode !== 'subscribe' || !isWanted(subscription) || leaseSeconds === undefined) return undefined;
  const leaseMs = Math.min(LONGEST_LEASE_MS, Math.max(SHORTEST_LEASE_MS, leaseSeconds * 1000));
  return {
    ...subscription,
    ...(subscription.status === 'asked' ? { status: 'confirmed', changedAt } : {}),
    failures: 0,
    expiresAt: new Date(now.getTime() + leaseMs).toISOString(),
    renewAt: new Date(now.getTime() + RENEW_AT * leaseMs).toISOString(),
  };
}

/** Whether two texts are the same, in a time that does not tell how far they are. */
export function isSameText(actual: string, expected: string): boolean {
  const [a, b] = [actual, expected].map((text) => createHmac('sha256', 'compare').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/**
 * Checks the signature that a hub put on a push.
 *
 * SHA-1 is what most hubs sign with. As an HMAC it has not been broken, but the standard warns against it where
 * nothing else protects what is sent: it is taken where the hub comes to us over TLS, and only there.
 *
 * @param header      `X-Hub-Signature`: `method=hexadecimal`
 * @param isSecure    whether our address is an https one
 */
export function isSignedBy(
  secret: string,
  header: string | undefined,
  body: Uint8Array,
  isSecure: boolean,
): boolean {
  const [, method, digest] = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i.exec(header ?? '') ?? [];
  if (method === undefined || digest === undefined) return false;
  const algorithm = method.toLowerCase();
  if (algorithm === 'sha1' && !isSecure) return false;
  return isSameText(digest.toLowerCase(), createHmac(algorithm, secret).update(body).digest('hex'));
}
