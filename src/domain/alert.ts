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
  /** Chance that a quiet series looks like this, from the baseline's distribution. */
  readonly falseAlarmProbability: number;
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
