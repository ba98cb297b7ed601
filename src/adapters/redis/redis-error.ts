import { StoreUnavailableError } from '../../errors.ts';

/** Beginnings of Redis's own replies that mean: not now, or not here any more. */
const PASSING_REPLIES =
  /^(?:LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|BUSY|UNBLOCKED|MISCONF|OOM)\b/;

/** What ioredis itself says when it has no server to talk to. */
const NO_SERVER =
  /Connection is closed|max retries per request|All sentinels are unreachable|Failed to refresh slots|Command aborted due to connection close|Too many Cluster redirections|Cluster is ended|Socket timeout|Command timed out|is not writeable|None of startup nodes is available/i;

/** Redis, or a sentinel, does not take us for who we say we are. */
const REFUSAL = /\b(?:NOAUTH|WRONGPASS|NOPERM)\b|invalid password/;

/** Certificates and such: reconnecting does not mend them. */
const TLS_CODES = /^(?:ERR_TLS|ERR_SSL|UNABLE_TO|CERT_|DEPTH_ZERO|SELF_SIGNED)/;

/**
 * Whether an error says that Redis is away, starting, failing over or full: it may pass, work waits for it.
 * A refusal (user, password, certificate, a privilege that is missing) may not.
 */
export function isRedisAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && TLS_CODES.test(code)) return false;
  if (REFUSAL.test(error.message)) return false;
  const cause = behind(error);
  if (cause !== undefined && !isRedisAway(cause)) return false;
  if (typeof code === 'string' && /^E[A-Z]{3,}|^EAI_/.test(code)) return true;
  return PASSING_REPLIES.test(error.message) || NO_SERVER.test(error.message);
}

/** What went wrong in words for a log; never what was sent, since that may hold a password. */
export function describeRedisError(error: Error): string {
  const cause = behind(error);
  const { code } = error as { code?: unknown };
  const text = error.message === '' ? (typeof code === 'string' ? code : error.name) : error.message;
  return cause === undefined ? text : `${text} (${describeRedisError(cause)})`;
}

/** An error as it may be logged: ioredis hangs the command on it, and with it a password where that was HELLO. */
export function withoutCommand(error: Error): Error {
  if (!('command' in error)) return error;
  const safe = new Error(error.message);
  safe.name = error.name;
  if (error.stack !== undefined) safe.stack = error.stack;
  return safe;
}

/** Runs commands; an error that may pass becomes a wait. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRedisAway(error)) throw error;
    throw new StoreUnavailableError(`Redis: ${describeRedisError(error as Error)}`, undefined, {
      cause: error,
    });
  }
}

/** What a cluster's or a sentinel's error was caused by. */
function behind(error: Error): Error | undefined {
  const { lastNodeError, cause } = error as { lastNodeError?: unknown; cause?: unknown };
  if (lastNodeError instanceof Error) return lastNodeError;
  return cause instanceof Error ? cause : undefined;
}
