/** A share with the interval in which the true one lies 95 times of 100. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** 97.5th percentile of the normal distribution. */
const Z = 1.959964;

/**
 * Share of `part` in `whole` with Wilson's 95 % interval, which stays honest for the small counts of a quiet day.
 *
 * @returns `undefined` where there is nothing to share
 * @see Wilson 1927, doi:10.1080/01621459.1927.10502953
 */
export function wilsonShare(part: number, whole: number): Share | undefined {
  if (whole === 0) return undefined;
  const share = part / whole;
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * whole)) / (1 + z2 / whole);
  const half = (Z / (1 + z2 / whole)) * Math.sqrt((share * (1 - share)) / whole + z2 / (4 * whole * whole));
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
