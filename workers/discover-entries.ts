/**
 * Stage 1 of 7. Polls one feed, or takes what its hub pushed, records what is new in it, and hands each new entry on
 * twice: with its title to be judged at once, and to have its page fetched. And it hands on the feed's next poll.
 *
 * Entries are stored before any job is made for them; what a crash leaves without a job, housekeeping finds.
 */
import { z } from 'zod';

import { type Entry, entryId, type FeedEntry } from '../src/domain/entry.ts';
import { afterFailedPoll, afterGoodPoll, afterPushed } from '../src/domain/feed-polls.ts';
import { type FeedState, type FeedStatus, isFailing, neverPolled } from '../src/domain/feed-state.ts';
import type { Feed, Outlet, Tier } from '../src/domain/outlet.ts';
import type { OutletClock } from '../src/domain/outlet-clock.ts';
import type { FetchedPage } from '../src/domain/page.ts';
import { type HubOffer, PUSH_GRACE_MS } from '../src/domain/subscription.ts';
import { PermanentError, RetryLaterError, StoreUnavailableError } from '../src/errors.ts';
import { readFeed } from '../src/reading/feed.ts';
import { sparedForMs } from '../src/reading/feed-hints.ts';
import type { FeedHints } from '../src/reading/feed-reading.ts';
import { freshForMs } from '../src/reading/freshness.ts';
import { linkTargets } from '../src/reading/link-header.ts';
import { readListing } from '../src/reading/listing.ts';
import { readSitemap, type SitemapOptions } from '../src/reading/sitemap.ts';
import { analyseJob, fetchJob, pollJob } from './job-keys.ts';
import { clockOf, isFollowed, learnClock, stampPublishedAt } from './outlet-clocks.ts';
import type { Deps, Job, JobOutcome, Stage } from './stage.ts';

/** A server that asks for a longer wait than this is left alone until then; a shorter wait the job sits out. */
const SIT_OUT_MS = 60_000;

/** The clocks of two machines may differ by this much: a poll that comes so little early is due. */
const EARLY_MS = 5000;

/** An index of sitemaps lists the whole archive; only the newest ones hold news. */
const SITEMAPS_PER_INDEX = 2;

interface Poll {
  readonly feed: Feed;
  readonly outlet: Outlet;
  readonly tier: Tier;
  readonly previous: FeedState;
  readonly signal: AbortSignal;
}

/** What was read, and what it says of itself. */
interface Reading {
  readonly entries: readonly FeedEntry[];
  readonly asksMs?: number | undefined;
  /** How long it asks to be spared from now on. */
  readonly sparedForMs?: number;
  readonly hub?: HubOffer | undefined;
}

type Next = 'discover' | 'fetch' | 'analyse' | 'housekeeping';
type Outcome = JobOutcome<Next>;

