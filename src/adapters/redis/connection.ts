import { readFileSync } from 'node:fs';

import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { Logger } from 'pino';

import type { Config } from '../../config.ts';
import { ConfigError, StoreUnavailableError } from '../../errors.ts';
import { describeRedisError, isRedisAway } from './redis-error.ts';

/** The settings that say where Redis is and how to get in. */
export type RedisSettings = Pick<
  Config,
  | 'redisUrl'
  | 'redisCa'
  | 'redisSentinels'
  | 'redisSentinelMaster'
  | 'redisSentinelPassword'
  | 'redisCluster'
  | 'redisPrefix'
>;

/** One Redis, or a cluster of them; both take the same commands. */
export type RedisClient = Redis | Cluster;

/**
 * What one process holds open towards Redis, beside what BullMQ makes of it.
 *
 * `calls` is shared by everything that asks and wants an answer: every queue (adding, counting, quarantine), host pace
 * and leases. While Redis is away its commands fail after a few seconds, so that nobody hangs.
 *
 * `workers` is shared by all workers of the process for taking, renewing and finishing jobs. Its commands wait until
 * Redis is back, however long that takes: work that has been done is never thrown away for want of a connection. Each
 * worker needs one connection of its own beside it, which BullMQ duplicates from this one, since waiting for the next
 * job blocks a connection. A process with seven stages thus holds nine connections, fewer when it runs fewer stages.
 */
export interface RedisConnection {
  readonly calls: RedisClient;
  readonly workers: RedisClient;
  /** Begins every key. Its braces put all of ours into one hash slot, as scripts over several keys need it. */
  readonly keyPrefix: string;
  /** Address without user or password, for people. */
  readonly address: string;
  /** Closes both. Queues and workers go first; commands still waiting fail. */
  close(): Promise<void>;
}

/** Reconnecting: 50 ms, doubled each time up to this, with a random part so that processes do not return in step. */
const MAX_BACKOFF_MS = 3_000;

/** Somebody waits for a call: it is tried sooner again, and fails after five reconnections, some two seconds. */
const MAX_BACKOFF_OF_A_CALL_MS = 500;
const RETRIES_OF_A_CALL = 4;

/** A connection that is silent for this long with a command under way is dead; blocking reads end after 10 s. */
const SILENCE_MS = 30_000;
const CONNECT_MS = 10_000;

/** How long a program that starts waits for Redis. */
const START_MS = 15_000;

const LEAST_VERSION = 7;

/**
 * Opens the connections to Redis, by itself, by Sentinel or as a cluster, and keeps them open: whatever happens, they
 * reconnect for ever. A loss is one line in the log and so is the return; no password is ever in either.
 *
 * Returns at once, before Redis has been reached; `checkRedis` waits for it.
 *
 * @throws {ConfigError} if the file that REDIS_CA names cannot be read, or an address is none
 */
export function openRedis(settings: RedisSettings, log: Logger): RedisConnection {
  const open = opener(settings);
  const address = addressOf(settings);
  const calls = open({
    maxRetriesPerRequest: RETRIES_OF_A_CALL,
    retryStrategy: (times) => Math.min(backOff(times), MAX_BACKOFF_OF_A_CALL_MS),
    connectionName: 'nhip-yte:calls',
  });
  const workers = open({ maxRetriesPerRequest: null, connectionName: 'nhip-yte:workers' });
  // Queues and workers listen to the shared clients as well, several times each: that is no leak.
  for (const client of [calls, workers]) client.setMaxListeners(0);
  reportOutages(calls, address, log);
  // The other connections tell the same story.
  workers.on('error', () => {});
  return {
    calls,
    workers,
    keyPrefix: `{${settings.redisPrefix}}`,
    address,
    async close() {
      await Promise.all([calls, workers].map(quit));
    },
  };
}

/**
 * Waits for Redis and makes sure that it can carry the queues. A cluster is asked node by node.
 *
 * @throws {ConfigError} if Redis refuses our user, password or certificate, is older than version 7, or may evict keys
 *   (jobs) when its memory is full
 * @throws {StoreUnavailableError} if it could not be reached within `withinMs`
 */
