import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { openRedis, type RedisConnection } from '../../../src/adapters/redis/connection.ts';
import { holdLease, type Lease } from '../../../src/adapters/redis/lease.ts';
import { canRunRedis, type RedisServer, startRedis } from '../../support/redis-server.ts';
import { redisSettings } from '../../support/redis-settings.ts';

const TTL_MS = 1_000;
const WITHIN = { timeout: 15_000, interval: 20 };

describe.skipIf(!canRunRedis())('lease', () => {
  let server: RedisServer;
  let connections: RedisConnection[];
  let leases: Lease[];
  let told: string[];
  /** How many held it at once, at the worst. */
  let most: number;
  let holders: number;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    await server.cli('flushall');
    connections = [];
    leases = [];
    told = [];
    most = 0;
    holders = 0;
  });
  afterEach(async () => {
    await Promise.all(leases.map((lease) => lease.release()));
    await Promise.all(connections.map((redis) => redis.close()));
  });

  /** Lets a process of its own (as far as Redis can tell) contend. */
  function contend(name: string, ttlMs = TTL_MS): { lease: Lease; redis: RedisConnection } {
    const redis = openRedis(redisSettings({ redisUrl: server.url }), pino({ level: 'silent' }));
    const lease = holdLease(redis, 'detect', {
      ttlMs,
      onAcquired: () => {
        told.push(`${name} has it`);
        holders += 1;
        most = Math.max(most, holders);
      },
      onLost: () => {
        told.push(`${name} lost it`);
        holders -= 1;
      },
    });
    connections.push(redis);
    leases.push(lease);
    return { lease, redis };
  }

  it('goes to one of two, who keeps it', async () => {
    const one = contend('one');
    await expect.poll(() => told, WITHIN).toEqual(['one has it']);
    const two = contend('two');
    await new Promise((resolve) => setTimeout(resolve, 3 * TTL_MS));
    expect(told).toEqual(['one has it']);
    expect([one.lease.isHeld(), two.lease.isHeld()]).toEqual([true, false]);
  });

  it('goes to the other as soon as it is given back', async () => {
    const longerThanTheTest = 4 * WITHIN.timeout;
    const one = contend('one', longerThanTheTest);
    await expect.poll(() => told, WITHIN).toEqual(['one has it']);
    contend('two', TTL_MS);
    await one.lease.release();
    expect(one.lease.isHeld()).toBe(false);
    await expect.poll(() => told, WITHIN).toEqual(['one has it', 'two has it']);
  });

  it('is taken over from one that has gone without a word', async () => {
    const one = contend('one');
    await expect.poll(() => told, WITHIN).toEqual(['one has it']);
    contend('two');
    one.redis.calls.disconnect();
    await expect.poll(() => told, WITHIN).toContain('two has it');
    // It knew before the other got it, although Redis could not tell it.
    expect(told).toEqual(['one has it', 'one lost it', 'two has it']);
    expect(most).toBe(1);
  });

  it('is lost by one whose lease another took from it', async () => {
    const one = contend('one');
    await expect.poll(() => told, WITHIN).toEqual(['one has it']);
    await server.cli('set', '{nhip-yte}:lease:detect', 'somebody else', 'PX', '1500');
    await expect.poll(() => told, WITHIN).toEqual(['one has it', 'one lost it', 'one has it']);
    expect(one.lease.isHeld()).toBe(true);
  });

  it('is lost while Redis is away, and held by one again when it is back', async () => {
    contend('one');
    contend('two');
    await expect.poll(() => told.length, WITHIN).toBe(1);
    await server.kill();
    await expect.poll(() => told.length, WITHIN).toBe(2);
    expect(told[1]).toMatch(/ lost it$/);
    await server.start();
    await expect.poll(() => told[2], WITHIN).toMatch(/ has it$/);
    await new Promise((resolve) => setTimeout(resolve, 2 * TTL_MS));
    // A machine that stalls for longer than the lease loses it once more; nobody ever holds it beside another.
    await expect.poll(() => holders, WITHIN).toBe(1);
    expect(most).toBe(1);
  });

  it('survives a restart of Redis that is shorter than the lease', async () => {
    const redis = openRedis(redisSettings({ redisUrl: server.url }), pino({ level: 'silent' }));
    connections.push(redis);
    const changes: string[] = [];
    const lease = holdLease(redis, 'long', {
      ttlMs: 20_000,
      onAcquired: () => changes.push('has it'),
      onLost: () => changes.push('lost it'),
    });
    leases.push(lease);
    await expect.poll(() => changes, WITHIN).toEqual(['has it']);
    await server.stop();
    await server.start();
    await expect.poll(() => redis.calls.status, WITHIN).toBe('ready');
    expect(Number(await server.cli('pttl', '{nhip-yte}:lease:long'))).toBeGreaterThan(0);
    expect(lease.isHeld()).toBe(true);
    expect(changes).toEqual(['has it']);
  });
});
