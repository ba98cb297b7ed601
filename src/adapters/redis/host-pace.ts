import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { RetryLaterError } from '../../errors.ts';
import {
  BUSY_WAIT_MS,
  FIRST_PENALTY_MS,
  type HostPace,
  MAX_PACE_WAIT_MS,
  MAX_PENALTY_MS,
  MAX_YIELD_MS,
  patience,
  SHORT_WAIT_MS,
  tooSoon,
} from '../http/host-pace.ts';
import type { RedisConnection } from './connection.ts';
import { orUnavailable } from './redis-error.ts';

/** How often the one that waits on the spot looks whether the request under way has ended. */
const LOOK_MS = 100;

/** A request that has not been given back after this long was under way in a process that has died. */
const REQUEST_MS = 180_000;

/** Longer than a host's patience is counted; after that nobody has asked for it. */
const FORGET_MS = 3 * 24 * 3_600_000;

/**
 * The clock of every script: Redis's own, so that processes on machines whose clocks differ keep one pace; `ARGV[1]`
 * replaces it in tests.
 */
const NOW = `
local now = tonumber(ARGV[1])
if now == nil then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local function field(name) return tonumber(redis.call('HGET', KEYS[1], name)) or 0 end
`;

/**
 * KEYS: state, requests under way. ARGV: now, paceMs, token, requestMs, shortWaitMs, maxPaceWaitMs, busyWaitMs,
 * 1 at the last look, forgetMs, 1 for a poll, maxYieldMs. Gives {'go', waitMs}, {'look again', 0} or {'come back', delayMs}.
 */
const TAKE = `${NOW}
local pace, token, short = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[5])
local isPoll = ARGV[10] == '1'
local function comeBack(slot)
  local line = isPoll and 'pollsUntil' or 'promisedUntil'
  local promised = math.max(slot, field(line))
  redis.call('HSET', KEYS[1], line, math.min(promised + pace, math.max(slot, now + tonumber(ARGV[6]))))
  redis.call('PEXPIRE', KEYS[1], ARGV[9])
  return {'come back', promised - now}
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local isMine = redis.call('HGET', KEYS[1], 'waiter') == token
local isLast = ARGV[8] == '1'
if not isPoll and field('pollsUntil') > now then
  redis.call('HSETNX', KEYS[1], 'yieldingSince', now)
  if now - field('yieldingSince') < tonumber(ARGV[11]) then
    if isMine then redis.call('HDEL', KEYS[1], 'waiter', 'waiterUntil') end
    return comeBack(field('pollsUntil'))
  end
end
if pace > 0 and redis.call('ZCARD', KEYS[2]) > 0 then
  if not isLast and (isMine or field('waiterUntil') <= now) then
    redis.call('HSET', KEYS[1], 'waiter', token, 'waiterUntil', now + 2 * short)
    redis.call('PEXPIRE', KEYS[1], ARGV[9])
    return {'look again', 0}
  end
  if isMine then redis.call('HDEL', KEYS[1], 'waiter', 'waiterUntil') end
  return comeBack(now + math.max(pace, tonumber(ARGV[7])))
end
if isMine then redis.call('HDEL', KEYS[1], 'waiter', 'waiterUntil') end
local slot = math.max(now, field('nextAt'))
if slot - now > short then return comeBack(slot) end
redis.call('HSET', KEYS[1], 'nextAt', slot + pace)
if not isPoll then redis.call('HDEL', KEYS[1], 'yieldingSince') end
redis.call('PEXPIRE', KEYS[1], ARGV[9])
redis.call('ZADD', KEYS[2], slot + tonumber(ARGV[4]), token)
redis.call('PEXPIRE', KEYS[2], ARGV[9])
return {'go', slot - now}
`;

/** KEYS: state. ARGV: now, ms, forgetMs. */
const HOLD = `${NOW}
redis.call('HSET', KEYS[1], 'nextAt', math.max(field('nextAt'), now + tonumber(ARGV[2])))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
`;

/** KEYS: state. ARGV: now, asked ms or nothing, first and longest penalty, forgetMs. Gives {delayMs, refused for ms}. */
const REFUSE = `${NOW}
redis.call('HSETNX', KEYS[1], 'refusedSince', now)
local refusals = field('refusals')
local delay = tonumber(ARGV[2]) or math.min(tonumber(ARGV[4]), tonumber(ARGV[3]) * 2 ^ math.min(refusals, 10))
redis.call('HSET', KEYS[1], 'refusals', refusals + 1, 'nextAt', math.max(field('nextAt'), now + delay))
redis.call('PEXPIRE', KEYS[1], math.max(tonumber(ARGV[5]), delay))
return {delay, now - field('refusedSince')}
`;

