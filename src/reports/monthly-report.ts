/** What a month of health news was like, from figures that the stores counted. */
import { dailyDispersion, rateRatio, shareDifference } from '../domain/change-interval.ts';
import {
  type Change,
  type Covered,
  type Finding,
  MONTHLY_FIELDS,
  type MonthlyCampaign,
  type MonthlyCorrections,
  type MonthlyDay,
  type MonthlyField,
  type MonthlyIncident,
  type MonthlyLedger,
  type MonthlyOutlet,
  type MonthlyReport,
  type MonthlyRow,
  type MonthlyStory,
  type Tally,
} from '../domain/monthly-report.ts';
import { DAY_MS, vietnameseDay, vietnameseMidnight } from '../domain/time.ts';
import { medianOf } from './usual.ts';

/** Some two hundred rows are compared: with this, one in five months says one thing by chance, and not ten each month. */
const NOTABLE_Z = 3.3;
/** A share of fewer articles jumps. */
const LEAST_SHARED = 20;
/** 97.5th percentile of the normal distribution: intervals reach so many standard errors to each side. */
const Z_OF_INTERVAL = 1.96;
const MOST_FINDINGS = 8;

/** One value of one field, or all articles, in one month. */
export interface Gathered extends Tally {
  readonly stance: Omit<Tally, 'count'>;
  /** Of every day covered, in their order. */
  readonly daily: readonly number[];
}

export interface GatheredMonth extends Covered {
  readonly total: Gathered;
  /** By field and value. */
  readonly values: Readonly<Record<MonthlyField, ReadonlyMap<string, Gathered>>>;
}

/** What the stores said. */
export interface MonthlyFacts {
  /** `2026-01`. */
  readonly month: string;
  readonly now?: GatheredMonth;
  readonly previous?: GatheredMonth;
  readonly yearBefore?: GatheredMonth;
  readonly stories: readonly MonthlyStory[];
  readonly incidents: readonly MonthlyIncident[];
  readonly corrections: MonthlyCorrections;
  readonly ledger: MonthlyLedger;
  readonly campaigns: readonly MonthlyCampaign[];
  readonly daily: readonly MonthlyDay[];
  readonly outlets: readonly MonthlyOutlet[];
}

const NOTHING: Gathered = {
  count: 0,
  negative: 0,
  positive: 0,
  stance: { negative: 0, positive: 0 },
  daily: [],
};

/** A Vietnamese calendar month as instants. @param month  `YYYY-MM` */
export function monthBounds(month: string): { readonly from: string; readonly to: string } {
  const at = (of: string) => new Date(vietnameseMidnight(`${of}-01`)).toISOString();
  return { from: at(month), to: at(monthsBefore(month, -1)) };
}

/** `2026-01`, 1 → `2025-12`. */
export function monthsBefore(month: string, months: number): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, of - 1 - months, 1)).toISOString().slice(0, 7);
}

/** Vietnamese months from that of one moment to that of another, newest first. */
export function monthsBetween(first: string, last: string, most: number): string[] {
  const months: string[] = [];
  const oldest = vietnameseDay(first).slice(0, 7);
  for (let month = vietnameseDay(last).slice(0, 7); month >= oldest && months.length < most; ) {
    months.push(month);
    month = monthsBefore(month, 1);
  }
  return months;
}

/** The part of a month that lies between two moments, `undefined` where none does. */
export function coveredPart(
  month: string,
  first: string,
  last: string,
): Pick<Covered, 'from' | 'to' | 'days'> | undefined {
  const bounds = monthBounds(month);
  const from = bounds.from > first ? bounds.from : first;
  const to = bounds.to < last ? bounds.to : last;
  if (from >= to) return undefined;
  return { from, to, days: (Date.parse(to) - Date.parse(from)) / DAY_MS };
}

