import type { PGlite, Transaction } from '@electric-sql/pglite';

import type { Article, ArticleOutline } from '../../domain/article.ts';
import { completed } from '../../domain/earlier-article.ts';
import { COUNTED_COPIES, type HourCount, type SeriesKey } from '../../domain/series.ts';
import { monthOf } from '../../domain/time.ts';
import type {
  ArticleCursor,
  ArticleFilter,
  ArticlePage,
  ArticleStore,
  CursorPage,
  FacetCount,
  FacetField,
  HistogramBucket,
  HistogramOptions,
  Pairs,
  TrendBucket,
} from '../../ports/article-store.ts';
import { ArticleArchive } from './article-archive.ts';
import { facetOf, histogramOf, pairsOf, ranked, total } from './article-counts.ts';
import { articleTerms } from './article-terms.ts';
import { articleVector } from './article-words.ts';

/** Articles per look of a scan: bounds memory. */
const SCAN_BATCH = 500;

/** What an `ArticleOutline` leaves out. */
const OUTLINE = `document - 'body' - 'attachments' - 'signature' #- '{sentiment,evidence}'`;

export class PgliteArticleStore implements ArticleStore {
  readonly #db: PGlite;
  readonly #archive: ArticleArchive;

  constructor(db: PGlite) {
    this.#db = db;
    this.#archive = new ArticleArchive(db);
  }

