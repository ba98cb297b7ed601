import type { Story } from '../../domain/story.ts';
import type { KeyedStoryMember, StoryMember, StoryStore } from '../../ports/story-store.ts';
import type { BulkOperation } from './bulk-writer.ts';
import { type Connection, write } from './connection.ts';
import { Documents, type Versioned } from './documents.ts';

/** See the port: enough to find every copy of a text and every other text on its event. */
const MAX_CANDIDATES = 300;

/** Some 2 kB each. */
const MOST_REMEMBERED = 20_000;

/** A story and what dashboards count by. */
export type StoredStory = Story & { readonly articleCount: number; readonly newsroomCount: number };
export class ElasticsearchStoryStore implements StoryStore {
  readonly #connection: Connection;
  readonly #stories: Documents<StoredStory>;
  readonly #members: Documents<KeyedStoryMember>;
  readonly #remembered = new Map<string, Versioned<KeyedStoryMember>>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#stories = new Documents(connection, 'stories');
    this.#members = new Documents(connection, 'story-members');
  }

  /**
   * The search gives ids and versions only; members are asked for by id once and then remembered, since the next
   * articles on an event share most of their candidates.
   */
  async candidates(bands: readonly string[], since: string): Promise<StoryMember[]> {
    const { hits } = await this.#members.search(
      {
        query: {
          bool: { filter: [{ terms: { bands: [...bands] } }, { range: { firstSeenAt: { gte: since } } }] },
        },
        sort: [{ firstSeenAt: 'desc' as const }, { articleId: 'asc' as const }],
        size: MAX_CANDIDATES,
        track_total_hits: false,
        stored_fields: '_none_',
        docvalue_fields: ['articleId'],
        seq_no_primary_term: true,
      },
      'all',
    );
    const members = await Promise.all(
      hits.map(({ fields, _seq_no }) => this.#member(String(fields?.articleId?.[0]), _seq_no)),
    );
    return members.flatMap((member) => (member === undefined ? [] : [asMember(member)]));
  }

  async #member(articleId: string, seqNo: number | undefined): Promise<KeyedStoryMember | undefined> {
    const known = this.#remembered.get(articleId);
    if (known !== undefined && known.seqNo === seqNo) return known.document;
    const found = await this.#members.findVersioned(articleId);
    if (found === undefined) return undefined;
    this.#remembered.delete(articleId);
    this.#remembered.set(articleId, found);
    if (this.#remembered.size > MOST_REMEMBERED) {
      // The one that has been remembered longest; a Map keeps the order of insertion.
      for (const oldest of this.#remembered.keys()) {
        this.#remembered.delete(oldest);
        break;
      }
    }
    return found.document;
  }

  /**
   * Elasticsearch has no transactions: all documents go out in one request, and where one is refused the call fails
   * and is to be repeated, which mends it.
   */
  async update(
    id: string,
    change: (current: Story | undefined) => Story,
    members: readonly KeyedStoryMember[] = [],
  ): Promise<void> {
    let due = members.map((member) =>
      this.#members.index(member.articleId, { ...member, storyId: id, bands: [...new Set(member.bands)] }),
    );
    for (;;) {
      const current = await this.#stories.findVersioned(id);
      const next = withCounts(change(current && withoutCounts(current.document)));
      const { document: _document, ...over } = current ?? {};
      const story =
        current === undefined ? this.#stories.create(id, next) : { ...this.#stories.index(id, next), over };
      const [outcome] = await write(this.#connection, [story as BulkOperation, ...due]);
      if (outcome === 'written') return;
      due = [];
    }
  }

  async membersOf(storyId: string): Promise<StoryMember[]> {
    const members: StoryMember[] = [];
    const selection = { query: { term: { storyId } }, sort: ['articleId'] };
    for await (const hits of this.#members.walk(selection, 'all')) {
      members.push(...hits.flatMap(({ _source }) => (_source === undefined ? [] : [asMember(_source)])));
    }
    return members;
  }

  async moveMember(articleId: string, storyId: string): Promise<void> {
    await this.#members.replace(articleId, (current) => ({ ...current, storyId }));
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

function asMember({ bands: _bands, firstSeenAt: _firstSeenAt, ...member }: KeyedStoryMember): StoryMember {
  return member;
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
