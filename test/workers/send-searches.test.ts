import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createMailer } from '../../src/adapters/notify/mailer.ts';
import { type SavedSearch, subscribed } from '../../src/domain/saved-search.ts';
import { sendSearches } from '../../workers/send-searches.ts';
import type { Deps } from '../../workers/stage.ts';
import { openOnPglite } from '../support/behaviour-deps.ts';
import { anArticle } from '../support/factories.ts';
import { type MailServer, openMailServer } from '../support/mail-server.ts';

/** A Monday. */
const DAY = '2026-03-02';
const NOWHERE = { provinces: ['nowhere'], facilities: [] };
const at = (clock: string, day = DAY) => new Date(`${day}T${clock}:00+07:00`);

let opened: Awaited<ReturnType<typeof openOnPglite>>;
let deps: Deps;
let server: MailServer;
let mailer: ReturnType<typeof createMailer>;
let now: Date;

beforeAll(async () => {
  opened = await openOnPglite();
}, 120_000);
afterAll(() => opened?.close());

beforeEach(async () => {
  await opened.clear();
  now = at('09:00');
  server = await openMailServer({});
  mailer = createMailer({ smtpUrl: server.url, from: 'nhip-yte@example.vn', timeoutMs: 5000 });
  deps = { ...opened.deps, now: () => now, sendMail: mailer.sendMail };
});
afterEach(async () => {
  await mailer.close();
  await server.close();
});

const minute = (rather: Partial<Deps> = {}) =>
  sendSearches(
    { ...deps, ...rather },
    { log: pino({ level: 'silent' }), signal: new AbortController().signal },
  );
const found = () => deps.office.find('saved-search', 's') as Promise<SavedSearch>;
/** What mails say: their text is sent as base64 or quoted-printable. */
const texts = () =>
  server.mails.map(({ raw }) => {
    const [, body = ''] = raw.split(/\r?\n\r?\n/s, 2);
    const rest = raw.slice(raw.indexOf(body));
    return /Content-Transfer-Encoding: base64/i.test(raw)
      ? Buffer.from(rest, 'base64').toString()
      : Buffer.from(
          rest
            .replaceAll(/=\r?\n/g, '')
            .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        ).toString();
  });

async function subscribe(change: Partial<SavedSearch> = {}): Promise<void> {
  const search = {
    id: 's',
    at: now.toISOString(),
    name: 'Sởi',
    by: 'Cán bộ A',
    query: { q: 'sởi' },
    isShared: false,
    subscription: 'at-once' as const,
    to: ['van-phong@example.vn'],
    ...change,
  };
  await deps.office.insert('saved-search', subscribed(search, now, []));
}

const tell = (id: string, clock: string, change = {}) =>
  deps.articles.save([
    anArticle({ id, storyId: id, title: `Tin sởi ${id}`, firstSeenAt: at(clock).toISOString(), ...change }),
  ]);

describe('whoever subscribes to a search', () => {
  it('is written to once about what is new, and about nothing else', { timeout: 60_000 }, async () => {
    await subscribe();
    await tell('a', '09:03');
    await tell('khac', '09:04', { title: 'Tin khác', summary: '', body: '' });
    now = at('09:09');
    await minute();
    expect(texts()).toEqual([]);
    now = at('09:10');
    await minute();
    await minute();
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('Tin sởi a');
    expect(texts()[0]).not.toContain('Tin khác');
  });

  it('is told of what was indexed late, and of copies in one line', { timeout: 60_000 }, async () => {
    await subscribe();
    await tell('a', '09:05');
    now = at('09:20');
    await minute();
    await tell('muon', '09:01', { storyId: 'x' });
    await tell('sau', '09:25', { storyId: 'x' });
    now = at('09:31');
    await minute();
    expect(texts()).toHaveLength(2);
    expect(texts()[1]).toContain('Tin sởi sau (+1 bài)');
    expect(texts()[1]).not.toContain('Tin sởi a');
  });

  it('gets the same mail again, under the same id, where the process ended on the way', async () => {
    await subscribe();
    await tell('a', '09:05');
    now = at('09:20');
    const killed: Deps['sendMail'] = async (mail, signal) => {
      await mailer.sendMail(mail, signal);
      throw new Error('killed');
    };
    await expect(minute({ sendMail: killed })).rejects.toThrow('killed');
    await minute();
    expect(server.mails).toHaveLength(1);
    now = at('09:31');
    await minute();
    expect(new Set(server.mails.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1])).size).toBe(1);
    expect(server.mails).toHaveLength(2);
    expect((await found()).delivery.pending).toBeUndefined();
  });

  it('each morning, or each Monday, is told of the day or the week in one mail', {
    timeout: 60_000,
  }, async () => {
    now = at('09:00', '2026-02-26');
    await subscribe({ subscription: 'weekly' });
    await tell('a', '05:00');
    now = at('08:00', '2026-03-01');
    await minute();
    expect(texts()).toEqual([]);
    now = at('06:59');
    await minute();
    expect(texts()).toEqual([]);
    now = at('07:00');
    await minute();
    await minute();
    expect(texts()).toHaveLength(1);
  });

  it('is told in the language in which it was saved, of every article however many', {
    timeout: 60_000,
  }, async () => {
    const many = Array.from({ length: 1203 }, (_, index) =>
      anArticle({
        id: `n${index}`,
        storyId: `n${index % 40}`,
        title: `Tin sởi ${index}`,
        firstSeenAt: at('09:05').toISOString(),
      }),
    );
    await subscribe({ name: 'Measles', language: 'en' });
    await deps.articles.save(many);
    now = at('09:20');
    await minute();
    expect(server.mails[0]?.raw).toMatch(/^Subject: \[Measles\] 1,203 new articles/m);
    expect(texts()[0]).toContain('And 10 more stories.');
    now = at('09:40');
    await minute();
    expect(server.mails).toHaveLength(1);
  });

  it('is told of nothing before or after the days that the search names', async () => {
    await subscribe({ query: { q: 'sởi', from: '2026-03-03', to: '2026-03-03' } });
    await tell('truoc', '09:05');
    now = at('09:20');
    await minute();
    expect(texts()).toEqual([]);
    now = at('10:00', '2026-03-03');
    await tell('trong', '09:05', { firstSeenAt: at('09:05', '2026-03-03').toISOString() });
    await minute();
    expect(texts()[0]).toContain('Tin sởi trong');
    expect(texts()[0]).not.toContain('Tin sởi truoc');
  });

  it('is not written to when the account is closed', async () => {
    await subscribe({ owner: 'lan' });
    await tell('a', '09:05');
    now = at('09:20');
    await minute();
    expect(texts()).toEqual([]);
  });

  it.each([
    ['is told of everything where the account may see everything', { role: 'officer' }, 1],
    ['is told no more than the scope of the account allows by now', { role: 'officer', scope: NOWHERE }, 0],
    ['is not written to when the account may no longer have mail sent', { role: 'viewer' }, 0],
  ] as const)('%s', async (_, rights, mails) => {
    await deps.office.insert('account', { id: 'lan', at: now.toISOString(), name: 'Cán bộ A', ...rights });
    await subscribe({ owner: 'lan' });
    await tell('a', '09:05');
    now = at('09:20');
    await minute();
    expect(texts()).toHaveLength(mails);
  });
});
