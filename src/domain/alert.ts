import type { SeriesKey } from './series.ts';

/** One early sign, computed for one series at one moment. */
export interface Signal {
  /** E.g. `acceleration`, `negative-share`, `newsrooms`, `tier-jump`, `harm`, `spread`, `denial`. */
  readonly kind: string;
  readonly observed: number;
  readonly expected: number;
  /** How far `expected` usually strays; same unit. */
  readonly spread: number;
  /** 0 (nothing) to 1 (as strong as it gets). */
  readonly strength: number;
}

export const SEVERITIES = ['information', 'watch', 'serious', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * `burst`: many at once; `slow-rise`: more every day; `tone-shift`: no more than usual, but worse; `many-places`: a
 * little in many provinces; `reach`: one event in many newsrooms.
 */
export const ALERT_SIGNS = ['burst', 'slow-rise', 'tone-shift', 'many-places', 'reach'] as const;
export type AlertSign = (typeof ALERT_SIGNS)[number];

/** A rule that fired at one moment, with all that is needed to argue with it later. Stored, never changed. */
export interface Alert {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleVersion: string;
  readonly at: string;
  /** Newest first-seen time of any article that was counted. */
  readonly dataWatermarkAt: string;
  readonly series: SeriesKey;
  readonly seriesName: string;
  readonly severity: Severity;
  /** Articles (capped at two per story) in the rule's window, and what was to be expected. */
  readonly observed: number;
  readonly expected: number;
  readonly spread: number;
  readonly windowHours: number;
  /** Negative ones among `observed`, and their usual share. */
  readonly negative: number;
  readonly usualNegativeShare: number;
  /** Chance that a quiet series looks like this, from the baseline's distribution. */
  readonly falseAlarmProbability: number;
  /** How strong the evidence is, on the scale of the rule's kind of series. */
  readonly score: number;
  /** How often a week the whole office sees as much without a cause, by this rule. */
  readonly falsePagesPerWeek: number;
  /** What stood out: see `ALERT_SIGNS`. */
  readonly sign: AlertSign;
  /** Number of the journal's page that decided. */
  readonly sequence: number;
  readonly signals: readonly Signal[];
  readonly articleIds: readonly string[];
  readonly firstOutletId: string;
  readonly firstArticleAt: string;
  readonly independentNewsrooms: readonly string[];
  readonly storyIds: readonly string[];
  /** Copies folded away by the cap. */
  readonly copiesFolded: number;
  /** What differs from the incident's previous alert, in words for the officer; absent for the first. */
  readonly changed?: string;
}
