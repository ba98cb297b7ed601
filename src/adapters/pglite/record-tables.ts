import type { PGlite, Transaction } from '@electric-sql/pglite';

import type { Alert } from '../../domain/alert.ts';
import type { Article } from '../../domain/article.ts';
import type { Correction } from '../../domain/correction.ts';
import type { Entry } from '../../domain/entry.ts';
import type { FeedState } from '../../domain/feed-state.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Notification } from '../../domain/notification.ts';
import type { OutletState } from '../../domain/outlet-state.ts';
import type { PipelineWatch } from '../../domain/pipeline-watch.ts';
import type { JournalPage } from '../../domain/sighting.ts';
import type { Story } from '../../domain/story.ts';
import type {
  JobCountRecord,
  OfficeEnvelope,
  PageRecord,
  PortableRecord,
  RecordKind,
  RecordTable,
  RevisionRecord,
  StoryMemberRecord,
} from '../../ports/record-table.ts';
import { PgliteArticleStore } from './article-store.ts';
import { PgliteCorrectionStore } from './correction-store.ts';
import { PgliteEntryStore } from './entry-store.ts';

/** Where one kind lies: what to select as id and document, from which table, and how one record is written. */
interface Place<T> {
  readonly table: string;
  readonly id: string;
  readonly document: string;
  /** What is true of the records after the id `$1`, and their order, where an index has the id in parts. */
  readonly after?: string;
  readonly order?: string;
  write(db: PGlite, documents: readonly T[]): Promise<void>;
}

/** Everything that the stores over this PGlite hold. The database compares text byte by byte. */
export function recordTables(db: PGlite): RecordTable[] {
  return Object.entries(PLACES).map(([kind, place]) =>
    tableOf(db, kind as RecordKind, place as Place<unknown>),
  );
}

function tableOf(db: PGlite, kind: RecordKind, place: Place<unknown>): RecordTable {
  const { table, id, document, after, order, write } = place;
  return {
    kind,
    async count() {
      const { rows } = await db.query<{ count: number }>(`select count(*)::int as count from ${table}`);
      return rows[0]?.count ?? 0;
    },
    async read({ limit, afterId = '' }) {
      const { rows } = await db.query<PortableRecord>(
        `select ${id} as id, ${document} as document from ${table}
          where ${after ?? `${id} > $1`} order by ${order ?? id} limit $2`,
        [afterId, limit],
      );
      return rows;
    },
    write: (records) =>
      write(
        db,
        records.map((record) => record.document),
      ),
  };
}

const REVISION_ID = `entry_id || '-' || lpad(number::text, 4, '0')`;

