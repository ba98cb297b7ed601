import { isFailing } from '../domain/feed-state.ts';
import type { Incident } from '../domain/incident.ts';
import { rank } from '../domain/incident.ts';
import type { Outlet, Tier } from '../domain/outlet.ts';
import { type Silence, silenceOf } from '../domain/outlet-silence.ts';
import type { BriefStatus } from '../domain/press-brief.ts';
import { type Share, wilsonShare } from '../domain/share.ts';
import { DAY_MS, HOUR_MS, VIETNAM_OFFSET_MS, vietnameseDay, vietnameseMidnight } from '../domain/time.ts';
import type { ArticleFilter, TrendBucket } from '../ports/article-store.ts';
import { type UpcomingPolicy, upcomingPolicies } from '../reports/policy-coverage.ts';
import type { StoryGrowth } from '../reports/story-growth.ts';
import { medianOf, type Usual, usualOf } from '../reports/usual.ts';
import type { ConsoleDeps } from './console-deps.ts';
import { growingStories } from './growing-stories.ts';
import { Remembered } from './remembered.ts';

type TodayDeps = Pick<
  ConsoleDeps,
  | 'articles'
  | 'stories'
  | 'incidents'
  | 'entries'
  | 'outlets'
  | 'feedStates'
  | 'corrections'
  | 'office'
  | 'policies'
  | 'now'
>;

/** Whom a reader watches: articles that mention one of these. */
export type Watched = NonNullable<ArticleFilter['within']>;

/** Articles of a day so far, and what is usual by then. */
export interface DaySoFar {
  /** Vietnamese midnight, ISO 8601. */
  readonly from: string;
  readonly articles: number;
  readonly negative: number;
  /** Absent while there is nothing. */
  readonly share?: Share;
  /** Articles by the same hour of the same weekday, in the weeks before; absent where there are too few. */
  readonly usual?: Usual;
  /** Median share of negative ones in the same weeks. */
  readonly usualShare?: number;
}

/** What has come since a moment. */
export interface NewSince {
  readonly since: string;
  readonly articles: number;
  readonly negative: number;
}

/** The same as a search that a reader could have typed, for links to the very articles counted. */
export function searchOf({ provinces, facilities }: Watched): string {
  return [...provinces.map((id) => `province:${id}`), ...facilities.map((id) => `facility:${id}`)].join(
    ' OR ',
  );
}

export interface SilentOutlet extends Silence {
  readonly outletId: string;
  readonly name: string;
  readonly tier: Tier;
}

/** What is running, as one page shows it. */
export interface TodayReport {
  readonly day: DaySoFar;
  readonly stories: readonly StoryGrowth[];
  readonly pulse: readonly TrendBucket[];
  readonly since?: NewSince;
  /** Open ones first, then by severity, the oldest first. */
  readonly incidents: readonly Incident[];
  readonly activeIncidents: number;
  /** Policy documents that take effect soon, the next first. */
  readonly upcoming: readonly UpcomingPolicy[];
  readonly silent: readonly SilentOutlet[];
  readonly feeds: { readonly configured: number; readonly failing: number };
  /** Articles drawn by chance that people have judged in the last seven days. */
  readonly sampledJudgements: number;
  readonly brief?: { readonly id: string; readonly at: string; readonly status: BriefStatus };
}

const SHOWN_STORIES = 10;
const SHOWN_INCIDENTS = 8;
const MOST_INCIDENTS = 100;
const USUAL_WEEKS = 8;
const WEEK_MS = 7 * DAY_MS;
const LATEST_CORRECTIONS = 100;

/** The archive says the same until something is indexed, and what depends on the clock changes slowly. */
const COUNTS_KEPT_MS = HOUR_MS / 60;
/** Silence is told in hours. */
const SILENCE_KEPT_MS = HOUR_MS / 12;

/**
 * Reads what the Today page shows.
 *
 * Bounded: some forty small queries of the last day, two for each of eight earlier weeks, and the found counter of a
 * week; counts are kept for a minute and per watermark, so that many readers cost as much as one.
 */
export class TodayReader {
  readonly #deps: TodayDeps;
  readonly #counts = new Remembered<Pick<TodayReport, 'day' | 'stories' | 'pulse'>>(COUNTS_KEPT_MS);
  readonly #silent = new Remembered<readonly SilentOutlet[]>(SILENCE_KEPT_MS);

  constructor(deps: TodayDeps) {
    this.#deps = deps;
  }

