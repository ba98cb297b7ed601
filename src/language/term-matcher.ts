/**
 * Finds many terms at once: a trie over syllables, walked once from each syllable of the text.
 *
 * A walk ends at the first syllable that no term continues with, so the cost depends on the text and hardly on how
 * many terms there are. Terms match whole syllables only: `dịch` is not found within `dịchvụ`.
 */
import { fold } from './normalise.ts';
import { NO_BREAK, SENTENCE_BREAK, type Syllable, syllabify } from './syllables.ts';

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
  readonly next: Map<string, Node<T>>;
  value?: { readonly held: T };
}

/** Stands before a syllable that follows a comma, a dash or the like; no syllable holds it. */
const BREAK_MARK = ',';

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
  const form = options.folded === true ? (syllable: Syllable) => fold(syllable.text) : textOf;
  const root: Node<T> = { next: new Map() };
  for (const [term, value] of terms) plant(root, syllabify(term), form, value);

  const collect = (syllables: readonly Syllable[], overlapping: boolean) => {
    const matches: TermMatch<T>[] = [];
    let at = 0;
    while (at < syllables.length) {
      const found = walk(root, syllables, at, form, overlapping ? matches : undefined);
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

function textOf(syllable: Syllable): string {
  return syllable.text;
}

function plant<T>(
  root: Node<T>,
  syllables: readonly Syllable[],
  form: (syllable: Syllable) => string,
  value: T,
): void {
  if (syllables.length === 0) return;
  let node = root;
  for (const [index, syllable] of syllables.entries()) {
    const key = keyOf(syllable, form, index === 0);
    let next = node.next.get(key);
    if (next === undefined) {
      next = { next: new Map() };
      node.next.set(key, next);
    }
    node = next;
  }
  node.value ??= { held: value };
}

/** The longest match that begins at `from`; the shorter ones go to `every` when it is given, and the longest too. */
function walk<T>(
  root: Node<T>,
  syllables: readonly Syllable[],
  from: number,
  form: (syllable: Syllable) => string,
  every: TermMatch<T>[] | undefined,
): TermMatch<T> | undefined {
  let node = root;
  let longest: TermMatch<T> | undefined;
  for (let at = from; at < syllables.length; at += 1) {
    const syllable = syllables[at] as Syllable;
    if (at > from && syllable.breakBefore === SENTENCE_BREAK) break;
    const next = node.next.get(keyOf(syllable, form, at === from));
    if (next === undefined) break;
    node = next;
    if (node.value !== undefined) {
      longest = { value: node.value.held, from, to: at + 1 };
      every?.push(longest);
    }
  }
  return longest;
}

function keyOf(syllable: Syllable, form: (syllable: Syllable) => string, isFirst: boolean): string {
  const text = form(syllable);
  return isFirst || syllable.breakBefore === NO_BREAK ? text : BREAK_MARK + text;
}
