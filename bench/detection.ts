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
import { TailCalibration } from '../src/detection/tail-calibration.ts';
import {
  dailyCusum,
  earsC2,
  type HourlyCounts,
  hourlyCounts,
  poisson28,
  type Report,
} from './detection-peers.ts';
import { type Figures, figuresAt, readTruth, Scores, type Truth } from './detection-score.ts';

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
  print('detector                      stated/yr  seen   found  in 24 h   by kind; false by cause');
  for (const [name, isClean, judge] of PEERS) {
    compare(name, streams, (stream) => peerScores(stream, isClean, judge));
  }
  const started = performance.now();
  const ours = streams.map(ourScores);
  const seconds = (performance.now() - started) / 1000;
  compare('ours', streams, (_stream, i) => (ours[i] as OurScores).plain);
  print('ours at thresholds learned from the stream itself: what was stated, what was seen');
  for (const [at, budget] of BUDGETS.entries()) {
    const runs = streams.map(({ truth }, i) => ({
      truth,
      scores: (ours[i] as OurScores).above[at] as Scores,
    }));
    printFigures('ours, learned threshold', budget, figuresAt(runs, Number.POSITIVE_INFINITY));
  }
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

function ourScores({ truth, observations }: Stream): OurScores {
  const plain = new Scores();
  const above = BUDGETS.map(() => new Scores());
  const start = startOf(truth);
  const numbers = new Map(truth.names.map((name, i) => [name, i]));
  const tail = new TailCalibration();
  let day = Number.NaN;
  let thresholds: number[] = [];
  const detector = new StreamDetector(DETECTOR_OPTIONS, ({ series, hour, score }) => {
    const name = detector.rates.names[series] ?? '';
    const number = score > OUR_FLOOR ? numbers.get(name) : undefined;
    if (number === undefined) return;
    const today = Math.floor(hour / 24);
    if (today !== day) thresholds = BUDGETS.map((budget) => tail.thresholdFor(budget / 52, detector.size));
    day = today;
    tail.observe(name, truth.topicOf[number] ?? '', today, score);
    plain.add(number, hour - start, score);
    thresholds.forEach((threshold, at) => {
      if (score > threshold) above[at]?.add(number, hour - start, 1);
    });
  });
  for (const observation of observations) detector.observe(observation);
  detector.finish();
  return { plain, above };
}

/** Evaluations of a stream, and how far each is above the threshold that the days before it gave for each budget. */
interface OurScores {
  readonly plain: Scores;
  readonly above: readonly Scores[];
}

function compare(
  name: string,
  streams: readonly Stream[],
  scoresOf: (stream: Stream, i: number) => Scores,
): void {
  const runs = streams.map((stream, i) => ({ truth: stream.truth, scores: scoresOf(stream, i) }));
  for (const budget of BUDGETS) {
    printFigures(name, budget, figuresAt(runs, budget));
  }
}

function printFigures(name: string, budget: number, figures: Figures): void {
  const { found, foundInADay, byKind, falseBy } = figures;
  const seen = Object.values(falseBy).reduce((sum, count) => sum + count, 0);
  print(
    `${name.padEnd(30)}${String(budget).padStart(8)}${seen.toFixed(0).padStart(6)}${found.toFixed(3).padStart(8)}${foundInADay.toFixed(3).padStart(9)}` +
      `   ${listed(byKind, 2)}; ${listed(falseBy, 0)}`,
  );
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
