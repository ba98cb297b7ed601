import type { PGlite, Transaction } from '@electric-sql/pglite';

import type { Article, ArticleOutline } from '../../domain/article.ts';
import { completed } from '../../domain/earlier-article.ts';
import { COUNTED_COPIES, type HourCount, type SeriesKey, seriesKey } from '../../domain/series.ts';
import { monthOf } from '../../domain/time.ts';
import type {
  ArticleFilter,
  ArticlePage,
  ArticleStore,
  FacetCount,
  FacetField,
  TrendBucket,
} from '../../ports/article-store.ts';

/** A `tsvector` may hold one megabyte; no news text comes near this many characters. */
const SEARCHED_CHARS = 100_000;

/** What is left of that megabyte for attached files, shared equally; Vietnamese takes 1.4 bytes a character. */
const SEARCHED_ATTACHED_BYTES = 250_000;

/** Articles per look of a scan: bounds memory. */
const SCAN_BATCH = 500;

export class PgliteArticleStore implements ArticleStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
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
    });
  }

  async find(id: string): Promise<Article | undefined> {
    return (await this.findMany([id]))[0];
  }

  async findMany(ids: readonly string[]): Promise<Article[]> {
    const { rows } = await this.#db.query<{ document: Article }>(
      'select document from article where id = any($1)',
      [ids],
    );
    const byId = new Map(rows.map(({ document }) => [document.id, completed(document)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  async search(
    filter: ArticleFilter,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<ArticlePage> {
    const { where, params } = whereOf(filter);
    // The folded vector decides what matches; the accented one only lifts exact spelling above it.
    const rank =
      filter.text === undefined
        ? ''
        : `ts_rank(folded, websearch_to_tsquery('simple', unaccent($1)))
           + 2 * ts_rank(accented, websearch_to_tsquery('simple', $1)) desc,`;
    const { rows } = await this.#db.query<{ document: Article }>(
      `select document from article where ${where}
        order by ${rank} first_seen_at desc, id offset $${params.length + 1} limit $${params.length + 2}`,
      [...params, offset, limit],
    );
    return { total: await this.count(filter), articles: rows.map(({ document }) => completed(document)) };
  }

  async count(filter: ArticleFilter): Promise<number> {
    const { where, params } = whereOf(filter);
    const { rows } = await this.#db.query<{ count: number }>(
      `select count(*)::int as count from article where ${where}`,
      params,
    );
    return rows[0]?.count ?? 0;
  }

  /** Linear in the articles counted, whatever the archive holds, where the filter names one series and no more. */
  async trend(filter: ArticleFilter, interval: 'hour' | 'day'): Promise<TrendBucket[]> {
    const { table, where, params } = seriesOnly(filter) ?? { table: 'article', ...whereOf(filter) };
    const format = interval === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM-DD"T"HH24';
    const { rows } = await this.#db.query<TrendBucket>(
      `select to_char(first_seen_at at time zone 'Asia/Ho_Chi_Minh', '${format}') as bucket,
              count(*) filter (where polarity = 'negative')::int as negative,
              count(*) filter (where polarity = 'neutral')::int as neutral,
              count(*) filter (where polarity = 'positive')::int as positive
         from ${table} where ${where} group by 1 order by 1`,
      params,
    );
    return rows;
  }

  async facet(filter: ArticleFilter, field: FacetField, limit: number): Promise<FacetCount[]> {
    const { where, params } = whereOf(filter);
    const { rows } = await this.#db.query<FacetCount>(
      `select value, count(*)::int as count, count(*) filter (where polarity = 'negative')::int as negative
         from (select polarity, ${FACET_VALUE[field]} as value from article where ${where}) as valued
        group by value order by count desc, value limit $${params.length + 1}`,
      [...params, limit],
    );
    return rows;
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
      `select a.document - 'body' - 'attachments' - 'signature' #- '{sentiment,evidence}' as document from series_article s join article a on a.id = s.article_id
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
    const { where, params } = whereOf(filter);
    let after: readonly [at: string, id: string] = ['-infinity', ''];
    for (;;) {
      const { rows } = await this.#db.query<{ document: Article }>(
        `select document from article
          where ${where} and (first_seen_at, id) > ($${params.length + 1}::timestamptz, $${params.length + 2})
          order by first_seen_at, id limit ${SCAN_BATCH}`,
        [...params, ...after],
      );
      const batch = rows.map(({ document }) => completed(document));
      const last = batch.at(-1);
      if (last === undefined) return;
      yield batch;
      after = [last.firstSeenAt, last.id];
    }
  }

  async dropBefore(at: string): Promise<number> {
    const month = monthOf(at);
    return this.#db.transaction(async (tx) => {
      await tx.query(
        `delete from series_article where article_id in (select id from article where first_seen_at < $1)`,
        [month],
      );
      const { affectedRows } = await tx.query('delete from article where first_seen_at < $1', [month]);
      return affectedRows ?? 0;
    });
  }
}

const FACET_VALUE: Readonly<Record<FacetField, string>> = {
  topic: 'unnest(topics)',
  province: 'unnest(provinces)',
  facility: 'unnest(facilities)',
  outletId: 'outlet_id',
  tier: 'tier',
  polarity: 'polarity',
};

/** The text always takes the first parameter, so that ranking can name it. */
function whereOf(filter: ArticleFilter): { where: string; params: unknown[] } {
  const params: unknown[] = [];
  const clauses: string[] = [];
  const add = (value: unknown, clause: (parameter: string) => string) => {
    if (value === undefined) return;
    params.push(value);
    clauses.push(clause(`$${params.length}`));
  };
  add(filter.text, (text) => `folded @@ websearch_to_tsquery('simple', unaccent(${text}))`);
  add(filter.polarity, (polarity) => `polarity = ${polarity}`);
  add(filter.stance, (stance) => `document #>> '{sentiment,stance,polarity}' = ${stance}`);
  add(filter.outletId, (outlet) => `outlet_id = ${outlet}`);
  add(filter.tier, (tier) => `tier = ${tier}`);
  add(filter.storyId, (story) => `story_id = ${story}`);
  add(filter.topic, (topic) => `topics @> array[${topic}]`);
  add(filter.province, (province) => `provinces @> array[${province}]`);
  add(filter.facility, (facility) => `facilities @> array[${facility}]`);
  add(
    filter.caution,
    (kind) => `document -> 'cautions' @> jsonb_build_array(jsonb_build_object('kind', ${kind}::text))`,
  );
  add(filter.series, (series) => `id in (select article_id from series_article where series = ${series})`);
  if (filter.corrected !== undefined)
    clauses.push(filter.corrected ? "document ? 'corrected'" : "not document ? 'corrected'");
  add(filter.from, (from) => `first_seen_at >= ${from}`);
  add(filter.to, (to) => `first_seen_at < ${to}`);
  return { where: clauses.length === 0 ? 'true' : clauses.join(' and '), params };
}

