import { TIER_REACH } from '../detection/signals.ts';
import type { ArticleOutline } from '../domain/article.ts';
import type { Tier } from '../domain/outlet.ts';
import type { Story } from '../domain/story.ts';
import { HOUR_MS } from '../domain/time.ts';

/** What counts as the last hours, and what they are compared with. */
export const RECENT_HOURS = 6;
export const GROWTH_HOURS = 24;

/** Further copies of one text are no further news of it; the detector counts alike. */
const MOST_COPIES = 2;

/** What of an article its story's growth is counted from. */
type GrowingArticle = Pick<
  ArticleOutline,
  'storyId' | 'firstSeenAt' | 'newsroom' | 'tier' | 'copyNumber' | 'sentiment'
>;

/** What a story had before the last 24 hours. */
export interface StoryBefore {
  readonly articles: number;
  readonly newsrooms: readonly string[];
  readonly tiers: readonly Tier[];
}

/** One hour of a story, as in `TrendBucket`. */
interface StoryHour {
  readonly negative: number;
  readonly others: number;
}

/** How a story has grown in the last 24 hours. */
export interface StoryGrowth {
  readonly story: Story;
  /** Articles of the last six and of the last 24 hours, and of the time before. */
  readonly recent: number;
  readonly day: number;
  readonly before: number;
  /** Of the last 24 hours. */
  readonly negative: number;
  /** Newsrooms that wrote a text of their own and had not before. */
  readonly newsroomsGained: readonly string[];
  /** From the widest tier before to the widest since, where that reaches further. */
  readonly tierJump?: { readonly from: Tier; readonly to: Tier };
  /** The 24 hours, oldest first. */
  readonly hours: readonly StoryHour[];
  /** See `growthOf`. */
  readonly growth: number;
}

/**
 * How much more is written of a story in the last six hours than in the eighteen before, in standard deviations of a
 * Poisson count: 0 for a story that goes on as it was, and the number of its texts for one that is new. Copies beyond the
 * second of a text do not count.
 *
 * @param articles  of the story, of the last 24 hours
 */
export function growthOf(
  articles: readonly Pick<GrowingArticle, 'firstSeenAt' | 'copyNumber'>[],
  now: Date,
): number {
  const since = now.getTime() - RECENT_HOURS * HOUR_MS;
  const counted = articles.filter(({ copyNumber }) => copyNumber <= MOST_COPIES);
  const recent = counted.filter(({ firstSeenAt }) => Date.parse(firstSeenAt) >= since).length;
  const expected = ((counted.length - recent) * RECENT_HOURS) / (GROWTH_HOURS - RECENT_HOURS);
  return (recent - expected) / Math.sqrt(expected + 1);
}

/**
 * @param articles  of the story, of the last 24 hours, in any order
 * @param before    what it had until then
 */
export function storyGrowth(
  story: Story,
  articles: readonly GrowingArticle[],
  before: StoryBefore,
  now: Date,
): StoryGrowth {
  const since = now.getTime() - RECENT_HOURS * HOUR_MS;
  const known = new Set(before.newsrooms);
  const there = new Set(articles.map(({ newsroom }) => newsroom));
  const from = widest(before.tiers);
  const to = widest(articles.map(({ tier }) => tier));
  const isJump = from !== undefined && to !== undefined && TIER_REACH[to] > TIER_REACH[from];
  return {
    story,
    recent: articles.filter(({ firstSeenAt }) => Date.parse(firstSeenAt) >= since).length,
    day: articles.length,
    before: before.articles,
    negative: articles.filter(isNegative).length,
    newsroomsGained: story.independentNewsrooms.filter((one) => there.has(one) && !known.has(one)),
    ...(isJump ? { tierJump: { from, to } } : {}),
    hours: hoursOf(articles, now),
    growth: growthOf(articles, now),
  };
}

function hoursOf(articles: readonly GrowingArticle[], now: Date): StoryHour[] {
  const hours = Array.from({ length: GROWTH_HOURS }, () => ({ negative: 0, others: 0 }));
  for (const article of articles) {
    const ago = Math.floor((now.getTime() - Date.parse(article.firstSeenAt)) / HOUR_MS);
    const hour = hours[GROWTH_HOURS - 1 - Math.max(0, ago)];
    if (hour === undefined) continue;
    if (isNegative(article)) hour.negative += 1;
    else hour.others += 1;
  }
  return hours;
}

function isNegative({ sentiment }: Pick<GrowingArticle, 'sentiment'>): boolean {
  return sentiment.polarity === 'negative';
}

function widest(tiers: readonly Tier[]): Tier | undefined {
  return [...tiers].sort((a, b) => TIER_REACH[b] - TIER_REACH[a])[0];
}
