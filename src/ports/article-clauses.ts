import type { ArticleField } from '../domain/article-field.ts';
import { ARTICLE_FIELDS } from '../domain/article-field.ts';
import { type ArticleFlag, parseSearch, type SearchQuery } from '../domain/search-query.ts';
import type { ArticleFilter } from './article-store.ts';

const FLAGS: readonly ArticleFlag[] = ['corrected', 'isLate', 'imported'];

/** A filter in the one language that every store translates. */
export interface ArticleClauses {
  /** All must hold. */
  readonly all: readonly SearchQuery[];
  /** What matches are ranked by; absent where no words are looked for. */
  readonly ranked?: SearchQuery;
}

/** What a filter asks for, as clauses that must all hold. */
export function articleClauses(filter: ArticleFilter): ArticleClauses {
  const clauses: SearchQuery[] = [];
  const typed = filter.text === undefined ? undefined : (parseSearch(filter.text).query ?? NOTHING);
  const searches = [typed, filter.query].filter((query) => query !== undefined);
  clauses.push(...searches);
  for (const field of ARTICLE_FIELDS) clauses.push(...isClause(field, filter[field]));
  if (filter.series !== undefined) clauses.push({ kind: 'series', series: filter.series });
  if (filter.within !== undefined) clauses.push(withinClause(filter.within));
  for (const flag of FLAGS) {
    const value = filter[flag];
    if (value !== undefined) clauses.push({ kind: 'flag', flag, value });
  }
  const { from, to } = filter;
  if (from !== undefined || to !== undefined) {
    clauses.push({
      kind: 'seen',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
  }
  return searches.length === 0 ? { all: clauses } : { all: clauses, ranked: { kind: 'all', of: searches } };
}

const NOTHING: SearchQuery = { kind: 'any', of: [] };

function isClause(field: ArticleField, value: string | readonly string[] | undefined): SearchQuery[] {
  if (value === undefined) return [];
  return [{ kind: 'is', field, values: typeof value === 'string' ? [value] : value }];
}

function withinClause({ provinces, facilities }: NonNullable<ArticleFilter['within']>): SearchQuery {
  return {
    kind: 'any',
    of: [
      { kind: 'is', field: 'province', values: provinces },
      { kind: 'is', field: 'facility', values: facilities },
    ],
  };
}
