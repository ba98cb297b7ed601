/**
 * Finds many terms at once: a trie over syllables, walked once from each syllable of the text.
 *
 * A walk ends at the first syllable that no term continues with, so the cost depends on the text and hardly on how
 * many terms there are. Terms match whole syllables only: `dịch` is not found within `dịchvụ`.
 */
import { otherForms, type WrittenWord } from './abbreviations.ts';
import { fold } from './normalise.ts';
import { NO_BREAK, PHRASE_BREAK, type Syllable, syllabify } from './syllables.ts';
import { NO_NODE, NO_VALUE, packTrie, type TermTrie } from './term-trie.ts';
import { unaccentedSyllables } from './unaccented.ts';
import { learnWord, numberOf, UNKNOWN_WORD, vocabularySize } from './vocabulary.ts';

export interface TermMatch<T> {
  readonly value: T;
  /** Index of its first syllable, and of the one after its last. */
  readonly from: number;
  readonly to: number;
  /** Found without regard to diacritics, where the text has none: less certain. */
  readonly isRestored?: true;
}

export interface TermMatcher<T> {
  /** Leftmost, then longest; matches do not overlap. In reading order. */
  longest(syllables: readonly Syllable[]): TermMatch<T>[];
  /** Every match, nested and overlapping ones too, by start and then by length. */
  all(syllables: readonly Syllable[]): TermMatch<T>[];
}

/**
 * @param terms  each with what a match shall carry; of two terms that read the same, the first counts
 * @param options.folded  compare without diacritics, in terms and in text
 * @param options.abbreviated  find the terms too where the text shortens what they spell out, or spells out what they
 *   shorten; a term that is written that way itself comes first
 *
 * A term matches across a comma only where it is written with one (`phòng, chống`), and never across the end of a
 * sentence.
 */
export function createTermMatcher<T>(
  terms: Iterable<readonly [term: string, value: T]>,
  options: { readonly folded?: boolean; readonly abbreviated?: boolean } = {},
): TermMatcher<T> {
  const isFolded = options.folded === true;
  const trie = packTrie(planted(terms, isFolded, options.abbreviated === true));
  return {
    longest: (syllables) => longestOf(trie, stepsOf(syllables, isFolded)),
    all: (syllables) => allOf(trie, stepsOf(syllables, isFolded)),
  };
}

/**
 * Finds terms as they are written, and without regard to diacritics where a text, or a sentence of it, has none.
 *
 * @param exact   of terms as they are written
 * @param folded  gives the matcher of the same values that compares without diacritics; not asked for before the first
 *   text that needs it
 */
export function inEitherSpelling<T>(exact: TermMatcher<T>, folded: () => TermMatcher<T>): TermMatcher<T> {
  const either = (how: 'longest' | 'all') => (syllables: readonly Syllable[]) => {
    const bare = unaccentedSyllables(syllables);
    if (bare.length === 0) return exact[how](syllables);
    // No match crosses the end of a sentence, so each belongs to one kind of writing.
    const accented = exact[how](syllables).filter(({ from }) => bare[from] === 0);
    const restored = folded()
      [how](syllables)
      .filter(({ from }) => bare[from] === 1)
      .map((match) => ({ ...match, isRestored: true as const }));
    return [...accented, ...restored].sort((a, b) => a.from - b.from || a.to - b.to);
  };
  return { longest: either('longest'), all: either('all') };
}

function* planted<T>(
  terms: Iterable<readonly [term: string, value: T]>,
  isFolded: boolean,
  isAbbreviated: boolean,
): Generator<{ steps: number[]; value: T }> {
  const others: { steps: number[]; value: T }[] = [];
  const stepsFor = (form: readonly WrittenWord[]) =>
    form.map(({ text, isJoined }, index) =>
      stepTo(learnWord(isFolded ? fold(text) : text), index === 0 || isJoined ? NO_BREAK : PHRASE_BREAK),
    );
  for (const [term, value] of terms) {
    const written = syllabify(term).map(({ text, breakBefore }) => ({
      text,
      isJoined: breakBefore === NO_BREAK,
    }));
    yield { steps: stepsFor(written), value };
    if (!isAbbreviated) continue;
    for (const form of otherForms(written)) others.push({ steps: stepsFor(form), value });
  }
  yield* others;
}

function longestOf<T>(trie: TermTrie<T>, steps: Int32Array): TermMatch<T>[] {
  const matches: TermMatch<T>[] = [];
  let at = 0;
  while (at < steps.length - 1) {
    let node = trie.first(withoutBreak(steps[at] as number));
    let longest = NO_VALUE;
    let end = at + 1;
    for (let to = at + 1; node !== NO_NODE; to += 1) {
      const value = trie.valueAt(node);
      if (value !== NO_VALUE) {
        longest = value;
        end = to;
      }
      node = trie.next(node, steps[to] as number);
    }
    if (longest !== NO_VALUE) matches.push({ value: trie.values[longest] as T, from: at, to: end });
    at = end;
  }
  return matches;
}

function allOf<T>(trie: TermTrie<T>, steps: Int32Array): TermMatch<T>[] {
  const matches: TermMatch<T>[] = [];
  for (let from = 0; from < steps.length - 1; from += 1) {
    let node = trie.first(withoutBreak(steps[from] as number));
    for (let to = from + 1; node !== NO_NODE; to += 1) {
      const value = trie.valueAt(node);
      if (value !== NO_VALUE) matches.push({ value: trie.values[value] as T, from, to });
      node = trie.next(node, steps[to] as number);
    }
  }
  return matches;
}

/** A word with what parts it from the one before. No term holds the end of a sentence, so no walk goes beyond it. */
function stepTo(word: number, breakBefore: number): number {
  return (breakBefore << BREAK_SHIFT) | word;
}

/** What parts the first word of a term from the text before it is no matter. */
function withoutBreak(step: number): number {
  return step & (2 ** BREAK_SHIFT - 1);
}

/** Room for 134 million words. */
const BREAK_SHIFT = 27;

interface Steps {
  readonly numbers: Int32Array;
  /** Of how many words, since more may be learnt. */
  readonly of: number;
}

const ACCENTED = new WeakMap<readonly Syllable[], Steps>();
const FOLDED = new WeakMap<readonly Syllable[], Steps>();
/** Behind the last syllable: leads nowhere. */
const END = stepTo(UNKNOWN_WORD, NO_BREAK);

/** One step for each syllable, whichever matcher asks first, and one that ends every walk. */
function stepsOf(syllables: readonly Syllable[], isFolded: boolean): Int32Array {
  const cache = isFolded ? FOLDED : ACCENTED;
  const cached = cache.get(syllables);
  if (cached !== undefined && cached.of === vocabularySize()) return cached.numbers;
  const numbers = new Int32Array(syllables.length + 1);
  for (let at = 0; at < syllables.length; at += 1) {
    const { word, breakBefore } = syllables[at] as Syllable;
    numbers[at] = stepTo(numberOf(word, isFolded), breakBefore);
  }
  numbers[syllables.length] = END;
  cache.set(syllables, { numbers, of: vocabularySize() });
  return numbers;
}
