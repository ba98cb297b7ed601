/** How sure one can be that something has changed: ratios of rates and differences of shares with 95 % intervals. */
import { wilsonShare } from './share.ts';

/** 97.5th percentile of the normal distribution. */
const Z = 1.959964;

export interface Counted {
  readonly count: number;
  /** Days in which it could be counted. */
  readonly days: number;
}

export interface RateRatio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Logarithm of the ratio over its standard error. */
  readonly z: number;
}

/**
 * Rate per day now over rate per day before, log-normal, with half an event added to both where one of them is none.
 *
 * @param dispersion  variance over mean of daily counts; 1 is a Poisson, and less is taken for it
 * @returns `undefined` where nothing could be counted in either time, or nothing was in both
 * @see Rothman, Greenland, Lash, Modern Epidemiology, 3rd ed., chapter 14: the ratio of two person-time rates;
 *   McCullagh & Nelder, Generalized Linear Models, 2nd ed., section 6.2.3: over-dispersed counts
 */
export function rateRatio(now: Counted, before: Counted, dispersion = 1): RateRatio | undefined {
  if (now.days <= 0 || before.days <= 0 || now.count + before.count === 0) return undefined;
  const added = now.count === 0 || before.count === 0 ? 0.5 : 0;
  const [a, b] = [now.count + added, before.count + added];
  const log = Math.log(a / now.days / (b / before.days));
  const error = Math.sqrt(Math.max(1, dispersion) * (1 / a + 1 / b));
  return {
    ratio: Math.exp(log),
    low: Math.exp(log - Z * error),
    high: Math.exp(log + Z * error),
    z: log / error,
  };
}

/**
 * Pearson's variance over mean of daily counts about the mean of their own month, of several months together.
 *
 * @param months  counts of every day of each, days with nothing included
 */
export function dailyDispersion(months: readonly (readonly number[])[]): number {
  let squares = 0;
  let freedom = 0;
  for (const days of months) {
    const mean = days.reduce((sum, count) => sum + count, 0) / days.length;
    if (!(mean > 0)) continue;
    squares += days.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
    freedom += days.length - 1;
  }
  return freedom === 0 ? 1 : Math.max(1, squares / freedom);
}

export interface ShareDifference {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Share now minus share before, with Newcombe's hybrid score interval.
 *
 * @returns `undefined` where either whole is none
 * @see Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10,
 *   doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
 */
export function shareDifference(
  now: { readonly part: number; readonly whole: number },
  before: { readonly part: number; readonly whole: number },
): ShareDifference | undefined {
  const [a, b] = [wilsonShare(now.part, now.whole), wilsonShare(before.part, before.whole)];
  if (a === undefined || b === undefined) return undefined;
  const difference = a.share - b.share;
  return {
    difference,
    low: difference - Math.hypot(a.share - a.low, b.high - b.share),
    high: difference + Math.hypot(a.high - a.share, b.share - b.low),
  };
}
