import { z } from 'zod';

import { CAUTIONS, POLARITIES } from '../domain/analysis.ts';
import { TIERS } from '../domain/outlet.ts';
import { parseSearch, type SearchReading } from '../domain/search-query.ts';
import { SERIES_KINDS, type SeriesKey } from '../domain/series.ts';
import { DAY_MS, HOUR_MS, vietnameseMidnight } from '../domain/time.ts';
import type { ArticleFilter } from '../ports/article-store.ts';
import { anyId, optionalField, typedText } from './request-fields.ts';

export const PERIODS = ['24h', '7d', '30d', '90d', 'all'] as const;
export type Period = (typeof PERIODS)[number];

const PERIOD_MS: Readonly<Record<Exclude<Period, 'all'>, number>> = {
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
};

/** As much as a search is read. */
const MAX_TEXT = 2000;

/** A series by its key; it may have no article. */
export const seriesId = anyId
  .refine((value) => SERIES_KINDS.some((kind) => value.startsWith(`${kind}:`)))
  .transform((value) => value as SeriesKey);

/** A Vietnamese calendar day, or an instant; of a century in which there are newspapers on the web. */
export const dayOrInstant = z
  .string()
  .regex(/^(19|20)\d{2}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/)
  .refine((value) => !Number.isNaN(Date.parse(value)));

/** What a reader may ask for, as it stands in the URL: the same on every page and in the API. */
export const articleQuery = z.object({
  q: optionalField(typedText(MAX_TEXT)),
  polarity: optionalField(z.enum(POLARITIES)),
  stance: optionalField(z.enum(POLARITIES)),
  topic: optionalField(anyId),
  outlet: optionalField(anyId),
  tier: optionalField(z.enum(TIERS)),
  province: optionalField(anyId),
  facility: optionalField(anyId),
  caution: optionalField(z.enum(CAUTIONS)),
  story: optionalField(anyId),
  /** What the other fields do not name: `disease:soi`, `medicine:paracetamol`, `policy-document:46-2026-nd-cp`. */
  series: optionalField(seriesId),
  /** Whether people have judged it. */
  corrected: optionalField(z.enum(['yes', 'no'])),
  period: optionalField(z.enum(PERIODS)),
  from: optionalField(dayOrInstant),
  to: optionalField(dayOrInstant),
});

/** A list of articles as it stands in the URL, wherever it begins. */
export const articleListQuery = articleQuery.extend({
  /** In the order of time instead of the best match first. */
  sort: optionalField(z.enum(['newest', 'oldest'])),
});

export type ArticleQuery = z.infer<typeof articleQuery>;

/** Fields that narrow by content, in the order in which the console shows them. */
export const FACETS = [
  'polarity',
  'stance',
  'topic',
  'outlet',
  'tier',
  'province',
  'facility',
  'caution',
  'story',
] as const;
export type Facet = (typeof FACETS)[number];

/**
 * The store's filter for a query.
 *
 * `from` and `to` given as days are Vietnamese days, both included; they win over `period`.
 *
 * @param fallback  the period where the query names none
 * @param valuesOf  what names in `q` stand for; without it they are ids
 */
export function toFilter(
  query: ArticleQuery,
  now: Date,
  fallback: Period,
  valuesOf?: SearchReading['valuesOf'],
): ArticleFilter {
  return {
    ...wanted(query.q, now, valuesOf),
    ...given('polarity', query.polarity),
    ...given('stance', query.stance),
    ...given('topic', query.topic),
    ...given('outletId', query.outlet),
    ...given('tier', query.tier),
    ...given('province', query.province),
    ...given('facility', query.facility),
    ...given('caution', query.caution),
    ...given('storyId', query.story),
    ...given('series', query.series),
    ...given('corrected', query.corrected === undefined ? undefined : query.corrected === 'yes'),
    ...bounds(query, now, fallback),
  };
}

function wanted(q: string | undefined, now: Date, valuesOf: SearchReading['valuesOf']): ArticleFilter {
  if (q === undefined || valuesOf === undefined) return given('text', q);
  return given('query', parseSearch(q, { valuesOf, now }).query);
}

function bounds(query: ArticleQuery, now: Date, fallback: Period): { from?: string; to?: string } {
  if (query.from !== undefined || query.to !== undefined) {
    return {
      ...given('from', query.from === undefined ? undefined : startOf(query.from)),
      ...given('to', query.to === undefined ? undefined : endOf(query.to)),
    };
  }
  const period = query.period ?? fallback;
  if (period === 'all') return {};
  // Cut to the hour, so that the same page asked for twice within it counts the same articles out.
  const from = Math.floor((now.getTime() - PERIOD_MS[period]) / HOUR_MS) * HOUR_MS;
  return { from: new Date(from).toISOString() };
}

function startOf(value: string): string {
  return new Date(value.length === 10 ? vietnameseMidnight(value) : value).toISOString();
}

function endOf(value: string): string {
  return value.length === 10
    ? new Date(vietnameseMidnight(value) + DAY_MS).toISOString()
    : new Date(value).toISOString();
}

/** A query string, `?` included, in a fixed order and without what is empty; '' when nothing is left. */
export function toSearch(
  query: ArticleQuery,
  change: Partial<Record<keyof ArticleQuery | 'page' | 'sort' | 'after', string | undefined>> = {},
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...query, ...change })) {
    if (value !== undefined && value !== '') params.set(key, value);
  }
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

function given<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: T });
}
