import type { Caution, Polarity } from '../domain/analysis.ts';
import type { Article, ArticleOutline } from '../domain/article.ts';
import type { ArticleField } from '../domain/article-field.ts';
import type { Tier } from '../domain/outlet.ts';
import type { SearchQuery } from '../domain/search-query.ts';
import type { HourCount, SeriesKey } from '../domain/series.ts';

/** One value, or several of which any will do; an empty list matches nothing. */
export type AnyOf<T> = T | readonly T[];

/** What to look for; every field narrows the result. */
export interface ArticleFilter {
  /**
   * What a person typed, read by `parseSearch` with values of fields taken as ids; an accented match ranks above the
   * same word without diacritics. For names instead of ids, parse it and give `query`.
   */
  readonly text?: string;
  /** A search that has been parsed; both narrow where both are given. */
  readonly query?: SearchQuery;
  readonly polarity?: AnyOf<Polarity>;
  /** Along the stance axis alone: whether the sector is praised or criticised, whatever happened. */
  readonly stance?: AnyOf<Polarity>;
  readonly topic?: AnyOf<string>;
  readonly outletId?: AnyOf<string>;
  readonly newsroom?: AnyOf<string>;
  readonly tier?: AnyOf<Tier>;
  readonly section?: AnyOf<string>;
  readonly language?: AnyOf<string>;
  readonly province?: AnyOf<string>;
  readonly facility?: AnyOf<string>;
  readonly disease?: AnyOf<string>;
  readonly medicine?: AnyOf<string>;
  readonly policyDocument?: AnyOf<string>;
  readonly person?: AnyOf<string>;
  /** With at least one caution of this kind. */
  readonly caution?: AnyOf<Caution['kind']>;
  readonly storyId?: AnyOf<string>;
  readonly series?: SeriesKey;
  /** Mentions at least one of these: what somebody may see. With neither nothing is found. */
  readonly within?: { readonly provinces: readonly string[]; readonly facilities: readonly string[] };
  /** Whether people have judged it. */
  readonly corrected?: boolean;
  readonly isLate?: boolean;
  readonly imported?: boolean;
  /** Inclusive lower and exclusive upper bound on `firstSeenAt`. */
  readonly from?: string;
  readonly to?: string;
}

export interface ArticlePage {
  /** All articles that match, not only those returned. */
  readonly total: number;
  /** Best match first where `text` or `query` is given, else newest first. */
  readonly articles: Article[];
}

/** A place in the order of time: just after this article. */
export interface ArticleCursor {
  readonly firstSeenAt: string;
  readonly id: string;
}

export interface CursorPage {
  readonly articles: Article[];
  /** Where the next page begins; absent on the last. */
  readonly next?: ArticleCursor;
}

export interface TrendBucket {
  /** Start of the bucket in Vietnamese time: `YYYY-MM-DD`, or `YYYY-MM-DDTHH` for hours. */
  readonly bucket: string;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

export type HistogramInterval = 'hour' | 'day' | 'week' | 'month';

export interface PolarityCounts {
  readonly count: number;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

export interface HistogramBucket extends PolarityCounts {
  /** Start in Vietnamese time: `YYYY-MM-DDTHH`, `YYYY-MM-DD` (of a week its Monday), `YYYY-MM`. */
  readonly bucket: string;
  /** The same for each value of `split`, the most frequent of the whole histogram first; absent values count nothing. */
  readonly values: readonly (PolarityCounts & { readonly value: string })[];
}

export interface HistogramOptions {
  readonly interval: HistogramInterval;
  readonly split?: FacetField;
  /** How many values of `split` are counted: the most frequent under the filter. Default 10. */
  readonly splitLimit?: number;
}

export interface FacetCount {
  readonly value: string;
  readonly count: number;
  readonly negative: number;
  readonly positive: number;
  /** Distinct stories, where they were asked for; exact up to some thousands. */
  readonly stories?: number;
}

export type FacetField = ArticleField;

/** How often two values stand in one article, and each alone: what lift and log-likelihood are reckoned from. */
export interface PairCount {
  readonly a: string;
  readonly b: string;
  readonly together: number;
  /** Articles under the filter with `a`, and with `b`. */
  readonly countA: number;
  readonly countB: number;
}

export interface Pairs {
  /** Articles under the filter. */
  readonly total: number;
  readonly pairs: readonly PairCount[];
}

/**
 * The searchable archive: what the console, the dashboards and the detector read.
 *
 * Implementations hold no rules: they store, find and count. A `save` is visible to every later call on the same
 * store, and to other processes a second later at most. The `firstSeenAt` of an id never changes. Times are compared as
 * instants; buckets are cut in Asia/Ho_Chi_Minh.
 *
 * Every store finds the same articles in the same order. Totals are exact, also where they are large. One thing may
 * differ: the embedded store takes a phrase of more than two words for found where each of its words stands beside the
 * next somewhere, once thousands of articles have that (in a real archive at most one in a hundred of them differed),
 * and looks for such phrases in the first 16,000 words of a text.
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
  /**
   * By rank where words are looked for, else newest first. What is spelt as typed ranks above what is not, a match in
   * the title above one in the text, and among equals the newest.
   */
  search(filter: ArticleFilter, page: { offset: number; limit: number }): Promise<ArticlePage>;
  count(filter: ArticleFilter): Promise<number>;
  /**
   * In the order of `firstSeenAt` and then of the id (`oldest` first: ascending, `newest` first: descending times,
   * ascending ids), however deep. Articles that arrive meanwhile move nothing: none is given twice, none is left out.
   */
  page(
    filter: ArticleFilter,
    options: { after?: ArticleCursor; limit: number; order: 'newest' | 'oldest' },
  ): Promise<CursorPage>;
  /** Counts by bucket and polarity, oldest first; empty buckets are absent. */
  trend(filter: ArticleFilter, interval: 'hour' | 'day'): Promise<TrendBucket[]>;
  /** Counts by bucket, polarity and, where `split` is given, by its most frequent values; empty buckets are absent. */
  histogram(filter: ArticleFilter, options: HistogramOptions): Promise<HistogramBucket[]>;
  /**
   * The most frequent values of one field, most frequent first, equals in the order of the values.
   *
   * @param counted  `stories`: their distinct stories too, which takes most of the time where they are asked for
   */
  facet(
    filter: ArticleFilter,
    field: FacetField,
    limit: number,
    counted?: { readonly stories: boolean },
  ): Promise<FacetCount[]>;
  /**
   * The pairs of values that most articles have together, most first, equals in the order of `a` and `b`. Where both
   * fields are the same, each pair is counted once, with `a` before `b`. Counts are exact.
   */
  pairs(filter: ArticleFilter, fieldA: FacetField, fieldB: FacetField, limit: number): Promise<Pairs>;
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
  /** As `scan`, without the texts: for what judges or counts articles by the thousand. */
  outlines(filter: ArticleFilter): AsyncIterable<ArticleOutline[]>;
  /** Drops the articles of those whole months (UTC) that had ended by `at`. @returns how many were dropped */
  dropBefore(at: string): Promise<number>;
}
