import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Alarms of a series closer than this are one episode, told of again every `REPEAT_HOURS` while it lasts. */
const GAP_HOURS = 72;
const REPEAT_HOURS = 168;
/** The first year is for learning. */
const WARM_UP_HOURS = 365 * 24;

/** A sudden crisis of so many articles a day at its height nobody should miss. */
const LARGE = 12;

interface Crisis {
  readonly kind: string;
  readonly isLarge: boolean;
  readonly onset: number;
  readonly end: number;
  readonly series: readonly number[];
}

/** A simulated stream's truth: its series, crises and decoys, hours counted from its start. */
export interface Truth {
  readonly start: string;
  readonly hours: number;
  readonly names: readonly string[];
  readonly topicOf: readonly string[];
  readonly crises: readonly Crisis[];
  readonly decoys: readonly Crisis[];
  readonly years: number;
}

interface Evaluations {
  readonly series: Int32Array;
  readonly hours: Int32Array;
  readonly values: Float64Array;
}

/** Scores of evaluations after the first year; those of one series in order of time. */
export class Scores {
  readonly #series: number[] = [];
  readonly #hours: number[] = [];
  readonly #values: number[] = [];

  add(series: number, hour: number, value: number): void {
    if (hour < WARM_UP_HOURS) return;
    this.#series.push(series);
    this.#hours.push(hour);
    this.#values.push(value);
  }

  /** By series, then in the order they came. */
  bySeries(): Evaluations {
    const count = this.#series.length;
    const next = new Int32Array(this.#series.reduce((max, series) => Math.max(max, series), 0) + 2);
    for (const series of this.#series) next[series + 1] = (next[series + 1] as number) + 1;
    for (let i = 1; i < next.length; i++) next[i] = (next[i] as number) + (next[i - 1] as number);
    const sorted = {
      series: new Int32Array(count),
      hours: new Int32Array(count),
      values: new Float64Array(count),
    };
    for (let i = 0; i < count; i++) {
      const series = this.#series[i] as number;
      const place = next[series] as number;
      next[series] = place + 1;
      sorted.series[place] = series;
      sorted.hours[place] = this.#hours[i] as number;
      sorted.values[place] = this.#values[i] as number;
    }
    return sorted;
  }
}

export interface Figures {
  readonly threshold: number;
  /** Share of crises found before their end, and within a day of their first article. */
  readonly found: number;
  readonly foundInADay: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** Sudden crises of a dozen articles a day and more. */
  readonly largeSudden: { readonly count: number; readonly found: number; readonly medianHours: number };
  /** False bulletins a year, by what caused them, and the share that decoys caused. */
  readonly falsePerYear: number;
  readonly falseBy: Readonly<Record<string, number>>;
  readonly decoyShare: number;
}

export function readTruth(folder: string): Truth {
  const about = JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8')) as {
    start: string;
    hours: number;
    series: string[];
  };
  const startMs = Date.parse(`${about.start}T00:00:00+07:00`);
  const hourOf = (at: string) => Math.floor((Date.parse(at) - startMs) / 3_600_000);
  const topicOf = about.series.map((name) => name.split('/')[1] ?? '');
  const events = readFileSync(join(folder, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as {
          kind: string;
          crisis: number;
          size: number | null;
          onset: string;
          end: string;
          series: string[];
        },
    )
    .map(({ kind, crisis, size, onset, end, series }) => ({
      kind,
      isLarge: kind === 'sudden' && (size ?? 0) >= LARGE,
      isCrisis: crisis === 1,
      onset: hourOf(onset),
      end: hourOf(end),
      series: about.series.flatMap((name, i) =>
        series.includes('*') || series.includes(name) || series.includes(`*/${topicOf[i]}`) ? [i] : [],
      ),
    }));
  return {
    start: about.start,
    hours: about.hours,
    names: about.series,
    topicOf,
    crises: events.filter(({ isCrisis }) => isCrisis),
    decoys: events.filter(({ isCrisis }) => !isCrisis),
    years: (about.hours - WARM_UP_HOURS) / 8760,
  };
}

/**
 * A detector's runs over simulated streams, to be judged at any threshold the way `score.py` beside the simulator does.
 * A bulletin is a topic on a day, whatever the number of its series.
 */
export class Judged {
  readonly #runs: readonly { truth: Truth; evaluations: Evaluations; quiet: Periods }[];
  readonly #years: number;

  constructor(runs: readonly { truth: Truth; scores: Scores }[]) {
    this.#runs = runs.map(({ truth, scores }) => ({
      truth,
      evaluations: scores.bySeries(),
      quiet: inCrisis(truth),
    }));
    this.#years = runs.reduce((sum, { truth }) => sum + truth.years, 0);
  }

  /** Figures at the lowest threshold that keeps to a number of false bulletins a year. */
  atBudget(perYear: number): Figures {
    const values = highestFirst(this.#runs.map(({ evaluations }) => evaluations.values));
    let low = 0;
    let high = Math.max(0, values.length - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#falsePerYear(values[middle] as number) <= perYear) low = middle;
      else high = middle - 1;
    }
    return this.at(values[low] ?? 0);
  }

  /** Figures where a score above the threshold is an alarm. */
  at(threshold: number): Figures {
    const delays: { kind: string; isLarge: boolean; delay: number }[] = [];
    const falseBy: Record<string, number> = {};
    for (const run of this.#runs) {
      const told = messages(run.evaluations, threshold);
      delays.push(...delaysOf(run.truth, told));
      for (const cause of bulletins(run, told).values()) {
        falseBy[cause] = (falseBy[cause] ?? 0) + 1 / this.#years;
      }
    }
    const kinds = [...new Set(delays.map(({ kind }) => kind))];
    const of = (chosen: typeof delays) => chosen.map(({ delay }) => delay);
    const large = of(delays.filter(({ isLarge }) => isLarge));
    const falsePerYear = Object.values(falseBy).reduce((sum, count) => sum + count, 0);
    return {
      threshold,
      found: share(of(delays), Number.MAX_VALUE),
      foundInADay: share(of(delays), 24),
      byKind: Object.fromEntries(
        kinds.map((kind) => [kind, share(of(delays.filter((each) => each.kind === kind)), Number.MAX_VALUE)]),
      ),
      largeSudden: {
        count: large.length,
        found: share(large, Number.MAX_VALUE),
        medianHours: median(large.filter(Number.isFinite)),
      },
      falsePerYear,
      falseBy,
      decoyShare: falsePerYear === 0 ? 0 : 1 - (falseBy.noise ?? 0) / falsePerYear,
    };
  }

  #falsePerYear(threshold: number): number {
    const count = this.#runs.reduce(
      (sum, run) => sum + bulletins(run, messages(run.evaluations, threshold)).size,
      0,
    );
    return count / this.#years;
  }
}

