import type { PGlite } from '@electric-sql/pglite';

import type { Story } from '../../domain/story.ts';
import type { KeyedStoryMember, StoryMember, StoryStore } from '../../ports/story-store.ts';

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

  async update(
    id: string,
    change: (current: Story | undefined) => Story,
    members: readonly KeyedStoryMember[] = [],
  ): Promise<void> {
    for (;;) {
      const current = await this.find(id);
      if (await this.#replace(id, current, change(current), members)) return;
    }
  }

  /** One statement, hence all or nothing. @returns false where the story is no longer what it was taken for */
  async #replace(
    id: string,
    current: Story | undefined,
    next: Story,
    members: readonly KeyedStoryMember[],
  ): Promise<boolean> {
    const { rows } = await this.#db.query<{ saved: number }>(
      `with member as (
         select * from jsonb_to_recordset($5::jsonb) as m(id text, at timestamptz, bands jsonb, document jsonb)
       ), band as (
         select distinct b.band, m.at, m.id from member m, jsonb_array_elements_text(m.bands) as b(band)
       ), saved_story as (
         insert into story values ($1, $2, $3, $4)
         on conflict (id) do update set last_seen_at = $2, article_count = $3, document = $4
           where story.document = $6::jsonb
         returning 1
       ), saved_member as (
         insert into story_member select id, $1, document from member
         on conflict (article_id) do update set story_id = $1, document = excluded.document
       ), outdated as (
         delete from story_band s using member m where s.article_id = m.id and (s.first_seen_at <> m.at
           or not exists (select 1 from band where band.id = s.article_id and band.band = s.band))
       ), saved_band as (
         insert into story_band select band, at, id from band on conflict do nothing
       )
       select count(*)::int as saved from saved_story`,
      [
        id,
        next.lastSeenAt,
        next.articleIds.length,
        next,
        members.map(({ bands, firstSeenAt, ...document }) => ({
          id: document.articleId,
          at: firstSeenAt,
          bands,
          document: { ...document, storyId: id },
        })),
        current ?? null,
      ],
    );
    return rows[0]?.saved === 1;
  }

  async membersOf(storyId: string): Promise<StoryMember[]> {
    const { rows } = await this.#db.query<{ document: StoryMember }>(
      'select document from story_member where story_id = $1 order by article_id',
      [storyId],
    );
    return rows.map(({ document }) => document);
  }

  async moveMember(articleId: string, storyId: string): Promise<void> {
    await this.#db.query(
      `update story_member set story_id = $2, document = jsonb_set(document, '{storyId}', to_jsonb($2::text))
        where article_id = $1`,
      [articleId, storyId],
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
