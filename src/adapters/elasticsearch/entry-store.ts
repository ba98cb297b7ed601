import { randomUUID } from 'node:crypto';
import type { estypes } from '@elastic/elasticsearch';

import type { Entry, Outcome, QueueName, StageName } from '../../domain/entry.ts';
import { countedReason, type FoundBucket, type LedgerRow } from '../../domain/ledger.ts';
import { hourOf, monthOf } from '../../domain/time.ts';
import type { EntryStore, LedgerQuery } from '../../ports/entry-store.ts';
import { type Connection, write } from './connection.ts';
import { Documents, type Query } from './documents.ts';
import { JobCounter, type JobKind } from './job-counter.ts';

/** An entry and what the ledger adds up by. */
export type StoredEntry = Entry & { readonly hour: string; readonly countedReason: string };

interface LedgerKey {
  readonly hour: number;
  readonly outletId: string;
  readonly stage: StageName;
  readonly outcome: Outcome;
  readonly countedReason: string;
}

interface JobKey {
  readonly hour: number;
  readonly outletId: string;
  readonly stage: QueueName;
  readonly outcome: string;
}

/**
 * Entries in one index, and beside it the found counter: one tiny document per entry, written with it in one request.
 *
 * Elasticsearch has no transactions. Where a request is cut short, some entries may stand without their place in the
 * found counter or the other way round; `add` writes both whatever it finds, so that repeating it mends them.
 */
