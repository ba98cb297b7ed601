/**
 * Stage 1 of 7. Polls one feed, records what is new in it, and hands each new entry on twice: with its title to be
 * judged at once, and to have its page fetched.
 *
 * Entries are stored before any job is made for them; what a crash leaves without a job, housekeeping finds.
 */
import { z } from 'zod';

import { type Entry, entryId, type FeedEntry } from '../src/domain/entry.ts';
import { type FeedState, type FeedStatus, isFailing } from '../src/domain/feed-state.ts';
import type { Feed, Outlet } from '../src/domain/outlet.ts';
import type { FetchedPage } from '../src/domain/page.ts';
import { DAY_MS } from '../src/domain/time.ts';
import { PermanentError, RetryLaterError, StoreUnavailableError } from '../src/errors.ts';
import { clampPublishedAt } from '../src/reading/date.ts';
import { readFeed } from '../src/reading/feed.ts';
import { readListing } from '../src/reading/listing.ts';
import { readSitemap } from '../src/reading/sitemap.ts';
import { analyseJob, fetchJob } from './job-keys.ts';
import type { Deps, Job, JobOutcome, Stage } from './stage.ts';

/** A server that asks for a longer wait than this is left alone until then; a shorter wait the job sits out. */
const SIT_OUT_MS = 60_000;

/** However often a feed fails, it is tried again within this time. */
const LONGEST_BACKOFF_MS = DAY_MS;

/** An index of sitemaps lists the whole archive; only the newest ones hold news. */
const SITEMAPS_PER_INDEX = 2;

interface Poll {
  readonly feed: Feed;
  readonly outlet: Outlet;
  readonly previous: FeedState;
  readonly isDeferred: boolean;
  readonly signal: AbortSignal;
}

type Next = 'discover' | 'fetch' | 'analyse';
type Outcome = JobOutcome<Next>;

export const discoverEntries: Stage<'discover', Next> = {
  name: 'discover',
  payload: z.object({ feedId: z.string(), isDeferred: z.boolean().optional() }),
  concurrency: 8,
  attempts: 1,

  async run({ feedId, isDeferred = false }, deps, { signal }) {
    const feed = deps.feeds.get(feedId);
    const outlet = feed && deps.outlets.get(feed.outletId);
    // The feed left the configuration while its job was waiting.
    if (feed === undefined || outlet === undefined)
      return { status: 'skipped', reason: 'unknown-feed', next: [] };

    const previous = (await deps.feedStates.find(feedId)) ?? neverPolled(feed);
    if (previous.nextPollAt !== undefined && previous.nextPollAt > deps.now().toISOString()) {
      return { status: 'skipped', reason: 'not-due', outletId: outlet.id, next: [] };
    }
    const poll = { feed, outlet, previous, isDeferred, signal };
    try {
      const page = await request(poll, feed.url, deps, isFailing(previous) ? {} : previous);
      return page.status === 304 ? await notModified(poll, deps) : await readAndRecord(poll, page, deps);
    } catch (error) {
      // Neither says anything of the feed.
      if (signal.aborted || error instanceof StoreUnavailableError) throw error;
      return await recordFailure(poll, error, deps);
    }
  },
};

function neverPolled(feed: Feed): FeedState {
  return {
    feedId: feed.id,
    outletId: feed.outletId,
    status: 'new',
    consecutiveFailures: 0,
    entriesLastPoll: 0,
    newLastPoll: 0,
  };
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
    signal,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  });
}

async function notModified({ outlet, previous }: Poll, deps: Deps): Promise<Outcome> {
  const at = deps.now().toISOString();
  const { nextPollAt: _due, ...state } = previous;
  await deps.feedStates.save(
    isFailing(previous)
      ? { ...state, polledAt: at }
      : { ...state, status: 'not-modified', polledAt: at, succeededAt: at, newLastPoll: 0 },
  );
  return { status: 'skipped', reason: 'not-modified', outletId: outlet.id, next: [] };
}

