import { HOUR_MS, vietnameseClock, vietnameseDay } from '../domain/time.ts';
import { countInterval } from './count-interval.ts';
import { USUAL_HOURS, USUAL_WEEKDAYS } from './usual-rhythm.ts';

/** Articles of something per hour, without a gap. */
export interface HourlySeries {
  /** Start of the first hour, milliseconds since 1970: where the archive begins, or as far back as is looked. */
  readonly startMs: number;
  /** One count an hour, the last hour a whole one. */
  readonly counts: ArrayLike<number>;
}

/** Articles within so many hours. */
export interface Outlook {
  readonly hours: number;
  /** Mean, and the number that is as likely to be passed as not. */
  readonly expected: number;
  readonly likely: number;
  /** Four times out of five it is from `low` to `high`. */
  readonly low: number;
  readonly high: number;
}

/** What an outlook of the past said, and what came. */
export interface PastOutlook extends Outlook {
  readonly at: string;
  readonly came: number;
}

/** How outlooks of the same series turned out: one a day, the latest first. */
export interface ForecastRecord {
  readonly past: readonly PastOutlook[];
  /** Mean distance between `likely` and what came; the same for the count of the day before, had it been the guess. */
  readonly meanError: number;
  readonly naiveError: number;
  /** How many of `past` came within their interval. */
  readonly within: number;
}

export interface DayCount {
  /** In Vietnam, `YYYY-MM-DD`. */
  readonly day: string;
  /** Counted, and for today and later what is expected on top of it. */
  readonly articles: number;
  readonly isExpected: boolean;
}

/** What is to come of a series of articles if nothing new happens to it. */
export interface Forecast {
  /** The hour that it begins with, ISO 8601. */
  readonly at: string;
  /** For the next 24 and 72 hours. */
  readonly outlooks: readonly [Outlook, Outlook];
  /** Articles of an ordinary day, and of the last 24 hours. */
  readonly usualPerDay: number;
  readonly lastDay: number;
  /** The two weeks before, today, and the three days after. */
  readonly days: readonly DayCount[];
  readonly peak: DayCount;
  /** First day with no more than usual: that of `at` where that is so already, absent where two weeks do not suffice. */
  readonly backToUsualOn?: string;
  /** Of the 24 hours' outlooks. */
  readonly record: ForecastRecord;
}

const HORIZONS = [24, 72] as const;

/**
 * Each article is followed by others: by `share` of one on average, spread over these many days of newsroom time with
 * these weights. The rest of what comes follows the level of two months, which is the last. Fitted by Poisson deviance to
 * eleven topics and to bursts of diseases, facilities and provinces, in real headlines from 9 August to 30 November 2025.
 */
const REACH_DAYS = [0.5, 2, 60];
const WEIGHTS = [0.4, 0.6];

/**
 * How much a matter feeds on itself differs: each of these shares is believed by how well it foretold the hours of the
 * series so far. What an hour tells is discounted, since hours in a row tell the same, and forgotten.
 */
const SHARES = [0, 0.15, 0.3, 0.45, 0.6, 0.8, 1];
const TOLD_BY_AN_HOUR = 0.25;
const FORGET_DAYS = 60;
const LEARN_AFTER_HOURS = 72;
const MIN_MEAN = 1e-6;
const MIN_LIFE = 1e-9;

/** Articles that a series must have for its own hours and weekdays to count as much as those of all newsrooms. */
const OWN_HOURS = 150;
const OWN_WEEKDAYS = 1000;
const RHYTHM_EVERY_HOURS = 168;

/** Variance over mean of what came in 24 and 72 hours in the same headlines; the series' own record counts for more. */
const USUAL_DISPERSION: Readonly<Record<(typeof HORIZONS)[number], number>> = { 24: 1.2, 72: 1.65 };
/** Its own record weighs as much after so many days, and one surprise no more than this. */
const DISPERSION_DAYS = 14;
const MOST_SURPRISE = 8;

