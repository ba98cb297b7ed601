import { nameOfSearchField } from './search-fields.ts';
import type { SearchQuery } from './search-query.ts';
import { vietnameseDay } from './time.ts';

/**
 * A parsed search as it would be typed, with ids for values: read again, it finds the same. Series and flags, which
 * nobody can type, are left out. Bounds that are no Vietnamese midnight are cut to the day.
 */
export function searchText(query: SearchQuery): string {
  switch (query.kind) {
    case 'words': {
      const phrase = query.words.length > 1 ? `"${query.words.join(' ')}"` : query.words.join(' ');
      return query.inTitle ? `${nameOfSearchField('title')}:${phrase}` : phrase;
    }
    case 'is': {
      const name = nameOfSearchField(query.field);
      const hasSpace = query.values.some((value) => /[\s,"()]/u.test(value));
      if (!hasSpace) return `${name}:${query.values.join(',')}`;
      return inside(query.values.map((value) => `${name}:"${value.replaceAll('"', '')}"`).join(' OR '));
    }
    case 'seen':
      return [
        query.from === undefined ? '' : `${nameOfSearchField('after')}:${vietnameseDay(query.from)}`,
        query.to === undefined ? '' : `${nameOfSearchField('before')}:${vietnameseDay(query.to)}`,
      ]
        .filter((text) => text !== '')
        .join(' ');
    case 'not':
      return `-${query.of.kind === 'all' || query.of.kind === 'any' ? inside(searchText(query.of)) : searchText(query.of)}`;
    case 'all':
      return joined(
        query.of.map((one) => (one.kind === 'any' ? inside(searchText(one)) : searchText(one))),
        ' ',
      );
    case 'any':
      return joined(query.of.map(searchText), ' OR ');
    default:
      return '';
  }
}

/** What a search asks for side by side: each part narrows it further. */
export function searchParts(query: SearchQuery): readonly SearchQuery[] {
  return query.kind === 'all' ? query.of : [query];
}

/** The text of a search without one of its parts; `undefined` where nothing is left. */
export function searchTextWithout(query: SearchQuery, part: SearchQuery): string | undefined {
  const rest = searchParts(query).filter((one) => one !== part);
  return rest.length === 0 ? undefined : searchText({ kind: 'all', of: rest });
}

function inside(text: string): string {
  return text === '' ? '' : `(${text})`;
}

function joined(texts: readonly string[], sign: string): string {
  return texts.filter((text) => text !== '').join(sign);
}
