import type { HourCount } from '../domain/series.ts';
import { DAY_MS, HOUR_MS, vietnameseClock } from '../domain/time.ts';
import { USUAL_HOURS, USUAL_WEEKDAYS } from './usual-rhythm.ts';

/** What a quiet series would show in a window, and how far it usually strays. */
export interface Baseline {
  /** Count to be expected in the window. */
  readonly expected: number;
  /** Standard deviation of that count: news clusters, and a short history is uncertain. */
  readonly spread: number;
  /** Variance over mean of the series' own days, at least `MIN_DISPERSION`. */
  readonly dispersion: number;
  /** Shape of the negative binomial with this mean and spread. */
  readonly size: number;
  /** Days of history behind it, in full-day equivalents. */
  readonly days: number;
}

export interface BaselineOptions {
  /** The window to be judged, ISO 8601; history ends a guard before `from`. */
  readonly from: string;
  readonly to: string;
  /** When counting began: hours before it are unknown, not empty. */
  readonly since: string;
  /** What to expect a day of a series of this kind before anything is known of it. */
  readonly priorPerDay: number;
}

/** News of one day echoes on the next; an outburst that has begun must not become its own baseline. */
const GUARD_MS = 2 * DAY_MS;

/** A count from two months ago says less of today than one of yesterday. */
const MEMORY_DAYS = 60;

/** The prior speaks with the voice of one article. */
const PRIOR_ARTICLES = 1;

/** Anscombe residuals beyond this mark past outbursts (Noufaily et al. 2013). */
const OUTLIER = 2.58;
const REWEIGHTINGS = 3;

/** News arrives in clumps; a baseline that believed otherwise would be startled by any pair of articles. */
const MIN_DISPERSION = 1.3;
const USUAL_DISPERSION = 1.8;
/** Days of its own that a series needs before its dispersion counts as much as the usual one. */
const DISPERSION_PRIOR_DAYS = 20;

/** Articles of its own that a series needs before its profile counts as much as the usual one. */
const HOUR_PRIOR_ARTICLES = 240;
const WEEKDAY_PRIOR_ARTICLES = 140;

interface Day {
  readonly count: number;
  /** How much of a usual day was observed, weekday taken into account. */
  readonly exposure: number;
  /** Discount for age. */
  readonly memory: number;
}

/**
 * Expected count of a series in a window, from its own past and the usual rhythm of newsrooms.
 *
 * Level: discounted mean of past days, shrunk towards a prior worth one article, past outbursts down-weighted by
 * their Anscombe residual. Profile: weekday and hour, each shrunk towards the usual one, so that a series with
 * three articles a month borrows its rhythm and a busy one keeps its own.
 *
 * @param hours  counts per hour in any order; absent hours between `since` and `from` are zeros
 * @param count  which count of the hour to use
 * @see Noufaily et al. 2013, doi:10.1002/sim.5595, for the weights
 */
export function baseline(
  hours: readonly HourCount[],
  count: (hour: HourCount) => number,
  { from, to, since, priorPerDay }: BaselineOptions,
): Baseline {
  const fromMs = Date.parse(from);
  const sinceMs = Date.parse(since);
  const untilMs = fromMs - GUARD_MS;
  const past = hours
    .map((hour) => ({ ms: Date.parse(hour.hour), n: count(hour) }))
    .filter(({ ms }) => ms >= sinceMs && ms < untilMs);

  const profile = profileOf(past);
  const days = daysOf(past, sinceMs, untilMs, profile);
  const { level, weight } = levelOf(days, priorPerDay);
  const dispersion = dispersionOf(days, level);

  const expected = level * exposureOf(fromMs, Date.parse(to), profile);
  // Clumping of news, and doubt about the level itself: the posterior is a gamma of shape `weight`.
  const variance = dispersion * expected + expected ** 2 / weight;
  return {
    expected,
    spread: Math.sqrt(variance),
    dispersion,
    size: expected ** 2 / Math.max(variance - expected, 1e-12),
    days: days.reduce((sum, day) => sum + day.exposure, 0),
  };
}

type Profile = { readonly hours: readonly number[]; readonly weekdays: readonly number[] };

