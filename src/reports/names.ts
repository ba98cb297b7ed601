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

/** `facility:bvdk-huyen-x` → `bvdk huyen x`. */
function readable(id: string): string {
  return id.slice(id.lastIndexOf(':') + 1).replaceAll('-', ' ');
}
