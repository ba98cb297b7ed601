import type { VersionAgreement } from './agreement.ts';
import type { RateRatio, ShareDifference } from './change-interval.ts';
import type { Incident } from './incident.ts';
import type { OfficeRecord } from './office-record.ts';

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

/** One day of the month, of all articles. */
export interface MonthlyDay {
  /** `2026-01-31`. */
  readonly day: string;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

/** How an outlet that is watched was heard from. */
export interface MonthlyOutlet {
  readonly outletId: string;
  /** Entries found, and what became of them. */
  readonly found: number;
  readonly indexed: number;
  readonly failed: number;
  /** Days on which it brought less than a tenth of what is usual of it, or all where it brought nothing. */
  readonly daysDown: number;
}

export interface MonthlyCorrections {
  readonly made: number;
  readonly people: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** Of articles drawn by chance and judged this month. */
  readonly accuracy: readonly VersionAgreement[];
}

export interface MonthlyCampaign extends Tally {
  readonly id: string;
  readonly name: string;
  readonly search: string;
}

/** A change that chance alone would hardly bring; largest first. */
export interface Finding {
  readonly field: MonthlyField | 'all';
  readonly key: string;
  readonly count: number;
  readonly previous: number;
  /** What has changed: how many there are a day, or how large a share of them is negative. */
  readonly change: { readonly ratio: RateRatio } | { readonly negativeShare: ShareDifference };
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
  readonly campaigns: readonly MonthlyCampaign[];
  /** Absent in reports of before this was counted. */
  readonly daily?: readonly MonthlyDay[];
  /** Those heard from least first; absent as above. */
  readonly outlets?: readonly MonthlyOutlet[];
}

/** What people add to the figures. */
export interface MonthlyEdits {
  readonly remarks: string;
  /** `12/BC-VP`; empty to be filled in by hand. */
  readonly number: string;
}

export interface MonthlyChange {
  readonly at: string;
  readonly by: string;
  readonly what: 'made' | 'remade' | 'edited' | 'approved' | 'reopened' | 'sent' | 'not-sent';
}

export interface MonthlyMailing {
  readonly at: string;
  /** Of the process, for itself alone. */
  readonly by: string;
  /** Absent while it is on its way, or where the process ended on the way. */
  readonly outcome?: 'sent' | 'refused';
  /** Why it was refused. */
  readonly reason?: string;
}

/** The report of a month as the office keeps it: its id is the month, `at` the end of it. */
export interface KeptMonthlyReport extends OfficeRecord {
  /** Grows with every change; a person's write names the version that they saw. */
  readonly version: number;
  readonly status: 'draft' | 'approved';
  readonly madeAt: string;
  /** Newest first sight in the archive when its figures were counted. */
  readonly dataWatermarkAt: string;
  /** Of the program's reading, when its figures were counted. */
  readonly languageVersion: string;
  readonly report: MonthlyReport;
  readonly edits: MonthlyEdits;
  readonly history: readonly MonthlyChange[];
  /** Which process took it on to mail it, and what came of it; it is kept where that may have gone out. */
  readonly mailing?: MonthlyMailing;
}

/** What a report said before it was counted again: its owner is the month, `at` when it was counted. */
export interface MonthlyCounting
  extends OfficeRecord,
    Pick<KeptMonthlyReport, 'dataWatermarkAt' | 'languageVersion' | 'report'> {
  readonly owner: string;
}

/** The figures that a report has now, as they are kept beside it; its id is the same each time. */
export function countingOf(kept: KeptMonthlyReport): MonthlyCounting {
  const { id: owner, madeAt: at, dataWatermarkAt, languageVersion, report } = kept;
  return { id: countingId(owner, at), at, owner, dataWatermarkAt, languageVersion, report };
}

export function countingId(month: string, countedAt: string): string {
  return `${month}-${countedAt}`;
}

/** Who wants something done with which version of a month's report. */
export interface MonthlyOrder {
  readonly month: string;
  readonly version: number;
  readonly by: string;
}

/** Somebody has changed the report since a person looked at it. */
export class MonthlyConflictError extends Error {
  override name = 'MonthlyConflictError';
}

/** What its status does not allow: changing what is approved. */
export class MonthlyTransitionError extends Error {
  override name = 'MonthlyTransitionError';
}

/** History beyond this is cut in the middle: how it began, and what was done of late, are kept. */
const MOST_CHANGES = 100;

type Act = Omit<MonthlyChange, 'what'>;

/** @throws {MonthlyConflictError} unless the report is at the version that a person saw */
export function refuseIfMonthlyChanged(kept: KeptMonthlyReport, version: number): void {
  if (kept.version !== version) throw new MonthlyConflictError(`It is at version ${kept.version}`);
}

/** The report with a person's words; the same object where they change nothing. @throws {MonthlyTransitionError} */
export function editMonthly(kept: KeptMonthlyReport, edits: MonthlyEdits, act: Act): KeptMonthlyReport {
  if (edits.remarks === kept.edits.remarks && edits.number === kept.edits.number) return kept;
  refuseUnlessDraft(kept);
  return noted({ ...kept, edits }, { ...act, what: 'edited' });
}

/** The report with what the archive says now; what people wrote stays. @throws {MonthlyTransitionError} */
export function remakeMonthly(
  kept: KeptMonthlyReport,
  made: Pick<KeptMonthlyReport, 'report' | 'dataWatermarkAt' | 'languageVersion'>,
  act: Act,
): KeptMonthlyReport {
  refuseUnlessDraft(kept);
  return noted({ ...kept, ...made, madeAt: act.at }, { ...act, what: 'remade' });
}

/** @throws {MonthlyTransitionError} */
export function approveMonthly(kept: KeptMonthlyReport, act: Act): KeptMonthlyReport {
  refuseUnlessDraft(kept);
  return noted({ ...kept, status: 'approved' }, { ...act, what: 'approved' });
}

/** To be edited again. @throws {MonthlyTransitionError} */
export function reopenMonthly(kept: KeptMonthlyReport, act: Act): KeptMonthlyReport {
  if (kept.status === 'draft') throw new MonthlyTransitionError('The report is a draft already');
  return noted({ ...kept, status: 'draft' }, { ...act, what: 'reopened' });
}

/** What came of mailing it. @param reason  why it was refused, `undefined` where it was not */
export function noteMonthlyMailing(
  kept: KeptMonthlyReport,
  reason: string | undefined,
  act: Act,
): KeptMonthlyReport {
  if (kept.mailing === undefined) return kept;
  const outcome =
    reason === undefined ? ({ outcome: 'sent' } as const) : ({ outcome: 'refused', reason } as const);
  const mailing = { by: kept.mailing.by, at: act.at, ...outcome };
  return noted({ ...kept, mailing }, { ...act, what: reason === undefined ? 'sent' : 'not-sent' });
}

function refuseUnlessDraft({ status }: KeptMonthlyReport): void {
  if (status !== 'draft') throw new MonthlyTransitionError(`The report is ${status}`);
}

function noted(kept: KeptMonthlyReport, change: MonthlyChange): KeptMonthlyReport {
  const [first, ...later] = [...kept.history, change];
  const history = first === undefined ? [] : [first, ...later.slice(-(MOST_CHANGES - 1))];
  return { ...kept, version: kept.version + 1, history };
}
