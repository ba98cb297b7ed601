import type { Severity } from '../domain/alert.ts';
import type { SeriesKind } from '../domain/series.ts';

/** One rule of `config/alert-rules.yaml`: which series it watches and when it fires. */
export interface AlertRule {
  readonly id: string;
  readonly version: string;
  readonly seriesKinds: readonly SeriesKind[];
  /** Hours up to now in which what follows is counted, and which an officer is shown. */
  readonly windowHours: number;
  /** Does not fire before this many negative articles (two per story at most) and this many independent newsrooms. */
  readonly minNegative: number;
  readonly minNewsrooms: number;
  /** And not unless at least this share of the window is negative. */
  readonly minNegativeShare: number;
  readonly severity: Severity;
  /** Fires where the whole office sees as much without a cause no more often than this. */
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
