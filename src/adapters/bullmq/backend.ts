import type { PGlite } from '@electric-sql/pglite';
import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type PostgresConnectionOptions,
  runMigrations,
} from 'bullmq';

import type { RedisConnection } from '../redis/connection.ts';
import { isRedisAway, orUnavailable } from '../redis/redis-error.ts';
import { poolFromPglite } from './pglite-pool.ts';

/** Where BullMQ keeps its jobs, and what differs between the two places. */
export interface QueueBackend {
  readonly factory: BackendFactory<IQueueBackend, unknown>;
  /** For queues: asks and wants an answer. */
  readonly connection: unknown;
  /** For workers: waits as long as it takes. */
  readonly workerConnection: unknown;
  /** Begins every key, where there are keys. */
  readonly prefix?: string;
  /** From how many jobs on one bulk is cheaper than single ones. */
  readonly bulkFrom: number;
  /** Runs what a queue was asked for. @throws {StoreUnavailableError} while the backend is out of reach */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  /** Whether workers cannot reach it just now. */
  isAway(): boolean;
  /** Whether an error of a worker only says that the backend is out of reach, which the connection itself reports. */
  isOutage(error: Error): boolean;
}

const SCHEMA = 'bullmq';

/** On PGlite one bulk statement costs as much as seven single ones (measured), most of it before the first row. */
const PGLITE_BULK_FROM = 8;

/** Prepares BullMQ's tables in the embedded PostgreSQL, beside ours and in a schema of their own. */
export async function pgliteBackend(db: PGlite): Promise<QueueBackend> {
  const pool = poolFromPglite(db);
  const client = await pool.connect();
  await runMigrations(client, SCHEMA, { skipVersionCheck: true });
  // A pool of ours cannot carry a schema, and all its clients share one session: setting the path once does for all.
  await client.query(`set search_path to ${SCHEMA}, public`);
  client.release();
  const connection: PostgresConnectionOptions = pool;
  return {
    factory: createPostgresBackend as unknown as QueueBackend['factory'],
    connection,
    workerConnection: connection,
    bulkFrom: PGLITE_BULK_FROM,
    attempt: (work) => work(),
    isAway: () => false,
    isOutage: () => false,
  };
}

/** BullMQ on Redis; the caller owns the connection and closes it after queues and workers. */
export function redisBackend({ calls, workers, keyPrefix }: RedisConnection): QueueBackend {
  return {
    factory: createRedisBackend as unknown as QueueBackend['factory'],
    connection: calls,
    workerConnection: workers,
    prefix: keyPrefix,
    bulkFrom: 2,
    attempt: orUnavailable,
    isAway: () => workers.status !== 'ready',
    isOutage: isRedisAway,
  };
}