export class ElasticsearchEntryStore implements EntryStore {
  readonly #connection: Connection;
  readonly #entries: Documents<StoredEntry>;
  readonly #found: Documents<{ outletId: string; hour: string }>;
  readonly #jobOutcomes: Documents<JobKind & { count: number }>;
  readonly #jobCounter: JobCounter;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#entries = new Documents(connection, 'entries');
    this.#found = new Documents(connection, 'found');
    this.#jobOutcomes = new Documents(connection, 'job-outcomes');
    this.#jobCounter = new JobCounter(randomUUID(), async (counts) => {
      await write(
        connection,
        counts.map(({ id, ...count }) => this.#jobOutcomes.index(id, count)),
      );
    });
  }

  async add(entries: readonly Entry[]): Promise<Entry[]> {
    // One feed may list a URL twice: the first line is the entry.
    const known = new Set<string>();
    const distinct = entries.filter(({ id }) => !known.has(id) && known.add(id));
    const creations = distinct.flatMap((entry) => {
      const { id, outletId } = entry;
      const hour = hourOf(entry.firstSeenAt);
      return [this.#entries.create(id, stored(entry)), this.#found.create(id, { outletId, hour })];
    });
    const outcomes = await write(this.#connection, creations);
    return distinct.filter((_, index) => outcomes[index * 2] === 'written');
  }

  async find(id: string): Promise<Entry | undefined> {
    const entry = await this.#entries.find(id);
    return entry && asEntry(entry);
  }

  async update(id: string, change: (current: Entry) => Entry): Promise<Entry | undefined> {
    const entry = await this.#entries.replace(id, (current) => stored(change(asEntry(current))));
    return entry && asEntry(entry);
  }

  async pending({ limit, afterId }: { limit: number; afterId?: string }): Promise<Entry[]> {
    const later: Query[] = afterId === undefined ? [] : [{ range: { id: { gt: afterId } } }];
    const pending = {
      query: { bool: { filter: [{ term: { outcome: 'pending' } }, ...later] } },
      sort: ['id'],
    };
    return (await this.#entries.slice(pending, { offset: 0, limit }, 'all')).map(asEntry);
  }

  /** Walks what is old and deletes it in batches; cut short, it goes on where it stopped when it is called again. */
  async dropBefore(at: string): Promise<number> {
    const earlierHours = { range: { hour: { lt: monthOf(at) } } };
    await this.#found.deleteWhere(earlierHours);
    await this.#jobOutcomes.deleteWhere(earlierHours);
    this.#jobCounter.forget();
    return this.#entries.deleteWhere(earlierHours);
  }

  /**
   * Adds the entries up as they now stand, so that no counter can go astray: 5,000 rows a request, in the order of the
   * index, hence once over the entries of the query's time, however many rows come of them.
   */
  async ledger(query: LedgerQuery = {}): Promise<LedgerRow[]> {
    const rows: LedgerRow[] = [];
    const fields = ['hour', 'outletId', 'stage', 'outcome', 'countedReason'] as const;
    for await (const { key, doc_count } of this.#entries.combinations<LedgerKey>(
      inRange(query),
      fields,
      'own',
    )) {
      const { hour, countedReason, ...rest } = key;
      rows.push({
        ...rest,
        hour: new Date(hour).toISOString(),
        ...(countedReason === '' ? {} : { reason: countedReason }),
        count: doc_count,
      });
    }
    return rows;
  }

  async foundCount(query: LedgerQuery = {}): Promise<number> {
    const counted = { query: inRange(query), size: 0, track_total_hits: true };
    return (await this.#found.search(counted, 'own')).total;
  }

  async foundPer(interval: 'hour' | 'day', query: LedgerQuery = {}): Promise<FoundBucket[]> {
    const bucket = {
      date_histogram: {
        field: 'hour',
        calendar_interval: interval,
        time_zone: 'Asia/Ho_Chi_Minh',
        format: interval === 'day' ? 'yyyy-MM-dd' : "yyyy-MM-dd'T'HH",
      },
    };
    const sources: FoundSources = [{ bucket }, { outletId: { terms: { field: 'outletId' } } }];
    const found: FoundBucket[] = [];
    let after: FoundKey | undefined;
    do {
      const composite = {
        size: FOUND_ROWS,
        sources,
        ...(after === undefined ? {} : { after: { ...after } }),
      };
      const body = { query: inRange(query), size: 0, track_total_hits: false, aggs: { all: { composite } } };
      const { aggregations } = await this.#found.search<{ all: FoundRows }>(body, 'own');
      found.push(
        ...(aggregations?.all.buckets ?? []).map(({ key, doc_count }) => ({ ...key, count: doc_count })),
      );
      after = aggregations?.all.after_key;
    } while (after !== undefined);
    return found;
  }

  async countJob({ stage, outletId, outcome, at }: Omit<JobKind, 'hour'> & { at: string }): Promise<void> {
    await this.#jobCounter.count({ stage, outletId, outcome, hour: hourOf(at) });
  }

  async jobCounts(query: LedgerQuery = {}) {
    const counts: { stage: QueueName; outletId: string; hour: string; outcome: string; count: number }[] = [];
    const fields = ['hour', 'outletId', 'stage', 'outcome'] as const;
    for await (const { key, jobs } of this.#jobOutcomes.combinations<JobKey, { jobs: { value: number } }>(
      inRange(query),
      fields,
      'own',
      { jobs: { sum: { field: 'count' } } },
    )) {
      counts.push({ ...key, hour: new Date(key.hour).toISOString(), count: jobs.value });
    }
    return counts;
  }
}

/** Rows in one answer: the server gives no more than 65,536 buckets. */
const FOUND_ROWS = 10_000;

type FoundSources = Record<string, estypes.AggregationsCompositeAggregationSource>[];

interface FoundKey {
  readonly bucket: string;
  readonly outletId: string;
}

interface FoundRows {
  readonly buckets: readonly { readonly key: FoundKey; readonly doc_count: number }[];
  readonly after_key?: FoundKey;
}

function stored(entry: Entry): StoredEntry {
  return { ...entry, hour: hourOf(entry.firstSeenAt), countedReason: countedReason(entry) };
}

export function asEntry({ hour: _hour, countedReason: _reason, ...entry }: StoredEntry): Entry {
  return entry;
}

function inRange({ outletId, from, to }: LedgerQuery): Query {
  const range = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
  return {
    bool: {
      filter: [
        ...(outletId === undefined ? [] : [{ term: { outletId } }]),
        ...(from === undefined && to === undefined ? [] : [{ range: { hour: range } }]),
      ],
    },
  };
}
