import type { Article } from './article.ts';
import type { Tier } from './outlet.ts';

/** Articles about one event. Copies (one text in many outlets) and independent newsrooms are counted apart. */
export interface Story {
  readonly id: string;
  /** Title of its first article. */
  readonly title: string;
  readonly firstArticleId: string;
  readonly firstOutletId: string;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly articleIds: readonly string[];
  /** Newsrooms that wrote a text of their own, in order of appearance. */
  readonly independentNewsrooms: readonly string[];
  readonly tiers: readonly Tier[];
}

/** What of a member later articles are compared with, beside its signature. */
export interface StoryFacts {
  readonly newsroom: string;
  readonly firstSeenAt: string;
  /** First sight of the story's first article; absent for that article itself. */
  readonly storyBeganAt?: string;
  readonly creditedTo?: string;
  /** Mentions as series keys, without repeats. */
  readonly entities: readonly string[];
  /** Hashes of the words that tell the event. */
  readonly terms: readonly number[];
}

/**
 * The story after one more article, or the story that an article begins. Repeating an article changes nothing but the
 * time of last sight, so a stage may run again.
 */
export function withArticle(
  story: Story | undefined,
  article: {
    readonly id: string;
    readonly title: string;
    readonly outletId: string;
    readonly newsroom: string;
    readonly tier: Tier;
    readonly firstSeenAt: string;
  },
  join: { readonly storyId: string; readonly isIndependent: boolean },
): Story {
  const newsrooms = join.isIndependent ? [article.newsroom] : [];
  if (story === undefined) {
    return {
      id: join.storyId,
      title: article.title,
      firstArticleId: article.id,
      firstOutletId: article.outletId,
      firstSeenAt: article.firstSeenAt,
      lastSeenAt: article.firstSeenAt,
      articleIds: [article.id],
      independentNewsrooms: newsrooms,
      tiers: [article.tier],
    };
  }
  return {
    ...story,
    // biome-ignore lint/complexity/useMathMinMax: these are ISO 8601 strings
    lastSeenAt: article.firstSeenAt > story.lastSeenAt ? article.firstSeenAt : story.lastSeenAt,
    articleIds: [...new Set([...story.articleIds, article.id])],
    independentNewsrooms: [...new Set([...story.independentNewsrooms, ...newsrooms])],
    tiers: [...new Set([...story.tiers, article.tier])],
  };
}

/** A member of a story as far as what is said of the story rests on it. */
export type StoryArticle = Pick<
  Article,
  'id' | 'title' | 'outletId' | 'newsroom' | 'tier' | 'firstSeenAt' | 'copyNumber'
>;

/**
 * The story as it is without an article that a person has taken out of it.
 *
 * @param others  its other articles that are in the archive, in any order
 */
export function withoutArticle(
  story: Story,
  article: Pick<StoryArticle, 'id' | 'newsroom'>,
  others: readonly StoryArticle[],
): Story {
  const articleIds = story.articleIds.filter((id) => id !== article.id);
  const sorted = [...others].sort((a, b) => Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt));
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) {
    return { ...story, articleIds, independentNewsrooms: [], tiers: [] };
  }
  const isStillHere = (newsroom: string) =>
    newsroom !== article.newsroom ||
    others.some((other) => other.newsroom === newsroom && other.copyNumber === 1);
  return {
    ...story,
    ...(story.firstArticleId === article.id ? beginningWith(first) : {}),
    lastSeenAt: last.firstSeenAt,
    articleIds,
    independentNewsrooms: story.independentNewsrooms.filter(isStillHere),
    tiers: story.tiers.filter((tier) => others.some((other) => other.tier === tier)),
  };
}

function beginningWith({ id, title, outletId, firstSeenAt }: StoryArticle): Partial<Story> {
  return { title, firstArticleId: id, firstOutletId: outletId, firstSeenAt };
}
