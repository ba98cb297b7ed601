import type { ArticleField } from '../domain/article-field.ts';
import type { Outlet } from '../domain/outlet.ts';
import { foldWord, searchWords } from '../domain/search-words.ts';
import type { Language } from '../language/language.ts';

/** Fields whose values are registered, by the kind of the registry's keys. */
const FIELD_OF_KIND: Readonly<Record<string, ArticleField>> = {
  province: 'province',
  facility: 'facility',
  disease: 'disease',
  medicine: 'medicine',
  'policy-document': 'policyDocument',
  person: 'person',
};

/** A value of a field under one of its names. */
export interface Named {
  readonly id: string;
  readonly name: string;
  /** The name's words without diacritics, a space before and after each. */
  readonly words: string;
}

/** Everything that fields of a search may be asked for by name. */
export type SearchRegistry = ReadonlyMap<ArticleField, readonly Named[]>;

export interface NameSources {
  readonly language: Pick<Language, 'names' | 'topicNames'>;
  readonly outlets: ReadonlyMap<string, Pick<Outlet, 'name'>>;
}

/** Build it once: linear in the registries. */
export function searchRegistry({ language, outlets }: NameSources): SearchRegistry {
  const known = new Map<ArticleField, Named[]>();
  const add = (field: ArticleField, id: string, names: readonly string[]) => {
    const all = known.get(field) ?? [];
    known.set(field, all);
    all.push(...names.map((name) => ({ id, name, words: spacedWords(name) })));
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
  return known;
}

/** Words without diacritics, a space before and after each: ` benh vien `. */
export function spacedWords(text: string): string {
  return ` ${searchWords(text).map(foldWord).join(' ')} `;
}
