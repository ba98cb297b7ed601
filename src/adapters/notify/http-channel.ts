import type { Agent } from 'undici';

import type { NotificationMessage } from '../../domain/notification.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import { deliverOverHttp } from './deliver-over-http.ts';
import { DELIVERY_TIMEOUT_MS, openAgent } from './open-agent.ts';

/** What a channel posts for one message. */
export interface Post {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one kind of far side is spoken to. */
export interface HttpChannelForm {
  readonly name: string;
  /** @param to  the officer's address, else the channel's own */
  post(message: NotificationMessage, to: string | undefined): Post;
  /**
   * What the answer says of a message that was taken.
   *
   * @throws {PermanentError} or {RetryLaterError} where it says, with a status of success, that it was not
   */
  receipt(answer: string): Receipt;
}

export interface HttpChannelOptions {
  /** Where messages go that are for nobody in particular. */
  readonly to?: string | undefined;
  readonly timeoutMs?: number;
}

/** A channel that hands each message over with one POST. */
export class HttpChannel implements Channel {
  readonly name: string;
  readonly #form: HttpChannelForm;
  readonly #to: string | undefined;
  readonly #timeoutMs: number;
  readonly #dispatcher: Agent;

  constructor(form: HttpChannelForm, { to, timeoutMs = DELIVERY_TIMEOUT_MS }: HttpChannelOptions = {}) {
    this.name = form.name;
    this.#form = form;
    this.#to = to;
    this.#timeoutMs = timeoutMs;
    this.#dispatcher = openAgent(timeoutMs);
  }

  async deliver(message: NotificationMessage, { to }: Delivery, signal: AbortSignal): Promise<Receipt> {
    const { url, headers = {}, body } = this.#form.post(message, to ?? this.#to);
    const answer = await deliverOverHttp({
      channel: this.name,
      url,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body,
      dispatcher: this.#dispatcher,
      timeoutMs: this.#timeoutMs,
      signal,
      now: Date.now(),
    });
    return this.#form.receipt(answer);
  }

  async close(): Promise<void> {
    await this.#dispatcher.close();
  }
}