  /**
   * @param watched  counts only what concerns these; everything where absent
   * @param since    when the reader was last here
   */
  async read(watched: Watched | undefined, since: string | undefined): Promise<TodayReport> {
    const now = this.#deps.now();
    const filter: ArticleFilter = watched === undefined ? {} : { within: watched };
    const watermark = (await this.#deps.articles.watermark()) ?? '';
    const key = JSON.stringify([watermark, watched]);
    const [counts, silent, fresh, incidents, feeds, sampledJudgements, briefs] = await Promise.all([
      this.#counts.get(key, now, () => this.#count(filter, now)),
      this.#silent.get('', now, () => silentOutlets(this.#deps, now)),
      since === undefined ? undefined : newSince(filter, since, this.#deps),
      this.#deps.incidents.list({ status: ['open', 'acknowledged'], limit: MOST_INCIDENTS }),
      this.#feeds(),
      this.#sampled(now),
      this.#deps.office.list('press-brief', { limit: 1 }),
    ]);
    const [brief] = briefs;
    return {
      ...counts,
      ...(fresh === undefined ? {} : { since: fresh }),
      incidents: [...incidents].sort(byUrgency).slice(0, SHOWN_INCIDENTS),
      activeIncidents: incidents.length,
      upcoming: upcomingPolicies(this.#deps.policies, now),
      silent,
      feeds,
      sampledJudgements,
      ...(brief === undefined ? {} : { brief: { id: brief.id, at: brief.at, status: brief.status } }),
    };
  }

  async #count(filter: ArticleFilter, now: Date): Promise<Pick<TodayReport, 'day' | 'stories' | 'pulse'>> {
    const [day, stories, pulse] = await Promise.all([
      daySoFar(filter, this.#deps, now),
      growingStories(filter, SHOWN_STORIES, this.#deps, now),
      this.#deps.articles.trend({ ...filter, from: iso(now.getTime() - DAY_MS + HOUR_MS) }, 'hour'),
    ]);
    return { day, stories, pulse };
  }

  async #feeds(): Promise<TodayReport['feeds']> {
    const configured = new Set(
      [...this.#deps.outlets.values()].flatMap(({ feeds }) => feeds.map(({ id }) => id)),
    );
    const states = await this.#deps.feedStates.all();
    const failing = states.filter((state) => configured.has(state.feedId) && isFailing(state)).length;
    return { configured: configured.size, failing };
  }

  async #sampled(now: Date): Promise<number> {
    const since = iso(now.getTime() - WEEK_MS);
    const latest = await this.#deps.corrections.list({ offset: 0, limit: LATEST_CORRECTIONS });
    return latest.filter(
      ({ at, isSampled, revokedAt }) => isSampled === true && revokedAt === undefined && at >= since,
    ).length;
  }
}

/** Open before taken, worse before milder, longer before shorter. */
function byUrgency(a: Incident, b: Incident): number {
  return (
    Number(a.status !== 'open') - Number(b.status !== 'open') ||
    rank(b.severity) - rank(a.severity) ||
    Date.parse(a.reopenedAt ?? a.openedAt) - Date.parse(b.reopenedAt ?? b.openedAt)
  );
}

async function daySoFar(filter: ArticleFilter, deps: TodayDeps, now: Date): Promise<DaySoFar> {
  const fromMs = vietnameseMidnight(vietnameseDay(now));
  // The weeks before are cut where this day has come to.
  const countOf = async (weeks: number) => {
    const back = weeks * WEEK_MS;
    const window = { ...filter, from: iso(fromMs - back), to: iso(now.getTime() - back) };
    const facets = await deps.articles.facet(window, 'polarity', 3);
    const articles = facets.reduce((sum, { count }) => sum + count, 0);
    return { articles, negative: facets.find(({ value }) => value === 'negative')?.count ?? 0 };
  };
  const [today, ...earlier] = await Promise.all(
    Array.from({ length: USUAL_WEEKS + 1 }, (_, weeks) => countOf(weeks)),
  );
  const { articles, negative } = today ?? { articles: 0, negative: 0 };
  const there = earlier.filter((week) => week.articles > 0);
  const usual = usualOf(there.map((week) => week.articles));
  const share = wilsonShare(negative, articles);
  return {
    from: iso(fromMs),
    articles,
    negative,
    ...(share === undefined ? {} : { share }),
    ...(usual === undefined
      ? {}
      : { usual, usualShare: medianOf(there.map((week) => week.negative / week.articles)) }),
  };
}

async function newSince(filter: ArticleFilter, since: string, { articles }: TodayDeps): Promise<NewSince> {
  const facets = await articles.facet({ ...filter, from: since }, 'polarity', 3);
  return {
    since,
    articles: facets.reduce((sum, { count }) => sum + count, 0),
    negative: facets.find(({ value }) => value === 'negative')?.count ?? 0,
  };
}

async function silentOutlets({ entries, outlets }: TodayDeps, now: Date): Promise<SilentOutlet[]> {
  const found = await entries.foundPer('hour', { from: iso(now.getTime() - WEEK_MS) });
  const hours = new Map<string, string[]>();
  for (const { outletId, bucket } of found) {
    const own = hours.get(outletId);
    if (own === undefined) hours.set(outletId, [instantOf(bucket)]);
    else own.push(instantOf(bucket));
  }
  return [...outlets.values()]
    .flatMap(({ id, name, tier }: Outlet) => {
      const silence = silenceOf(hours.get(id) ?? [], now);
      return silence === undefined ? [] : [{ outletId: id, name, tier, ...silence }];
    })
    .sort((a, b) => Date.parse(a.sinceAt) - Date.parse(b.sinceAt));
}

/** `2026-03-02T14` on a Vietnamese clock. */
function instantOf(bucket: string): string {
  return iso(Date.parse(`${bucket}:00:00Z`) - VIETNAM_OFFSET_MS);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
