import { DayWindows, type HourlyCounts, MIN_DEVIATION, type Peer, type Report } from './hourly-counts.ts';

/** Days of the baseline. */
const DAYS = 7;
/** Student's t at 0.95 with n - 2 = 5 degrees of freedom: a residual beyond it weighs less. */
const OUTLIER = 2.015;
/** Power of the weight of an outlier. */
const DECAY = 4;
/** Student's t at 1 - 0.025 / 63 with 6 degrees of freedom: the default level, shared among the regions of a country. */
const T_OF_63_REGIONS = 6.226;

/**
 * How far a count is above a baseline whose own outliers weigh less, in the units of Student's t: `ears_t_reweighted`
 * alarms where this is above the quantile with n - 1 degrees of freedom.
 *
 * @param baseline counts of earlier days; where all are equal the original gives no number, here the floor decides
 */
export function reweightedT(now: number, baseline: Float64Array): number {
  const n = baseline.length;
  const even = moments(baseline, undefined);
  const weights = baseline.map((count) => {
    const rest = even.squares - ((count - even.mean) ** 2 * n) / (n - 1);
    const deviation = Math.sqrt(Math.max(0, rest) / (n - 2));
    const residual = (count - even.mean) / (deviation * Math.sqrt(1 - 1 / n));
    return residual > OUTLIER ? (OUTLIER / residual) ** DECAY : 1;
  });
  const { mean, squares } = moments(baseline, weights);
  const spread = Math.max(MIN_DEVIATION, Math.sqrt(squares / (n - 1)));
  return (now - mean) / (spread * Math.sqrt(1 + 1 / n));
}

/** Mean, and sum of squares about it, with weights scaled to add up to the number of counts. */
function moments(counts: Float64Array, weights: Float64Array | undefined): { mean: number; squares: number } {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const weight = weights === undefined ? 1 : (weights[i] as number);
    total += weight;
    sum += weight * (counts[i] as number);
  }
  const mean = sum / total;
  let squares = 0;
  for (let i = 0; i < counts.length; i++) {
    const weight = weights === undefined ? 1 : (weights[i] as number);
    squares += weight * ((counts[i] as number) - mean) ** 2;
  }
  return { mean, squares: (squares * counts.length) / total };
}

function everyHour({ hours, counts }: HourlyCounts, report: Report, step: number): void {
  const baseline = new Float64Array(DAYS);
  counts.forEach((row, series) => {
    const days = new DayWindows(row);
    for (let hour = 24 * (DAYS * step + 1); hour < hours; hour++) {
      const now = days.count(hour, 0);
      if (now === 0) continue;
      days.fill(baseline, hour, step, step);
      report(series, hour, reweightedT(now, baseline));
    }
  });
}

/**
 * epitweetr's modified EARS over rolling windows of 24 hours that are cut at the last full hour: against the seven days
 * before, or the same weekday of the seven weeks before.
 *
 * @see Espinosa et al. 2022, doi:10.2807/1560-7917.ES.2022.27.39.2200177
 */
export const EPITWEETR: readonly Peer[] = [
  {
    name: 'epitweetr',
    publishedThreshold: T_OF_63_REGIONS,
    judge: (counts, report) => everyHour(counts, report, 1),
  },
  {
    name: 'epitweetr, weekday',
    publishedThreshold: T_OF_63_REGIONS,
    judge: (counts, report) => everyHour(counts, report, 7),
  },
];
