import type { estypes } from '@elastic/elasticsearch';

import type { Article, ArticleOutline } from '../../domain/article.ts';
import { COUNTED_COPIES, type HourCount, type SeriesKey } from '../../domain/series.ts';
import type {
  ArticleFilter,
  ArticlePage,
  ArticleStore,
  FacetCount,
  FacetField,
  TrendBucket,
} from '../../ports/article-store.ts';
import { type ArticleDocument, type Gazetteer, toArticle, toDocument } from './article-document.ts';
import { ArticleMonths } from './article-months.ts';
import type { Connection } from './connection.ts';
import { Documents, type Freshness, type Query, type Selection } from './documents.ts';
import { searchQuery } from './search-text.ts';

/** Distinct values in one hour of one series are counted exactly up to far more than there ever are. */
const EXACT_UP_TO = 1000;

/** Values that each month's index reports: facets are exact while none of the fields has more. */
const FACET_SHARD_SIZE = 5000;

/** What an `ArticleOutline` leaves out, and what `toArticle` would drop. */
const UNREAD_IN_SERIES = ['body', 'attachments', 'signature', 'sentiment.evidence', 'facets', 'location'];

const NEWEST_FIRST: Selection['sort'] = [{ firstSeenAt: 'desc' }, { id: 'asc' }];
const BEST_FIRST: Selection['sort'] = [{ _score: { order: 'desc' } }, { firstSeenAt: 'desc' }, { id: 'asc' }];
const OLDEST_FIRST: Selection['sort'] = [{ firstSeenAt: 'asc' }, { id: 'asc' }];
const NEGATIVE: Query = { term: { 'sentiment.polarity': 'negative' } };

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
    const sort: Selection['sort'] = filter.text === undefined ? NEWEST_FIRST : BEST_FIRST;
    const selection: Selection = { query: queryOf(filter), sort, isScored: filter.text !== undefined };
    const [total, documents] = await Promise.all([
      this.count(filter),
      this.#articles.slice(selection, page, 'own'),
    ]);
    return { total, articles: documents.map(toArticle) };
  }

  async count(filter: ArticleFilter): Promise<number> {
    const counted = { query: queryOf(filter), size: 0, track_total_hits: true };
    return (await this.#articles.search(counted, 'own')).total;
  }

  async trend(filter: ArticleFilter, interval: 'hour' | 'day'): Promise<TrendBucket[]> {
    const { buckets } = await this.#aggregate<Bucketed<{ key_as_string: string; polarity: Bucketed }>>(
      queryOf(filter),
      {
        date_histogram: {
          field: 'firstSeenAt',
          calendar_interval: interval,
          time_zone: 'Asia/Ho_Chi_Minh',
          format: interval === 'day' ? 'yyyy-MM-dd' : "yyyy-MM-dd'T'HH",
          min_doc_count: 1,
        },
        aggs: { polarity: { terms: { field: 'sentiment.polarity' } } },
      },
    );
    return buckets.map(({ key_as_string, polarity }) => {
      const counts = new Map(polarity.buckets.map(({ key, doc_count }) => [key, doc_count]));
      return {
        bucket: key_as_string,
        negative: counts.get('negative') ?? 0,
        neutral: counts.get('neutral') ?? 0,
        positive: counts.get('positive') ?? 0,
      };
    });
  }

  async facet(filter: ArticleFilter, field: FacetField, limit: number): Promise<FacetCount[]> {
    if (limit <= 0) return [];
    const { buckets } = await this.#aggregate<Bucketed<{ negative: Counted }>>(queryOf(filter), {
      terms: {
        field: FACET_FIELD[field],
        size: limit,
        shard_size: Math.max(limit, FACET_SHARD_SIZE),
        order: [{ _count: 'desc' }, { _key: 'asc' }],
      },
      aggs: { negative: { filter: NEGATIVE } },
    });
    return buckets.map(({ key, doc_count, negative }) => ({
      value: key,
      count: doc_count,
      negative: negative.doc_count,
    }));
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
      _source: { excludes: UNREAD_IN_SERIES },
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
    for await (const hits of this.#articles.walk({ query: queryOf(filter), sort: OLDEST_FIRST }, 'own')) {
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

interface HourBucket {
  readonly negative: Counted;
  readonly capped: Counted & { readonly negative: Counted };
  readonly stories: { readonly value: number };
  readonly newsrooms: { readonly value: number };
  readonly harm: Counted;
}

const FACET_FIELD: Readonly<Record<FacetField, string>> = {
  topic: 'facets.topic',
  province: 'facets.province',
  facility: 'facets.facility',
  outletId: 'outletId',
  tier: 'tier',
  polarity: 'sentiment.polarity',
};

const FILTER_FIELD = {
  polarity: 'sentiment.polarity',
  stance: 'sentiment.stance.polarity',
  topic: 'facets.topic',
  outletId: 'outletId',
  tier: 'tier',
  province: 'facets.province',
  facility: 'facets.facility',
  caution: 'cautions.kind',
  storyId: 'storyId',
  series: 'series',
} as const satisfies Partial<Record<keyof ArticleFilter, string>>;

function queryOf(filter: ArticleFilter): Query {
  const clauses: Query[] = [];
  for (const [name, field] of Object.entries(FILTER_FIELD)) {
    const value = filter[name as keyof typeof FILTER_FIELD];
    if (value !== undefined) clauses.push({ term: { [field]: value } });
  }
  const { from, to, text, corrected } = filter;
  const isCorrected: Query = { exists: { field: 'corrected.ids' } };
  if (corrected !== undefined) clauses.push(corrected ? isCorrected : { bool: { must_not: [isCorrected] } });
  if (from !== undefined) clauses.push({ range: { firstSeenAt: { gte: from } } });
  if (to !== undefined) clauses.push({ range: { firstSeenAt: { lt: to } } });
  return { bool: { filter: clauses, must: text === undefined ? [] : [searchQuery(text)] } };
}

/** What counts as news of a series: late articles left out. */
function newsOf(series: SeriesKey, from: string, to: string): Query {
  return { bool: { filter: [queryOf({ series, from, to }), { term: { isLate: false } }] } };
}
