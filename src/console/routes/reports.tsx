import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodError, z } from 'zod';

import {
  approveMonthly,
  countingId,
  editMonthly,
  type KeptMonthlyReport,
  MonthlyConflictError,
  type MonthlyCounting,
  MonthlyTransitionError,
  refuseIfMonthlyChanged,
  reopenMonthly,
} from '../../domain/monthly-report.ts';
import { vietnameseDay } from '../../domain/time.ts';
import { monthlyDifference } from '../../reports/monthly-difference.ts';
import { monthsBetween } from '../../reports/monthly-report.ts';
import { LANGS } from '../messages.ts';
import { type MonthlyFileKind, sendMonthlyFile } from '../monthly-file.ts';
import { MONTHLY_ACTIONS, monthField, monthlyOrder, monthlyRequest } from '../monthly-form.ts';
import { officerOf, rememberOfficer } from '../officer.ts';
import type { RouteContext } from '../server.ts';
import { MonthlyCountingPage } from '../views/monthly-counting-page.tsx';
import { type MonthlyNotice, MonthlyReportPage } from '../views/monthly-report-page.tsx';
import { MonthlyReportsPage } from '../views/monthly-reports-page.tsx';
import { NotFoundError } from './errors.tsx';

/** Ten years. */
const MOST_MONTHS = 120;
/** Each holds all figures of its month. */
const MOST_EARLIER = 20;
/** Remarks of ten thousand letters, of which each may take nine bytes in a form. */
const MAX_FORM_BYTES = 128 * 1024;
const FILE = /^(.+)\.(csv|docx|html|pdf)$/;

const editing = { bodyLimit: MAX_FORM_BYTES, config: { role: 'editor' as const } };

const params = z.object({ month: monthField });
const pageQuery = z.object({
  notice: z.enum(MONTHLY_ACTIONS).optional().catch(undefined),
  check: z.literal('1').optional().catch(undefined),
  lang: z.enum(LANGS).optional().catch(undefined),
  /** When the figures were counted, where those of the current report are not meant. */
  counted: z.iso.datetime().optional().catch(''),
});
/** What was typed, to be given back with a refusal; nothing here is trusted. */
const typedFields = z.record(z.string(), z.string()).catch({});

interface Shown {
  readonly notice?: MonthlyNotice | undefined;
  readonly typed?: Readonly<Record<string, string>>;
  readonly isChecked?: boolean;
}

