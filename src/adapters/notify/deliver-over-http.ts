import { type Agent, request } from 'undici';

import { PermanentError, RetryLaterError } from '../../errors.ts';
import { retryAfterMs } from '../http/retry-after.ts';

export interface HttpDelivery {
  /** Of the channel, for errors: an address may hold a secret and is never named. */
  readonly channel: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly dispatcher: Agent;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** More of an answer than this is not read. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Nobody on call can wait longer than this for a channel; the retry finds out. */
const MAX_WAIT_MS = 10 * 60_000;

/** Refusals that may pass: timeout, too early, too many. */
const PASSING_4XX = new Set([408, 425, 429]);

/**
 * Posts one message and gives the answer's text where the far side has taken it, which any 2xx says. Redirects are not
 * followed: a message goes where the operator said.
 *
 * @throws {RetryLaterError} if the far side asked us to wait
 * @throws {PermanentError} if it refused for good
 * @throws on anything else that may pass
 */
export async function deliverOverHttp(delivery: HttpDelivery): Promise<string> {
  const { channel, url, headers, body, dispatcher, timeoutMs, signal, now } = delivery;
  const response = await request(url, {
    method: 'POST',
    dispatcher,
    // Headers that arrive one byte at a time keep every other timer happy.
    signal: AbortSignal.any([signal, AbortSignal.timeout(2 * timeoutMs)]),
    headers: { 'user-agent': 'nhip-yte', ...headers },
    body,
  });
  refuseUnlessTaken(channel, response.statusCode, response.headers['retry-after'], now);
  // The status line has decided; what becomes of the rest of the answer changes nothing.
  return readAnswer(response.body).catch(() => '');
}

async function readAnswer(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > MAX_ANSWER_BYTES) break;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** An answer as an object, where it is one. */
export function objectOf(answer: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(answer);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A wait that the far side asked for, as far as anybody on call can wait. */
export function askedToWait(channel: string, waitMs: number): RetryLaterError {
  return new RetryLaterError(`${channel} asked for ${waitMs} ms`, Math.min(waitMs, MAX_WAIT_MS));
}

function refuseUnlessTaken(
  channel: string,
  status: number,
  retryAfter: string | string[] | undefined,
  now: number,
): void {
  if (status >= 200 && status < 300) return;
  const wait = retryAfterMs(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, new Date(now));
  if ((status === 429 || status === 503) && wait !== undefined) throw askedToWait(channel, wait);
  const isPermanent = status >= 300 && status < 500 && !PASSING_4XX.has(status);
  if (isPermanent) throw new PermanentError(`http-${status}`, `${channel} refused with ${status}`);
  throw new Error(`${channel} answered ${status}`);
}
