import type { Article } from '../src/domain/article.ts';
import { type Story, withArticle } from '../src/domain/story.ts';
import { joinStory, STORY_WINDOW_MS, type StoryJoin, storyKeys } from '../src/language/story.ts';
import type { StoryMember, StoryStore } from '../src/ports/story-store.ts';
import type { UnjoinedArticle } from './index-article.ts';
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
  const placed = new Placed(stories);
  const joins: StoryJoin[] = [];
  for (const [index, article] of articles.entries()) {
    const join = joinStory(article, placed.among(known[index] ?? [], storyKeys(article).keys));
    await placed.add(article, join);
    joins.push(join);
  }
  await placed.save();
  return joins.map(({ storyId, copyNumber }) => ({ storyId, copyNumber }));
}

function candidatesOf(article: UnjoinedArticle, stories: StoryStore): Promise<StoryMember[]> {
  const since = new Date(Date.parse(article.firstSeenAt) - STORY_WINDOW_MS).toISOString();
  return stories.candidates(storyKeys(article).keys, since);
}

type NewMember = Parameters<StoryStore['save']>[1];

/** What this batch has placed so far: members that the store does not know yet, and the stories as they now stand. */
class Placed {
  readonly #store: StoryStore;
  readonly #members = new Map<string, NewMember>();
  readonly #stories = new Map<string, Story>();

  constructor(store: StoryStore) {
    this.#store = store;
  }

  /** Candidates from the store, and before them those of this batch that share a key. */
  among(known: readonly StoryMember[], keys: readonly string[]): StoryMember[] {
    const asked = new Set(keys);
    const fresh = [...this.#members.values()].filter(({ bands }) => bands.some((band) => asked.has(band)));
    return [...fresh.reverse(), ...known.filter(({ articleId }) => !this.#members.has(articleId))];
  }

  async add(article: UnjoinedArticle, join: StoryJoin): Promise<void> {
    const { storyId, facts, keys } = join;
    const story = this.#stories.get(storyId) ?? (await this.#store.find(storyId));
    this.#stories.set(storyId, withArticle(story, article, join));
    this.#members.set(article.id, {
      articleId: article.id,
      storyId,
      signature: article.signature,
      facts,
      bands: keys,
      firstSeenAt: article.firstSeenAt,
    });
  }

  async save(): Promise<void> {
    await Promise.all(
      [...this.#members.values()].map((member) =>
        this.#store.save(this.#stories.get(member.storyId) as Story, member),
      ),
    );
  }
}
