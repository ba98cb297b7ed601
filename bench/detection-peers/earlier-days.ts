import { DayWindows, MIN_DEVIATION, type Peer } from './hourly-counts.ts';

/**
 * The last 24 hours against the mean of 28 days, two days left out, in Poisson standard deviations: what `baseline.py`
 * beside the simulator does.
 */
export const POISSON_28: Peer = {
  name: 'Poisson 28 days',
  judge({ hours, counts }, report) {
    counts.forEach((row, series) => {
      const days = new DayWindows(row);
      for (let hour = 32 * 24; hour < hours; hour++) {
        const now = days.count(hour, 0);
        if (now === 0) continue;
        const mean = days.sum(hour, 2, 28) / 28;
        report(series, hour, (now - mean) / Math.sqrt(mean + 0.5));
      }
    });
  },
};

/**
 * The last 24 hours against mean and deviation of the 14 days before them: the comparison that media monitoring
 * offers (MedISys, and the alerts of commercial tools). None publishes its formula or its threshold.
 *
 * @see Steinberger et al. 2008, "Text mining from the web for medical intelligence"
 */
export const MEAN_OF_14_DAYS: Peer = {
  name: 'mean of 14 days',
  judge({ hours, counts }, report) {
    counts.forEach((row, series) => {
      const days = new DayWindows(row);
      for (let hour = 15 * 24; hour < hours; hour++) {
        const now = days.count(hour, 0);
        if (now === 0) continue;
        const mean = days.sum(hour, 1, 14) / 14;
        let squares = 0;
        for (let day = 1; day <= 14; day++) squares += (days.count(hour, day) - mean) ** 2;
        report(series, hour, (now - mean) / Math.max(MIN_DEVIATION, Math.sqrt(squares / 13)));
      }
    });
  },
};