function profileOf(past: readonly { ms: number; n: number }[]): Profile {
  const hours = USUAL_HOURS.map(() => 0);
  const weekdays = USUAL_WEEKDAYS.map(() => 0);
  for (const { ms, n } of past) {
    const { hour, weekday } = vietnameseClock(ms);
    hours[hour] = (hours[hour] ?? 0) + n;
    weekdays[weekday] = (weekdays[weekday] ?? 0) + n;
  }
  return {
    hours: shrink(hours, USUAL_HOURS, HOUR_PRIOR_ARTICLES),
    weekdays: shrink(weekdays, USUAL_WEEKDAYS, WEEKDAY_PRIOR_ARTICLES),
  };
}

/** Own shares mixed with the usual ones, scaled to a mean of 1. */
function shrink(own: readonly number[], usual: readonly number[], priorArticles: number): number[] {
  const usualSum = sum(usual);
  const total = sum(own) + priorArticles;
  return own.map((n, i) => ((n + (priorArticles * (usual[i] ?? 0)) / usualSum) / total) * own.length);
}

function exposureOf(fromMs: number, toMs: number, profile: Profile): number {
  let exposure = 0;
  for (let hour = Math.floor(fromMs / HOUR_MS) * HOUR_MS; hour < toMs; hour += HOUR_MS) {
    const share = (Math.min(toMs, hour + HOUR_MS) - Math.max(fromMs, hour)) / HOUR_MS;
    const clock = vietnameseClock(hour);
    exposure += (share * (profile.hours[clock.hour] ?? 1) * (profile.weekdays[clock.weekday] ?? 1)) / 24;
  }
  return exposure;
}

/** Days counted back from the guard, so that the newest is whole and only the oldest may be cut. */
function daysOf(
  past: readonly { ms: number; n: number }[],
  sinceMs: number,
  untilMs: number,
  profile: Profile,
): Day[] {
  const number = Math.max(0, Math.ceil((untilMs - sinceMs) / DAY_MS));
  const counts = new Array<number>(number).fill(0);
  for (const { ms, n } of past) {
    const age = Math.floor((untilMs - 1 - ms) / DAY_MS);
    counts[age] = (counts[age] ?? 0) + n;
  }
  return counts.map((n, age) => ({
    count: n,
    exposure: exposureOf(Math.max(sinceMs, untilMs - (age + 1) * DAY_MS), untilMs - age * DAY_MS, profile),
    memory: Math.exp(-age / MEMORY_DAYS),
  }));
}

function levelOf(days: readonly Day[], priorPerDay: number): { level: number; weight: number } {
  const prior = Math.max(priorPerDay, 1e-4);
  let level = prior;
  let weight = PRIOR_ARTICLES;
  for (let round = 0; round <= REWEIGHTINGS; round++) {
    let articles = PRIOR_ARTICLES;
    let exposure = PRIOR_ARTICLES / prior;
    for (const day of days) {
      const expected = level * day.exposure;
      const trust =
        round === 0 ? 1 : Math.min(1, (OUTLIER / Math.max(OUTLIER, anscombe(day.count, expected))) ** 2);
      articles += day.memory * trust * day.count;
      exposure += day.memory * trust * day.exposure;
    }
    level = articles / exposure;
    weight = articles;
  }
  return { level, weight };
}

function dispersionOf(days: readonly Day[], level: number): number {
  let pearson = DISPERSION_PRIOR_DAYS * USUAL_DISPERSION;
  let weight = DISPERSION_PRIOR_DAYS;
  for (const day of days) {
    const expected = level * day.exposure;
    // A day on which nothing is expected says next to nothing of the spread, and much of one stray article.
    const trust = Math.min(1, expected) * day.memory;
    if (trust <= 0) continue;
    const bounded = Math.min(day.count, expected + OUTLIER * Math.sqrt(USUAL_DISPERSION * expected) + 1);
    pearson += (trust * (bounded - expected) ** 2) / expected;
    weight += trust;
  }
  return Math.max(MIN_DISPERSION, pearson / weight);
}

/**
 * Anscombe residual of a count that clusters as news usually does.
 *
 * @see Anscombe 1953; with dispersion as in Farrington et al. 1996, doi:10.2307/2983331
 */
function anscombe(count: number, expected: number): number {
  const mean = Math.max(expected, 0.05);
  return (1.5 * (count ** (2 / 3) - mean ** (2 / 3))) / (mean ** (1 / 6) * Math.sqrt(USUAL_DISPERSION));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
