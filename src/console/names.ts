import { newsroomName } from '../domain/outlet.ts';
import { splitSeriesKey } from '../domain/series.ts';
import type { ConsoleDeps } from './console-deps.ts';
import type { Lang } from './messages.ts';

/** Display names of what the stores know by id. What no registry lists is shown by its id, readable where that can be. */
export interface Names {
  topic(id: string): string;
  outlet(id: string): string;
  newsroom(id: string): string;
  province(id: string): string;
  facility(id: string): string;
  series(key: string): string;
}

export function namesIn(lang: Lang, { language, outlets }: Pick<ConsoleDeps, 'language' | 'outlets'>): Names {
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
