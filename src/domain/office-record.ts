import type { Account } from './account.ts';
import type { ApiToken } from './api-token.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { KeptMonthlyReport, MonthlyCounting } from './monthly-report.ts';
import type { OfficeProfile } from './office-profile.ts';
import type { PressBrief } from './press-brief.ts';
import type { SavedSearch } from './saved-search.ts';
import type { Session } from './session.ts';
import type { Statement } from './statement.ts';
import type { AccountVisit } from './visit.ts';

/** What all records of the office have in common; lists of them are ordered by `at`. */
export interface OfficeRecord {
  /** Unique within its kind; at most 200 characters. */
  readonly id: string;
  /** ISO 8601, UTC: when it was made, or whatever else its kind is listed by. */
  readonly at: string;
  /** Whose it is, or what it belongs to, for kinds that are listed by it. */
  readonly owner?: string;
}

/**
 * What people of the office make themselves, beside what the press writes: kind → type. Each is small, is found by its
 * id or in the order of time, and is otherwise opaque to the stores.
 */
export interface OfficeRecords {
  account: Account;
  session: Session;
  'api-token': ApiToken;
  'audit-entry': AuditEntry;
  statement: Statement;
  'press-brief': PressBrief;
  'monthly-report': KeptMonthlyReport;
  'monthly-counting': MonthlyCounting;
  'office-profile': OfficeProfile;
  'saved-search': SavedSearch;
  /** That the office has been told that a policy document takes effect; its owner is the document. */
  'policy-reminder': OfficeRecord;
  'last-visit': AccountVisit;
}
export type OfficeRecordKind = keyof OfficeRecords;
