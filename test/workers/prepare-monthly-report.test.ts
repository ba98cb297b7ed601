import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM } from '../../src/domain/incident.ts';
import type { Mail } from '../../src/domain/mail.ts';
import {
  approveMonthly,
  MonthlyConflictError,
  MonthlyTransitionError,
} from '../../src/domain/monthly-report.ts';
import { PermanentError } from '../../src/errors.ts';
import { keepMonthlyReport } from '../../workers/keep-monthly-reports.ts';
import { prepareMonthlyReport } from '../../workers/prepare-monthly-report.ts';
import { sendMonthlyReport } from '../../workers/send-monthly-report.ts';
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
      report: { to: ['lanh-dao@example.vn'], onlyApproved: false, day: 1, at: '08:00' },
    },
  };
  await deps.articles.save([anArticle({ id: 'a', firstSeenAt: '2026-02-20T05:00:00.000Z' })]);
});

const context = () => ({ log: pino({ level: 'silent' }), signal: new AbortController().signal });
const minute = (rather: Partial<Deps> = {}) => prepareMonthlyReport({ ...deps, ...rather }, context());
const kept = () => deps.office.find('monthly-report', MONTH);

const approve = () =>
  deps.office.update('monthly-report', MONTH, (report) =>
    approveMonthly(report, { by: 'Biên tập A', at: now.toISOString() }),
  );
const order = async () => ({ month: MONTH, version: (await kept())?.version ?? 0, by: 'Biên tập A' });

describe('a report that a person sends', () => {
  beforeEach(async () => {
    await keepMonthlyReport(MONTH, 'A', deps);
  });

  it('goes out once it is approved, again under another id, and says who sent it', async () => {
    await expect(sendMonthlyReport(await order(), deps)).rejects.toThrow(MonthlyTransitionError);
    await approve();
    await sendMonthlyReport(await order(), deps);
    await sendMonthlyReport(await order(), deps);
    expect(new Set(mails.map(({ id }) => id)).size).toBe(2);
    expect((await kept())?.history.at(-1)).toMatchObject({ what: 'sent', by: 'Biên tập A' });
    await minute();
    expect(mails).toHaveLength(2);
  });

  it('is ordered again where the way was barred, and refused to whoever saw another version', async () => {
    await approve();
    failure = new Error('connection lost');
    await expect(sendMonthlyReport(await order(), deps)).rejects.toThrow('connection lost');
    expect((await kept())?.mailing).toBeUndefined();
    failure = undefined;
    const { version, ...rest } = await order();
    await expect(sendMonthlyReport({ ...rest, version: version - 1 }, deps)).rejects.toThrow(
      MonthlyConflictError,
    );
    await sendMonthlyReport(await order(), deps);
    expect(mails).toHaveLength(1);
  });

  it('is not sent twice by two who press at once', async () => {
    await approve();
    const ordered = await order();
    const sent = await Promise.allSettled([
      sendMonthlyReport(ordered, deps),
      sendMonthlyReport(ordered, deps),
    ]);
    expect(sent.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(mails).toHaveLength(1);
  });
});

describe('the report of the month before', () => {
  it('is made and mailed once, from its day and hour on', async () => {
    now = at('2026-03-01T07:59');
    await minute();
    expect(await kept()).toBeUndefined();
    for (const clock of ['2026-03-01T08:00', '2026-03-01T08:01', '2026-03-20T10:00']) {
      now = at(clock);
      await minute();
    }
    expect(await kept()).toMatchObject({ report: { month: MONTH, total: { count: 1 } }, version: 2 });
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
    expect((await kept())?.mailing).toMatchObject({ outcome: 'refused', reason: 'smtp-refused' });
    expect((await kept())?.history.at(-1)).toMatchObject({ what: 'not-sent', by: PROGRAM });
  });

  it('waits for an editor where only approved ones go out', async () => {
    const letterhead = { ...deps.letterhead, report: { ...deps.letterhead.report, onlyApproved: true } };
    await minute({ letterhead });
    expect([mails.length, (await kept())?.mailing]).toEqual([0, undefined]);
    await approve();
    await minute({ letterhead });
    expect(mails).toHaveLength(1);
    expect((await kept())?.mailing).toMatchObject({ outcome: 'sent' });
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
