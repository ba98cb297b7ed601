import { searchWords } from '../domain/search-words.ts';
import { logLikelihood } from './log-likelihood.ts';

/** A word or a run of words that one set of articles has more often than another. */
export interface DistinguishingTerm {
  readonly term: string;
  /** Articles that have it, in the one set and in the other. */
  readonly count: number;
  readonly otherCount: number;
  /** Share of articles with it in the one over that in the other, half an article added to both. */
  readonly ratio: number;
  /** As `logLikelihood`. */
  readonly logLikelihood: number;
}

/** Most Vietnamese words have two syllables, and names of things three. */
const LONGEST = 3;

/** What fewer articles have is chance. */
const LEAST_ARTICLES = 3;

/** 0.1 % of a chi-squared distribution with one degree of freedom. */
const LEAST_LIKELIHOOD = 10.83;

/** A part of a longer term that is seldom seen without it says nothing of its own. */
const PART_OF = 0.8;

/** Words do not run on over these. */
const BREAK = /[.,;:!?()[\]{}"'“”‘’«»…|/–—-]+/u;

/** In how many articles of a set each term stands. Its size grows with the distinct terms of the set. */
export class TermCounts {
  readonly #counts = new Map<string, number>();
  #articles = 0;

  get articles(): number {
    return this.#articles;
  }

  /** Counts the terms of one article's text; linear in it. */
  add(text: string): void {
    this.#articles++;
    for (const term of termsOf(text)) this.#counts.set(term, this.of(term) + 1);
  }

  of(term: string): number {
    return this.#counts.get(term) ?? 0;
  }

  terms(): Iterable<[string, number]> {
    return this.#counts;
  }
}

/**
 * The terms that tell one set of articles from another, the surest first.
 *
 * Linear in the distinct terms of the one set.
 *
 * @returns at most `limit`, each more frequent in `one` and with a log-likelihood ratio above 10.83
 */
export function distinguishingTerms(one: TermCounts, other: TermCounts, limit: number): DistinguishingTerm[] {
  const found: DistinguishingTerm[] = [];
  for (const [term, count] of one.terms()) {
    if (count < LEAST_ARTICLES) continue;
    const otherCount = other.of(term);
    const share = (count + 0.5) / (one.articles + 0.5);
    const otherShare = (otherCount + 0.5) / (other.articles + 0.5);
    const likelihood = logLikelihood(
      { having: count, of: one.articles },
      { having: otherCount, of: other.articles },
    );
    if (share <= otherShare || likelihood < LEAST_LIKELIHOOD) continue;
    found.push({ term, count, otherCount, ratio: share / otherShare, logLikelihood: likelihood });
  }
  found.sort((a, b) => b.logLikelihood - a.logLikelihood || (a.term < b.term ? -1 : 1));
  return withoutParts(found, limit);
}

/** Leaves out what is nearly always part of a longer term of the list. */
function withoutParts(terms: readonly DistinguishingTerm[], limit: number): DistinguishingTerm[] {
  const most = new Map<string, number>();
  for (const { term, count } of terms) {
    for (const part of partsOf(term)) most.set(part, Math.max(most.get(part) ?? 0, count));
  }
  return terms.filter(({ term, count }) => (most.get(term) ?? 0) < PART_OF * count).slice(0, limit);
}

function partsOf(term: string): string[] {
  const words = term.split(' ');
  return runsOf(words, words.length - 1);
}

function termsOf(text: string): Set<string> {
  return new Set(
    text
      .split(BREAK)
      .flatMap((stretch) => runsOf(searchWords(stretch), LONGEST))
      .filter((term) => /\p{L}{2}/u.test(term)),
  );
}

function runsOf(words: readonly string[], longest: number): string[] {
  const runs: string[] = [];
  for (let length = 1; length <= longest; length++) {
    for (let at = 0; at + length <= words.length; at++) runs.push(words.slice(at, at + length).join(' '));
  }
  return runs;
}
