/**
 * Beside the flow. Asks an outlet's own sitemaps once a day what it published the day before, counts what of that we
 * had found and made searchable, and queues some of what we had missed, so that it is read after all.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { type CoverageDay, noteCoverage } from '../src/domain/coverage.ts';
import { type Entry, entryId, type FeedEntry } from '../src/domain/entry.ts';
import type { Outlet } from '../src/domain/outlet.ts';
import type { FetchedPage } from '../src/domain/page.ts';
import { spreadOf } from '../src/domain/poll-schedule.ts';
import { DAY_MS, HOUR_MS, vietnameseClock, vietnameseDay, vietnameseMidnight } from '../src/domain/time.ts';
import { PermanentError, RetryLaterError, StoreUnavailableError } from '../src/errors.ts';
import { looksLikeArticle } from '../src/reading/listing.ts';
import { sitemapsOfDay, sitemapsOfRobots } from '../src/reading/outlet-sitemaps.ts';
import { readSitemap } from '../src/reading/sitemap.ts';
import { analyseJob, fetchJob } from './job-keys.ts';
import { stampPublishedAt } from './outlet-clocks.ts';
import type { Deps, Job } from './stage.ts';

/** A day is measured from this hour (Vietnam) of the next one on, when sitemaps have caught up. */
const FROM_HOUR = 1;
/** The outlets' turns are strewn over this time. */
const SPREAD_MS = 4 * HOUR_MS;

/** Sitemaps read for one outlet and day, robots.txt apart. */
const MOST_SITEMAPS = 5;
/** Addresses of one day that are counted; no Vietnamese outlet publishes as many. */
const MOST_LISTED = 2000;
/** A wait for the host's pace that is sat out; a longer one ends the job, which comes back. */
const SIT_OUT_MS = 20_000;
const MOST_WAITS = 4;

const SAMPLE = 20;
/** Missed addresses about health that are queued for one outlet and day, and others that may be. */
const MOST_QUEUED = 50;
const MOST_UNSURE_QUEUED = 10;
/** A title that scores below this is plainly about something else, as in `fetch-page.ts`. */
const PLAINLY_OFF_TOPIC = -1;

/** The feed that entries are filed under which a sitemap made known. */
const COVERAGE_FEED = 'coverage';

const HEALTH_PATH = /\/(?:suc-khoe|y-te|song-khoe|khoe-dep)(?:[/-]|$)/;

/** One job for every outlet that was followed the day before and has not been measured for it yet. */
export async function planCoverage({
  outlets,
  entries,
  outletStates,
  now,
}: Pick<Deps, 'outlets' | 'entries' | 'outletStates' | 'now'>): Promise<Job<'housekeeping'>[]> {
  if (vietnameseClock(now()).hour < FROM_HOUR) return [];
  const day = dayBefore(now());
  const from = vietnameseMidnight(day);
  // What was not followed then cannot have been found: to measure it would only fetch a backlog.
  const before = { from: new Date(from - 7 * DAY_MS).toISOString(), to: new Date(from).toISOString() };
  const followed = new Set((await entries.ledger(before)).map(({ outletId }) => outletId));
  const measured = new Set(
    (await outletStates.all())
      .filter(({ coverage }) => coverage?.some((each) => each.day === day))
      .map(({ outletId }) => outletId),
  );
  return [...outlets.keys()]
    .filter((outletId) => followed.has(outletId) && !measured.has(outletId))
    .map((outletId) => ({
      stage: 'housekeeping',
      key: `coverage-${outletId}-${day}`,
      payload: { task: 'coverage', outletId, day },
      delayMs: Math.round(spreadOf(`${outletId} ${day}`) * SPREAD_MS),
    }));
}

function dayBefore(now: Date): string {
  return vietnameseDay(now.getTime() - DAY_MS);
}

/**
 * Measures one outlet's day and records it.
 *
 * @param day  `YYYY-MM-DD`, Vietnamese
 * @returns the jobs of what was missed
 * @throws {RetryLaterError} while the outlet's host asks for patience
 */
