import type { PGlite, Transaction } from '@electric-sql/pglite';

import { fillArticleFacts } from './article-facts.ts';

/** Each step runs once, in order, and is never changed after a release: add a step instead. */
const STEPS: readonly (string | ((tx: Transaction) => Promise<void>))[] = [
  `
  create extension if not exists unaccent;

  create table entry (
    id text primary key,
    outcome text not null,
    version integer not null default 1,
    document jsonb not null
  );
  create index entry_pending on entry (id) where outcome = 'pending';

  create table found_count (
    outlet_id text not null,
    hour timestamptz not null,
    count integer not null,
    primary key (outlet_id, hour)
  );
  create table ledger_count (
    outlet_id text not null,
    hour timestamptz not null,
    stage text not null,
    outcome text not null,
    reason text not null,
    count integer not null,
    primary key (outlet_id, hour, stage, outcome, reason)
  );
  create table job_count (
    stage text not null,
    outlet_id text not null,
    hour timestamptz not null,
    outcome text not null,
    count integer not null,
    primary key (stage, outlet_id, hour, outcome)
  );

  create table page (
    entry_id text primary key,
    fetched_at timestamptz not null,
    about jsonb not null,
    bytes bytea not null
  );
  create index page_fetched_at on page (fetched_at);

  create table article (
    id text primary key,
    first_seen_at timestamptz not null,
    outlet_id text not null,
    tier text not null,
    polarity text not null,
    story_id text not null,
    topics text[] not null,
    provinces text[] not null,
    facilities text[] not null,
    document jsonb not null,
    accented tsvector not null,
    folded tsvector not null
  );
  create index article_first_seen on article (first_seen_at desc);
  create index article_story on article (story_id);
  create index article_accented on article using gin (accented);
  create index article_folded on article using gin (folded);
  create index article_facilities on article using gin (facilities);

  -- One row per article and series it counts in, so that a window of one series is one index range.
  create table series_article (
    series text not null,
    first_seen_at timestamptz not null,
    article_id text not null,
    story_id text not null,
    newsroom text not null,
    polarity text not null,
    copy_number integer not null,
    harm boolean not null,
    late boolean not null,
    primary key (series, first_seen_at, article_id)
  );
  create index series_article_article on series_article (article_id);

  create table story (
    id text primary key,
    last_seen_at timestamptz not null,
    article_count integer not null,
    document jsonb not null
  );
  create index story_last_seen on story (last_seen_at);
  create table story_member (
    article_id text primary key,
    story_id text not null,
    document jsonb not null
  );
  create index story_member_story on story_member (story_id);
  create table story_band (
    band text not null,
    first_seen_at timestamptz not null,
    article_id text not null,
    primary key (band, first_seen_at, article_id)
  );
  create index story_band_article on story_band (article_id);

  create table alert (
    id text primary key,
    at timestamptz not null,
    document jsonb not null
  );
  create table incident (
    id text primary key,
    status text not null,
    updated_at timestamptz not null,
    document jsonb not null
  );
  create index incident_updated on incident (updated_at desc);
  create table notification (
    id text primary key,
    incident_id text not null,
    created_at timestamptz not null,
    document jsonb not null
  );
  create index notification_incident on notification (incident_id);

  create table feed_state (
    feed_id text primary key,
    document jsonb not null
  );
  `,
  // All that a trend of one series needs, side by side: without it each article counted is a page read.
  'create index series_article_trend on series_article (series, first_seen_at, polarity)',
  `
  create table revision (
    entry_id text not null,
    number integer not null,
    fetched_at timestamptz not null,
    document jsonb not null,
    bytes bytea,
    primary key (entry_id, number)
  );
  create index revision_fetched_at on revision (fetched_at);

  create table outlet_state (
    outlet_id text primary key,
    document jsonb not null
  );
  `,
  `
  -- Stories only where its copies are meant.
  create table correction (
    id text primary key,
    article_id text not null,
    story_ids text[] not null,
    at timestamptz not null,
    document jsonb not null
  );
  create index correction_article on correction (article_id);
  create index correction_stories on correction using gin (story_ids);
  create index correction_at on correction (at desc, id);

  create index article_corrected on article (first_seen_at desc) where document ? 'corrected';
  `,
  "create index article_cautions on article using gin ((document -> 'cautions') jsonb_path_ops)",
  `
  create table journal_page (
    sequence bigint primary key,
    at timestamptz not null,
    document jsonb not null
  );
  create index journal_page_at on journal_page (at);
  create table detector_snapshot (
    sequence bigint primary key,
    document jsonb not null
  );
  `,
  'create table pipeline_watch (id text primary key, document jsonb not null)',
  `
  create table office_record (
    kind text not null,
    id text not null,
    at timestamptz not null,
    owner text,
    document jsonb not null,
    primary key (kind, id)
  );
  create index office_record_at on office_record (kind, at desc, id);
  `,
  `
  create sequence article_change;
  -- What an article is counted by; a removed one stays without terms, so that whoever reads changes sees it go.
  create table article_fact (
    article_id text primary key,
    n integer not null generated always as identity,
    change bigint not null default nextval('article_change'),
    first_seen_at timestamptz not null,
    terms text
  );
  -- What it is found by. Its words lie apart and uncompressed: a row is small, and a text is read alone.
  create table article_word (
    n integer primary key,
    words tsvector not null
  ) with (toast_tuple_target = 128);
  alter table article_word alter column words set storage external;
  `,
  fillArticleFacts,
  `
  create index article_fact_change on article_fact (change);
  -- What waits to be brought into an index is read through by every search.
  create index article_word_words on article_word using gin (words) with (gin_pending_list_limit = 512);
  -- The planner does not know what it costs to read the texts one by one.
  create function articles_with(query tsquery) returns text stable language sql set enable_seqscan = off
    as 'select array_agg(n)::text from article_word where words @@ query';
  alter table article drop column outlet_id, drop column tier, drop column polarity, drop column story_id,
    drop column topics, drop column provinces, drop column facilities, drop column accented, drop column folded;
  drop index article_corrected, article_cautions;
  `,
];

/** Brings the database to the newest schema. Safe to call at every start. */
export async function migrate(db: PGlite): Promise<void> {
  await db.exec('create table if not exists schema_step (step integer primary key)');
  const { rows } = await db.query<{ step: number }>(
    'select coalesce(max(step), 0)::int as step from schema_step',
  );
  for (let step = rows[0]?.step ?? 0; step < STEPS.length; step++) {
    const change = STEPS[step] ?? '';
    await db.transaction(async (tx) => {
      await (typeof change === 'string' ? tx.exec(change) : change(tx));
      await tx.query('insert into schema_step values ($1)', [step + 1]);
    });
  }
}
