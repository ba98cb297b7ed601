import type { Entry, Outcome, StageName } from './entry.ts';

/** Entries of one outlet found in one stretch of time. */
export interface FoundBucket {
  readonly outletId: string;
  /** Start in Vietnamese time: `YYYY-MM-DD`, or `YYYY-MM-DDTHH` for hours. */
  readonly bucket: string;
  readonly count: number;
}

/** Entries of one outlet, found in one hour, that share stage, outcome and reason. */
export interface LedgerRow {
  readonly outletId: string;
  /** Hour in which they were first seen, ISO 8601, UTC. */
  readonly hour: string;
  readonly stage: StageName;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly count: number;
}

/** The part of the reason that is counted: what follows a colon names one entry and would split the count. */
export function countedReason({ reason }: Pick<Entry, 'reason'>): string {
  return reason?.split(':', 1)[0] ?? '';
}

/** The whole account: found = indexed + duplicate + irrelevant + failed + pending, and every part is backed. */
export interface LedgerBalance {
  readonly found: number;
  readonly indexed: number;
  readonly duplicate: number;
  readonly irrelevant: number;
  readonly failed: Readonly<Record<string, number>>;
  readonly pending: number;
  /** Each a sentence; empty when the account adds up. */
  readonly faults: readonly string[];
}

/** What the account is checked against: counts taken elsewhere than in the entries' own rows. */
export interface LedgerEvidence {
  /** Sum over all polls and imports of the entries that were new. */
  readonly foundByPolls: number;
  /** Articles in the searchable store. */
  readonly searchable: number;
  /** Pending entries that no queue holds a job for. */
  readonly pendingWithoutJob: number;
}

/** Adds the rows up and compares them with what polls, index and queues say. */
export function balance(rows: readonly LedgerRow[], evidence: LedgerEvidence): LedgerBalance {
  const sum = (outcome: Outcome) =>
    rows.filter((row) => row.outcome === outcome).reduce((total, row) => total + row.count, 0);
  const failed: Record<string, number> = {};
  for (const row of rows) {
    if (row.outcome !== 'failed') continue;
    const reason = row.reason ?? 'unknown';
    failed[reason] = (failed[reason] ?? 0) + row.count;
  }
  const found = evidence.foundByPolls;
  const indexed = sum('indexed');
  const accounted = indexed + sum('duplicate') + sum('irrelevant') + sum('failed') + sum('pending');

  const faults: string[] = [];
  if (found !== accounted) faults.push(`${found} entries were found, ${accounted} are accounted for`);
  if (indexed !== evidence.searchable) {
    faults.push(`${indexed} entries count as indexed, ${evidence.searchable} articles are searchable`);
  }
  if (evidence.pendingWithoutJob > 0) {
    faults.push(`${evidence.pendingWithoutJob} pending entries have no job in any queue`);
  }
  return {
    found,
    indexed,
    duplicate: sum('duplicate'),
    irrelevant: sum('irrelevant'),
    failed,
    pending: sum('pending'),
    faults,
  };
}
