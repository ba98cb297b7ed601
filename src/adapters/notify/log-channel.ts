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
    // Whoever reads the log may not acknowledge in an officer's name: what bears the signed link stays out.
    const { acknowledgeUrl: _signed, short: _holdsIt, ...rest } = message;
    this.#log.warn({ ...delivery, ...rest }, message.subject);
    return {};
  }
}
