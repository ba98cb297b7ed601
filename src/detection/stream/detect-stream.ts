import type { AlertRule } from '../alert-rule.ts';
import { TailCalibration } from '../tail-calibration.ts';
import type { Observation } from './observation.ts';
import {
  DETECTOR_OPTIONS,
  type DetectorOptions,
  type Evaluation,
  msOfHour,
  StreamDetector,
} from './stream-detector.ts';

export interface StreamOptions {
  /** How many false bulletins a year the whole office is willing to get; sets the threshold. */
  readonly falseBulletinsPerYear: number;
  /** Yield every evaluation above the floor instead of alerts. */
  readonly allScores?: boolean;
  readonly detector?: DetectorOptions;
}

/** One line of output: an alert, or with `allScores` an evaluation, which has the first three fields only. */
export interface StreamAlert {
  /** Start of the hour, ISO 8601 in Vietnamese time. */
  readonly at: string;
  readonly series: string;
  readonly score: number;
  /** Whether the series itself stood out, or its topic in many places at once. */
  readonly sign?: 'series' | 'many-places';
  /** What is usual for the series by now. */
  readonly expectedPerDay?: number;
  readonly usualNegativeShare?: number;
  /** How often a year a score like this is seen without cause, over all series. */
  readonly falseBulletinsPerYear?: number;
}

/** Evaluations below this are of no use at any budget. */
const FLOOR = 1.75;

/** Alarms of a series closer than this are one episode, told of again every `REPEAT_HOURS`. */
const EPISODE_GAP_HOURS = 72;
const REPEAT_HOURS = 168;

const WEEKS_A_YEAR = 52;

/** Before the ordinary is known nothing is out of the ordinary: no alerts in the first four weeks of a stream. */
const LEARNING_HOURS = 28 * 24;

/**
 * Judges a stream of observations and yields what is out of the ordinary, in time order, within an hour of it.
 *
 * @param observations  in time order
 * @throws {ObservationError} if time jumps ahead by more than a year
 */
export async function* detectStream(
  observations: AsyncIterable<Observation>,
  options: StreamOptions,
): AsyncGenerator<StreamAlert> {
  let ready: Evaluation[] = [];
  const detector = new StreamDetector(options.detector ?? DETECTOR_OPTIONS, (evaluation) => {
    if (evaluation.score > FLOOR) ready.push(evaluation);
  });
  const episodes = new Episodes(detector, options.falseBulletinsPerYear);
  const report = function* (): Generator<StreamAlert> {
    const evaluations = ready;
    ready = [];
    for (const evaluation of evaluations) {
      if (options.allScores === true) yield line(detector, evaluation);
      else if (episodes.isNew(evaluation)) yield episodes.alert(evaluation);
    }
  };
  for await (const observation of observations) {
    detector.observe(observation);
    if (ready.length > 0) yield* report();
  }
  detector.finish();
  yield* report();
}

/** The budget that a set of rules implies: what their authors expect them to cost. */
export function falseBulletinsPerYear(rules: readonly AlertRule[]): number {
  return WEEKS_A_YEAR * rules.reduce((sum, rule) => sum + rule.expectedFalsePagesPerWeek, 0);
}

/** Which evaluations are worth telling: the first of an episode, and one a week while it lasts. */
class Episodes {
  readonly #detector: StreamDetector;
  readonly #perWeek: number;
  readonly #tail = new TailCalibration();
  #day = Number.NaN;
  #threshold = Number.POSITIVE_INFINITY;
  readonly #lastHour: number[] = [];
  readonly #toldHour: number[] = [];
  #firstHour: number | undefined;

  constructor(detector: StreamDetector, budget: number) {
    this.#detector = detector;
    this.#perWeek = budget / WEEKS_A_YEAR;
  }

  isNew({ hour, series, score }: Evaluation): boolean {
    this.#firstHour ??= hour;
    const { rates } = this.#detector;
    const day = Math.floor(hour / 24);
    if (day !== this.#day) this.#beginDay(day);
    this.#tail.observe(rates.names[series] ?? '', rates.topics[rates.topicOf[series] ?? 0] ?? '', day, score);
    if (hour - this.#firstHour < LEARNING_HOURS || score <= this.#threshold) return false;
    const last = this.#lastHour[series] ?? Number.NEGATIVE_INFINITY;
    const told = this.#toldHour[series] ?? Number.NEGATIVE_INFINITY;
    this.#lastHour[series] = hour;
    if (hour - last <= EPISODE_GAP_HOURS && hour - told < REPEAT_HOURS) return false;
    this.#toldHour[series] = hour;
    return true;
  }

  alert(evaluation: Evaluation): StreamAlert {
    const { rates } = this.#detector;
    const { series, score, own, pooled } = evaluation;
    return {
      ...line(this.#detector, evaluation),
      sign: own >= pooled ? 'series' : 'many-places',
      expectedPerDay: round(rates.daily(series)),
      usualNegativeShare: round(rates.share[series] ?? 0),
      falseBulletinsPerYear: round(WEEKS_A_YEAR * this.#tail.ratePerWeek(score, rates.size)),
    };
  }

  /** Once a day, from the days before. */
  #beginDay(day: number): void {
    this.#day = day;
    this.#threshold = Math.max(FLOOR, this.#tail.thresholdFor(this.#perWeek, this.#detector.rates.size));
  }
}

function line({ rates }: StreamDetector, { hour, series, score }: Evaluation): StreamAlert {
  return { at: isoOfHour(hour), series: rates.names[series] ?? '', score: Math.round(score * 1000) / 1000 };
}

let rememberedHour = Number.NaN;
let rememberedIso = '';

/** Many evaluations share an hour, and a date costs more to print than a series to judge. */
function isoOfHour(hour: number): string {
  if (hour !== rememberedHour) {
    rememberedHour = hour;
    const local = new Date(msOfHour(hour) + 7 * 3_600_000).toISOString().slice(0, 19);
    rememberedIso = `${local}+07:00`;
  }
  return rememberedIso;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
