/** Terms smaller than this share of the sum so far no longer change a double. */
const NEGLIGIBLE = 1e-16;

/** Bounds the work where a mean is absurd; by then the sum has long converged. */
const MAX_TERMS = 100_000;

/** Beyond this size a negative binomial is a Poisson to every digit that matters. */
const POISSON_SIZE = 1e9;

/**
 * Chance that a negative binomial count reaches `atLeast`.
 *
 * The tail is summed from its first term upward, so that chances far below 1e-16 keep their digits, which one
 * minus the lower sum would lose. Terms follow from each other by the recursion of the (a, b, 0) class.
 *
 * @param atLeast  a count; chances of 0 and below are 1
 * @param mean     what was expected, above 0 (0 gives 0 for any positive count)
 * @param size     the shape r: variance = mean + mean² / r; `Infinity` gives a Poisson count
 * @throws {RangeError} if the mean is negative, or the size is not above 0
 * @see Panjer 1981, doi:10.2143/AST.12.1.6796, for the recursion
 */
export function negativeBinomialTail(atLeast: number, mean: number, size: number): number {
  if (!(mean >= 0)) throw new RangeError(`The mean must not be negative, got ${mean}`);
  if (!(size > 0)) throw new RangeError(`The size must be above 0, got ${size}`);
  const first = Math.ceil(atLeast);
  if (first <= 0) return 1;
  if (mean === 0) return 0;

  const isPoisson = size >= POISSON_SIZE;
  const ratio = (k: number) => (isPoisson ? mean / (k + 1) : ((k + size) * mean) / ((k + 1) * (size + mean)));
  let log = isPoisson ? -mean : -size * Math.log1p(mean / size);
  for (let k = 0; k < first; k++) log += Math.log(ratio(k));

  let term = Math.exp(log);
  let sum = 0;
  for (let k = first; k < first + MAX_TERMS; k++) {
    sum += term;
    const next = term * ratio(k);
    if (next < sum * NEGLIGIBLE && next <= term) break;
    term = next;
  }
  return Math.min(1, sum);
}

/**
 * Chance that at least `atLeast` of `trials` articles are of a kind whose usual share is `share`.
 *
 * The share itself wavers from day to day; `correlation` says how much (0 gives a binomial count).
 *
 * @param correlation intra-class correlation rho of the beta-binomial, in [0, 1)
 * @see Skellam 1948, doi:10.1111/j.2517-6161.1948.tb00014.x
 */
export function betaBinomialTail(
  atLeast: number,
  trials: number,
  share: number,
  correlation: number,
): number {
  if (atLeast <= 0) return 1;
  if (atLeast > trials) return 0;
  const spread = Math.max(correlation, 1e-9);
  const total = 1 / spread - 1;
  const a = Math.max(share, 1e-6) * total;
  const b = Math.max(1 - share, 1e-6) * total;

  // All positive first, then downwards: every term follows from the one above it.
  let log = 0;
  for (let i = 0; i < trials; i++) log += Math.log((a + i) / (a + b + i));
  let sum = 0;
  for (let k = trials; k >= atLeast; k--) {
    sum += Math.exp(log);
    log += Math.log((k * (b + trials - k)) / ((trials - k + 1) * (a + k - 1)));
  }
  return Math.min(1, sum);
}
