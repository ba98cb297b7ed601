/** One day of what is judged and of what it is compared with. */
export interface ComparedDay {
  readonly articles: number;
  readonly negative: number;
  readonly controlArticles: number;
  readonly controlNegative: number;
}

/** A change with the interval in which the true one lies 95 times of 100. */
export interface Effect {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Difference {
  /** By what factor articles became more frequent than those of the control; 1 is no change. */
  readonly rateRatio: Effect | undefined;
  /** By how much the share negative changed more than the control's, from -1 to 1; 0 is no change. */
  readonly negativeShare: Effect | undefined;
}

/** Fewer days or articles say nothing that an interval could make honest. */
const LEAST_DAYS_BEFORE = 14;
const LEAST_DAYS = 3;
const LEAST_ARTICLES = 10;
const LEAST_CONTROL = 20;
const LEAST_IN_CELL = 5;

/** News runs on for some days: a day is no fresh witness of what the day before has told. */
const LAGS = 3;

/**
 * Difference in differences of what is judged against its control, between two stretches of days.
 *
 * Each day's articles are taken as a draw from those of both together, so that whatever moves all news alike (weekdays,
 * holidays, outages) cancels: the difference of the log odds of the two stretches is the log ratio of rate ratios. Its
 * variance is that of a quasi-binomial model, with dispersion and correlation of neighbouring days taken from the
 * residuals and Student's quantiles. Shares negative are compared on their own scale, each of the four with a
 * dispersion of its own. Zeros are met with Haldane's half.
 *
 * @returns `undefined` for what there is not enough data for
 * @see Wedderburn 1974, doi:10.1093/biomet/61.3.439; Newey & West 1987, doi:10.2307/1913610; on days that are no fresh
 *   witnesses: Bertrand, Duflo & Mullainathan 2004, doi:10.1162/003355304772839588
 */
export function differenceInDifferences(
  before: readonly ComparedDay[],
  during: readonly ComparedDay[],
): Difference {
  const [a, b] = [totals(before), totals(during)];
  const isEnough =
    before.length >= LEAST_DAYS_BEFORE &&
    during.length >= LEAST_DAYS &&
    a.articles + b.articles >= LEAST_ARTICLES &&
    Math.min(a.controlArticles, b.controlArticles) >= LEAST_CONTROL;
  if (!isEnough) return { rateRatio: undefined, negativeShare: undefined };
  return { rateRatio: rateRatio(before, during), negativeShare: shareDifference(before, during) };
}

function rateRatio(before: readonly ComparedDay[], during: readonly ComparedDay[]): Effect {
  const draws = [before, during].map((days) =>
    days.map((day) => ({ hits: day.articles, of: day.articles + day.controlArticles })),
  );
  const cells = draws.map((days) => cellOf(days));
  const inflation = inflationOf(draws);
  const logOdds = cells.map(({ hits, of }) => Math.log((hits + 0.5) / (of - hits + 0.5)));
  const variance = cells.reduce((sum, { hits, of }) => sum + 1 / (hits + 0.5) + 1 / (of - hits + 0.5), 0);
  const value = (logOdds[1] ?? 0) - (logOdds[0] ?? 0);
  const reach = student(before.length + during.length - 2) * Math.sqrt(inflation * variance);
  return { value: Math.exp(value), low: Math.exp(value - reach), high: Math.exp(value + reach) };
}

function shareDifference(before: readonly ComparedDay[], during: readonly ComparedDay[]): Effect | undefined {
  const own = [before, during].map((days) => days.map((day) => ({ hits: day.negative, of: day.articles })));
  const control = [before, during].map((days) =>
    days.map((day) => ({ hits: day.controlNegative, of: day.controlArticles })),
  );
  const all = [...own, ...control].map(cellOf);
  if (all.some(({ of }) => of < LEAST_IN_CELL)) return undefined;
  // One hit and one miss more, as Agresti and Caffo do: with few articles an interval is too short without.
  const shares = all.map(({ hits, of }) => (hits + 1) / (of + 2));
  const [ownInflation, controlInflation] = [inflationOf(own), inflationOf(control)];
  const variance = all.reduce((sum, { of }, at) => {
    const share = shares[at] ?? 0;
    return sum + ((at < 2 ? ownInflation : controlInflation) * share * (1 - share)) / (of + 2);
  }, 0);
  const raw = all.map(({ hits, of }) => hits / of);
  const difference = ([ownBefore = 0, ownDuring = 0, before = 0, during = 0]: readonly number[]) =>
    ownDuring - ownBefore - (during - before);
  const reach = student(before.length + during.length - 2) * Math.sqrt(variance);
  const middle = difference(shares);
  return { value: difference(raw), low: Math.max(-2, middle - reach), high: Math.min(2, middle + reach) };
}

interface Draw {
  readonly hits: number;
  readonly of: number;
}

function cellOf(days: readonly Draw[]): Draw {
  return days.reduce((sum, { hits, of }) => ({ hits: sum.hits + hits, of: sum.of + of }), { hits: 0, of: 0 });
}

/** By how much the variance passes that of independent draws: dispersion, times what neighbouring days share. */
function inflationOf(stretches: readonly (readonly Draw[])[]): number {
  const residuals = stretches.map(residualsOf);
  const count = residuals.reduce((sum, one) => sum + one.length, 0);
  if (count <= stretches.length) return 1;
  const squares = residuals.flat().reduce((sum, residual) => sum + residual ** 2, 0);
  const dispersion = Math.max(1, squares / (count - stretches.length));
  let shared = 1;
  for (let lag = 1; lag <= LAGS; lag++) {
    const products = residuals.reduce(
      (sum, one) => sum + one.slice(lag).reduce((part, residual, at) => part + residual * (one[at] ?? 0), 0),
      0,
    );
    shared += 2 * (1 - lag / (LAGS + 1)) * (squares === 0 ? 0 : products / squares);
  }
  return dispersion * Math.max(1, shared);
}

function residualsOf(days: readonly Draw[]): number[] {
  const { hits, of } = cellOf(days);
  const share = (hits + 0.5) / (of + 1);
  return days
    .filter((day) => day.of > 0)
    .map((day) => (day.hits - day.of * share) / Math.sqrt(day.of * share * (1 - share)));
}

function totals(days: readonly ComparedDay[]): ComparedDay {
  const sum = (field: keyof ComparedDay) => days.reduce((total, day) => total + day[field], 0);
  return {
    articles: sum('articles'),
    negative: sum('negative'),
    controlArticles: sum('controlArticles'),
    controlNegative: sum('controlNegative'),
  };
}

const NORMAL = 1.959964;

/** 97.5th percentile of Student's t, by the expansion of Cornish and Fisher; right to 1 % from five degrees on. */
function student(degrees: number): number {
  const z = NORMAL;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}
