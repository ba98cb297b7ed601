/** What a month of health news was like, from figures that the stores counted. */
import type { VersionAgreement } from '../domain/agreement.ts';
import type { Incident } from '../domain/incident.ts';
import { DAY_MS, vietnameseMidnight } from '../domain/time.ts';
import {
  dailyDispersion,
  type RateRatio,
  rateRatio,
  type ShareDifference,
  shareDifference,
} from './change-interval.ts';
import { medianOf } from './usual.ts';

/** What the articles of a month are counted by. */
export const MONTHLY_FIELDS = [
  'topic',
  'province',
  'facility',
  'outletId',
  'tier',
  'policyDocument',
] as const;
export type MonthlyField = (typeof MONTHLY_FIELDS)[number];

/** Some two hundred rows are compared: with this, one in five months says one thing by chance, and not ten each month. */
const NOTABLE_Z = 3.3;
const MOST_FINDINGS = 8;

/** A stretch of a month of which there are figures. */
export interface Covered {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** 0…1: the share of what outlets usually bring that could have come; absent where no ledger is kept of it. */
  readonly uptime?: number;
}

export interface Tally {
  readonly count: number;
  readonly negative: number;
  readonly positive: number;
}

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

export interface Change extends Tally {
  /** Of rates per day. */
  readonly ratio?: RateRatio;
  /** The same, where each day counts only for the share of outlets that were heard from. */
  readonly ratioOfUptime?: RateRatio;
  /** Of the negative share. */
  readonly negativeShare?: ShareDifference;
}

export interface MonthlyRow extends Tally {
  readonly stance: Omit<Tally, 'count'>;
  readonly previous?: Change;
  readonly yearBefore?: Change;
}

export interface MonthlyStory {
  readonly id: string;
  readonly title: string;
  readonly articles: number;
  readonly negative: number;
  readonly newsrooms: number;
  /** `YYYY-MM-DDTHH`, Vietnamese time, and how many articles came in it. */
  readonly peak?: { readonly hour: string; readonly articles: number };
}

export interface MonthlyIncident {
  readonly id: string;
  readonly title: string;
  readonly severity: Incident['severity'];
  readonly status: Incident['status'];
  readonly verdict?: Incident['verdict'];
  readonly openedAt: string;
  /** From its opening; absent where that has not happened. */
  readonly toldAfterMs?: number;
  readonly acknowledgedAfterMs?: number;
  readonly resolvedAfterMs?: number;
  /** Deadlines that had passed or were met, and those met. */
  readonly deadlines: number;
  readonly deadlinesMet: number;
}

export interface MonthlyLedger {
  readonly found: number;
  readonly indexed: number;
  readonly duplicate: number;
  readonly irrelevant: number;
  readonly pending: number;
  readonly failed: Readonly<Record<string, number>>;
}

export interface MonthlyCorrections {
  readonly made: number;
  readonly people: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** Of articles drawn by chance and judged this month. */
  readonly accuracy: readonly VersionAgreement[];
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
  readonly campaigns: readonly (Tally & {
    readonly id: string;
    readonly name: string;
    readonly search: string;
  })[];
}

/** A change that chance alone would hardly bring; largest first. */
export interface Finding {
  readonly field: MonthlyField | 'all';
  readonly key: string;
  readonly count: number;
  readonly previous: number;
  readonly ratio: RateRatio;
}

export interface MonthlyReport {
  readonly month: string;
  /** What the archive has of the three months; absent where it has nothing. */
  readonly now?: Covered;
  readonly previous?: Covered;
  readonly yearBefore?: Covered;
  readonly total: MonthlyRow;
  readonly rows: Readonly<Record<MonthlyField, readonly (MonthlyRow & { readonly key: string })[]>>;
  readonly findings: readonly Finding[];
  readonly stories: readonly MonthlyStory[];
  readonly incidents: readonly MonthlyIncident[];
  readonly response: Readonly<
    Record<'told' | 'acknowledged' | 'resolved', { readonly of: number; readonly medianMs?: number }>
  >;
  readonly corrections: MonthlyCorrections;
  readonly ledger: MonthlyLedger;
  readonly campaigns: MonthlyFacts['campaigns'];
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
  const { now, previous, yearBefore, stories, incidents, corrections, ledger, campaigns, month } = facts;
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
  const found = (field: Finding['field'], key: string, { count, previous }: MonthlyRow): Finding[] =>
    previous?.ratio === undefined || Math.abs(previous.ratio.z) < NOTABLE_Z
      ? []
      : [{ field, key, count, previous: previous.count, ratio: previous.ratio }];
  const ofRows = MONTHLY_FIELDS.flatMap((field) => rows[field].flatMap((row) => found(field, row.key, row)));
  ofRows.sort((a, b) => Math.abs(b.ratio.z) - Math.abs(a.ratio.z));
  return [...found('all', '', total), ...ofRows].slice(0, MOST_FINDINGS);
}

function medianTime(times: readonly (number | undefined)[]): { of: number; medianMs?: number } {
  const known = times.filter((ms) => ms !== undefined);
  return { of: known.length, ...(known.length === 0 ? {} : { medianMs: medianOf(known) }) };
}
