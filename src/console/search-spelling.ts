import distanceBetween from 'damerau-levenshtein';

import { type SearchQuery, type WordsQuery, wantedWords } from '../domain/search-query.ts';
import { searchText } from '../domain/search-text.ts';
import { foldWord, searchWords } from '../domain/search-words.ts';
import type { ArticleFilter, ArticleStore } from '../ports/article-store.ts';
import { type ArticleQuery, toSearch } from './article-query.ts';
import type { SearchRegistry } from './search-registry.ts';

/** A search with a word spelt so that something is found. */
export interface Spelling {
  readonly text: string;
  readonly count: number;
  readonly href: string;
}

/** Words that are in no article, of those that were typed; a search of fifty words is not asked fifty times. */
const MOST_ASKED = 8;
/** Spellings that are counted for each of them. */
const MOST_TRIED = 6;
const MOST_OFFERED = 3;
/** A short word that differs in two letters is another word. */
const SHORT_WORD = 5;

/**
 * How a search that finds nothing may have been meant: words that are in no article at all become the nearest of the
 * registries' words, by Damerau-Levenshtein distance without diacritics, that find something; most first. Linear in the
 * registries, and some fifty counts at most.
 *
 * @param read  the store's filter for a query
 */
export async function searchSpellings(
  query: ArticleQuery,
  search: SearchQuery,
  registry: SearchRegistry,
  read: (query: ArticleQuery) => ArticleFilter,
  articles: Pick<ArticleStore, 'count'>,
): Promise<readonly Spelling[]> {
  const typed = new Set(wantedWords(search).flatMap(({ words }) => words.map(foldWord)));
  const unknown: string[] = [];
  for (const word of [...typed].slice(0, MOST_ASKED)) {
    const alone: WordsQuery = { kind: 'words', words: [word], inTitle: false };
    if ((await articles.count({ query: alone })) === 0) unknown.push(word);
  }
  const vocabulary = unknown.length === 0 ? new Map<string, string>() : wordsOf(registry);
  const found: Spelling[] = [];
  for (const word of unknown) {
    for (const near of nearest(word, vocabulary)) {
      const text = searchText(respelt(search, word, near));
      const count = await articles.count(read({ ...query, q: text }));
      if (count > 0) found.push({ text, count, href: `/articles${toSearch(query, { q: text })}` });
    }
  }
  return found.sort((one, other) => other.count - one.count).slice(0, MOST_OFFERED);
}

/** The registries' words as they are spelt, by themselves without diacritics. */
function wordsOf(registry: SearchRegistry): Map<string, string> {
  const names = [...registry.values()].flatMap((named) => named.map(({ name }) => name));
  return new Map(names.flatMap((name) => searchWords(name).map((word) => [foldWord(word), word] as const)));
}

function nearest(word: string, vocabulary: ReadonlyMap<string, string>): string[] {
  const reach = word.length < SHORT_WORD ? 1 : 2;
  return [...vocabulary]
    .filter(([known]) => Math.abs(known.length - word.length) <= reach)
    .map(([known, spelt]) => ({ spelt, distance: distanceBetween(word, known).steps }))
    .filter(({ distance }) => distance <= reach)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, MOST_TRIED)
    .map(({ spelt }) => spelt);
}

function respelt(search: SearchQuery, word: string, instead: string): SearchQuery {
  switch (search.kind) {
    case 'words':
      return { ...search, words: search.words.map((one) => (foldWord(one) === word ? instead : one)) };
    case 'all':
    case 'any':
      return { ...search, of: search.of.map((one) => respelt(one, word, instead)) };
    default:
      return search;
  }
}
