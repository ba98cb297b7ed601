import { DayWindows, type HourlyCounts, MIN_MEAN, type Peer, type Report } from './hourly-counts.ts';

/** Reference value and decision interval are those that `surveillance::algo.cusum` has by default. */
const REFERENCE = 1.04;
const INTERVAL = 2.26;

/** Residual of Rossi et al. 1999, which stays near normal where counts are small. */
export function rossiResidual(count: number, mean: number): number {
  return (count - 3 * mean + 2 * Math.sqrt(count * mean)) / (2 * Math.sqrt(mean));
}

/** Residual of Anscombe 1953 for a Poisson count. */
export function anscombeResidual(count: number, mean: number): number {
  return (1.5 * (count ** (2 / 3) - mean ** (2 / 3))) / mean ** (1 / 6);
}

/** The sum after one more residual. */
export function cusumStep(sum: number, residual: number): number {
  return Math.max(0, sum + residual - REFERENCE);
}

function daily(
  { hours, counts }: HourlyCounts,
  report: Report,
  residual: (count: number, mean: number) => number,
): void {
  counts.forEach((row, series) => {
    const days = new DayWindows(row);
    let sum = 0;
    for (let hour = 32 * 24 - 1; hour < hours; hour += 24) {
      const mean = Math.max(MIN_MEAN, days.sum(hour, 3, 28) / 28);
      sum = cusumStep(sum, residual(days.count(hour, 0), mean));
      if (sum > 0) report(series, hour, sum);
    }
  });
}

/**
 * CUSUM of daily residuals, judged at the end of each day. The mean is that of 28 days, three days left out, where R's
 * takes all the past once: counts of news drift.
 *
 * @see Rossi, Lampugnani and Marchi 1999, doi:10.1002/(SICI)1097-0258(19990830)18:16<2111::AID-SIM171>3.0.CO;2-Q
 */
export const CUSUM: readonly Peer[] = [
  {
    name: 'CUSUM, Rossi',
    publishedThreshold: INTERVAL,
    judge: (counts, report) => daily(counts, report, rossiResidual),
  },
  {
    name: 'CUSUM, Anscombe',
    publishedThreshold: INTERVAL,
    judge: (counts, report) => daily(counts, report, anscombeResidual),
  },
];
