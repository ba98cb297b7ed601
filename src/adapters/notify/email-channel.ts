import type { Transporter } from 'nodemailer';
import { createTransport } from 'nodemailer';

import type { NotificationMessage } from '../../domain/notification.ts';
import { PermanentError, RetryLaterError } from '../../errors.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import { linkLines } from './message-links.ts';

export interface EmailOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; query parameters are nodemailer's options. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Longest wait for connection, greeting and each answer. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 20_000;

/** What a server that greylists usually wants before it looks again. */
const GREYLIST_DELAY_MS = 60_000;

/**
 * Replies that say "not now": service shutting down, mailbox busy, local error, out of space.
 *
 * @see RFC 5321 §4.2.3
 */
const WAIT_CODES = new Set([421, 450, 451, 452]);

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
    const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#transport = createTransport({
      url: options.smtpUrl,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
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
      throw asPolicy(error);
    }
  }

  async close(): Promise<void> {
    this.#transport.close();
  }
}

/** nodemailer takes no signal; its own timeouts end what goes on behind. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function asPolicy(error: unknown): unknown {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
  if (responseCode !== undefined && WAIT_CODES.has(responseCode)) {
    return new RetryLaterError(`SMTP ${responseCode}: ${message}`, GREYLIST_DELAY_MS);
  }
  // A wrong password does not mend itself; trying it again gets the account locked.
  if (code === 'EAUTH') return new PermanentError('smtp-auth', message);
  if (responseCode !== undefined && responseCode >= 500)
    return new PermanentError(`smtp-${responseCode}`, message);
  return error;
}
