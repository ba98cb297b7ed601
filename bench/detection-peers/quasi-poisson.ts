/** Rounds of weighted least squares; R's `glm` allows as many. */
const MAX_ROUNDS = 25;
/** The fit has settled when the deviance changes by less than this share. */
const TOLERANCE = 1e-8;
/** Levels in which nothing was counted drift to minus infinity; from here on it makes no difference. */
const MIN_PREDICTOR = -12;
/** A pivot below this share of its diagonal belongs to a column that the others already tell. */
const SINGULAR = 1e-10;

/** A count with the coefficients that add up to the logarithm of its mean. */
export interface Observed {
  readonly count: number;
  /** How often it was seen with just these. */
  readonly times: number;
  /** Which coefficients take part, by number, each once. */
  readonly columns: readonly number[];
  /** Factor of each of these columns; 1 for a level of a factor. */
  readonly factors: readonly number[];
}

export interface QuasiPoissonFit {
  readonly coefficients: Float64Array;
  readonly means: Float64Array;
  /** How much each count decided its own mean. */
  readonly leverages: Float64Array;
  /** Variance over mean, 1 at least. */
  readonly dispersion: number;
  /** Two-sided chance that a coefficient as far from 0 came about without cause, by the normal approximation. */
  chanceOf(column: number): number;
  /** False where the rounds ran out. */
  readonly converged: boolean;
}

/**
 * Fits a log-linear quasi-Poisson regression by iteratively reweighted least squares. Rows are sparse: a factor's level
 * is one column, so that a round costs a few operations a count.
 *
 * @param columns  number of coefficients; superfluous ones come out as 0
 * @param weights  one a row, for each time its count was seen
 * @see McCullagh and Nelder 1989, "Generalized Linear Models", chapters 2.5 and 6.2
 */
export function fitQuasiPoisson(
  rows: readonly Observed[],
  columns: number,
  weights: Float64Array,
): QuasiPoissonFit {
  const means = Float64Array.from(rows, ({ count }) => count + 0.1);
  const predictors = means.map(Math.log);
  let coefficients: Float64Array = new Float64Array(columns);
  let factor: Float64Array = new Float64Array(columns * columns);
  let deviance = Number.POSITIVE_INFINITY;
  let converged = false;
  for (let round = 0; round < MAX_ROUNDS && !converged; round++) {
    const { normal, right } = normalEquations(rows, columns, { means, predictors, weights });
    factor = choleskyOf(normal, columns);
    coefficients = solve(factor, right);
    rows.forEach((row, i) => {
      predictors[i] = Math.max(MIN_PREDICTOR, predictorOf(row, coefficients));
      means[i] = Math.exp(predictors[i] as number);
    });
    const next = devianceOf(rows, means, weights);
    converged = Math.abs(next - deviance) < TOLERANCE * (0.1 + Math.abs(next));
    deviance = next;
  }

  const inverse = invert(factor, columns);
  const leverages = Float64Array.from(rows, (row, i) => {
    const leverage = (weights[i] as number) * (means[i] as number) * quadraticForm(row, inverse, columns);
    return Math.min(0.999, leverage);
  });
  const rank = pivots(factor, columns);
  const squares = rows.reduce(
    (sum, { count, times }, i) =>
      sum + (times * (weights[i] as number) * (count - (means[i] as number)) ** 2) / (means[i] as number),
    0,
  );
  const seen = rows.reduce((sum, { times }) => sum + times, 0);
  const dispersion = Math.max(1, squares / Math.max(1, seen - rank));
  return {
    coefficients,
    means,
    leverages,
    dispersion,
    converged,
    chanceOf: (column) => {
      const error = Math.sqrt(dispersion * (inverse[column * columns + column] ?? 0));
      return error === 0 ? 1 : twoSided((coefficients[column] ?? 0) / error);
    },
  };
}

