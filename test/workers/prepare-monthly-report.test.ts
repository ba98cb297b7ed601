import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Mail } from '../../src/domain/mail.ts';
import { PermanentError } from '../../src/errors.ts';
import { keepMonthlyReport } from '../../workers/keep-monthly-reports.ts';
import { prepareMonthlyReport } from '../../workers/prepare-monthly-report.ts';
import type { Deps } from '../../workers/stage.ts';
import { openOnPglite } from '../support/behaviour-deps.ts';
import { anArticle } from '../support/factories.ts';

const MONTH = '2026-02';
const at = (clock: string) => new Date(`${clock}:00+07:00`);

let opened: Awaited<ReturnType<typeof openOnPglite>>;
let deps: Deps;
let now: Date;
let mails: Mail[];
let failure: Error | undefined;

beforeAll(async () => {
  opened = await openOnPglite();
}, 120_000);
afterAll(() => opened?.close());

beforeEach(async () => {
  await opened.clear();
  now = at('2026-03-01T08:00');
  mails = [];
  failure = undefined;
  const { printPdf: _printer, ...others } = opened.deps;
  deps = {
    ...others,
    now: () => now,
    sendMail: async (mail) => {
      if (failure !== undefined) throw failure;
      mails.push(mail);
      return { refused: [] };
    },
    letterhead: {
      ...opened.deps.letterhead,
      report: { to: ['lanh-dao@example.vn'], day: 1, at: '08:00' },
    },
  };
  await deps.articles.save([anArticle({ id: 'a', firstSeenAt: '2026-02-20T05:00:00.000Z' })]);
});

const context = () => ({ log: pino({ level: 'silent' }), signal: new AbortController().signal });
const minute = (rather: Partial<Deps> = {}) => prepareMonthlyReport({ ...deps, ...rather }, context());
const kept = () => deps.office.find('monthly-report', MONTH);

describe('the report of the month before', () => {
  it('is made and mailed once, from its day and hour on', async () => {
    now = at('2026-03-01T07:59');
    await minute();
    expect(await kept()).toBeUndefined();
    for (const clock of ['2026-03-01T08:00', '2026-03-01T08:01', '2026-03-20T10:00']) {
      now = at(clock);
      await minute();
    }
    expect(await kept()).toMatchObject({ report: { month: MONTH, total: { count: 1 } }, version: 1 });
    expect(mails.map(({ to, attachments }) => [to, attachments.map(({ name }) => name)])).toEqual([
      [['lanh-dao@example.vn'], [`bao-cao-${MONTH}.docx`]],
    ]);
  });

  it('is kept where there is no mail server, and mailed to nobody in a drill', async () => {
    await minute({ drill: true });
    expect(await kept()).toBeUndefined();
    await minute({ sendMail: undefined });
    expect(await kept()).toBeDefined();
  });

  it('goes out once where two processes are at it', async () => {
    await keepMonthlyReport(MONTH, 'A', deps);
    await Promise.all([minute(), minute()]);
    expect(mails).toHaveLength(1);
  });

  it('is tried again unless the server has refused it', async () => {
    failure = new Error('connection lost');
    await expect(minute()).rejects.toThrow('connection lost');
    failure = undefined;
    await minute();
    expect(mails).toHaveLength(1);
  });

  it('is not tried again once the server has refused it', async () => {
    failure = new PermanentError('smtp-refused');
    await minute();
    failure = undefined;
    await minute();
    expect(mails).toHaveLength(0);
  });

  it('is counted again where it was made before the month was over', async () => {
    now = at('2026-02-10T08:00');
    await keepMonthlyReport(MONTH, 'A', deps);
    await deps.articles.save([anArticle({ id: 'b', firstSeenAt: '2026-02-25T05:00:00.000Z' })]);
    now = at('2026-03-01T08:00');
    await minute();
    expect(await kept()).toMatchObject({ report: { total: { count: 2 } } });
  });

  it('is not made of a month that the archive has nothing of', async () => {
    now = at('2026-05-01T08:00');
    await minute();
    expect(await deps.office.list('monthly-report', { limit: 10 })).toEqual([]);
  });
});
