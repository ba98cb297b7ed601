import type { Logger } from 'pino';

import type { NotificationMessage } from '../../domain/notification.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';

/** Writes each message as one log line: what is left when nothing else is configured, and a record beside the rest. */
export class LogChannel implements Channel {
  readonly name = 'log';
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  async deliver(message: NotificationMessage, delivery: Delivery): Promise<Receipt> {
    this.#log.warn({ ...delivery, ...message }, message.subject);
    return {};
  }
}
