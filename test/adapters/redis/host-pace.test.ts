import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createPageFetcher, type PageFetcher } from '../../../src/adapters/http/fetch-page.ts';
import { openRedis, type RedisConnection } from '../../../src/adapters/redis/connection.ts';
import { createRedisHostPace } from '../../../src/adapters/redis/host-pace.ts';
import { RetryLaterError, StoreUnavailableError } from '../../../src/errors.ts';
import { hostPaceContract } from '../../contract/host-pace.contract.ts';
import { canRunRedis, type RedisServer, startRedis } from '../../support/redis-server.ts';
import { redisSettings } from '../../support/redis-settings.ts';
import { html, type LocalServer, startServer, status } from '../http/local-server.ts';

const silent = pino({ level: 'silent' });
const signal = new AbortController().signal;

describe.skipIf(!canRunRedis())('host pace in Redis', () => {
  hostPaceContract('Redis', async () => {
    const server = await startRedis();
    const redis = openRedis(redisSettings({ redisUrl: server.url }), silent);
    return {
      async create(now) {
        await redis.calls.flushall();
        return createRedisHostPace(redis, { now });
      },
      async close() {
        await redis.close();
        await server.remove();
      },
    };
  });

  describe('shared by two that fetch', () => {
    let server: RedisServer;
    let connections: RedisConnection[];
    let site: LocalServer;
    let fetchers: PageFetcher[];
    let waits: number[];
    let startedAt: number[];

    beforeAll(async () => {
      server = await startRedis();
      connections = [1, 2].map(() => openRedis(redisSettings({ redisUrl: server.url }), silent));
      startedAt = [];
      waits = [];
      site = await startServer({
        '/a': (request, response) => {
          startedAt.push(performance.now());
          html('<p>Tin</p>')(request, response);
        },
        '/busy': status(429, { 'retry-after': '600' }),
      });
      fetchers = connections.map((redis) =>
        createPageFetcher({
          userAgent: 'NhipYTe/test',
          allowPrivateHosts: ['127.0.0.1'],
          fetchTimeoutMs: 10_000,
          fetchConnectTimeoutMs: 5_000,
          fetchMaxBytes: 1_000_000,
          fetchMaxRedirects: 3,
          maxConcurrentFetches: 8,
          pace: createRedisHostPace(redis),
          onWait: (_host, waitMs) => waits.push(waitMs),
        }),
      );
    });
    afterAll(async () => {
      await Promise.all(fetchers.map((fetcher) => fetcher.close()));
      await Promise.all(connections.map((redis) => redis.close()));
      await site.close();
      await server.remove();
    });

    /** Fetches one page, coming back as often and as late as told. */
    async function fetchInTurn(fetcher: PageFetcher | undefined, url: string): Promise<void> {
      for (;;) {
        try {
          await fetcher?.fetchPage({ url, paceMs: 200, signal });
          return;
        } catch (error) {
          if (!(error instanceof RetryLaterError)) throw error;
          await new Promise((resolve) => setTimeout(resolve, error.delayMs));
        }
      }
    }

    it('keeps the pace of one server between them', async () => {
      await Promise.all(
        Array.from({ length: 8 }, (_, at) => fetchInTurn(fetchers[at % 2], `${site.origin}/a`)),
      );
      const gaps = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0));
      expect(startedAt).toHaveLength(8);
      // The server hears of a request some milliseconds after its slot, not always as many.
      expect(Math.min(...gaps)).toBeGreaterThan(150);
      expect(waits.length).toBeGreaterThan(0);
    });

    it('has one heed the Retry-After that the other has learned', async () => {
      await expect(
        fetchers[0]?.fetchPage({ url: `${site.origin}/busy`, paceMs: 0, signal }),
      ).rejects.toMatchObject({ delayMs: 600_000 });
      const asked = site.requests.length;
      const error = await fetchers[1]
        ?.fetchPage({ url: `${site.origin}/a`, paceMs: 0, signal })
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(RetryLaterError);
      expect((error as RetryLaterError).delayMs).toBeGreaterThan(590_000);
      expect(site.requests.length).toBe(asked);
    });

    it('does not wait for a request of a process that has died', async () => {
      const [one, other] = connections;
      if (one === undefined || other === undefined) throw new Error('no connections');
      const dead = createRedisHostPace(one, { requestMs: 300 });
      await dead.take('dead.vn', 10, signal);
      const startedWaitingAt = performance.now();
      const release = await createRedisHostPace(other).take('dead.vn', 10, signal);
      expect(performance.now() - startedWaitingAt).toBeGreaterThan(200);
      await release();
    });

    it('has fetches wait while Redis is away, and lets what is over be over', async () => {
      const [redis] = connections;
      if (redis === undefined) throw new Error('no connection');
      const pace = createRedisHostPace(redis);
      const release = await pace.take('away.vn', 0, signal);
      await server.stop();
      await expect(pace.take('away.vn', 0, signal)).rejects.toBeInstanceOf(StoreUnavailableError);
      await release();
      await pace.answered('away.vn');
      expect(await pace.refused('away.vn', 'http-429', 5_000)).toMatchObject({ delayMs: 5_000 });
      await server.start();
      await expect.poll(() => redis.calls.status, { timeout: 10_000 }).toBe('ready');
      await (await pace.take('away.vn', 0, signal))();
    });
  });
});
