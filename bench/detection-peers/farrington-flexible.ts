import { negativeBinomialTail } from '../../src/detection/tail-probability.ts';
import { DayWindows, type HourlyCounts, MIN_MEAN, type Peer, type Report } from './hourly-counts.ts';
import { fitQuasiPoisson, type Observed, predictorOf, type QuasiPoissonFit } from './quasi-poisson.ts';

const YEAR = 365;
/** Years looked back, as far as there are any. */
const YEARS = 5;
/** The same time of year reaches so many days to both sides: the three weeks of the original. */
const HALF_WINDOW = 21;
/** Levels of the season, the last of which is the time of year that is judged. */
const LEVELS = 10;
/** The last 26 weeks are left out, lest an outbreak under way becomes its own baseline. */
const LEFT_OUT = 182;
/** Anscombe residuals above this weigh less. */
const OUTLIER = 2.58;
/** A trend needs so many years, and to be surer of itself than this. */
const TREND_YEARS = 3;
const TREND_CHANCE = 0.05;
/** No alarm with fewer articles than this in four weeks. */
const MIN_RECENT = 5;
const RECENT_DAYS = 28;
/** How long a fit serves. */
const REFIT_DAYS = 7;
/** The upper 0.5 % of a negative binomial: Noufaily et al. 2013, section 3.5. */
const UPPER_TAIL = 0.005;

const TREND_COLUMN = LEVELS + 7;

/** What is expected of the days that follow a fit. */
export interface Expectation {
  /** Variance over mean. */
  readonly dispersion: number;
  readonly hasTrend: boolean;
  /** Mean of a day, counted as the days that were fitted. */
  meanOf(day: number): number;
}

/**
 * Level of the season of an earlier day, 1 to 10, or `undefined` before the first reference window. The level 10 is
 * that of the day judged and of the windows around it a year, two years … earlier; what lies between two windows is
 * shared among the other nine.
 */
export function seasonLevel(day: number, today: number, years: number): number | undefined {
  const ago = today - day;
  if (ago < 0 || ago > years * YEAR + HALF_WINDOW) return undefined;
  const reference = Math.round(ago / YEAR);
  if (Math.abs(ago - reference * YEAR) <= HALF_WINDOW) return LEVELS;
  const since = YEAR - (ago % YEAR) - HALF_WINDOW - 1;
  const between = YEAR - 2 * HALF_WINDOW - 1;
  const longer = between % (LEVELS - 1);
  const length = Math.floor(between / (LEVELS - 1));
  const inLonger = longer * (length + 1);
  return since < inLonger
    ? Math.floor(since / (length + 1)) + 1
    : longer + Math.floor((since - inLonger) / length) + 1;
}

/**
 * Expects the days from `today` on from the counts of earlier days.
 *
 * @param counts  a count a day, from any first day
 * @returns `undefined` with less than a year of history
 */
export function expectFrom(counts: Float64Array, today: number): Expectation | undefined {
  const years = Math.min(YEARS, Math.floor(today / YEAR));
  if (years === 0) return undefined;
  const rows = (hasTrend: boolean) => observedBefore(counts, today, { years, hasTrend });
  const plain = () => expectation(fitRobustly(rows(false)), false, today);
  if (years < TREND_YEARS) return plain();
  const observed = rows(true);
  const fit = fitRobustly(observed);
  const trended = expectation(fit, true, today);
  const highest = observed.reduce((max, { count }) => Math.max(max, count), 0);
  const isFit =
    fit.converged && fit.chanceOf(TREND_COLUMN) < TREND_CHANCE && trended.meanOf(today) <= highest;
  return isFit ? trended : plain();
}

/** Fits, gives days with high residuals less weight, and fits again. */
function fitRobustly(observed: readonly Observed[]): QuasiPoissonFit {
  const even = new Float64Array(observed.length).fill(1);
  const first = fitQuasiPoisson(observed, TREND_COLUMN + 1, even);
  const residuals = observed.map(({ count }, i) =>
    anscombe(count, first.means[i] as number, first.dispersion * (1 - (first.leverages[i] as number))),
  );
  return fitQuasiPoisson(
    observed,
    TREND_COLUMN + 1,
    weightsOf(
      residuals,
      observed.map(({ times }) => times),
    ),
  );
}

function anscombe(count: number, mean: number, variance: number): number {
  return (1.5 * (count ** (2 / 3) * mean ** (-1 / 6) - Math.sqrt(mean))) / Math.sqrt(variance);
}

