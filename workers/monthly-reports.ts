import type { MonthlyEdits, MonthlyOrder, MonthlyReport } from '../src/domain/monthly-report.ts';
import type { PrintedDocument, PrintedLanguage } from '../src/domain/printed-document.ts';
import { monthlyDocument } from '../src/reports/monthly-document.ts';
import { namesIn } from '../src/reports/names.ts';
import { gatherMonthlyReport } from './gather-monthly-report.ts';
import { keepMonthlyReport, remakeMonthlyReport } from './keep-monthly-reports.ts';
import type { Deps } from './stage.ts';

/** What the console and the command line do with monthly reports. */
export function monthlyReports(deps: Deps) {
  return {
    make: (month: string) => gatherMonthlyReport(month, deps),
    keep: (month: string, by: string) => keepMonthlyReport(month, by, deps),
    remake: (order: MonthlyOrder) => remakeMonthlyReport(order, deps),
    printed(
      report: MonthlyReport,
      lang: PrintedLanguage,
      { edits, consoleUrl = deps.consoleUrl }: { edits?: MonthlyEdits; consoleUrl?: string } = {},
    ): PrintedDocument {
      const { letterhead, policies } = deps;
      const policyNames = new Map(policies.map(({ id, number, name }) => [id, `${number}: ${name}`]));
      return monthlyDocument(report, {
        lang,
        names: namesIn(lang, deps),
        policyNames,
        consoleUrl,
        letterhead,
        edits,
      });
    },
  };
}
