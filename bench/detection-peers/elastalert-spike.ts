import { DayWindows, type Peer } from './hourly-counts.ts';

/** How many times the reference a spike is, and how many it has at least: those of the example rule that is shipped. */
const SPIKE_HEIGHT = 3;
const THRESHOLD_CUR = 5;

/** Whether the current window is a spike over the one before; any count is one over none. */
export function isSpike(current: number, reference: number): boolean {
  return current > 0 && current >= SPIKE_HEIGHT * reference;
}

/**
 * ElastAlert 2's rule `spike`: the last 24 hours are three times those before. What a budget moves is `threshold_cur`,
 * without which the first article of a silent series is a spike. The two windows of silence that follow a match are
 * shorter than what is counted as one episode here.
 *
 * @see https://elastalert2.readthedocs.io/en/latest/ruletypes.html#spike
 */
export const ELASTALERT_SPIKE: Peer = {
  name: 'ElastAlert spike',
  publishedThreshold: THRESHOLD_CUR - 1,
  judge({ hours, counts }, report) {
    counts.forEach((row, series) => {
      const days = new DayWindows(row);
      for (let hour = 48; hour < hours; hour++) {
        const current = days.count(hour, 0);
        if (isSpike(current, days.count(hour, 1))) report(series, hour, current);
      }
    });
  },
};
