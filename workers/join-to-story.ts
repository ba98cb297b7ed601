import type { Article } from '../src/domain/article.ts';
import { withArticle } from '../src/domain/story.ts';
import { joinStory, STORY_WINDOW_MS, storyKeys } from '../src/language/story.ts';
import type { UnjoinedArticle } from './index-article.ts';
import type { Deps } from './stage.ts';

/** Joins an article to the story it belongs to, or begins a new one. Repeating it gives the same answer. */
export async function joinToStory(
  article: UnjoinedArticle,
  { stories }: Pick<Deps, 'stories'>,
): Promise<Pick<Article, 'storyId' | 'copyNumber'>> {
  const since = new Date(Date.parse(article.firstSeenAt) - STORY_WINDOW_MS).toISOString();
  const candidates = await stories.candidates(storyKeys(article).keys, since);
  const join = joinStory(article, candidates);
  const { storyId, copyNumber, facts, keys } = join;

  await stories.save(withArticle(await stories.find(storyId), article, join), {
    articleId: article.id,
    storyId,
    signature: article.signature,
    facts,
    bands: keys,
    firstSeenAt: article.firstSeenAt,
  });
  return { storyId, copyNumber };
}
