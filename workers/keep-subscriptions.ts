/**
 * Beside the flow. Asks hubs to tell us what is new where feeds offer one, renews what is about to run out, and lets
 * hubs go that are no longer wanted.
 *
 * @see https://www.w3.org/TR/websub/
 */
import type { Logger } from 'pino';

import { withSubscription } from '../src/domain/feed-polls.ts';
import type { FeedState } from '../src/domain/feed-state.ts';
import {
  type HubWish,
  hubFailed,
  LEASE_MS,
  nextStep,
  type Subscription,
} from '../src/domain/subscription.ts';
import { StoreUnavailableError } from '../src/errors.ts';
import { pollJob } from './job-keys.ts';
import type { Deps, Job } from './stage.ts';

/** Hubs asked in one go: the rest has its turn a minute later. */
const ASKED_TOGETHER = 10;

/** @returns polls of feeds whose hub can no longer be relied on */
export async function keepSubscriptions(
  deps: Deps,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<Job<'discover'>[]> {
  const due = (await deps.feedStates.all()).filter(
    (state) => nextStep(state.subscription, wishOf(state, deps), deps.now()) !== undefined,
  );
  const states = await Promise.all(
    due.slice(0, ASKED_TOGETHER).map((state) => step(state, deps, log, signal)),
  );
  const at = deps.now().toISOString();
  return states.flatMap(({ feedId, nextPollAt, subscription }) =>
    deps.feeds.has(feedId) && nextPollAt !== undefined && nextPollAt <= at && subscription?.status !== 'asked'
      ? [pollJob(feedId, nextPollAt, deps.now())]
      : [],
  );
}

/** What the feed offers, as far as we can make use of it. */
function wishOf({ feedId, hub }: FeedState, { feeds, webSubCallbackUrl }: Deps): HubWish | undefined {
  if (webSubCallbackUrl === undefined || !feeds.has(feedId) || hub === undefined) return undefined;
  return isProtectedAs(hub.topic, hub.hub) ? { ...hub, callbackUrl: webSubCallbackUrl } : undefined;
}

/**
 * The key of a hub's signatures goes to it with the request. Over plain http anybody on the way could read it, and
 * then push what they like; where the feed itself comes over plain http they can do that already.
 */
function isProtectedAs(topic: string, hub: string): boolean {
  return hub.startsWith('https:') || topic.startsWith('http:');
}

async function step(before: FeedState, deps: Deps, log: Logger, signal: AbortSignal): Promise<FeedState> {
  const { feedId } = before;
  // Kept before the hub is asked, since it may call back before it answers.
  let mode: 'subscribe' | 'unsubscribe' | undefined;
  const change = (current: FeedState | undefined): FeedState => {
    const state = current ?? before;
    const next = nextStep(state.subscription, wishOf(state, deps), deps.now());
    mode = next?.mode;
    return next === undefined ? state : withSubscription(state, next.subscription, deps.now());
  };
  const state = await deps.feedStates.update(feedId, change);
  const { subscription } = state;
  if (mode === undefined || subscription === undefined) return state;
  try {
    await askHub(mode, feedId, subscription, deps, signal);
    log.info({ feedId, hub: subscription.hub, mode }, 'hub asked');
    return state;
  } catch (error) {
    if (signal.aborted || error instanceof StoreUnavailableError) throw error;
    const reason = reasonOf(error);
    log.warn({ feedId, hub: subscription.hub, mode, reason }, 'hub not asked');
    return deps.feedStates.update(feedId, (current = state) =>
      current.subscription === undefined || current.subscription.token !== subscription.token
        ? current
        : withSubscription(current, hubFailed(current.subscription, reason, deps.now()), deps.now()),
    );
  }
}

async function askHub(
  mode: 'subscribe' | 'unsubscribe',
  feedId: string,
  { hub, topic, callbackUrl, token, secret }: Subscription,
  deps: Deps,
  signal: AbortSignal,
): Promise<void> {
  const fields = {
    'hub.mode': mode,
    'hub.topic': topic,
    'hub.callback': `${callbackUrl}/${feedId}/${token}`,
    ...(mode === 'subscribe' ? { 'hub.secret': secret, 'hub.lease_seconds': String(LEASE_MS / 1000) } : {}),
  };
  await deps.postForm({ url: hub, fields, signal });
}

function reasonOf(error: unknown): string {
  const { reason } = error as { reason?: unknown };
  return typeof reason === 'string' ? reason : 'network';
}
