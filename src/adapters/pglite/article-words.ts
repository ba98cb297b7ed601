import type { Article } from '../../domain/article.ts';
import { foldWord, searchWords } from '../../domain/search-words.ts';

/** No news text comes near this many characters. */
const SEARCHED_CHARS = 100_000;

/** A `tsvector` may hold one megabyte; attached files share what texts leave of it equally. */
const SEARCHED_ATTACHED_CHARS = 100_000;
const MOST_BYTES = 900_000;

/** The server keeps no positions above this, and no more than so many of one word. */
const LAST_POSITION = 16_383;
const MOST_POSITIONS = 255;

/** Between the parts of an article, so that no phrase begins in one and ends in the next. */
const GAP = 10;

/** Marks of lexemes that are no plain folded words: no word holds such a sign. */
const AS_SPELT = '=';
const IN_TITLE = '~';
const SIDE_BY_SIDE = '_';

/**
 * What an article is found by, as the text of a `tsvector`: its words without diacritics in their places, its words
 * with diacritics as spelt, all pairs of words that stand side by side, and the first two for the title alone.
 *
 * Linear. Phrases of more than two words are found within the first 16,000 words, as far as none of theirs occurs more
 * than 255 times before.
 */
export function articleVector(article: Article): string {
  const vector = new Vector();
  vector.addPart(searchWords(article.title));
  vector.addPart(searchWords(article.title), IN_TITLE);
  vector.addPart(searchWords(article.summary));
  vector.addPart(searchWords(article.body.slice(0, SEARCHED_CHARS)));
  const texts = (article.attachments ?? []).flatMap(({ text }) => text ?? []);
  const share = Math.floor(SEARCHED_ATTACHED_CHARS / Math.max(1, texts.length));
  for (const text of texts) vector.addPart(searchWords(text.slice(0, share)));
  return vector.toString();
}

/** The `tsquery` of words side by side, whatever their diacritics. @param words  as `searchWords` gives them */
export function wordsTsquery(words: readonly string[], inTitle: boolean): string {
  const inOrder = words.map((word) => quote((inTitle ? IN_TITLE : '') + foldWord(word))).join(' <-> ');
  return `${pairsTsquery(words, inTitle)} & (${inOrder})`;
}

/** That each of some words stands beside the next, somewhere: the same for two words, and looked up instead of read. */
export function pairsTsquery(words: readonly string[], inTitle: boolean): string {
  const mark = inTitle ? IN_TITLE : '';
  const folded = words.map(foldWord);
  if (folded.length === 1) return quote(mark + folded[0]);
  const pairs = folded.slice(1).map((word, index) => quote(mark + folded[index] + SIDE_BY_SIDE + word));
  return pairs.join(' & ');
}

/** That all of some words occur so spelt. @param words  with diacritics, at least one */
export function spellingTsquery(words: readonly string[], inTitle: boolean): string {
  return words.map((word) => quote((inTitle ? IN_TITLE : '') + AS_SPELT + word)).join(' & ');
}

class Vector {
  readonly #positions = new Map<string, number[]>();
  #at = 0;
  #bytes = 0;

  /** @param mark  begins every lexeme of the part */
  addPart(words: readonly string[], mark = ''): void {
    let before: string | undefined;
    for (const word of words) {
      this.#at += 1;
      const folded = foldWord(word);
      this.#add(mark + folded, this.#at);
      if (folded !== word) this.#add(mark + AS_SPELT + word);
      if (before !== undefined) this.#add(mark + before + SIDE_BY_SIDE + folded);
      before = folded;
    }
    this.#at += GAP;
  }

  #add(lexeme: string, position?: number): void {
    let positions = this.#positions.get(lexeme);
    if (positions === undefined) {
      this.#bytes += lexeme.length * 2;
      if (this.#bytes > MOST_BYTES) return;
      positions = [];
      this.#positions.set(lexeme, positions);
    }
    if (position === undefined || position > LAST_POSITION || positions.length >= MOST_POSITIONS) return;
    positions.push(position);
  }

  toString(): string {
    let text = '';
    for (const [lexeme, positions] of this.#positions) {
      text += positions.length === 0 ? `${quote(lexeme)} ` : `${quote(lexeme)}:${positions.join(',')} `;
    }
    return text;
  }
}

/** Words are letters and digits: nothing in them ends a quotation. */
function quote(lexeme: string): string {
  return `'${lexeme}'`;
}
