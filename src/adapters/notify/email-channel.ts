import type { Transporter } from 'nodemailer';

import type { NotificationMessage } from '../../domain/notification.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import { linkLines } from './message-links.ts';
import { abortable, openSmtp, smtpPolicy } from './smtp.ts';

export interface EmailOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; query parameters are nodemailer's options. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Longest wait for connection, greeting and each answer. */
  readonly timeoutMs?: number;
}

/**
 * Sends each message as a plain-text e-mail over SMTP.
 *
 * The Message-ID is made from the notification's id, so a repeat after a crash is recognisable and most clients
 * show one mail.
 */
export class EmailChannel implements Channel {
  readonly name = 'email';
  readonly #options: EmailOptions;
  readonly #transport: Transporter;

  constructor(options: EmailOptions) {
    this.#options = options;
    this.#transport = openSmtp(options.smtpUrl, options.timeoutMs);
  }

  async deliver(
    message: NotificationMessage,
    { notificationId, to }: Delivery,
    signal: AbortSignal,
  ): Promise<Receipt> {
    signal.throwIfAborted();
    const { from, to: usual } = this.#options;
    const sending = this.#transport.sendMail({
      from,
      to: to === undefined ? [...usual] : [to],
      subject: message.subject,
      text: [message.text, '', ...linkLines(message)].join('\n'),
      priority: message.severity === 'critical' ? 'high' : 'normal',
      messageId: `<${notificationId}@nhip-yte>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        // One thread per incident; the id need not belong to a mail that exists.
        References: `<${message.incidentId}@nhip-yte>`,
      },
    });
    try {
      const sent: { messageId?: string } = await abortable(sending, signal);
      return sent.messageId === undefined ? {} : { reference: sent.messageId };
    } catch (error) {
      throw smtpPolicy(error);
    }
  }

  async close(): Promise<void> {
    this.#transport.close();
  }
}
