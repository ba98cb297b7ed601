import { Agent, request } from 'undici';

import type { NotificationMessage } from '../../domain/notification.ts';
import { PermanentError, RetryLaterError } from '../../errors.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { signWebhook, webhookKey } from './webhook-signature.ts';

export interface WebhookOptions {
  readonly url: string;
  /** See `webhookKey`. */
  readonly secret: string;
  /** Longest wait for the connection, for the headers, and between two pieces of the answer. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970; tests hand in their own clock. */
  readonly now?: () => number;
}

const DEFAULT_TIMEOUT_MS = 15_000;

/** The answer's body carries nothing we use; reading a little lets the connection be used again. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Nobody on call can wait longer than this for a channel; the retry finds out. */
const MAX_WAIT_MS = 10 * 60_000;

/** Refusals that may pass: timeout, too early, too many. */
const PASSING_4XX = new Set([408, 425, 429]);

/**
 * Posts each message as JSON, signed as the Standard Webhooks specification says.
 *
 * Any 2xx means taken. Redirects are not followed: a signed message goes where the operator said. `webhook-id` is
 * the notification's id, equal across retries, so that the far side can drop a repeat.
 *
 * @throws {RangeError} from the constructor if the secret cannot be used
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export class WebhookChannel implements Channel {
  readonly name = 'webhook';
  readonly #url: string;
  readonly #key: Buffer;
  readonly #now: () => number;
  readonly #timeoutMs: number;
  readonly #dispatcher: Agent;

  constructor({ url, secret, timeoutMs = DEFAULT_TIMEOUT_MS, now = Date.now }: WebhookOptions) {
    this.#url = url;
    this.#key = webhookKey(secret);
    this.#now = now;
    this.#timeoutMs = timeoutMs;
    this.#dispatcher = new Agent({
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxHeaderSize: 16 * 1024,
    });
  }

  async deliver(
    message: NotificationMessage,
    { notificationId, to }: Delivery,
    signal: AbortSignal,
  ): Promise<Receipt> {
    const at = this.#now();
    const timestamp = Math.floor(at / 1000);
    const body = JSON.stringify({
      type: 'incident.notified',
      timestamp: new Date(at).toISOString(),
      data: { notificationId, ...(to === undefined ? {} : { to }), ...message },
    });
    const response = await request(this.#url, {
      method: 'POST',
      dispatcher: this.#dispatcher,
      // Headers that arrive one byte at a time keep every other timer happy.
      signal: AbortSignal.any([signal, AbortSignal.timeout(2 * this.#timeoutMs)]),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'nhip-yte',
        'webhook-id': notificationId,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signWebhook(this.#key, notificationId, timestamp, body),
      },
      body,
    });
    // The status line has decided; what becomes of the rest of the answer changes nothing.
    await response.body.dump({ limit: MAX_ANSWER_BYTES }).catch(() => {});
    refuseUnlessTaken(response.statusCode, response.headers['retry-after'], at);
    return {};
  }

  async close(): Promise<void> {
    await this.#dispatcher.close();
  }
}

function refuseUnlessTaken(status: number, retryAfter: string | string[] | undefined, now: number): void {
  if (status >= 200 && status < 300) return;
  const wait = retryAfterMs(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, new Date(now));
  if ((status === 429 || status === 503) && wait !== undefined) {
    throw new RetryLaterError(
      `The webhook answered ${status} and asked for ${wait} ms`,
      Math.min(wait, MAX_WAIT_MS),
    );
  }
  const isPermanent = status >= 300 && status < 500 && !PASSING_4XX.has(status);
  if (isPermanent) throw new PermanentError(`http-${status}`, `The webhook refused with ${status}`);
  throw new Error(`The webhook answered ${status}`);
}
