import { HOUR_MS, VIETNAM_OFFSET_MS } from '../../domain/time.ts';
import { CopyFolding, type CountedArticle } from './copy-folding.ts';
import { CUSUM_OPTIONS, type CusumOptions, MarkedCusum } from './marked-cusum.ts';
import type { Remembered } from './memory.ts';
import { type Observation, ObservationError } from './observation.ts';
import { POOLED_OPTIONS, PooledCusum, type PooledOptions } from './pooled-cusum.ts';
import { type ForgettingOptions, RATE_OPTIONS, RateModel, type RateOptions } from './rate-model.ts';

export interface DetectorOptions {
  readonly rates: RateOptions;
  readonly cusum: CusumOptions;
  readonly pooled: PooledOptions;
  /** What the first, second, … copy of a story counts for in volume; later ones count nothing. */
  readonly copyWeights: readonly number[];
  /** The same for tone: the copy of a negative story is hardly news of a negative one. */
  readonly copyTones: readonly number[];
  /** Copies of a wire that come unrecognised, for each that is recognised. */
  readonly missedCopies: number;
  /** For so long after an outage what speaks for a crisis counts less: part of it is backlog. */
  readonly recoveryHours: number;
  readonly recoveryDamping: number;
  /** Numbers of series change when some are forgotten; where left out, none ever is. */
  readonly forgetting?: ForgettingOptions;
}

/** Chosen on simulated streams of seeds 1 to 3; see `bench/detection.ts` for what they give on others. */
export const DETECTOR_OPTIONS: DetectorOptions = {
  rates: RATE_OPTIONS,
  cusum: CUSUM_OPTIONS,
  pooled: POOLED_OPTIONS,
  copyWeights: [0.8, 1.2],
  copyTones: [1, 0.6],
  missedCopies: 0.12,
  recoveryHours: 3,
  recoveryDamping: 0.3,
};

/** The judgement of one series at the end of one hour. */
export interface Evaluation {
  /** Number of the hour on a Vietnamese clock; `msOfHour` gives its start. */
  readonly hour: number;
  readonly series: number;
  /** The greater of the two below. */
  readonly score: number;
  /** From the series itself. */
  readonly own: number;
  /** From its topic in many places at once. */
  readonly pooled: number;
}

/** What is said of a series at a moment within an hour. */
export interface Verdict {
  readonly score: number;
  readonly own: number;
  readonly pooled: number;
  readonly sign: 'burst' | 'slow-rise' | 'tone-shift' | 'many-places';
}

/** What a series was expected to show in a window. */
export interface Expectation {
  readonly expected: number;
  /** How far the count usually strays. */
  readonly spread: number;
  /** Variance over mean of a day's count. */
  readonly dispersion: number;
  readonly usualNegativeShare: number;
}

/** Growth by fewer articles a day than this builds up over days. */
const SLOW_PER_DAY = 3;

const NOTHING_KNOWN: Verdict = { score: 0, own: 0, pooled: 0, sign: 'burst' };

/** Time that jumps further than this was not meant: counting every hour of it would take for ever. */
const MAX_GAP_HOURS = 400 * 24;

/**
 * Counts a stream of articles by series and hour and judges every series at the end of every hour.
 *
 * Knows only what it was told before. An article costs the same however much was told; the end of an hour costs some
 * nanoseconds for each silent series and a microsecond for each that has news or is still being watched. Memory grows
 * with the number of series, which `forgetting` bounds, and with the stories of two weeks that `observe` was told of.
 */
export class StreamDetector {
  readonly rates: RateModel;
  readonly #cusum: MarkedCusum;
  readonly #pooled: PooledCusum;
  readonly #folding: CopyFolding;
  readonly #options: DetectorOptions;
  readonly #emit: (evaluation: Evaluation) => void;
  #hour: number | undefined;
  #nowMs = Number.NEGATIVE_INFINITY;
  #recoveredHour = Number.NEGATIVE_INFINITY;
  #scores = new Float64Array(64);

  /** @param emit  called for every series whose score is above 0, hour by hour */
  constructor(options: DetectorOptions, emit: (evaluation: Evaluation) => void) {
    this.#options = options;
    this.rates = new RateModel(options.rates);
    this.#cusum = new MarkedCusum(this.rates, options.cusum);
    this.#pooled = new PooledCusum(this.rates, options.pooled);
    this.#folding = new CopyFolding(this.rates, options);
    this.#emit = emit;
  }

  /**
   * Takes the next observation; one that is older than the last counts in the hour of the last.
   *
   * @throws {ObservationError} if time jumps ahead by more than a year
   */
  observe(observation: Observation): void {
    const hour = hourOfMs(observation.at);
    this.#advanceTo(hour);
    switch (observation.type) {
      case 'article':
        for (const name of observation.series) this.#folding.add(this.rates.indexOf(name), observation, hour);
        break;
      case 'calendar':
        this.rates.announce(observation, hourOfMs);
        break;
      case 'outage':
        this.#recoveredHour = hour;
        break;
    }
  }

