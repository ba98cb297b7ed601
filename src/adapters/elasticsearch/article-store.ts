import type { estypes } from '@elastic/elasticsearch';

import type { Article, ArticleOutline } from '../../domain/article.ts';
import { COUNTED_COPIES, type HourCount, type SeriesKey } from '../../domain/series.ts';
import type {
  ArticleCursor,
  ArticleFilter,
  ArticlePage,
  ArticleStore,
  CursorPage,
  FacetCount,
  FacetField,
  HistogramBucket,
  HistogramInterval,
  HistogramOptions,
  PairCount,
  Pairs,
  PolarityCounts,
  TrendBucket,
} from '../../ports/article-store.ts';
import { type ArticleDocument, type Gazetteer, toArticle, toDocument } from './article-document.ts';
import { ArticleMonths } from './article-months.ts';
import { articleQuery, FIELD_PATH } from './article-query.ts';
import type { Connection } from './connection.ts';
import { Documents, type Freshness, type Query, type Selection } from './documents.ts';

/** Distinct values in one hour of one series are counted exactly up to far more than there ever are. */
const EXACT_UP_TO = 1000;

/** Values that each month's index reports: facets are exact while none of the fields has more. */
const FACET_SHARD_SIZE = 5000;

/** What an `ArticleOutline` leaves out, and what `toArticle` would drop. */
const UNREAD_IN_OUTLINES = ['body', 'attachments', 'signature', 'sentiment.evidence', 'facets', 'location'];

const NEWEST_FIRST: Selection['sort'] = [{ firstSeenAt: 'desc' }, { id: 'asc' }];
const BEST_FIRST: Selection['sort'] = [{ _score: { order: 'desc' } }, { firstSeenAt: 'desc' }, { id: 'asc' }];
const OLDEST_FIRST: Selection['sort'] = [{ firstSeenAt: 'asc' }, { id: 'asc' }];
const NEGATIVE: Query = { term: { 'sentiment.polarity': 'negative' } };
const POSITIVE: Query = { term: { 'sentiment.polarity': 'positive' } };

/** Distinct stories of one value are counted exactly up to so many. */
const STORIES_EXACT_UP_TO = 3000;

/** Pairs that are kept beyond those asked for before the rarest are let go. */
const MOST_WAITING = 10_000;

/**
 * Articles in one index per UTC month of first sight, behind one alias.
 *
 * An id does not tell the month, so articles are found by search also where the id is known, after a refresh: every
 * process sees at once what any other has saved.
 */
export class ElasticsearchArticleStore implements ArticleStore {
  readonly #articles: Documents<ArticleDocument>;
  readonly #months: ArticleMonths;
  readonly #gazetteer: Gazetteer;

  constructor(connection: Connection, gazetteer: Gazetteer) {
    this.#articles = new Documents(connection, 'articles');
    this.#months = new ArticleMonths(connection);
    this.#gazetteer = gazetteer;
  }

  async save(articles: readonly Article[]): Promise<void> {
    await this.#months.save(articles.map((article) => toDocument(article, this.#gazetteer)));
  }

  async remove(id: string): Promise<void> {
    const [found] = await this.#byId([id]);
    if (found !== undefined) await this.#months.remove(found);
  }

  async find(id: string): Promise<Article | undefined> {
    return (await this.findMany([id]))[0];
  }

