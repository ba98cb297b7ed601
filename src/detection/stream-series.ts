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

/**
 * Articles a day to be expected of a member of a group nobody has written of yet. Of most facilities and diseases nobody
 * writes for weeks; of most topics somebody writes in some province every other week.
 */
const FIRST_LEVELS: Readonly<Record<string, number>> = {
  facility: 0.03,
  disease: 0.05,
  medicine: 0.05,
  'policy-document': 0.05,
  province: 0.5,
};
const FIRST_LEVEL_OF_TOPIC = 0.1;

export function firstLevelOfGroup(group: string): number {
  return FIRST_LEVELS[group] ?? FIRST_LEVEL_OF_TOPIC;
}

/** The whole country has some sixty times the news of a province; places are alike otherwise. */
export function firstLevelOfPlace(place: string): number {
  return place === COUNTRY ? 18 : 0.3;
}

/** Whether the members of a group are places where one thing can begin in many at once: a topic's provinces are. */
export function isPooledGroup(group: string): boolean {
  return !KIND_GROUPS.has(group);
}

/** What counts as one when false pages are counted: a topic wherever it is, anything else by itself. */
export function officeGroupOf(key: SeriesKey): string {
  const { kind, id } = splitSeriesKey(key);
  return kind === 'province-topic' ? `topic:${id.slice(id.indexOf('/') + 1)}` : key;
}
