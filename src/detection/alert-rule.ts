import type { Severity } from '../domain/alert.ts';
import type { SeriesKind } from '../domain/series.ts';

/** One rule of `config/alert-rules.yaml`: which series it watches and when it fires. */
export interface AlertRule {
  readonly id: string;
  readonly version: string;
  readonly seriesKinds: readonly SeriesKind[];
  /** Hours up to now that are compared with the baseline. */
  readonly windowHours: number;
  /** Fires below this chance of a false alarm. */
  readonly maxFalseAlarmProbability: number;
  /** And not before this many negative articles (two per story at most) and this many independent newsrooms. */
  readonly minNegative: number;
  readonly minNewsrooms: number;
  /** And not unless at least this share of the window is negative. */
  readonly minNegativeShare: number;
  readonly severity: Severity;
  /** What its author expects it to cost. */
  readonly expectedFalsePagesPerWeek: number;
  /** An open incident is told of again only when the observed count has grown by this factor. */
  readonly growthToRepeat: number;
}

/** A planned campaign of `config/campaigns.yaml`: what it covers while it runs is expected, not alarming. */
export interface CampaignWindow {
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly topics: readonly string[];
  readonly facilities: readonly string[];
  readonly terms: readonly string[];
}
