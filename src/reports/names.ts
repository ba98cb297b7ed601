import type { ArticleField } from '../domain/article-field.ts';
import { newsroomName, type Outlet } from '../domain/outlet.ts';
import type { PrintedLanguage } from '../domain/printed-document.ts';
import { splitSeriesKey } from '../domain/series.ts';
import type { Language } from '../language/language.ts';

/** Display names of what the stores know by id. What no registry lists is shown by its id, readable where that can be. */
export interface Names {
  topic(id: string): string;
  outlet(id: string): string;
  newsroom(id: string): string;
  province(id: string): string;
  facility(id: string): string;
  series(key: string): string;
}

interface Registries {
  readonly language: Pick<Language, 'names' | 'topicNames'>;
  readonly outlets: ReadonlyMap<string, Outlet>;
}

export function namesIn(lang: PrintedLanguage, { language, outlets }: Registries): Names {
  const registered = (key: string, id: string) => language.names.get(key) ?? readable(id);
  const names: Names = {
    topic: (id) => language.topicNames.get(id)?.[lang] ?? readable(id),
    outlet: (id) => outlets.get(id)?.name ?? id,
    newsroom: (id) => newsroomName(id, outlets),
    province: (id) => registered(`province:${id}`, id),
    facility: (id) => registered(`facility:${id}`, id),
    series(key) {
      const { kind, id } = splitSeriesKey(key);
      if (kind === 'topic') return names.topic(id);
      if (kind !== 'province-topic') return registered(key, id);
      const [province = '', topic = ''] = id.split('/');
      return `${names.topic(topic)}, ${names.province(province)}`;
    },
  };
  return names;
}

/** Kinds under which the values of a field are registered. */
const KIND_OF_FIELD: Partial<Record<ArticleField, string>> = {
  topic: 'topic',
  province: 'province',
  facility: 'facility',
  disease: 'disease',
  medicine: 'medicine',
  policyDocument: 'policy-document',
  person: 'person',
};

/** A value of a field as people call it; what has no name stands for itself. */
export function valueName(field: ArticleField, value: string, names: Names): string {
  if (field === 'outletId') return names.outlet(value);
  if (field === 'newsroom') return names.newsroom(value);
  const kind = KIND_OF_FIELD[field];
  return kind === undefined ? value : names.series(`${kind}:${value}`);
}

/** `facility:bvdk-huyen-x` → `bvdk huyen x`. */
function readable(id: string): string {
  return id.slice(id.lastIndexOf(':') + 1).replaceAll('-', ' ');
}
