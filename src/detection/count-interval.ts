/** Chance that is left out on either side. */
const TAIL = 0.1;

/** Below this variance over mean a count is a Poisson. */
const POISSON_DISPERSION = 1.001;

/** Counts with means beyond this are as good as normal, and are not summed one by one. */
const MOST_SUMMED = 2000;
const NORMAL_90 = 1.2816;

export interface CountInterval {
  /** The number that is as likely to be passed as not. */
  readonly likely: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Median and 80 % interval of a negative binomial count.
 *
 * Counts are whole: each end is the one whose tail comes nearest to a tenth, so that the interval is as often right as
 * it says, on average, instead of always more often.
 *
 * @param mean        what is expected, 0 or more
 * @param dispersion  variance over mean, 1 at least
 */
export function countInterval(mean: number, dispersion: number): CountInterval {
  if (mean > MOST_SUMMED) {
    const reach = NORMAL_90 * Math.sqrt(mean * dispersion);
    return { likely: Math.round(mean), low: Math.round(mean - reach), high: Math.round(mean + reach) };
  }
  const below = cumulative(mean, dispersion);
  const chanceBelow = (count: number) => (count === 0 ? 0 : (below[count - 1] as number));
  return {
    likely: below.findIndex((chance) => chance >= 0.5),
    low: nearest(below, (count) => chanceBelow(count) - TAIL),
    high: nearest(below, (count) => 1 - (below[count] as number) - TAIL),
  };
}

/** Chances of at most 0, 1, 2 … until nearly all is said. */
function cumulative(mean: number, dispersion: number): number[] {
  const isPoisson = dispersion < POISSON_DISPERSION;
  const size = mean / (dispersion - 1);
  let log = isPoisson ? -mean : -size * Math.log(dispersion);
  const chances: number[] = [];
  let sum = 0;
  for (let count = 0; sum < 1 - TAIL / 10; count++) {
    sum += Math.exp(log);
    chances.push(sum);
    log += isPoisson
      ? Math.log(mean / (count + 1))
      : Math.log(((count + size) / (count + 1)) * (1 - 1 / dispersion));
    if (log === Number.NEGATIVE_INFINITY) break;
  }
  return chances;
}

function nearest(below: readonly number[], distance: (count: number) => number): number {
  let best = 0;
  for (let count = 1; count < below.length; count++) {
    if (Math.abs(distance(count)) < Math.abs(distance(best))) best = count;
  }
  return best;
}
