import type { OfficeRecord } from './office-record.ts';
import { HOUR_MS } from './time.ts';

/** When somebody was last here. */
export interface Visit {
  /** ISO 8601. */
  readonly at: string;
  /** Since when what has come is new to them: the end of the visit before this one. */
  readonly newsSince: string;
}

/** The last visit of an account, under the id of the account. */
export interface AccountVisit extends OfficeRecord, Visit {}

/** Who comes back after so long begins a new visit: what has come meanwhile is new to them. */
const VISIT_ENDS_MS = HOUR_MS / 2;

/** The visit as it stands when somebody comes, given the last that is known of them. */
export function visitAt(now: Date, last: Visit | undefined): Visit {
  const at = now.toISOString();
  if (last === undefined) return { at, newsSince: at };
  const isAnother = now.getTime() - Date.parse(last.at) > VISIT_ENDS_MS;
  return { at, newsSince: isAnother ? last.at : last.newsSince };
}