const RECORD_DAYS = 14;
const USUAL_DAYS = 56;
/** Days of that span that are left out as out of the ordinary. */
const UNUSUAL_SHARE = 0.1;
const DAYS_BEFORE = 14;
const DAYS_AFTER = 3;
const FARTHEST_DAYS = 14;

const DAY = 24;

/**
 * Forecasts a series by a self-exciting process in newsroom time: articles are followed by articles, the more the
 * fresher they are, and nights and Sundays pass slowly. How much a series feeds on itself is learned from its own hours,
 * beginning with what is usual; its own past outlooks tell how wide the interval has to be.
 *
 * @param series a day at least; two months tell the level, and more adds little
 * @throws {RangeError} with less than a day of counts
 * @see Hawkes 1971, doi:10.1093/biomet/58.1.83
 */
export function forecast(series: HourlySeries): Forecast {
  const length = series.counts.length;
  if (length < DAY) throw new RangeError(`A forecast needs a day of counts, got ${length} hours`);
  const process = new NewsProcess(series);
  const records = HORIZONS.map((hours) => new OutlookRecord(series, hours));
  for (let hour = 0; hour < length; hour++) {
    // Past outlooks are made at this hour of their days, as if nothing later were known.
    if (hour > 0 && (length - hour) % DAY === 0) {
      const expected = process.expectAhead(72);
      for (const record of records) record.note(hour, expected);
    }
    process.observe(hour);
  }
  const ahead = process.expectAhead(FARTHEST_DAYS * DAY);
  const [short, long] = records as [OutlookRecord, OutlookRecord];
  const days = dayCounts(series, ahead);
  const usualPerDay = usualDay(series);
  const backToUsualOn = firstUsualDay(series, ahead, usualPerDay);
  return {
    at: new Date(series.startMs + length * HOUR_MS).toISOString(),
    outlooks: [short.outlook(length, ahead), long.outlook(length, ahead)],
    usualPerDay,
    lastDay: sumOf(series.counts, length - DAY, length),
    days,
    peak: days.reduce((top, each) => (each.articles > top.articles ? each : top)),
    ...(backToUsualOn === undefined ? {} : { backToUsualOn }),
    record: short.past(),
  };
}

/** How many articles each coming hour has, given those before. */
class NewsProcess {
  readonly #series: HourlySeries;
  readonly #clock: NewsroomClock;
  /** Articles by the reach of what follows them, thinned by age; and newsroom days, thinned alike. */
  readonly #followed = new Float64Array(REACH_DAYS.length);
  readonly #lived = new Float64Array(REACH_DAYS.length);
  /** Log of how much each of `SHARES` is believed. */
  readonly #beliefs = new Float64Array(SHARES.length);
  #hour = 0;

  constructor(series: HourlySeries) {
    this.#series = series;
    this.#clock = new NewsroomClock(series);
  }

  observe(hour: number): void {
    const count = this.#series.counts[hour] as number;
    const days = this.#clock.daysOf(hour);
    this.#believe(count, days);
    REACH_DAYS.forEach((reach, i) => {
      const thinned = Math.exp(-days / reach);
      this.#followed[i] = (this.#followed[i] as number) * thinned + count / reach;
      this.#lived[i] = (this.#lived[i] as number) * thinned + (1 - thinned);
    });
    this.#clock.learn(hour);
    this.#hour = hour + 1;
  }

  /** Expected count of each of the next hours, were every count what is expected of it. */
  expectAhead(hours: number): Float64Array {
    const rates = this.#rates();
    const share = this.#share();
    return Float64Array.from({ length: hours }, (_, i) => {
      const days = this.#clock.daysOf(this.#hour + i);
      const count = days * rateOf(rates, share);
      REACH_DAYS.forEach((reach, k) => {
        rates[k] = (rates[k] as number) * Math.exp(-days / reach) + count / reach;
      });
      return count;
    });
  }

