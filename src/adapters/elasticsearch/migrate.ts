import { setTimeout as sleep } from 'node:timers/promises';

import type { Client, estypes } from '@elastic/elasticsearch';

import { createIndex } from './create-index.ts';
import type { IndexDefinition } from './index-definition.ts';

/** An index of an earlier version, and the one that is to stand behind its aliases. */
export interface Migration {
  readonly from: string;
  readonly fromVersion: number;
  readonly to: string;
  readonly definition: IndexDefinition;
  readonly aliases: readonly string[];
}

/** What has just been done; a migration that is cut off after any of them can be run again. */
export type MigrationStep = 'created' | 'copied' | 'blocked' | 'caught-up' | 'swapped' | 'dropped';

export interface MigrationResult {
  readonly documents: number;
  /** How long writers had to wait, in ms. */
  readonly heldMs: number;
}

interface MigrationOptions {
  /** Aborted once another process has taken over. */
  readonly signal: AbortSignal;
  readonly onStep?: ((step: MigrationStep) => void | Promise<void>) | undefined;
}

/** About what the server likes in one request. */
const BATCH_BYTES = 5_000_000;
const MAX_BATCH = 1000;
/** Nobody knows yet how large the documents are. */
const FIRST_BATCH = 20;

/** So few changes are caught up with in a moment: writers can be held. */
const FEW_CHANGES = 500;
/** Writers that are faster than the copying are held after so many rounds anyway. */
const MAX_ROUNDS = 20;

/** Searches that began before the aliases were swapped still run on the old index. */
const DRAIN_MS = 2000;

/** Each raises the primary term by more than one. */
const MAX_REOPENINGS = 100;

const KEEP_ALIVE = '5m';

/**
 * Brings all documents of an index into the index of a later version, which then takes its place behind its aliases.
 *
 * Readers see either index and never both. Writers go on; only the last catch-up holds them, with a block that they
 * see as StoreUnavailableError, and which ends within moments. How it comes that nothing is lost or doubled:
 *
 * - Changes are followed by `_seq_no`, from the checkpoint below which every change is known to be searchable.
 * - A copy carries the `_seq_no` of its original as its external version, so a later state is never overwritten by an
 *   earlier one, in whatever order and however often copies arrive.
 * - The write block is acknowledged once no write is under way. What was deleted meanwhile is found by counting.
 * - The new index has a higher primary term than the old one ever had, so a writer that read before the swap and
 *   writes after it (`if_seq_no`, `if_primary_term`) is refused, as it would be if somebody else had written.
 *
 * Not to be run twice at once for one index: `withSetupLock` sees to that.
 *
 * @throws {Error} if a document does not fit the new mapping; the old index stays as it was and takes writes again
 */
export async function migrateIndex(
  client: Client,
  migration: Migration,
  { signal, onStep }: MigrationOptions,
): Promise<MigrationResult> {
  const { from, to, definition, aliases } = migration;
  const step = async (name: MigrationStep) => {
    await onStep?.(name);
    signal.throwIfAborted();
  };
  // What an earlier attempt left: its copy may be of another time, and its block would hold writers for all of ours.
  await client.indices.delete({ index: to, ignore_unavailable: true });
  await setWriteBlock(client, from, false);

  await createIndex(client, to, definition, []);
  await outrankPrimaryTerm(client, from, to);
  await step('created');

  const copier = new Copier(client, migration, signal);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if ((await copier.copyChanges()) <= FEW_CHANGES) break;
  }
  await step('copied');

  const heldAt = performance.now();
  await setWriteBlock(client, from, true);
  try {
    await step('blocked');
    await copier.copyChanges();
    await removeDeleted(client, from, to);
    const documents = await sameCount(client, from, to);
    await outrankPrimaryTerm(client, from, to);
    await step('caught-up');
    await swap(client, from, to, aliases);
    const heldMs = performance.now() - heldAt;
    await step('swapped');
    await sleep(DRAIN_MS);
    await client.indices.delete({ index: from, ignore_unavailable: true });
    await step('dropped');
    return { documents, heldMs };
  } catch (error) {
    // Where another process has taken over, the block is its own.
    if (!signal.aborted) await setWriteBlock(client, from, false).catch(() => {});
    throw error;
  }
}

