import type { Story } from '../../domain/story.ts';
import type { StoryMember, StoryStore } from '../../ports/story-store.ts';
import { type Connection, write } from './connection.ts';
import { Documents } from './documents.ts';

/** See the port: enough to find every copy of a text and every other text on its event. */
const MAX_CANDIDATES = 300;

/** A story and what dashboards count by. */
export type StoredStory = Story & { readonly articleCount: number; readonly newsroomCount: number };
/** A member and what it is found by. */
type StoredMember = StoryMember & { readonly bands: readonly string[]; readonly firstSeenAt: string };

export class ElasticsearchStoryStore implements StoryStore {
  readonly #connection: Connection;
  readonly #stories: Documents<StoredStory>;
  readonly #members: Documents<StoredMember>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#stories = new Documents(connection, 'stories');
    this.#members = new Documents(connection, 'story-members');
  }

  async candidates(bands: readonly string[], since: string): Promise<StoryMember[]> {
    const sharing = {
      query: {
        bool: { filter: [{ terms: { bands: [...bands] } }, { range: { firstSeenAt: { gte: since } } }] },
      },
      sort: [{ firstSeenAt: 'desc' as const }, { articleId: 'asc' as const }],
    };
    const members = await this.#members.slice(sharing, { offset: 0, limit: MAX_CANDIDATES }, 'all');
    return members.map(({ bands: _bands, firstSeenAt: _firstSeenAt, ...member }) => member);
  }

  /**
   * Elasticsearch has no transactions: both documents go out in one request, and where one is refused the call fails
   * and is to be repeated, which mends it.
   */
  async save(
    story: Story,
    member: StoryMember & { bands: readonly string[]; firstSeenAt: string },
  ): Promise<void> {
    await write(this.#connection, [
      this.#stories.index(story.id, withCounts(story)),
      this.#members.index(member.articleId, { ...member, bands: [...new Set(member.bands)] }),
    ]);
  }

  async storyOf(articleId: string): Promise<string | undefined> {
    return (await this.#members.find(articleId))?.storyId;
  }

  async find(id: string): Promise<Story | undefined> {
    const story = await this.#stories.find(id);
    return story && withoutCounts(story);
  }

  async largest(since: string, limit: number): Promise<Story[]> {
    const recent = {
      query: { range: { lastSeenAt: { gte: since } } },
      sort: [{ articleCount: 'desc' as const }, { id: 'asc' as const }],
    };
    return (await this.#stories.slice(recent, { offset: 0, limit }, 'own')).map(withoutCounts);
  }
}

export function withCounts(story: Story): StoredStory {
  return {
    ...story,
    articleCount: story.articleIds.length,
    newsroomCount: story.independentNewsrooms.length,
  };
}

export function withoutCounts({
  articleCount: _articles,
  newsroomCount: _newsrooms,
  ...story
}: StoredStory): Story {
  return story;
}
