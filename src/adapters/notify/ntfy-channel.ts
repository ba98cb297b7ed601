import type { NotificationMessage } from '../../domain/notification.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import type { HttpOptions } from './message-http.ts';
import { jsonOf, MessageHttp, referenceOf, valueAt } from './message-http.ts';
import { linksOf } from './message-links.ts';

export interface NtfyOptions extends HttpOptions {
  /** The server, such as `https://ntfy.sh`. */
  readonly url: string;
  /** Where no officer's own is named; whoever knows a topic of an open server may read it. */
  readonly topic: string;
  readonly token?: string | undefined;
}

/** A longer message becomes a file that nobody opens at night. @see https://docs.ntfy.sh/publish/#limitations */
const MAX_BYTES = 4096;

/** 5 rings through, 2 makes no sound. @see https://docs.ntfy.sh/publish/#message-priority */
const PRIORITIES: Readonly<Record<string, number>> = { critical: 5, serious: 4, watch: 3, information: 2 };
const TAGS: Readonly<Record<string, string>> = {
  critical: 'rotating_light',
  serious: 'warning',
  watch: 'eyes',
};

/** Publishes each message to a topic of an ntfy server. @see https://docs.ntfy.sh/publish/#publish-as-json */
export class NtfyChannel implements Channel {
  readonly name = 'ntfy';
  readonly #options: NtfyOptions;
  readonly #http: MessageHttp;

  constructor(options: NtfyOptions) {
    this.#options = options;
    this.#http = new MessageHttp(this.name, [options.token ?? '', options.topic], options);
  }

  async deliver(message: NotificationMessage, { to }: Delivery, signal: AbortSignal): Promise<Receipt> {
    const { url, topic, token } = this.#options;
    if (to !== undefined && !/^[\w-]{1,64}$/.test(to)) {
      throw this.#http.refusal('bad-address', `${JSON.stringify(to.slice(0, 40))} is no topic`);
    }
    const body = {
      topic: to ?? topic,
      title: message.subject,
      message: cutToBytes(message.brief.join('\n'), MAX_BYTES),
      priority: PRIORITIES[message.severity] ?? 3,
      tags: [TAGS[message.severity]].filter((tag) => tag !== undefined),
      click: message.acknowledgeUrl ?? message.url,
      actions: linksOf(message).map(({ label, url: to }) => ({
        action: 'view',
        label,
        url: to,
        clear: true,
      })),
    };
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await this.#http.sendJson(url, body, signal, headers);
    this.#http.refuseUnlessTaken(answer);
    return referenceOf(valueAt(jsonOf(answer), 'id'));
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

/** Cut between characters. */
function cutToBytes(text: string, bytes: number): string {
  const buffer = Buffer.from(text);
  return buffer.length <= bytes
    ? text
    : buffer
        .subarray(0, bytes)
        .toString('utf8')
        .replace(/\uFFFD+$/, '');
}
