/**
 * How well and how fast texts are judged, beside a Naive Bayes classifier of `natural` trained in domain (five-fold).
 *
 * `npm run bench -- language [--file ROWS.jsonl]... [--errors 20] [--no-peer]`: JSON Lines of {title, summary?, body?,
 * polarity?, isHealth?}. Rows with a polarity are judged for sentiment (title alone, without diacritics, with the
 * summary), rows with `isHealth` for relevance. Intervals are 95 % bootstrap percentiles, seeded, so that a run can
 * be repeated. Without `--file` the development sets under `../shared` are read where they exist.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type AnalysableText, POLARITIES, type Polarity, type Sentiment } from '../src/domain/analysis.ts';
import { parseLexicon } from '../src/language/lexicon.ts';
import { fold } from '../src/language/normalise.ts';
import { judgeRelevance } from '../src/language/relevance.ts';
import { scoreSentiment } from '../src/language/sentiment.ts';
import { syllabify } from '../src/language/syllables.ts';
import { parseTopicRules } from '../src/language/topic-rules.ts';
import { loadLanguageOf } from '../src/settings.ts';

const DEFAULT_FILES = ['../shared/sentiment/danes-dev.jsonl', '../shared/relevance/dantri-dev.jsonl'];
const BOOTSTRAP_ROUNDS = 1000;
const FOLDS = 5;

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
  benchSpeed();
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

// The peer

interface Guess {
  readonly label: string;
  readonly value: number;
}

interface BayesClassifier {
  addDocument(tokens: string[], label: string): void;
  train(): void;
  getClassifications(tokens: string[]): Guess[];
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

/** Every row judged by a classifier that has not seen it: row `i` belongs to fold `i mod 5`. */
function crossValidate(rows: readonly Row[], labelOf: (row: Row) => string): Guess[][] {
  // The package's root loads database drivers and prints to stdout; this file of it does neither.
  const require = createRequire(import.meta.url);
  const Classifier: new () => BayesClassifier = require('natural/lib/natural/classifiers/bayes_classifier');
  const tokens = withoutOnce(rows.map(({ title }) => grams(title)));
  const guesses: Guess[][] = [];
  for (let held = 0; held < FOLDS; held += 1) {
    const classifier = new Classifier();
    rows.forEach((row, index) => {
      if (index % FOLDS !== held) classifier.addDocument(tokens[index] ?? [], labelOf(row));
    });
    classifier.train();
    for (let index = held; index < rows.length; index += FOLDS) {
      guesses[index] = classifier.getClassifications(tokens[index] ?? []);
    }
  }
  return guesses;
}

/** The classifier's cost grows with its vocabulary, and what occurs once teaches it nothing. */
function withoutOnce(documents: string[][]): string[][] {
  const seen = new Map<string, number>();
  for (const gram of documents.flat()) seen.set(gram, (seen.get(gram) ?? 0) + 1);
  return documents.map((document) => document.filter((gram) => (seen.get(gram) ?? 0) > 1));
}

/** Syllables and pairs of syllables. */
function grams(title: string): string[] {
  const syllables = syllabify(title).map(({ text }) => text);
  return [...syllables, ...syllables.slice(1).map((syllable, index) => `${syllables[index]} ${syllable}`)];
}

// Speed

/** Texts of the shape that counts: headline, sapo and some 3 kB of body, every one different. */
function benchSpeed(): void {
  const loadedIn = timed(() => loadLanguageOf(CONFIG_DIR));
  const language = loadedIn.value;
  const paragraph =
    'Theo Sở Y tế, bệnh viện tuyến tỉnh đã tiếp nhận thêm nhiều bệnh nhân nhập viện vì sốt xuất huyết, trong đó có ba ca nặng. Bác sĩ cho biết số ca mắc tăng so với cùng kỳ nhưng chưa ghi nhận trường hợp tử vong, thuốc và dịch truyền vẫn bảo đảm. Người dân cần diệt muỗi, ngủ màn và đến cơ sở y tế khi sốt cao. ';
  const texts = Array.from({ length: 1500 }, (_, index) => ({
    title: `Bệnh viện Đa khoa tỉnh cứu sống bệnh nhân thứ ${index} nguy kịch vì sốt xuất huyết`,
    summary: `Sau ${index % 30} ngày điều trị tích cực, bệnh nhân đã hồi phục và được xuất viện. ${paragraph.slice(0, 90)}`,
    body: `Ngày ${index}. ${paragraph.repeat(8)}`,
  }));
  const bytes = Buffer.byteLength(texts[0]?.body ?? '');
  for (const text of texts.slice(0, 300)) language.analyse(text, { fromHealthFeed: false });
  const analysing = timed(() => {
    for (const text of texts) language.analyse(text, { fromHealthFeed: false });
  });
  const gating = timed(() => {
    for (const { title, summary } of texts) {
      language.relevance({ title, summary, body: '' }, { fromHealthFeed: false });
    }
  });
  print(`\n# Speed, per second of CPU`);
  print(`loading the language layer    ${loadedIn.ms.toFixed(0)} ms`);
  print(
    `analyse, headline + sapo + ${(bytes / 1000).toFixed(1)} kB body (${texts[0]?.body.length} characters)  ${rate(texts.length, analysing.ms)} texts/s`,
  );
  print(`health gate, headline + sapo  ${rate(texts.length, gating.ms)} texts/s`);
}

/** Milliseconds of this process's CPU, which others on the machine disturb less than the clock. */
function timed<T>(work: () => T): { value: T; ms: number } {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1000 };
}

function rate(count: number, ms: number): string {
  return Math.round((count / ms) * 1000).toString();
}

// Statistics

function macroF1(pairs: readonly (readonly [string, string])[], classes: readonly string[]): number {
  const truths = new Map<string, number>();
  const answers = new Map<string, number>();
  const hits = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [truth, answer] of pairs) {
    add(truths, truth);
    add(answers, answer);
    if (truth === answer) add(hits, truth);
  }
  const scores = classes.map((name) => {
    const total = (truths.get(name) ?? 0) + (answers.get(name) ?? 0);
    return total === 0 ? 0 : (2 * (hits.get(name) ?? 0)) / total;
  });
  return scores.reduce((a, b) => a + b, 0) / classes.length;
}

function share<T>(list: readonly T[], holds: (item: T) => boolean): number {
  return list.length === 0 ? 0 : list.filter(holds).length / list.length;
}

function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}

/** The measure with the 2.5th and 97.5th percentile over samples of the list drawn with replacement. */
function interval<T>(list: readonly T[], measure: (sample: readonly T[]) => number): string {
  const random = seededRandom(20_261_122);
  const samples = Array.from({ length: BOOTSTRAP_ROUNDS }, () =>
    measure(list.map(() => list[Math.floor(random() * list.length)] as T)),
  ).sort((a, b) => a - b);
  const at = (quantile: number) => samples[Math.floor(quantile * (BOOTSTRAP_ROUNDS - 1))] ?? 0;
  return `${percent(measure(list))} [${percent(at(0.025))}–${percent(at(0.975))}]`;
}

function percent(part: number): string {
  return (100 * part).toFixed(1);
}

/** Mulberry32: 32 bits of state, the same sequence for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
