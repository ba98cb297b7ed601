import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Client, errors } from '@elastic/elasticsearch';

import { isAlreadyThere } from './create-index.ts';

/** How the lock is kept; tests shorten the times. */
export interface LockTimes {
  /** How often the holder shows that it lives. */
  readonly beatMs: number;
  /** A holder that has not been heard of for so long is gone. */
  readonly staleMs: number;
  /** How long to wait for a holder that lives. */
  readonly waitMs: number;
}

const DEFAULT_TIMES: LockTimes = { beatMs: 3000, staleMs: 20_000, waitMs: 600_000 };

const ID = 'holder';

/** One state of the lock document. */
interface Beat {
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/**
 * Lets one process at a time set up or migrate the indices of a prefix.
 *
 * The lock is a document that its holder rewrites again and again. Whoever waits watches it by a clock of its own, so
 * clocks need not agree; one that stands still was left by a process that is gone, and is taken over. Work that loses
 * the lock is told by `signal` and must stop.
 *
 * @param onWait  told once, with the holder's name, if somebody else is at work
 * @throws {Error} if a living holder does not end in time
 */
export async function withSetupLock<T>(
  client: Client,
  prefix: string,
  run: (signal: AbortSignal) => Promise<T>,
  { onWait, ...times }: Partial<LockTimes> & { readonly onWait?: (holder: string) => void } = {},
): Promise<T> {
  const settled = { ...DEFAULT_TIMES, ...times };
  const lock = new SetupLock(client, `${prefix}-setup-lock`);
  await lock.take(settled, onWait);
  const lost = new AbortController();
  const beating = beat(lock, settled.beatMs, lost);
  try {
    return await run(lost.signal);
  } finally {
    await beating.stop();
    if (!lost.signal.aborted) await lock.release();
  }
}

/** Shows again and again that we live, one beat at a time. */
function beat(lock: SetupLock, beatMs: number, lost: AbortController): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted && !lost.signal.aborted) {
      await sleep(beatMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (!stopping.signal.aborted && !(await lock.keep())) {
        lost.abort(new Error('Another process has taken over the setup'));
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

class SetupLock {
  readonly #client: Client;
  readonly #index: string;
  readonly #holder = `${hostname()}, process ${process.pid}`;
  readonly #token = randomUUID();
  #beats = 0;
  #mine: Beat | undefined;

  constructor(client: Client, index: string) {
    this.#client = client;
    this.#index = index;
  }

  async take({ staleMs, waitMs }: LockTimes, onWait?: (holder: string) => void): Promise<void> {
    await this.#createIndex();
    const begunAt = performance.now();
    let seen: (Beat & { readonly sinceMs: number }) | undefined;
    while (!(await this.#write())) {
      const current = await this.#read();
      const now = performance.now();
      if (current === undefined) continue;
      if (seen === undefined) onWait?.(current.holder);
      if (seen === undefined || !isSameBeat(seen, current)) seen = { ...current, sinceMs: now };
      if (now - seen.sinceMs >= staleMs && (await this.#write(current))) return;
      if (now - begunAt >= waitMs) throw new Error(`${current.holder} has not ended its setup in time`);
      await sleep(Math.min(1000, staleMs / 4));
    }
  }

  /** @returns false once somebody else holds the lock; whether it could be asked at all does not count */
  async keep(): Promise<boolean> {
    try {
      return await this.#write(this.#mine);
    } catch {
      return true;
    }
  }

  /** One that cannot be released goes stale by itself. */
  async release(): Promise<void> {
    const over = this.#mine;
    if (over === undefined) return;
    await this.#client
      .delete({ index: this.#index, id: ID, if_seq_no: over.seqNo, if_primary_term: over.primaryTerm })
      .catch(() => {});
  }

  /** Writes a beat over exactly the one given, or where there is none. @returns whether that was so */
  async #write(over?: Beat): Promise<boolean> {
    this.#beats += 1;
    try {
      const { _seq_no, _primary_term } = await this.#client.index({
        index: this.#index,
        id: ID,
        document: { holder: this.#holder, token: this.#token, beats: this.#beats },
        ...(over === undefined
          ? { op_type: 'create' }
          : { if_seq_no: over.seqNo, if_primary_term: over.primaryTerm }),
      });
      this.#mine = { seqNo: _seq_no ?? 0, primaryTerm: _primary_term ?? 0 };
      return true;
    } catch (error) {
      if (!(error instanceof errors.ResponseError) || error.statusCode !== 409) throw error;
      return this.#isOurs();
    }
  }

  /** A beat whose answer was lost on the way is ours nevertheless, and the client may have sent it twice. */
  async #isOurs(): Promise<boolean> {
    const current = await this.#read();
    if (current?.token !== this.#token) return false;
    this.#mine = current;
    return true;
  }

  async #read(): Promise<(Beat & { holder: string; token: string }) | undefined> {
    try {
      const { _source, _seq_no, _primary_term } = await this.#client.get<{ holder: string; token: string }>({
        index: this.#index,
        id: ID,
      });
      const { holder = '', token = '' } = _source ?? {};
      return { holder, token, seqNo: _seq_no ?? 0, primaryTerm: _primary_term ?? 0 };
    } catch (error) {
      if (error instanceof errors.ResponseError && error.statusCode === 404) return undefined;
      throw error;
    }
  }

  async #createIndex(): Promise<void> {
    await this.#client.indices
      .create({
        index: this.#index,
        settings: { number_of_shards: 1, auto_expand_replicas: '0-1' },
        mappings: { dynamic: false },
      })
      .catch((error: unknown) => {
        if (!isAlreadyThere(error)) throw error;
      });
  }
}

function isSameBeat(one: Beat, other: Beat): boolean {
  return one.seqNo === other.seqNo && one.primaryTerm === other.primaryTerm;
}