  #believe(count: number, days: number): void {
    if (this.#hour < LEARN_AFTER_HOURS) return;
    const rates = this.#rates();
    const kept = Math.exp(-days / FORGET_DAYS);
    SHARES.forEach((share, i) => {
      const mean = Math.max(MIN_MEAN, days * rateOf(rates, share));
      const told = count * Math.log(mean) - mean;
      this.#beliefs[i] = (this.#beliefs[i] as number) * kept + TOLD_BY_AN_HOUR * told;
    });
  }

  #share(): number {
    const most = Math.max(...this.#beliefs);
    const weights = this.#beliefs.map((belief) => Math.exp(belief - most));
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return SHARES.reduce((all, share, i) => all + (share * (weights[i] as number)) / sum, 0);
  }

  /** Articles a newsroom day over each reach; of a young series over its life. */
  #rates(): Float64Array {
    return this.#followed.map((followed, i) => followed / Math.max(MIN_LIFE, this.#lived[i] as number));
  }
}

function rateOf(rates: Float64Array, share: number): number {
  const short = WEIGHTS.reduce((sum, weight, i) => sum + weight * (rates[i] as number), 0);
  return share * short + (1 - share) * (rates.at(-1) as number);
}

/** How much of a newsroom's day passes in an hour: little at night and on Sundays. */
class NewsroomClock {
  readonly #series: HourlySeries;
  readonly #hours = new Float64Array(24);
  readonly #weekdays = new Float64Array(7);
  #hourShares = sharesOf(USUAL_HOURS, this.#hours, OWN_HOURS);
  #weekdayShares = sharesOf(USUAL_WEEKDAYS, this.#weekdays, OWN_WEEKDAYS);

  constructor(series: HourlySeries) {
    this.#series = series;
  }

