/**
 * How well and how fast texts are judged, beside a Naive Bayes classifier of `natural` trained in domain (five-fold).
 *
 * `npm run bench -- language [--file ROWS.jsonl]... [--errors 20] [--no-peer]`: JSON Lines of {title, summary?, body?,
 * polarity?, isHealth?}. Rows with a polarity are judged for sentiment (title alone, without diacritics, with the
 * summary), rows with `isHealth` for relevance. Intervals are 95 % bootstrap percentiles, seeded, so that a run can
 * be repeated. Without `--file` the development sets under `../shared` are read where they exist.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type AnalysableText, POLARITIES, type Polarity, type Sentiment } from '../src/domain/analysis.ts';
import { parseLexicon } from '../src/language/lexicon.ts';
import { fold } from '../src/language/normalise.ts';
import { judgeRelevance } from '../src/language/relevance.ts';
import { scoreSentiment } from '../src/language/sentiment.ts';
import { parseTopicRules } from '../src/language/topic-rules.ts';
import { loadLanguageOf } from '../src/settings.ts';
import { judgeLabelledSample } from './labelled-sample.ts';
import { benchSpeed } from './language-speed.ts';
import { crossValidate } from './naive-bayes.ts';
import { harmonic, interval, macroF1, percent, share } from './statistics.ts';

const DEFAULT_FILES = ['../shared/sentiment/danes-dev.jsonl', '../shared/relevance/dantri-dev.jsonl'];

/**
 * What others reach on headlines of the DANeS corpus (3-class all and health, 2-class all and health, sign wrong on
 * polar health rows, in %), measured by us where the programs could be had; their data may not be kept here.
 */
const PUBLISHED: readonly (readonly [string, string])[] = [
  ['VietSentiWordNet with its rules', '40.8 / 39.4   62.7 / 57.2   27.5'],
  ['AFINN-vi with negation', '43.5 / 39.0   72.3 / 62.2   31.7'],
  ['underthesea 1.1.8', '34.3 / 31.7   51.2 / 46.7   -'],
  ['TF-IDF + linear SVM, in domain', '51.7 / 48.7   77.4 / 76.0   9.6'],
  ['a plain news lexicon of 320 terms', '54.0 / 55.7   72.7 / 71.7   6.0'],
];

interface Row {
  readonly title: string;
  readonly summary?: string;
  readonly body?: string;
  readonly polarity?: Polarity;
  readonly isHealth?: boolean;
}

interface Judged {
  readonly row: Row;
  readonly truth: Polarity;
  readonly polarity: Polarity;
  /** Sign of the score, which is kept inside the neutral band; 0 where nothing was found. */
  readonly sign: number;
  readonly sentiment?: Sentiment;
}

/** Runs the benchmark with command-line arguments and prints its tables. */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      file: { type: 'string', multiple: true },
      errors: { type: 'string', default: '20' },
      peer: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const files = values.file ?? DEFAULT_FILES.filter((file) => existsSync(file));
  if (files.length === 0) throw new Error('Nothing to judge: give --file ROWS.jsonl');
  for (const file of files) {
    const rows = readRows(file);
    print(`\n# ${basename(file)}: ${rows.length} rows`);
    benchSentiment(rows, Number(values.errors), values.peer);
    benchRelevance(rows, values.peer);
  }
  print(`\n# Texts labelled by two readers\n${judgeLabelledSample(loadLanguageOf(CONFIG_DIR))}`);
  print(benchSpeed(CONFIG_DIR));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);
}

const CONFIG_DIR = fileURLToPath(new URL('../config', import.meta.url));

function config(name: string): string {
  return readFileSync(join(CONFIG_DIR, name), 'utf8');
}

// Sentiment

function benchSentiment(rows: readonly Row[], errors: number, withPeer: boolean): void {
  const labelled = rows.filter((row) => row.polarity !== undefined);
  if (labelled.length === 0) return;
  const titles = judgeAll(labelled, ({ title }) => ({ title, summary: '', body: '' }));
  print('\n## Sentiment, title alone');
  printSentiment('ours', titles);
  if (withPeer) printSentiment('natural Bayes', bayesPolarity(labelled));
  for (const [name, figures] of PUBLISHED) print(`${name.padEnd(36)}${figures}`);
  print('\n## Sentiment, title without diacritics');
  const folded = judgeAll(labelled, ({ title }) => ({ title: fold(title), summary: '', body: '' }));
  printSentiment('ours', folded);
  print(`kept of the accented 3-class F1: ${percent(threeClass(folded) / threeClass(titles))}`);
  if (labelled.some(({ summary }) => (summary ?? '') !== '')) {
    print('\n## Sentiment, title and summary');
    printSentiment(
      'ours',
      judgeAll(labelled, ({ title, summary = '' }) => ({ title, summary, body: '' })),
    );
  }
  print(`\n## Confusion, title alone\n${confusion(titles)}`);
  if (errors > 0) print(`\n## The ${errors} worst errors, title alone\n${worstErrors(titles, errors)}`);
}

