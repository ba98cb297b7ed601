import type { Analysis, Mention } from '../src/domain/analysis.ts';
import { type SeriesKey, type SeriesKind, seriesKey } from '../src/domain/series.ts';

const SERIES_OF_MENTIONS: Partial<Record<Mention['kind'], SeriesKind>> = {
  facility: 'facility',
  province: 'province',
  disease: 'disease',
  medicine: 'medicine',
  'policy-document': 'policy-document',
};

/** An article that names more provinces than this is about none of them. */
const MOST_PROVINCES = 6;

/** The series that an article counts in by its topics and mentions; that of its story comes on top. */
export function seriesOf({ mentions, topics }: Analysis): SeriesKey[] {
  const keys = new Set<SeriesKey>(topics.map(({ topic }) => seriesKey('topic', topic)));
  const provinces = new Set<string>();
  for (const { kind, id, province } of mentions) {
    const series = SERIES_OF_MENTIONS[kind];
    if (series !== undefined) keys.add(seriesKey(series, id));
    if (kind === 'province') provinces.add(id);
    // What happens at a facility happens in its province, named or not.
    if (province !== undefined) provinces.add(province);
  }
  for (const province of provinces) keys.add(seriesKey('province', province));
  if (provinces.size > MOST_PROVINCES) return [...keys];
  for (const province of provinces) {
    for (const { topic } of topics) keys.add(seriesKey('province-topic', `${province}/${topic}`));
  }
  return [...keys];
}
