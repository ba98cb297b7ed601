import type { Remembered } from './memory.ts';
import type { RateModel } from './rate-model.ts';

export interface PooledOptions {
  /** Articles a day that a diffuse crisis may add in every place. */
  readonly added: readonly number[];
  readonly addedShare: number;
  readonly markDivisor: number;
  /** Variance over mean of what a topic's places show together. */
  readonly dispersion: number;
  /** Brings the score to the scale of single series: there are fewer topics than series to be wrong about. */
  readonly scale: number;
  readonly offset: number;
  readonly restartScore: number;
  readonly restartHours: number;
  /** A place counts with so many articles a day at most: one local crisis is not a diffuse one. */
  readonly perPlace: number;
  /** Of which topics the places are looked at together; of all if left out. */
  readonly isPooled?: (topic: string) => boolean;
}

export const POOLED_OPTIONS: PooledOptions = {
  added: [0.15, 0.4],
  addedShare: 0.75,
  markDivisor: 0.95,
  dispersion: 1.4,
  scale: 1.5,
  offset: 1.5,
  restartScore: 3.5,
  restartHours: 72,
  perPlace: 1,
};

/** A place belongs to a diffuse crisis if it had news of it within this time. */
const MEMBER_HOURS = 72;

/**
 * Sequential test of every topic for having begun to grow a little in many places at once.
 *
 * Each article weighs log(1 + added / usual), so two articles from two places that never report outweigh ten from a
 * place that always does.
 */
export class PooledCusum {
  readonly #rates: RateModel;
  readonly #options: PooledOptions;
  readonly #topics: TopicState[] = [];
  #members: MemberState[] = [];

  constructor(rates: RateModel, options: PooledOptions) {
    this.#rates = rates;
    this.#options = options;
  }

  /** Counts what a series has brought in the hour that is about to end. */
  add(series: number, hour: number, items: number, negative: number, damping: number): void {
    this.#meet();
    const { added, perPlace } = this.#options;
    if (!this.#isPooled(series)) return;
    const member = this.#members[series] as MemberState;
    const load = member.load * Math.exp((member.loadHour - hour) / 24);
    const room = Math.max(0, Math.min(1, (perPlace - load) / items));
    member.load = load + items;
    member.loadHour = hour;
    if (room === 0) return;
    if (negative > 0) member.negativeHour = hour;
    const { gains } = this.#topics[this.#rates.topicOf[series] ?? 0] as TopicState;
    for (let c = 0; c < added.length; c++) {
      const gain = room * this.#gain(series, items, negative, added[c] as number);
      gains[c] = (gains[c] as number) + (gain > 0 ? gain * damping : gain);
    }
  }

  /** Log likelihood ratio of these articles if `added` a day came on top of what is usual. */
  #gain(series: number, items: number, negative: number, added: number): number {
    const { addedShare, markDivisor, dispersion } = this.#options;
    const daily = Math.max(MIN_DAILY, this.#rates.today(series));
    const share = this.#rates.share[series] as number;
    const q = Math.min(0.97, (share * daily + added * addedShare) / (daily + added));
    const tone = negative * Math.log(q / share) + (items - negative) * Math.log((1 - q) / (1 - share));
    return (items * Math.log(1 + added / daily)) / dispersion + tone / markDivisor;
  }

  /** Moves every topic on by one hour, after `add` was called for each series with news in it. */
  endHour(hour: number): void {
    this.#meet();
    const { added, scale, offset, dispersion } = this.#options;
    const drift = this.#rates.hourShare / dispersion;
    for (const topic of this.#topics) {
      let total = 0;
      for (let c = 0; c < added.length; c++) {
        const sum = (topic.sums[c] as number) + (topic.gains[c] as number);
        topic.sums[c] = Math.max(0, sum - topic.places * drift * (added[c] as number));
        topic.gains[c] = 0;
        total += Math.exp(topic.sums[c] as number);
      }
      const score = Math.log10(total / added.length);
      topic.score = score > 0 ? scale * score + offset : 0;
      this.#restart(topic, hour);
    }
  }

  /** Score of the series' topic, for a series that had part in it. */
  scoreOf(series: number, hour: number): number {
    const negativeHour = this.#members[series]?.negativeHour ?? Number.NEGATIVE_INFINITY;
    if (hour - negativeHour > MEMBER_HOURS) return 0;
    return this.#topics[this.#rates.topicOf[series] ?? 0]?.score ?? 0;
  }

  #isPooled(series: number): boolean {
    const { isPooled } = this.#options;
    return isPooled === undefined || isPooled(this.#rates.topics[this.#rates.topicOf[series] ?? 0] ?? '');
  }

  #restart(topic: TopicState, hour: number): void {
    if (topic.score > topic.peak) {
      topic.peak = topic.score;
      topic.peakHour = hour;
      return;
    }
    if (topic.score === 0) topic.peak = 0;
    const { restartScore, restartHours } = this.#options;
    if (topic.peak <= restartScore || hour - topic.peakHour < restartHours) return;
    topic.sums.fill(0);
    topic.peak = 0;
    topic.score = 0;
  }

  /** Forgets all other series, and numbers those anew in this order; the rates must not have yet. */
  keep(kept: readonly number[]): void {
    this.#meet();
    for (const topic of this.#topics) topic.places = 0;
    for (const series of kept) (this.#topics[this.#rates.topicOf[series] ?? 0] as TopicState).places++;
    this.#members = kept.map((series) => this.#members[series] as MemberState);
  }

  state(): Remembered {
    return {
      topics: this.#topics.map((topic) => ({ ...topic, sums: [...topic.sums], gains: [...topic.gains] })),
      // What never was is no number in JSON.
      members: this.#members.map(({ load, loadHour, negativeHour }) => [
        load,
        loadHour,
        Number.isFinite(negativeHour) ? negativeHour : null,
      ]),
    };
  }

  recall(state: Remembered): void {
    const { topics, members } = state as unknown as {
      topics: TopicState[];
      members: [number, number, number | null][];
    };
    this.#topics.push(...topics);
    for (const [load, loadHour, negativeHour] of members) {
      this.#members.push({ load, loadHour, negativeHour: negativeHour ?? Number.NEGATIVE_INFINITY });
    }
  }

  /** Takes in series that have appeared since. */
  #meet(): void {
    while (this.#members.length < this.#rates.size) {
      const number = this.#rates.topicOf[this.#members.length] ?? 0;
      this.#members.push({ load: 0, loadHour: 0, negativeHour: Number.NEGATIVE_INFINITY });
      while (this.#topics.length <= number) this.#topics.push(newTopic(this.#options.added.length));
      (this.#topics[number] as TopicState).places++;
    }
  }
}

interface TopicState {
  places: number;
  readonly sums: number[];
  readonly gains: number[];
  score: number;
  peak: number;
  peakHour: number;
}

interface MemberState {
  /** Articles counted of late, fading by the day. */
  load: number;
  loadHour: number;
  negativeHour: number;
}

/** A place that never reports would make its first article infinitely surprising. */
const MIN_DAILY = 0.02;

function newTopic(components: number): TopicState {
  return {
    places: 0,
    sums: new Array<number>(components).fill(0),
    gains: new Array<number>(components).fill(0),
    score: 0,
    peak: 0,
    peakHour: 0,
  };
}