  daysOf(hour: number): number {
    const { hour: of, weekday } = this.#at(hour);
    return ((this.#hourShares[of] as number) * (this.#weekdayShares[weekday] as number)) / 24;
  }

  learn(hour: number): void {
    const { hour: of, weekday } = this.#at(hour);
    const count = this.#series.counts[hour] as number;
    this.#hours[of] = (this.#hours[of] as number) + count;
    this.#weekdays[weekday] = (this.#weekdays[weekday] as number) + count;
    if (hour % RHYTHM_EVERY_HOURS !== RHYTHM_EVERY_HOURS - 1) return;
    this.#hourShares = sharesOf(USUAL_HOURS, this.#hours, OWN_HOURS);
    this.#weekdayShares = sharesOf(USUAL_WEEKDAYS, this.#weekdays, OWN_WEEKDAYS);
  }

  #at(hour: number): { hour: number; weekday: number } {
    return vietnameseClock(this.#series.startMs + hour * HOUR_MS);
  }
}

/** Shares relative to an even spread, from the usual ones and from counts of one's own. */
function sharesOf(usual: readonly number[], own: Float64Array, weight: number): Float64Array {
  const usualSum = usual.reduce((sum, share) => sum + share, 0);
  const ownSum = own.reduce((sum, count) => sum + count, 0);
  return own.map(
    (count, i) => ((count + (weight * (usual[i] as number)) / usualSum) * own.length) / (ownSum + weight),
  );
}

/** Outlooks of one length, made once a day, and what became of them. */
class OutlookRecord {
  readonly #series: HourlySeries;
  readonly #hours: (typeof HORIZONS)[number];
  readonly #noted: { readonly hour: number; readonly expected: number; readonly dispersion: number }[] = [];

  constructor(series: HourlySeries, hours: (typeof HORIZONS)[number]) {
    this.#series = series;
    this.#hours = hours;
  }

  note(hour: number, ahead: Float64Array): void {
    this.#noted.push({
      hour,
      expected: sumOf(ahead, 0, this.#hours),
      dispersion: this.#dispersionAt(hour),
    });
  }

  outlook(hour: number, ahead: Float64Array): Outlook {
    return this.#outlook(sumOf(ahead, 0, this.#hours), this.#dispersionAt(hour));
  }

  past(): ForecastRecord {
    const { counts, startMs } = this.#series;
    const past = this.#over(counts.length)
      .slice(-RECORD_DAYS)
      .reverse()
      .map(({ hour, expected, dispersion }) => ({
        ...this.#outlook(expected, dispersion),
        at: new Date(startMs + hour * HOUR_MS).toISOString(),
        came: sumOf(counts, hour, hour + this.#hours),
        before: sumOf(counts, hour - this.#hours, hour),
      }));
    return {
      past: past.map(({ before: _, ...outlook }) => outlook),
      meanError: mean(past.map(({ likely, came }) => Math.abs(likely - came))),
      naiveError: mean(past.map(({ before, came }) => Math.abs(before - came))),
      within: past.filter(({ low, high, came }) => low <= came && came <= high).length,
    };
  }

  #outlook(expected: number, dispersion: number): Outlook {
    return { hours: this.#hours, expected, ...countInterval(expected, dispersion) };
  }

  /** Variance over mean, from outlooks whose time was over by then. */
  #dispersionAt(hour: number): number {
    const over = this.#over(hour);
    const surprises = over.map(({ hour: from, expected }) => {
      const came = sumOf(this.#series.counts, from, from + this.#hours);
      return Math.min(MOST_SURPRISE, (came - expected) ** 2 / Math.max(0.1, expected));
    });
    const sum = surprises.reduce((all, each) => all + each, 0);
    const usual = USUAL_DISPERSION[this.#hours];
    return (DISPERSION_DAYS * usual + sum) / (DISPERSION_DAYS + surprises.length);
  }

  #over(hour: number) {
    return this.#noted.filter(({ hour: from }) => from + this.#hours <= hour);
  }
}

function dayCounts({ startMs, counts }: HourlySeries, ahead: Float64Array): DayCount[] {
  const nowMs = startMs + counts.length * HOUR_MS;
  const today = vietnameseDay(nowMs);
  const days = new Map<string, number>();
  const first = Math.max(0, counts.length - (DAYS_BEFORE + 1) * DAY);
  const last = counts.length + (DAYS_AFTER + 1) * DAY;
  for (let hour = first; hour < last; hour++) {
    const day = vietnameseDay(startMs + hour * HOUR_MS);
    const count = hour < counts.length ? counts[hour] : ahead[hour - counts.length];
    days.set(day, (days.get(day) ?? 0) + (count as number));
  }
  const from = vietnameseDay(nowMs - DAYS_BEFORE * DAY * HOUR_MS);
  const to = vietnameseDay(nowMs + DAYS_AFTER * DAY * HOUR_MS);
  return [...days]
    .filter(([day]) => from <= day && day <= to)
    .map(([day, articles]) => ({ day, articles, isExpected: day >= today }));
}

/** Mean of the days of two months but the fullest tenth; days are counted back from now. */
function usualDay({ counts }: HourlySeries): number {
  const days: number[] = [];
  for (let end = counts.length; end >= DAY && days.length < USUAL_DAYS; end -= DAY) {
    days.push(sumOf(counts, end - DAY, end));
  }
  const ordinary = Math.max(1, Math.ceil(days.length * (1 - UNUSUAL_SHARE)));
  return mean(days.sort((a, b) => a - b).slice(0, ordinary));
}

/** The most that passes for an ordinary day: what chance alone would add. */
function mostOfUsual(usualPerDay: number): number {
  return usualPerDay + Math.max(1, Math.sqrt(usualPerDay));
}

function firstUsualDay(
  { startMs, counts }: HourlySeries,
  ahead: Float64Array,
  usualPerDay: number,
): string | undefined {
  for (let from = 0; from < ahead.length; from += DAY) {
    if (sumOf(ahead, from, from + DAY) > mostOfUsual(usualPerDay)) continue;
    return vietnameseDay(startMs + (counts.length + from) * HOUR_MS);
  }
  return undefined;
}

/** @param to  exclusive; hours outside the counts have none */
function sumOf(counts: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = Math.max(0, from); i < Math.min(to, counts.length); i++) sum += counts[i] as number;
  return sum;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
