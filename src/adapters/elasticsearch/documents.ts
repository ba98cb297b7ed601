import type { estypes } from '@elastic/elasticsearch';

import type { BulkOperation, DocumentVersion } from './bulk-writer.ts';
import { type Connection, write } from './connection.ts';
import { translate } from './elasticsearch-error.ts';
import { definitionOf, type IndexKind } from './index-definitions.ts';
import { aliasOf } from './index-names.ts';
import { itemError } from './item-error.ts';

/** The server gives no more hits than this in one answer, and none that begin after it. */
const MOST_HITS = 10_000;
/** Documents per look of a walk: bounds memory. */
const WALK_BATCH = 500;
/** Longest pause between two looks of a walk. */
const KEEP_ALIVE = '5m';
const MOST_BUCKETS = 5000;

/** `own`: what this process wrote is seen at once, what others wrote a second later. `all`: everything is seen at once. */
export type Freshness = 'own' | 'all';

export type Query = NonNullable<estypes.SearchSearchRequestBody['query']>;

export interface Selection {
  readonly query: Query;
  /** Ends in a field that is unique, so that no two documents stand in the same place. */
  readonly sort: estypes.SortCombinations[];
  /** What of the documents is read; default everything. */
  readonly source?: estypes.SearchSourceConfig;
}

export interface Versioned<T> extends DocumentVersion {
  readonly document: T;
}

/** Documents of one kind behind the kind's alias: the ways in which every store reads them. */
export class Documents<T> {
  readonly alias: string;
  readonly #connection: Connection;
  /** A monthly kind has no index before its first document. */
  readonly #mayBeMissing: boolean;

  constructor(connection: Connection, kind: IndexKind) {
    this.#connection = connection;
    this.#mayBeMissing = definitionOf(kind).isMonthly;
    this.alias = aliasOf(connection.prefix, kind);
  }

  index(id: string, document: unknown): BulkOperation {
    return { action: 'index', alias: this.alias, id, document };
  }

  create(id: string, document: unknown): BulkOperation {
    return { action: 'create', alias: this.alias, id, document };
  }

