import {
  countingOf,
  type KeptMonthlyReport,
  type MonthlyOrder,
  refuseIfMonthlyChanged,
  remakeMonthly,
} from '../src/domain/monthly-report.ts';
import { monthBounds } from '../src/reports/monthly-report.ts';
import { gatherMonthlyReport } from './gather-monthly-report.ts';
import type { Deps } from './stage.ts';

/**
 * The report of a month with its figures frozen, made unless there is one already.
 *
 * @param month  `YYYY-MM`
 */
export async function keepMonthlyReport(month: string, by: string, deps: Deps): Promise<KeptMonthlyReport> {
  const known = await deps.office.find('monthly-report', month);
  if (known !== undefined) return known;
  const made = await counted(month, deps);
  const at = deps.now().toISOString();
  const kept: KeptMonthlyReport = {
    id: month,
    at: monthBounds(month).to,
    version: 1,
    status: 'draft',
    madeAt: at,
    ...made,
    edits: { remarks: '', number: '' },
    history: [{ at, by, what: 'made' }],
  };
  const isNew = await deps.office.insert('monthly-report', kept);
  return isNew ? kept : ((await deps.office.find('monthly-report', month)) ?? kept);
}

/**
 * Counts a report again; what people wrote stays, and what it said is kept beside it.
 *
 * @returns `undefined` where there is none
 * @throws {MonthlyConflictError | MonthlyTransitionError}
 */
export async function remakeMonthlyReport(
  { month, version, by }: MonthlyOrder,
  deps: Deps,
): Promise<KeptMonthlyReport | undefined> {
  const known = await deps.office.find('monthly-report', month);
  if (known === undefined) return undefined;
  const made = await counted(month, deps);
  const at = deps.now().toISOString();
  // Before the report changes: where that fails or is refused, it is what the report still says.
  await deps.office.insert('monthly-counting', countingOf(known));
  return deps.office.update('monthly-report', month, (kept) => {
    refuseIfMonthlyChanged(kept, version);
    return remakeMonthly(kept, made, { by, at });
  });
}

async function counted(month: string, deps: Deps) {
  return { ...(await gatherMonthlyReport(month, deps)), languageVersion: deps.language.version };
}
