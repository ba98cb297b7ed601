import { setImmediate as nextTick } from 'node:timers/promises';

import type { QueueName } from '../../domain/entry.ts';
import { HOUR_MS } from '../../domain/time.ts';

/** Jobs that are counted together. */
export interface JobKind {
  readonly stage: QueueName;
  readonly outletId: string;
  readonly outcome: string;
  /** ISO 8601, UTC. */
  readonly hour: string;
}

/** How many jobs of one kind one process has seen end. */
export type JobCount = JobKind & { readonly id: string; readonly count: number };

/** Hours whose counts are held in memory; an earlier hour that comes up again gets a document of its own. */
const HELD_HOURS = 48;

interface Held {
  readonly id: string;
  readonly kind: JobKind;
  count: number;
}

interface Batch {
  readonly added: Map<Held, number>;
  readonly written: Promise<void>;
}

/**
 * Counts jobs by keeping the counts of this process in memory and storing each as one document of this process, to be
 * added up with those of the others: nobody reads before writing, and nobody waits for anybody.
 *
 * Jobs that end while a write is under way are written together.
 */
export class JobCounter {
  readonly #process: string;
  readonly #store: (counts: readonly JobCount[]) => Promise<void>;
  readonly #held = new Map<string, Held>();
  #documents = 0;
  #newestHour = '';
  #underWay: Promise<void> = Promise.resolve();
  #next: Batch | undefined;

  /**
   * @param process  in no other process's documents
   * @param store  replaces documents by id
   */
  constructor(process: string, store: (counts: readonly JobCount[]) => Promise<void>) {
    this.#process = process;
    this.#store = store;
  }

  /** Resolves once it is stored; what could not be stored is not counted. */
  async count(kind: JobKind): Promise<void> {
    this.#next ??= this.#begin();
    const batch = this.#next;
    const held = this.#hold(kind);
    batch.added.set(held, (batch.added.get(held) ?? 0) + 1);
    await batch.written;
  }

  /** To be called where stored documents have been deleted: what comes now is counted from nothing. */
  forget(): void {
    this.#held.clear();
  }

  #begin(): Batch {
    const added = new Map<Held, number>();
    const before = this.#underWay;
    const write = async () => {
      await before;
      await nextTick();
      this.#next = undefined;
      for (const [held, more] of added) held.count += more;
      try {
        await this.#store([...added.keys()].map(({ id, kind, count }) => ({ id, ...kind, count })));
      } catch (error) {
        for (const [held, more] of added) held.count -= more;
        throw error;
      }
    };
    const written = write();
    this.#underWay = written.catch(() => {});
    return { added, written };
  }

  #hold(kind: JobKind): Held {
    const key = JSON.stringify([kind.stage, kind.outletId, kind.outcome, kind.hour]);
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    if (kind.hour > this.#newestHour) this.#moveTo(kind.hour);
    this.#documents += 1;
    const held = { id: `${this.#process}-${this.#documents}`, kind, count: 0 };
    this.#held.set(key, held);
    return held;
  }

  #moveTo(hour: string): void {
    this.#newestHour = hour;
    const oldest = new Date(Date.parse(hour) - HELD_HOURS * HOUR_MS).toISOString();
    for (const [key, { kind }] of this.#held) if (kind.hour < oldest) this.#held.delete(key);
  }
}
