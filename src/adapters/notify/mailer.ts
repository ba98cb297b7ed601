import type { SendMail } from '../../domain/mail.ts';
import { PermanentError } from '../../errors.ts';
import { abortable, openSmtp, smtpPolicy } from './smtp.ts';

export interface Mailer {
  readonly sendMail: SendMail;
  /** Lets go of its connections. */
  close(): Promise<void>;
}

interface MailerOptions {
  /** As `openSmtp` takes it. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly timeoutMs?: number;
}

/** Sends mails with attachments: briefs and reports. Alerts go by their channel. */
export function createMailer({ smtpUrl, from, timeoutMs }: MailerOptions): Mailer {
  const transport = openSmtp(smtpUrl, timeoutMs);
  return {
    async sendMail({ id, to, subject, text, html, attachments }, signal) {
      signal.throwIfAborted();
      // Asked first, so that a server that is not there is told apart from one that is lost halfway.
      await abortable(transport.verify(), signal).catch((error: unknown) => {
        throw smtpPolicy(error);
      });
      const sending = transport.sendMail({
        from,
        to: [...to],
        subject,
        text,
        ...(html === undefined ? {} : { html }),
        messageId: `<${id}@nhip-yte>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        attachments: attachments.map(({ name, type, bytes }) => ({
          filename: name,
          contentType: type,
          content: Buffer.from(bytes),
        })),
      });
      // Whoever gives up waiting does not know what became of it.
      sending.catch(() => {});
      try {
        const { rejected = [] }: { rejected?: (string | { address: string })[] | undefined } =
          await abortable(sending, signal);
        return { refused: rejected.map((one) => (typeof one === 'string' ? one : one.address)) };
      } catch (error) {
        if (signal.aborted || isUncertain(error)) {
          throw new PermanentError('smtp-uncertain', 'The line broke while the server was taking the mail');
        }
        throw smtpPolicy(error);
      }
    },
    close: async () => transport.close(),
  };
}

/** Codes of nodemailer for what is refused before the server takes anything. */
const REFUSED_BEFORE = new Set(['EAUTH', 'EENVELOPE']);

/** Whether the server may have taken the mail although it never said so: it greeted us, and then the line was gone. */
function isUncertain(error: unknown): boolean {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number };
  return responseCode === undefined && !REFUSED_BEFORE.has(code);
}
