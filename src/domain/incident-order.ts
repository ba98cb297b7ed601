import type { Severity } from './alert.ts';
import type { Verdict } from './incident.ts';
import type { Part } from './incident-parts.ts';

/** What a person asks for. */
export type IncidentAction =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'snooze'; readonly minutes: number }
  | { readonly kind: 'hand-over'; readonly to: string }
  | { readonly kind: 'resolve'; readonly verdict: Verdict }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'set-severity'; readonly severity: Severity }
  | { readonly kind: 'merge'; readonly into: string }
  | { readonly kind: 'unmerge' }
  | ({ readonly kind: 'split'; readonly title: string } & Part);

/** A person's write: who asks, for what, and on the strength of what. */
export interface IncidentOrder {
  readonly incidentId: string;
  /** Of the incident as its author saw it: `versionOf`. */
  readonly version: number;
  readonly by: string;
  readonly note?: string | undefined;
  readonly action: IncidentAction;
}
