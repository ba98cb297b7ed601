import { isDeepStrictEqual } from 'node:util';

import { MONTHLY_FIELDS, type MonthlyField, type MonthlyReport } from '../domain/monthly-report.ts';

/** What has changed in the archive since the report of a month was made. */
export interface MonthlyDifference {
  /** Whether nothing at all differs: also what is no row's, such as an incident. */
  readonly isSame: boolean;
  /** Of all articles, where one of them differs. */
  readonly totals: readonly {
    readonly of: 'count' | 'negative' | 'positive';
    readonly before: number;
    readonly now: number;
  }[];
  /** Rows of other numbers, new or gone, where there are any. */
  readonly rows: readonly { readonly field: MonthlyField; readonly changed: number }[];
}

/** Compares what a report says with what the archive says now of the same month. */
export function monthlyDifference(before: MonthlyReport, counted: MonthlyReport): MonthlyDifference {
  // As a store would give it back: without what is undefined.
  const now = JSON.parse(JSON.stringify(counted)) as MonthlyReport;
  // What was not counted when the report was made is no change.
  const asBefore = Object.fromEntries(Object.entries(now).filter(([part]) => part in before));
  return {
    isSame: isDeepStrictEqual(before, asBefore),
    totals: (['count', 'negative', 'positive'] as const)
      .map((of) => ({ of, before: before.total[of], now: now.total[of] }))
      .filter((one) => one.before !== one.now),
    rows: MONTHLY_FIELDS.map((field) => ({
      field,
      changed: changedRows(before.rows[field], now.rows[field]),
    })).filter(({ changed }) => changed > 0),
  };
}

function changedRows(before: MonthlyReport['rows'][MonthlyField], now: typeof before): number {
  const known = new Map(before.map((row) => [row.key, row]));
  const there = new Set(now.map(({ key }) => key));
  const gone = before.filter(({ key }) => !there.has(key));
  return gone.length + now.filter((row) => !isDeepStrictEqual(known.get(row.key), row)).length;
}
