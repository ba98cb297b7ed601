import type { OutletState } from '../../domain/outlet-state.ts';
import type { OutletStateStore } from '../../ports/outlet-state-store.ts';
import type { Connection } from './connection.ts';
import { Documents } from './documents.ts';

/** More outlets than anybody follows. */
const MANY = 100_000;

export class ElasticsearchOutletStateStore implements OutletStateStore {
  readonly #states: Documents<OutletState>;

  constructor(connection: Connection) {
    this.#states = new Documents(connection, 'outlet-states');
  }

  async find(outletId: string): Promise<OutletState | undefined> {
    return this.#states.find(outletId);
  }

  async update(outletId: string, change: (current: OutletState) => OutletState): Promise<OutletState> {
    for (;;) {
      const next = await this.#states.replace(outletId, change);
      if (next !== undefined) return next;
      const nothing = { outletId };
      const first = change(nothing);
      if (first === nothing || (await this.#states.insert(outletId, first))) return first;
    }
  }

  async all(): Promise<OutletState[]> {
    const everything = { query: { match_all: {} }, sort: ['outletId'] };
    return this.#states.slice(everything, { offset: 0, limit: MANY }, 'own');
  }
}
