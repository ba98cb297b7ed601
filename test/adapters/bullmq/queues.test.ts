import pino from 'pino';
import { describe } from 'vitest';

import { pgliteBackend, redisBackend } from '../../../src/adapters/bullmq/backend.ts';
import { openMemoryDatabase } from '../../../src/adapters/pglite/database.ts';
import { openRedis } from '../../../src/adapters/redis/connection.ts';
import { queuesContract } from '../../contract/queues.contract.ts';
import { canRunRedis, startRedis } from '../../support/redis-server.ts';
import { redisSettings } from '../../support/redis-settings.ts';

queuesContract('PGlite', async () => {
  const database = await openMemoryDatabase();
  return { backend: await pgliteBackend(database.db), close: () => database.close() };
});

describe.skipIf(!canRunRedis())('with a server', () => {
  queuesContract('Redis', async () => {
    const server = await startRedis();
    const redis = openRedis(redisSettings({ redisUrl: server.url }), pino({ level: 'silent' }));
    return {
      backend: redisBackend(redis),
      async close() {
        await redis.close();
        await server.remove();
      },
    };
  });
});
