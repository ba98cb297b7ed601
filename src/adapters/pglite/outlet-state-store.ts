import type { PGlite } from '@electric-sql/pglite';

import type { OutletState } from '../../domain/outlet-state.ts';
import type { OutletStateStore } from '../../ports/outlet-state-store.ts';

export class PgliteOutletStateStore implements OutletStateStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async find(outletId: string): Promise<OutletState | undefined> {
    const { rows } = await this.#db.query<{ document: OutletState }>(
      'select document from outlet_state where outlet_id = $1',
      [outletId],
    );
    return rows[0]?.document;
  }

  async update(outletId: string, change: (current: OutletState) => OutletState): Promise<OutletState> {
    return this.#db.transaction(async (tx) => {
      const { rows } = await tx.query<{ document: OutletState }>(
        'select document from outlet_state where outlet_id = $1 for update',
        [outletId],
      );
      const current = rows[0]?.document ?? { outletId };
      const next = change(current);
      if (next !== current)
        await tx.query(
          'insert into outlet_state values ($1, $2) on conflict (outlet_id) do update set document = $2',
          [outletId, next],
        );
      return next;
    });
  }

  async all(): Promise<OutletState[]> {
    const { rows } = await this.#db.query<{ document: OutletState }>(
      'select document from outlet_state order by outlet_id collate "C"',
    );
    return rows.map(({ document }) => document);
  }
}
