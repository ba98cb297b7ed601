import type { ParsedSearch, SearchNote, SearchQuery } from '../../domain/search-query.ts';
import { searchParts, searchText, searchTextWithout } from '../../domain/search-text.ts';
import { vietnameseDay } from '../../domain/time.ts';
import type { ArticleQuery, Facet } from '../article-query.ts';
import { FACETS, toSearch } from '../article-query.ts';
import { dayOf } from '../times.ts';
import type { Ui } from '../ui.ts';
import { useUi } from '../ui.ts';
import { facetName } from './filter-bar.tsx';

/** How a search was understood, each part removable; what was not, and how searches are written. */
export function SearchReading({ query, parsed }: { query: ArticleQuery; parsed: ParsedSearch }) {
  const ui = useUi();
  const { m } = ui;
  return (
    <div class="search-reading">
      <Parts query={query} parsed={parsed} />
      {parsed.notes.length === 0 ? null : (
        <ul class="search-notes" role="status">
          {parsed.notes.map((note) => (
            <li key={`${note.kind}-${note.text}`}>
              {m.search.notes[note.kind](note.text, meanings(note, ui))}
            </li>
          ))}
        </ul>
      )}
      <details class="search-help">
        <summary>{m.search.help}</summary>
        <dl>
          {m.search.helpRows.map(([written, meaning]) => (
            <div key={written}>
              <dt>
                <a href={`/articles${toSearch({}, { q: written })}`}>
                  <code>{written}</code>
                </a>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

function Parts({ query, parsed }: { query: ArticleQuery; parsed: ParsedSearch }) {
  const ui = useUi();
  const { m } = ui;
  const search = parsed.query;
  if (search === undefined) return null;
  const parts = searchParts(search);
  return (
    <div class="active-filters">
      <span>{m.search.understood}:</span>
      <ul>
        {parts.map((part) => {
          const text = partText(part, ui);
          return (
            <li key={searchText(part)}>
              <a
                href={`/articles${toSearch(query, { q: searchTextWithout(search, part) })}`}
                class="chip removable"
                aria-label={m.filter.remove(text)}
              >
                {text} <span aria-hidden="true">×</span>
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** A part of a search in the reader's language, with names for ids. */
export function partText(part: SearchQuery, ui: Pick<Ui, 'm' | 'names'>): string {
  const { search } = ui.m;
  switch (part.kind) {
    case 'words': {
      const words = `“${part.words.join(' ')}”`;
      return part.inTitle ? search.title(words) : words;
    }
    case 'not':
      return search.not(partText(part.of, ui));
    case 'any':
      return part.of.map((one) => partText(one, ui)).join(search.or);
    case 'all':
      return part.of.map((one) => partText(one, ui)).join(' + ');
    case 'seen':
      return [
        part.from === undefined ? '' : search.after(dayOf(vietnameseDay(part.from))),
        part.to === undefined ? '' : search.before(dayOf(vietnameseDay(part.to))),
      ]
        .filter((text) => text !== '')
        .join(', ');
    case 'is': {
      const facet = facetOf(part.field);
      if (facet === undefined) return searchText(part);
      return `${ui.m.filter[facet]}: ${part.values.map((value) => facetName(facet, value, ui)).join(search.or)}`;
    }
    default:
      return searchText(part);
  }
}

function meanings({ field, values = [] }: SearchNote, ui: Ui): string {
  const facet = field === undefined ? undefined : facetOf(field);
  return values.map((value) => (facet === undefined ? value : facetName(facet, value, ui))).join(', ');
}

const FACET_OF: Readonly<Record<string, Facet>> = { outletId: 'outlet', storyId: 'story' };

function facetOf(field: string): Facet | undefined {
  return FACET_OF[field] ?? FACETS.find((facet) => facet === field);
}
