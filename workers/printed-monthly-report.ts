import type { MonthlyEdits, MonthlyReport } from '../src/domain/monthly-report.ts';
import type { PrintedDocument, PrintedLanguage } from '../src/domain/printed-document.ts';
import { monthlyDocument } from '../src/reports/monthly-document.ts';
import { namesIn } from '../src/reports/names.ts';
import type { Deps } from './stage.ts';

/** A report with the names, the letterhead and the addresses of the office. */
export function printedMonthlyReport(
  report: MonthlyReport,
  lang: PrintedLanguage,
  { edits, consoleUrl }: { edits?: MonthlyEdits; consoleUrl?: string },
  deps: Deps,
): PrintedDocument {
  const { letterhead, policies } = deps;
  return monthlyDocument(report, {
    lang,
    names: namesIn(lang, deps),
    policyNames: new Map(policies.map(({ id, number, name }) => [id, `${number}: ${name}`])),
    consoleUrl: consoleUrl ?? deps.consoleUrl,
    letterhead,
    edits,
  });
}
