import type { SearchQuery } from '../domain/search-query.ts';
import { searchParts, searchTextWithout } from '../domain/search-text.ts';
import type { ArticleFilter, ArticleStore } from '../ports/article-store.ts';
import type { ArticleQuery, Facet } from './article-query.ts';
import { FACETS, toSearch } from './article-query.ts';

/** A search that finds something, where one condition more finds nothing. */
export interface Instead {
  /** What is left out: a part of the text, or a filter. */
  readonly without: { readonly part: SearchQuery } | { readonly facet: Facet; readonly value: string };
  readonly count: number;
  readonly href: string;
}

/** A search of fifty words is not asked fifty times. */
const MOST_ASKED = 12;

/**
 * Which one condition leaves a search without results: what it finds without each, most first. One count for each
 * condition, of twelve at most.
 *
 * @param read  the store's filter for a query
 */
export async function searchInstead(
  query: ArticleQuery,
  search: SearchQuery | undefined,
  read: (query: ArticleQuery) => ArticleFilter,
  articles: Pick<ArticleStore, 'count'>,
): Promise<readonly Instead[]> {
  const parts = search === undefined ? [] : searchParts(search);
  const facets = FACETS.filter((facet) => query[facet] !== undefined);
  if (parts.length + facets.length < 2) return [];
  const changes = [
    ...facets.map((facet) => ({
      without: { facet, value: String(query[facet]) } as const,
      change: { [facet]: undefined },
    })),
    ...parts.map((part) => ({
      without: { part },
      change: { q: search === undefined ? undefined : searchTextWithout(search, part) },
    })),
  ].slice(0, MOST_ASKED);
  const counted = await Promise.all(
    changes.map(async ({ without, change }) => ({
      without,
      count: await articles.count(read({ ...query, ...change })),
      href: `/articles${toSearch(query, change)}`,
    })),
  );
  return counted.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}
