/**
 * Share of simulated crises found at equal false bulletins, beside published detectors in the same run.
 *
 * `npm run bench -- detection FOLDER...`: each folder holds `observations.jsonl.gz`, `events.jsonl` and `about.json`
 * of one simulated stream (three years, the first for learning). Each peer gets what it is usually given, and the same
 * cleaned counts as we do (negative, two copies of a story at most, late ones left out). `--ours` leaves the peers out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Observation, parseObservation } from '../src/detection/stream/observation.ts';
import { DETECTOR_OPTIONS, hourOfMs, StreamDetector } from '../src/detection/stream/stream-detector.ts';
import { TailCalibration } from '../src/detection/tail-calibration.ts';
import { CUSUM } from './detection-peers/cusum.ts';
import { MEAN_OF_14_DAYS, POISSON_28 } from './detection-peers/earlier-days.ts';
import { EARS } from './detection-peers/ears.ts';
import { ELASTALERT_SPIKE } from './detection-peers/elastalert-spike.ts';
import { EPITWEETR } from './detection-peers/epitweetr.ts';
import { FARRINGTON_FLEXIBLE } from './detection-peers/farrington-flexible.ts';
import { type Counted, type HourlyCounts, hourlyCounts, type Peer } from './detection-peers/hourly-counts.ts';
import { KLEINBERG } from './detection-peers/kleinberg.ts';
import { type Figures, Judged, readTruth, Scores, type Truth } from './detection-score.ts';

/** False bulletins a year that the whole office is willing to get. */
const BUDGETS = [52, 365];

/** Evaluations below this change nothing at either budget, and there are tens of millions. */
const OUR_FLOOR = 1.75;
const PEER_FLOOR = 1.5;

interface Stream {
  readonly truth: Truth;
  readonly observations: readonly Observation[];
}

/** What peers are usually given, and what we count. */
const COUNTED: readonly Counted[] = ['all articles', 'ours'];

const PEERS: readonly Peer[] = [
  MEAN_OF_14_DAYS,
  ...EARS,
  ...EPITWEETR,
  POISSON_28,
  ELASTALERT_SPIKE,
  FARRINGTON_FLEXIBLE,
  KLEINBERG,
  ...CUSUM,
];

export function run(argv: readonly string[]): void {
  const folders = argv.filter((word) => word !== '--ours');
  if (folders.length === 0) {
    print('needs folders of simulated streams; see the head of bench/detection.ts');
    return;
  }
  const streams = folders.map(readStream);
  print(
    'detector; false bulletins a year allowed (at the threshold its authors publish), seen: crises found, in 24 h;' +
      ' large sudden ones found, median hours; share of the false ones that decoys made',
  );
  for (const counted of argv.includes('--ours') ? [] : COUNTED) {
    const counts = streams.map((stream) => countsOf(stream, counted));
    for (const peer of PEERS) comparePeer(peer, counted, { streams, counts });
  }
  const started = performance.now();
  const ours = streams.map(ourScores);
  const seconds = (performance.now() - started) / 1000;
  compare(
    'ours',
    new Judged(streams.map(({ truth }, i) => ({ truth, scores: (ours[i] as OurScores).plain }))),
  );
  print('ours at thresholds learned from the stream itself: what was stated, what was seen');
  for (const [at, budget] of BUDGETS.entries()) {
    const runs = streams.map(({ truth }, i) => ({
      truth,
      scores: (ours[i] as OurScores).above[at] as Scores,
    }));
    printFigures('ours, learned threshold', String(budget), new Judged(runs).at(0));
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

function countsOf({ truth, observations }: Stream, counted: Counted): HourlyCounts {
  return hourlyCounts(observations, truth.names, { start: startOf(truth), hours: truth.hours, counted });
}

function comparePeer(
  { name, judge, publishedThreshold }: Peer,
  counted: Counted,
  { streams, counts }: { streams: readonly Stream[]; counts: readonly HourlyCounts[] },
): void {
  const floor = Math.min(PEER_FLOOR, (publishedThreshold ?? PEER_FLOOR) / 3);
  const runs = streams.map(({ truth }, i) => {
    const scores = new Scores();
    judge(counts[i] as HourlyCounts, (series, hour, score) => {
      if (score > floor) scores.add(series, hour, score);
    });
    return { truth, scores };
  });
  const judged = new Judged(runs);
  const title = `${name}, ${counted === 'ours' ? 'our counts' : counted}`;
  compare(title, judged);
  if (publishedThreshold !== undefined) printFigures(title, 'published', judged.at(publishedThreshold));
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

function compare(name: string, judged: Judged): void {
  for (const budget of BUDGETS) printFigures(name, String(budget), judged.atBudget(budget));
}

function printFigures(name: string, allowed: string, figures: Figures): void {
  const { found, foundInADay, byKind, largeSudden, falsePerYear, falseBy, decoyShare } = figures;
  print(
    `${name.padEnd(43)}${allowed.padStart(9)}${falsePerYear.toFixed(0).padStart(6)}` +
      `${found.toFixed(3).padStart(8)}${foundInADay.toFixed(3).padStart(7)}` +
      `${`${largeSudden.found.toFixed(2)} of ${largeSudden.count}`.padStart(12)}${largeSudden.medianHours.toFixed(1).padStart(6)} h` +
      `${decoyShare.toFixed(2).padStart(6)}   ${listed(byKind, 2)}; ${listed(falseBy, 0)}`,
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
