import { z } from 'zod';

import { SERIES_KINDS, type SeriesKey } from '../domain/series.ts';
import { type ArticleQuery, articleQuery, toSearch } from './article-query.ts';
import { mentionNamed, type RegisteredNames } from './registered-names.ts';
import { optionalField, typedText } from './request-fields.ts';

/** More lines than these cannot be told apart. */
export const MOST_OTHERS = 4;
const MAX_KEYS = 1000;
const MAX_TYPED = 120;

export const MEASURES = ['count', 'rate'] as const;
export type Measure = (typeof MEASURES)[number];

const trendQuery = articleQuery.extend({
  /** Further series, by their keys, with commas between. */
  vs: optionalField(typedText(MAX_KEYS)),
  /** One more, as a person typed it. */
  add: optionalField(typedText(MAX_TYPED)),
  measure: z.enum(MEASURES).catch('count'),
});

/** What a typed name may stand for. */
export interface SeriesNames {
  readonly mentions: RegisteredNames;
  readonly topics: ReadonlyMap<string, { readonly vi: string; readonly en: string }>;
}

/** What the page of trends is asked for. */
export interface TrendQuery {
  readonly query: ArticleQuery;
  readonly others: readonly SeriesKey[];
  readonly measure: Measure;
  /** What was typed and is no name. */
  readonly unknown?: string;
}

/** @throws {ZodError} where a field is malformed */
export function readTrendQuery(fields: unknown, names: SeriesNames): TrendQuery {
  const { vs = '', add, measure, ...query } = trendQuery.parse(fields);
  const listed = vs.split(',').filter(isSeries);
  const added = add === undefined ? undefined : seriesNamed(add, names);
  const others = [...new Set([...listed, ...(added === undefined ? [] : [added])])].slice(0, MOST_OTHERS);
  return { query, others, measure, ...(add !== undefined && added === undefined ? { unknown: add } : {}) };
}

/** The address of the page with its whole state. */
export function trendSearch(
  { query, others, measure }: Pick<TrendQuery, 'query' | 'others' | 'measure'>,
  change: Parameters<typeof toSearch>[1] = {},
): string {
  const params = new URLSearchParams(toSearch(query, change));
  if (others.length > 0) params.set('vs', others.join(','));
  if (measure !== 'count') params.set('measure', measure);
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

/** A further line: the same time and the same tone, tier and outlet, of another series. */
export function queryOfSeries(
  { topic: _t, province: _p, facility: _f, story: _s, series: _series, ...query }: ArticleQuery,
  series: SeriesKey,
): ArticleQuery {
  return { ...query, series };
}

function isSeries(key: string): key is SeriesKey {
  return SERIES_KINDS.some((kind) => key.startsWith(`${kind}:`) && key.length > kind.length + 1);
}

function seriesNamed(typed: string, { mentions, topics }: SeriesNames): SeriesKey | undefined {
  const text = typed.toLowerCase();
  const topic = [...topics].find(([id, { vi, en }]) =>
    [id, `topic:${id}`, vi.toLowerCase(), en.toLowerCase()].includes(text),
  );
  if (topic !== undefined) return `topic:${topic[0]}`;
  const mention = mentionNamed(typed, mentions);
  return mention === undefined || mention.kind === 'person' ? undefined : `${mention.kind}:${mention.id}`;
}