class Copier {
  readonly #client: Client;
  readonly #migration: Migration;
  readonly #signal: AbortSignal;
  /** Every change up to here has been copied. */
  #through = -1;
  #batch = FIRST_BATCH;

  constructor(client: Client, migration: Migration, signal: AbortSignal) {
    this.#client = client;
    this.#migration = migration;
    this.#signal = signal;
  }

  /** Copies what changed since the last call; at first, everything. @returns how many documents that were */
  async copyChanges(): Promise<number> {
    const { from } = this.#migration;
    // Taken before the refresh: a change with a lower number may still be on its way when a higher one is searchable.
    const checkpoint = await checkpointOf(this.#client, from);
    await this.#client.indices.refresh({ index: from });
    let copied = 0;
    for await (const hits of this.#changesAfter(this.#through)) {
      this.#signal.throwIfAborted();
      await this.#write(hits);
      copied += hits.length;
    }
    this.#through = checkpoint;
    return copied;
  }

  async *#changesAfter(seqNo: number): AsyncGenerator<estypes.SearchHit<Document>[]> {
    const pit = await this.#client.openPointInTime({ index: this.#migration.from, keep_alive: KEEP_ALIVE });
    try {
      let after: estypes.SortResults | undefined;
      for (;;) {
        const { hits } = await this.#client.search<Document>({
          pit: { id: pit.id, keep_alive: KEEP_ALIVE },
          query: { range: { _seq_no: { gt: seqNo } } },
          sort: [{ _seq_no: 'asc' }],
          size: this.#batch,
          seq_no_primary_term: true,
          track_total_hits: false,
          allow_partial_search_results: false,
          ...(after === undefined ? {} : { search_after: after }),
        });
        if (hits.hits.length === 0) return;
        yield hits.hits;
        after = hits.hits.at(-1)?.sort;
      }
    } finally {
      await this.#client.closePointInTime({ id: pit.id }).catch(() => {});
    }
  }

  async #write(hits: readonly estypes.SearchHit<Document>[]): Promise<void> {
    const { to, definition, fromVersion } = this.#migration;
    const refused: string[] = [];
    const { bytes } = await this.#client.helpers.bulk<estypes.SearchHit<Document>>({
      datasource: [...hits],
      flushBytes: BATCH_BYTES,
      concurrency: 1,
      retries: 8,
      wait: 500,
      onDocument: ({ _id = '', _seq_no = 0, _source = {} }) => [
        { index: { _index: to, _id, version: _seq_no + 1, version_type: 'external_gte' } },
        definition.upgrade?.(_source, fromVersion) ?? _source,
      ],
      onDrop({ status, error, operation }) {
        // 409: a later state has been copied already.
        if (status === 409) return;
        const { _id } = (operation as { index?: { _id?: string } }).index ?? {};
        refused.push(`${_id}: ${error?.reason ?? `status ${status}`}`);
      },
    });
    if (refused.length > 0) {
      throw new Error(`${to} refuses ${refused.length} documents, the first of them ${refused[0]}`);
    }
    const fitting = Math.floor((BATCH_BYTES * hits.length) / Math.max(bytes, 1));
    this.#batch = Math.max(1, Math.min(MAX_BATCH, fitting, this.#batch * 4));
  }
}

type Document = Record<string, unknown>;

/** Every copy of the shard has processed all changes up to this `_seq_no`. */
async function checkpointOf(client: Client, index: string): Promise<number> {
  const { indices } = await client.indices.stats({ index, metric: 'docs', level: 'shards' });
  const copies = Object.values(indices?.[index]?.shards ?? {}).flat();
  const checkpoints = copies.flatMap(({ seq_no }) =>
    seq_no === undefined ? [] : [seq_no.global_checkpoint],
  );
  if (checkpoints.length === 0)
    throw new Error(`${index} tells no checkpoint: none of its shards is assigned`);
  return Math.min(...checkpoints);
}

