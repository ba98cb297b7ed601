import { randomUUID } from 'node:crypto';

import type { RedisConnection } from './connection.ts';
import { orUnavailable } from './redis-error.ts';

/** A part of the lease's time is kept back: for the holder's own timers, and for clocks that do not run alike. */
const MARGIN = 0.15;

/** How many times in its length a lease is renewed, or asked for by one that stands by. */
const RENEWALS = 4;

/** A lease from Redis, shared by all processes that ask for one of the same name. */
export interface Lease {
  /** Whether it is held at this very moment. Work that must not be done twice asks before each step that counts. */
  isHeld(): boolean;
  /** Gives it back, if held, so that another need not wait; calls nobody back any more. */
  release(): Promise<void>;
}

export interface LeaseOptions {
  /** How long it lasts without being renewed: a process that dies keeps it for so long. */
  readonly ttlMs: number;
  /** It is ours: the work may begin. */
  readonly onAcquired: () => void;
  /** It is ours no more, or may soon not be: the work must end at once. */
  readonly onLost: () => void;
}

/** Takes it if nobody has it. One that comes again after its answer was lost on the way has it already. */
const ACQUIRE = `
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
`;

const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`;

/**
 * Contends for a lease until it is released: one process at a time has it, the others stand by and take over.
 *
 * The holder counts the time itself, from before it asked, on a clock that never jumps. It gives up by that count, even
 * when Redis does not answer, and so before Redis lets another have it. Two things can make two holders for a moment: a
 * process that is stopped as a whole (a paused machine) and goes on before its timers fire, and a fail-over to a replica
 * that had not yet heard of the lease. Work under a lease therefore stays safe to repeat; the lease keeps it from being
 * done twice as a rule.
 */
export function holdLease(
  { calls, keyPrefix }: Pick<RedisConnection, 'calls' | 'keyPrefix'>,
  name: string,
  { ttlMs, onAcquired, onLost }: LeaseOptions,
): Lease {
  const key = `${keyPrefix}:lease:${name}`;
  let token = randomUUID();
  /** On the clock of `performance.now`; 0 while it is not held. */
  let heldUntil = 0;
  let isOver = false;
  let deadline: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;

  const lose = () => {
    if (heldUntil === 0) return;
    heldUntil = 0;
    clearTimeout(deadline);
    // Whatever is still on its way under the old token must not count as ours.
    token = randomUUID();
    onLost();
  };
  const gain = (askedAt: number) => {
    const isNew = heldUntil === 0;
    heldUntil = askedAt + ttlMs * (1 - MARGIN);
    clearTimeout(deadline);
    deadline = setTimeout(lose, heldUntil - performance.now());
    if (isNew) onAcquired();
  };

  async function ask(): Promise<void> {
    const askedAt = performance.now();
    const mine = token;
    const script = heldUntil === 0 ? ACQUIRE : RENEW;
    const answer = await orUnavailable(() => calls.eval(script, 1, key, mine, ttlMs)).catch(() => undefined);
    // No answer: the deadline decides. An answer that comes too late is none.
    if (answer === undefined || isOver || mine !== token) return;
    if (answer === 0) lose();
    else if (performance.now() < askedAt + ttlMs * (1 - MARGIN)) gain(askedAt);
  }

  const tick = () => {
    underWay ??= ask().finally(() => {
      underWay = undefined;
    });
  };
  // Those that stand by do not all ask at the same moment.
  const timer = setInterval(tick, (ttlMs / RENEWALS) * (0.9 + Math.random() * 0.2));
  tick();

  return {
    isHeld: () => performance.now() < heldUntil,
    async release() {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      clearTimeout(deadline);
      heldUntil = 0;
      await underWay;
      // Out of reach: it runs out by itself.
      await orUnavailable(() => calls.eval(RELEASE, 1, key, token)).catch(() => undefined);
    },
  };
}