export const discoverEntries: Stage<'discover', Next> = {
  name: 'discover',
  payload: z.object({
    feedId: z.string(),
    dueAt: z.string().optional(),
    pushId: z.string().optional(),
  }),
  concurrency: 8,
  attempts: 3,

  async run({ feedId, dueAt, pushId }, deps, { signal }) {
    const feed = deps.feeds.get(feedId);
    const outlet = feed && deps.outlets.get(feed.outletId);
    // The feed left the configuration while its job was waiting.
    if (feed === undefined || outlet === undefined)
      return { status: 'skipped', reason: 'unknown-feed', next: [] };

    const previous = (await deps.feedStates.find(feedId)) ?? neverPolled(feed);
    const poll = { feed, outlet, tier: outlet.tier, previous, signal };
    if (pushId !== undefined) return takePush(poll, pushId, deps);

    const now = deps.now();
    const earlyMs = Date.parse(previous.nextPollAt ?? now.toISOString()) - now.getTime();
    if (earlyMs > EARLY_MS) {
      if (dueAt === previous.nextPollAt) throw new RetryLaterError('Too early by this clock', earlyMs);
      return { status: 'skipped', reason: 'not-due', outletId: outlet.id, next: nextPoll(previous, now) };
    }
    try {
      const page = await request(poll, feed.url, deps, isFailing(previous) ? {} : previous);
      return page.status === 304
        ? await notModified(poll, page, deps)
        : await readAndRecord(poll, page, deps);
    } catch (error) {
      // Neither says anything of the feed.
      if (signal.aborted || error instanceof StoreUnavailableError) throw error;
      return await recordFailure(poll, error, deps);
    }
  },

  /** The feed goes on being polled: housekeeping makes the next job. */
  async onGivenUp({ feedId, pushId }, reason, deps) {
    const feed = deps.feeds.get(feedId);
    const tier = feed && deps.outlets.get(feed.outletId)?.tier;
    if (feed === undefined || tier === undefined || pushId !== undefined) return;
    await deps.feedStates.update(feedId, (current = neverPolled(feed)) =>
      afterFailedPoll({ feed, tier }, current, { status: 'unreachable', reason }, deps.now()),
    );
  },
};

function nextPoll({ feedId, nextPollAt }: FeedState, now: Date): readonly Job<'discover'>[] {
  return nextPollAt === undefined ? [] : [pollJob(feedId, nextPollAt, now)];
}

/** A failed feed is asked without validators, so that no 304 can stand for contents we never read. */
function request(
  { outlet, signal }: Poll,
  url: string,
  deps: Deps,
  { etag, lastModified }: Pick<FeedState, 'etag' | 'lastModified'>,
): Promise<FetchedPage> {
  return deps.fetchPage({
    url,
    paceMs: outlet.paceMs,
    isPoll: true,
    signal,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  });
}

async function notModified(poll: Poll, page: FetchedPage, deps: Deps): Promise<Outcome> {
  const { feed, outlet, previous } = poll;
  // Nothing we know of can be unchanged: the feed has not been read since it failed.
  if (isFailing(previous)) throw new PermanentError('http-304');
  const now = deps.now();
  const freshMs = freshForMs(page.headers, now);
  const state = await deps.feedStates.update(feed.id, (current = previous) => {
    const listed = current.entriesLastPoll;
    const news = { status: 'not-modified', listed, added: 0, missed: 0, freshForMs: freshMs } as const;
    return afterGoodPoll(poll, current, news, now);
  });
  return {
    status: 'skipped',
    reason: 'not-modified',
    outletId: outlet.id,
    next: nextPoll(state, now),
  };
}

async function readAndRecord(poll: Poll, page: FetchedPage, deps: Deps): Promise<Outcome> {
  const { feed, outlet, previous } = poll;
  const { entries: listed, asksMs, sparedForMs: spared, hub } = await readEntries(poll, page, deps);
  const now = deps.now();
  const isBacklog = previous.status === 'new' || isFailing(previous);
  const added = await addEntries(poll, listed, { now, isBacklog }, deps);
  const state = await deps.feedStates.update(feed.id, (current = previous) =>
    afterGoodPoll(
      poll,
      current,
      {
        status: listed.length === 0 ? 'empty' : 'ok',
        listed: listed.length,
        added: added.length,
        missed: added.filter((entry) => shouldHaveBeenPushed(entry, now)).length,
        freshForMs: freshForMs(page.headers, now),
        feedAsksMs: asksMs,
        sparedForMs: spared,
        hub,
        ...validators(page),
      },
      now,
    ),
  );
  return {
    status: 'done',
    outletId: outlet.id,
    next: [...nextPoll(state, now), ...jobsFor(added), ...hubJobs(previous, state, deps)],
  };
}

