/** Naive Bayes of `natural`, trained in domain, as a peer of the rules. */
import { createRequire } from 'node:module';

import { syllabify } from '../src/language/syllables.ts';

const FOLDS = 5;

export interface Guess {
  readonly label: string;
  readonly value: number;
}

interface BayesClassifier {
  addDocument(tokens: string[], label: string): void;
  train(): void;
  getClassifications(tokens: string[]): Guess[];
}

/** Every title judged by a classifier that has not seen it, likeliest label first: row `i` is in fold `i mod 5`. */
export function crossValidate<T extends { readonly title: string }>(
  rows: readonly T[],
  labelOf: (row: T) => string,
): Guess[][] {
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
