import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';

import { EmailChannel } from '../../../src/adapters/notify/email-channel.ts';
import { PermanentError, RetryLaterError } from '../../../src/errors.ts';
import { type MailServer, openMailServer } from '../../support/mail-server.ts';

const message = {
  incidentId: 'incident-x',
  step: 'opened',
  short: '[Nghiem trong] Benh vien Mau http://127.0.0.1/incidents/incident-x',
  severity: 'serious',
  language: 'vi' as const,
  brief: ['Tám bài trong hai giờ'],
  subject: '[Nghiêm trọng] Bệnh viện Mẫu: người nhà tố tắc trách',
  text: 'Tám bài trong hai giờ, bình thường khoảng 0,8.',
  url: 'http://127.0.0.1/incidents/incident-x',
};

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A real SMTP server; `refuse` may give the error with which it answers a mail. */
async function mailServer(refuse?: () => (Error & { responseCode?: number }) | null): Promise<MailServer> {
  const server = await openMailServer(refuse === undefined ? {} : { refuse });
  closers.push(() => server.close());
  return server;
}

function channelTo(smtpUrl: string, timeoutMs = 2000): EmailChannel {
  const channel = new EmailChannel({
    smtpUrl,
    from: 'nhip-yte@example.vn',
    to: ['truc@example.vn', 'so-y-te@example.vn'],
    timeoutMs,
  });
  closers.push(() => channel.close());
  return channel;
}

const never = () => new AbortController().signal;

function refusal(responseCode: number) {
  return Object.assign(new Error('no'), { responseCode });
}

describe('EmailChannel', () => {
  it('sends subject and text to everybody, under an id that a repeat shares', async () => {
    const { url, mails } = await mailServer();
    const channel = channelTo(url);
    await channel.deliver(message, { notificationId: 'incident-x-opened-email' }, never());
    await channel.deliver(message, { notificationId: 'incident-x-opened-email' }, never());
    expect(mails).toHaveLength(2);
    const [first, second] = mails;
    expect(first?.to).toEqual(['truc@example.vn', 'so-y-te@example.vn']);
    expect(first?.raw).toMatch(/^Message-ID: <incident-x-opened-email@nhip-yte>\r?$/m);
    expect(second?.raw).toMatch(/^Message-ID: <incident-x-opened-email@nhip-yte>\r?$/m);
    const body =
      first?.raw
        .split(/\r?\n\r?\n/)
        .slice(1)
        .join('\n\n') ?? '';
    const plain = /base64/i.test(first?.raw ?? '')
      ? Buffer.from(body, 'base64').toString('utf8')
      : decodeQuotedPrintable(body);
    expect(plain).toContain('bình thường khoảng 0,8');
  });

  it('cannot be made to write headers by a headline', async () => {
    const { url, mails } = await mailServer();
    const subject = 'Tin\r\nBcc: nguoi-la@example.vn';
    await channelTo(url).deliver({ ...message, subject }, { notificationId: 'id' }, never());
    expect(mails[0]?.raw).not.toMatch(/^Bcc:/im);
    expect(mails[0]?.to).toHaveLength(2);
  });

  it.each([421, 450, 451, 452])('waits where the server answers %i', async (code) => {
    const { url } = await mailServer(() => refusal(code));
    await expect(channelTo(url).deliver(message, { notificationId: 'id' }, never())).rejects.toBeInstanceOf(
      RetryLaterError,
    );
  });

  it.each([550, 552, 554])('takes %i as a refusal for good', async (code) => {
    const { url } = await mailServer(() => refusal(code));
    await expect(channelTo(url).deliver(message, { notificationId: 'id' }, never())).rejects.toMatchObject({
      reason: `smtp-${code}`,
    });
  });

  it('does not try a wrong password again', async () => {
    const { url } = await mailServer();
    const withPassword = url.replace('smtp://', 'smtp://user:wrong@');
    await expect(
      channelTo(withPassword).deliver(message, { notificationId: 'id' }, never()),
    ).rejects.toBeInstanceOf(PermanentError);
  });

  it('may try again where nobody listens', async () => {
    const failure = await channelTo('smtp://127.0.0.1:1')
      .deliver(message, { notificationId: 'id' }, never())
      .catch((error) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(PermanentError);
  });

  it('does not wait for a server that never greets', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => silent.close(resolve)));
    const { port } = silent.address() as AddressInfo;
    const started = Date.now();
    await expect(
      channelTo(`smtp://127.0.0.1:${port}`, 300).deliver(message, { notificationId: 'id' }, never()),
    ).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(30_000);
  });
});

function decodeQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
