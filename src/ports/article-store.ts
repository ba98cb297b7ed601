import type { Caution, Polarity } from '../domain/analysis.ts';
import type { Article, ArticleOutline } from '../domain/article.ts';
import type { Tier } from '../domain/outlet.ts';
import type { HourCount, SeriesKey } from '../domain/series.ts';

/** What to look for; every field narrows the result. */
export interface ArticleFilter {
  /** Words, all of which must occur; an accented match ranks above the same word without diacritics. */
  readonly text?: string;
  readonly polarity?: Polarity;
  /** Along the stance axis alone: whether the sector is praised or criticised, whatever happened. */
  readonly stance?: Polarity;
  readonly topic?: string;
  readonly outletId?: string;
  readonly tier?: Tier;
  readonly province?: string;
  readonly facility?: string;
  /** With at least one caution of this kind. */
  readonly caution?: Caution['kind'];
  readonly storyId?: string;
  readonly series?: SeriesKey;
  /** Whether people have judged it. */
  readonly corrected?: boolean;
  /** Inclusive lower and exclusive upper bound on `firstSeenAt`. */
  readonly from?: string;
  readonly to?: string;
}

export interface ArticlePage {
  /** All articles that match, not only those returned. */
  readonly total: number;
  /** Best match first where `text` is given, else newest first. */
  readonly articles: Article[];
}

export interface TrendBucket {
  /** Start of the bucket in Vietnamese time: `YYYY-MM-DD`, or `YYYY-MM-DDTHH` for hours. */
  readonly bucket: string;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

export interface FacetCount {
  readonly value: string;
  readonly count: number;
  readonly negative: number;
}

export type FacetField = 'topic' | 'outletId' | 'tier' | 'province' | 'facility' | 'polarity';

/**
 * The searchable archive: what the console, the dashboards and the detector read.
 *
 * Implementations hold no rules: they store, find and count. A `save` is visible to every later call on the same
 * store, and to other processes a second later at most. The `firstSeenAt` of an id never changes. Times are compared as instants; buckets are cut in Asia/Ho_Chi_Minh.
 */
export interface ArticleStore {
  /** Inserts or replaces by `article.id`; saving twice leaves one article. */
  save(articles: readonly Article[]): Promise<void>;
  /** Takes an article out of the archive; removing what is not there is no error. */
  remove(id: string): Promise<void>;
  /** Resolves to `undefined` when the id is unknown; never throws for a miss. */
  find(id: string): Promise<Article | undefined>;
  /** In the order asked; unknown ids are left out. */
  findMany(ids: readonly string[]): Promise<Article[]>;
  search(filter: ArticleFilter, page: { offset: number; limit: number }): Promise<ArticlePage>;
  count(filter: ArticleFilter): Promise<number>;
  /** Counts by bucket and polarity, oldest first; empty buckets are absent. */
  trend(filter: ArticleFilter, interval: 'hour' | 'day'): Promise<TrendBucket[]>;
  /** The most frequent values of one field, most frequent first. */
  facet(filter: ArticleFilter, field: FacetField, limit: number): Promise<FacetCount[]>;
  /**
   * Counts of one series per hour of first sight, late articles left out, oldest first; empty hours are absent.
   * `capped` leaves out articles whose `copyNumber` is above two.
   */
  hourCounts(series: SeriesKey, from: string, to: string): Promise<HourCount[]>;
  /**
   * Articles of one series first seen in [from, to), late ones left out: the newest `limit` of them, at most 10,000,
   * oldest first.
   */
  inSeries(series: SeriesKey, from: string, to: string, limit: number): Promise<ArticleOutline[]>;
  /** Newest `firstSeenAt`; `undefined` while the archive is empty. */
  watermark(): Promise<string | undefined>;
  /**
   * Everything that matches, in batches, ordered by `firstSeenAt` and id, oldest first, with no bound on how much that
   * is. Articles saved meanwhile may or may not be among it; none is given twice.
   */
  scan(filter: ArticleFilter): AsyncIterable<Article[]>;
  /** Drops the articles of those whole months (UTC) that had ended by `at`. @returns how many were dropped */
  dropBefore(at: string): Promise<number>;
}
