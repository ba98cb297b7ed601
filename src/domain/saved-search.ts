import type { Role } from './access.ts';
import type { OfficeRecord } from './office-record.ts';
import type { PrintedLanguage } from './printed-document.ts';

/** How often whoever subscribes to a search is written to. */
export const SUBSCRIPTIONS = ['none', 'at-once', 'daily', 'weekly'] as const;
export type Subscription = (typeof SUBSCRIPTIONS)[number];

/** To have the office's server write to somebody. */
export const MAILING_ROLE: Role = 'officer';

/** A search that somebody keeps. Its owner is an account, where people sign in. */
export interface SavedSearch extends OfficeRecord {
  readonly name: string;
  /** Who saved it. */
  readonly by: string;
  /** The search as it stands in the address of the list of articles. */
  readonly query: Readonly<Record<string, string>>;
  /** Everybody of the office sees it. */
  readonly isShared: boolean;
  readonly subscription: Subscription;
  /** Addresses of mail. */
  readonly to: readonly string[];
  /** Of the mails; Vietnamese without it. */
  readonly language?: PrintedLanguage;
  readonly delivery: SearchDelivery;
}

/** What has been told. */
export interface SearchDelivery {
  /** Everything indexed until then has been told, or was there before. */
  readonly until: string;
  /** Articles told, or there before, that were first seen in the day before `until`; some are indexed late. */
  readonly told: readonly string[];
  /** A mail that is on its way: who makes it, since when, and what it will have told. */
  readonly pending?: { readonly by: string; readonly at: string; readonly until: string };
  /** Why the last mail was refused for good. */
  readonly fault?: string;
}

/** The search as it has just been saved or subscribed to: what is there by now is not news. */
export function subscribed(
  search: Omit<SavedSearch, 'delivery'>,
  now: Date,
  known: readonly string[],
): SavedSearch {
  return { ...search, delivery: { until: now.toISOString(), told: known } };
}

/** Whether somebody may see it: their own, what is shared, and where nobody signs in everything. */
export function maySee({ owner, isShared }: SavedSearch, accountId: string | undefined): boolean {
  return isShared || owner === accountId;
}

/** Whether somebody may change it: whoever saved it, and admins. */
export function mayChange({ owner }: SavedSearch, accountId: string | undefined, isAdmin: boolean): boolean {
  return isAdmin || owner === accountId;
}
