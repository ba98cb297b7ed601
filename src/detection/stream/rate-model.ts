import { USUAL_HOURS, USUAL_WEEKDAYS } from '../usual-rhythm.ts';
import { numbersFromText, numbersToText, type Remembered } from './memory.ts';
import type { CalendarObservation } from './observation.ts';

/** Sunday is 0 on day 3 of 1970: the epoch began on a Thursday. */
const EPOCH_WEEKDAY = 4;

export interface RateOptions {
  /** Days over which a series' own level is remembered. */
  readonly levelDays: number;
  /** Days over which the level of a whole topic is remembered: season and trend, pooled over places. */
  readonly topicDays: number;
  /** Days for the share of negative articles. */
  readonly shareDays: number;
  /** What has begun must not become its own baseline. */
  readonly guardDays: number;
  /** Articles a day of a place, and of a topic, before anything is known of them; 0.3 if left out. */
  readonly firstLevelOfPlace?: (place: string) => number;
  readonly firstLevelOfTopic?: (topic: string) => number;
}

export const RATE_OPTIONS: RateOptions = { levelDays: 150, topicDays: 8, shareDays: 90, guardDays: 5 };

/** Anscombe residual from which a day counts as an outburst and is down-weighted (Noufaily et al. 2013). */
const OUTLIER = 2.58;

/** The negative share of a series starts from its topic's, which speaks with the voice of so many articles. */
const SHARE_PRIOR = 12;

/** Before anything is known: articles a day, negative share, variance over mean. */
const FIRST_LEVEL = 0.3;
const FIRST_SHARE = 0.3;
const FIRST_DISPERSION = 1.7;
const MIN_DISPERSION = 1.3;

/** Busier series stray further: dispersion is learned apart for daily levels below each bound. */
const DISPERSION_BOUNDS = [0.25, 0.75, 2, 6, Number.POSITIVE_INFINITY];

/** Articles that the usual rhythm is worth against what has been counted. */
const RHYTHM_PRIOR = 300;
const CALENDAR_PRIOR = 15;

/** Of the most series that are kept so many stay when there are more. */
const SHARE_KEPT = 0.9;

/** When series are forgotten; ids come from texts, and whoever writes texts could invent any number of them. */
export interface ForgettingOptions {
  readonly quietDays: number;
  readonly mostSeries: number;
}

/** Half a year; and four times the facilities, provinces, topics, diseases and medicines that there are. */
export const FORGETTING_OPTIONS: ForgettingOptions = { quietDays: 180, mostSeries: 20_000 };

/** Windows of rules reach a week back. */
const RECENT_HOURS = 8 * 24;

interface RateState {
  readonly names: string[];
  readonly topics: string[];
  readonly series: string[];
  readonly ring: string[][];
  readonly commonExposure: number;
  readonly hours: number[];
  readonly weekdays: [number, number][];
  readonly season: number[];
  readonly seasonRatio: [number, number][];
  readonly topicShare: [number, number][];
  readonly dispersion: [number, number][];
  readonly windows: (Omit<CalendarWindow, 'topics'> & { readonly topics?: number[] })[];
  readonly calendar: [string, number, number][];
  readonly calendarNow: { name: string; factor: number }[];
  readonly hourFactor: number;
  readonly hourNow: number | null;
  readonly dayFactor: number[];
  readonly dayExposure: number[];
  readonly recentFactors: number[][];
}

interface CalendarWindow {
  readonly fromHour: number;
  readonly toHour: number;
  /** Topics it concerns; all where absent. */
  readonly topics?: ReadonlySet<number>;
  readonly name: string;
}

type Column = Float64Array<ArrayBuffer>;
type Columns = [Column, Column, Column, Column, Column, Column, Column, Column, Column, Column];

interface Ratio {
  observed: number;
  expected: number;
}

interface PastDay {
  readonly count: Float64Array;
  readonly toned: Float64Array;
  readonly negative: Float64Array;
  /** Expected of a level of 1, and as it was expected of the level then. */
  readonly exposure: Float64Array;
  readonly mean: Float64Array;
}

