import { z } from 'zod';

import type { Story } from '../domain/story.ts';
import type { ArticleFilter } from '../ports/article-store.ts';
import { type ArticleQuery, articleQuery, toSearch } from './article-query.ts';
import type { ConsoleDeps } from './console-deps.ts';
import { optionalField } from './request-fields.ts';

export const STORY_SORTS = ['growth', 'size', 'newsrooms', 'latest'] as const;
export type StorySort = (typeof STORY_SORTS)[number];
export const LEAST_ARTICLES = ['1', '2', '5', '10'] as const;

/** What a reader may ask of the list of stories, as it stands in the address. */
export const storyListQuery = articleQuery.omit({ story: true }).extend({
  sort: optionalField(z.enum(STORY_SORTS)).catch(undefined),
  least: optionalField(z.enum(LEAST_ARTICLES)).catch(undefined),
});
export type StoryListQuery = z.infer<typeof storyListQuery>;

export function storyListSearch(
  { sort, least, ...query }: StoryListQuery,
  change: Partial<Pick<StoryListQuery, 'sort' | 'least'>> = {},
): string {
  const search = new URLSearchParams(toSearch(query as ArticleQuery));
  for (const [key, value] of Object.entries({ sort, least, ...change })) {
    if (value !== undefined) search.set(key, value);
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** A story as far as it was told in the period. */
export interface ListedStory {
  readonly story: Story;
  readonly articles: number;
  readonly negative: number;
}

/** Stories with most articles in a period that are looked at. */
export const MOST_LISTED = 100;

/** The stories with most articles under a filter, in the order asked for. */
export async function listStories(
  filter: ArticleFilter,
  sort: Exclude<StorySort, 'growth'>,
  least: number,
  { articles, stories }: Pick<ConsoleDeps, 'articles' | 'stories'>,
): Promise<ListedStory[]> {
  const counts = await articles.facet(filter, 'storyId', MOST_LISTED);
  const found = await Promise.all(
    counts
      .filter(({ count }) => count >= least)
      .map(async ({ value, count, negative }) => {
        const story = await stories.find(value);
        return story === undefined ? [] : [{ story, articles: count, negative }];
      }),
  );
  const orders: Readonly<Record<typeof sort, (a: ListedStory, b: ListedStory) => number>> = {
    size: (a, b) => b.articles - a.articles,
    newsrooms: (a, b) => b.story.independentNewsrooms.length - a.story.independentNewsrooms.length,
    latest: (a, b) => Date.parse(b.story.lastSeenAt) - Date.parse(a.story.lastSeenAt),
  };
  return found.flat().sort((a, b) => orders[sort](a, b) || b.articles - a.articles);
}
