import type { PrintedDocument, PrintedLanguage } from '../src/domain/printed-document.ts';
import { monthlyDocument } from '../src/reports/monthly-document.ts';
import type { MonthlyReport } from '../src/reports/monthly-report.ts';
import { namesIn } from '../src/reports/names.ts';
import { gatherMonthlyReport } from './gather-monthly-report.ts';
import type { Deps } from './stage.ts';

/** What the console and the command line do with monthly reports. */
export function monthlyReports(deps: Deps) {
  return {
    make: (month: string) => gatherMonthlyReport(month, deps),
    printed(report: MonthlyReport, lang: PrintedLanguage): PrintedDocument {
      const { letterhead, consoleUrl, policies } = deps;
      const policyNames = new Map(policies.map(({ id, number, name }) => [id, `${number}: ${name}`]));
      return monthlyDocument(report, {
        lang,
        names: namesIn(lang, deps),
        policyNames,
        consoleUrl,
        letterhead,
      });
    },
  };
}