/** A hub that has just been found is asked at once. */
function hubJobs(
  previous: FeedState,
  { feedId, hub }: FeedState,
  { webSubCallbackUrl }: Deps,
): readonly Job<'housekeeping'>[] {
  const isKnown = hub?.hub === previous.hub?.hub && hub?.topic === previous.hub?.topic;
  if (webSubCallbackUrl === undefined || isKnown) return [];
  return [{ stage: 'housekeeping', key: `subscriptions-${feedId}`, payload: { task: 'subscriptions' } }];
}

/** What a hub sent, read as if it had been polled. It may leave out what it sent before. */
async function takePush(poll: Poll, pushId: string, deps: Deps): Promise<Outcome> {
  const { feed, outlet, previous } = poll;
  const page = await deps.pages.find(pushId);
  if (page === undefined) throw new PermanentError('unknown-push', `No push ${pushId}`);
  const { entries: listed } = await readEntries(poll, page, deps);
  const now = deps.now();
  const added = await addEntries(poll, listed, { now, isBacklog: previous.status === 'new' }, deps);
  const state = await deps.feedStates.update(feed.id, (current = previous) =>
    afterPushed(poll, current, { listed: listed.length, added: added.length }, now),
  );
  return {
    status: 'done',
    reason: 'pushed',
    outletId: outlet.id,
    next: [...nextPoll(state, now), ...jobsFor(added)],
  };
}

async function addEntries(
  { feed, previous }: Poll,
  listed: readonly FeedEntry[],
  { now, isBacklog }: { now: Date; isBacklog: boolean },
  deps: Deps,
): Promise<Entry[]> {
  const at = now.toISOString();
  const clock = await clockOf(feed.outletId, deps);
  const added = await deps.entries.add(listed.map((entry) => newEntry(entry, feed, at, isBacklog, clock)));
  if (!isBacklog && isFollowed(previous, now)) await learnClock(feed.outletId, added, deps);
  return added;
}

/**
 * All fetches before any analysis: a crash in between leaves entries pending, which is noticed; the other way round
 * they would be indexed by their titles and their pages forgotten.
 */
function jobsFor(added: readonly Entry[]): Job<'fetch' | 'analyse'>[] {
  return [...added.map(({ id }) => fetchJob(id)), ...added.map(({ id }) => analyseJob(id, 'entry'))];
}

function shouldHaveBeenPushed({ publishedAt }: Entry, now: Date): boolean {
  return publishedAt === undefined || now.getTime() - Date.parse(publishedAt.at) > PUSH_GRACE_MS;
}

/** @throws {PermanentError} `invalid-feed` if the bytes are no feed of the kind that the outlet's entry names */
async function readEntries(poll: Poll, page: FetchedPage, deps: Deps): Promise<Reading> {
  const { feed, outlet } = poll;
  const options = {
    url: page.url,
    hostAliases: outlet.hostAliases,
    ...(page.headers['content-type'] === undefined ? {} : { contentType: page.headers['content-type'] }),
  };
  if (feed.kind === 'sitemap') return { entries: await readSitemaps(poll, page, options, deps) };
  const reading =
    feed.kind === 'listing'
      ? readListing(page.bytes, {
          ...options,
          ...(feed.linkSelector === undefined ? {} : { linkSelector: feed.linkSelector }),
        })
      : readFeed(page.bytes, options);
  // A damaged feed may still give whole entries: they count, and the damage is not a failure.
  if (reading.error !== undefined && reading.entries.length === 0) {
    throw new PermanentError('invalid-feed', reading.error);
  }
  const hints: FeedHints = 'hints' in reading ? (reading.hints ?? {}) : {};
  return {
    // An entry that names no address can neither be told apart nor fetched.
    entries: reading.entries.filter(({ url }) => url !== ''),
    asksMs: hints.updateEveryMs,
    sparedForMs: sparedForMs(hints, deps.now()),
    hub: hubOf(page, hints),
  };
}

