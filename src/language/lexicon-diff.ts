import type { Lexicon, LexiconTerm } from './lexicon.ts';

export interface TermChange {
  readonly before: LexiconTerm;
  readonly after: LexiconTerm;
}

/** What sets one lexicon apart from another. A term may be both reweighted and reclassed. */
export interface LexiconDiff {
  readonly from: string;
  readonly to: string;
  readonly added: readonly LexiconTerm[];
  readonly removed: readonly LexiconTerm[];
  readonly reweighted: readonly TermChange[];
  readonly reclassed: readonly TermChange[];
  /** Another part of speech, origin, note or `overrules`: no article is judged otherwise for that. */
  readonly redescribed: readonly TermChange[];
}

/** Terms in the order of the file that holds them. */
export function diffLexicons(before: Lexicon, after: Lexicon): LexiconDiff {
  const known = new Map(before.terms.map((term) => [term.term, term]));
  const kept = new Set(after.terms.map(({ term }) => term));
  const changes = after.terms.flatMap((term): TermChange[] => {
    const earlier = known.get(term.term);
    return earlier === undefined ? [] : [{ before: earlier, after: term }];
  });
  return {
    from: before.version,
    to: after.version,
    added: after.terms.filter(({ term }) => !known.has(term)),
    removed: before.terms.filter(({ term }) => !kept.has(term)),
    reweighted: changes.filter((change) => change.before.weight !== change.after.weight),
    reclassed: changes.filter((change) => change.before.class !== change.after.class),
    redescribed: changes.filter((change) => isRedescribed(change)),
  };
}

function isRedescribed({ before, after }: TermChange): boolean {
  return (
    before.partOfSpeech !== after.partOfSpeech ||
    before.origin !== after.origin ||
    before.note !== after.note ||
    before.overrules.join(';') !== after.overrules.join(';')
  );
}
