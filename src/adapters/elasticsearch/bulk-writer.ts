import { setImmediate as nextTick, setTimeout as sleep } from 'node:timers/promises';

import { type Client, errors, type estypes } from '@elastic/elasticsearch';

import { StoreUnavailableError } from '../../errors.ts';
import { translate } from './elasticsearch-error.ts';
import { itemError } from './item-error.ts';

/** One write of one document. */
export type BulkOperation = { readonly alias: string; readonly id: string } & (
  | {
      readonly action: 'index';
      readonly document: unknown;
      /** Writes only over exactly this version of the document. */
      readonly over?: DocumentVersion;
    }
  | { readonly action: 'create'; readonly document: unknown }
  | { readonly action: 'delete' }
);

/** Names one state of one document. */
export interface DocumentVersion {
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/**
 * What became of a write: `conflict` where the id is taken (`create`) or somebody else wrote since (`over`), `missing`
 * where there was nothing to delete.
 */
export type BulkOutcome = 'written' | 'conflict' | 'missing';

/** Nothing was written, since no index stands behind the alias. */
export class MissingAliasError extends StoreUnavailableError {
  override name = 'MissingAliasError';

  constructor(alias: string) {
    super(`No index of Elasticsearch stands behind the alias ${alias}: run \`nhip-yte setup\``);
  }
}

/** Bounds of the writer; the defaults suit a server that has its default limits. */
export interface BulkLimits {
  readonly requestBytes: number;
  readonly requestItems: number;
  /** Requests under way at once: one alone would leave all but one core of the server idle. */
  readonly requestsUnderWay: number;
  /** Serialised writes that may wait in memory; whoever comes then has to wait outside. */
  readonly pendingBytes: number;
  /** Waits before rejected items are sent again, each drawn from its upper half. */
  readonly backOffMs: readonly number[];
}

const DEFAULT_LIMITS: BulkLimits = {
  requestBytes: 5_000_000,
  requestItems: 1000,
  requestsUnderWay: 3,
  pendingBytes: 32_000_000,
  backOffMs: [50, 200, 800, 2000, 5000],
};

/** A request may take this long; a server that is slower than that is not serving. */
const REQUEST_TIMEOUT_MS = 60_000;
const TOO_MANY_REQUESTS = 429;
/** A full disk is answered with 429 too, but lasts until somebody makes room. */
const BLOCKED = 'cluster_block_exception';

/** A write on its way, with everybody who waits for it. */
interface Item {
  readonly key: string;
  readonly alias: string;
  readonly isDelete: boolean;
  /** May be replaced by a later write of the same document that waits in the same request. */
  readonly isPlain: boolean;
  readonly lines: readonly string[];
  readonly bytes: number;
  readonly waiting: Waiter[];
}

interface Waiter {
  readonly resolve: (outcome: BulkOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The one road by which documents are written.
 *
 * Writes of one tick of the event loop go out together, and so do those that come while as many requests as may be are
 * under way; there is no timer, so a lone write waits for nobody. No two writes of one document are under way at once,
 * so writes of a document take effect in the order in which they were handed in; those of different documents may not.
 * Items that the server rejects for want of room (429) are sent again alone, with growing waits.
 *
 * A request whose answer is lost is not sent again from here: the writes may have taken effect or not, and the caller
 * learns it from the store.
 */
export class BulkWriter {
  readonly #client: Client;
  readonly #limits: BulkLimits;
  readonly #queue: Item[] = [];
  readonly #waitingForRoom: (() => void)[] = [];
  #pendingBytes = 0;
  #lanes = 0;
  readonly #keysUnderWay = new Set<string>();

  constructor(client: Client, limits: Partial<BulkLimits> = {}) {
    this.#client = client;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /**
   * Writes documents, in order; each stands for itself, so some may be written where another is refused.
   *
   * @returns what became of each, in order
   * @throws {StoreUnavailableError} if the server has no room or does not answer: some may have been written
   * @throws {MissingAliasError}
   * @throws the server's first refusal of an item (a mapping that does not fit), once all have been answered
   */
  async write(operations: readonly BulkOperation[]): Promise<BulkOutcome[]> {
    const outcomes: Promise<BulkOutcome>[] = [];
    for (const operation of operations) {
      const item = serialise(operation);
      // Large batches are serialised while earlier parts of them are under way.
      while (this.#pendingBytes > 0 && this.#pendingBytes + item.bytes > this.#limits.pendingBytes) {
        await new Promise<void>((resolve) => this.#waitingForRoom.push(resolve));
      }
      const outcome = new Promise<BulkOutcome>((resolve, reject) => item.waiting.push({ resolve, reject }));
      // All are looked at below; until then a refusal is nobody's surprise.
      outcome.catch(() => {});
      outcomes.push(outcome);
      this.#pendingBytes += item.bytes;
      this.#queue.push(item);
      this.#openLane();
    }
    const settled = await Promise.allSettled(outcomes);
    return settled.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  #openLane(): void {
    if (this.#lanes >= this.#limits.requestsUnderWay) return;
    this.#lanes += 1;
    void this.#serveLane();
  }

  /** Sends one request after the other until nothing waits but for a lane that will look again. */
  async #serveLane(): Promise<void> {
    for (;;) {
      // Whoever the last answer woke has the rest of this tick to join.
      await nextTick();
      const batch = this.#takeBatch();
      if (batch.length === 0) break;
      if (this.#queue.length > 0) this.#openLane();
      for (const { key } of batch) this.#keysUnderWay.add(key);
      await this.#send(batch);
      for (const { key, bytes } of batch) {
        this.#keysUnderWay.delete(key);
        this.#pendingBytes -= bytes;
      }
      for (const admit of this.#waitingForRoom.splice(0)) admit();
    }
    this.#lanes -= 1;
  }

  #takeBatch(): Item[] {
    const batch = new Map<string, Item>();
    let bytes = 0;
    let taken = 0;
    let freed = 0;
    for (const item of this.#queue) {
      const earlier = batch.get(item.key);
      if (this.#keysUnderWay.has(item.key)) break;
      if (earlier !== undefined && !(earlier.isPlain && item.isPlain)) break;
      const isFull =
        bytes + item.bytes > this.#limits.requestBytes || batch.size >= this.#limits.requestItems;
      if (isFull && batch.size > 0) break;
      if (earlier !== undefined) {
        item.waiting.unshift(...earlier.waiting);
        bytes -= earlier.bytes;
        freed += earlier.bytes;
      }
      batch.set(item.key, item);
      bytes += item.bytes;
      taken += 1;
    }
    this.#queue.splice(0, taken);
    this.#pendingBytes -= freed;
    return [...batch.values()];
  }

  /** Sends until every item is answered or there is no more hope; settles everybody who waits. */
  async #send(batch: readonly Item[]): Promise<void> {
    let due = batch;
    for (const backOffMs of [...this.#limits.backOffMs, undefined]) {
      const rejected = await this.#sendOnce(due);
      if (rejected.length === 0) return;
      if (backOffMs === undefined) {
        const reason = `Elasticsearch has had no room for ${rejected.length} writes: look at its load and memory`;
        rejectAll(rejected, new StoreUnavailableError(reason));
        return;
      }
      due = rejected;
      await sleep(backOffMs * (0.5 + Math.random() / 2));
    }
  }

  /** @returns the items that the server had no room for */
  async #sendOnce(items: readonly Item[]): Promise<readonly Item[]> {
    try {
      const response = await this.#client.bulk(
        { operations: items.flatMap(({ lines }) => lines), require_alias: true, _source: false },
        { maxRetries: 0, requestTimeout: REQUEST_TIMEOUT_MS },
      );
      return items.filter((item, index) => !settle(item, response.items[index]));
    } catch (error) {
      if (error instanceof errors.ResponseError && error.statusCode === TOO_MANY_REQUESTS) return items;
      rejectAll(items, translate(error));
      return [];
    }
  }
}

function serialise(operation: BulkOperation): Item {
  const { action, alias, id } = operation;
  const over = operation.action === 'index' ? operation.over : undefined;
  const target = {
    _index: alias,
    _id: id,
    ...(over === undefined ? {} : { if_seq_no: over.seqNo, if_primary_term: over.primaryTerm }),
  };
  const lines = [JSON.stringify({ [action]: target })];
  if (operation.action !== 'delete') lines.push(JSON.stringify(operation.document));
  return {
    key: `${alias}/${id}`,
    alias,
    isDelete: action === 'delete',
    isPlain: action === 'index' && over === undefined,
    lines,
    bytes: lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0),
    waiting: [],
  };
}

/** @returns whether the item has been answered for good */
function settle(
  item: Item,
  answer: Partial<Record<estypes.BulkOperationType, estypes.BulkResponseItem>> | undefined,
): boolean {
  const result = Object.values(answer ?? {})[0];
  const status = result?.status ?? 0;
  if (status === TOO_MANY_REQUESTS && result?.error?.type !== BLOCKED) return false;
  const outcome = outcomeOf(status, item.isDelete);
  for (const { resolve, reject } of item.waiting) {
    if (outcome === undefined) reject(refusal(item, status, result?.error));
    else resolve(outcome);
  }
  return true;
}

function outcomeOf(status: number, isDelete: boolean): BulkOutcome | undefined {
  if (status >= 200 && status < 300) return 'written';
  if (status === 409) return 'conflict';
  return status === 404 && isDelete ? 'missing' : undefined;
}

function refusal(item: Item, status: number, error: estypes.ErrorCause | undefined): unknown {
  if (error?.type === 'index_not_found_exception') return new MissingAliasError(item.alias);
  return itemError(error ?? { type: 'no_answer', reason: `no answer for ${item.key}` }, status);
}

function rejectAll(items: readonly Item[], error: unknown): void {
  for (const { waiting } of items) for (const { reject } of waiting) reject(error);
}
