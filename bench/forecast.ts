/**
 * How far forecasts of the next 24 and 72 hours are from what came, beside plain methods in the same run.
 *
 * `npm run bench -- forecast [STREAM.jsonl.gz]`: JSON Lines of {url, title, summary, outlet, section, fetchedAt}. Topics
 * are forecast three times a day, names and stories from the hour in which they burst; the constants of the forecast are
 * from days before `HELD_OUT_FROM`, what is printed is of the days from then on.
 */
import { existsSync } from 'node:fs';

import { countInterval } from '../src/detection/count-interval.ts';
import { type Forecast, forecast, type HourlySeries } from '../src/detection/forecast.ts';
import { DAY_MS, HOUR_MS, vietnameseClock, vietnameseDay } from '../src/domain/time.ts';
import { GUESSES } from './forecast-peers.ts';
import { readStreamCounts, type StreamCounts } from './forecast-stream.ts';
import { percent } from './statistics.ts';

const STREAM = '../shared/stream/2025-08-09..2026-02-28.jsonl.gz';
const HELD_OUT_FROM = '2025-12-01';

/** Hours of the day at which topics are forecast. */
const FORECAST_AT = [8, 14, 20];
/** A burst has so many articles in 24 hours, so many times those of its 28 days, and none like it a week before. */
const BURST = { articles: 4, times: 3, leastUsual: 0.3, apartHours: 168 };
/** Hours after a burst was seen at which it is forecast. */
const AFTER_BURST = [0, 6, 12, 24, 48, 72];
const LONGEST = 72;
/** What a forecast is given at most, as the console is. */
const HISTORY_HOURS = 60 * 24;

const TAILS = [0.1, 0.9] as const;

/** A moment at which a series is forecast, and what came of it. */
interface Origin {
  readonly key: string;
  readonly row: Float64Array;
  /** Hours of the row that were known. */
  readonly known: number;
}

interface Outcome {
  readonly key: string;
  readonly guesses: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly came: number;
  /** The count of as many hours before. */
  readonly before: number;
}

export function run(argv: readonly string[]): void {
  const [file = STREAM] = argv;
  if (!existsSync(file)) {
    print(`needs a stream of headlines; there is no ${file}`);
    return;
  }
  const stream = readStreamCounts(file);
  report('topics', stream, topicOrigins(stream));
  const bursts = burstOrigins(stream);
  report('bursts of names, places and stories', stream, bursts);
  for (const hours of AFTER_BURST) {
    reportBias(
      stream,
      `${hours} h after`,
      bursts.filter((_, i) => AFTER_BURST[i % AFTER_BURST.length] === hours),
    );
  }
  reportReturn(stream, bursts);
}

function topicOrigins({ startMs, hours, counts }: StreamCounts): Origin[] {
  const known = Array.from({ length: hours }, (_, hour) => hour).filter(
    (hour) =>
      FORECAST_AT.includes(vietnameseClock(startMs + hour * HOUR_MS).hour) &&
      isHeldOut(startMs + hour * HOUR_MS) &&
      hour + LONGEST <= hours,
  );
  return [...counts]
    .filter(([key]) => key.startsWith('topic:'))
    .flatMap(([key, row]) => known.map((hour) => ({ key, row, known: hour })));
}

function burstOrigins({ startMs, hours, counts }: StreamCounts): Origin[] {
  const origins: Origin[] = [];
  for (const [key, row] of counts) {
    if (/^(?:topic|province):/.test(key)) continue;
    for (const hour of burstsOf(row)) {
      const last = hour + 1 + (AFTER_BURST.at(-1) ?? 0);
      if (last + LONGEST > hours || !isHeldOut(startMs + hour * HOUR_MS)) continue;
      for (const after of AFTER_BURST) origins.push({ key, row, known: hour + 1 + after });
    }
  }
  return origins;
}

/** Hours in which a burst was first to be seen. */
function burstsOf(row: Float64Array): number[] {
  const found: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let hour = 30 * 24; hour < row.length; hour++) {
    if (row[hour] === 0) continue;
    const now = sum(row, hour - 23, hour + 1);
    const usual = Math.max(BURST.leastUsual, sum(row, hour - 23 - 28 * 24, hour - 23) / 28);
    if (now < BURST.articles || now < BURST.times * usual) continue;
    if (hour - last > BURST.apartHours) found.push(hour);
    last = hour;
  }
  return found;
}

function isHeldOut(ms: number): boolean {
  return vietnameseDay(ms) >= HELD_OUT_FROM;
}

function seriesAt({ startMs }: StreamCounts, { row, known }: Origin): HourlySeries {
  const from = Math.max(0, known - HISTORY_HOURS);
  return { startMs: startMs + from * HOUR_MS, counts: row.subarray(from, known) };
}

