import type { NotificationMessage } from '../../domain/notification.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import { type HttpOptions, MessageHttp, secretsOfUrl } from './message-http.ts';
import { signWebhook, webhookKey } from './webhook-signature.ts';

export interface WebhookOptions extends HttpOptions {
  readonly url: string;
  /** See `webhookKey`. */
  readonly secret: string;
  /** The secret before this one: messages are signed with both while receivers change over. */
  readonly oldSecret?: string | undefined;
}

/**
 * Posts each message as JSON, signed as the Standard Webhooks specification says.
 *
 * Any 2xx means taken. `webhook-id` is the notification's id, equal across retries, so that the far side can drop a
 * repeat; it holds no full stop, which separates what is signed.
 *
 * @throws {RangeError} from the constructor if a secret cannot be used
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export class WebhookChannel implements Channel {
  readonly name = 'webhook';
  readonly #url: string;
  readonly #keys: readonly Buffer[];
  readonly #now: () => number;
  readonly #http: MessageHttp;

  constructor({ url, secret, oldSecret, ...http }: WebhookOptions) {
    this.#url = url;
    this.#keys = [secret, oldSecret].filter((each) => each !== undefined).map(webhookKey);
    this.#now = http.now ?? Date.now;
    this.#http = new MessageHttp(this.name, [...secretsOfUrl(url), secret, oldSecret ?? ''], http);
  }

  async deliver(
    message: NotificationMessage,
    { notificationId, to }: Delivery,
    signal: AbortSignal,
  ): Promise<Receipt> {
    const at = this.#now();
    const timestamp = Math.floor(at / 1000);
    const id = notificationId.replaceAll('.', '_');
    const body = JSON.stringify({
      type: 'incident.notified',
      timestamp: new Date(at).toISOString(),
      data: { notificationId, ...(to === undefined ? {} : { to }), ...message },
    });
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': this.#keys.map((key) => signWebhook(key, id, timestamp, body)).join(' '),
    };
    this.#http.refuseUnlessTaken(await this.#http.send({ url: this.#url, headers, body }, signal));
    return {};
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}
