import type { SearchReading } from '../domain/search-query.ts';
import { type Named, type SearchRegistry, spacedWords } from './search-registry.ts';

/** A name that so many things share stands for none of them. */
const MOST_NAMED = 12;

/** An id that no registry lists, as analysis makes them: it stands for itself. */
const MADE_ID = /^[a-z0-9]+(?:-[a-z0-9]+)+$/;

/**
 * What turns names that people type in a search into ids: an id stands for itself, a whole name for what bears it, a
 * part of a name (`bạch mai`) for all that have it, unless these are too many.
 */
export function searchNames(registry: SearchRegistry): NonNullable<SearchReading['valuesOf']> {
  return (field, typed) => {
    const named = registry.get(field);
    if (named === undefined || named.some(({ id }) => id === typed)) return [typed];
    const found = whoseName(named, spacedWords(typed));
    return found.length === 0 && MADE_ID.test(typed) ? [typed] : found;
  };
}

function whoseName(named: readonly Named[], words: string): string[] {
  if (words.trim() === '') return [];
  const whole = named.filter((one) => one.words === words);
  const found = whole.length > 0 ? whole : named.filter((one) => one.words.includes(words));
  const ids = [...new Set(found.map(({ id }) => id))];
  return ids.length > MOST_NAMED ? [] : ids;
}