  async findMany(ids: readonly string[]): Promise<Article[]> {
    const byId = new Map((await this.#byId(ids)).map((article) => [article.id, article]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  async search(filter: ArticleFilter, page: { offset: number; limit: number }): Promise<ArticlePage> {
    const isRanked = filter.text !== undefined || filter.query !== undefined;
    const selection = { query: articleQuery(filter), sort: isRanked ? BEST_FIRST : NEWEST_FIRST };
    const [total, documents] = await Promise.all([
      this.count(filter),
      this.#articles.slice(selection, page, 'own'),
    ]);
    return { total, articles: documents.map(toArticle) };
  }

  async count(filter: ArticleFilter): Promise<number> {
    const counted = { query: articleQuery(filter), size: 0, track_total_hits: true };
    return (await this.#articles.search(counted, 'own')).total;
  }

  async page(
    filter: ArticleFilter,
    { after, limit, order }: { after?: ArticleCursor; limit: number; order: 'newest' | 'oldest' },
  ): Promise<CursorPage> {
    const { hits } = await this.#articles.search(
      {
        query: articleQuery(filter),
        sort: order === 'newest' ? NEWEST_FIRST : OLDEST_FIRST,
        size: limit + 1,
        track_total_hits: false,
        ...(after === undefined ? {} : { search_after: [Date.parse(after.firstSeenAt), after.id] }),
      },
      'own',
    );
    const found = hits.flatMap(({ _source }) => (_source === undefined ? [] : [toArticle(_source)]));
    const articles = found.slice(0, limit);
    const last = articles.at(-1);
    if (found.length <= limit || last === undefined) return { articles };
    return { articles, next: { firstSeenAt: last.firstSeenAt, id: last.id } };
  }

  async trend(filter: ArticleFilter, interval: 'hour' | 'day'): Promise<TrendBucket[]> {
    const buckets = await this.#histogram(articleQuery(filter), interval);
    return buckets.map(({ bucket, negative, neutral, positive }) => ({
      bucket,
      negative,
      neutral,
      positive,
    }));
  }

  /** One histogram for each value of the split: the server bounds how many buckets one answer has. */
  async histogram(
    filter: ArticleFilter,
    { interval, split, splitLimit = 10 }: HistogramOptions,
  ): Promise<HistogramBucket[]> {
    const query = articleQuery(filter);
    const values = split === undefined ? [] : await this.facet(filter, split, splitLimit);
    const [all = [], ...each] = await Promise.all([
      this.#histogram(query, interval),
      ...values.map(({ value }) =>
        this.#histogram(both(query, { term: { [FIELD_PATH[split as FacetField]]: value } }), interval),
      ),
    ]);
    const ofValue = each.map((buckets) => new Map(buckets.map(({ bucket, ...counts }) => [bucket, counts])));
    return all.map((counts) => ({
      ...counts,
      values: values.flatMap(({ value }, index) => {
        const found = ofValue[index]?.get(counts.bucket);
        return found === undefined ? [] : [{ value, ...found }];
      }),
    }));
  }

  async #histogram(
    query: Query,
    interval: HistogramInterval,
  ): Promise<(PolarityCounts & { readonly bucket: string })[]> {
    const { buckets } = await this.#aggregate<Bucketed<PolarityCounted & { key_as_string: string }>>(query, {
      date_histogram: {
        field: 'firstSeenAt',
        calendar_interval: interval,
        time_zone: 'Asia/Ho_Chi_Minh',
        format: BUCKET_FORMAT[interval],
        min_doc_count: 1,
      },
      aggs: { negative: { filter: NEGATIVE }, positive: { filter: POSITIVE } },
    });
    return buckets.map(({ key_as_string, doc_count, negative, positive }) => ({
      bucket: key_as_string,
      count: doc_count,
      negative: negative.doc_count,
      neutral: doc_count - negative.doc_count - positive.doc_count,
      positive: positive.doc_count,
    }));
  }

  async facet(
    filter: ArticleFilter,
    field: FacetField,
    limit: number,
    counted = { stories: false },
  ): Promise<FacetCount[]> {
    if (limit <= 0) return [];
    const stories = { cardinality: { field: 'storyId', precision_threshold: STORIES_EXACT_UP_TO } };
    const { buckets } = await this.#aggregate<Bucketed<PolarityCounted & { stories?: { value: number } }>>(
      articleQuery(filter),
      {
        terms: {
          field: FIELD_PATH[field],
          size: limit,
          shard_size: Math.max(limit, FACET_SHARD_SIZE),
          order: [{ _count: 'desc' }, { _key: 'asc' }],
        },
        aggs: {
          negative: { filter: NEGATIVE },
          positive: { filter: POSITIVE },
          ...(counted.stories ? { stories } : {}),
        },
      },
    );
    return buckets.map(({ key, doc_count, negative, positive, stories: found }) => ({
      value: key,
      count: doc_count,
      negative: negative.doc_count,
      positive: positive.doc_count,
      ...(found === undefined ? {} : { stories: found.value }),
    }));
  }

  /** Linear in the pairs that occur, which are counted a page at a time. */
  async pairs(filter: ArticleFilter, fieldA: FacetField, fieldB: FacetField, limit: number): Promise<Pairs> {
    const query = articleQuery(filter);
    const most: CountedPair[] = [];
    const [pathA, pathB] = [FIELD_PATH[fieldA], FIELD_PATH[fieldB]];
    const sources = [
      { name: 'a', source: { terms: { field: pathA } } },
      { name: 'b', source: { terms: { field: pathB } } },
    ] as const;
    for await (const { key, doc_count } of this.#articles.combinations<{ a: string; b: string }>(
      query,
      sources,
      'own',
    )) {
      if (fieldA === fieldB && key.a >= key.b) continue;
      most.push({ ...key, together: doc_count });
      if (most.length >= limit + MOST_WAITING) most.sort(byTogether).splice(limit);
    }
    most.sort(byTogether).splice(limit);
    const [total, countsA, countsB] = await Promise.all([
      this.count(filter),
      this.#countsOf(
        query,
        pathA,
        most.map(({ a }) => a),
      ),
      this.#countsOf(
        query,
        pathB,
        most.map(({ b }) => b),
      ),
    ]);
    const pairs = most.map((pair) => ({
      ...pair,
      countA: countsA.get(pair.a) ?? 0,
      countB: countsB.get(pair.b) ?? 0,
    }));
    return { total, pairs };
  }

  async #countsOf(query: Query, field: string, values: readonly string[]): Promise<Map<string, number>> {
    const include = [...new Set(values)];
    if (include.length === 0) return new Map();
    const { buckets } = await this.#aggregate<Bucketed>(query, {
      terms: { field, include, size: include.length },
    });
    return new Map(buckets.map(({ key, doc_count }) => [key, doc_count]));
  }

  async hourCounts(series: SeriesKey, from: string, to: string): Promise<HourCount[]> {
    const distinct = (field: string) => ({ cardinality: { field, precision_threshold: EXACT_UP_TO } });
    const { buckets } = await this.#aggregate<Bucketed<HourBucket>>(
      newsOf(series, from, to),
      {
        date_histogram: { field: 'firstSeenAt', fixed_interval: '1h', min_doc_count: 1 },
        aggs: {
          negative: { filter: NEGATIVE },
          capped: {
            filter: { range: { copyNumber: { lte: COUNTED_COPIES } } },
            aggs: { negative: { filter: NEGATIVE } },
          },
          stories: distinct('storyId'),
          newsrooms: distinct('newsroom'),
          harm: { filter: { term: { hasHarm: true } } },
        },
      },
      'all',
    );
    return buckets.map((bucket) => ({
      hour: new Date(bucket.key).toISOString(),
      articles: bucket.doc_count,
      negative: bucket.negative.doc_count,
      capped: bucket.capped.doc_count,
      cappedNegative: bucket.capped.negative.doc_count,
      stories: bucket.stories.value,
      newsrooms: bucket.newsrooms.value,
      harm: bucket.harm.doc_count,
    }));
  }

  async inSeries(series: SeriesKey, from: string, to: string, limit: number): Promise<ArticleOutline[]> {
    const newest = {
      query: newsOf(series, from, to),
      sort: [{ firstSeenAt: 'desc' as const }, { id: 'desc' as const }],
      size: limit,
      track_total_hits: false,
      _source: { excludes: UNREAD_IN_OUTLINES },
    };
    const { hits } = await this.#articles.search(newest, 'all');
    return hits.flatMap(({ _source }) => (_source === undefined ? [] : [toArticle(_source)])).reverse();
  }

  async watermark(): Promise<string | undefined> {
    const newest = { sort: NEWEST_FIRST, size: 1, track_total_hits: false, _source: ['firstSeenAt'] };
    const [hit] = (await this.#articles.search(newest, 'own')).hits;
    return hit?._source && new Date(hit._source.firstSeenAt).toISOString();
  }

  async *scan(filter: ArticleFilter): AsyncIterable<Article[]> {
    yield* this.#walk(filter, true);
  }

  async *outlines(filter: ArticleFilter): AsyncIterable<ArticleOutline[]> {
    yield* this.#walk(filter, { excludes: UNREAD_IN_OUTLINES });
  }

  async *#walk(filter: ArticleFilter, source: estypes.SearchSourceConfig): AsyncIterable<Article[]> {
    const selection = { query: articleQuery(filter), sort: OLDEST_FIRST, source };
    for await (const hits of this.#articles.walk(selection, 'own')) {
      yield hits.flatMap(({ _source }) => (_source === undefined ? [] : [toArticle(_source)]));
    }
  }

  /** Deletes the months' indices whole. */
  async dropBefore(at: string): Promise<number> {
    return this.#months.dropBefore(at);
  }

  async #byId(ids: readonly string[]): Promise<Article[]> {
    if (ids.length === 0) return [];
    const query = { ids: { values: [...new Set(ids)] } };
    const documents = await this.#articles.slice(
      { query, sort: ['_doc'] },
      { offset: 0, limit: ids.length },
      'all',
    );
    return documents.map(toArticle);
  }

  async #aggregate<Answer extends Bucketed<unknown>>(
    query: Query,
    aggregation: estypes.AggregationsAggregationContainer,
    freshness: Freshness = 'own',
  ): Promise<Answer> {
    const { aggregations } = await this.#articles.search<{ all: Answer }>(
      { query, size: 0, track_total_hits: false, aggs: { all: aggregation } },
      freshness,
    );
    return aggregations?.all ?? ({ buckets: [] } as unknown as Answer);
  }
}