export async function measureCoverage(
  { outletId, day }: { outletId: string; day: string },
  deps: Deps,
  signal: AbortSignal,
): Promise<Job<'fetch' | 'analyse'>[]> {
  const outlet = deps.outlets.get(outletId);
  if (outlet === undefined) return [];
  const reading = await readDay(outlet, day, deps, signal);
  const listed = await Promise.all(reading.entries.map((entry) => lookUp(entry, deps)));
  const missed = listed
    .filter(({ known }) => known === undefined)
    .sort((a, b) => Number(b.isHealth) - Number(a.isHealth));
  const added = await queueMissed(missed, outletId, deps);
  const health = listed.filter(({ isHealth }) => isHealth);
  const measured: CoverageDay = {
    day,
    measuredAt: deps.now().toISOString(),
    listed: listed.length,
    found: listed.filter(isFound).length,
    indexed: listed.filter(isCovered).length,
    healthListed: health.length,
    healthFound: health.filter(isFound).length,
    healthIndexed: health.filter(isCovered).length,
    missed: missed.slice(0, SAMPLE).map(({ entry }) => entry.url),
    queued: added.length,
    sitemaps: reading.sitemaps,
    ...(reading.reason === undefined ? {} : { reason: reading.reason }),
  };
  await deps.outletStates.update(outletId, (state) => ({
    ...state,
    coverage: noteCoverage(state.coverage ?? [], measured),
  }));
  return [...added.map(({ id }) => fetchJob(id)), ...added.map(({ id }) => analyseJob(id, 'entry'))];
}

interface Listed {
  readonly entry: FeedEntry;
  readonly known: Entry | undefined;
  readonly isHealth: boolean;
  /** Its title and address do not rule out that it is about health. */
  readonly mayBeHealth: boolean;
}

async function lookUp(entry: FeedEntry, { entries, language }: Deps): Promise<Listed> {
  const known = await entries.find(entryId(entry.url));
  const inHealthSection = HEALTH_PATH.test(new URL(entry.url).pathname);
  if (entry.title === '') return { entry, known, isHealth: inHealthSection, mayBeHealth: true };
  const text = { title: entry.title, summary: '', body: '' };
  const { isHealth, score } = language.relevance(text, { fromHealthFeed: false });
  return {
    entry,
    known,
    isHealth: isHealth || inHealthSection,
    mayBeHealth: inHealthSection || score > PLAINLY_OFF_TOPIC,
  };
}

function isFound({ known }: Listed): boolean {
  return known !== undefined;
}

/** Searchable, or known to stand under another address of its own. */
function isCovered({ known }: Listed): boolean {
  return known?.outcome === 'indexed' || known?.outcome === 'duplicate';
}

async function queueMissed(missed: readonly Listed[], outletId: string, deps: Deps): Promise<Entry[]> {
  const health = missed.filter(({ isHealth }) => isHealth).slice(0, MOST_QUEUED);
  const unsure = missed
    .filter(({ isHealth, mayBeHealth }) => !isHealth && mayBeHealth)
    .slice(0, MOST_UNSURE_QUEUED);
  const at = deps.now().toISOString();
  const clock = (await deps.outletStates.find(outletId))?.clock;
  return deps.entries.add(
    [...health, ...unsure].map(({ entry }): Entry => {
      const { publishedAt, ...rest } = entry;
      return {
        ...rest,
        ...(publishedAt && { publishedAt: stampPublishedAt(publishedAt, clock, at) }),
        id: entryId(entry.url),
        outletId,
        feedId: COVERAGE_FEED,
        fromHealthFeed: false,
        firstSeenAt: at,
        imported: false,
        // It is old news by now: counted and searchable, and no reason for an alarm.
        isBacklog: true,
        outcome: 'pending',
        stage: 'fetch',
      };
    }),
  );
}

interface DayReading {
  readonly entries: readonly FeedEntry[];
  readonly sitemaps: readonly string[];
  readonly reason?: string;
}

