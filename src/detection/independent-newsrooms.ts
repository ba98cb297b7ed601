import type { ArticleOutline } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';

/**
 * Newsrooms that wrote a text of their own among these articles, in order of appearance.
 *
 * A copy adds none: it stands for the newsroom it was copied from, or for whom its text credits. Where the story
 * is known, its own account of who wrote what decides. A bare headline adds none while its page may still come:
 * whether the text below it is the outlet's own cannot be told yet.
 */
export function independentNewsrooms(
  articles: readonly ArticleOutline[],
  stories: ReadonlyMap<string, Story> = new Map(),
): string[] {
  const newsrooms = new Set<string>();
  const begun = new Set<string>();
  for (const article of articles) {
    const story = stories.get(article.storyId);
    const wrote =
      story === undefined
        ? !begun.has(article.storyId)
        : story.independentNewsrooms.includes(article.newsroom);
    begun.add(article.storyId);
    if (!wrote || article.copyNumber > 1 || isBareHeadline(article)) continue;
    newsrooms.add(article.creditedTo ?? article.newsroom);
  }
  return [...newsrooms];
}

function isBareHeadline({ readFrom, summary, unreadReason }: ArticleOutline): boolean {
  return readFrom === 'entry' && summary === '' && unreadReason === undefined;
}
