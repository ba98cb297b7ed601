import type { FastifyReply, FastifyRequest } from 'fastify';

import type { MonthlyEdits, MonthlyReport } from '../domain/monthly-report.ts';
import { monthlyCsv } from '../reports/monthly-csv.ts';
import type { ConsoleDeps } from './console-deps.ts';
import type { Lang } from './messages.ts';
import { type PrintedFileKind, sendPrintedFile } from './printed-file.ts';

export type MonthlyFileKind = PrintedFileKind | 'csv';

/** Answers with a file made of a month's report. @throws {NotFoundError} for PDF where nothing prints it */
export async function sendMonthlyFile(
  { report, edits }: { readonly report: MonthlyReport; readonly edits?: MonthlyEdits },
  { kind, month, lang }: { readonly kind: MonthlyFileKind; readonly month: string; readonly lang: Lang },
  request: FastifyRequest,
  reply: FastifyReply,
  deps: Pick<ConsoleDeps, 'monthlyReports' | 'writeDocx' | 'printPdf'>,
): Promise<FastifyReply> {
  const name = `bao-cao-${month}`;
  if (kind === 'csv') {
    return reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${name}.csv"`)
      .send(monthlyCsv(report));
  }
  const document = deps.monthlyReports.printed(report, lang, edits === undefined ? {} : { edits });
  return sendPrintedFile({ document, kind, name }, request, reply, deps);
}
