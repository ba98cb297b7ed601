import { numbersFromText, numbersToText, type Remembered } from './memory.ts';
import type { ArticleObservation } from './observation.ts';
import type { RateModel } from './rate-model.ts';

/** From this many copies on a story is a wire. */
const WIRE_COPIES = 3;
/** Unrecognised copies come scattered: this share of those outstanding in each hour. */
const MISSED_NOW = 0.3;
/** What a crisis may bring a day, against which unrecognised copies are weighed. */
const GENUINE_PER_DAY = 4;
/** Below this the unrecognised copies still to come change nothing. */
const NEGLIGIBLE = 0.01;

/** A story that nobody has repeated for one to two of these is forgotten. */
const STORY_DAYS = 7;

/** An article of which the archive has told which copy it is. */
export interface CountedArticle {
  /** 1 for a text of its own. */
  readonly copyNumber: number;
  readonly isNegative: boolean;
  /** Below 1 where it says less than others; 1 if left out. */
  readonly weight?: number;
}

export interface FoldingOptions {
  readonly copyWeights: readonly number[];
  readonly copyTones: readonly number[];
  readonly missedCopies: number;
}

/** What counts of one series in one hour. */
export interface HourItems {
  readonly items: number;
  /** Weight of those whose tone is news, and of the negative among them. */
  readonly toned: number;
  readonly negative: number;
}

interface FoldingState {
  readonly items: string;
  readonly toned: string;
  readonly negative: string;
  readonly missed: string;
  readonly copies: [string, number][];
  readonly olderCopies: [string, number][];
}

const NOTHING: HourItems = { items: 0, toned: 0, negative: 0 };

/**
 * Turns articles into news: copies of a story beyond the second count nothing, and while a wire is being copied,
 * single articles count less, since some of them are copies that nobody recognised.
 */
export class CopyFolding {
  readonly #rates: RateModel;
  readonly #options: FoldingOptions;
  #copies = new Map<string, number>();
  #olderCopies = new Map<string, number>();
  #items: number[] = [];
  #toned: number[] = [];
  #negative: number[] = [];
  /** Unrecognised copies still to come, by series. */
  #missed: number[] = [];

  constructor(rates: RateModel, options: FoldingOptions) {
    this.#rates = rates;
    this.#options = options;
  }

  add(series: number, { story, isNegative, isLate }: ArticleObservation, hour: number): void {
    const key = `${series}|${story}`;
    const copy = (this.#copies.get(key) ?? this.#olderCopies.get(key) ?? 0) + 1;
    this.#copies.set(key, copy);
    if (isLate) return;
    const weight = this.#options.copyWeights[copy - 1];
    if (weight === undefined) {
      if (copy > WIRE_COPIES) plus(this.#missed, series, this.#options.missedCopies);
      return;
    }
    const tone = this.#options.copyTones[copy - 1] ?? 0;
    this.#rates.count(series, hour, weight, tone, isNegative);
    plus(this.#items, series, weight);
    plus(this.#toned, series, tone);
    if (isNegative) plus(this.#negative, series, tone);
  }

  /**
   * Counts an article of which it is known which copy of its text it is; `times` is -1 to take it back. What is taken
   * back from an earlier hour is taken from this one: a log likelihood ratio only knows sums.
   */
  addKnown(
    series: number,
    { copyNumber, isNegative, weight = 1 }: CountedArticle,
    times: 1 | -1,
    hour: number,
  ): void {
    const volume = times * weight * (this.#options.copyWeights[copyNumber - 1] ?? 0);
    const tone = times * weight * (this.#options.copyTones[copyNumber - 1] ?? 0);
    if (volume === 0 && tone === 0) return;
    if (times === 1) this.#rates.count(series, hour, volume, tone, isNegative);
    else this.#rates.uncount(series, volume, tone, isNegative);
    plus(this.#items, series, volume);
    plus(this.#toned, series, tone);
    if (isNegative) plus(this.#negative, series, tone);
  }

  /** What the hour has brought the series so far. */
  peek(series: number): HourItems {
    return {
      items: this.#items[series] ?? 0,
      toned: this.#toned[series] ?? 0,
      negative: this.#negative[series] ?? 0,
    };
  }

  /** Forgets all other series, and numbers those anew in this order. */
  keep(kept: readonly number[]): void {
    const rows = (values: readonly number[]) => kept.map((series) => values[series] ?? 0);
    this.#items = rows(this.#items);
    this.#toned = rows(this.#toned);
    this.#negative = rows(this.#negative);
    this.#missed = rows(this.#missed);
    const numbers = new Map(kept.map((series, number) => [String(series), number]));
    this.#copies = renumbered(this.#copies, numbers);
    this.#olderCopies = renumbered(this.#olderCopies, numbers);
  }

  state(): Remembered {
    const column = (values: readonly number[]) =>
      numbersToText(Float64Array.from(this.#rates.names, (_, series) => values[series] ?? 0));
    return {
      items: column(this.#items),
      toned: column(this.#toned),
      negative: column(this.#negative),
      missed: column(this.#missed),
      copies: [...this.#copies],
      olderCopies: [...this.#olderCopies],
    };
  }

  recall(state: Remembered): void {
    const said = state as unknown as FoldingState;
    this.#items = [...numbersFromText(said.items)];
    this.#toned = [...numbersFromText(said.toned)];
    this.#negative = [...numbersFromText(said.negative)];
    this.#missed = [...numbersFromText(said.missed)];
    this.#copies = new Map(said.copies);
    this.#olderCopies = new Map(said.olderCopies);
  }

  /** What the hour has brought the series; begins its next hour. */
  take(series: number): HourItems {
    const missed = (this.#missed[series] ?? 0) * MISSED_NOW;
    if (missed > 0) plus(this.#missed, series, -missed);
    const items = this.#items[series] ?? 0;
    const untouched = items === 0 && (this.#toned[series] ?? 0) === 0 && (this.#negative[series] ?? 0) === 0;
    if (untouched) return NOTHING;
    const genuine = missed < NEGLIGIBLE ? 1 : this.#genuineShare(series, missed);
    const taken = {
      items: items * genuine,
      toned: (this.#toned[series] ?? 0) * genuine,
      negative: (this.#negative[series] ?? 0) * genuine,
    };
    this.#items[series] = 0;
    this.#toned[series] = 0;
    this.#negative[series] = 0;
    return taken;
  }

  endDay(hour: number): void {
    if ((hour + 1) % (24 * STORY_DAYS) !== 0) return;
    this.#olderCopies = this.#copies;
    this.#copies = new Map();
  }

  #genuineShare(series: number, missed: number): number {
    const news = this.#rates.mean(series) + GENUINE_PER_DAY * this.#rates.hourShare;
    return news / (news + missed);
  }
}

/** Copies of a story are counted under `series|story`. */
function renumbered(
  copies: ReadonlyMap<string, number>,
  numbers: ReadonlyMap<string, number>,
): Map<string, number> {
  const kept = new Map<string, number>();
  for (const [key, count] of copies) {
    const bar = key.indexOf('|');
    const number = numbers.get(key.slice(0, bar));
    if (number !== undefined) kept.set(`${number}${key.slice(bar)}`, count);
  }
  return kept;
}

function plus(values: number[], index: number, amount: number): void {
  values[index] = (values[index] ?? 0) + amount;
}
