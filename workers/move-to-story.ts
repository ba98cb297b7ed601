import type { Article } from '../src/domain/article.ts';
import { type StoryArticle, withArticle, withoutArticle } from '../src/domain/story.ts';
import type { Deps } from './stage.ts';

/** Puts an article into the story that it names, out of another; the other loses it. Safe to repeat. */
export async function moveToStory(
  article: StoryArticle & Pick<Article, 'storyId'>,
  from: string,
  deps: Pick<Deps, 'stories' | 'articles'>,
): Promise<void> {
  const { id, storyId, copyNumber } = article;
  await deps.stories.moveMember(id, storyId);
  await deps.stories.update(storyId, (current) =>
    withArticle(current, article, { storyId, isIndependent: copyNumber === 1 }),
  );
  await leaveStory(article, from, deps);
}

/** Takes an article out of what is told of a story; its membership stays, so that it can be brought back. */
export async function leaveStory(
  article: Pick<StoryArticle, 'id' | 'newsroom'>,
  storyId: string,
  { stories, articles }: Pick<Deps, 'stories' | 'articles'>,
): Promise<void> {
  for (let isDone = false; !isDone; ) {
    const story = await stories.find(storyId);
    if (story === undefined || !story.articleIds.includes(article.id)) return;
    const others = await articles.findMany(story.articleIds.filter((id) => id !== article.id));
    await stories.update(storyId, (current = story) => {
      // Whoever joined since must be asked, too.
      isDone = current.articleIds.every((id) => story.articleIds.includes(id));
      return isDone ? withoutArticle(current, article, others) : current;
    });
  }
}
