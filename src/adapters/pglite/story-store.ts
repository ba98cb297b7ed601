import type { PGlite } from '@electric-sql/pglite';

import type { Story } from '../../domain/story.ts';
import type { StoryMember, StoryStore } from '../../ports/story-store.ts';

/** See the port: enough to find every copy of a text and every other text on its event. */
const MAX_CANDIDATES = 300;

export class PgliteStoryStore implements StoryStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async candidates(bands: readonly string[], since: string): Promise<StoryMember[]> {
    const { rows } = await this.#db.query<{ document: StoryMember }>(
      `select m.document from story_member m
         join (select article_id, max(first_seen_at) as seen from story_band
                where band = any($1) and first_seen_at >= $2
                group by article_id order by seen desc, article_id limit ${MAX_CANDIDATES}) as found
           on found.article_id = m.article_id
        order by found.seen desc, m.article_id`,
      [bands, since],
    );
    return rows.map(({ document }) => document);
  }

  async save(
    story: Story,
    { bands, firstSeenAt, ...member }: StoryMember & { bands: readonly string[]; firstSeenAt: string },
  ): Promise<void> {
    // One statement, hence all or nothing.
    await this.#db.query(
      `with saved_story as (
         insert into story values ($1, $2, $3, $4)
         on conflict (id) do update set last_seen_at = $2, article_count = $3, document = $4
       ), saved_member as (
         insert into story_member values ($5, $1, $6)
         on conflict (article_id) do update set story_id = $1, document = $6
       ), outdated as (
         delete from story_band
          where article_id = $5 and (band <> all($7::text[]) or first_seen_at <> $8::timestamptz)
       )
       insert into story_band select distinct band, $8::timestamptz, $5 from unnest($7::text[]) as band
       on conflict do nothing`,
      [
        story.id,
        story.lastSeenAt,
        story.articleIds.length,
        story,
        member.articleId,
        member,
        bands,
        firstSeenAt,
      ],
    );
  }

  async storyOf(articleId: string): Promise<string | undefined> {
    const { rows } = await this.#db.query<{ story_id: string }>(
      'select story_id from story_member where article_id = $1',
      [articleId],
    );
    return rows[0]?.story_id;
  }

  async find(id: string): Promise<Story | undefined> {
    const { rows } = await this.#db.query<{ document: Story }>('select document from story where id = $1', [
      id,
    ]);
    return rows[0]?.document;
  }

  async largest(since: string, limit: number): Promise<Story[]> {
    const { rows } = await this.#db.query<{ document: Story }>(
      'select document from story where last_seen_at >= $1 order by article_count desc, id limit $2',
      [since, limit],
    );
    return rows.map(({ document }) => document);
  }
}
