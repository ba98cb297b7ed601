import type { SeriesKey, SeriesKind } from '../domain/series.ts';
import { splitSeriesKey } from '../domain/series.ts';

/** Place under which articles on a topic count wherever they happened. */
const COUNTRY = 'VN';

/**
 * Name of a series for the sequential test, `place/group`: members of one group share season, weekday and what is known
 * of a newcomer. A story is no series of that kind, since it has no ordinary days: `undefined`.
 */
export function streamNameOf(key: SeriesKey): string | undefined {
  const { kind, id } = splitSeriesKey(key);
  switch (kind) {
    case 'story':
      return undefined;
    case 'province-topic':
      return id;
    case 'topic':
      return `${COUNTRY}/${id}`;
    default:
      return `${id.replaceAll('/', '_')}/${kind}`;
  }
}

const KIND_GROUPS: ReadonlySet<string> = new Set<SeriesKind>([
  'facility',
  'province',
  'policy-document',
  'disease',
  'medicine',
]);

/** Whether the members of a group are places where one thing can begin in many at once: a topic's provinces are. */
export function isPooledGroup(group: string): boolean {
  return !KIND_GROUPS.has(group);
}

/** What counts as one when false pages are counted: a topic wherever it is, anything else by itself. */
export function officeGroupOf(key: SeriesKey): string {
  const { kind, id } = splitSeriesKey(key);
  return kind === 'province-topic' ? `topic:${id.slice(id.indexOf('/') + 1)}` : key;
}
