/** Share of a day's articles that newsrooms publish in each hour of a Vietnamese clock, relative to an even day. */
export const USUAL_HOURS = [
  0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 1.0, 1.6, 1.8, 1.9, 1.8, 1.4, 1.0, 1.2, 1.6, 1.7, 1.7, 1.5, 1.2, 1.0, 0.9,
  0.7, 0.5, 0.3,
];
/** The same for weekdays, Sunday first. */
export const USUAL_WEEKDAYS = [0.75, 1.05, 1.08, 1.08, 1.08, 1.06, 0.9];