  /** Moves the clock, which never goes back: judges every hour that has ended by `ms`. */
  advanceTo(ms: number): void {
    const hour = hourOfMs(ms);
    if (this.#hour === undefined || hour > this.#hour) this.#advanceTo(hour);
    this.#nowMs = Math.max(ms, this.#nowMs);
  }

  /** Counts an article of now of which it is known which copy of its text it is. */
  count(series: string, article: CountedArticle): void {
    this.#folding.addKnown(this.rates.indexOf(series), article, 1, this.#hour ?? 0);
  }

  /** Takes back what was counted of an article and counts it as it is known now; `undefined`: no longer. */
  recount(series: string, was: CountedArticle, is: CountedArticle | undefined): void {
    const index = this.rates.indexOf(series);
    this.#folding.addKnown(index, was, -1, this.#hour ?? 0);
    if (is !== undefined) this.#folding.addKnown(index, is, 1, this.#hour ?? 0);
  }

  /**
   * What is said of a series if the present hour ends as it is now; changes nothing. What many places show together
   * is as of the last full hour.
   */
  scoreNow(series: string): Verdict {
    const index = this.rates.find(series);
    if (index === undefined) return NOTHING_KNOWN;
    const hour = this.#hour ?? 0;
    const { items, toned, negative } = this.#folding.peek(index);
    const { score: own, component } = this.#cusum.peek(index, hour, items, toned, negative);
    const pooled = this.#pooled.scoreOf(index, hour);
    const { isTone, added } = this.#cusum.describe(component);
    const sign =
      pooled > own
        ? 'many-places'
        : isTone
          ? 'tone-shift'
          : added !== undefined && added < SLOW_PER_DAY
            ? 'slow-rise'
            : 'burst';
    return { score: Math.max(own, pooled), own, pooled, sign };
  }

  /** What was to be expected of a series between a moment of the last eight days and now. */
  expectation(series: string, fromMs: number): Expectation {
    const index = this.rates.indexOf(series);
    return {
      ...this.rates.expectedBetween(index, exactHour(fromMs), exactHour(this.#nowMs)),
      dispersion: this.rates.dispersion(index),
      usualNegativeShare: this.rates.share[index] ?? 0,
    };
  }

  /** Series that it knows. */
  get size(): number {
    return this.rates.size;
  }

  /** The whole memory as text, for `restore`. */
  snapshot(): string {
    return JSON.stringify({
      hour: this.#hour ?? null,
      nowMs: finiteOrNull(this.#nowMs),
      recoveredHour: finiteOrNull(this.#recoveredHour),
      rates: this.rates.state(),
      cusum: this.#cusum.state(this.#hour ?? 0),
      pooled: this.#pooled.state(),
      folding: this.#folding.state(),
    });
  }

  /** A detector that goes on from a snapshot as if nothing had happened. */
  static restore(
    snapshot: string,
    options: DetectorOptions,
    emit: (evaluation: Evaluation) => void,
  ): StreamDetector {
    const state = JSON.parse(snapshot) as Record<'rates' | 'cusum' | 'pooled' | 'folding', Remembered> & {
      readonly hour: number | null;
      readonly nowMs: number | null;
      readonly recoveredHour: number | null;
    };
    const detector = new StreamDetector(options, emit);
    detector.rates.recall(state.rates);
    detector.#cusum.recall(state.cusum);
    detector.#pooled.recall(state.pooled);
    detector.#folding.recall(state.folding);
    detector.#hour = state.hour ?? undefined;
    detector.#nowMs = state.nowMs ?? Number.NEGATIVE_INFINITY;
    detector.#recoveredHour = state.recoveredHour ?? Number.NEGATIVE_INFINITY;
    return detector;
  }

  /** Judges the last hour, which no later observation has ended. */
  finish(): void {
    if (this.#hour !== undefined) this.#judge(this.#hour);
  }

  #advanceTo(hour: number): void {
    if (this.#hour === undefined) {
      this.#hour = hour;
      this.rates.beginHour(hour);
      return;
    }
    if (hour - this.#hour > MAX_GAP_HOURS) throw new ObservationError('time jumps ahead by more than a year');
    for (let now = this.#hour; now < hour; now++) {
      this.#judge(now);
      if ((now + 1) % 24 === 0) {
        this.rates.endDay(now);
        this.#folding.endDay(now);
      }
      this.#forget(now);
      this.#hour = now + 1;
      this.rates.beginHour(now + 1);
    }
  }

  /** Every night, and whenever there are too many. */
  #forget(hour: number): void {
    const { forgetting } = this.#options;
    if (forgetting === undefined) return;
    if ((hour + 1) % 24 !== 0 && this.size <= forgetting.mostSeries) return;
    const kept = this.rates.worthKeeping(Math.floor(hour / 24), forgetting);
    if (kept.length === this.size) return;
    this.#cusum.keep(kept);
    this.#pooled.keep(kept);
    this.#folding.keep(kept);
    this.rates.keep(kept);
  }

  #judge(hour: number): void {
    const { recoveryHours, recoveryDamping } = this.#options;
    const damping = hour - this.#recoveredHour < recoveryHours ? recoveryDamping : 1;
    const size = this.rates.size;
    if (size > this.#scores.length) this.#scores = new Float64Array(2 * size);
    for (let series = 0; series < size; series++) {
      const { items, toned, negative } = this.#folding.take(series);
      this.#scores[series] = this.#cusum.step(series, hour, items, toned, negative, damping);
      if (items > 0) this.#pooled.add(series, hour, items, negative, damping);
    }
    this.#pooled.endHour(hour);
    for (let series = 0; series < size; series++) {
      const own = this.#scores[series] as number;
      const pooled = this.#pooled.scoreOf(series, hour);
      const score = Math.max(own, pooled);
      if (score > 0) this.#emit({ hour, series, score, own, pooled });
    }
  }
}

/** Number of the hour on a Vietnamese clock, counted from 1970. */
export function hourOfMs(ms: number): number {
  return Math.floor((ms + VIETNAM_OFFSET_MS) / HOUR_MS);
}

/** The same with fractions. */
function exactHour(ms: number): number {
  return (ms + VIETNAM_OFFSET_MS) / HOUR_MS;
}

/** Start of an hour, milliseconds since 1970. */
export function msOfHour(hour: number): number {
  return hour * HOUR_MS - VIETNAM_OFFSET_MS;
}

/** What is not finite is no number in JSON. */
function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
