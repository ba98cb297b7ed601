import type { HourlySeries } from '../src/detection/forecast.ts';

/** Articles of the next 24 and 72 hours, as a plain method guesses them from the hours before. */
export type Guess = (series: HourlySeries) => readonly [number, number];

const DAY = 24;
const WEEK = 7;

/** As many as in the last 24 hours, every day. */
const persistence: Guess = (series) => {
  const [last = 0] = daysBack(series, 1);
  return [last, 3 * last];
};

const meanOf =
  (days: number): Guess =>
  (series) => {
    const counts = daysBack(series, days);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    return [mean, 3 * mean];
  };

/** The same weekdays of the week before. */
const lastWeek: Guess = (series) => {
  const days = daysBack(series, WEEK);
  return [days[WEEK - 1] ?? 0, (days[WEEK - 1] ?? 0) + (days[WEEK - 2] ?? 0) + (days[WEEK - 3] ?? 0)];
};

/** Smoothing of level and of weekdays that are tried for the smallest squared error on the series' own past. */
const LEVELS = [0.02, 0.05, 0.1, 0.2, 0.4];
const SEASONS = [0.02, 0.05, 0.1, 0.2];

/**
 * Exponential smoothing with a weekday, additive and without a trend, which counts of days do not have; each series gets
 * the pair of constants that would have served it best.
 *
 * @see Winters 1960, doi:10.1287/mnsc.6.3.324
 */
const holtWinters: Guess = (series) => {
  const days = daysBack(series, Math.floor(series.counts.length / DAY)).reverse();
  let best = { error: Number.POSITIVE_INFINITY, next: [0, 0, 0] as readonly number[] };
  for (const level of LEVELS) {
    for (const season of SEASONS) {
      const fit = smoothed(days, level, season);
      if (fit.error < best.error) best = fit;
    }
  }
  const next = best.next.map((count) => Math.max(0, count));
  return [next[0] ?? 0, next.reduce((sum, count) => sum + count, 0)];
};

function smoothed(days: readonly number[], alpha: number, gamma: number) {
  const first = days.slice(0, 2 * WEEK);
  let level = first.reduce((sum, count) => sum + count, 0) / Math.max(1, first.length);
  const seasons = new Float64Array(WEEK);
  let error = 0;
  days.forEach((count, day) => {
    const season = seasons[day % WEEK] as number;
    if (day >= 2 * WEEK) error += (count - level - season) ** 2;
    seasons[day % WEEK] = season + gamma * (count - level - season);
    level += alpha * (count - level - season);
  });
  const next = [0, 1, 2].map((ahead) => level + (seasons[(days.length + ahead) % WEEK] as number));
  return { error, next };
}

/** Counts of the days before the end of a series, the latest first. */
function daysBack({ counts }: HourlySeries, days: number): number[] {
  return Array.from({ length: days }, (_, ago) => {
    let sum = 0;
    for (let i = counts.length - (ago + 1) * DAY; i < counts.length - ago * DAY; i++) {
      sum += counts[i] ?? 0;
    }
    return sum;
  });
}

export const GUESSES: readonly (readonly [name: string, guess: Guess])[] = [
  ['last 24 hours', persistence],
  ['mean of 7 days', meanOf(7)],
  ['mean of 28 days', meanOf(28)],
  ['week before', lastWeek],
  ['Holt-Winters', holtWinters],
];
