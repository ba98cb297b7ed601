/** What the words around a polar term make of its weight: negators, shifters, rises and falls, modality. */
import type { LexiconClass, LexiconTerm } from './lexicon.ts';
import { hasBreak, PHRASE_BREAK, SENTENCE_BREAK, type Syllable } from './syllables.ts';
import type { TermMatch } from './term-matcher.ts';
import type { Part, WeighedTerm } from './weighed-term.ts';

/** Without diacritics, a form of one syllable may be a dozen words. */
const FOLDED_SINGLE_FACTOR = 0.1;
/** ...and any match is less sure. */
const FOLDED_FACTOR = 0.85;

/** How many syllables may stand between a modifier and the term it bears on. */
const REACH_BEFORE: Partial<Record<LexiconClass, number>> = {
  negator: 2,
  shifter: 4,
  decrease: 4,
  increase: 4,
  intensifier: 1,
  diminisher: 1,
  modality: 4,
};
const LONGEST_REACH = 4;
/** Between the members of an enumeration stands at most `và` or `hoặc`. */
const LIST_GAP = 1;
/** Matches looked back over: an enumeration under one shifter is no longer than this. */
const LONGEST_LIST = 8;
const REACH_AFTER: Partial<Record<LexiconClass, number>> = { decrease: 2, increase: 2, intensifier: 1 };

/** What can rise and fall: a `decrease` after one of these bears on it (`ca mắc giảm`), after others it opens anew. */
const COUNTABLE: ReadonlySet<LexiconClass> = new Set<LexiconClass>([
  'outbreak',
  'illness',
  'overload',
  'harm',
  'accident',
  'crime',
  'shortage',
  'disaster',
]);

/** What it makes of its object: a `counter` has a weight of its own; the object only adds to that. */
export const COUNTERED_FACTOR = -0.1;

/**
 * Every polar match with its weight after the modifiers around it. Words that only set a tone are left as they are
 * and stand in nobody's way.
 */
export function weighTerms(
  matches: readonly TermMatch<LexiconTerm>[],
  syllables: readonly Syllable[],
  partOf: (offset: number) => Part,
): WeighedTerm[] {
  const strong = matches.filter(({ value }) => value.class !== 'tone');
  const weighed: WeighedTerm[] = [];
  let index = 0;
  for (const match of matches) {
    const isTone = match.value.class === 'tone';
    if (match.value.isPolar) {
      const modifiers: string[] = [];
      const factor = isTone ? 1 : factorAt(strong, index, syllables, modifiers);
      weighed.push({
        match,
        part: partOf(syllables[match.from]?.start ?? 0),
        weight: match.value.weight * factor * (match.isRestored ? restoredFactor(match, modifiers) : 1),
        turned: factor <= 0,
        modifiers,
      });
    }
    if (!isTone) index += 1;
  }
  return weighed;
}

/** What the modifiers around `matches[index]` make of it, noted down in `notes`. */
function factorAt(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
  notes: string[],
): number {
  const { value } = matches[index] as TermMatch<LexiconTerm>;
  let factor = 1;
  for (const modifier of modifiersBefore(matches, index, syllables))
    factor *= effectOf(modifier, value, notes);
  const after = modifierAfter(matches, index, syllables);
  return after === undefined ? factor : factor * effectOf(after, value, notes);
}

function restoredFactor({ from, to }: TermMatch<LexiconTerm>, notes: string[]): number {
  notes.push('(không dấu) → lowered');
  return to - from === 1 ? FOLDED_SINGLE_FACTOR : FOLDED_FACTOR;
}

/**
 * The modifiers that bear on `matches[index]` from before it. A polar term in between shields from all of them but
 * a shifter over its own kind: `ngăn ngừa tai nạn, thương tích` prevents both.
 */
function modifiersBefore(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
): LexiconTerm[] {
  const term = matches[index] as TermMatch<LexiconTerm>;
  const found: LexiconTerm[] = [];
  let nearest = term.from;
  let isShielded = false;
  for (let back = index - 1; back >= Math.max(0, index - LONGEST_LIST); back -= 1) {
    const match = matches[back] as TermMatch<LexiconTerm>;
    const isNextInList = match.value.isPolar && match.to === nearest;
    if (isOutOfReach(match.to, nearest, syllables, isShielded || isNextInList)) break;
    if (!match.value.isPolar) {
      if (bearsBefore(matches, back, nearest, isShielded, syllables)) found.push(match.value);
      continue;
    }
    if (counters(match.value, term.value)) found.push(match.value);
    if (match.value.weight > 0 || term.value.weight > 0 || nearest - match.to > LIST_GAP) break;
    isShielded = true;
    nearest = match.from;
  }
  return found;
}

function counters(modifier: LexiconTerm, term: LexiconTerm): boolean {
  return modifier.class === 'counter' && term.weight < 0;
}

function isOutOfReach(
  end: number,
  nearest: number,
  syllables: readonly Syllable[],
  isShielded: boolean,
): boolean {
  const level = isShielded ? SENTENCE_BREAK : PHRASE_BREAK;
  return nearest - end > LONGEST_REACH || hasBreak(syllables, end, nearest, level);
}

/** Whether the modifier at `index` reaches forward to the syllable `nearest`. */
function bearsBefore(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  nearest: number,
  isShielded: boolean,
  syllables: readonly Syllable[],
): boolean {
  const { value, to } = matches[index] as TermMatch<LexiconTerm>;
  const reach = REACH_BEFORE[value.class];
  if (reach === undefined || nearest - to > reach) return false;
  if (isShielded && value.class !== 'shifter') return false;
  return !isTakenBackwards(matches, index, syllables);
}

/** `ca mắc giảm` uses its `giảm` up: what follows is another matter. */
function isTakenBackwards(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
): boolean {
  return (
    matches[index]?.value.class !== 'shifter' && modifierTakenBy(matches, index - 1, syllables) === index
  );
}

function modifierAfter(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
): LexiconTerm | undefined {
  const taken = modifierTakenBy(matches, index, syllables);
  return taken === undefined ? undefined : matches[taken]?.value;
}

/** Index of the modifier right after the polar match at `index` that bears on it. */
function modifierTakenBy(
  matches: readonly TermMatch<LexiconTerm>[],
  index: number,
  syllables: readonly Syllable[],
): number | undefined {
  const match = matches[index];
  const next = matches[index + 1];
  if (match === undefined || next === undefined || !match.value.isPolar) return undefined;
  const reach = REACH_AFTER[next.value.class];
  const gap = next.from - match.to;
  if (reach === undefined || gap > reach || hasBreak(syllables, match.to, next.from, PHRASE_BREAK))
    return undefined;
  if (next.value.class !== 'intensifier' && !COUNTABLE.has(match.value.class)) return undefined;
  return index + 1;
}

/** The factor by which `modifier` changes `term`; says so in `notes`. */
function effectOf(modifier: LexiconTerm, term: LexiconTerm, notes: string[]): number {
  const note = (how: string, factor: number) => {
    notes.push(`${modifier.term} → ${how}`);
    return factor;
  };
  switch (modifier.class) {
    case 'negator':
      return note('negated', modifier.weight);
    case 'shifter':
      return term.weight < 0 ? note('shifted', -modifier.weight) : 1;
    case 'counter':
      return note('shifted', COUNTERED_FACTOR);
    case 'decrease':
      return note('shifted', -modifier.weight);
    case 'increase':
    case 'intensifier':
      return note('raised', 1 + modifier.weight);
    default:
      return note('lowered', 1 + modifier.weight);
  }
}
