import type { Logger } from 'pino';

import type { NotificationMessage } from '../../domain/notification.ts';
import type { Channel } from '../../ports/channel.ts';

/** Writes each message as one log line: what is left when nothing else is configured, and a record beside the rest. */
export class LogChannel implements Channel {
  readonly name = 'log';
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  async deliver(message: NotificationMessage, notificationId: string): Promise<void> {
    this.#log.warn({ notificationId, ...message }, message.subject);
  }
}
