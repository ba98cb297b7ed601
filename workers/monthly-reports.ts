import type { MonthlyEdits, MonthlyOrder, MonthlyReport } from '../src/domain/monthly-report.ts';
import type { PrintedLanguage } from '../src/domain/printed-document.ts';
import { gatherMonthlyReport } from './gather-monthly-report.ts';
import { keepMonthlyReport, remakeMonthlyReport } from './keep-monthly-reports.ts';
import { printedMonthlyReport } from './printed-monthly-report.ts';
import { sendMonthlyReport } from './send-monthly-report.ts';
import type { Deps } from './stage.ts';

/** What the console and the command line do with monthly reports. */
export function monthlyReports(deps: Deps) {
  const canSend = deps.sendMail !== undefined && deps.letterhead.report.to.length > 0;
  return {
    make: (month: string) => gatherMonthlyReport(month, deps),
    keep: (month: string, by: string) => keepMonthlyReport(month, by, deps),
    remake: (order: MonthlyOrder) => remakeMonthlyReport(order, deps),
    send: canSend ? (order: MonthlyOrder) => sendMonthlyReport(order, deps) : undefined,
    printed: (
      report: MonthlyReport,
      lang: PrintedLanguage,
      printing: { edits?: MonthlyEdits; consoleUrl?: string } = {},
    ) => printedMonthlyReport(report, lang, printing, deps),
  };
}
