import type { SeriesKey } from '../src/domain/series.ts';
import { splitSeriesKey } from '../src/domain/series.ts';
import type { Language } from '../src/language/language.ts';

/** The registries' names of series, as alerts give them; `undefined` for what no registry lists. */
export function seriesNamesOf({
  topicNames,
  names,
}: Pick<Language, 'topicNames' | 'names'>): (series: SeriesKey) => string | undefined {
  return (series) => {
    const { kind, id } = splitSeriesKey(series);
    if (kind === 'topic') return topicNames.get(id)?.vi;
    if (kind !== 'province-topic') return names.get(series);
    const [province = '', topic = ''] = id.split('/');
    return `${topicNames.get(topic)?.vi ?? topic}, ${names.get(`province:${province}`) ?? province}`;
  };
}
