import type { Article } from '../src/domain/article.ts';
import type { Story } from '../src/domain/story.ts';
import { DAY_MS } from '../src/domain/time.ts';
import { bandsOf, isNearCopy, similarity } from '../src/language/similarity.ts';
import type { UnjoinedArticle } from './index-article.ts';
import type { Deps } from './stage.ts';

/** A copy that appears later than this is a reprint, and begins a story of its own. */
const STORY_WINDOW_MS = 3 * DAY_MS;

/** Joins an article to the story whose text it copies, or begins a new one. Repeating it gives the same answer. */
export async function joinToStory(
  article: UnjoinedArticle,
  { stories, articles }: Pick<Deps, 'stories' | 'articles'>,
): Promise<Pick<Article, 'storyId' | 'copyNumber'>> {
  const since = new Date(Date.parse(article.firstSeenAt) - STORY_WINDOW_MS).toISOString();
  const bands = bandsOf(article.signature);
  const joined = await stories.storyOf(article.id);
  const nearest = (await stories.candidates(bands, since))
    .filter(
      ({ articleId, signature }) => articleId !== article.id && isNearCopy(signature, article.signature),
    )
    .sort(
      (a, b) => similarity(b.signature, article.signature) - similarity(a.signature, article.signature),
    )[0];

  const storyId = joined ?? nearest?.storyId ?? article.id;
  const story = extend(await stories.find(storyId), storyId, article, nearest !== undefined);
  await stories.save(story, {
    articleId: article.id,
    storyId,
    signature: article.signature,
    bands,
    firstSeenAt: article.firstSeenAt,
  });
  const earlier = await articles.findMany(story.articleIds.slice(0, story.articleIds.indexOf(article.id)));
  const copies = earlier.filter(({ signature }) => isNearCopy(signature, article.signature));
  return { storyId, copyNumber: copies.length + 1 };
}

function extend(story: Story | undefined, id: string, article: UnjoinedArticle, isCopy: boolean): Story {
  const { firstSeenAt } = article;
  if (story === undefined) {
    return {
      id,
      title: article.title,
      firstArticleId: article.id,
      firstOutletId: article.outletId,
      firstSeenAt,
      lastSeenAt: firstSeenAt,
      articleIds: [article.id],
      independentNewsrooms: [article.newsroom],
      tiers: [article.tier],
    };
  }
  const with_ = <T>(list: readonly T[], item: T) => (list.includes(item) ? list : [...list, item]);
  return {
    ...story,
    lastSeenAt: firstSeenAt > story.lastSeenAt ? firstSeenAt : story.lastSeenAt,
    articleIds: with_(story.articleIds, article.id),
    independentNewsrooms: isCopy
      ? story.independentNewsrooms
      : with_(story.independentNewsrooms, article.newsroom),
    tiers: with_(story.tiers, article.tier),
  };
}
