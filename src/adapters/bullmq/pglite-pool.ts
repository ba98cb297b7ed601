import { EventEmitter } from 'node:events';

import type { PGlite } from '@electric-sql/pglite';
import type { PgPool, PgPoolClient } from 'bullmq';

/**
 * Presents one in-process PGlite as the `pg.Pool` that BullMQ's PostgreSQL backend expects.
 *
 * Every client shares the one session, and every client hears every NOTIFY: BullMQ filters by channel itself.
 * The caller owns `db` and closes it last.
 */
export function poolFromPglite(db: PGlite): PgPool {
  class Client extends EventEmitter {
    readonly #unsubscribe = db.onNotification((channel, payload) =>
      this.emit('notification', { channel, payload }),
    );

    constructor() {
      super();
      // One shared listener per queue and worker: more than Node's default of ten is no leak here.
      this.setMaxListeners(0);
    }

    async query(
      text: string,
      params: readonly unknown[] = [],
    ): Promise<{ rows: unknown[]; rowCount: number }> {
      // Only `exec` takes several statements at once; only `query` takes parameters.
      const result = params.length === 0 ? (await db.exec(text)).at(-1) : await db.query(text, [...params]);
      return { rows: result?.rows ?? [], rowCount: result?.affectedRows ?? 0 };
    }

    async connect(): Promise<PgPoolClient> {
      return new Client() as unknown as PgPoolClient;
    }

    release(): void {
      this.#unsubscribe();
    }

    async end(): Promise<void> {
      this.#unsubscribe();
    }
  }
  return new Client() as unknown as PgPool;
}
