import type { Analysis, Mention } from '../src/domain/analysis.ts';
import { type SeriesKey, type SeriesKind, seriesKey } from '../src/domain/series.ts';

const SERIES_OF_MENTIONS: Partial<Record<Mention['kind'], SeriesKind>> = {
  facility: 'facility',
  province: 'province',
  disease: 'disease',
  medicine: 'medicine',
  'policy-document': 'policy-document',
};

/** The series that an article counts in by its topics and mentions; that of its story comes on top. */
export function seriesOf({ mentions, topics }: Analysis): SeriesKey[] {
  const keys = new Set<SeriesKey>(topics.map(({ topic }) => seriesKey('topic', topic)));
  for (const { kind, id, province } of mentions) {
    const series = SERIES_OF_MENTIONS[kind];
    if (series !== undefined) keys.add(seriesKey(series, id));
    // What happens at a facility happens in its province, named or not.
    if (province !== undefined) keys.add(seriesKey('province', province));
  }
  return [...keys];
}