type Periods = (readonly [number, number])[][];
interface Message {
  readonly series: number;
  readonly hour: number;
}

/** Every value once. */
function highestFirst(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  all.sort();
  return all.filter((value, i) => i === 0 || value !== all[i - 1]).reverse();
}

function messages({ series, hours, values }: Evaluations, threshold: number): Message[] {
  const told: Message[] = [];
  let lastSeries = -1;
  let lastHour = 0;
  let first = 0;
  for (let i = 0; i < values.length; i++) {
    if ((values[i] as number) <= threshold) continue;
    const of = series[i] as number;
    const hour = hours[i] as number;
    const isNew = of !== lastSeries || hour - lastHour > GAP_HOURS;
    if (isNew) first = hour;
    const isRepeat =
      Math.floor((hour - first) / REPEAT_HOURS) !== Math.floor((lastHour - first) / REPEAT_HOURS);
    if (isNew || isRepeat) told.push({ series: of, hour });
    lastSeries = of;
    lastHour = hour;
  }
  return told;
}

/** For every series the periods in which a message about it is not false. */
function inCrisis({ names, crises }: Truth): Periods {
  const periods: Periods = names.map(() => []);
  for (const { series, onset, end } of crises) for (const i of series) periods[i]?.push([onset, end + 72]);
  return periods;
}

/** False bulletins with their cause. */
function bulletins(
  { truth, quiet }: { truth: Truth; quiet: Periods },
  told: readonly Message[],
): Map<string, string> {
  const found = new Map<string, string>();
  for (const { series, hour } of told) {
    if (quiet[series]?.some(([from, to]) => from <= hour && hour < to)) continue;
    const key = `${truth.topicOf[series]}|${Math.floor(hour / 24)}`;
    if (found.has(key)) continue;
    const decoy = truth.decoys.find(
      ({ onset, end, series: of }) => onset <= hour && hour <= end + 24 && of.includes(series),
    );
    found.set(key, decoy?.kind ?? 'noise');
  }
  return found;
}

function delaysOf(
  { crises, hours }: Truth,
  told: readonly Message[],
): { kind: string; isLarge: boolean; delay: number }[] {
  const bySeries = new Map<number, number[]>();
  for (const { series, hour } of told) bySeries.set(series, [...(bySeries.get(series) ?? []), hour]);
  return crises
    .filter(({ onset, end }) => onset >= WARM_UP_HOURS && end < hours)
    .map(({ kind, isLarge, onset, end, series }) => {
      const heard = series
        .flatMap((i) => bySeries.get(i) ?? [])
        .filter((hour) => onset <= hour && hour <= end);
      return { kind, isLarge, delay: Math.min(Number.POSITIVE_INFINITY, ...heard) - onset };
    });
}

function share(delays: readonly number[], within: number): number {
  return delays.length === 0 ? 0 : delays.filter((delay) => delay <= within).length / delays.length;
}

/** The mean of the two in the middle of an even number. */
function median(delays: readonly number[]): number {
  const sorted = [...delays].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
