import type { Client } from '@elastic/elasticsearch';
import type { Alert } from '../../domain/alert.ts';
import type { Article } from '../../domain/article.ts';
import type { Entry } from '../../domain/entry.ts';
import type { JournalPage } from '../../domain/sighting.ts';
import type { Story } from '../../domain/story.ts';
import {
  type JobCountRecord,
  type PageRecord,
  type PortableRecord,
  RECORD_KINDS,
  type RecordKind,
  type RecordTable,
  type RevisionRecord,
  type StoryMemberRecord,
} from '../../ports/record-table.ts';
import { type ArticleDocument, toArticle } from './article-document.ts';
import { ElasticsearchArticleStore } from './article-store.ts';
import { type Connection, connect, write } from './connection.ts';
import { journalPageId, type StoredJournalPage } from './detection-journal.ts';
import { Documents } from './documents.ts';
import { asEntry, ElasticsearchEntryStore, type StoredEntry } from './entry-store.ts';
import type { IndexKind } from './index-definitions.ts';
import type { StoredPage } from './page-store.ts';
import type { StoredRevision } from './revision-store.ts';
import type { StoresOptions } from './stores.ts';
import { type StoredStory, withCounts, withoutCounts } from './story-store.ts';

/** Everything that the stores over this Elasticsearch hold; keywords are compared byte by byte. */
export function recordTables(
  client: Client,
  { prefix, gazetteer }: StoresOptions,
  connection = connect(client, prefix),
): RecordTable[] {
  const articles = new ElasticsearchArticleStore(connection, gazetteer);
  const entries = new ElasticsearchEntryStore(connection);
  const plain = (kind: RecordKind & IndexKind, idField: string) =>
    tableOf<unknown, unknown>(connection, { kind, idField });
  const tables: { readonly [Kind in RecordKind]: RecordTable } = {
    'feed-states': plain('feed-states', 'feedId'),
    'outlet-states': plain('outlet-states', 'outletId'),
    pages: tableOf<PageRecord, StoredPage>(connection, {
      kind: 'pages',
      idField: 'entryId',
      load: ({ bytes, ...about }) => ({ ...about, brotli: bytes }),
      store: ({ brotli, ...about }) => ({ ...about, bytes: brotli }),
    }),
    entries: {
      ...tableOf<Entry, StoredEntry>(connection, { kind: 'entries', idField: 'id', load: asEntry }),
      async write(records) {
        const documents = records.map(({ document }) => document as Entry);
        const isNew = new Set((await entries.add(documents)).map(({ id }) => id));
        await Promise.all(
          documents.filter(({ id }) => !isNew.has(id)).map((entry) => entries.update(entry.id, () => entry)),
        );
      },
    },
    revisions: tableOf<RevisionRecord, StoredRevision>(connection, {
      kind: 'revisions',
      idField: 'id',
      load: ({ bytes, ...about }) => ({ ...about, ...(bytes === undefined ? {} : { brotli: bytes }) }),
      store: ({ brotli, ...about }) => ({ ...about, ...(brotli === undefined ? {} : { bytes: brotli }) }),
    }),
    corrections: plain('corrections', 'id'),
    'job-counts': jobCounts(connection),
    stories: tableOf<Story, StoredStory>(connection, {
      kind: 'stories',
      idField: 'id',
      load: withoutCounts,
      store: withCounts,
    }),
    'story-members': tableOf<StoryMemberRecord, StoryMemberRecord>(connection, {
      kind: 'story-members',
      idField: 'articleId',
      load: ({ bands, ...member }) => ({ ...member, bands: [...bands].sort() }),
    }),
    articles: {
      ...tableOf<Article, ArticleDocument>(connection, { kind: 'articles', idField: 'id', load: toArticle }),
      write: (records) => articles.save(records.map(({ document }) => document as Article)),
    },
    'journal-pages': tableOf<JournalPage, StoredJournalPage>(connection, {
      kind: 'journal-pages',
      idField: 'id',
      load: ({ id: _id, ...page }) => page,
      store: (page) => ({ ...page, id: journalPageId(page.sequence) }),
    }),
    alerts: tableOf<Alert, Alert>(connection, { kind: 'alerts', idField: 'id' }),
    incidents: plain('incidents', 'id'),
    notifications: plain('notifications', 'id'),
    'pipeline-watch': plain('pipeline-watch', 'id'),
    'office-records': plain('office-records', 'key'),
  };
  return RECORD_KINDS.map((kind) => tables[kind]);
}

/** A kind of which each record is one document. */
function tableOf<Record, Stored>(
  connection: Connection,
  {
    kind,
    idField,
    load = (stored) => stored as unknown as Record,
    store = (record) => record as unknown as Stored,
  }: {
    kind: RecordKind & IndexKind;
    /** The field of the document that holds its id: only such a field can be sorted by. */
    idField: string;
    load?: (stored: Stored) => Record;
    store?: (record: Record) => Stored;
  },
): RecordTable {
  const documents = new Documents<Stored>(connection, kind);
  return {
    kind,
    async count() {
      return (await documents.search({ size: 0, track_total_hits: true }, 'all')).total;
    },
    async read({ limit, afterId }) {
      const query = afterId === undefined ? { match_all: {} } : { range: { [idField]: { gt: afterId } } };
      const found = await documents.slice({ query, sort: [idField] }, { offset: 0, limit }, 'all');
      return found.map((stored): PortableRecord => {
        const id = (stored as Readonly<{ [field: string]: string }>)[idField] as string;
        return { id, document: load(stored) };
      });
    },
    async write(records) {
      await write(
        connection,
        records.map(({ id, document }) => documents.index(id, store(document as Record))),
      );
    },
  };
}

interface JobKey {
  readonly stage: string;
  readonly outletId: string;
  readonly hour: number;
  readonly outcome: string;
}

/** Counts lie in one document for each process that counted: they are read as sums, and written as one. */
function jobCounts(connection: Connection): RecordTable {
  const documents = new Documents<JobCountRecord>(connection, 'job-outcomes');
  const fields = ['stage', 'outletId', 'hour', 'outcome'] as const;
  async function* rows(after?: JobKey) {
    const sum = { jobs: { sum: { field: 'count' } } };
    yield* documents.combinations<JobKey, { jobs: { value: number } }>(
      { match_all: {} },
      fields,
      'all',
      sum,
      after,
    );
  }
  return {
    kind: 'job-counts',
    async count() {
      let count = 0;
      for await (const _row of rows()) count += 1;
      return count;
    },
    async read({ limit, afterId = '' }) {
      const records: PortableRecord[] = [];
      for await (const { key, jobs } of rows(afterId === '' ? undefined : keyOf(afterId))) {
        const hour = new Date(key.hour).toISOString();
        const id = [key.stage, key.outletId, hour, key.outcome].join(' ');
        records.push({ id, document: { ...key, hour, count: jobs.value } });
        if (records.length === limit) break;
      }
      return records;
    },
    async write(records) {
      await write(
        connection,
        records.map(({ id, document }) => documents.index(id, document)),
      );
    },
  };
}

/** A space sorts before everything that the parts are made of, so the order of ids is that of their parts. */
function keyOf(id: string): JobKey {
  const [stage = '', outletId = '', hour = '', outcome = ''] = id.split(' ');
  return { stage, outletId, hour: Date.parse(hour), outcome };
}
