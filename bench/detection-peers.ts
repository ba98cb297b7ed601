import type { Observation } from '../src/detection/stream/observation.ts';
import { hourOfMs } from '../src/detection/stream/stream-detector.ts';

/** Hourly counts of every series: what the peers are given. */
export interface HourlyCounts {
  /** Number of the first hour on a Vietnamese clock. */
  readonly start: number;
  readonly hours: number;
  /** One row of `hours` counts a series. */
  readonly counts: readonly Float64Array[];
}

export type Report = (series: number, hour: number, score: number) => void;

/**
 * Counts articles the way a peer would be given them.
 *
 * @param clean  true: negative articles, two copies of a story at most, late ones left out; false: all articles
 */
export function hourlyCounts(
  observations: readonly Observation[],
  names: readonly string[],
  { start, hours, clean }: { start: number; hours: number; clean: boolean },
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
      const counts = !clean || (isNegative && !isLate && copy <= 2);
      const row = rows.get(name);
      if (counts && row !== undefined && hour >= 0 && hour < hours) row[hour] = (row[hour] ?? 0) + 1;
    }
  }
  return { start, hours, counts: [...rows.values()] };
}

/** Smallest standard deviation: without it any rise of a silent series would be infinitely many of them. */
const MIN_DEVIATION = 0.5;

/**
 * EARS C2: the last 24 hours against mean and standard deviation (n - 1) of the seven days before the two last, in
 * windows cut at the full hour as epitweetr cuts them.
 *
 * @see Hutwagner et al. 2003, doi:10.1007/PL00022313
 */
export function earsC2({ hours, counts }: HourlyCounts, report: Report): void {
  counts.forEach((row, series) => {
    const sums = cumulative(row);
    for (let hour = 10 * 24; hour < hours; hour++) {
      const now = windowSum(sums, hour, 0);
      if (now === 0) continue;
      let mean = 0;
      let squares = 0;
      for (let day = 3; day <= 9; day++) {
        const count = windowSum(sums, hour, day);
        mean += count / 7;
        squares += count * count;
      }
      const deviation = Math.sqrt(Math.max(0, squares - 7 * mean * mean) / 6);
      report(series, hour, (now - mean) / Math.max(MIN_DEVIATION, deviation));
    }
  });
}

/** The last 24 hours against the mean of 28 days, two days left out, in Poisson standard deviations. */
export function poisson28({ hours, counts }: HourlyCounts, report: Report): void {
  counts.forEach((row, series) => {
    const sums = cumulative(row);
    for (let hour = 32 * 24; hour < hours; hour++) {
      const now = windowSum(sums, hour, 0);
      if (now === 0) continue;
      const end = hour + 1 - 48;
      const mean = ((sums[end] ?? 0) - (sums[end - 28 * 24] ?? 0)) / 28;
      report(series, hour, (now - mean) / Math.sqrt(mean + 0.5));
    }
  });
}

/** Reference value and decision interval are those of `surveillance::algo.cusum`'s defaults for a rare outbreak. */
const CUSUM_REFERENCE = 1.04;

/**
 * Daily CUSUM of Anscombe residuals against the mean of 28 days, three days left out; judged at the end of each day.
 *
 * @see Rossi, Lampugnani and Marchi 1999, doi:10.1002/(SICI)1097-0258(19990830)18:16<2111::AID-SIM171>3.0.CO;2-Q
 */
export function dailyCusum({ hours, counts }: HourlyCounts, report: Report): void {
  counts.forEach((row, series) => {
    const sums = cumulative(row);
    let cusum = 0;
    for (let hour = 32 * 24 - 1; hour < hours; hour += 24) {
      const now = windowSum(sums, hour, 0);
      const end = hour + 1 - 72;
      const mean = Math.max(0.02, ((sums[end] ?? 0) - (sums[end - 28 * 24] ?? 0)) / 28);
      const residual = (1.5 * (now ** (2 / 3) - mean ** (2 / 3))) / mean ** (1 / 6);
      cusum = Math.max(0, cusum + residual - CUSUM_REFERENCE);
      if (cusum > 0) report(series, hour, cusum);
    }
  });
}

function cumulative(row: Float64Array): Float64Array {
  const sums = new Float64Array(row.length + 1);
  for (let hour = 0; hour < row.length; hour++) sums[hour + 1] = (sums[hour] ?? 0) + (row[hour] ?? 0);
  return sums;
}

/** Count of the 24 hours that ended `daysAgo` days before the end of `hour`. */
function windowSum(sums: Float64Array, hour: number, daysAgo: number): number {
  const end = hour + 1 - 24 * daysAgo;
  return (sums[end] ?? 0) - (sums[Math.max(0, end - 24)] ?? 0);
}
