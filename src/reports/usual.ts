/** What is usual of the same moment of the week, from the weeks before: robust against the odd week out. */
export interface Usual {
  readonly median: number;
  /** Scaled so that it equals the standard deviation where nothing is odd. */
  readonly spread: number;
  /** Weeks that it rests on. */
  readonly weeks: number;
}

/** Fewer weeks do not show what is usual. */
const LEAST_WEEKS = 3;

/** Median absolute deviation to standard deviation of a normal distribution; Rousseeuw & Croux 1993. */
const MAD_TO_SD = 1.4826;

/**
 * Median and spread (median absolute deviation, never below that of a Poisson count) of earlier values.
 *
 * @returns `undefined` where there are too few
 */
export function usualOf(earlier: readonly number[]): Usual | undefined {
  if (earlier.length < LEAST_WEEKS) return undefined;
  const median = medianOf(earlier);
  const deviation = MAD_TO_SD * medianOf(earlier.map((value) => Math.abs(value - median)));
  return { median, spread: Math.max(deviation, Math.sqrt(median)), weeks: earlier.length };
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
