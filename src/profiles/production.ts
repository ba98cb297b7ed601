import type { Logger } from 'pino';

import { redisBackend } from '../adapters/bullmq/backend.ts';
import type { Gazetteer } from '../adapters/elasticsearch/article-document.ts';
import { checkServing } from '../adapters/elasticsearch/check-serving.ts';
import { checkElasticsearch, createElasticsearchClient } from '../adapters/elasticsearch/client.ts';
import { INDEX_DEFINITIONS } from '../adapters/elasticsearch/index-definitions.ts';
import { checkIndices, setUp } from '../adapters/elasticsearch/setup.ts';
import { openStores } from '../adapters/elasticsearch/stores.ts';
import type { RedisConnection } from '../adapters/redis/connection.ts';
import { checkRedis, openRedis } from '../adapters/redis/connection.ts';
import { createRedisHostPace } from '../adapters/redis/host-pace.ts';
import { holdLease } from '../adapters/redis/lease.ts';
import { orUnavailable } from '../adapters/redis/redis-error.ts';
import type { Config } from '../config.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { Backing, Leadership } from './backing.ts';

/** A process that dies keeps others from its work for so long. */
const LEASE_MS = 20_000;

/**
 * Queues in Redis, everything else in Elasticsearch, for as many processes as work together.
 *
 * @throws {ConfigError} if a server cannot be used as it is set up, or `nhip-yte setup` has not been run
 * @throws {StoreUnavailableError} if a server cannot be reached
 */
export async function openProduction(config: Config, gazetteer: Gazetteer, log: Logger): Promise<Backing> {
  const redis = openRedis(config, log);
  const client = createElasticsearchClient(config);
  const close = async () => {
    await client.close();
    await redis.close();
  };
  try {
    await checkRedis(redis);
    await checkElasticsearch(client, config.elasticsearchPrefix);
    await checkIndices(client, config.elasticsearchPrefix, INDEX_DEFINITIONS);
  } catch (error) {
    await close();
    throw error;
  }
  return backingOf(config, redis, client, gazetteer, close);
}

/** Drops every index under the configured prefix and makes them new; those of other prefixes stay. */
export async function emptyIndices(config: Config): Promise<void> {
  const client = createElasticsearchClient(config);
  try {
    const indices = Object.keys(await client.indices.get({ index: `${config.elasticsearchPrefix}-*` }));
    // By name: a server may refuse to delete by pattern.
    for (const index of indices) await client.indices.delete({ index, ignore_unavailable: true });
    await setUp(client, config.elasticsearchPrefix, INDEX_DEFINITIONS);
  } finally {
    await client.close();
  }
}

function backingOf(
  { elasticsearchPrefix: prefix }: Config,
  redis: RedisConnection,
  client: ReturnType<typeof createElasticsearchClient>,
  gazetteer: Gazetteer,
  close: () => Promise<void>,
): Backing {
  const queues = redisBackend(redis);
  return {
    stores: openStores(client, { prefix, gazetteer }),
    queues,
    pace: createRedisHostPace(redis),
    checks: [
      { name: 'redis', check: () => answers(redis) },
      { name: 'elasticsearch', check: (signal) => checkServing(client, prefix, signal) },
    ],
    lead: async (name, work) => lead(redis, name, work),
    // Both servers look after themselves, and everybody can ask them.
    tidy: async () => {},
    announce: () => {},
    close,
  };
}

/** @throws {StoreUnavailableError} at once where the connection is known to be lost: a command would wait for it */
async function answers({ calls, address }: RedisConnection): Promise<void> {
  if (calls.status !== 'ready') throw new StoreUnavailableError(`Redis at ${address} is out of reach`);
  await orUnavailable(() => calls.ping());
}

/** One process at a time has the lease; what it began has ended before it gives the lease back, or loses it. */
function lead(redis: RedisConnection, name: string, work: Leadership) {
  // Beginnings and ends take their turns, whatever happens to the lease meanwhile.
  let turn: Promise<void> = Promise.resolve();
  let isWorking = false;
  let isClosing = false;
  const next = (isToWork: boolean) => {
    turn = turn.then(async () => {
      // A lease may be lost and come back while what it began is ending.
      if (isToWork === isWorking || (isToWork && isClosing)) return;
      isWorking = isToWork;
      if (isToWork) work.begin();
      else await work.end();
    });
    return turn;
  };
  const lease = holdLease(redis, name, {
    ttlMs: LEASE_MS,
    onAcquired: () => void next(true),
    onLost: () => void next(false),
  });
  return {
    async close() {
      isClosing = true;
      await next(false);
      await lease.release();
    },
  };
}
