import type { OfficeRecord } from './office-record.ts';
import { DAY_MS, HOUR_MS } from './time.ts';

/** A browser in which somebody has signed in. Its id is the SHA-256 of what the browser holds; `at` is when it began. */
export interface Session extends OfficeRecord {
  /** Id of the account. */
  readonly owner: string;
  /** When it was last used, to within some minutes. */
  readonly usedAt: string;
  /** The browser as it names itself, cut short. */
  readonly browser: string;
}

/** OWASP's cheat sheet on sessions asks for both bounds; an officer's duty lasts a night. */
const IDLE_MS = 12 * HOUR_MS;
const LONGEST_MS = 7 * DAY_MS;

/** Noted no more often: a page asks for several things at once. */
const NOTE_EVERY_MS = 5 * 60_000;

export function isSessionOver({ at, usedAt }: Session, now: Date): boolean {
  const ms = now.getTime();
  return ms - Date.parse(usedAt) > IDLE_MS || ms - Date.parse(at) > LONGEST_MS;
}

/** The session as used now; the same object where that is known already. */
export function used<T extends { readonly usedAt?: string }>(record: T, now: Date): T {
  const isKnown = record.usedAt !== undefined && now.getTime() - Date.parse(record.usedAt) < NOTE_EVERY_MS;
  return isKnown ? record : { ...record, usedAt: now.toISOString() };
}
