import { createHash } from 'node:crypto';

import { Agent, request } from 'undici';

import { PermanentError, RetryLaterError } from '../../errors.ts';
import { readStart } from '../http/read-body.ts';
import { retryAfterMs } from '../http/retry-after.ts';

/** What every channel over HTTP may be told by its caller. */
export interface HttpOptions {
  /** Longest wait for the connection, for the headers, and between two pieces of the answer. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970; tests hand in their own clock. */
  readonly now?: () => number;
}

/** A part of an address that is shorter than this gives nothing away. */
const SHORTEST_SECRET = 8;

/** What no error may repeat of an address that is itself a secret: all of it, and each part that could be the key. */
export function secretsOfUrl(address: string): string[] {
  const { pathname, search, searchParams } = new URL(address);
  const parts = [pathname, ...pathname.split('/'), ...searchParams.values()];
  return [address, search, ...parts.filter(({ length }) => length >= SHORTEST_SECRET)];
}

interface Outgoing {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The beginning of the body; empty where it broke off. */
  readonly text: string;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_QUOTED = 200;
const MAX_REFERENCE = 200;

/** Nobody on call can wait longer than this for a channel; the retry finds out. */
const MAX_WAIT_MS = 10 * 60_000;

/** Refusals that may pass: timeout, too early, too many. */
const PASSING_4XX = new Set([408, 425, 429]);

/**
 * Sends one message over HTTP, for every channel alike: bounded in time and size, never redirected (a message goes where
 * the operator said), and silent about secrets, of which an address may hold one.
 *
 * Private addresses are allowed: only the operator's configuration names them.
 */
export class MessageHttp {
  readonly #name: string;
  readonly #secrets: Set<string>;
  readonly #timeoutMs: number;
  readonly #now: () => number;
  readonly #dispatcher: Agent;

  /**
   * @param name     the channel's, for errors
   * @param secrets  what no error may repeat, as far as the far side may send it back
   */
  constructor(name: string, secrets: readonly string[], options: HttpOptions = {}) {
    const { timeoutMs = DEFAULT_TIMEOUT_MS, now = Date.now } = options;
    this.#name = name;
    this.#secrets = new Set(secrets.filter((secret) => secret !== ''));
    this.#timeoutMs = timeoutMs;
    this.#now = now;
    this.#dispatcher = new Agent({
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxHeaderSize: 16 * 1024,
    });
  }

  /** From now on no error repeats this either. */
  keepSecret(secret: string): void {
    this.#secrets.add(secret);
  }

  /** Posts a JSON body; as `send`. */
  sendJson(
    url: string,
    body: unknown,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const type = { 'content-type': 'application/json; charset=utf-8' };
    return this.send({ url, headers: { ...type, ...headers }, body: JSON.stringify(body) }, signal);
  }

  /**
   * Gives whatever answer comes: `refuseUnlessTaken` tells what it means.
   *
   * @throws where none comes: on a broken connection, a wait that was too long, or the signal's reason
   */
  async send({ url, method = 'POST', headers = {}, body }: Outgoing, signal: AbortSignal): Promise<Answer> {
    try {
      const response = await request(url, {
        method,
        dispatcher: this.#dispatcher,
        // Headers that arrive one byte at a time keep every other timer happy.
        signal: AbortSignal.any([signal, AbortSignal.timeout(2 * this.#timeoutMs)]),
        headers: { 'user-agent': 'nhip-yte', ...headers },
        ...(body === undefined ? {} : { body }),
      });
      const text = await readStart(response.body, MAX_ANSWER_BYTES).then(
        (bytes) => Buffer.from(bytes).toString('utf8'),
        // The status line has come; a channel that needs more sees that it is missing.
        () => '',
      );
      return { status: response.statusCode, headers: response.headers, text };
    } catch (error) {
      signal.throwIfAborted();
      // Made anew: an error of the transport may carry the address, and the address a secret.
      const { code, name, message } = error as { code?: string; name?: string; message?: string };
      const what = code ?? (name === 'TimeoutError' ? 'timeout' : message);
      throw new Error(`${this.#name}: no answer from ${new URL(url).host}: ${this.quote(String(what))}`);
    }
  }

  /**
   * Reads the status as a policy.
   *
   * @throws {RetryLaterError} where 429 or 503 says how long to wait
   * @throws {PermanentError} `http-<status>` on a redirect or a refusal
   * @throws on every other status that is not 2xx
   */
  refuseUnlessTaken({ status, headers, text }: Answer): void {
    if (status >= 200 && status < 300) return;
    const header = headers['retry-after'];
    const asked = retryAfterMs(Array.isArray(header) ? header[0] : header, new Date(this.#now()));
    if ((status === 429 || status === 503) && asked !== undefined) throw this.wait(asked, `HTTP ${status}`);
    const said = `HTTP ${status} ${this.quote(text)}`.trim();
    if (status >= 300 && status < 500 && !PASSING_4XX.has(status)) {
      throw new PermanentError(`http-${status}`, `${this.#name} refused: ${said}`);
    }
    throw new Error(`${this.#name} failed: ${said}`);
  }

  /** A refusal for good that stands in the body. @param reason  short and countable */
  refusal(reason: string, said: string): PermanentError {
    return new PermanentError(reason, `${this.#name} refused: ${this.quote(said)}`);
  }

  failure(said: string): Error {
    return new Error(`${this.#name} failed: ${this.quote(said)}`);
  }

  wait(delayMs: number, said: string): RetryLaterError {
    const bounded = Math.min(Math.max(delayMs, 1000), MAX_WAIT_MS);
    return new RetryLaterError(`${this.#name} asked to wait ${bounded} ms: ${this.quote(said)}`, bounded);
  }

  /** What the far side said, on one line, short, without the channel's secrets. */
  quote(said: string): string {
    let quoted = said.slice(0, MAX_ANSWER_BYTES);
    for (const secret of this.#secrets) quoted = quoted.replaceAll(secret, '***');
    return quoted
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim()
      .slice(0, MAX_QUOTED);
  }

  close(): Promise<void> {
    return this.#dispatcher.close();
  }
}

/** The answer's body as JSON; `undefined` where it is none. */
export function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands at a path such as `data.tranId`; `undefined` where nothing does. */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** The far side's name for a message, where it is one. */
export function referenceOf(value: unknown): { reference?: string } {
  if (typeof value !== 'string' && typeof value !== 'number') return {};
  const reference = String(value)
    .replace(/\p{Cc}/gu, '')
    .slice(0, MAX_REFERENCE);
  return reference === '' ? {} : { reference };
}

/** What tells a far side that wants short ids that a message is a repeat: 32 hexadecimal digits. */
export function repeatId(notificationId: string, to: string): string {
  return createHash('sha256').update(`${notificationId} ${to}`).digest('hex').slice(0, 32);
}
