import { type FeedState, neverPolled } from '../domain/feed-state.ts';
import type { Feed } from '../domain/outlet.ts';
import type { Subscription } from '../domain/subscription.ts';

/** One feed as operators ask after it: all of its state but what nobody may know. */
export interface FeedReport extends Omit<FeedState, 'subscription' | 'etag' | 'lastModified'> {
  readonly url: string;
  readonly section?: string;
  readonly configuredEveryMs: number;
  readonly subscription?: Omit<Subscription, 'token' | 'secret'>;
}

/** The feeds of the configuration in its order, each with what polling has taught of it. */
export function feedReports(feeds: Iterable<Feed>, states: readonly FeedState[]): FeedReport[] {
  const known = new Map(states.map((state) => [state.feedId, state]));
  return [...feeds].map((feed) => feedReport(feed, known.get(feed.id)));
}

function feedReport(feed: Feed, state: FeedState | undefined): FeedReport {
  const { subscription, etag: _etag, lastModified: _modified, ...shown } = state ?? neverPolled(feed);
  return {
    ...shown,
    url: feed.url,
    ...(feed.section === undefined ? {} : { section: feed.section }),
    configuredEveryMs: feed.pollEveryMs,
    ...(subscription === undefined ? {} : { subscription: withoutSecrets(subscription) }),
  };
}

/** Whoever knows the token may call us in the hub's name, and whoever knows the key is believed. */
function withoutSecrets({ token: _token, secret: _secret, ...shown }: Subscription) {
  return shown;
}
