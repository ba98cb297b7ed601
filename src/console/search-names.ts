import type { ArticleField } from '../domain/article-field.ts';
import type { Outlet } from '../domain/outlet.ts';
import type { SearchReading } from '../domain/search-query.ts';
import { foldWord, searchWords } from '../domain/search-words.ts';
import type { Language } from '../language/language.ts';

/** A name that so many things share stands for none of them. */
const MOST_NAMED = 12;

/** Fields whose values are registered, by the kind of the registry's keys. */
const FIELD_OF_KIND: Readonly<Record<string, ArticleField>> = {
  province: 'province',
  facility: 'facility',
  disease: 'disease',
  medicine: 'medicine',
  'policy-document': 'policyDocument',
  person: 'person',
};

/** An id that no registry lists, as analysis makes them: it stands for itself. */
const MADE_ID = /^[a-z0-9]+(?:-[a-z0-9]+)+$/;

interface Named {
  readonly id: string;
  /** Its words without diacritics, a space before and after each. */
  readonly words: string;
}

interface NameSources {
  readonly language: Pick<Language, 'names' | 'topicNames'>;
  readonly outlets: ReadonlyMap<string, Pick<Outlet, 'name'>>;
}

/**
 * What turns names that people type in a search into ids: an id stands for itself, a whole name for what bears it, a
 * part of a name (`bạch mai`) for all that have it, unless these are too many. Build it once: linear in the registries.
 */
export function searchNames({ language, outlets }: NameSources): NonNullable<SearchReading['valuesOf']> {
  const known = new Map<ArticleField, Named[]>();
  const add = (field: ArticleField, id: string, names: readonly string[]) => {
    const all = known.get(field) ?? [];
    known.set(field, all);
    all.push(...names.map((name) => ({ id, words: bare(name) })));
  };
  for (const [key, name] of language.names) {
    const colon = key.indexOf(':');
    const field = FIELD_OF_KIND[key.slice(0, colon)];
    if (field !== undefined) add(field, key.slice(colon + 1), [name]);
  }
  for (const [topic, { vi, en }] of language.topicNames) add('topic', topic, [vi, en]);
  for (const [id, { name }] of outlets) {
    add('outletId', id, [name]);
    add('newsroom', id, [name]);
  }
  return (field, typed) => {
    const named = known.get(field);
    if (named === undefined || named.some(({ id }) => id === typed)) return [typed];
    const found = whoseName(named, bare(typed));
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

function bare(name: string): string {
  return ` ${searchWords(name).map(foldWord).join(' ')} `;
}
