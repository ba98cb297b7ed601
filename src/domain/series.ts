/** What a series follows. */
export const SERIES_KINDS = [
  'facility',
  'province',
  'topic',
  'policy-document',
  'disease',
  'medicine',
  'story',
  'province-topic',
] as const;
export type SeriesKind = (typeof SERIES_KINDS)[number];

/**
 * `facility:bv-cho-ray`, `province:79`, `topic:incidents`; what follows the first colon is the registry id. A topic in
 * one province is `province-topic:79/incidents`.
 */
export type SeriesKey = `${SeriesKind}:${string}`;

export function seriesKey(kind: SeriesKind, id: string): SeriesKey {
  return `${kind}:${id}`;
}

export function splitSeriesKey(key: string): { kind: SeriesKind; id: string } {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon) as SeriesKind, id: key.slice(colon + 1) };
}

/** Copies of one text beyond this are syndication, not news. */
export const COUNTED_COPIES = 2;

/** Counts of one series in one hour, by first-seen time, articles that came late left out. Empty hours are absent. */
export interface HourCount {
  /** Start of the hour, ISO 8601, UTC. */
  readonly hour: string;
  readonly articles: number;
  readonly negative: number;
  /** Articles counted at most twice per text: copies beyond that are syndication, not news. */
  readonly capped: number;
  readonly cappedNegative: number;
  /** Distinct stories and distinct newsrooms seen in the hour. */
  readonly stories: number;
  readonly newsrooms: number;
  /** Articles with at least one harm term. */
  readonly harm: number;
}
