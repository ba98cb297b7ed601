/**
 * String distances and term weights of `natural` as judges of copies, each at the threshold that lets through as many
 * strangers as it is allowed to.
 */
import { createRequire } from 'node:module';

import { syllabify } from '../src/language/syllables.ts';

export interface Headline {
  readonly title: string;
  readonly summary: string;
}
type Pair = readonly [Headline, Headline];

export interface PeerResult {
  readonly name: string;
  readonly recall: number;
  readonly falseRate: number;
  readonly microsPerPair: number;
}

/** The package's root loads database drivers and prints to stdout; these files of it do neither. */
const require = createRequire(import.meta.url);

interface TfIdf {
  addDocument(terms: string[]): void;
  idf(term: string): number;
}

/**
 * @param copies      pairs that are copies
 * @param strangers   pairs that are not
 * @param allowed     share of strangers that may be taken for copies
 */
export function judgeByPeers(
  copies: readonly Pair[],
  strangers: readonly Pair[],
  allowed: number,
): PeerResult[] {
  return Object.entries(measures(strangers)).map(([name, measure]) => {
    const began = process.cpuUsage();
    const ofStrangers = Float64Array.from(strangers, ([a, b]) => measure(a, b)).sort();
    const ofCopies = copies.map(([a, b]) => measure(a, b));
    const { user, system } = process.cpuUsage(began);
    const cut = Math.ceil(strangers.length * (1 - allowed)) - 1;
    const threshold = ofStrangers[Math.max(0, cut)] ?? Number.POSITIVE_INFINITY;
    return {
      name,
      recall: ofCopies.filter((score) => score > threshold).length / copies.length,
      falseRate: ofStrangers.filter((score) => score > threshold).length / strangers.length,
      microsPerPair: (user + system) / (strangers.length + copies.length),
    };
  });
}

function measures(strangers: readonly Pair[]): Record<string, (a: Headline, b: Headline) => number> {
  const dice: (a: string, b: string) => number = require('natural/lib/natural/distance/dice_coefficient');
  const winkler: (
    a: string,
    b: string,
  ) => number = require('natural/lib/natural/distance/jaro-winkler_distance');
  const cosine = tfIdfCosine(strangers);
  return {
    'natural, Dice of letter 2-grams': (a, b) => dice(textOf(a), textOf(b)),
    'natural, Jaro-Winkler of titles': (a, b) => winkler(a.title, b.title),
    'natural, TF-IDF cosine': cosine,
  };
}

function textOf({ title, summary }: Headline): string {
  return `${title} ${summary}`;
}

/** Cosine of syllable counts weighted by the package's inverse document frequency over the strangers. */
function tfIdfCosine(strangers: readonly Pair[]): (a: Headline, b: Headline) => number {
  const Corpus: new () => TfIdf = require('natural/lib/natural/tfidf/tfidf');
  const corpus = new Corpus();
  const terms = new Map<Headline, string[]>();
  const termsOf = (headline: Headline) => {
    const known = terms.get(headline) ?? syllabify(textOf(headline)).map(({ text }) => text);
    terms.set(headline, known);
    return known;
  };
  for (const headline of new Set(strangers.map(([a]) => a))) corpus.addDocument(termsOf(headline));
  const idf = new Map<string, number>();
  const weights = new Map<Headline, ReadonlyMap<string, number>>();
  const weightsOf = (headline: Headline) => {
    const known = weights.get(headline);
    if (known !== undefined) return known;
    const weighted = new Map<string, number>();
    for (const term of termsOf(headline)) {
      const weight = idf.get(term) ?? corpus.idf(term);
      idf.set(term, weight);
      weighted.set(term, (weighted.get(term) ?? 0) + weight);
    }
    weights.set(headline, weighted);
    return weighted;
  };
  return (a, b) => cosineOf(weightsOf(a), weightsOf(b));
}

function cosineOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let dot = 0;
  for (const [term, weight] of a) dot += weight * (b.get(term) ?? 0);
  return dot === 0 ? 0 : dot / (length(a) * length(b));
}

function length(vector: ReadonlyMap<string, number>): number {
  let squares = 0;
  for (const weight of vector.values()) squares += weight * weight;
  return Math.sqrt(squares);
}
