import {
  ElasticsearchUnavailableError,
  type RunningElasticsearch,
  startElasticsearch,
} from './elasticsearch/start-elasticsearch.ts';
import { canRunRedis, prepareRedis, type RedisServer } from './redis-server.ts';

/** A Redis and an Elasticsearch of a test's own, both running; stopping one and starting it again is up to the test. */
export interface ProductionServers {
  readonly redis: RedisServer;
  readonly elasticsearch: RunningElasticsearch;
  remove(): Promise<void>;
}

/** @returns the servers, or why the tests that need them must be skipped here; in CI it throws instead */
export async function startProductionServers(): Promise<ProductionServers | string> {
  if (!canRunRedis()) return 'no redis-server';
  let elasticsearch: RunningElasticsearch;
  try {
    elasticsearch = await startElasticsearch();
  } catch (error) {
    if (!(error instanceof ElasticsearchUnavailableError) || process.env.CI === 'true') throw error;
    return error.message;
  }
  const redis = await prepareRedis();
  try {
    await redis.start();
  } catch (error) {
    await elasticsearch.stop();
    throw error;
  }
  return {
    redis,
    elasticsearch,
    async remove() {
      await redis.remove();
      await elasticsearch.stop();
    },
  };
}
