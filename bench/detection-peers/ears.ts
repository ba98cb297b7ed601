import { DayWindows, type HourlyCounts, MIN_DEVIATION, type Peer, type Report } from './hourly-counts.ts';

const BASELINE_DAYS = 7;
/** Days between the baseline of C2 and today. */
const GUARD_DAYS = 2;
/** Days whose excesses C3 adds up. */
const ADDED_DAYS = 3;

/** Upper quantile of a normal at alpha 0.001, the default of `surveillance::earsC` for C1 and C2; the CDC takes 3. */
const Z_999 = 3.0902;
/** The same at the alpha 0.025 of C3. */
const Z_975 = 1.96;

/**
 * How many standard deviations (n - 1) a count is above the mean of its baseline.
 *
 * @param baseline counts of earlier days, two at least
 */
export function deviations(now: number, baseline: Float64Array): number {
  const n = baseline.length;
  let sum = 0;
  for (const count of baseline) sum += count;
  const mean = sum / n;
  let squares = 0;
  for (const count of baseline) squares += (count - mean) ** 2;
  return (now - mean) / Math.max(MIN_DEVIATION, Math.sqrt(squares / (n - 1)));
}

/** What C2 of today and of the two days before it have above one standard deviation, added up. */
export function earsC3(c2: readonly number[]): number {
  return c2.reduce((sum, deviation) => sum + Math.max(0, deviation - 1), 0);
}

type Judge = (days: DayWindows, hour: number, baseline: Float64Array) => number;

const c1: Judge = (days, hour, baseline) => {
  days.fill(baseline, hour, 1);
  return deviations(days.count(hour, 0), baseline);
};

const c2: Judge = (days, hour, baseline) => {
  days.fill(baseline, hour, GUARD_DAYS + 1);
  return deviations(days.count(hour, 0), baseline);
};

const c3: Judge = (days, hour, baseline) =>
  earsC3(Array.from({ length: ADDED_DAYS }, (_, daysAgo) => c2(days, hour - 24 * daysAgo, baseline)));

function everyHour({ hours, counts }: HourlyCounts, report: Report, judge: Judge): void {
  const first = 24 * (BASELINE_DAYS + GUARD_DAYS + ADDED_DAYS + 1);
  const baseline = new Float64Array(BASELINE_DAYS);
  counts.forEach((row, series) => {
    const days = new DayWindows(row);
    for (let hour = first; hour < hours; hour++) {
      const isSilent = days.sum(hour, 0, judge === c3 ? ADDED_DAYS : 1) === 0;
      if (!isSilent) report(series, hour, judge(days, hour, baseline));
    }
  });
}

/**
 * EARS: today against mean and standard deviation of the seven days before (C1), of seven days two days earlier (C2),
 * and the excess of three days of C2 (C3). The deviation has a floor, which `surveillance::earsC` calls `minSigma`.
 *
 * @see Hutwagner et al. 2003, Journal of Urban Health 80 (2 Suppl 1), i89–i96
 * @see Salmon, Schumacher and Höhle 2016, doi:10.18637/jss.v070.i10, for the definitions in R
 */
export const EARS: readonly Peer[] = [
  {
    name: 'EARS C1',
    publishedThreshold: Z_999,
    judge: (counts, report) => everyHour(counts, report, c1),
  },
  {
    name: 'EARS C2',
    publishedThreshold: Z_999,
    judge: (counts, report) => everyHour(counts, report, c2),
  },
  {
    name: 'EARS C3',
    publishedThreshold: Z_975,
    judge: (counts, report) => everyHour(counts, report, c3),
  },
];