function report(what: string, stream: StreamCounts, origins: readonly Origin[]): void {
  print(`${what}: ${origins.length} forecasts of ${new Set(origins.map(({ key }) => key)).size} series`);
  const made = origins.map((origin) => {
    const series = seriesAt(stream, origin);
    return { origin, ours: forecast(series), guesses: GUESSES.map(([, guess]) => guess(series)) };
  });
  [24, 72].forEach((hours, at) => {
    const outcomes = made.map(({ origin: { key, row, known }, ours, guesses }): Outcome => {
      const outlook = ours.outlooks[at] as Forecast['outlooks'][number];
      return {
        key,
        guesses: [outlook.likely, ...guesses.map((guess) => guess[at] as number)],
        low: outlook.low,
        high: outlook.high,
        came: sum(row, known, known + hours),
        before: sum(row, known - hours, known),
      };
    });
    printOutcomes(hours, outcomes);
  });
}

function printOutcomes(hours: number, outcomes: readonly Outcome[]): void {
  ['ours', ...GUESSES.map(([name]) => name)].forEach((name, i) => {
    const errors = outcomes.map(({ guesses, came }) => Math.abs((guesses[i] as number) - came));
    const intervals = outcomes.map(({ low, high, guesses }) =>
      i === 0 ? { low, high } : poisson(guesses[i] as number),
    );
    const within = intervals.filter(
      ({ low, high }, k) => low <= came(outcomes, k) && came(outcomes, k) <= high,
    ).length;
    const pinball = mean(
      intervals.flatMap(({ low, high }, k) => [
        pinballLoss(low, came(outcomes, k), TAILS[0]),
        pinballLoss(high, came(outcomes, k), TAILS[1]),
      ]),
    );
    print(
      `  ${String(hours).padStart(2)} h  ${name.padEnd(18)} scaled error ${scaled(outcomes, errors).toFixed(3)}   articles off ${mean(errors).toFixed(2)}` +
        `   in the interval ${percent(within / outcomes.length)} %   pinball loss ${pinball.toFixed(3)}   width ${mean(intervals.map(({ low, high }) => high - low)).toFixed(1)}`,
    );
  });
}

function came(outcomes: readonly Outcome[], at: number): number {
  return (outcomes[at] as Outcome).came;
}

/** Plain methods give no interval; that of a Poisson count with their guess for a mean stands in. */
function poisson(guess: number): { low: number; high: number } {
  return countInterval(guess, 1);
}

/** Mean over series of the error over that of guessing as many as just before: below 1 is better than that. */
function scaled(outcomes: readonly Outcome[], errors: readonly number[]): number {
  const bySeries = new Map<string, { error: number; naive: number }>();
  outcomes.forEach(({ key, before, came: count }, i) => {
    const known = bySeries.get(key) ?? { error: 0, naive: 0 };
    bySeries.set(key, {
      error: known.error + (errors[i] as number),
      naive: known.naive + Math.abs(before - count),
    });
  });
  return mean(
    [...bySeries.values()].filter(({ naive }) => naive > 0).map(({ error, naive }) => error / naive),
  );
}

function pinballLoss(quantile: number, count: number, share: number): number {
  return count >= quantile ? share * (count - quantile) : (1 - share) * (quantile - count);
}

function reportBias(stream: StreamCounts, what: string, origins: readonly Origin[]): void {
  const expected = (at: 0 | 1) =>
    mean(origins.map((origin) => forecast(seriesAt(stream, origin)).outlooks[at].expected));
  const counted = (hours: number) => mean(origins.map(({ row, known }) => sum(row, known, known + hours)));
  print(
    `  ${what.padEnd(12)} expected ${expected(0).toFixed(2)} came ${counted(24).toFixed(2)}; in 72 h ${expected(1).toFixed(2)} and ${counted(72).toFixed(2)}`,
  );
}

/** Whether a burst's peak was over when it was said to be, and how far off the day of its return to the usual was. */
function reportReturn(stream: StreamCounts, origins: readonly Origin[]): void {
  const told = origins.flatMap((origin) => {
    const series = seriesAt(stream, origin);
    const made = forecast(series);
    const { row, known } = origin;
    const days = Array.from({ length: 7 }, (_, day) => sum(row, known + 24 * day, known + 24 * (day + 1)));
    if (known + 7 * 24 > row.length) return [];
    const most = made.usualPerDay + Math.max(1, Math.sqrt(made.usualPerDay));
    const returned = days.findIndex((count) => count <= most);
    const said =
      made.backToUsualOn === undefined
        ? 14
        : (Date.parse(made.backToUsualOn) - Date.parse(vietnameseDay(made.at))) / DAY_MS;
    return [
      {
        isPeakRight: made.peak.isExpected || Math.max(...days) <= made.peak.articles,
        off: returned < 0 ? undefined : Math.abs(said - returned),
      },
    ];
  });
  const off = told.flatMap((each) => each.off ?? []);
  print(
    `  no fuller day in the week after a peak that was said to be over ${percent(told.filter(({ isPeakRight }) => isPeakRight).length / told.length)} %;` +
      ` back to usual within a day of what was said ${percent(off.filter((days) => days <= 1).length / told.length)} % of ${told.length}`,
  );
}

function sum(row: Float64Array, from: number, to: number): number {
  let all = 0;
  for (let i = Math.max(0, from); i < Math.min(to, row.length); i++) all += row[i] as number;
  return all;
}

function mean(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0) / Math.max(1, values.length);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
