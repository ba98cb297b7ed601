/**
 * Share of simulated crises found at equal false bulletins, beside published detectors in the same run.
 *
 * `npm run bench -- detection FOLDER...`: each folder holds `observations.jsonl.gz`, `events.jsonl` and `about.json`
 * of one simulated stream (three years, the first for learning). The peers get the same cleaned counts as we do
 * (negative, two copies of a story at most, late ones left out), and one of them also what it is usually given.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Observation, parseObservation } from '../src/detection/stream/observation.ts';
import { DETECTOR_OPTIONS, hourOfMs, StreamDetector } from '../src/detection/stream/stream-detector.ts';
import {
  dailyCusum,
  earsC2,
  type HourlyCounts,
  hourlyCounts,
  poisson28,
  type Report,
} from './detection-peers.ts';
import { figuresAt, readTruth, Scores, type Truth } from './detection-score.ts';

/** False bulletins a year that the whole office is willing to get. */
const BUDGETS = [52, 365];

/** Evaluations below this change nothing at either budget, and there are tens of millions. */
const OUR_FLOOR = 1.75;
const PEER_FLOOR = 1.5;

interface Stream {
  readonly truth: Truth;
  readonly observations: readonly Observation[];
}

type Peer = readonly [name: string, isClean: boolean, judge: (counts: HourlyCounts, report: Report) => void];

const PEERS: readonly Peer[] = [
  ['EARS C2, all articles', false, earsC2],
  ['EARS C2, our counts', true, earsC2],
  ['Poisson 28 days, our counts', true, poisson28],
  ['CUSUM daily, our counts', true, dailyCusum],
];

export function run(argv: readonly string[]): void {
  if (argv.length === 0) {
    print('needs folders of simulated streams; see the head of bench/detection.ts');
    return;
  }
  const streams = argv.map(readStream);
  print('detector                      false/yr   found  in 24 h   by kind; false by cause');
  for (const [name, isClean, judge] of PEERS) {
    compare(name, streams, (stream) => peerScores(stream, isClean, judge));
  }
  const started = performance.now();
  const ours = streams.map(ourScores);
  const seconds = (performance.now() - started) / 1000;
  compare('ours', streams, (_stream, i) => ours[i] as Scores);
  const count = streams.reduce((sum, { observations }) => sum + observations.length, 0);
  print(`${Math.round(count / seconds)} observations/s (${count} in ${seconds.toFixed(1)} s)`);
}

function readStream(folder: string): Stream {
  const lines = gunzipSync(readFileSync(join(folder, 'observations.jsonl.gz')))
    .toString('utf8')
    .split('\n');
  return {
    truth: readTruth(folder),
    observations: lines.filter((line) => line !== '').map(parseObservation),
  };
}

function peerScores({ truth, observations }: Stream, clean: boolean, judge: Peer[2]): Scores {
  const scores = new Scores();
  const start = startOf(truth);
  const counts = hourlyCounts(observations, truth.names, { start, hours: truth.hours, clean });
  judge(counts, (series, hour, score) => {
    if (score > PEER_FLOOR) scores.add(series, hour, score);
  });
  return scores;
}

function ourScores({ truth, observations }: Stream): Scores {
  const scores = new Scores();
  const start = startOf(truth);
  const numbers = new Map(truth.names.map((name, i) => [name, i]));
  const detector = new StreamDetector(DETECTOR_OPTIONS, ({ series, hour, score }) => {
    const number = score > OUR_FLOOR ? numbers.get(detector.rates.names[series] ?? '') : undefined;
    if (number !== undefined) scores.add(number, hour - start, score);
  });
  for (const observation of observations) detector.observe(observation);
  detector.finish();
  return scores;
}

function compare(
  name: string,
  streams: readonly Stream[],
  scoresOf: (stream: Stream, i: number) => Scores,
): void {
  const runs = streams.map((stream, i) => ({ truth: stream.truth, scores: scoresOf(stream, i) }));
  for (const budget of BUDGETS) {
    const { found, foundInADay, byKind, falseBy } = figuresAt(runs, budget);
    print(
      `${name.padEnd(30)}${String(budget).padStart(8)}${found.toFixed(3).padStart(8)}${foundInADay.toFixed(3).padStart(9)}` +
        `   ${listed(byKind, 2)}; ${listed(falseBy, 0)}`,
    );
  }
}

function listed(figures: Readonly<Record<string, number>>, digits: number): string {
  return Object.entries(figures)
    .map(([key, value]) => `${key} ${value.toFixed(digits)}`)
    .join(' ');
}

function startOf({ start }: Truth): number {
  return hourOfMs(Date.parse(`${start}T00:00:00+07:00`));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