function judgeAll(rows: readonly Row[], textOf: (row: Row) => AnalysableText): Judged[] {
  const lexicon = parseLexicon(config('lexicon.tsv'), 'lexicon.tsv');
  return rows.map((row) => {
    const sentiment = scoreSentiment(textOf(row), lexicon);
    return {
      row,
      truth: row.polarity ?? 'neutral',
      polarity: sentiment.polarity,
      sign: Math.sign(sentiment.score),
      sentiment,
    };
  });
}

function printSentiment(name: string, judged: readonly Judged[]): void {
  for (const [set, part] of [
    ['all', judged],
    ['health', judged.filter(({ row }) => row.isHealth === true)],
  ] as const) {
    if (part.length === 0) continue;
    const polar = part.filter(({ truth }) => truth !== 'neutral');
    print(
      [
        `${name}, ${set} (${part.length})`.padEnd(30),
        `3-class F1 ${interval(part, threeClass)}`,
        `2-class F1 ${interval(polar, twoClass)}`,
        `sign wrong ${interval(polar, signWrong)} of polar rows`,
        `called polar ${interval(polar, calledPolar)}`,
      ].join('  '),
    );
  }
}

function threeClass(judged: readonly Judged[]): number {
  return macroF1(
    judged.map(({ truth, polarity }) => [truth, polarity]),
    POLARITIES,
  );
}

function twoClass(polar: readonly Judged[]): number {
  const pairs = polar.map(({ truth, sign }): [string, string] => [truth, signName(sign)]);
  return macroF1(pairs, ['negative', 'positive']);
}

function signName(sign: number): string {
  if (sign === 0) return 'none';
  return sign < 0 ? 'negative' : 'positive';
}

function signWrong(polar: readonly Judged[]): number {
  return share(polar, ({ truth, polarity }) => polarity !== 'neutral' && polarity !== truth);
}

function calledPolar(polar: readonly Judged[]): number {
  return share(polar, ({ polarity }) => polarity !== 'neutral');
}

function confusion(judged: readonly Judged[]): string {
  const lines = [
    `${'human \\ ours'.padEnd(14)}${POLARITIES.map((polarity) => polarity.padStart(10)).join('')}`,
  ];
  for (const truth of POLARITIES) {
    const counts = POLARITIES.map(
      (polarity) => judged.filter((one) => one.truth === truth && one.polarity === polarity).length,
    );
    lines.push(`${truth.padEnd(14)}${counts.map((count) => String(count).padStart(10)).join('')}`);
  }
  return lines.join('\n');
}

/** A wrong sign weighs more than a missed or invented one; then the surer, the worse. */
function worstErrors(judged: readonly Judged[], count: number): string {
  const value = { negative: -1, neutral: 0, positive: 1 };
  const badness = ({ truth, sentiment }: Judged) => Math.abs((sentiment?.score ?? 0) - value[truth]);
  return judged
    .filter(({ truth, polarity }) => truth !== polarity)
    .sort((a, b) => badness(b) - badness(a))
    .slice(0, count)
    .map(({ row, truth, sentiment }) => {
      const why = sentiment?.evidence.map(({ term, weight }) => `${term} ${weight}`).join(', ');
      return `${truth} → ${sentiment?.polarity} ${sentiment?.score}  ${row.title}  [${why}]`;
    })
    .join('\n');
}

function bayesPolarity(rows: readonly Row[]): Judged[] {
  const guesses = crossValidate(rows, ({ polarity = 'neutral' }) => polarity);
  return rows.map((row, index) => {
    const guess = guesses[index] ?? [];
    const value = (polarity: Polarity) => guess.find(({ label }) => label === polarity)?.value ?? 0;
    return {
      row,
      truth: row.polarity ?? 'neutral',
      polarity: (guess[0]?.label ?? 'neutral') as Polarity,
      sign: value('positive') >= value('negative') ? 1 : -1,
    };
  });
}

// Relevance

function benchRelevance(rows: readonly Row[], withPeer: boolean): void {
  const labelled = rows.filter((row) => row.isHealth !== undefined);
  if (labelled.length === 0) return;
  const rules = parseTopicRules(config('health-topics.yaml'), 'health-topics.yaml');
  const ours = labelled.map((row): [boolean, boolean] => [
    row.isHealth === true,
    judgeRelevance({ title: row.title, summary: '', body: '' }, rules, { fromHealthFeed: false }).isHealth,
  ]);
  print('\n## Health relevance, title alone');
  printRelevance('ours', ours);
  if (!withPeer) return;
  const guesses = crossValidate(labelled, ({ isHealth }) => String(isHealth));
  printRelevance(
    'natural Bayes',
    labelled.map(({ isHealth }, index) => [isHealth === true, guesses[index]?.[0]?.label === 'true']),
  );
}

function printRelevance(name: string, pairs: readonly (readonly [boolean, boolean])[]): void {
  const precision = (part: typeof pairs) =>
    share(
      part.filter(([, said]) => said),
      ([truth]) => truth,
    );
  const recall = (part: typeof pairs) =>
    share(
      part.filter(([truth]) => truth),
      ([, said]) => said,
    );
  const f1 = (part: typeof pairs) => harmonic(precision(part), recall(part));
  print(
    `${name.padEnd(30)}F1 ${interval(pairs, f1)}  precision ${percent(precision(pairs))}  recall ${percent(recall(pairs))}`,
  );
}
