import type { LexiconTerm } from './lexicon.ts';
import { fold } from './normalise.ts';

/** Terms by their form without diacritics. */
export function foldedGroups(terms: readonly LexiconTerm[]): LexiconTerm[][] {
  const groups = new Map<string, LexiconTerm[]>();
  for (const term of terms) {
    const form = fold(term.term);
    const group = groups.get(form);
    if (group === undefined) groups.set(form, [term]);
    else group.push(term);
  }
  return [...groups.values()];
}

/** Whether terms that read alike say the same: all polar or none, and of one sign. */
export function isAgreed(group: readonly LexiconTerm[]): boolean {
  const [first] = group;
  return group.every(
    (term) => term.isPolar === first?.isPolar && group.every((other) => term.weight * other.weight >= 0),
  );
}
