import type { SearchReading } from '../domain/search-query.ts';
import type { ArticleFilter } from '../ports/article-store.ts';
import { articleQuery, toFilter } from './article-query.ts';
import { searchNames } from './search-names.ts';

/** What reads a search as it stands in an address of the console, whenever it was seen. Build it once. */
export function searchReader(
  sources: Parameters<typeof searchNames>[0],
  now: () => Date,
): (query: Readonly<Record<string, string>>) => ArticleFilter {
  const valuesOf: SearchReading['valuesOf'] = searchNames(sources);
  return (query) => {
    const { period: _period, from: _from, to: _to, ...asked } = articleQuery.parse(query);
    return toFilter(asked, now(), 'all', valuesOf);
  };
}