/** What the outlet's sitemaps list for a day, the configured ones or those that its robots.txt names. */
async function readDay(outlet: Outlet, day: string, deps: Deps, signal: AbortSignal): Promise<DayReading> {
  const ask = (url: string) => patiently(() => requestOf(url, outlet, deps, signal), signal);
  const read: string[] = [];
  try {
    const configured = outlet.feeds.filter(({ kind }) => kind === 'sitemap').map(({ url }) => url);
    const roots = configured.length > 0 ? configured : await discover(outlet, day, ask);
    if (roots.length === 0) return { entries: [], sitemaps: [], reason: 'no-sitemap' };
    const entries = await walk(roots, { outlet, day, ask, read });
    return { entries, sitemaps: read, ...(entries.length === 0 ? { reason: 'nothing-listed' } : {}) };
  } catch (error) {
    if (signal.aborted || error instanceof RetryLaterError) throw error;
    return { entries: [], sitemaps: read, reason: reasonOf(error) };
  }
}

function requestOf(
  url: string,
  { paceMs }: Outlet,
  { fetchPage }: Deps,
  signal: AbortSignal,
): Promise<FetchedPage> {
  return fetchPage({ url, paceMs, isPoll: true, signal });
}

/** Sits out short waits, so that sitemaps already read are not asked for again. */
async function patiently(request: () => Promise<FetchedPage>, signal: AbortSignal): Promise<FetchedPage> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await request();
    } catch (error) {
      const isPace = error instanceof RetryLaterError && !(error instanceof StoreUnavailableError);
      if (!isPace || error.delayMs > SIT_OUT_MS || waits === MOST_WAITS) throw error;
      await sleep(error.delayMs, undefined, { signal });
    }
  }
}

type Ask = (url: string) => Promise<FetchedPage>;

async function discover({ homepage }: Outlet, day: string, ask: Ask): Promise<string[]> {
  const url = new URL('/robots.txt', homepage).href;
  const page = await ask(url);
  const sitemaps = sitemapsOfRobots(new TextDecoder().decode(page.bytes), page.url);
  return sitemapsOfDay(
    sitemaps.map((each) => ({ url: each })),
    day,
  ).map((each) => each.url);
}

/** Reads sitemaps, likeliest first, and those that they name; one that cannot be read costs its turn. */
async function walk(
  roots: readonly string[],
  { outlet, day, ask, read }: { outlet: Outlet; day: string; ask: Ask; read: string[] },
): Promise<FeedEntry[]> {
  const found = new Map<string, FeedEntry>();
  const due = [...roots];
  let failure: unknown;
  for (let turn = 0; turn < MOST_SITEMAPS && due.length > 0; turn += 1) {
    const url = due.shift() as string;
    try {
      const page = await ask(url);
      const { entries, sitemaps } = readSitemap(page.bytes, {
        url: page.url,
        hostAliases: outlet.hostAliases,
        contentType: page.headers['content-type'],
      });
      read.push(url);
      for (const entry of entries)
        if (isOfDay(entry, outlet, day)) found.set(entry.url, merged(found, entry));
      const named = sitemapsOfDay(sitemaps, day).map((sitemap) => sitemap.url);
      due.unshift(...named.filter((each) => !read.includes(each) && !due.includes(each)));
    } catch (error) {
      if (error instanceof RetryLaterError) throw error;
      failure = error;
    }
  }
  if (read.length === 0 && failure !== undefined) throw failure;
  return [...found.values()].slice(0, MOST_LISTED);
}

/** Of two sitemaps that list one address, the one that knows its title. */
function merged(found: ReadonlyMap<string, FeedEntry>, entry: FeedEntry): FeedEntry {
  const known = found.get(entry.url);
  return known === undefined || known.title === '' ? entry : known;
}

/** News sitemaps list articles only; elsewhere sections and pages stand among them. */
function isOfDay({ url, title, publishedAt }: FeedEntry, { homepage }: Outlet, day: string): boolean {
  if (publishedAt === undefined || vietnameseDay(publishedAt.at) !== day) return false;
  return title !== '' || looksLikeArticle(url, homepage);
}

function reasonOf(error: unknown): string {
  if (error instanceof PermanentError) return error.reason;
  const { reason } = error as { reason?: unknown };
  return typeof reason === 'string' ? reason : 'network';
}
