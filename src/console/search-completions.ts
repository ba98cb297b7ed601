import type { ArticleField } from '../domain/article-field.ts';
import {
  closedValueNamed,
  closedValuesOf,
  type SearchField,
  searchFieldNamed,
} from '../domain/search-fields.ts';
import { foldWord, searchWords } from '../domain/search-words.ts';
import type { Messages } from './messages.ts';
import { type SearchRegistry, spacedWords } from './search-registry.ts';

/** More are not read while somebody types. */
const MOST_OFFERED = 8;
/** One letter begins most names. */
const SHORTEST_FIELD = 2;

/** What the term being typed may become. */
export interface Completion {
  /** In place of the term; a field still waits for its value. */
  readonly text: string;
  readonly label: string;
}

/**
 * What a term of a search may be meant for: fields whose name begins so, or after a field's name its values of which
 * words begin so, those whose whole name begins so first. Eight at most. Linear in the registry.
 *
 * @param term  what stands before the cursor since the last space outside quotation marks: `tỉnh:"ha n`
 */
export function searchCompletions(term: string, registry: SearchRegistry, m: Messages): Completion[] {
  const [, name, typed] = /^([^:"]*):"?([^"]*)$/u.exec(term) ?? [];
  if (name === undefined || typed === undefined) return fieldsBeginning(term, m);
  const field = searchFieldNamed(name);
  if (field === undefined) return [];
  const words = spacedWords(typed).trimEnd();
  const found = valuesOf(field, registry, m).filter((one) => one.words.includes(words));
  const whole = found.filter((one) => one.words.startsWith(words));
  const offered = new Map([...whole, ...found].map((one) => [one.label, one.written]));
  return [...offered]
    .slice(0, MOST_OFFERED)
    .map(([label, written]) => ({ text: `${name}:${written}`, label }));
}

interface Offered {
  readonly label: string;
  /** As it is read again. */
  readonly written: string;
  readonly words: string;
}

function valuesOf(field: SearchField, registry: SearchRegistry, m: Messages): readonly Offered[] {
  const closed = closedValuesOf(field);
  if (closed === undefined) {
    const named = registry.get(field as ArticleField) ?? [];
    return named.map(({ name, words }) => ({ label: name, written: quoted(name), words }));
  }
  const names: Readonly<Record<string, string>> =
    field === 'tier' ? m.tier : field === 'caution' ? m.caution.kind : m.polarity;
  return closed.map((value) => {
    const label = names[value] ?? value;
    const written = searchWords(label).join('-');
    const isRead = closedValueNamed(field, written) === value;
    return { label, written: isRead ? written : value, words: spacedWords(label) };
  });
}

function fieldsBeginning(term: string, m: Messages): Completion[] {
  const begin = bare(term);
  if (begin.length < SHORTEST_FIELD) return [];
  return Object.values(m.search.fields)
    .filter(([written]) => bare(written).startsWith(begin))
    .slice(0, MOST_OFFERED)
    .map(([written, label]) => ({ text: `${written}:`, label }));
}

function quoted(name: string): string {
  const plain = name.replaceAll('"', ' ');
  return /^[^\s,():]+$/u.test(plain) ? plain : `"${plain}"`;
}

function bare(text: string): string {
  return searchWords(text).map(foldWord).join('');
}
