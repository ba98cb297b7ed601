import type { PGlite } from '@electric-sql/pglite';
import {
  type BackendFactory,
  createPostgresBackend,
  type IQueueBackend,
  type PostgresConnectionOptions,
  runMigrations,
} from 'bullmq';

import { poolFromPglite } from './pglite-pool.ts';

/** Where BullMQ keeps its jobs. */
export interface QueueBackend {
  readonly factory: BackendFactory<IQueueBackend, PostgresConnectionOptions>;
  readonly connection: PostgresConnectionOptions;
}

const SCHEMA = 'bullmq';

/** Prepares BullMQ's tables in the embedded PostgreSQL, beside ours and in a schema of their own. */
export async function pgliteBackend(db: PGlite): Promise<QueueBackend> {
  const pool = poolFromPglite(db);
  const client = await pool.connect();
  await runMigrations(client, SCHEMA, { skipVersionCheck: true });
  // A pool of ours cannot carry a schema, and all its clients share one session: setting the path once does for all.
  await client.query(`set search_path to ${SCHEMA}, public`);
  client.release();
  return {
    factory: createPostgresBackend as unknown as BackendFactory<IQueueBackend, PostgresConnectionOptions>,
    connection: pool,
  };
}