const PLACES: { readonly [Kind in RecordKind]: Place<never> } = {
  'feed-states': {
    table: 'feed_state',
    id: 'feed_id',
    document: 'document',
    write: each((tx, state: FeedState) =>
      tx.query('insert into feed_state values ($1, $2) on conflict (feed_id) do update set document = $2', [
        state.feedId,
        state,
      ]),
    ),
  },
  'outlet-states': {
    table: 'outlet_state',
    id: 'outlet_id',
    document: 'document',
    write: each((tx, state: OutletState) =>
      tx.query(
        'insert into outlet_state values ($1, $2) on conflict (outlet_id) do update set document = $2',
        [state.outletId, state],
      ),
    ),
  },
  pages: {
    table: 'page',
    id: 'entry_id',
    document: `about || jsonb_build_object('entryId', entry_id, 'brotli', replace(encode(bytes, 'base64'), E'\\n', ''))`,
    write: each((tx, { entryId, brotli, ...about }: PageRecord) =>
      tx.query(
        `insert into page values ($1, $2, $3, decode($4, 'base64'))
         on conflict (entry_id) do update set fetched_at = $2, about = $3, bytes = decode($4, 'base64')`,
        [entryId, about.fetchedAt, about, brotli],
      ),
    ),
  },
  entries: {
    table: 'entry',
    id: 'id',
    document: 'document',
    async write(db, entries: readonly Entry[]) {
      const store = new PgliteEntryStore(db);
      const isNew = new Set((await store.add(entries)).map(({ id }) => id));
      for (const entry of entries) if (!isNew.has(entry.id)) await store.update(entry.id, () => entry);
    },
  },
  revisions: {
    table: 'revision',
    // As `revisionRecordId` has it; ids and four digits sort as their parts do.
    id: REVISION_ID,
    document: `document || jsonb_build_object('id', ${REVISION_ID}) || case when bytes is null then '{}'
      else jsonb_build_object('brotli', replace(encode(bytes, 'base64'), E'\\n', '')) end`,
    write: each((tx, { id: _id, brotli, ...revision }: RevisionRecord) =>
      tx.query(
        `insert into revision values ($1, $2, $3, $4, decode($5, 'base64'))
         on conflict (entry_id, number) do update set fetched_at = $3, document = $4, bytes = decode($5, 'base64')`,
        [revision.entryId, revision.number, revision.fetchedAt, revision, brotli ?? null],
      ),
    ),
  },
  corrections: {
    table: 'correction',
    id: 'id',
    document: 'document',
    write: async (db, corrections: readonly Correction[]) => {
      const store = new PgliteCorrectionStore(db);
      for (const correction of corrections) {
        if (!(await store.add(correction))) await store.update(correction.id, () => correction);
      }
    },
  },
  'job-counts': {
    table: 'job_count',
    id: `concat_ws(' ', stage, outlet_id, ${iso('hour')}, outcome)`,
    // A space sorts before everything that the parts are made of, so both orders are one.
    after: `$1 = '' or (stage, outlet_id, hour, outcome) >
      (split_part($1, ' ', 1), split_part($1, ' ', 2), nullif(split_part($1, ' ', 3), '')::timestamptz, split_part($1, ' ', 4))`,
    order: 'stage, outlet_id, hour, outcome',
    document: `jsonb_build_object('stage', stage, 'outletId', outlet_id, 'hour', ${iso('hour')}, 'outcome', outcome, 'count', count)`,
    write: each((tx, row: JobCountRecord) =>
      tx.query(
        `insert into job_count values ($1, $2, $3, $4, $5)
         on conflict (stage, outlet_id, hour, outcome) do update set count = $5`,
        [row.stage, row.outletId, row.hour, row.outcome, row.count],
      ),
    ),
  },
  stories: {
    table: 'story',
    id: 'id',
    document: 'document',
    write: each((tx, story: Story) =>
      tx.query(
        `insert into story values ($1, $2, $3, $4)
         on conflict (id) do update set last_seen_at = $2, article_count = $3, document = $4`,
        [story.id, story.lastSeenAt, story.articleIds.length, story],
      ),
    ),
  },
  'story-members': {
    table: 'story_member',
    id: 'article_id',
    // Looked up for the rows of one page only.
    document: `document || (select jsonb_build_object(
        'bands', coalesce(jsonb_agg(band order by band), '[]'), 'firstSeenAt', ${iso('max(first_seen_at)')})
      from story_band where story_band.article_id = story_member.article_id)`,
    write: each(async (tx, { bands, firstSeenAt, ...member }: StoryMemberRecord) => {
      await tx.query(
        `insert into story_member values ($1, $2, $3)
         on conflict (article_id) do update set story_id = $2, document = $3`,
        [member.articleId, member.storyId, member],
      );
      await tx.query('delete from story_band where article_id = $1', [member.articleId]);
      await tx.query(
        'insert into story_band select distinct band, $2::timestamptz, $1 from unnest($3::text[]) as band',
        [member.articleId, firstSeenAt, bands],
      );
    }),
  },
  articles: {
    table: 'article',
    id: 'id',
    document: 'document',
    write: (db, articles: readonly Article[]) => new PgliteArticleStore(db).save(articles),
  },
  'journal-pages': {
    table: 'journal_page',
    id: "lpad(sequence::text, 15, '0')",
    document: 'document',
    after: "sequence > coalesce(nullif($1, '')::bigint, 0)",
    order: 'sequence',
    write: each((tx, page: JournalPage) =>
      tx.query(
        'insert into journal_page values ($1, $2, $3) on conflict (sequence) do update set at = $2, document = $3',
        [page.sequence, page.at, page],
      ),
    ),
  },
  alerts: {
    table: 'alert',
    id: 'id',
    document: 'document',
    write: each((tx, alert: Alert) =>
      tx.query('insert into alert values ($1, $2, $3) on conflict do nothing', [alert.id, alert.at, alert]),
    ),
  },
  incidents: {
    table: 'incident',
    id: 'id',
    document: 'document',
    write: each((tx, incident: Incident) =>
      tx.query(
        `insert into incident values ($1, $2, $3, $4)
         on conflict (id) do update set status = $2, updated_at = $3, document = $4`,
        [incident.id, incident.status, incident.updatedAt, incident],
      ),
    ),
  },
  notifications: {
    table: 'notification',
    id: 'id',
    document: 'document',
    write: each((tx, notification: Notification) =>
      tx.query(
        `insert into notification values ($1, $2, $3, $4) on conflict (id) do update set document = $4`,
        [notification.id, notification.incidentId, notification.createdAt, notification],
      ),
    ),
  },
  'pipeline-watch': {
    table: 'pipeline_watch',
    id: 'id',
    document: 'document',
    write: each((tx, watch: PipelineWatch) =>
      tx.query('insert into pipeline_watch values ($1, $2) on conflict (id) do update set document = $2', [
        watch.id,
        watch,
      ]),
    ),
  },
  'office-records': {
    table: 'office_record',
    id: "kind || '/' || id",
    document: `jsonb_strip_nulls(jsonb_build_object('key', kind || '/' || id, 'kind', kind, 'id', id, 'at', ${iso('at')}, 'owner', owner))
      || jsonb_build_object('document', document)`,
    write: each((tx, { kind, id, at, owner, document }: OfficeEnvelope) =>
      tx.query(
        `insert into office_record values ($1, $2, $3, $4, $5)
         on conflict (kind, id) do update set at = $3, owner = $4, document = $5`,
        [kind, id, at, owner ?? null, document],
      ),
    ),
  },
};

/** A time as the domain writes it, whatever the session's zone. */
function iso(time: string): string {
  return `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** All records of a batch or none. */
function each<T>(write: (tx: Transaction, document: T) => Promise<unknown>) {
  return (db: PGlite, documents: readonly T[]): Promise<void> =>
    db.transaction(async (tx) => {
      for (const document of documents) await write(tx, document);
    });
}
