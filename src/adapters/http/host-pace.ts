import { setTimeout as sleep } from 'node:timers/promises';
import { RetryLaterError } from '../../errors.ts';
import { FetchError } from './fetch-error.ts';

/** A slot this near is waited for on the spot; a later one is better waited for in the queue. */
export const SHORT_WAIT_MS = 2_000;

/**
 * No job is sent away for longer than this by pace alone. It stays below the minute that a poll sits out: a busy host
 * must not make its own feeds look blocked.
 */
export const MAX_PACE_WAIT_MS = 55_000;

/** How soon to look again whether a request under way has ended. */
export const BUSY_WAIT_MS = 1_000;

/** Pages make way for polls no longer than this; then one of them has its turn like everybody. */
export const MAX_YIELD_MS = 5_000;

/** A host that has asked for patience for this long, without one good answer in between, is failing. */
const MAX_PATIENCE_MS = 24 * 3_600_000;

export const FIRST_PENALTY_MS = 60_000;
export const MAX_PENALTY_MS = 3_600_000;

interface HostState {
  /** When the next request may start. */
  nextAt: number;
  /** Requests under way. */
  open: number;
  /** Told when a request ends; only one waits on the spot. */
  waiter?: () => void;
  /** Slots handed out to jobs that were sent away, so that they do not all come back at once. */
  promisedUntil: number;
  /** The same of polls: until then pages keep out of their way. */
  pollsUntil: number;
  /** Since when pages have made way for polls, none of them having been let in. */
  yieldingSince?: number;
  /** Set while the host keeps refusing: since when, and how often in a row. */
  refusedSince?: number;
  refusals: number;
  touchedAt: number;
}

/**
 * One budget of requests per host, shared by everything that is fetched from it: feeds, pages and robots.txt.
 *
 * Where the budget is kept outside this process, any of these may throw StoreUnavailableError while it is out of reach,
 * but for what is called when a request is over: the function that `take` gives, `refused` and `answered`.
 */
export interface HostPace {
  /**
   * Waits for the host's next slot and takes it.
   *
   * @param host    `URL.host`: name and, if unusual, port
   * A poll goes before pages: one that is sent away is promised the next slot that no other poll has, and until it
   * has come no page is let in, for a few seconds at most. Polls are few, so pages lose little by it, and news is not
   * found late because there is much of it to fetch.
   *
   * @param paceMs  least time between the starts of two requests; while it is above 0, a host also has only one
   *                request under way
   * @returns a function to call once, when the request is over
   * @throws {RetryLaterError} if the slot is not near
   * @throws the signal's reason, if it fires while waiting
   */
  take(host: string, paceMs: number, signal: AbortSignal, isPoll?: boolean): Promise<() => Promise<void>>;
  /** Lets nobody start before `ms` from now: after a request that followed at once, or on learning a crawl-delay. */
  hold(host: string, ms: number): Promise<void>;
  /**
   * The host asked for patience: nobody may call it before then.
   *
   * @param askedMs  how long it asked for; without it the wait doubles from one minute to one hour
   * @returns the error to throw: a wait, or a failure once it has asked for a day without one good answer
   */
  refused(host: string, reason: string, askedMs: number | undefined): Promise<RetryLaterError | FetchError>;
  /** The host answered: its past refusals are forgotten. */
  answered(host: string): Promise<void>;
}

/**
 * Keeps the pace of all that this process fetches.
 *
 * @param now  clock in milliseconds since the epoch
 */
