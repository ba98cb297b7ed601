import { z } from 'zod';

import { POLARITIES } from '../domain/analysis.ts';
import { TIERS } from '../domain/outlet.ts';
import { DAY_MS, HOUR_MS, VIETNAM_OFFSET_MS } from '../domain/time.ts';
import type { ArticleFilter } from '../ports/article-store.ts';

export const PERIODS = ['24h', '7d', '30d', '90d', 'all'] as const;
export type Period = (typeof PERIODS)[number];

const PERIOD_MS: Readonly<Record<Exclude<Period, 'all'>, number>> = {
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
};

const MAX_TEXT = 200;
const MAX_ID = 200;

/** A form sends every field; an empty one narrows nothing. */
function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
}

const id = z.string().trim().max(MAX_ID);

/** A Vietnamese calendar day, or an instant. */
const dayOrInstant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/)
  .refine((value) => !Number.isNaN(Date.parse(value)));

/** What a reader may ask for, as it stands in the URL: the same on every page and in the API. */
export const articleQuery = z.object({
  q: optional(z.string().trim().max(MAX_TEXT)),
  polarity: optional(z.enum(POLARITIES)),
  topic: optional(id),
  outlet: optional(id),
  tier: optional(z.enum(TIERS)),
  province: optional(id),
  facility: optional(id),
  story: optional(id),
  period: optional(z.enum(PERIODS)),
  from: optional(dayOrInstant),
  to: optional(dayOrInstant),
});

export type ArticleQuery = z.infer<typeof articleQuery>;

/** Fields that narrow by content, in the order in which the console shows them. */
export const FACETS = ['polarity', 'topic', 'outlet', 'tier', 'province', 'facility', 'story'] as const;
export type Facet = (typeof FACETS)[number];

/**
 * The store's filter for a query.
 *
 * `from` and `to` given as days are Vietnamese days, both included; they win over `period`.
 *
 * @param fallback  the period where the query names none
 */
export function toFilter(query: ArticleQuery, now: Date, fallback: Period): ArticleFilter {
  return {
    ...given('text', query.q),
    ...given('polarity', query.polarity),
    ...given('topic', query.topic),
    ...given('outletId', query.outlet),
    ...given('tier', query.tier),
    ...given('province', query.province),
    ...given('facility', query.facility),
    ...given('storyId', query.story),
    ...bounds(query, now, fallback),
  };
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
  return new Date(value.length === 10 ? Date.parse(value) - VIETNAM_OFFSET_MS : value).toISOString();
}

function endOf(value: string): string {
  return value.length === 10
    ? new Date(Date.parse(value) - VIETNAM_OFFSET_MS + DAY_MS).toISOString()
    : new Date(value).toISOString();
}

/** A query string, `?` included, in a fixed order and without what is empty; '' when nothing is left. */
export function toSearch(
  query: ArticleQuery,
  change: Partial<Record<keyof ArticleQuery | 'page', string | undefined>> = {},
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