/**
 * What every series should show in every hour, learned from the past alone.
 *
 * mean = level of the series × level of its topic (season) × weekday × calendar × hour.
 * Levels are discounted gamma posteriors, shrunk to what the margins of place and topic make likely.
 */
export class RateModel {
  readonly names: string[] = [];
  readonly topicOf: number[] = [];
  readonly placeOf: number[] = [];
  /** Articles a day of a usual day, by series. */
  level = new Float64Array(0);
  share = new Float64Array(0);
  readonly topics: string[] = [];
  readonly places: string[] = [];

  readonly #options: RateOptions;
  readonly #index = new Map<string, number>();
  readonly #topicIndex = new Map<string, number>();
  readonly #placeIndex = new Map<string, number>();

  #articles = new Float64Array(0);
  #exposure = new Float64Array(0);
  #negative = new Float64Array(0);
  #judged = new Float64Array(0);
  #count = new Float64Array(0);
  #countToned = new Float64Array(0);
  #countNegative = new Float64Array(0);
  /** Day of the last article of a series; of its first appearance where none was counted. */
  #newsDay = new Float64Array(0);
  readonly #ring: PastDay[] = [];
  /** Exposure of a series that has been there all along, for those that appear later. */
  #commonExposure = 0;

  readonly #hours = USUAL_HOURS.map((x) => (x * RHYTHM_PRIOR) / 24);
  readonly #weekdays: Ratio[][] = [];
  readonly #season: number[] = [];
  readonly #seasonRatio: Ratio[] = [];
  readonly #topicShare: Ratio[] = [];
  readonly #dispersion: Ratio[] = DISPERSION_BOUNDS.map(() => ({
    observed: FIRST_DISPERSION * 50,
    expected: 50,
  }));
  #windows: CalendarWindow[] = [];
  readonly #calendar = new Map<string, Ratio>();
  #calendarNow: { name: string; factor: number }[] = [];

  #hourFactor = 0;
  #hourNow = Number.NEGATIVE_INFINITY;
  /** What the hours of the last days were expected to bring of a level of 1, by topic, oldest first. */
  #recentFactors: number[][] = [];
  #dayFactor: number[] = [];
  /** Sum over the hours of the day so far of what was expected of a level of 1, by topic. */
  #dayExposure: number[] = [];

  constructor(options: RateOptions = RATE_OPTIONS) {
    this.#options = options;
  }

  get size(): number {
    return this.names.length;
  }

  /** Number of a series, `place/topic`; `undefined` where nothing was ever counted of it. */
  find(name: string): number | undefined {
    return this.#index.get(name);
  }

  /** Number of a series, `place/topic`; new ones are taken in. */
  indexOf(name: string): number {
    const known = this.#index.get(name);
    if (known !== undefined) return known;
    const index = this.#enter(name);
    this.#grow(index + 1);
    const place = this.places[this.placeOf[index] ?? 0] ?? '';
    const topic = this.topics[this.topicOf[index] ?? 0] ?? '';
    this.#exposure[index] = this.#commonExposure;
    this.level[index] = (this.#firstOfPlace(place) * this.#firstOfTopic(topic)) / FIRST_LEVEL;
    this.share[index] = FIRST_SHARE;
    this.#newsDay[index] = Number.isFinite(this.#hourNow) ? Math.floor(this.#hourNow / 24) : 0;
    return index;
  }

  #enter(name: string): number {
    const slash = name.indexOf('/');
    const place = slash < 0 ? name : name.slice(0, slash);
    const topic = slash < 0 ? '' : name.slice(slash + 1);
    const index = this.names.push(name) - 1;
    this.#index.set(name, index);
    this.topicOf.push(this.#topic(topic));
    this.placeOf.push(numberOf(place, this.#placeIndex, this.places));
    return index;
  }

  /**
   * Numbers, ascending, of the series that still say something: that had news within `quietDays`, or of which more is
   * remembered than the article that the prior is worth. Of more than `mostSeries` the ones of which nothing is
   * remembered leave first, those longest without news before others: a flood of invented names must not wash away
   * what was learned of real ones. Some more leave with them, so that this is not asked again at once.
   */
  worthKeeping(day: number, { quietDays, mostSeries }: ForgettingOptions): number[] {
    const news = (series: number) => this.#newsDay[series] ?? 0;
    const articles = (series: number) => this.#articles[series] ?? 0;
    const all = this.names.map((_, series) => series);
    const known = all.filter((series) => day - news(series) <= quietDays || articles(series) >= 1);
    if (known.length <= mostSeries) return known;
    const isLearned = (series: number) => Number(articles(series) >= 1);
    known.sort(
      (a, b) => isLearned(b) - isLearned(a) || news(b) - news(a) || articles(b) - articles(a) || a - b,
    );
    return known.slice(0, Math.floor(mostSeries * SHARE_KEPT)).sort((a, b) => a - b);
  }

  /** Forgets all other series. @param kept  numbers, ascending; they are numbered anew in this order */
  keep(kept: readonly number[]): void {
    this.#setColumns(this.#columns().map((column) => rowsOf(column, kept)));
    this.#ring.forEach((day, at) => {
      // Who came after a day has no row in it.
      const there = kept.filter((series) => series < day.count.length);
      this.#ring[at] = {
        count: rowsOf(day.count, there),
        toned: rowsOf(day.toned, there),
        negative: rowsOf(day.negative, there),
        exposure: rowsOf(day.exposure, there),
        mean: rowsOf(day.mean, there),
      };
    });
    const names = kept.map((series) => this.names[series] ?? '');
    for (const list of [this.names, this.topicOf, this.placeOf, this.places]) list.length = 0;
    this.#index.clear();
    this.#placeIndex.clear();
    for (const name of names) this.#enter(name);
  }

  #topic(topic: string): number {
    const index = numberOf(topic, this.#topicIndex, this.topics);
    if (index === this.#season.length) {
      this.#season.push(1);
      this.#seasonRatio.push({ observed: 5, expected: 5 });
      this.#topicShare.push({ observed: FIRST_SHARE * 20, expected: 20 });
      this.#weekdays.push(
        USUAL_WEEKDAYS.map((x) => ({ observed: (x * RHYTHM_PRIOR) / 7, expected: RHYTHM_PRIOR / 7 })),
      );
      this.#dayFactor.push(this.#hourFactor);
      this.#dayExposure.push(0);
      this.#recentFactors.push([]);
      this.#calendarNow.push({ name: '', factor: 1 });
    }
    return index;
  }

  #grow(size: number): void {
    if (size <= this.level.length) return;
    const length = Math.max(64, this.level.length * 2);
    this.#setColumns(
      this.#columns().map((old) => {
        const grown = new Float64Array(length);
        grown.set(old);
        return grown;
      }),
    );
  }

  /** Everything that is known of single series, one number each. */
  #columns(): Float64Array<ArrayBuffer>[] {
    return [
      this.level,
      this.share,
      this.#articles,
      this.#exposure,
      this.#negative,
      this.#judged,
      this.#count,
      this.#countToned,
      this.#countNegative,
      this.#newsDay,
    ];
  }

  #setColumns(columns: readonly Float64Array<ArrayBuffer>[]): void {
    [
      this.level,
      this.share,
      this.#articles,
      this.#exposure,
      this.#negative,
      this.#judged,
      this.#count,
      this.#countToned,
      this.#countNegative,
      this.#newsDay,
    ] = columns as Columns;
  }

  announce(calendar: CalendarObservation, hourOfMs: (ms: number) => number): void {
    const patterns = calendar.series.map((pattern) => pattern.slice(pattern.indexOf('/') + 1));
    const isForAll = calendar.series.includes('*');
    this.#windows.push({
      fromHour: hourOfMs(calendar.from),
      toHour: hourOfMs(calendar.to),
      name: calendar.name,
      ...(isForAll ? {} : { topics: new Set(patterns.map((topic) => this.#topic(topic))) }),
    });
  }

  /** Sets the clock; must be called for every hour, in order. */
  beginHour(hour: number): void {
    const hourOfDay = mod(hour, 24);
    const total = this.#hours.reduce((sum, x) => sum + x, 0);
    this.#hourFactor = (this.#hours[hourOfDay] ?? 0) / total;
    const weekday = mod(Math.floor(hour / 24) + EPOCH_WEEKDAY, 7);
    for (let topic = 0; topic < this.topics.length; topic++) {
      const now = this.#calendarAt(topic, hour);
      this.#calendarNow[topic] = now;
      const week = this.#weekdays[topic]?.[weekday] as Ratio;
      this.#dayFactor[topic] =
        (this.#season[topic] ?? 1) * (week.observed / week.expected) * now.factor * this.#hourFactor;
      this.#dayExposure[topic] = (this.#dayExposure[topic] ?? 0) + (this.#dayFactor[topic] ?? 0);
      this.#rememberFactor(topic, hour);
    }
  }

  #rememberFactor(topic: number, hour: number): void {
    const factors = this.#recentFactors[topic] as number[];
    // A topic that appears between two hours has none for those before.
    factors.push(this.#dayFactor[topic] ?? 0);
    if (factors.length > RECENT_HOURS) factors.shift();
    this.#hourNow = hour;
  }

  #calendarAt(topic: number, hour: number): { name: string; factor: number } {
    for (const window of this.#windows) {
      if (hour < window.fromHour || hour >= window.toHour) continue;
      if (window.topics !== undefined && !window.topics.has(topic)) continue;
      const key = window.topics === undefined ? window.name : `${window.name}/${topic}`;
      const ratio = this.#calendar.get(key) ?? { observed: CALENDAR_PRIOR, expected: CALENDAR_PRIOR };
      this.#calendar.set(key, ratio);
      return { name: key, factor: ratio.observed / ratio.expected };
    }
    return { name: '', factor: 1 };
  }

  /** What a series should show in the hour begun last. */
  mean(series: number): number {
    return (this.level[series] ?? 0) * (this.#dayFactor[this.topicOf[series] ?? 0] ?? 0);
  }

  /** Articles to be expected of a whole day like today: season, weekday and calendar included. */
  today(series: number): number {
    return this.mean(series) / Math.max(this.#hourFactor, 1e-9);
  }

  /** Share of a usual day that falls into the hour begun last. */
  get hourShare(): number {
    return this.#hourFactor;
  }

  /** Articles a day that are usual for the series by now, season included. */
  daily(series: number): number {
    return (this.level[series] ?? 0) * (this.#season[this.topicOf[series] ?? 0] ?? 1);
  }

  /** Variance over mean of a day's count of the series. */
  dispersion(series: number): number {
    const ratio = this.#dispersion[dispersionClass(this.daily(series))] as Ratio;
    return Math.max(MIN_DISPERSION, ratio.observed / ratio.expected);
  }

  /** Counts an article of the current day; `weight` in volume, `tone` in the negative share. */
  count(series: number, hour: number, weight: number, tone: number, isNegative: boolean): void {
    const hourOfDay = mod(hour, 24);
    this.#count[series] = (this.#count[series] ?? 0) + weight;
    this.#countToned[series] = (this.#countToned[series] ?? 0) + tone;
    if (isNegative) this.#countNegative[series] = (this.#countNegative[series] ?? 0) + tone;
    this.#hours[hourOfDay] = (this.#hours[hourOfDay] ?? 0) + 1;
    this.#newsDay[series] = Math.floor(hour / 24);
  }

  /** Takes an article back that was counted; the rhythm of the day remembers it. */
  uncount(series: number, weight: number, tone: number, isNegative: boolean): void {
    this.#count[series] = (this.#count[series] ?? 0) + weight;
    this.#countToned[series] = (this.#countToned[series] ?? 0) + tone;
    if (isNegative) this.#countNegative[series] = (this.#countNegative[series] ?? 0) + tone;
  }

  /**
   * Articles to be expected of a series in the last hours up to `toHour` and a part of it, by what is known now.
   *
   * @param fromHour  number of the first hour, fractions allowed; eight days back at most
   * @returns their number, and how far it strays: news comes in clumps, and the level itself is uncertain
   */
  expectedBetween(series: number, fromHour: number, toHour: number): { expected: number; spread: number } {
    const factors = this.#recentFactors[this.topicOf[series] ?? 0] ?? [];
    const first = this.#hourNow - factors.length + 1;
    let exposure = 0;
    for (let at = Math.max(first, Math.floor(fromHour)); at <= this.#hourNow && at < toHour; at++) {
      const part = Math.min(at + 1, toHour) - Math.max(at, fromHour);
      exposure += part * (factors[at - first] ?? 0);
    }
    const expected = (this.level[series] ?? 0) * exposure;
    const doubt = expected ** 2 / (1 + (this.#articles[series] ?? 0));
    return { expected, spread: Math.sqrt(this.dispersion(series) * expected + doubt) };
  }

  state(): Remembered {
    return {
      names: [...this.names],
      topics: [...this.topics],
      series: this.#columns().map((column) => numbersToText(column.slice(0, this.size))),
      ring: this.#ring.map(({ count, toned, negative, exposure, mean }) =>
        [count, toned, negative, exposure, mean].map(numbersToText),
      ),
      commonExposure: this.#commonExposure,
      hours: [...this.#hours],
      weekdays: ratios(this.#weekdays.flat()),
      season: [...this.#season],
      seasonRatio: ratios(this.#seasonRatio),
      topicShare: ratios(this.#topicShare),
      dispersion: ratios(this.#dispersion),
      windows: this.#windows.map(({ topics, ...window }) => ({
        ...window,
        ...(topics === undefined ? {} : { topics: [...topics] }),
      })),
      calendar: [...this.#calendar].map(([name, { observed, expected }]) => [name, observed, expected]),
      calendarNow: this.#calendarNow.map((now) => ({ ...now })),
      hourFactor: this.#hourFactor,
      hourNow: Number.isFinite(this.#hourNow) ? this.#hourNow : null,
      dayFactor: [...this.#dayFactor],
      dayExposure: [...this.#dayExposure],
      recentFactors: this.#recentFactors.map((factors) => [...factors]),
    };
  }

  /** Goes on from a state; of a model that has not been told anything. */
  recall(state: Remembered): void {
    const said = state as unknown as RateState;
    for (const topic of said.topics) this.#topic(topic);
    for (const name of said.names) this.indexOf(name);
    this.#columns().forEach((column, at) => {
      column.set(numbersFromText(said.series[at] ?? ''));
    });
    for (const day of said.ring) {
      const [count, toned, negative, exposure, mean] = day.map(numbersFromText) as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      this.#ring.push({ count, toned, negative, exposure, mean });
    }
    this.#commonExposure = said.commonExposure;
    put(this.#hours, said.hours);
    put(this.#weekdays.flat(), said.weekdays.map(ratioOf), assignRatio);
    put(this.#season, said.season);
    put(this.#seasonRatio, said.seasonRatio.map(ratioOf), assignRatio);
    put(this.#topicShare, said.topicShare.map(ratioOf), assignRatio);
    put(this.#dispersion, said.dispersion.map(ratioOf), assignRatio);
    this.#windows = said.windows.map(({ topics, ...window }) => ({
      ...window,
      ...(topics === undefined ? {} : { topics: new Set(topics) }),
    }));
    this.#calendar.clear();
    for (const [name, observed, expected] of said.calendar) this.#calendar.set(name, { observed, expected });
    this.#calendarNow = said.calendarNow;
    this.#hourFactor = said.hourFactor;
    this.#hourNow = said.hourNow ?? Number.NEGATIVE_INFINITY;
    this.#dayFactor = said.dayFactor;
    this.#dayExposure = said.dayExposure;
    this.#recentFactors = said.recentFactors;
  }

  /** Ends the Vietnamese day that `hour` was the last of, and learns from the one that has left the guard. */
  endDay(hour: number): void {
    const size = this.size;
    const exposure = new Float64Array(size);
    const mean = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      exposure[i] = this.#dayExposure[this.topicOf[i] ?? 0] ?? 0;
      mean[i] = (exposure[i] ?? 0) * (this.level[i] ?? 0);
    }
    const today: PastDay = {
      count: nonNegative(this.#count, size),
      toned: nonNegative(this.#countToned, size),
      negative: nonNegative(this.#countNegative, size),
      exposure,
      mean,
    };
    this.#learnRhythm(today, hour);
    this.#ring.push(today);
    if (this.#ring.length > this.#options.guardDays) this.#learnLevels(this.#ring.shift() as PastDay);
    this.#count.fill(0);
    this.#countToned.fill(0);
    this.#countNegative.fill(0);
    this.#dayExposure = this.#dayExposure.map(() => 0);
    this.#windows = this.#windows.filter(({ toHour }) => toHour > hour);
  }

  /** Weekday, calendar and season are pooled over places: one crisis cannot bend them, and they need no guard. */
  #learnRhythm({ count, mean }: PastDay, hour: number): void {
    const weekday = mod(Math.floor(hour / 24) + EPOCH_WEEKDAY, 7);
    const observed = this.topics.map(() => 0);
    const expected = this.topics.map(() => 0);
    for (let i = 0; i < mean.length; i++) {
      const topic = this.topicOf[i] ?? 0;
      const mu = mean[i] ?? 0;
      const y = count[i] ?? 0;
      observed[topic] =
        (observed[topic] ?? 0) + Math.min(y, mu + OUTLIER * Math.sqrt(FIRST_DISPERSION * mu) + 1);
      expected[topic] = (expected[topic] ?? 0) + mu;
    }
    const fade = Math.exp(-1 / this.#options.topicDays);
    for (let topic = 0; topic < observed.length; topic++) {
      const y = observed[topic] ?? 0;
      const mu = expected[topic] ?? 0;
      const now = this.#calendarNow[topic];
      if (now !== undefined && now.name !== '') {
        const ratio = this.#calendar.get(now.name) as Ratio;
        ratio.observed += y;
        ratio.expected += mu / now.factor;
        continue;
      }
      const week = this.#weekdays[topic]?.[weekday] as Ratio;
      const weekdayFactor = week.observed / week.expected;
      week.observed += y;
      week.expected += mu / weekdayFactor;
      const season = this.#seasonRatio[topic] as Ratio;
      season.observed = season.observed * fade + y;
      season.expected = season.expected * fade + mu / (this.#season[topic] ?? 1);
      this.#season[topic] = (season.observed + 5) / (season.expected + 5);
    }
  }

  #learnLevels({ count, toned, negative, exposure, mean }: PastDay): void {
    const { levelDays, shareDays } = this.#options;
    const fade = Math.exp(-1 / levelDays);
    const fadeShare = Math.exp(-1 / shareDays);
    this.#commonExposure = this.#commonExposure * fade + meanOf(exposure);
    for (const ratio of this.#topicShare) {
      ratio.observed *= fadeShare;
      ratio.expected *= fadeShare;
    }
    for (const ratio of this.#dispersion) {
      ratio.observed *= fade;
      ratio.expected *= fade;
    }
    for (let i = 0; i < count.length; i++) {
      const y = count[i] ?? 0;
      const mu = mean[i] ?? 0;
      const trust = trustIn(y, mu, this.dispersion(i));
      this.#articles[i] = (this.#articles[i] ?? 0) * fade + trust * y;
      this.#exposure[i] = (this.#exposure[i] ?? 0) * fade + trust * (exposure[i] ?? 0);
      this.#negative[i] = (this.#negative[i] ?? 0) * fadeShare + trust * (negative[i] ?? 0);
      this.#judged[i] = (this.#judged[i] ?? 0) * fadeShare + trust * (toned[i] ?? 0);
      const share = this.#topicShare[this.topicOf[i] ?? 0] as Ratio;
      share.observed += trust * (negative[i] ?? 0);
      share.expected += trust * (toned[i] ?? 0);
      const ratio = this.#dispersion[dispersionClass(this.daily(i))] as Ratio;
      ratio.observed += trust * (y - mu) ** 2;
      ratio.expected += trust * mu;
    }
    this.#refresh();
  }

  #firstOfPlace(place: string): number {
    return this.#options.firstLevelOfPlace?.(place) ?? FIRST_LEVEL;
  }

  #firstOfTopic(topic: string): number {
    return this.#options.firstLevelOfTopic?.(topic) ?? FIRST_LEVEL;
  }

  /** Levels and shares anew: own history, shrunk to what place and topic make likely. */
  #refresh(): void {
    const place = this.places.map((name) => marginOf(this.#firstOfPlace(name)));
    const topic = this.topics.map((name) => marginOf(this.#firstOfTopic(name)));
    const all = marginOf(FIRST_LEVEL);
    for (let i = 0; i < this.size; i++) {
      for (const margin of [place[this.placeOf[i] ?? 0], topic[this.topicOf[i] ?? 0], all] as Ratio[]) {
        margin.observed += this.#articles[i] ?? 0;
        margin.expected += this.#exposure[i] ?? 0;
      }
    }
    const rate = ({ observed, expected }: Ratio) => observed / expected;
    for (let i = 0; i < this.size; i++) {
      const prior =
        (rate(place[this.placeOf[i] ?? 0] as Ratio) * rate(topic[this.topicOf[i] ?? 0] as Ratio)) / rate(all);
      this.level[i] = (1 + (this.#articles[i] ?? 0)) / (1 / prior + (this.#exposure[i] ?? 0));
      const topicShare = rate(this.#topicShare[this.topicOf[i] ?? 0] as Ratio);
      const share =
        (SHARE_PRIOR * topicShare + (this.#negative[i] ?? 0)) / (SHARE_PRIOR + (this.#judged[i] ?? 0));
      this.share[i] = Math.min(0.9, Math.max(0.03, share));
    }
  }
}

function rowsOf(column: Float64Array, kept: readonly number[]): Float64Array<ArrayBuffer> {
  return Float64Array.from(kept, (series) => column[series] ?? 0);
}

/** What a margin is worth before anything is known: half an article. */
function marginOf(level: number): Ratio {
  return { observed: 0.5, expected: 0.5 / level };
}

/** More may be taken back on a day than was counted on it. */
function nonNegative(values: Float64Array, size: number): Float64Array {
  return values.slice(0, size).map((value) => Math.max(0, value));
}

function ratios(of: readonly Ratio[]): [number, number][] {
  return of.map(({ observed, expected }) => [observed, expected]);
}

function ratioOf([observed, expected]: readonly [number, number]): Ratio {
  return { observed, expected };
}

function assignRatio(into: Ratio, from: Ratio): void {
  into.observed = from.observed;
  into.expected = from.expected;
}

function put<T>(into: T[], from: readonly T[], assign?: (into: T, from: T) => void): void {
  from.forEach((value, index) => {
    if (assign === undefined) into[index] = value;
    else assign(into[index] as T, value);
  });
}

function trustIn(count: number, mean: number, dispersion: number): number {
  const mu = Math.max(mean, 0.05);
  const residual = (1.5 * (count ** (2 / 3) - mu ** (2 / 3))) / (mu ** (1 / 6) * Math.sqrt(dispersion));
  return residual <= OUTLIER ? 1 : (OUTLIER / residual) ** 2;
}

function dispersionClass(daily: number): number {
  return DISPERSION_BOUNDS.findIndex((bound) => daily < bound);
}

function numberOf(name: string, index: Map<string, number>, names: string[]): number {
  const known = index.get(name);
  if (known !== undefined) return known;
  index.set(name, names.length);
  return names.push(name) - 1;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
