import type { Alert } from '../domain/alert.ts';
import type { Article, ArticleOutline } from '../domain/article.ts';
import type { Tier } from '../domain/outlet.ts';
import { COUNTED_COPIES, splitSeriesKey } from '../domain/series.ts';
import type { Story } from '../domain/story.ts';
import { HOUR_MS } from '../domain/time.ts';

/** What the archive gives for the figures of an alert. */
export interface RecomputedFigures {
  readonly observed: number;
  readonly negative: number;
  readonly independentNewsrooms: readonly string[];
  readonly copiesFolded: number;
  readonly firstOutletId: string;
  readonly firstArticleAt: string;
  readonly storyIds: readonly string[];
}

export interface Difference {
  readonly field: keyof RecomputedFigures;
  readonly stated: number | string | readonly string[];
  readonly recomputed: number | string | readonly string[];
}

export interface RecomputedEvidence {
  readonly figures: RecomputedFigures;
  /** Codes of the provinces, and tiers, of the counted articles: an alert states them by its signals only. */
  readonly provinces: readonly string[];
  readonly tiers: readonly Tier[];
  /** Stories of the alert that are no longer known. */
  readonly unknownStories: readonly string[];
  /** None where the alert's figures stand as they were stated. */
  readonly differences: readonly Difference[];
  /** Why figures may differ: articles that have left the archive, that a person has corrected, or whose page was read. */
  readonly missing: readonly string[];
  readonly correctedSince: readonly string[];
  readonly indexedSince: readonly string[];
}

export interface RecomputeInput {
  readonly alert: Alert;
  /** Those of the alert's articles that are in the archive, in any order. */
  readonly articles: readonly Article[];
  /** Everything of the alert's series first seen in its window, in any order. */
  readonly window: readonly ArticleOutline[];
  /** Those of the alert's stories that are known. */
  readonly stories: readonly Story[];
}

/** Start of an alert's window, ISO 8601. */
export function windowStart({ at, windowHours }: Pick<Alert, 'at' | 'windowHours'>): string {
  return new Date(Date.parse(at) - windowHours * HOUR_MS).toISOString();
}

/**
 * Counts an alert's figures again from the archive, by none of the code that counted them first.
 *
 * An alert is never changed: what was corrected or read since shows as a difference with its reason.
 */
export function recomputeEvidence({ alert, articles, window, stories }: RecomputeInput): RecomputedEvidence {
  const ids = new Set(alert.articleIds);
  const counted = articles
    .filter((article) => ids.has(article.id) && counts(article, alert))
    .sort((a, b) => Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt) || (a.id < b.id ? -1 : 1));
  const negatives = counted.filter(({ sentiment }) => sentiment.polarity === 'negative');
  const figures: RecomputedFigures = {
    observed: counted.length,
    negative: negatives.length,
    independentNewsrooms: newsroomsOf(counted),
    copiesFolded: window.filter((article) => !ids.has(article.id) && isFolded(article, alert)).length,
    firstOutletId: counted[0]?.outletId ?? '',
    firstArticleAt: counted[0]?.firstSeenAt ?? '',
    storyIds: distinct((negatives.length > 0 ? negatives : counted).map(({ storyId }) => storyId)),
  };
  const found = new Set(articles.map(({ id }) => id));
  const knownStories = new Set(stories.map(({ id }) => id));
  const isLater = (at: string | undefined) => at !== undefined && Date.parse(at) > Date.parse(alert.at);
  return {
    figures,
    provinces: distinct(counted.flatMap(provincesOf)).sort(),
    tiers: distinct(counted.map(({ tier }) => tier)),
    unknownStories: alert.storyIds.filter((id) => !knownStories.has(id)),
    differences: differencesOf(alert, figures),
    missing: alert.articleIds.filter((id) => !found.has(id)),
    correctedSince: articles.filter(({ corrected }) => isLater(corrected?.at)).map(({ id }) => id),
    indexedSince: articles.filter(({ indexedAt }) => isLater(indexedAt)).map(({ id }) => id),
  };
}

/** In the series and its window, in time, and no copy beyond those that count. */
function counts(article: ArticleOutline, alert: Alert): boolean {
  return isInWindow(article, alert) && article.copyNumber <= copiesCounted(alert);
}

function isFolded(article: ArticleOutline, alert: Alert): boolean {
  return isInWindow(article, alert) && article.copyNumber > copiesCounted(alert);
}

function isInWindow({ series, isLate, firstSeenAt }: ArticleOutline, alert: Alert): boolean {
  const seenMs = Date.parse(firstSeenAt);
  const isTimely = seenMs >= Date.parse(windowStart(alert)) && seenMs <= Date.parse(alert.at);
  return isTimely && !isLate && series.includes(alert.series);
}

/** Where the story is the series, reach is the point, and every copy counts. */
function copiesCounted({ series }: Alert): number {
  return splitSeriesKey(series).kind === 'story' ? Number.POSITIVE_INFINITY : COUNTED_COPIES;
}

/** Newsrooms with a text of their own, in order of appearance; a bare headline is nobody's yet. */
function newsroomsOf(counted: readonly Article[]): string[] {
  const own = counted.filter(
    ({ copyNumber, readFrom, summary, unreadReason }) =>
      copyNumber === 1 && (readFrom === 'page' || summary !== '' || unreadReason !== undefined),
  );
  return distinct(own.map(({ creditedTo, newsroom }) => creditedTo ?? newsroom));
}

function provincesOf({ mentions }: Article): string[] {
  return mentions.flatMap(({ kind, id, province }) => (kind === 'province' ? [id] : (province ?? [])));
}

function differencesOf(alert: Alert, figures: RecomputedFigures): Difference[] {
  const fields = Object.keys(figures) as (keyof RecomputedFigures)[];
  return fields.flatMap((field) => {
    const stated = alert[field];
    const recomputed = figures[field];
    return comparable(stated) === comparable(recomputed) ? [] : [{ field, stated, recomputed }];
  });
}

/** Lists are sets here: in which order newsrooms or stories came is not what is stated. */
function comparable(value: number | string | readonly string[]): string {
  return JSON.stringify(typeof value === 'object' ? [...value].sort() : value);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
