import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { redisBackend } from '../../../src/adapters/bullmq/backend.ts';
import { Queues } from '../../../src/adapters/bullmq/queues.ts';
import { startWorker } from '../../../src/adapters/bullmq/start-worker.ts';
import {
  checkRedis,
  openRedis,
  type RedisConnection,
  type RedisSettings,
} from '../../../src/adapters/redis/connection.ts';
import { ConfigError, StoreUnavailableError } from '../../../src/errors.ts';
import {
  canRunRedis,
  freePort,
  prepareRedis,
  type RedisServer,
  startRedis,
} from '../../support/redis-server.ts';
import { redisSettings } from '../../support/redis-settings.ts';

const WITHIN = { timeout: 30_000, interval: 50 };
const PASSWORD = 'bi-mat-cua-redis';

/** What is open, to be closed after each test, last things first. */
let open: (() => Promise<unknown>)[] = [];
let lines: string[] = [];
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });

afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
  lines = [];
});

async function serve(options?: Parameters<typeof startRedis>[0]): Promise<RedisServer> {
  const server = await startRedis(options);
  open.push(() => server.remove());
  return server;
}

function connect(settings: Partial<RedisSettings>): RedisConnection {
  const redis = openRedis(redisSettings(settings), log);
  open.push(() => redis.close());
  return redis;
}

/** Adds jobs and works them off; gives the ids that were worked on. */
async function workOff(redis: RedisConnection) {
  const backend = redisBackend(redis);
  const queues = new Queues([{ name: 'fetch', attempts: 2 }], backend);
  const done: string[] = [];
  const worker = startWorker(
    {
      name: 'fetch',
      payload: z.object({ entryId: z.string() }),
      concurrency: 4,
      attempts: 2,
      perform: async (payload) => {
        done.push((payload as { entryId: string }).entryId);
        return { status: 'done' };
      },
      giveUp: async () => {},
    },
    backend,
    log,
  );
  open.push(
    () => queues.close(),
    () => worker.close(),
  );
  const add = (entryId: string) =>
    queues.add([{ stage: 'fetch', key: `fetch-${entryId}`, payload: { entryId } }]);
  return { queues, add, done };
}

async function faultOf(redis: RedisConnection, withinMs?: number): Promise<Error> {
  return checkRedis(redis, withinMs).then(
    () => new Error('no fault'),
    (error: Error) => error,
  );
}

