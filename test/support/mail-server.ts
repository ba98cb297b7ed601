import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string[];
  readonly raw: string;
}

export interface MailServer {
  readonly url: string;
  readonly mails: ReceivedMail[];
  close(): Promise<void>;
}

interface MailServerOptions {
  /** The error with which a mail is answered; none where it is taken. */
  readonly refuse?: () => (Error & { responseCode?: number }) | null;
  /** Whether the line breaks once the mail is there, before it is answered. */
  readonly breaksLine?: () => boolean;
}

/** A real SMTP server on loopback. */
export async function openMailServer({
  refuse = () => null,
  breaksLine = () => false,
}: MailServerOptions = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, callback) => callback(new Error('wrong password')),
    onData: (stream, session, callback) => {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        raw += chunk;
      });
      stream.on('end', () => {
        const refusal = refuse();
        if (refusal === null) mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        if (breaksLine()) for (const connection of server.connections) connection.close();
        else callback(refusal);
      });
    },
  });
  // A line that is broken on purpose is no fault of the server.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}?ignoreTLS=true`,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
