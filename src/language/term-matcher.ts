/**
 * Finds many terms at once: a trie over syllables, walked once from each syllable of the text.
 *
 * A walk ends at the first syllable that no term continues with, so the cost depends on the text and hardly on how
 * many terms there are. Terms match whole syllables only: `dịch` is not found within `dịchvụ`.
 */
import { fold } from './normalise.ts';
import { NO_BREAK, SENTENCE_BREAK, type Syllable, syllabify } from './syllables.ts';
import { learnWord, UNKNOWN_WORD, wordNumbers } from './vocabulary.ts';

export interface TermMatch<T> {
  readonly value: T;
  /** Index of its first syllable, and of the one after its last. */
  readonly from: number;
  readonly to: number;
}

export interface TermMatcher<T> {
  /** Leftmost, then longest; matches do not overlap. In reading order. */
  longest(syllables: readonly Syllable[]): TermMatch<T>[];
  /** Every match, nested and overlapping ones too, by start and then by length. */
  all(syllables: readonly Syllable[]): TermMatch<T>[];
}

interface Node<T> {
  /** By the step that leads there. */
  readonly next: Map<number, Node<T>>;
  value?: { readonly held: T };
}

/**
 * @param terms  each with what a match shall carry; of two terms that read the same, the first counts
 * @param options.folded  compare without diacritics, in terms and in text
 *
 * A term matches across a comma only where it is written with one (`phòng, chống`), and never across the end of a
 * sentence.
 */
export function createTermMatcher<T>(
  terms: Iterable<readonly [term: string, value: T]>,
  options: { readonly folded?: boolean } = {},
): TermMatcher<T> {
  const isFolded = options.folded === true;
  const form = isFolded ? (syllable: Syllable) => fold(syllable.text) : (syllable: Syllable) => syllable.text;
  /** By the number of a term's first word; most words of a text begin none. */
  const roots: (Node<T> | undefined)[] = [];
  for (const [term, value] of terms) plant(roots, syllabify(term), form, value);

  const collect = (syllables: readonly Syllable[], overlapping: boolean) => {
    const words = wordNumbers(syllables, isFolded);
    const matches: TermMatch<T>[] = [];
    let at = 0;
    while (at < words.length) {
      const root = roots[words[at] as number];
      const found = root && walk(root, syllables, words, at, overlapping ? matches : undefined);
      if (!overlapping && found !== undefined) matches.push(found);
      at = overlapping || found === undefined ? at + 1 : found.to;
    }
    return matches;
  };
  return {
    longest: (syllables) => collect(syllables, false),
    all: (syllables) => collect(syllables, true),
  };
}

function plant<T>(
  roots: (Node<T> | undefined)[],
  syllables: readonly Syllable[],
  form: (syllable: Syllable) => string,
  value: T,
): void {
  const [first, ...others] = syllables;
  if (first === undefined) return;
  const start = learnWord(form(first));
  // No holes: the words in between begin no term.
  while (roots.length <= start) roots.push(undefined);
  let node: Node<T> = roots[start] ?? { next: new Map() };
  roots[start] = node;
  for (const syllable of others) {
    const step = stepTo(learnWord(form(syllable)), syllable.breakBefore);
    let next: Node<T> | undefined = node.next.get(step);
    if (next === undefined) {
      next = { next: new Map() };
      node.next.set(step, next);
    }
    node = next;
  }
  node.value ??= { held: value };
}

/** The longest match that begins at `from`; the shorter ones go to `every` when it is given, and the longest too. */
function walk<T>(
  root: Node<T>,
  syllables: readonly Syllable[],
  words: Int32Array,
  from: number,
  every: TermMatch<T>[] | undefined,
): TermMatch<T> | undefined {
  let node: Node<T> | undefined = root;
  let longest: TermMatch<T> | undefined;
  for (let to = from + 1; ; to += 1) {
    if (node.value !== undefined) {
      longest = { value: node.value.held, from, to };
      every?.push(longest);
    }
    if (to === words.length || words[to] === UNKNOWN_WORD || node.next.size === 0) return longest;
    const { breakBefore } = syllables[to] as Syllable;
    if (breakBefore === SENTENCE_BREAK) return longest;
    node = node.next.get(stepTo(words[to] as number, breakBefore));
    if (node === undefined) return longest;
  }
}

/** A word on its own, or behind a comma, a dash or the like. */
function stepTo(word: number, breakBefore: number): number {
  return word * 2 + (breakBefore === NO_BREAK ? 0 : 1);
}
