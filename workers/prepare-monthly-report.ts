import { PROGRAM } from '../src/domain/incident.ts';
import type { KeptMonthlyReport } from '../src/domain/monthly-report.ts';
import { vietnameseDay } from '../src/domain/time.ts';
import { momentOf } from '../src/reports/brief-period.ts';
import { monthBounds, monthsBefore } from '../src/reports/monthly-report.ts';
import { keepMonthlyReport, remakeMonthlyReport } from './keep-monthly-reports.ts';
import type { ReportTask } from './prepare-reports.ts';
import { mailMonthlyReport } from './send-monthly-report.ts';
import type { Deps } from './stage.ts';

/**
 * Keeps the report of the month before from its day on, and mails it: each once, late where nothing ran at that time.
 *
 * That a process takes it on is noted before the mail goes out: where it ends in between, nobody gets it twice.
 */
export const prepareMonthlyReport: ReportTask = async (deps, { log, signal }) => {
  const { letterhead, drill, office } = deps;
  const now = deps.now();
  const thisMonth = vietnameseDay(now).slice(0, 7);
  const dueDay = `${thisMonth}-${String(letterhead.report.day).padStart(2, '0')}`;
  if (drill === true || now.getTime() < momentOf(dueDay, letterhead.report.at)) return;
  const kept = await reportOf(monthsBefore(thisMonth, 1), deps);
  if (kept === undefined || kept.mailing !== undefined) return;
  if (deps.sendMail === undefined || letterhead.report.to.length === 0) return;
  if (kept.status === 'draft' && letterhead.report.onlyApproved) return;
  const by = crypto.randomUUID();
  const claimed = await office.update('monthly-report', kept.id, (current) =>
    current.mailing === undefined ? { ...current, mailing: { at: now.toISOString(), by } } : current,
  );
  if (claimed?.mailing?.by !== by) return;
  const reason = await mailMonthlyReport(claimed, { id: `report-${kept.id}`, who: PROGRAM }, deps, signal);
  if (reason === undefined) log.info({ month: kept.id }, 'monthly report sent');
  else log.warn({ month: kept.id, reason }, 'monthly report not sent');
};

/** The report of a whole month; `undefined` where the archive has nothing of it. */
async function reportOf(month: string, deps: Deps): Promise<KeptMonthlyReport | undefined> {
  const bounds = monthBounds(month);
  const known = await deps.office.find('monthly-report', month);
  if (known === undefined) {
    const isEmpty = (await deps.articles.count(bounds)) === 0;
    return isEmpty ? undefined : keepMonthlyReport(month, PROGRAM, deps);
  }
  const isEarly = known.status === 'draft' && known.madeAt < bounds.to;
  return isEarly ? remakeMonthlyReport({ month, version: known.version, by: PROGRAM }, deps) : known;
}
