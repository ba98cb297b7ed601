import { numbersFromText, numbersToText, type Remembered } from './memory.ts';
import type { RateModel } from './rate-model.ts';

export interface CusumOptions {
  /** `[growth of volume, negative share]`: what a crisis may do to a series that has a volume. */
  readonly multiplicative: readonly (readonly [number, number])[];
  /** Articles a day that a crisis may add to a series that has next to none. */
  readonly additive: readonly number[];
  readonly additiveShare: number;
  readonly markDivisor: number;
  readonly restartScore: number;
  readonly restartHours: number;
}

export const CUSUM_OPTIONS: CusumOptions = {
  multiplicative: [
    [1, 0.5],
    [1, 0.65],
    [1.5, 0.65],
    [2, 0.75],
    [4, 0.75],
    [8, 0.75],
  ],
  additive: [0.7, 2, 6, 20],
  additiveShare: 0.75,
  markDivisor: 0.95,
  restartScore: 2.5,
  restartHours: 72,
};

/** A score as it would be now, and the component that weighs most in it. */
export interface Peek {
  readonly score: number;
  readonly component: number;
}

/** A crisis is at least this much more negative than the series usually is. */
const MIN_SHARE_RISE = 0.15;

/** No day of this era. */
const NEVER = 0;

interface CusumState {
  readonly today: number;
  readonly sums: string;
  readonly score: string;
  readonly peak: string;
  readonly peakHour: string;
  /** Series whose constants are of today. */
  readonly prepared: readonly number[];
  readonly constants: string;
}

/** Per component: drift, weight of an article, of a negative one, of another one. */
const CONSTANTS = 4;

/**
 * Sequential test of every series for having begun to grow, to turn negative, or both.
 *
 * For each kind of change a CUSUM of log likelihood ratios of count (quasi-Poisson) and tone (Bernoulli); the score
 * is log10 of the mean of their exponentials. By Ville's inequality a score of x is seen by chance about once in
 * 10^x restarts, whatever the dependence.
 *
 * @see Page 1954, doi:10.1093/biomet/41.1-2.100; Shin, Ramdas and Rinaldo 2022, arXiv:2203.03532
 */
export class MarkedCusum {
  readonly #rates: RateModel;
  readonly #options: CusumOptions;
  readonly #components: number;
  #sums = new Float64Array(0);
  #score = new Float64Array(0);
  #peak = new Float64Array(0);
  #peakHour = new Float64Array(0);
  #constants = new Float64Array(0);
  #constantsDay = new Float64Array(0);
  #capacity = 0;

  constructor(rates: RateModel, options: CusumOptions = CUSUM_OPTIONS) {
    this.#rates = rates;
    this.#options = options;
    this.#components = options.multiplicative.length + options.additive.length;
  }