/** Monthly reports: the months, the report of one to be read and remarked on, and the files that are made of it. */
export function reportRoutes({ server, deps, pages, tokens }: RouteContext): void {
  const { office, monthlyReports, articles } = deps;

  server.get('/reports', (request, reply) => list(request, reply));

  server.post('/reports', editing, async (request, reply) => {
    tokens.check(request);
    const asked = monthlyRequest.safeParse(request.body ?? {});
    if (!asked.success || !(await monthsWithData()).includes(asked.data.month)) {
      return list(request, reply, 400);
    }
    const { month, by } = asked.data;
    await monthlyReports.keep(month, by);
    deps.log.info({ month, by }, 'monthly report made');
    return rememberOfficer(reply, by).redirect(`/reports/${month}`, 303);
  });

  server.get<{ Params: { month: string } }>('/reports/:month', async (request, reply) => {
    const [, name = request.params.month, kind] = FILE.exec(request.params.month) ?? [];
    const kept = await find({ month: name });
    const { notice, check, counted, lang = pages.languageOf(request) } = pageQuery.parse(request.query);
    const counting = counted === undefined ? undefined : await findCounting(kept.id, counted);
    if (kind !== undefined) {
      const file = { kind: kind as MonthlyFileKind, month: kept.id, lang };
      return sendMonthlyFile(counting ?? kept, file, request, reply, deps);
    }
    if (counting !== undefined) return showCounting(request, reply, kept, counting);
    return show(request, reply, kept, {
      notice: notice === undefined ? undefined : { kind: 'done', action: notice },
      isChecked: check !== undefined,
    });
  });

  server.post('/reports/:month', editing, async (request, reply) => {
    tokens.check(request);
    const kept = await find(request.params);
    try {
      const order = monthlyOrder.parse(request.body ?? {});
      await act(kept.id, order);
      deps.log.info({ month: kept.id, by: order.by, what: order.do }, 'monthly report changed');
      return rememberOfficer(reply, order.by).redirect(`/reports/${kept.id}?notice=${order.do}`, 303);
    } catch (error) {
      const [kind, status] = refusalOf(error);
      const typed = typedFields.parse(request.body ?? {});
      return show(request, reply, await find(request.params), { notice: { kind }, typed }, status);
    }
  });

  /** @throws {MonthlyConflictError | MonthlyTransitionError} */
  async function act(month: string, order: z.infer<typeof monthlyOrder>): Promise<void> {
    const { version, by, remarks, number } = order;
    if (order.do === 'remake') {
      await monthlyReports.remake({ month, version, by });
      return;
    }
    if (order.do === 'send') {
      if (monthlyReports.send === undefined) throw new MonthlyTransitionError('There is no way to send it');
      await monthlyReports.send({ month, version, by });
      return;
    }
    const done = { by, at: deps.now().toISOString() };
    await office.update('monthly-report', month, (kept) => {
      refuseIfMonthlyChanged(kept, version);
      if (order.do === 'reopen') return reopenMonthly(kept, done);
      const edited = editMonthly(kept, { remarks, number }, done);
      return order.do === 'approve' ? approveMonthly(edited, done) : edited;
    });
  }

  /** @throws {NotFoundError} */
  async function find(asked: unknown): Promise<KeptMonthlyReport> {
    const { success, data } = params.safeParse(asked);
    const kept = success ? await office.find('monthly-report', data.month) : undefined;
    if (kept === undefined) throw new NotFoundError();
    return kept;
  }

  /** @throws {NotFoundError} */
  async function findCounting(month: string, countedAt: string): Promise<MonthlyCounting> {
    const counting = await office.find('monthly-counting', countingId(month, countedAt));
    if (counting === undefined) throw new NotFoundError();
    return counting;
  }

  async function monthsWithData(): Promise<string[]> {
    const [oldest, newest] = await Promise.all([
      articles.page({}, { limit: 1, order: 'oldest' }),
      articles.watermark(),
    ]);
    const first = oldest.articles[0]?.firstSeenAt;
    return first === undefined || newest === undefined ? [] : monthsBetween(first, newest, MOST_MONTHS);
  }

  async function list(request: FastifyRequest, reply: FastifyReply, status = 200): Promise<FastifyReply> {
    const [months, kept] = await Promise.all([
      monthsWithData(),
      office.list('monthly-report', { limit: MOST_MONTHS }),
    ]);
    const byMonth = new Map(kept.map((one) => [one.id, one]));
    const all = [...new Set([...months, ...byMonth.keys()])].sort().reverse();
    const view = (
      <MonthlyReportsPage
        months={all.map((month) => ({ month, kept: byMonth.get(month) }))}
        thisMonth={vietnameseDay(deps.now()).slice(0, 7)}
        officer={officerOf(request)}
        isRefused={status !== 200}
      />
    );
    return pages.send(request, reply, view, status);
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    kept: KeptMonthlyReport,
    { notice, typed, isChecked = false }: Shown,
    status = 200,
  ): Promise<FastifyReply> {
    const lang = pages.languageOf(request);
    const counted = isChecked ? await monthlyReports.make(kept.id) : undefined;
    // One of now may stand there too, where counting again was refused.
    const earlier = await office.list('monthly-counting', {
      owner: kept.id,
      to: kept.madeAt,
      limit: MOST_EARLIER,
    });
    const view = (
      <MonthlyReportPage
        kept={kept}
        document={monthlyReports.printed(kept.report, lang, { consoleUrl: '' })}
        officer={officerOf(request)}
        notice={notice}
        typed={typed}
        difference={counted && monthlyDifference(kept.report, counted.report)}
        canPrintPdf={deps.printPdf !== undefined}
        mailTo={monthlyReports.send === undefined ? [] : deps.letterhead.report.to}
        earlier={earlier}
      />
    );
    return pages.send(request, reply, view, status);
  }

  async function showCounting(
    request: FastifyRequest,
    reply: FastifyReply,
    kept: KeptMonthlyReport,
    counting: MonthlyCounting,
  ): Promise<FastifyReply> {
    const lang = pages.languageOf(request);
    const view = (
      <MonthlyCountingPage
        counting={counting}
        document={monthlyReports.printed(counting.report, lang, { consoleUrl: '' })}
        difference={monthlyDifference(counting.report, kept.report)}
      />
    );
    return pages.send(request, reply, view);
  }
}

/** @throws what is no refusal */
function refusalOf(error: unknown): [Exclude<MonthlyNotice['kind'], 'done'>, number] {
  if (error instanceof ZodError) return ['bad-form', 400];
  if (error instanceof MonthlyConflictError) return ['conflict', 409];
  if (error instanceof MonthlyTransitionError) return ['not-possible', 409];
  throw error;
}