/**
 * Sees to it that the new index has a higher primary term than the old one: reopening a closed index raises it. Without
 * that, a document could come to stand under the very `_seq_no` and term that it, in an earlier state, had in the old
 * index, and a writer that read that state would overwrite the later one.
 */
async function outrankPrimaryTerm(client: Client, from: string, to: string): Promise<void> {
  for (let attempt = 0; attempt < MAX_REOPENINGS; attempt++) {
    const terms = await primaryTerms(client, [from, to]);
    if ((terms[to] ?? 0) > (terms[from] ?? 0)) return;
    await client.indices.close({ index: to });
    await client.indices.open({ index: to });
    await client.cluster.health({ index: to, wait_for_status: 'yellow', timeout: '30s' });
  }
  throw new Error(`The primary term of ${to} stays behind that of ${from}`);
}

async function primaryTerms(client: Client, indices: readonly string[]): Promise<Record<string, number>> {
  const state = (await client.cluster.state({
    metric: 'metadata',
    index: [...indices],
    filter_path: 'metadata.indices.*.primary_terms',
  })) as { metadata: { indices: Record<string, { primary_terms: Record<string, number> }> } };
  return Object.fromEntries(
    Object.entries(state.metadata.indices).map(([index, { primary_terms }]) => [
      index,
      Math.max(...Object.values(primary_terms)),
    ]),
  );
}

/** Deletions leave nothing to search for, so whatever the copy has too much is looked up in the original. */
async function removeDeleted(client: Client, from: string, to: string): Promise<void> {
  await client.indices.refresh({ index: to });
  let surplus = (await count(client, to)) - (await count(client, from));
  if (surplus <= 0) return;
  const pit = await client.openPointInTime({ index: to, keep_alive: KEEP_ALIVE });
  try {
    let after: estypes.SortResults | undefined;
    while (surplus > 0) {
      const { hits } = await client.search({
        pit: { id: pit.id, keep_alive: KEEP_ALIVE },
        sort: ['_shard_doc'],
        size: MAX_BATCH,
        _source: false,
        track_total_hits: false,
        ...(after === undefined ? {} : { search_after: after }),
      });
      if (hits.hits.length === 0) return;
      const gone = await absent(
        client,
        from,
        hits.hits.flatMap(({ _id }) => (_id === undefined ? [] : [_id])),
      );
      if (gone.length > 0) {
        await client.bulk({ operations: gone.map((id) => ({ delete: { _index: to, _id: id } })) });
      }
      surplus -= gone.length;
      after = hits.hits.at(-1)?.sort;
    }
  } finally {
    await client.closePointInTime({ id: pit.id }).catch(() => {});
  }
}

async function absent(client: Client, index: string, ids: readonly string[]): Promise<string[]> {
  const { docs } = await client.mget({ index, ids: [...ids], _source: false });
  return docs.flatMap((answer) => ('found' in answer && !answer.found ? [answer._id] : []));
}

/** @throws {Error} if the indices differ in how many documents they hold, which nothing should bring about */
async function sameCount(client: Client, from: string, to: string): Promise<number> {
  await client.indices.refresh({ index: to });
  const [before, after] = await Promise.all([count(client, from), count(client, to)]);
  if (before === after) return after;
  throw new Error(
    `${from} has ${before} documents and its copy ${to} has ${after}: nothing was changed over`,
  );
}

async function count(client: Client, index: string): Promise<number> {
  return (await client.count({ index })).count;
}

async function setWriteBlock(client: Client, index: string, isBlocked: boolean): Promise<void> {
  if (isBlocked) await client.indices.addBlock({ index, block: 'write' });
  else await client.indices.putSettings({ index, settings: { 'index.blocks.write': null } });
}

/** One change of the cluster's state: whoever resolves an alias sees all of it or nothing. */
async function swap(client: Client, from: string, to: string, aliases: readonly string[]): Promise<void> {
  await client.indices.updateAliases({
    actions: aliases.flatMap((alias) => [
      { remove: { index: from, alias, must_exist: true } },
      { add: { index: to, alias } },
    ]),
  });
}