export async function checkRedis(
  { calls, address }: Pick<RedisConnection, 'calls' | 'address'>,
  withinMs = START_MS,
): Promise<void> {
  await untilReady(calls, address, withinMs);
  const nodes = calls instanceof Cluster ? calls.nodes('master') : [calls];
  const faults: string[] = [];
  for (const node of nodes) {
    const info = parseInfo(await infoOf(node, address));
    const where = calls instanceof Cluster ? `${node.options.host}:${node.options.port}` : address;
    const version = info.get('redis_version') ?? 'unknown';
    if (!(Number.parseInt(version, 10) >= LEAST_VERSION)) {
      faults.push(`Redis at ${where} must be version ${LEAST_VERSION} or later, not ${version}`);
    }
    const policy = info.get('maxmemory_policy') ?? 'unknown';
    if (policy !== 'noeviction') {
      faults.push(
        `Redis at ${where} must have maxmemory-policy noeviction, not ${policy}: it would drop jobs when its memory is full`,
      );
    }
  }
  if (faults.length > 0) throw configError(faults);
}

/** Knows where Redis is; what it gives opens one more client. */
function opener(settings: RedisSettings): (options: RedisOptions) => RedisClient {
  const { redisUrl, redisSentinels, redisCluster } = settings;
  const common = commonOptions(settings);
  if (redisCluster.length > 0) {
    return (options) => {
      // A cluster gives up on a command by counting redirections; the nodes' own connections count nothing.
      const { maxRetriesPerRequest, ...rest } = options;
      const all: ClusterOptions = {
        ...clusterOptions({ ...common, ...rest }),
        ...(maxRetriesPerRequest === null ? { maxRedirections: Number.MAX_SAFE_INTEGER } : {}),
      };
      return new Cluster(redisCluster.map(hostAndPort), all as ConstructorParameters<typeof Cluster>[1]);
    };
  }
  if (redisSentinels.length > 0) {
    const { tls } = common;
    const { redisSentinelPassword: sentinelPassword } = settings;
    return (options) =>
      openOne({
        ...common,
        ...options,
        sentinels: redisSentinels.map(hostAndPort),
        name: settings.redisSentinelMaster,
        sentinelRetryStrategy: backOff,
        ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
        ...(tls === undefined ? {} : { enableTLSForSentinelMode: true, sentinelTLS: tls }),
      });
  }
  const { hostname, port } = new URL(redisUrl ?? 'redis://127.0.0.1:6379');
  const host = hostname.replace(/^\[|\]$/g, '');
  return (options) => openOne({ ...common, ...options, host, port: Number(port || 6379) });
}

function openOne(options: RedisOptions): Redis {
  return new Redis(options as Omit<RedisOptions, 'replyMapping'>);
}

function commonOptions({ redisUrl, redisCa }: RedisSettings): RedisOptions {
  const url = new URL(redisUrl ?? 'redis://127.0.0.1');
  const username = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const db = Number(url.pathname.slice(1) || 0);
  if (!Number.isInteger(db))
    throw configError(['REDIS_URL must end in the number of a database, or in none']);
  return {
    db,
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
    ...(url.protocol === 'rediss:' ? { tls: redisCa === undefined ? {} : { ca: readCa(redisCa) } } : {}),
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    retryStrategy: backOff,
    // After a fail-over the old master takes no more writes: reconnecting finds the new one, and sends this once more.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
  };
}

function clusterOptions(options: RedisOptions): ClusterOptions {
  const { db: _, retryStrategy: _nodes, ...redisOptions } = options;
  return {
    clusterRetryStrategy: backOff,
    // A node that fails is replaced by its replica after some seconds: long enough for that, and no longer.
    maxRedirections: 32,
    retryDelayOnFailover: 200,
    retryDelayOnClusterDown: 200,
    redisOptions: { ...redisOptions, maxRetriesPerRequest: null },
    // A certificate is for the name that the cluster announces, not for what that resolves to.
    ...(options.tls === undefined ? {} : { dnsLookup: (host, done) => done(null, host) }),
  };
}

