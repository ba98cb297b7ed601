import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createMailer } from '../../src/adapters/notify/mailer.ts';
import type { SendMail } from '../../src/domain/mail.ts';
import { approveBrief, type PressBrief } from '../../src/domain/press-brief.ts';
import { PermanentError } from '../../src/errors.ts';
import { makePressBrief } from '../../workers/keep-press-briefs.ts';
import { sendMorningBrief, sendPressBrief } from '../../workers/send-press-brief.ts';
import type { Deps } from '../../workers/stage.ts';
import { openOnPglite } from '../support/behaviour-deps.ts';
import { anArticle } from '../support/factories.ts';
import { type MailServer, openMailServer } from '../support/mail-server.ts';

/** A Wednesday. */
const DAY = '2026-03-04';
const at = (clock: string, day = DAY) => new Date(`${day}T${clock}:00+07:00`);

let opened: Awaited<ReturnType<typeof openOnPglite>>;
let deps: Deps;
let server: MailServer;
let mailer: ReturnType<typeof createMailer>;
let now: Date;
let breaks = false;

beforeAll(async () => {
  opened = await openOnPglite();
}, 120_000);
afterAll(() => opened?.close());

beforeEach(async () => {
  await opened.clear();
  breaks = false;
  now = at('07:00');
  server = await openMailServer({ breaksLine: () => breaks });
  mailer = createMailer({ smtpUrl: server.url, from: 'nhip-yte@example.vn', timeoutMs: 5000 });
  deps = { ...opened.deps, now: () => now, sendMail: mailer.sendMail };
  deps = { ...deps, letterhead: withRecipients() };
  await deps.articles.save([
    anArticle({
      id: 'a',
      storyId: 's1',
      firstSeenAt: '2026-03-03T05:00:00.000Z',
      title: 'Tin buổi sáng mẫu',
    }),
  ]);
});
afterEach(async () => {
  await mailer.close();
  await server.close();
});

function withRecipients(onlyApproved = false) {
  return { ...opened.deps.letterhead, brief: { to: ['lanh-dao@example.vn'], onlyApproved } };
}

const context = () => ({ log: pino({ level: 'silent' }), signal: new AbortController().signal });
const minute = (rather: Partial<Deps> = {}) => sendMorningBrief({ ...deps, ...rather }, context());
const brief = () => deps.office.find('press-brief', DAY) as Promise<PressBrief>;

/** A mail server that a process hands its mail to, and a process that ends before it can note that. */
function killedAfterSending(): Partial<Deps> {
  let isDead = false;
  const sendMail: SendMail = async (mail, signal) => {
    await mailer.sendMail(mail, signal);
    isDead = true;
    throw new Error('killed');
  };
  const office = new Proxy(deps.office, {
    get: (target, name) => {
      if (isDead) throw new Error('killed');
      const method = Reflect.get(target, name);
      return typeof method === 'function' ? method.bind(target) : method;
    },
  });
  return { sendMail, office };
}