export function createHostPace(now: () => number): HostPace {
  const hosts = new Map<string, HostState>();

  const stateOf = (host: string): HostState => {
    const known = hosts.get(host);
    if (known !== undefined) {
      known.touchedAt = now();
      return known;
    }
    if (hosts.size >= 1_000) forgetIdle(hosts, now());
    const state: HostState = {
      nextAt: 0,
      open: 0,
      promisedUntil: 0,
      pollsUntil: 0,
      refusals: 0,
      touchedAt: now(),
    };
    hosts.set(host, state);
    return state;
  };

  return {
    async take(host, paceMs, signal, isPoll = false) {
      signal.throwIfAborted();
      const state = stateOf(host);
      const visitor = { host, state, paceMs, isPoll };
      if (!isPoll && mustYield(state, now())) throw comeBack(visitor, state.pollsUntil, now());
      if (paceMs > 0 && state.open > 0 && !(await hasEnded(state, signal))) {
        throw comeBack(visitor, now() + Math.max(paceMs, BUSY_WAIT_MS), now());
      }
      const slot = Math.max(now(), state.nextAt);
      const waitMs = slot - now();
      if (waitMs > SHORT_WAIT_MS) throw comeBack(visitor, slot, now());

      state.nextAt = slot + paceMs;
      state.open += 1;
      if (!isPoll) delete state.yieldingSince;
      return waitForSlot(state, waitMs, signal);
    },

    async hold(host, ms) {
      const state = stateOf(host);
      state.nextAt = Math.max(state.nextAt, now() + ms);
    },

    async refused(host, reason, askedMs) {
      const state = stateOf(host);
      state.refusedSince ??= now();
      const penaltyMs = Math.min(MAX_PENALTY_MS, FIRST_PENALTY_MS * 2 ** Math.min(state.refusals, 10));
      state.refusals += 1;
      const delayMs = askedMs ?? penaltyMs;
      state.nextAt = Math.max(state.nextAt, now() + delayMs);
      return patience(host, reason, delayMs, now() - state.refusedSince);
    },

    async answered(host) {
      const state = stateOf(host);
      delete state.refusedSince;
      state.refusals = 0;
    },
  };
}

/** The error for a host that asks for patience: a failure once it has done so for a day. */
export function patience(
  host: string,
  reason: string,
  delayMs: number,
  refusedForMs: number,
): RetryLaterError | FetchError {
  if (refusedForMs > MAX_PATIENCE_MS) {
    return new FetchError(reason, `${host} has asked for patience for more than a day (${reason})`);
  }
  return new RetryLaterError(`${host} asked for patience (${reason})`, delayMs);
}

/** The error for one who comes before the host's turn. */
export function tooSoon(host: string, delayMs: number): RetryLaterError {
  return new RetryLaterError(`The pace of ${host} asks for patience`, Math.max(1, delayMs));
}

/** @throws the signal's reason, if it fires meanwhile */
async function waitForSlot(
  state: HostState,
  waitMs: number,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  const release = releaseOnce(state);
  if (waitMs <= 0) return release;
  try {
    await sleep(waitMs, undefined, { signal });
    return release;
  } catch (error) {
    await release();
    throw signal.aborted ? signal.reason : error;
  }
}

function releaseOnce(state: HostState): () => Promise<void> {
  let isOver = false;
  return async () => {
    if (isOver) return;
    isOver = true;
    state.open -= 1;
    state.waiter?.();
  };
}

/** Waits a short while for the request under way to end. @throws the signal's reason, if it fires meanwhile */
async function hasEnded(state: HostState, signal: AbortSignal): Promise<boolean> {
  if (state.waiter !== undefined) return false;
  const stop = new AbortController();
  const ended = new Promise<void>((resolve) => {
    state.waiter = resolve;
  });
  const passOn = () => stop.abort();
  signal.addEventListener('abort', passOn, { once: true });
  try {
    await Promise.race([ended, sleep(SHORT_WAIT_MS, undefined, { signal: stop.signal })]);
  } catch {
    signal.throwIfAborted();
  } finally {
    stop.abort();
    delete state.waiter;
    signal.removeEventListener('abort', passOn);
  }
  return state.open === 0;
}

/** Whether a page makes way for the polls that have been promised a slot. */
function mustYield(state: HostState, now: number): boolean {
  if (state.pollsUntil <= now) return false;
  state.yieldingSince ??= now;
  return now - state.yieldingSince < MAX_YIELD_MS;
}

interface Visitor {
  readonly host: string;
  readonly state: HostState;
  readonly paceMs: number;
  readonly isPoll: boolean;
}

/** Sends a job away until a slot of its own: the first free one after those promised to the jobs before it. */
function comeBack({ host, state, paceMs, isPoll }: Visitor, slot: number, now: number): RetryLaterError {
  const line = isPoll ? 'pollsUntil' : 'promisedUntil';
  const promised = Math.max(slot, state[line]);
  state[line] = Math.min(promised + paceMs, Math.max(slot, now + MAX_PACE_WAIT_MS));
  return tooSoon(host, promised - now);
}

/** Keeps the table small where a crawl meets ever new hosts; a host under way or under a penalty stays. */
function forgetIdle(hosts: Map<string, HostState>, now: number): void {
  for (const [host, state] of hosts) {
    if (state.open === 0 && state.nextAt <= now && state.refusedSince === undefined) hosts.delete(host);
  }
}
