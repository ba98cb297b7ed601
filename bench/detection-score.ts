import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Alarms of a series closer than this are one episode, told of again every `REPEAT_HOURS` while it lasts. */
const GAP_HOURS = 72;
const REPEAT_HOURS = 168;
/** The first year is for learning. */
const WARM_UP_HOURS = 365 * 24;

interface Crisis {
  readonly kind: string;
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

/** Scores of evaluations, in any order until `sorted`. */
export class Scores {
  readonly series: number[] = [];
  readonly hours: number[] = [];
  readonly values: number[] = [];

  add(series: number, hour: number, value: number): void {
    if (hour < WARM_UP_HOURS) return;
    this.series.push(series);
    this.hours.push(hour);
    this.values.push(value);
  }

  /** By series, then hour. */
  sorted(): { series: number; hour: number; value: number }[] {
    return this.series
      .map((series, i) => ({ series, hour: this.hours[i] as number, value: this.values[i] as number }))
      .sort((a, b) => a.series - b.series || a.hour - b.hour);
  }
}

export interface Figures {
  readonly threshold: number;
  /** Share of crises found before their end, and within a day of their first article. */
  readonly found: number;
  readonly foundInADay: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** False bulletins a year by what caused them. */
  readonly falseBy: Readonly<Record<string, number>>;
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
        JSON.parse(line) as { kind: string; crisis: number; onset: string; end: string; series: string[] },
    )
    .map(({ kind, crisis, onset, end, series }) => ({
      kind,
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
 * Share of crises found at the lowest threshold that keeps to a number of false bulletins a year. A bulletin is a
 * topic on a day, whatever the number of its series.
 */
export function figuresAt(runs: readonly { truth: Truth; scores: Scores }[], perYear: number): Figures {
  const judged = runs.map(({ truth, scores }) => ({
    truth,
    evaluations: scores.sorted(),
    quiet: inCrisis(truth),
  }));
  const years = judged.reduce((sum, { truth }) => sum + truth.years, 0);
  const falseCount = (threshold: number) =>
    judged.reduce((sum, run) => sum + bulletins(run, messages(run.evaluations, threshold)).size, 0) / years;

  let low = 0;
  let high = judged.reduce((max, { evaluations }) => Math.max(max, highest(evaluations)), 1);
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (falseCount(middle) <= perYear) high = middle;
    else low = middle;
  }

  const delays: Record<string, number[]> = {};
  const falseBy: Record<string, number> = {};
  for (const run of judged) {
    const told = messages(run.evaluations, high);
    for (const [kind, delay] of delaysOf(run.truth, told)) {
      delays[kind] = [...(delays[kind] ?? []), delay];
    }
    for (const cause of bulletins(run, told).values()) falseBy[cause] = (falseBy[cause] ?? 0) + 1 / years;
  }
  const all = Object.values(delays).flat();
  return {
    threshold: high,
    found: share(all, Number.MAX_VALUE),
    foundInADay: share(all, 24),
    byKind: Object.fromEntries(Object.entries(delays).map(([kind, d]) => [kind, share(d, Number.MAX_VALUE)])),
    falseBy,
  };
}

type Evaluations = ReturnType<Scores['sorted']>;
interface Message {
  readonly series: number;
  readonly hour: number;
}

function highest(evaluations: Evaluations): number {
  return evaluations.reduce((max, { value }) => Math.max(max, value), 0);
}

function messages(evaluations: Evaluations, threshold: number): Message[] {
  const told: Message[] = [];
  let last = { series: -1, hour: 0 };
  let first = 0;
  for (const { series, hour, value } of evaluations) {
    if (value <= threshold) continue;
    const isNew = series !== last.series || hour - last.hour > GAP_HOURS;
    if (isNew) first = hour;
    const isRepeat =
      Math.floor((hour - first) / REPEAT_HOURS) !== Math.floor((last.hour - first) / REPEAT_HOURS);
    if (isNew || isRepeat) told.push({ series, hour });
    last = { series, hour };
  }
  return told;
}

/** For every series the periods in which a message about it is not false. */
function inCrisis({ names, crises }: Truth): (readonly [number, number])[][] {
  const periods: (readonly [number, number])[][] = names.map(() => []);
  for (const { series, onset, end } of crises) for (const i of series) periods[i]?.push([onset, end + 72]);
  return periods;
}

/** False bulletins with their cause. */
function bulletins(
  { truth, quiet }: { truth: Truth; quiet: ReturnType<typeof inCrisis> },
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

function delaysOf({ crises, hours }: Truth, told: readonly Message[]): [string, number][] {
  const bySeries = new Map<number, number[]>();
  for (const { series, hour } of told) bySeries.set(series, [...(bySeries.get(series) ?? []), hour]);
  return crises
    .filter(({ onset, end }) => onset >= WARM_UP_HOURS && end < hours)
    .map(({ kind, onset, end, series }) => {
      const heard = series
        .flatMap((i) => bySeries.get(i) ?? [])
        .filter((hour) => onset <= hour && hour <= end);
      return [kind, Math.min(Number.POSITIVE_INFINITY, ...heard) - onset];
    });
}

function share(delays: readonly number[], within: number): number {
  return delays.length === 0 ? 0 : delays.filter((delay) => delay <= within).length / delays.length;
}