  /** Inserts unless the id is known. @returns whether it was inserted */
  async insert(id: string, document: unknown): Promise<boolean> {
    const [outcome] = await write(this.#connection, [this.create(id, document)]);
    return outcome === 'written';
  }

  async save(id: string, document: unknown): Promise<void> {
    await write(this.#connection, [this.index(id, document)]);
  }

  /** As it is at this moment, written by whomever. For kinds with one index. */
  async find(id: string): Promise<T | undefined> {
    return (await this.findVersioned(id))?.document;
  }

  /** In the order asked; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<T[]> {
    const found = await Promise.all(ids.map((id) => this.find(id)));
    return found.flatMap((document) => (document === undefined ? [] : [document]));
  }

  /**
   * Replaces the document by `change(current)` with nobody else's write in between; what `change` throws is thrown on
   * with nothing written, and so it is where `change` gives back what it was given.
   *
   * @returns the document as it now stands, `undefined` when the id is unknown
   */
  async replace(id: string, change: (current: T) => T): Promise<T | undefined> {
    for (;;) {
      const current = await this.findVersioned(id);
      if (current === undefined) return undefined;
      const { document, ...over } = current;
      const next = change(document);
      if (next === document) return next;
      const operation = { action: 'index', alias: this.alias, id, document: next, over } as const;
      const [outcome] = await write(this.#connection, [operation]);
      if (outcome === 'written') return next;
    }
  }

  /** With the version that it has at this moment. */
  async findVersioned(id: string): Promise<Versioned<T> | undefined> {
    const answer = await this.#connection.gets.ask({ index: this.alias, id });
    if ('error' in answer) throw itemError(answer.error, 500);
    if (!answer.found) return undefined;
    return {
      document: answer._source as T,
      seqNo: answer._seq_no ?? 0,
      primaryTerm: answer._primary_term ?? 0,
    };
  }

  /** One search; those of the same tick go out together. */
  async search<Aggregations = unknown>(
    body: estypes.SearchSearchRequestBody,
    freshness: Freshness,
  ): Promise<{ hits: estypes.SearchHit<T>[]; total: number; aggregations: Aggregations | undefined }> {
    await this.#show(freshness);
    const { hits, aggregations } = await this.#connection.searches.ask({
      index: this.alias,
      body,
      mayBeMissing: this.#mayBeMissing,
    });
    return {
      hits: hits.hits as estypes.SearchHit<T>[],
      total: typeof hits.total === 'number' ? hits.total : (hits.total?.value ?? 0),
      aggregations: aggregations as Aggregations | undefined,
    };
  }

  /** The documents at [offset, offset + limit) of a selection, however deep that is. */
  async slice(
    selection: Selection,
    { offset, limit }: { offset: number; limit: number },
    freshness: Freshness,
  ): Promise<T[]> {
    if (limit <= 0) return [];
    if (offset + limit > MOST_HITS) return this.#deepSlice(selection, offset, limit, freshness);
    const { query, sort } = selection;
    const body = { query, sort, from: offset, size: limit, track_total_hits: false };
    return (await this.search(body, freshness)).hits.map(sourceOf);
  }

  async #deepSlice(selection: Selection, offset: number, limit: number, freshness: Freshness): Promise<T[]> {
    const documents: T[] = [];
    await this.#onSnapshot(freshness, async (look) => {
      let after: estypes.SortResults | undefined;
      for (let passed = 0; passed < offset; ) {
        const size = Math.min(MOST_HITS, offset - passed);
        const hits = await look({ ...selection, size, after, source: false });
        if (hits.length < size) return;
        passed += hits.length;
        after = hits.at(-1)?.sort;
      }
      while (documents.length < limit) {
        const size = Math.min(MOST_HITS, limit - documents.length);
        const hits = await look({ ...selection, size, after });
        documents.push(...hits.map(sourceOf));
        if (hits.length < size) return;
        after = hits.at(-1)?.sort;
      }
    });
    return documents;
  }

  /** Everything selected, in batches, from one snapshot: no bound, none twice. */
  async *walk(selection: Selection, freshness: Freshness): AsyncGenerator<estypes.SearchHit<T>[]> {
    await this.#show(freshness);
    const snapshot = await this.#openSnapshot();
    try {
      let after: estypes.SortResults | undefined;
      for (;;) {
        const hits = await this.#look(snapshot, { ...selection, size: WALK_BATCH, after });
        if (hits.length > 0) yield hits;
        if (hits.length < WALK_BATCH) return;
        after = hits.at(-1)?.sort;
      }
    } finally {
      await this.#closeSnapshot(snapshot);
    }
  }

  /** Deletes everything selected. @returns how many there were */
  async deleteWhere(query: Query): Promise<number> {
    let deleted = 0;
    for await (const hits of this.walk({ query, sort: ['_doc'], source: false }, 'all')) {
      const outcomes = await write(
        this.#connection,
        hits.map(({ _id }) => ({ action: 'delete', alias: this.alias, id: _id ?? '' })),
      );
      deleted += outcomes.filter((outcome) => outcome === 'written').length;
    }
    return deleted;
  }

  /**
   * Every combination of values of some fields, in the order of the values, with no bound on how many there are.
   *
   * @param fields      keyword or date fields, or what else is combined under a name; dates come back as milliseconds
   * @param startAfter  leaves out this combination and all before it
   */
  async *combinations<Key, Bucket = unknown>(
    query: Query,
    fields: readonly ((keyof Key & string) | CombinedSource<keyof Key & string>)[],
    freshness: Freshness,
    aggregations?: Record<string, estypes.AggregationsAggregationContainer>,
    startAfter?: Key,
  ): AsyncGenerator<{ key: Key; doc_count: number } & Bucket> {
    await this.#show(freshness);
    const snapshot = await this.#openSnapshot();
    try {
      let after = startAfter as Record<string, estypes.FieldValue> | undefined;
      do {
        const composite = {
          size: MOST_BUCKETS,
          sources: fields.map((field) =>
            typeof field === 'string' ? { [field]: { terms: { field } } } : { [field.name]: field.source },
          ),
          ...(after === undefined ? {} : { after }),
        };
        const aggs = {
          all: { composite, ...(aggregations === undefined ? {} : { aggs: aggregations }) },
        };
        const response = await this.#ask(snapshot, { query, size: 0, track_total_hits: false, aggs });
        const all = response.aggregations?.all as estypes.AggregationsCompositeAggregate | undefined;
        yield* (all?.buckets ?? []) as unknown as ({ key: Key; doc_count: number } & Bucket)[];
        after = all?.after_key;
      } while (after !== undefined);
    } finally {
      await this.#closeSnapshot(snapshot);
    }
  }

  #show(freshness: Freshness): Promise<void> {
    const { refresher } = this.#connection;
    return freshness === 'all' ? refresher.showAll(this.alias) : refresher.showOwn(this.alias);
  }

  async #onSnapshot(
    freshness: Freshness,
    use: (look: (request: Look) => Promise<estypes.SearchHit<T>[]>) => Promise<void>,
  ): Promise<void> {
    await this.#show(freshness);
    const snapshot = await this.#openSnapshot();
    try {
      await use((request) => this.#look(snapshot, request));
    } finally {
      await this.#closeSnapshot(snapshot);
    }
  }

  async #look(snapshot: Snapshot, { query, sort, size, after, source }: Look) {
    const response = await this.#ask(snapshot, {
      query,
      sort,
      size,
      track_total_hits: false,
      _source: source ?? true,
      ...(after === undefined ? {} : { search_after: after }),
    });
    return response.hits.hits as estypes.SearchHit<T>[];
  }

  async #ask(snapshot: Snapshot, request: estypes.SearchRequest) {
    try {
      const response = await this.#connection.client.search({
        ...request,
        pit: { id: snapshot.id, keep_alive: KEEP_ALIVE },
        allow_partial_search_results: false,
      });
      // The server may give the snapshot another name at any answer.
      snapshot.id = response.pit_id ?? snapshot.id;
      return response;
    } catch (error) {
      throw translate(error);
    }
  }

  async #openSnapshot(): Promise<Snapshot> {
    try {
      const { id } = await this.#connection.client.openPointInTime({
        index: this.alias,
        keep_alive: KEEP_ALIVE,
        ignore_unavailable: this.#mayBeMissing,
      });
      return { id };
    } catch (error) {
      throw translate(error);
    }
  }

  /** One that cannot be closed ends by itself. */
  async #closeSnapshot({ id }: Snapshot): Promise<void> {
    await this.#connection.client.closePointInTime({ id }).catch(() => {});
  }
}

/** A source of a composite aggregation under the name that its values are to have. */
interface CombinedSource<Name extends string> {
  readonly name: Name;
  readonly source: estypes.AggregationsCompositeAggregationSource;
}

interface Snapshot {
  id: string;
}

interface Look extends Selection {
  readonly size: number;
  readonly after: estypes.SortResults | undefined;
}

function sourceOf<T>(hit: estypes.SearchHit<T>): T {
  return hit._source as T;
}
