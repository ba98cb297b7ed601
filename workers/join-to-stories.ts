import type { Article } from '../src/domain/article.ts';
import { type Story, withArticle } from '../src/domain/story.ts';
import { joinStory, STORY_WINDOW_MS, type StoryJoin, storyKeys } from '../src/language/story.ts';
import type { KeyedStoryMember, StoryMember, StoryStore } from '../src/ports/story-store.ts';
import type { UnjoinedArticle } from './make-searchable.ts';
import type { Deps } from './stage.ts';

/**
 * Joins each article to the story it belongs to, or begins a new one, as if they came one after the other. Repeating
 * it gives the same answer.
 *
 * @param articles  no id twice
 * @returns where each belongs, in order
 */
export async function joinToStories(
  articles: readonly UnjoinedArticle[],
  { stories }: Pick<Deps, 'stories'>,
): Promise<Pick<Article, 'storyId' | 'copyNumber'>[]> {
  const known = await Promise.all(articles.map((article) => candidatesOf(article, stories)));
  const placed = new Placed();
  for (const [index, article] of articles.entries()) placed.add(article, known[index] ?? []);
  await placed.save(stories);
  return placed.joins.map(({ join: { storyId, copyNumber } }) => ({ storyId, copyNumber }));
}

function candidatesOf(article: UnjoinedArticle, stories: StoryStore): Promise<StoryMember[]> {
  const since = new Date(Date.parse(article.firstSeenAt) - STORY_WINDOW_MS).toISOString();
  return stories.candidates(storyKeys(article).keys, since);
}

/** What this batch has placed so far, of which the store does not know yet. */
class Placed {
  readonly joins: { readonly article: UnjoinedArticle; readonly join: StoryJoin }[] = [];
  readonly #members = new Map<string, KeyedStoryMember>();

  add(article: UnjoinedArticle, known: readonly StoryMember[]): void {
    const join = joinStory(article, this.#among(known, storyKeys(article).keys));
    this.joins.push({ article, join });
    this.#members.set(article.id, {
      articleId: article.id,
      storyId: join.storyId,
      signature: article.signature,
      facts: join.facts,
      bands: join.keys,
      firstSeenAt: article.firstSeenAt,
    });
  }

  /** Candidates from the store, and before them those of this batch that share a key. */
  #among(known: readonly StoryMember[], keys: readonly string[]): StoryMember[] {
    const asked = new Set(keys);
    const fresh = [...this.#members.values()].filter(({ bands }) => bands.some((band) => asked.has(band)));
    return [...fresh.reverse(), ...known.filter(({ articleId }) => !this.#members.has(articleId))];
  }

  /** Told one after the other by whoever writes last: stories may be changed by people meanwhile. */
  async save(store: StoryStore): Promise<void> {
    const ids = [...new Set(this.joins.map(({ join }) => join.storyId))];
    await Promise.all(
      ids.map((id) => {
        const placed = this.joins.filter(({ join }) => join.storyId === id);
        const grown = (current: Story | undefined) =>
          placed.reduce<Story | undefined>(
            (story, { article, join }) => withArticle(story, article, join),
            current,
          ) as Story;
        const members = placed.flatMap(({ article }) => this.#members.get(article.id) ?? []);
        return store.update(id, grown, members);
      }),
    );
  }
}