/** Brings what was counted into a report: changes with their intervals, what is notable among them, medians. */
export function monthlyReport(facts: MonthlyFacts): MonthlyReport {
  const { now, previous, yearBefore, stories, incidents, corrections, ledger, month } = facts;
  const { campaigns, daily, outlets } = facts;
  const total = rowOf(now?.total ?? NOTHING, facts, (of) => of.total);
  const rows = Object.fromEntries(
    MONTHLY_FIELDS.map((field) => [
      field,
      [...(now?.values[field] ?? [])].map(([key, gathered]) => ({
        key,
        ...rowOf(gathered, facts, (of) => of.values[field].get(key) ?? NOTHING),
      })),
    ]),
  ) as unknown as MonthlyReport['rows'];
  return {
    month,
    ...(now === undefined ? {} : { now: covered(now) }),
    ...(previous === undefined ? {} : { previous: covered(previous) }),
    ...(yearBefore === undefined ? {} : { yearBefore: covered(yearBefore) }),
    total,
    rows,
    findings: findingsOf(total, rows),
    stories,
    incidents,
    response: {
      told: medianTime(incidents.map(({ toldAfterMs }) => toldAfterMs)),
      acknowledged: medianTime(incidents.map(({ acknowledgedAfterMs }) => acknowledgedAfterMs)),
      resolved: medianTime(incidents.map(({ resolvedAfterMs }) => resolvedAfterMs)),
    },
    corrections,
    ledger,
    campaigns,
    daily,
    outlets,
  };
}

function covered({ from, to, days, uptime }: GatheredMonth): Covered {
  return { from, to, days, ...(uptime === undefined ? {} : { uptime }) };
}

function rowOf(
  gathered: Gathered,
  { now, previous, yearBefore }: MonthlyFacts,
  of: (month: GatheredMonth) => Gathered,
): MonthlyRow {
  const { count, negative, positive, stance } = gathered;
  const changeFrom = (before: GatheredMonth | undefined) =>
    now === undefined || before === undefined ? undefined : changeOf(gathered, now, of(before), before);
  const [fromPrevious, fromYear] = [changeFrom(previous), changeFrom(yearBefore)];
  return {
    count,
    negative,
    positive,
    stance,
    ...(fromPrevious === undefined ? {} : { previous: fromPrevious }),
    ...(fromYear === undefined ? {} : { yearBefore: fromYear }),
  };
}

function changeOf(a: Gathered, now: Covered, b: Gathered, before: Covered): Change {
  const dispersion = dailyDispersion([a.daily, b.daily]);
  const ratio = rateRatio(
    { count: a.count, days: now.days },
    { count: b.count, days: before.days },
    dispersion,
  );
  const ratioOfUptime =
    now.uptime === undefined || before.uptime === undefined
      ? undefined
      : rateRatio(
          { count: a.count, days: now.days * now.uptime },
          { count: b.count, days: before.days * before.uptime },
          dispersion,
        );
  const negativeShare = shareDifference(
    { part: a.negative, whole: a.count },
    { part: b.negative, whole: b.count },
  );
  return {
    count: b.count,
    negative: b.negative,
    positive: b.positive,
    ...(ratio === undefined ? {} : { ratio }),
    ...(ratioOfUptime === undefined ? {} : { ratioOfUptime }),
    ...(negativeShare === undefined ? {} : { negativeShare }),
  };
}

function findingsOf(total: MonthlyRow, rows: MonthlyReport['rows']): Finding[] {
  const ofRows = MONTHLY_FIELDS.flatMap((field) =>
    rows[field].flatMap((row) => findingsOfRow(field, row.key, row)),
  );
  ofRows.sort((a, b) => strengthOf(b) - strengthOf(a));
  return [...findingsOfRow('all', '', total), ...ofRows].slice(0, MOST_FINDINGS);
}

function findingsOfRow(field: Finding['field'], key: string, { count, previous }: MonthlyRow): Finding[] {
  if (previous === undefined) return [];
  const { ratio, negativeShare } = previous;
  const found = { field, key, count, previous: previous.count };
  const isCountable = Math.min(count, previous.count) >= LEAST_SHARED;
  const all: Finding[] = [
    ...(ratio === undefined ? [] : [{ ...found, change: { ratio } }]),
    ...(negativeShare === undefined || !isCountable ? [] : [{ ...found, change: { negativeShare } }]),
  ];
  return all.filter((finding) => strengthOf(finding) >= NOTABLE_Z);
}

/** How far the change is from none, in standard errors. */
function strengthOf({ change }: Finding): number {
  if ('ratio' in change) return Math.abs(change.ratio.z);
  const { difference, low, high } = change.negativeShare;
  // Newcombe's interval is not symmetric: what counts is its side towards none.
  const side = difference > 0 ? difference - low : high - difference;
  return side === 0 ? 0 : (Z_OF_INTERVAL * Math.abs(difference)) / side;
}

function medianTime(times: readonly (number | undefined)[]): { of: number; medianMs?: number } {
  const known = times.filter((ms) => ms !== undefined);
  return { of: known.length, ...(known.length === 0 ? {} : { medianMs: medianOf(known) }) };
}
