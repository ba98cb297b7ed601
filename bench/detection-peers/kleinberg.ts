import { DayWindows, MIN_MEAN, type Peer } from './hourly-counts.ts';

/** How many times the usual rate a burst has: the s of the paper, and the default of the R package `bursts`. */
const SCALING = 2;
/** Cost of entering a burst, in units of ln n: the gamma of the paper, with its default. */
const GAMMA = 1;

/**
 * By how much the burst explains the days so far better than the usual rate does, less what was given up since: the
 * difference of the two paths' costs in the automaton of two states, where leaving a burst costs nothing.
 */
export function burstStep(gain: number, count: number, mean: number): number {
  return Math.max(0, gain + count * Math.log(SCALING) - (SCALING - 1) * mean);
}

/**
 * Kleinberg's bursts with two states over days, online: a burst has begun when its gain pays for entering it, gamma ln n
 * after n days. The usual rate is the mean of 28 days, three days left out.
 *
 * @see Kleinberg 2002, doi:10.1145/775047.775061
 */
export const KLEINBERG: Peer = {
  name: 'Kleinberg bursts',
  publishedThreshold: GAMMA,
  judge({ hours, counts }, report) {
    counts.forEach((row, series) => {
      const days = new DayWindows(row);
      let gain = 0;
      for (let hour = 32 * 24 - 1; hour < hours; hour += 24) {
        const mean = Math.max(MIN_MEAN, days.sum(hour, 3, 28) / 28);
        gain = burstStep(gain, days.count(hour, 0), mean);
        if (gain > 0) report(series, hour, gain / Math.log((hour + 1) / 24));
      }
    });
  },
};
