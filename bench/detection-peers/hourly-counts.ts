import type { Observation } from '../../src/detection/stream/observation.ts';
import { hourOfMs } from '../../src/detection/stream/stream-detector.ts';

/** Hourly counts of every series: what the peers are given. */
export interface HourlyCounts {
  readonly hours: number;
  /** One row of `hours` counts a series; hour 0 is midnight on a Vietnamese clock. */
  readonly counts: readonly Float64Array[];
}

/** Takes an evaluation of a series in the hour that has just ended; what is not reported is no alarm at any threshold. */
export type Report = (series: number, hour: number, score: number) => void;

/** A published detector, as its authors describe it, over all series. */
export interface Peer {
  readonly name: string;
  /** An alarm is a score above this where the authors, or the program that they ship, say so. */
  readonly publishedThreshold?: number;
  judge(counts: HourlyCounts, report: Report): void;
}

/** What a count is of; `ours` is negative articles, two copies of a story at most, late ones left out. */
export type Counted = 'all articles' | 'negative articles' | 'ours';

/** Counts articles the way a peer would be given them. */
export function hourlyCounts(
  observations: readonly Observation[],
  names: readonly string[],
  { start, hours, counted }: { start: number; hours: number; counted: Counted },
): HourlyCounts {
  const rows = new Map(names.map((name) => [name, new Float64Array(hours)]));
  const copies = new Map<string, number>();
  for (const observation of observations) {
    if (observation.type !== 'article') continue;
    const { series, story, isLate, isNegative } = observation;
    const hour = hourOfMs(observation.at) - start;
    for (const name of series) {
      const copy = (copies.get(`${name}|${story}`) ?? 0) + 1;
      copies.set(`${name}|${story}`, copy);
      const counts =
        counted === 'all articles' || (isNegative && (counted !== 'ours' || (!isLate && copy <= 2)));
      const row = rows.get(name);
      if (counts && row !== undefined && hour >= 0 && hour < hours) row[hour] = (row[hour] ?? 0) + 1;
    }
  }
  return { hours, counts: [...rows.values()] };
}

/**
 * Counts of the 24 hours that end with an hour, as epitweetr cuts its days: every hour is judged on a whole day, and no
 * method needs to know the hours of the day.
 */
export class DayWindows {
  readonly #sums: Float64Array;

  constructor(row: Float64Array) {
    this.#sums = new Float64Array(row.length + 1);
    for (let hour = 0; hour < row.length; hour++) {
      this.#sums[hour + 1] = (this.#sums[hour] ?? 0) + (row[hour] ?? 0);
    }
  }

  /** Count of the 24 hours that ended `daysAgo` days before the end of `hour`. */
  count(hour: number, daysAgo: number): number {
    return this.sum(hour, daysAgo, 1);
  }

  /** Counts of one day each into `days`, the first ended `daysAgo` days before the end of `hour`, then every `step`th. */
  fill(days: Float64Array, hour: number, daysAgo: number, step = 1): void {
    for (let i = 0; i < days.length; i++) days[i] = this.sum(hour, daysAgo + i * step, 1);
  }

  /** Count of `days` days that ended `daysAgo` days before the end of `hour`. */
  sum(hour: number, daysAgo: number, days: number): number {
    const end = Math.max(0, hour + 1 - 24 * daysAgo);
    return (this.#sums[end] ?? 0) - (this.#sums[Math.max(0, end - 24 * days)] ?? 0);
  }
}

/** Smallest standard deviation: without it any rise of a silent series would be infinitely many of them. */
export const MIN_DEVIATION = 0.5;
/** Smallest mean of a day, for the same reason. */
export const MIN_MEAN = 0.02;
