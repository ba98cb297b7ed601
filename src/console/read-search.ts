import type { SearchReading } from '../domain/search-query.ts';
import type { ArticleFilter } from '../ports/article-store.ts';
import { articleQuery, toFilter } from './article-query.ts';
import { searchNames } from './search-names.ts';
import { type NameSources, searchRegistry } from './search-registry.ts';

/**
 * What reads a search as it stands in an address of the console, between the days that it names, and not within a
 * period that moves on with the clock. Build it once.
 */
export function searchReader(
  sources: NameSources,
  now: () => Date,
): (query: Readonly<Record<string, string>>) => ArticleFilter {
  const valuesOf: SearchReading['valuesOf'] = searchNames(searchRegistry(sources));
  return (query) => {
    const { period: _period, ...asked } = articleQuery.parse(query);
    return toFilter(asked, now(), 'all', valuesOf);
  };
}