async function readAndRecord(poll: Poll, page: FetchedPage, deps: Deps): Promise<Outcome> {
  const { feed, outlet, previous } = poll;
  const listed = await readEntries(poll, page, deps);
  const now = deps.now();
  const at = now.toISOString();
  const wasFailing = isFailing(previous);
  const isBacklog = previous.status === 'new' || wasFailing;
  const added = await deps.entries.add(listed.map((entry) => newEntry(entry, feed, at, isBacklog)));

  await deps.feedStates.save({
    feedId: feed.id,
    outletId: outlet.id,
    status: listed.length === 0 ? 'empty' : 'ok',
    polledAt: at,
    succeededAt: at,
    consecutiveFailures: 0,
    entriesLastPoll: listed.length,
    newLastPoll: added.length,
    ...validators(page),
    ...recovery(previous, wasFailing, at),
  });
  // All fetches before any analysis: a crash in between leaves entries pending, which is noticed; the other way
  // round they would be indexed by their titles and their pages forgotten.
  const next: Job<'fetch' | 'analyse'>[] = [
    ...added.map(({ id }) => fetchJob(id)),
    ...added.map(({ id }) => analyseJob(id, 'entry')),
  ];
  return { status: 'done', outletId: outlet.id, next };
}

/** @throws {PermanentError} `invalid-feed` if the bytes are no feed of the kind that the outlet's entry names */
async function readEntries(poll: Poll, page: FetchedPage, deps: Deps): Promise<readonly FeedEntry[]> {
  const { feed, outlet } = poll;
  const options = {
    url: page.url,
    hostAliases: outlet.hostAliases,
    ...(page.headers['content-type'] === undefined ? {} : { contentType: page.headers['content-type'] }),
  };
  if (feed.kind === 'sitemap') {
    const sitemap = readSitemap(page.bytes, options);
    if (sitemap.error !== undefined && sitemap.entries.length + sitemap.sitemaps.length === 0)
      throw new PermanentError('invalid-feed', sitemap.error);
    if (sitemap.kind === 'urlset') return sitemap.entries;
    const newest = [...sitemap.sitemaps]
      .sort((a, b) => (b.lastModifiedAt ?? '').localeCompare(a.lastModifiedAt ?? ''))
      .slice(0, SITEMAPS_PER_INDEX);
    const children = [];
    for (const { url } of newest) {
      const child = await request(poll, url, deps, {});
      children.push(...readSitemap(child.bytes, { ...options, url: child.url }).entries);
    }
    return children;
  }
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
  // An entry that names no address can neither be told apart nor fetched.
  return reading.entries.filter(({ url }) => url !== '');
}

function newEntry(entry: FeedEntry, feed: Feed, firstSeenAt: string, isBacklog: boolean): Entry {
  return {
    id: entryId(entry.url),
    url: entry.url,
    title: entry.title,
    summary: entry.summary,
    ...(entry.author === undefined ? {} : { author: entry.author }),
    ...(entry.publishedAt === undefined
      ? {}
      : { publishedAt: clampPublishedAt(entry.publishedAt, new Date(firstSeenAt)) }),
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

function recovery(previous: FeedState, wasFailing: boolean, at: string): Pick<FeedState, 'recoveredAt'> {
  if (wasFailing) return { recoveredAt: at };
  return previous.recoveredAt === undefined ? {} : { recoveredAt: previous.recoveredAt };
}

/** A poll that fails is no lost entry: it is recorded on the feed, and the schedule tries again. */
async function recordFailure(poll: Poll, error: unknown, deps: Deps): Promise<Outcome> {
  const { feed, outlet, previous } = poll;
  if (error instanceof RetryLaterError && error.delayMs <= SIT_OUT_MS) return putOff(poll, error);
  const now = deps.now();
  const failures = previous.consecutiveFailures + 1;
  const { status, reason } = describeFailure(error);
  const delayMs =
    error instanceof RetryLaterError
      ? error.delayMs
      : Math.min(LONGEST_BACKOFF_MS, feed.pollEveryMs * 2 ** Math.min(failures - 1, 10));
  await deps.feedStates.save({
    ...previous,
    status,
    reason,
    polledAt: now.toISOString(),
    // A margin, so that the poll scheduled for just then is not a moment too early.
    nextPollAt: new Date(now.getTime() + delayMs - Math.min(1000, delayMs / 10)).toISOString(),
    consecutiveFailures: failures,
    newLastPoll: 0,
  });
  return { status: 'skipped', reason, outletId: outlet.id, next: [] };
}

/**
 * The schedule makes its next poll whether or not this one has ended, so polls of a busy host would pile up if each
 * waited by itself: they wait as one job, which the feed's id keeps single.
 */
function putOff({ feed, outlet, isDeferred }: Poll, wait: RetryLaterError): Outcome {
  if (isDeferred) throw wait;
  return {
    status: 'skipped',
    reason: 'host-busy',
    outletId: outlet.id,
    next: [
      {
        stage: 'discover',
        key: `discover-${feed.id}-deferred`,
        payload: { feedId: feed.id, isDeferred: true },
        delayMs: wait.delayMs,
      },
    ],
  };
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