function backOff(times: number): number {
  return Math.min(50 * 2 ** Math.min(times - 1, 10), MAX_BACKOFF_MS) + Math.random() * 100;
}

function readCa(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw configError([`REDIS_CA must name a file that can be read: ${(error as Error).message}`]);
  }
}

function hostAndPort(text: string): { host: string; port: number } {
  const at = text.lastIndexOf(':');
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
}

function addressOf({ redisUrl, redisCluster, redisSentinels, redisSentinelMaster }: RedisSettings): string {
  if (redisCluster.length > 0) return redisCluster.join(',');
  if (redisSentinels.length > 0) return `${redisSentinelMaster} of ${redisSentinels.join(',')}`;
  return new URL(redisUrl ?? 'redis://127.0.0.1:6379').host;
}

/** One line when Redis goes, one when it is back; one more for each other reason, such as a password that changed. */
function reportOutages(client: RedisClient, address: string, log: Logger): void {
  let lostAt: number | undefined;
  let hasBeenReady = false;
  let told = new Set<string>();
  const tell = (reason: string, kind: string) => {
    if (!hasBeenReady || told.has(kind)) return;
    told.add(kind);
    lostAt ??= performance.now();
    log.warn({ address, reason }, 'Redis is out of reach; work waits');
  };
  client.on('error', (error: Error) => {
    if (isRedisAway(error)) tell(describeRedisError(error), 'away');
    else tell(describeRedisError(error), describeRedisError(error));
  });
  client.on('close', () => tell('connection lost', 'away'));
  client.on('ready', () => {
    hasBeenReady = true;
    if (lostAt === undefined) return;
    log.info({ address, awayMs: Math.round(performance.now() - lostAt) }, 'Redis is back');
    lostAt = undefined;
    told = new Set();
  });
  // Closing is no outage.
  client.on('end', () => {
    hasBeenReady = false;
  });
}

/** Waits until commands can be sent. @throws as `checkRedis` */
async function untilReady(client: RedisClient, address: string, withinMs: number): Promise<void> {
  if (client.status === 'ready') return;
  let last: Error | undefined;
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error) => {
      clearTimeout(timer);
      client.off('ready', settle);
      client.off('error', onError);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onError = (error: Error) => {
      last = error;
      if (!isRedisAway(error)) settle(refusal(address, error));
    };
    const timer = setTimeout(() => {
      const why = last === undefined ? 'no answer' : describeRedisError(last);
      settle(
        new StoreUnavailableError(`Redis at ${address} cannot be reached: ${why}`, 5_000, { cause: last }),
      );
    }, withinMs);
    client.on('ready', settle);
    client.on('error', onError);
  });
}

function refusal(address: string, error: Error): ConfigError {
  return configError([
    `Redis at ${address} must let us in (REDIS_URL, REDIS_CA): ${describeRedisError(error)}`,
  ]);
}

async function infoOf(node: Redis, address: string): Promise<string> {
  try {
    return await node.info();
  } catch (error) {
    if (isRedisAway(error))
      throw new StoreUnavailableError(`Redis at ${address}: ${describeRedisError(error as Error)}`);
    throw refusal(address, error as Error);
  }
}

function parseInfo(info: string): ReadonlyMap<string, string> {
  return new Map(
    info.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
    }),
  );
}

/** Says goodbye where Redis can hear it, and leaves where it cannot. */
async function quit(client: RedisClient): Promise<void> {
  if (client.status === 'end') return;
  if (client.status !== 'ready') {
    // Leaving in the middle of a TLS handshake draws an error that ioredis does not listen for any more.
    for (const { stream } of client instanceof Cluster ? client.nodes() : [client])
      stream?.on('error', () => {});
    client.disconnect();
    return;
  }
  await client.quit().catch(() => client.disconnect());
}

function configError(expected: readonly string[]): ConfigError {
  return new ConfigError(expected.map((text) => ({ file: 'environment', expected: text })));
}