/** The same question put to the narrow table, where one series, times and a polarity are all it names. */
function seriesOnly({ facility, topic, series, polarity, from, to, ...others }: ArticleFilter) {
  const keys = [
    ...(facility === undefined ? [] : [seriesKey('facility', facility)]),
    ...(topic === undefined ? [] : [seriesKey('topic', topic)]),
    ...(series === undefined ? [] : [series]),
  ];
  const isAskedMore = Object.values(others).some((value) => value !== undefined);
  if (keys.length !== 1 || isAskedMore) return undefined;
  return {
    table: 'series_article',
    where: `series = $1 and ($2::text is null or polarity = $2)
      and first_seen_at >= coalesce($3::timestamptz, '-infinity') and first_seen_at < coalesce($4::timestamptz, 'infinity')`,
    params: [keys[0], polarity ?? null, from ?? null, to ?? null],
  };
}

function attachedText({ attachments = [] }: Article): string {
  const texts = attachments.flatMap(({ text }) => text ?? []);
  const share = Math.floor(SEARCHED_ATTACHED_BYTES / Math.max(1, texts.length));
  // A letter cut in two at the end becomes a sign that is no word.
  return texts.map((text) => Buffer.from(text).subarray(0, share).toString()).join('\n');
}

/** One statement, hence all or nothing: the article, and its place in each of its series. */
async function saveOne(db: PGlite | Transaction, article: Article): Promise<void> {
  const ids = (kind: string) => [
    ...new Set(article.mentions.filter((mention) => mention.kind === kind).map(({ id }) => id)),
  ];
  await db.query(
    `with saved as (
       insert into article
       select $1, $2, $3, $4, $5, $6, $7::text[], $8::text[], $9::text[], $10,
              setweight(to_tsvector('simple', $11), 'A') || setweight(to_tsvector('simple', $12), 'C')
                || setweight(to_tsvector('simple', $18), 'D'),
              setweight(to_tsvector('simple', unaccent($11)), 'A')
                || setweight(to_tsvector('simple', unaccent($12)), 'C')
                || setweight(to_tsvector('simple', unaccent($18)), 'D')
       on conflict (id) do update set first_seen_at = excluded.first_seen_at, outlet_id = excluded.outlet_id,
         tier = excluded.tier, polarity = excluded.polarity, story_id = excluded.story_id,
         topics = excluded.topics, provinces = excluded.provinces, facilities = excluded.facilities,
         document = excluded.document, accented = excluded.accented, folded = excluded.folded
     ), outdated as (
       delete from series_article
        where article_id = $1 and (series <> all($13::text[]) or first_seen_at <> $2::timestamptz)
     )
     insert into series_article
     select distinct series, $2::timestamptz, $1, $6, $14, $5, $15::int, $16::boolean, $17::boolean
       from unnest($13::text[]) as series
     on conflict (series, first_seen_at, article_id) do update set story_id = excluded.story_id,
       newsroom = excluded.newsroom, polarity = excluded.polarity, copy_number = excluded.copy_number,
       harm = excluded.harm, late = excluded.late`,
    [
      article.id,
      article.firstSeenAt,
      article.outletId,
      article.tier,
      article.sentiment.polarity,
      article.storyId,
      article.topics.map(({ topic }) => topic),
      ids('province'),
      ids('facility'),
      article,
      article.title,
      `${article.summary}\n${article.body}`.slice(0, SEARCHED_CHARS),
      article.series,
      article.newsroom,
      article.copyNumber,
      article.harmTerms.length > 0,
      article.isLate,
      attachedText(article),
    ],
  );
}