  /**
   * Moves a series on by one hour.
   *
   * @param items     articles that count
   * @param toned     those of them whose tone is news
   * @param negative  negative ones among `toned`
   * @param damping   factor on what speaks for a crisis, 1 in normal times
   * @returns the score after the hour; 0 means nothing
   */
  step(series: number, hour: number, items: number, toned: number, negative: number, damping = 1): number {
    this.#reserve(series + 1);
    if (items === 0 && toned === 0 && negative === 0 && this.#score[series] === 0) return 0;
    const day = Math.floor(hour / 24);
    if (this.#constantsDay[series] !== day) this.#prepare(series, day);
    const total = this.#accumulate(series, items, toned, negative, damping);
    // Every sum at 0 gives exactly 1 each.
    const score = total > this.#components ? Math.log10(total / this.#components) : 0;
    this.#score[series] = score;
    return this.#restart(series, hour, score) ? 0 : score;
  }

  /** What `step` would give if the hour ended now, and which kind of change speaks loudest; changes nothing. */
  peek(series: number, hour: number, items: number, toned: number, negative: number): Peek {
    this.#reserve(series + 1);
    const day = Math.floor(hour / 24);
    const isPrepared = this.#constantsDay[series] === day;
    if (!isPrepared) this.#prepare(series, day);
    const base = series * this.#components;
    const kept = this.#sums.slice(base, base + this.#components);
    const total = this.#accumulate(series, items, toned, negative, 1);
    const sums = this.#sums.slice(base, base + this.#components);
    this.#sums.set(kept, base);
    // Whoever looks must not decide at which hour of the day the constants are set.
    if (!isPrepared) this.#constantsDay[series] = NEVER;
    const score = total > this.#components ? Math.log10(total / this.#components) : 0;
    return { score, component: sums.indexOf(Math.max(...sums)) };
  }

  /** Whether a component stands for a change of tone alone; how many articles a day it adds, where it adds any. */
  describe(component: number): { readonly isTone: boolean; readonly added: number | undefined } {
    const { multiplicative, additive } = this.#options;
    const [growth] = multiplicative[component] ?? [];
    return { isTone: growth === 1, added: additive[component - multiplicative.length] };
  }

  /** Forgets all other series, and numbers those anew in this order. */
  keep(kept: readonly number[]): void {
    this.#reserve(this.#rates.size);
    const rows = (values: Float64Array, width: number) => rowsOf(values, width, kept);
    this.#sums = rows(this.#sums, this.#components);
    this.#score = rows(this.#score, 1);
    this.#peak = rows(this.#peak, 1);
    this.#peakHour = rows(this.#peakHour, 1);
    this.#constants = rows(this.#constants, this.#components * CONSTANTS);
    this.#constantsDay = rows(this.#constantsDay, 1);
    this.#capacity = kept.length;
  }

  /** @param hour  the present one: constants of earlier days are of no use */
  state(hour: number): Remembered {
    const { size } = this.#rates;
    this.#reserve(size);
    const today = Math.floor(hour / 24);
    const prepared = this.#rates.names
      .map((_, series) => series)
      .filter((series) => this.#constantsDay[series] === today);
    return {
      today,
      sums: numbersToText(this.#sums.slice(0, size * this.#components)),
      score: numbersToText(this.#score.slice(0, size)),
      peak: numbersToText(this.#peak.slice(0, size)),
      peakHour: numbersToText(this.#peakHour.slice(0, size)),
      prepared,
      constants: numbersToText(rowsOf(this.#constants, this.#components * CONSTANTS, prepared)),
    };
  }

  /** Goes on from a state; the rates must have gone on from theirs before. */
  recall(state: Remembered): void {
    const said = state as unknown as CusumState;
    this.#reserve(this.#rates.size);
    this.#sums.set(numbersFromText(said.sums));
    this.#score.set(numbersFromText(said.score));
    this.#peak.set(numbersFromText(said.peak));
    this.#peakHour.set(numbersFromText(said.peakHour));
    const constants = numbersFromText(said.constants);
    const width = this.#components * CONSTANTS;
    said.prepared.forEach((series, row) => {
      this.#constants.set(constants.subarray(row * width, (row + 1) * width), series * width);
      this.#constantsDay[series] = said.today;
    });
  }

  /** Adds the hour to every component's sum. @returns the total of their exponentials */
  #accumulate(series: number, items: number, toned: number, negative: number, damping: number): number {
    const mean = this.#rates.mean(series);
    const hourShare = this.#rates.hourShare;
    const multiplicative = this.#options.multiplicative.length;
    const components = this.#components;
    const base = series * components;
    const sums = this.#sums;
    const table = this.#constants;
    let total = 0;
    for (let c = 0; c < components; c++) {
      const k = (base + c) * CONSTANTS;
      let gain =
        items * (table[k + 1] as number) +
        negative * (table[k + 2] as number) +
        (toned - negative) * (table[k + 3] as number) -
        (c < multiplicative ? mean : hourShare) * (table[k] as number);
      if (gain > 0) gain *= damping;
      const sum = Math.max(0, (sums[base + c] as number) + gain);
      sums[base + c] = sum;
      total += sum === 0 ? 1 : Math.exp(sum);
    }
    return total;
  }

  /** What the levels of the day make of each component: levels only change overnight. */
  #prepare(series: number, day: number): void {
    const { multiplicative, additive, additiveShare, markDivisor } = this.#options;
    const share = this.#rates.share[series] as number;
    const dispersion = this.#rates.dispersion(series);
    const daily = Math.max(this.#rates.today(series), 0.01);
    const table = this.#constants;
    let k = series * this.#components * CONSTANTS;
    const set = (drift: number, growth: number, target: number) => {
      const q = Math.min(0.97, target);
      table[k] = drift / dispersion;
      table[k + 1] = Math.log(growth) / dispersion;
      table[k + 2] = Math.log(q / share) / markDivisor;
      table[k + 3] = Math.log((1 - q) / (1 - share)) / markDivisor;
      k += CONSTANTS;
    };
    for (const [growth, q] of multiplicative) set(growth - 1, growth, Math.max(q, share + MIN_SHARE_RISE));
    for (const added of additive) {
      set(added, 1 + added / daily, (share * daily + added * additiveShare) / (daily + added));
    }
    this.#constantsDay[series] = day;
  }

  /** What has been told of and grows no more begins anew, or a new crisis would hide behind an old one. */
  #restart(series: number, hour: number, score: number): boolean {
    const { restartScore, restartHours } = this.#options;
    if (score > (this.#peak[series] as number)) {
      this.#peak[series] = score;
      this.#peakHour[series] = hour;
      return false;
    }
    if (score === 0) this.#peak[series] = 0;
    if ((this.#peak[series] as number) <= restartScore) return false;
    if (hour - (this.#peakHour[series] as number) < restartHours) return false;
    const base = series * this.#components;
    this.#sums.fill(0, base, base + this.#components);
    this.#score[series] = 0;
    this.#peak[series] = 0;
    return true;
  }

  #reserve(size: number): void {
    if (size <= this.#capacity) return;
    const capacity = Math.max(64, size, this.#capacity * 2);
    const copy = (old: Float64Array, length: number) => {
      const grown = new Float64Array(length);
      grown.set(old);
      return grown;
    };
    this.#sums = copy(this.#sums, capacity * this.#components);
    this.#score = copy(this.#score, capacity);
    this.#peak = copy(this.#peak, capacity);
    this.#peakHour = copy(this.#peakHour, capacity);
    this.#constants = copy(this.#constants, capacity * this.#components * CONSTANTS);
    this.#constantsDay = copy(this.#constantsDay, capacity);
    this.#capacity = capacity;
  }
}

/** Rows of a table of so many numbers each, in this order. */
function rowsOf(table: Float64Array, width: number, rows: readonly number[]): Float64Array<ArrayBuffer> {
  const found = new Float64Array(rows.length * width);
  rows.forEach((row, at) => {
    found.set(table.subarray(row * width, (row + 1) * width), at * width);
  });
  return found;
}