interface Counted {
  readonly doc_count: number;
}

interface Bucketed<More = unknown> {
  readonly buckets: readonly (Counted & { readonly key: string } & More)[];
}

interface PolarityCounted {
  readonly negative: Counted;
  readonly positive: Counted;
}

interface HourBucket {
  readonly negative: Counted;
  readonly capped: Counted & { readonly negative: Counted };
  readonly stories: { readonly value: number };
  readonly newsrooms: { readonly value: number };
  readonly harm: Counted;
}

const BUCKET_FORMAT: Readonly<Record<HistogramInterval, string>> = {
  hour: "yyyy-MM-dd'T'HH",
  day: 'yyyy-MM-dd',
  week: 'yyyy-MM-dd',
  month: 'yyyy-MM',
};

type CountedPair = Omit<PairCount, 'countA' | 'countB'>;

function byTogether(one: CountedPair, other: CountedPair): number {
  return other.together - one.together || compare(one.a, other.a) || compare(one.b, other.b);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function both(one: Query, other: Query): Query {
  return { bool: { filter: [one, other] } };
}

/** What counts as news of a series: late articles left out. */
function newsOf(series: SeriesKey, from: string, to: string): Query {
  return { bool: { filter: [articleQuery({ series, from, to }), { term: { isLate: false } }] } };
}
