import type { Story, StoryFacts } from '../domain/story.ts';

/** An article as far as finding its copies and the other texts on its event needs it. */
export interface StoryMember {
  readonly articleId: string;
  readonly storyId: string;
  readonly signature: readonly number[];
  /** Kept as given; absent for members stored before there were any. */
  readonly facts?: StoryFacts;
}

/** A member with the keys under which it is to be found. */
export type KeyedStoryMember = StoryMember & {
  readonly bands: readonly string[];
  readonly firstSeenAt: string;
};

/** Stories and the index that finds members by key. Deciding what is a copy or the same event is the caller's. */
export interface StoryStore {
  /** Members that share at least one key (a band of the signature, an event key) with the article and were first seen at or after `since`. */
  candidates(bands: readonly string[], since: string): Promise<StoryMember[]>;
  /**
   * Replaces the story by `change(current)` with nobody else's write in between; `change` may run more than once.
   *
   * @param members  of this story, inserted or replaced in the same request; no article twice
   */
  update(
    id: string,
    change: (current: Story | undefined) => Story,
    members?: readonly KeyedStoryMember[],
  ): Promise<void>;
  /** Members of a story in the order of their articles' ids, those included whose articles have left the archive. */
  membersOf(storyId: string): Promise<StoryMember[]>;
  /** Puts a member into another story; what becomes of the two stories is for `update` to say. */
  moveMember(articleId: string, storyId: string): Promise<void>;
  /** The story an article was joined to; `undefined` if it has none yet. */
  storyOf(articleId: string): Promise<string | undefined>;
  find(id: string): Promise<Story | undefined>;
  /** Stories with the most articles among those seen at or after `since`. */
  largest(since: string, limit: number): Promise<Story[]>;
}
