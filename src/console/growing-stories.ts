import type { ArticleOutline } from '../domain/article.ts';
import type { Tier } from '../domain/outlet.ts';
import type { Story } from '../domain/story.ts';
import { HOUR_MS } from '../domain/time.ts';
import type { ArticleFilter } from '../ports/article-store.ts';
import {
  GROWTH_HOURS,
  growthOf,
  RECENT_HOURS,
  type StoryBefore,
  type StoryGrowth,
  storyGrowth,
} from '../reports/story-growth.ts';
import type { ConsoleDeps } from './console-deps.ts';

type GrowthDeps = Pick<ConsoleDeps, 'articles' | 'stories'>;

/** Stories with most articles in a window that are looked at more closely. */
const CANDIDATES = 60;
const MOST_NEWSROOMS = 500;
const MOST_TIERS = 6;

/**
 * The stories that grow, those that grow most first; see `growthOf`. One article alone is no story that grows.
 *
 * Reads the outlines of the last day of the stories with most articles, and two counts for each story shown.
 *
 * @param filter  without bounds in time
 */
export async function growingStories(
  filter: ArticleFilter,
  limit: number,
  deps: GrowthDeps,
  now: Date,
): Promise<StoryGrowth[]> {
  const from = iso(now.getTime() - GROWTH_HOURS * HOUR_MS);
  const recently = iso(now.getTime() - RECENT_HOURS * HOUR_MS);
  const [recent, day] = await Promise.all([
    deps.articles.facet({ ...filter, from: recently }, 'storyId', CANDIDATES),
    deps.articles.facet({ ...filter, from }, 'storyId', CANDIDATES),
  ]);
  const ids = [...new Set([...recent, ...day].map(({ value }) => value))];
  if (ids.length === 0) return [];
  const byStory = new Map<string, ArticleOutline[]>(ids.map((id) => [id, []]));
  for await (const batch of deps.articles.outlines({ ...filter, storyId: ids, from })) {
    for (const article of batch) byStory.get(article.storyId)?.push(article);
  }
  const ordered = [...byStory]
    .map(([id, articles]) => ({ id, articles, growth: growthOf(articles, now) }))
    .filter(({ growth }) => growth > 0)
    .sort((a, b) => b.growth - a.growth || b.articles.length - a.articles.length || (a.id < b.id ? -1 : 1));
  const grown: StoryGrowth[] = [];
  for (let at = 0; at < ordered.length && grown.length < limit; at += limit) {
    const found = await Promise.all(
      ordered.slice(at, at + limit).map(async ({ id, articles }) => {
        const story = await deps.stories.find(id);
        if (story === undefined || story.articleIds.length < 2) return [];
        return [storyGrowth(story, articles, await beforeOf(story, filter, from, deps), now)];
      }),
    );
    grown.push(...found.flat());
  }
  return grown.slice(0, limit);
}

async function beforeOf(
  story: Story,
  filter: ArticleFilter,
  to: string,
  { articles }: GrowthDeps,
): Promise<StoryBefore> {
  if (story.firstSeenAt >= to) return { articles: 0, newsrooms: [], tiers: [] };
  const earlier = { ...filter, storyId: story.id, to };
  const [newsrooms, tiers] = await Promise.all([
    articles.facet(earlier, 'newsroom', MOST_NEWSROOMS),
    articles.facet(earlier, 'tier', MOST_TIERS),
  ]);
  return {
    articles: tiers.reduce((sum, { count }) => sum + count, 0),
    newsrooms: newsrooms.map(({ value }) => value),
    tiers: tiers.map(({ value }) => value as Tier),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