describe.skipIf(!canRunRedis())('connection to Redis', () => {
  it('finds nothing wrong with a server of ours', async () => {
    const { url } = await serve();
    await checkRedis(connect({ redisUrl: `${url}/3` }));
  });

  it('gets in with user and password, and says so when it does not, without the password', async () => {
    const { url } = await serve({
      settings: [`user nhip on >${PASSWORD} ~* &* +@all`, 'user default off'],
      access: ['--user', 'nhip', '--pass', PASSWORD, '--no-auth-warning'],
    });
    const withUser = (password: string) => url.replace('//', `//nhip:${password}@`);
    await checkRedis(connect({ redisUrl: withUser(PASSWORD) }));
    const wrong = await faultOf(connect({ redisUrl: withUser('sai-mat-khau') }));
    expect(wrong).toBeInstanceOf(ConfigError);
    expect(wrong.message).toMatch(/REDIS_URL.*WRONGPASS/);
    const none = await faultOf(connect({ redisUrl: url }));
    expect(none.message).toMatch(/REDIS_URL.*NOAUTH/);
    expect(`${wrong.message}${none.message}${lines.join()}`).not.toMatch(/sai-mat-khau|bi-mat/);
  });

  it('refuses a server that may evict jobs', async () => {
    const { url } = await serve({ settings: ['maxmemory 100mb', 'maxmemory-policy allkeys-lru'] });
    const fault = await faultOf(connect({ redisUrl: url }));
    expect(fault).toBeInstanceOf(ConfigError);
    expect(fault.message).toMatch(/maxmemory-policy noeviction, not allkeys-lru/);
  });

  it('refuses a server that is too old', async () => {
    const old = {
      status: 'ready',
      info: async () => 'redis_version:6.2.14\r\nmaxmemory_policy:noeviction\r\n',
    };
    await expect(checkRedis({ calls: old as never, address: 'old:6379' })).rejects.toThrow(
      'Redis at old:6379 must be version 7 or later, not 6.2.14',
    );
  });

  it('says within the time given that nothing answers', async () => {
    const port = await freePort();
    const redis = connect({ redisUrl: `redis://:${PASSWORD}@127.0.0.1:${port}` });
    const startedAt = performance.now();
    const fault = await faultOf(redis, 500);
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    expect(fault).toBeInstanceOf(StoreUnavailableError);
    expect(fault.message).toMatch(new RegExp(`127.0.0.1:${port} cannot be reached: .*ECONNREFUSED`));
    expect(fault.message).not.toContain(PASSWORD);
  });

  it('writes one line when Redis goes and one when it is back', async () => {
    const server = await serve();
    const redis = connect({ redisUrl: server.url });
    await checkRedis(redis);
    const { add, done } = await workOff(redis);
    await add('before');
    await expect.poll(() => done, WITHIN).toEqual(['before']);
    await server.kill();
    await expect(add('meanwhile')).rejects.toBeInstanceOf(StoreUnavailableError);
    await server.start();
    await expect.poll(() => redis.calls.status, WITHIN).toBe('ready');
    await add('after');
    await expect.poll(() => done, WITHIN).toContain('after');
    const told = lines.map((line) => JSON.parse(line) as { msg: string }).filter(({ msg }) => msg !== 'job');
    expect(told.map(({ msg }) => msg)).toEqual(['Redis is out of reach; work waits', 'Redis is back']);
  });

  it('goes on by itself when a sentinel has made the replica the master', { timeout: 120_000 }, async () => {
    const master = await serve({
      settings: [`requirepass ${PASSWORD}`, `masterauth ${PASSWORD}`],
      access: AUTH,
    });
    const replica = await serve({
      settings: [
        `requirepass ${PASSWORD}`,
        `masterauth ${PASSWORD}`,
        `replicaof 127.0.0.1 ${master.port}`,
        'repl-diskless-sync-delay 0',
      ],
      access: AUTH,
    });
    await expect.poll(() => replica.cli('info', 'replication'), WITHIN).toContain('master_link_status:up');
    const sentinel = await serve({
      isSentinel: true,
      settings: [
        `sentinel monitor tin 127.0.0.1 ${master.port} 1`,
        `sentinel auth-pass tin ${PASSWORD}`,
        'sentinel down-after-milliseconds tin 1000',
        'sentinel failover-timeout tin 5000',
      ],
    });
    await expect.poll(() => sentinel.cli('sentinel', 'replicas', 'tin'), WITHIN).toContain(`${replica.port}`);
    const redis = connect({
      redisUrl: `redis://:${PASSWORD}@ignored`,
      redisSentinels: [`127.0.0.1:${sentinel.port}`],
      redisSentinelMaster: 'tin',
    });
    await checkRedis(redis);
    const { add, done } = await workOff(redis);
    await add('one');
    await expect.poll(() => done, WITHIN).toEqual(['one']);
    await master.kill();
    await expect
      .poll(
        () =>
          add('two').then(
            () => 'added',
            (error: Error) => error.name,
          ),
        { ...WITHIN, timeout: 60_000 },
      )
      .toBe('added');
    await expect.poll(() => done, WITHIN).toContain('two');
    expect(await replica.cli('info', 'replication')).toContain('role:master');
  });

  it('runs jobs on a cluster, all of them in one slot', { timeout: 120_000 }, async () => {
    const settings = ['cluster-enabled yes', 'cluster-node-timeout 3000'];
    const nodes = await Promise.all([1, 2, 3].map(() => serve({ settings })));
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
    await nodes[0]?.cli('--cluster', 'create', ...addresses, '--cluster-replicas', '0', '--cluster-yes');
    await expect.poll(() => nodes[2]?.cli('cluster', 'info'), WITHIN).toContain('cluster_state:ok');
    const redis = connect({ redisCluster: addresses.slice(0, 2) });
    await checkRedis(redis);
    const { add, queues, done } = await workOff(redis);
    for (const id of ['a', 'b', 'c', 'd']) await add(id);
    await expect.poll(() => [...done].sort(), WITHIN).toEqual(['a', 'b', 'c', 'd']);
    await expect.poll(() => queues.depths(), WITHIN).toMatchObject([{ waiting: 0, active: 0 }]);
    const sizes = await Promise.all(nodes.map((node) => node.cli('dbsize')));
    expect(sizes.filter((size) => size !== '0')).toHaveLength(1);
  });
});

const AUTH = ['-a', PASSWORD, '--no-auth-warning'];

describe.skipIf(!canRunRedis('tls'))('connection to Redis by TLS', () => {
  it('trusts the authority named, and no other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-tls-'));
    open.push(async () => rmSync(folder, { recursive: true, force: true }));
    const { ca, key, certificate } = makeCertificate(folder);
    const server = await prepareRedis({
      scheme: 'rediss',
      settings: [
        `tls-cert-file ${certificate}`,
        `tls-key-file ${key}`,
        `tls-ca-cert-file ${ca}`,
        'tls-auth-clients no',
      ],
      access: ['--tls', '--cacert', ca],
    });
    open.push(() => server.remove());
    await server.start();
    const redis = connect({ redisUrl: server.url, redisCa: ca });
    await checkRedis(redis);
    const { add, done } = await workOff(redis);
    await add('tls');
    await expect.poll(() => done, WITHIN).toEqual(['tls']);

    const fault = await faultOf(connect({ redisUrl: server.url }));
    expect(fault).toBeInstanceOf(ConfigError);
    expect(fault.message).toMatch(/REDIS_CA.*certificate/i);
  });

  it('says which file it cannot read', () => {
    expect(() => connect({ redisUrl: 'rediss://127.0.0.1', redisCa: 'no-such-file.pem' })).toThrow(
      /REDIS_CA must name a file that can be read.*no-such-file\.pem/,
    );
  });
});

/** An authority and a certificate of its for loopback, good for a day. */
function makeCertificate(folder: string): { ca: string; key: string; certificate: string } {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...ec,
    '-days',
    '1',
    '-subj',
    '/CN=CA',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
  );
  openssl('req', ...ec, '-subj', '/CN=redis', '-keyout', at('redis.key'), '-out', at('redis.csr'));
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost');
  openssl(
    ...['x509', '-req', '-days', '1', '-in', at('redis.csr'), '-CA', at('ca.crt'), '-CAkey', at('ca.key')],
    ...['-CAcreateserial', '-extfile', at('names'), '-out', at('redis.crt')],
  );
  return { ca: at('ca.crt'), key: at('redis.key'), certificate: at('redis.crt') };
}
