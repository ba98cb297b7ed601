import type { Transporter } from 'nodemailer';
import { createTransport } from 'nodemailer';

import { PermanentError, RetryLaterError } from '../../errors.ts';

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
 * A way to a mail server; nothing is connected before the first mail.
 *
 * @param smtpUrl    `smtp://user:password@host:587` or `smtps://…`; query parameters are nodemailer's options
 * @param timeoutMs  longest wait for connection, greeting and each answer
 */
export function openSmtp(smtpUrl: string, timeoutMs = DEFAULT_TIMEOUT_MS): Transporter {
  return createTransport({
    url: smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * The work, or the signal's reason if that comes first. nodemailer takes no signal; its own timeouts end what goes on
 * behind.
 */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
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

/** What nodemailer throws as the error that says what to do about it. */
export function smtpPolicy(error: unknown): unknown {
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
