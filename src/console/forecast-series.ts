import { type SeriesKey, seriesKey } from '../domain/series.ts';
import type { ArticleQuery } from './article-query.ts';

/** Fields that choose a series; any other one narrows it to what no series counts. */
const CHOOSING: readonly (keyof ArticleQuery)[] = ['topic', 'province', 'facility', 'story', 'series'];
/** Fields that say when, not what. */
const SPAN: readonly (keyof ArticleQuery)[] = ['period', 'from', 'to'];

/** The series whose articles a query asks for, where there is one: a forecast can be made of it. */
export function seriesOfQuery(query: ArticleQuery): SeriesKey | undefined {
  const chosen = (Object.keys(query) as (keyof ArticleQuery)[]).filter(
    (field) => query[field] !== undefined && !SPAN.includes(field),
  );
  if (chosen.some((field) => !CHOOSING.includes(field))) return undefined;
  const { topic, province, facility, story, series } = query;
  if (chosen.length === 2 && topic !== undefined && province !== undefined) {
    return seriesKey('province-topic', `${province}/${topic}`);
  }
  if (chosen.length !== 1) return undefined;
  if (topic !== undefined) return seriesKey('topic', topic);
  if (province !== undefined) return seriesKey('province', province);
  if (facility !== undefined) return seriesKey('facility', facility);
  return story === undefined ? series : seriesKey('story', story);
}
