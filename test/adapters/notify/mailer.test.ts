import { afterEach, describe, expect, it } from 'vitest';

import { createMailer } from '../../../src/adapters/notify/mailer.ts';
import type { Mail } from '../../../src/domain/mail.ts';
import { RetryLaterError } from '../../../src/errors.ts';
import { openMailServer } from '../../support/mail-server.ts';

const MAIL: Mail = {
  id: 'brief-2026-03-02',
  to: ['lanh-dao@example.vn', 'van-phong@example.vn'],
  subject: 'Điểm báo\r\nBcc: nguoi-la@example.vn',
  text: 'Có 12 bài.',
  html: '<p>Có 12 bài.</p>',
  attachments: [
    { name: 'diem-bao.docx', type: 'application/x-test', bytes: new Uint8Array([0, 255, 128, 1]) },
  ],
};

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function mailerTo(options: Parameters<typeof openMailServer>[0] = {}) {
  const server = await openMailServer(options);
  closers.push(() => server.close());
  const mailer = createMailer({ smtpUrl: server.url, from: 'nhip-yte@example.vn', timeoutMs: 5000 });
  closers.push(() => mailer.close());
  return { ...mailer, mails: server.mails };
}

const signal = () => new AbortController().signal;
const refusal = (responseCode: number) => Object.assign(new Error('no'), { responseCode });

describe('createMailer', () => {
  it('sends one mail to all, with its files, under its own id', async () => {
    const { sendMail, mails } = await mailerTo();
    expect(await sendMail(MAIL, signal())).toEqual({ refused: [] });
    expect(mails).toHaveLength(1);
    const [{ to, raw } = { to: [], raw: '' }] = mails;
    expect(to).toEqual(MAIL.to);
    expect(raw).toMatch(/^Message-ID: <brief-2026-03-02@nhip-yte>\r?$/m);
    expect(raw).not.toMatch(/^Bcc:/im);
    expect(raw).toMatch(/filename=diem-bao\.docx/);
    expect(raw).toContain(Buffer.from([0, 255, 128, 1]).toString('base64'));
    expect(raw).toMatch(/^Content-Type: text\/html/m);
  });

  it('says that nothing was sent where nobody listens', async () => {
    const mailer = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'a@example.vn', timeoutMs: 2000 });
    await expect(mailer.sendMail(MAIL, signal())).rejects.not.toHaveProperty('reason', 'smtp-uncertain');
  });

  it('waits where the server asks for it, and gives up where it refuses', async () => {
    const busy = await mailerTo({ refuse: () => refusal(451) });
    await expect(busy.sendMail(MAIL, signal())).rejects.toBeInstanceOf(RetryLaterError);
    const closed = await mailerTo({ refuse: () => refusal(554) });
    await expect(closed.sendMail(MAIL, signal())).rejects.toMatchObject({ reason: 'smtp-554' });
  });

  it('does not pretend to know what became of a mail when the line breaks halfway', async () => {
    const { sendMail, mails } = await mailerTo({ breaksLine: () => true });
    await expect(sendMail(MAIL, signal())).rejects.toMatchObject({ reason: 'smtp-uncertain' });
    expect(mails).toHaveLength(1);
  });
});
