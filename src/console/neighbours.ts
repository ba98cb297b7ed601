import { z } from 'zod';

import type { Article } from '../domain/article.ts';
import type { ArticleFilter, ArticleStore } from '../ports/article-store.ts';
import { cursorText, type PageCursor, writeCursor } from './api/cursor.ts';
import { type ArticleQuery, articleListQuery, toSearch } from './article-query.ts';

/** Articles a page of the list, and pages that it is read through. */
export const PER_PAGE = 20;
export const MOST_PAGES = 5000;

/** In the order of time a place is reached by reading on from where its page began. */
const FURTHEST_READ = 500;

/** A list of articles, and a place in it. */
export interface ListPlace {
  readonly query: ArticleQuery & { readonly sort?: 'newest' | 'oldest' | undefined };
  /** Where the page of the list began, in the order of time. */
  readonly after?: PageCursor | undefined;
  /** From 0; in the order of time since where the page began. */
  readonly at: number;
}

const placeQuery = articleListQuery.extend({
  after: cursorText.optional(),
  at: z.coerce
    .number()
    .int()
    .min(0)
    .max(MOST_PAGES * PER_PAGE),
});

/** The list that led to an article, as its address tells; `undefined` where it tells of none. */
export function placeOf(address: unknown): ListPlace | undefined {
  const { success, data } = placeQuery.safeParse(address);
  if (!success) return undefined;
  const { at, after, ...query } = data;
  return { query, after, at };
}

/** Links from an article to those beside it in the list that led to it. */
export interface Neighbours {
  readonly list: string;
  readonly previous?: string;
  readonly next?: string;
}

/**
 * The neighbours of an article in a list, which may have moved since. Where the article is no longer near its place,
 * only the way back to the list is left.
 */
export async function neighboursOf(
  id: string,
  place: ListPlace,
  filter: ArticleFilter,
  articles: Pick<ArticleStore, 'search' | 'page'>,
): Promise<Neighbours> {
  const { query, after, at } = place;
  const page = query.sort === undefined && at >= PER_PAGE ? String(Math.floor(at / PER_PAGE) + 1) : undefined;
  const list = `/articles${toSearch(query, { page, after: after === undefined ? undefined : writeCursor(after) })}`;
  const from = Math.max(0, at - 1);
  const near = await nearOf(place, from, filter, articles);
  const here = near.findIndex((article) => article.id === id);
  if (here === -1) return { list };
  const linkTo = (step: -1 | 1) => {
    const article = near[here + step];
    if (article === undefined) return undefined;
    return `/articles/${article.id}${placeSearch({ ...place, at: from + here + step })}`;
  };
  const [previous, next] = [linkTo(-1), linkTo(1)];
  return { list, ...(previous === undefined ? {} : { previous }), ...(next === undefined ? {} : { next }) };
}

/** What the address of an article carries of the list that led to it. */
export function placeSearch({ query, after, at }: ListPlace): string {
  const search = toSearch(query, { after: after === undefined ? undefined : writeCursor(after) });
  return `${search === '' ? '?' : `${search}&`}at=${at}`;
}

async function nearOf(
  { query: { sort }, after, at }: ListPlace,
  from: number,
  filter: ArticleFilter,
  articles: Pick<ArticleStore, 'search' | 'page'>,
): Promise<readonly Article[]> {
  if (sort === undefined) return (await articles.search(filter, { offset: from, limit: 3 })).articles;
  if (at > FURTHEST_READ) return [];
  const begin = after !== undefined && 'id' in after ? { after } : {};
  return (await articles.page(filter, { ...begin, limit: at + 2, order: sort })).articles.slice(from);
}