describe('the brief of the morning', () => {
  it('goes out once, at its time, with its files', { timeout: 60_000 }, async () => {
    now = at('06:59');
    await minute();
    expect(server.mails).toHaveLength(0);
    now = at('07:00');
    await minute();
    for (const clock of ['07:01', '07:02', '11:59']) {
      now = at(clock);
      await minute();
    }
    expect(server.mails).toHaveLength(1);
    const [{ to, raw } = { to: [], raw: '' }] = server.mails;
    expect(to).toEqual(['lanh-dao@example.vn']);
    expect(raw).toMatch(/^Message-ID: <brief-2026-03-04@nhip-yte>\r?$/m);
    expect(raw).toContain('filename=diem-bao-2026-03-04.docx');
    expect(await brief()).toMatchObject({
      status: 'draft',
      mailing: { state: 'sent' },
      history: [
        { what: 'made', by: 'nhip-yte' },
        { what: 'sent', by: 'nhip-yte' },
      ],
    });
  });

  it('goes out late where nothing ran at its time, but not after noon, nor on days off', async () => {
    now = at('12:00');
    await minute();
    now = at('09:00', '2026-03-07');
    await minute();
    now = at('09:00', '2026-02-17');
    await minute();
    expect(server.mails).toHaveLength(0);
    now = at('11:58');
    await minute();
    expect(server.mails).toHaveLength(1);
  });

  it('goes out once though two processes think it is theirs', async () => {
    await Promise.all([minute(), minute(), minute()]);
    expect(server.mails).toHaveLength(1);
    expect((await brief()).mailing?.state).toBe('sent');
  });

  it('goes out after a process that ended while making it', async () => {
    const dying = () => Promise.reject(new Error('killed'));
    let updates = 0;
    // The claim is noted; then nothing is any more.
    const update: typeof deps.office.update = (...args) => {
      updates += 1;
      return updates === 1 ? deps.office.update(...args) : dying();
    };
    const killed = { writeDocx: dying, office: { ...bound(deps.office), update } };
    await expect(minute(killed)).rejects.toThrow('killed');
    expect((await brief()).mailing?.state).toBe('claimed');
    now = at('07:05');
    await minute();
    expect(server.mails).toHaveLength(0);
    now = at('07:11');
    await minute();
    expect(server.mails).toHaveLength(1);
  });

  it('is never sent twice by a process that ended after the server took it', async () => {
    await expect(minute(killedAfterSending())).rejects.toThrow('killed');
    expect(server.mails).toHaveLength(1);
    expect((await brief()).mailing?.state).toBe('handed-over');
    for (const clock of ['07:01', '07:20', '08:00', '11:00']) {
      now = at(clock);
      await minute();
    }
    expect(server.mails).toHaveLength(1);
    const { mailing, history } = await brief();
    expect(mailing).toMatchObject({ state: 'uncertain', reason: 'process-ended' });
    expect(history.at(-1)).toMatchObject({ what: 'not-sent' });
  });

  it('is not sent again where the line broke while the server took it', async () => {
    breaks = true;
    await minute();
    breaks = false;
    now = at('07:30');
    await minute();
    expect(server.mails).toHaveLength(1);
    expect((await brief()).mailing).toMatchObject({ state: 'uncertain', reason: 'smtp-uncertain' });
  });

  it('is tried again each minute while the server is away, which is told once', async () => {
    const away: SendMail = async () => Promise.reject(new Error('nobody there'));
    for (const clock of ['07:00', '07:01', '07:02']) {
      now = at(clock);
      await minute({ sendMail: away });
    }
    expect((await brief()).history.map(({ what }) => what)).toEqual(['made', 'not-sent']);
    now = at('07:03');
    await minute();
    expect(server.mails).toHaveLength(1);
    expect((await brief()).mailing?.state).toBe('sent');
  });

  it('waits for an editor where the office wants that, and is then sent as approved', async () => {
    const letterhead = withRecipients(true);
    await minute({ letterhead });
    expect(server.mails).toHaveLength(0);
    await deps.office.update('press-brief', DAY, (draft) =>
      approveBrief(draft, { by: 'Biên tập A', at: now.toISOString() }),
    );
    now = at('09:15');
    await minute({ letterhead });
    expect(server.mails).toHaveLength(1);
    expect((await brief()).status).toBe('sent');
  });

  it('counts again what was made before its period had ended', async () => {
    now = at('06:00');
    await makePressBrief({ day: DAY, by: 'Biên tập A' }, deps);
    await deps.articles.save([
      anArticle({ id: 'b', storyId: 's2', firstSeenAt: '2026-03-03T23:30:00.000Z' }),
    ]);
    now = at('07:00');
    await minute();
    expect((await brief()).model.totals.articles).toBe(2);
    expect(server.mails).toHaveLength(1);
  });

  it('needs recipients and a mail server, and is no part of a drill', async () => {
    await minute({ letterhead: opened.deps.letterhead });
    await minute({ sendMail: undefined });
    await minute({ drill: true });
    expect(server.mails).toHaveLength(0);
    expect(await deps.office.list('press-brief', { limit: 10 })).toEqual([]);
  });

  it('carries the PDF where one can be printed, and goes without where printing fails', async () => {
    await minute({ printPdf: async () => Buffer.from('%PDF-1.7 mẫu') });
    expect(server.mails[0]?.raw).toContain('filename=diem-bao-2026-03-04.pdf');
    now = at('07:00', '2026-03-05');
    await minute({ printPdf: async () => Promise.reject(new PermanentError('no-pdf')) });
    expect(server.mails[1]?.raw).toContain('filename=diem-bao-2026-03-05.docx');
    expect(server.mails[1]?.raw).not.toContain('.pdf');
  });
});

/** The store's own methods, which a spread would leave behind. */
function bound(office: Deps['office']): Deps['office'] {
  return {
    insert: office.insert.bind(office),
    find: office.find.bind(office),
    update: office.update.bind(office),
    remove: office.remove.bind(office),
    list: office.list.bind(office),
    dropBefore: office.dropBefore.bind(office),
  };
}

describe('a brief that a person sends', () => {
  it('must be approved, at the version they saw, and is then sent each time they say so', async () => {
    const { version } = await makePressBrief({ day: DAY, by: 'A' }, deps);
    const order = { id: DAY, version, by: 'Biên tập A' };
    await expect(sendPressBrief(order, deps)).rejects.toMatchObject({ name: 'BriefTransitionError' });
    const approved = await deps.office.update('press-brief', DAY, (draft) =>
      approveBrief(draft, { by: 'A', at: now.toISOString() }),
    );
    await expect(sendPressBrief(order, deps)).rejects.toMatchObject({ name: 'BriefConflictError' });
    const sent = await sendPressBrief({ ...order, version: approved?.version ?? 0 }, deps);
    expect(sent).toMatchObject({ status: 'sent', mailing: { state: 'sent' } });
    await sendPressBrief({ ...order, version: sent?.version ?? 0 }, deps);
    expect(server.mails).toHaveLength(2);
    // What a person has sent, the morning does not send once more.
    await minute();
    expect(server.mails).toHaveLength(2);
  });

  it('is refused where there is nobody to send it to', async () => {
    const order = { id: DAY, version: 1, by: 'A' };
    await expect(sendPressBrief(order, { ...deps, sendMail: undefined })).rejects.toMatchObject({
      name: 'BriefTransitionError',
    });
    expect(await sendPressBrief({ ...order, id: 'none' }, deps)).toBeUndefined();
  });
});
