import type { Story, StoryFacts } from '../domain/story.ts';

/** An article as far as finding its copies and the other texts on its event needs it. */
export interface StoryMember {
  readonly articleId: string;
  readonly storyId: string;
  readonly signature: readonly number[];
  /** Kept as given; absent for members stored before there were any. */
  readonly facts?: StoryFacts;
}

/** Stories and the index that finds members by key. Deciding what is a copy or the same event is the caller's. */
export interface StoryStore {
  /** Members that share at least one key (a band of the signature, an event key) with the article and were first seen at or after `since`. */
  candidates(bands: readonly string[], since: string): Promise<StoryMember[]>;
  /** Inserts or replaces the story and its newest member in one transaction. */
  save(story: Story, member: StoryMember & { bands: readonly string[]; firstSeenAt: string }): Promise<void>;
  /** The story an article was joined to; `undefined` if it has none yet. */
  storyOf(articleId: string): Promise<string | undefined>;
  find(id: string): Promise<Story | undefined>;
  /** Stories with the most articles among those seen at or after `since`. */
  largest(since: string, limit: number): Promise<Story[]>;
}