/** KEYS: requests under way, state. ARGV: token. One that gives up waiting clears its place too. */
const RELEASE = `
redis.call('ZREM', KEYS[1], ARGV[1])
if redis.call('HGET', KEYS[2], 'waiter') == ARGV[1] then redis.call('HDEL', KEYS[2], 'waiter', 'waiterUntil') end
`;

/**
 * Keeps one pace for all processes that fetch from the same Redis, by the rules of `createHostPace`.
 *
 * Every decision is one script, so that two processes never take one slot. What is under way in a process that dies
 * counts for `requestMs` and no longer. While Redis is away nothing new is fetched: `take` and `hold` throw
 * StoreUnavailableError; what is over is let go of all the same.
 *
 * @param options.now  clock in milliseconds since the epoch, for tests; without it the clock is that of Redis
 * @param options.requestMs  longer than any request can take
 */
export function createRedisHostPace(
  { calls, keyPrefix }: Pick<RedisConnection, 'calls' | 'keyPrefix'>,
  options: { readonly now?: () => number; readonly requestMs?: number } = {},
): HostPace {
  const clock = () => (options.now === undefined ? '' : String(options.now()));
  const requestMs = options.requestMs ?? REQUEST_MS;
  const stateKey = (host: string) => `${keyPrefix}:pace:${host}`;
  const openKey = (host: string) => `${keyPrefix}:pace:${host}:open`;

  const ask = (host: string, paceMs: number, token: string, isLast: boolean, isPoll: boolean) =>
    orUnavailable(
      () =>
        calls.eval(
          TAKE,
          2,
          stateKey(host),
          openKey(host),
          clock(),
          paceMs,
          token,
          requestMs,
          SHORT_WAIT_MS,
          MAX_PACE_WAIT_MS,
          BUSY_WAIT_MS,
          isLast ? 1 : 0,
          FORGET_MS,
          isPoll ? 1 : 0,
          MAX_YIELD_MS,
        ) as Promise<['go' | 'look again' | 'come back', number]>,
    );
  const release = async (host: string, token: string) => {
    // What cannot be given back expires by itself.
    await orUnavailable(() => calls.eval(RELEASE, 2, openKey(host), stateKey(host), token)).catch(() => {});
  };

  /** Asks until there is an answer: at most the short wait, while the request under way may end. */
  async function answerOf(
    host: string,
    paceMs: number,
    { token, isPoll, signal }: { token: string; isPoll: boolean; signal: AbortSignal },
  ) {
    const until = performance.now() + SHORT_WAIT_MS;
    for (;;) {
      const [answer, ms] = await ask(host, paceMs, token, performance.now() >= until, isPoll);
      if (answer !== 'look again') return { answer, ms };
      await sleep(LOOK_MS, undefined, { signal });
    }
  }

  return {
    async take(host, paceMs, signal, isPoll = false) {
      signal.throwIfAborted();
      const token = randomUUID();
      try {
        const { answer, ms } = await answerOf(host, paceMs, { token, isPoll, signal });
        if (answer === 'come back') throw tooSoon(host, ms);
        if (ms > 0) await sleep(ms, undefined, { signal });
        signal.throwIfAborted();
      } catch (error) {
        if (!(error instanceof RetryLaterError)) await release(host, token);
        throw signal.aborted ? signal.reason : error;
      }
      let isOver = false;
      return async () => {
        if (isOver) return;
        isOver = true;
        await release(host, token);
      };
    },

    async hold(host, ms) {
      await orUnavailable(() => calls.eval(HOLD, 1, stateKey(host), clock(), ms, FORGET_MS));
    },

    async refused(host, reason, askedMs) {
      try {
        const [delayMs, refusedForMs] = await orUnavailable(
          () =>
            calls.eval(
              REFUSE,
              1,
              stateKey(host),
              clock(),
              askedMs ?? '',
              FIRST_PENALTY_MS,
              MAX_PENALTY_MS,
              FORGET_MS,
            ) as Promise<[number, number]>,
        );
        return patience(host, reason, delayMs, refusedForMs);
      } catch {
        // What the host asked for counts, even where nobody else can be told.
        return patience(host, reason, askedMs ?? FIRST_PENALTY_MS, 0);
      }
    },

    async answered(host) {
      await orUnavailable(() => calls.hdel(stateKey(host), 'refusedSince', 'refusals')).catch(() => {});
    },
  };
}