/** A residual's inverse square above 2.58, scaled so that the weights add up to their number. */
export function weightsOf(residuals: readonly number[], times: readonly number[]): Float64Array {
  const raw = Float64Array.from(residuals, (residual) => (residual > OUTLIER ? residual ** -2 : 1));
  const sum = raw.reduce((all, weight, i) => all + weight * (times[i] ?? 0), 0);
  const scale = times.reduce((all, each) => all + each, 0) / sum;
  return raw.map((weight) => weight * scale);
}

/** Without a trend days of the same level and weekday with the same count are one row. */
function observedBefore(
  counts: Float64Array,
  today: number,
  { years, hasTrend }: { years: number; hasTrend: boolean },
): Observed[] {
  const observed = new Map<number, { -readonly [K in keyof Observed]: Observed[K] }>();
  for (let day = 0; day < today - LEFT_OUT; day++) {
    const level = seasonLevel(day, today, years);
    if (level === undefined) continue;
    const count = counts[day] as number;
    const weekday = day % 7;
    const key = hasTrend ? day : (count * LEVELS + level - 1) * 7 + weekday;
    const row = observed.get(key);
    if (row !== undefined) {
      row.times++;
      continue;
    }
    const columns = [level - 1, LEVELS + weekday];
    observed.set(key, {
      count,
      times: 1,
      columns: hasTrend ? [...columns, TREND_COLUMN] : columns,
      factors: hasTrend ? [1, 1, (day - today) / YEAR] : [1, 1],
    });
  }
  return [...observed.values()];
}

function expectation(
  { coefficients, dispersion }: QuasiPoissonFit,
  hasTrend: boolean,
  today: number,
): Expectation {
  return {
    dispersion,
    hasTrend,
    meanOf: (day) => {
      const columns = [LEVELS - 1, LEVELS + (day % 7), TREND_COLUMN];
      const factors = [1, 1, hasTrend ? (day - today) / YEAR : 0];
      return Math.exp(predictorOf({ columns, factors }, coefficients));
    },
  };
}

/**
 * How rare a count is, as minus log10 of the chance to reach it: the plug-in negative binomial with the expected mean and
 * dispersion. Its quantiles are the thresholds of the method `nbPlugin`.
 */
export function rarity(count: number, mean: number, dispersion: number): number {
  const size = dispersion > 1 ? mean / (dispersion - 1) : Number.POSITIVE_INFINITY;
  return -Math.log10(Math.max(1e-300, negativeBinomialTail(count, mean, size)));
}

function judgeDays({ hours, counts }: HourlyCounts, report: Report): void {
  counts.forEach((row, series) => {
    const days = new DayWindows(row);
    const daily = Float64Array.from({ length: Math.floor(hours / 24) }, (_, day) =>
      days.count(24 * day + 23, 0),
    );
    let fitted = { day: -1, expected: undefined as Expectation | undefined };
    for (let hour = YEAR * 24; hour < hours; hour++) {
      const now = days.count(hour, 0);
      if (now === 0 || days.sum(hour, 0, RECENT_DAYS) < MIN_RECENT) continue;
      const day = Math.floor(hour / 24);
      const fitDay = day - ((day - YEAR) % REFIT_DAYS);
      if (fitted.day !== fitDay) fitted = { day: fitDay, expected: expectFrom(daily, fitDay) };
      if (fitted.expected === undefined) continue;
      const { dispersion, meanOf } = fitted.expected;
      const part = ((hour % 24) + 1) / 24;
      const mean = part * meanOf(day) + (1 - part) * meanOf(day - 1);
      if (now > mean) report(series, hour, rarity(now, Math.max(MIN_MEAN, mean), dispersion));
    }
  });
}

/**
 * Farrington flexible on days: quasi-Poisson regression on a season of ten levels, the weekday, and a trend where three
 * years bear it out; reweighted by Anscombe residuals, the last 26 weeks left out. The original judges weeks; here
 * rolling windows of 24 hours are judged every hour, and a fit serves a week.
 *
 * @see Noufaily et al. 2013, doi:10.1002/sim.5595
 */
export const FARRINGTON_FLEXIBLE: Peer = {
  name: 'Farrington flexible, weekday',
  publishedThreshold: -Math.log10(UPPER_TAIL),
  judge: judgeDays,
};
