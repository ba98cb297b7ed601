import type { Lexicon, LexiconTerm } from './lexicon.ts';
import { foldedGroups, isAgreed } from './lexicon-folded.ts';

export interface LexiconStatistics {
  readonly terms: number;
  /** Terms of each class, part of speech and origin, most first. */
  readonly byClass: readonly (readonly [string, number])[];
  readonly byPartOfSpeech: readonly (readonly [string, number])[];
  readonly byOrigin: readonly (readonly [string, number])[];
  /** Terms that declare what they overrule, and those with a note. */
  readonly overruling: number;
  readonly noted: number;
  /** Terms that read alike without diacritics and contradict each other: in such text they count for nothing. */
  readonly contradictoryWhenFolded: readonly (readonly string[])[];
}

/** What there is in a lexicon, for whoever looks after it. */
export function lexiconStatistics({ terms }: Lexicon): LexiconStatistics {
  return {
    terms: terms.length,
    byClass: tally(terms, (term) => term.class),
    byPartOfSpeech: tally(terms, (term) => term.partOfSpeech),
    byOrigin: tally(terms, (term) => term.origin),
    overruling: terms.filter(({ overrules }) => overrules.length > 0).length,
    noted: terms.filter(({ note }) => note !== undefined).length,
    contradictoryWhenFolded: foldedGroups(terms)
      .filter((group) => !isAgreed(group))
      .map((group) => group.map(({ term }) => term)),
  };
}

function tally(
  terms: readonly LexiconTerm[],
  keyOf: (term: LexiconTerm) => string,
): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(keyOf(term), (counts.get(keyOf(term)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