async function readSitemaps(
  poll: Poll,
  page: FetchedPage,
  options: SitemapOptions,
  deps: Deps,
): Promise<FeedEntry[]> {
  const sitemap = readSitemap(page.bytes, options);
  if (sitemap.error !== undefined && sitemap.entries.length + sitemap.sitemaps.length === 0)
    throw new PermanentError('invalid-feed', sitemap.error);
  if (sitemap.kind === 'urlset') return sitemap.entries;
  const newest = [...sitemap.sitemaps]
    .sort((a, b) => (b.lastModifiedAt ?? '').localeCompare(a.lastModifiedAt ?? ''))
    .slice(0, SITEMAPS_PER_INDEX);
  const entries: FeedEntry[] = [];
  for (const { url } of newest) {
    const child = await request(poll, url, deps, {});
    entries.push(...readSitemap(child.bytes, { ...options, url: child.url }).entries);
  }
  return entries;
}

/** The hub that a feed offers: headers before contents, as the standard has it. */
function hubOf({ headers, url }: FetchedPage, hints: FeedHints): HubOffer | undefined {
  const links = linkTargets(headers.link, url);
  const hub = links.hub ?? hints.hubUrls?.[0];
  if (hub === undefined) return undefined;
  return { hub, topic: links.self ?? hints.selfUrl ?? url };
}

function newEntry(
  entry: FeedEntry,
  feed: Feed,
  firstSeenAt: string,
  isBacklog: boolean,
  clock: OutletClock | undefined,
): Entry {
  return {
    id: entryId(entry.url),
    url: entry.url,
    title: entry.title,
    summary: entry.summary,
    ...(entry.author === undefined ? {} : { author: entry.author }),
    ...(entry.publishedAt === undefined
      ? {}
      : { publishedAt: stampPublishedAt(entry.publishedAt, clock, firstSeenAt) }),
    outletId: feed.outletId,
    feedId: feed.id,
    ...(feed.section === undefined ? {} : { section: feed.section }),
    fromHealthFeed: feed.isHealth,
    firstSeenAt,
    imported: false,
    ...(isBacklog ? { isBacklog } : {}),
    outcome: 'pending',
    stage: 'fetch',
  };
}

/** Validators count only if they came with a 200 from the very URL that will be asked again. */
function validators({
  status,
  url,
  requestedUrl,
  headers,
}: FetchedPage): Pick<FeedState, 'etag' | 'lastModified'> {
  if (status !== 200 || url !== requestedUrl) return {};
  return {
    ...(headers.etag === undefined ? {} : { etag: headers.etag }),
    ...(headers['last-modified'] === undefined ? {} : { lastModified: headers['last-modified'] }),
  };
}

/** A poll that fails is no lost entry: it is recorded on the feed, and tried again. */
async function recordFailure(poll: Poll, error: unknown, deps: Deps): Promise<Outcome> {
  const { feed, outlet, previous } = poll;
  // The job itself waits, so that there is never more than one for a feed.
  if (error instanceof RetryLaterError && error.delayMs <= SIT_OUT_MS) throw error;
  const now = deps.now();
  const { status, reason } = describeFailure(error);
  const askedMs = error instanceof RetryLaterError ? error.delayMs : undefined;
  const state = await deps.feedStates.update(feed.id, (current = previous) =>
    afterFailedPoll(poll, current, { status, reason, askedMs }, now),
  );
  return { status: 'skipped', reason, outletId: outlet.id, next: nextPoll(state, now) };
}

function describeFailure(error: unknown): { status: FeedStatus; reason: string } {
  if (error instanceof RetryLaterError) return { status: 'blocked', reason: 'asked-to-wait' };
  if (error instanceof PermanentError) {
    const isInvalid = error.reason === 'invalid-feed' || error.reason === 'not-text';
    return { status: isInvalid ? 'invalid' : 'blocked', reason: error.reason };
  }
  const reason = (error as { reason?: unknown }).reason;
  return { status: 'unreachable', reason: typeof reason === 'string' ? reason : 'network' };
}