/** The logarithm of a count's mean. */
export function predictorOf(
  { columns, factors }: Pick<Observed, 'columns' | 'factors'>,
  coefficients: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < columns.length; i++) {
    sum += (factors[i] as number) * (coefficients[columns[i] as number] as number);
  }
  return sum;
}

function normalEquations(
  rows: readonly Observed[],
  columns: number,
  { means, predictors, weights }: Record<'means' | 'predictors' | 'weights', Float64Array>,
): { normal: Float64Array; right: Float64Array } {
  const normal = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  rows.forEach(({ count, times, columns: at, factors }, i) => {
    const mean = means[i] as number;
    const weight = times * (weights[i] as number) * mean;
    const working = (predictors[i] as number) + (count - mean) / mean;
    for (let a = 0; a < at.length; a++) {
      const column = at[a] as number;
      const weighted = weight * (factors[a] as number);
      right[column] = (right[column] as number) + weighted * working;
      for (let b = 0; b < at.length; b++) {
        const cell = column * columns + (at[b] as number);
        normal[cell] = (normal[cell] as number) + weighted * (factors[b] as number);
      }
    }
  });
  return { normal, right };
}

/** Lower triangle L with L L' = the matrix; a column that depends on those before it has a diagonal of 0. */
function choleskyOf(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const diagonal = matrix[column * size + column] as number;
    const pivot = diagonal - rowProduct(lower, size, [column, column, column]);
    if (!(pivot > SINGULAR * diagonal)) continue;
    const root = Math.sqrt(pivot);
    lower[column * size + column] = root;
    for (let row = column + 1; row < size; row++) {
      const rest = (matrix[row * size + column] as number) - rowProduct(lower, size, [row, column, column]);
      lower[row * size + column] = rest / root;
    }
  }
  return lower;
}

/** Product of the first `length` cells of two rows. */
function rowProduct(
  matrix: Float64Array,
  size: number,
  [a, b, length]: readonly [number, number, number],
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    sum += (matrix[a * size + i] as number) * (matrix[b * size + i] as number);
  }
  return sum;
}

/** Solves L L' x = right, coefficients of superfluous columns 0. */
function solve(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const half = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const root = lower[row * size + row] as number;
    let rest = right[row] as number;
    for (let i = 0; i < row; i++) rest -= (lower[row * size + i] as number) * (half[i] as number);
    half[row] = root === 0 ? 0 : rest / root;
  }
  const solution = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    const root = lower[row * size + row] as number;
    let rest = half[row] as number;
    for (let i = row + 1; i < size; i++) rest -= (lower[i * size + row] as number) * (solution[i] as number);
    solution[row] = root === 0 ? 0 : rest / root;
  }
  return solution;
}

function invert(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    inverse.set(solve(lower, unit), column * size);
  }
  return inverse;
}

function quadraticForm({ columns: at, factors }: Observed, matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let a = 0; a < at.length; a++) {
    for (let b = 0; b < at.length; b++) {
      const cell = matrix[(at[a] as number) * size + (at[b] as number)] as number;
      sum += (factors[a] as number) * (factors[b] as number) * cell;
    }
  }
  return sum;
}

function pivots(lower: Float64Array, size: number): number {
  let count = 0;
  for (let i = 0; i < size; i++) if (lower[i * size + i] !== 0) count++;
  return count;
}

function devianceOf(rows: readonly Observed[], means: Float64Array, weights: Float64Array): number {
  return rows.reduce((sum, { count, times }, i) => {
    const mean = means[i] as number;
    const ratio = count === 0 ? 0 : count * Math.log(count / mean);
    return sum + 2 * times * (weights[i] as number) * (ratio - (count - mean));
  }, 0);
}

/** Abramowitz and Stegun 26.2.17: right to seven digits. */
function twoSided(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(z));
  const series =
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return Math.min(1, 2 * series * (Math.exp(-z * z * 0.5) / Math.sqrt(2 * Math.PI)));
}