  async save(articles: readonly Article[]): Promise<void> {
    if (articles.length === 1 && articles[0] !== undefined) return saveOne(this.#db, articles[0]);
    await this.#db.transaction(async (tx) => {
      for (const article of articles) await saveOne(tx, article);
    });
  }

  async remove(id: string): Promise<void> {
    await this.#db.transaction(async (tx) => {
      await tx.query('delete from article where id = $1', [id]);
      await tx.query('delete from series_article where article_id = $1', [id]);
      await takeOut(tx, 'article_id = $1', id);
    });
  }

  async find(id: string): Promise<Article | undefined> {
    return (await this.findMany([id]))[0];
  }

  async findMany(ids: readonly string[]): Promise<Article[]> {
    return this.#read<Article>(ids, 'document');
  }

  /** Linear in what matches; words that nobody has looked for lately are looked up in the index first. */
  async search(
    filter: ArticleFilter,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<ArticlePage> {
    const matches = await this.#archive.matches(filter);
    const { columns } = matches;
    const ids = ranked(matches, offset, limit).map((row) => columns.id(row));
    return { total: total(matches), articles: await this.findMany(ids) };
  }

  async count(filter: ArticleFilter): Promise<number> {
    return total(await this.#archive.matches(filter));
  }

  async page(
    filter: ArticleFilter,
    { after, limit, order }: { after?: ArticleCursor; limit: number; order: 'newest' | 'oldest' },
  ): Promise<CursorPage> {
    const { ids, isLast } = await this.#idsAfter(filter, after, limit, order);
    const articles = await this.findMany(ids);
    const last = articles.at(-1);
    if (isLast || last === undefined) return { articles };
    return { articles, next: { firstSeenAt: last.firstSeenAt, id: last.id } };
  }

  async trend(filter: ArticleFilter, interval: 'hour' | 'day'): Promise<TrendBucket[]> {
    const buckets = await this.histogram(filter, { interval });
    return buckets.map(({ bucket, negative, neutral, positive }) => ({
      bucket,
      negative,
      neutral,
      positive,
    }));
  }

  async histogram(filter: ArticleFilter, options: HistogramOptions): Promise<HistogramBucket[]> {
    return histogramOf(await this.#archive.matches(filter), options);
  }

  async facet(
    filter: ArticleFilter,
    field: FacetField,
    limit: number,
    counted = { stories: false },
  ): Promise<FacetCount[]> {
    return facetOf(await this.#archive.matches(filter), field, limit, counted.stories);
  }

  async pairs(filter: ArticleFilter, fieldA: FacetField, fieldB: FacetField, limit: number): Promise<Pairs> {
    return pairsOf(await this.#archive.matches(filter), fieldA, fieldB, limit);
  }

  async hourCounts(series: SeriesKey, from: string, to: string): Promise<HourCount[]> {
    const { rows } = await this.#db.query<Omit<HourCount, 'hour'> & { hour: Date }>(
      `select date_trunc('hour', first_seen_at at time zone 'UTC') at time zone 'UTC' as hour,
              count(*)::int as articles,
              count(*) filter (where polarity = 'negative')::int as negative,
              count(*) filter (where copy_number <= ${COUNTED_COPIES})::int as capped,
              count(*) filter (where copy_number <= ${COUNTED_COPIES} and polarity = 'negative')::int
                as "cappedNegative",
              count(distinct story_id)::int as stories,
              count(distinct newsroom)::int as newsrooms,
              count(*) filter (where harm)::int as harm
         from series_article
        where series = $1 and first_seen_at >= $2 and first_seen_at < $3 and not late
        group by 1 order by 1`,
      [series, from, to],
    );
    return rows.map((row) => ({ ...row, hour: row.hour.toISOString() }));
  }

  async inSeries(series: SeriesKey, from: string, to: string, limit: number): Promise<ArticleOutline[]> {
    const { rows } = await this.#db.query<{ document: ArticleOutline }>(
      `select ${OUTLINE} as document from series_article s join article a on a.id = s.article_id
        where s.series = $1 and s.first_seen_at >= $2 and s.first_seen_at < $3 and not s.late
        order by s.first_seen_at desc, a.id desc limit $4`,
      [series, from, to, limit],
    );
    return rows.map(({ document }) => completed(document)).reverse();
  }

  async watermark(): Promise<string | undefined> {
    const { rows } = await this.#db.query<{ at: Date | null }>(
      'select max(first_seen_at) as at from article',
    );
    return rows[0]?.at?.toISOString();
  }

  async *scan(filter: ArticleFilter): AsyncIterable<Article[]> {
    yield* this.#walk<Article>(filter, 'document');
  }

  async *outlines(filter: ArticleFilter): AsyncIterable<ArticleOutline[]> {
    yield* this.#walk<ArticleOutline>(filter, OUTLINE);
  }

  async dropBefore(at: string): Promise<number> {
    const month = monthOf(at);
    return this.#db.transaction(async (tx) => {
      await tx.query(
        `delete from series_article where article_id in (select id from article where first_seen_at < $1)`,
        [month],
      );
      await takeOut(tx, 'first_seen_at < $1 and terms is not null', month);
      const { affectedRows } = await tx.query('delete from article where first_seen_at < $1', [month]);
      return affectedRows ?? 0;
    });
  }

  async *#walk<T extends Article | ArticleOutline>(filter: ArticleFilter, read: string): AsyncIterable<T[]> {
    let after: ArticleCursor | undefined;
    for (;;) {
      const { ids, isLast, last } = await this.#idsAfter(filter, after, SCAN_BATCH, 'oldest');
      const batch = await this.#read<T>(ids, read);
      if (batch.length > 0) yield batch;
      if (isLast) return;
      after = last;
    }
  }

  async #idsAfter(
    filter: ArticleFilter,
    after: ArticleCursor | undefined,
    limit: number,
    order: 'newest' | 'oldest',
  ): Promise<{ ids: string[]; isLast: boolean; last: ArticleCursor | undefined }> {
    const { columns, bits } = await this.#archive.matches(filter);
    const from = after === undefined ? undefined : { at: Date.parse(after.firstSeenAt), id: after.id };
    const rows: number[] = [];
    for (const row of order === 'newest' ? columns.newest(bits, from) : columns.oldest(bits, from)) {
      rows.push(row);
      if (rows.length > limit) break;
    }
    const given = rows.slice(0, limit);
    const last = given.at(-1);
    return {
      ids: given.map((row) => columns.id(row)),
      isLast: rows.length <= limit,
      last:
        last === undefined
          ? undefined
          : { firstSeenAt: new Date(columns.at(last)).toISOString(), id: columns.id(last) },
    };
  }

  /** In the order asked. @param read  what of the article, in SQL */
  async #read<T extends Article | ArticleOutline>(ids: readonly string[], read: string): Promise<T[]> {
    if (ids.length === 0) return [];
    const { rows } = await this.#db.query<{ document: T }>(
      `select ${read} as document from article where id = any($1)`,
      [ids],
    );
    const byId = new Map(rows.map(({ document }) => [document.id, completed(document)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

/** Leaves what tells readers of changes that an article is gone. */
async function takeOut(tx: Transaction, which: string, parameter: string): Promise<void> {
  await tx.query(
    `with gone as (
       update article_fact set terms = null, change = nextval('article_change') where ${which} returning n
     )
     delete from article_word where n in (select n from gone)`,
    [parameter],
  );
}

/** One statement, hence all or nothing: the article, what it is found by, and its place in each of its series. */
async function saveOne(db: PGlite | Transaction, article: Article): Promise<void> {
  await db.query(
    `with saved as (
       insert into article (id, first_seen_at, document) values ($1, $2, $3)
       on conflict (id) do update set first_seen_at = excluded.first_seen_at, document = excluded.document
     ), found as (
       insert into article_fact (article_id, first_seen_at, terms) values ($1, $2, $4)
       on conflict (article_id) do update set first_seen_at = excluded.first_seen_at, terms = excluded.terms,
         change = excluded.change
       returning n
     ), worded as (
       insert into article_word select n, $5::tsvector from found
       on conflict (n) do update set words = excluded.words where article_word.words <> excluded.words
     ), outdated as (
       delete from series_article
        where article_id = $1 and (series <> all($6::text[]) or first_seen_at <> $2::timestamptz)
     )
     insert into series_article
     select distinct series, $2::timestamptz, $1, $7, $8, $9, $10::int, $11::boolean, $12::boolean
       from unnest($6::text[]) as series
     on conflict (series, first_seen_at, article_id) do update set story_id = excluded.story_id,
       newsroom = excluded.newsroom, polarity = excluded.polarity, copy_number = excluded.copy_number,
       harm = excluded.harm, late = excluded.late`,
    [
      article.id,
      article.firstSeenAt,
      article,
      articleTerms(article),
      articleVector(article),
      article.series,
      article.storyId,
      article.newsroom,
      article.sentiment.polarity,
      article.copyNumber,
      article.harmTerms.length > 0,
      article.isLate,
    ],
  );
}
