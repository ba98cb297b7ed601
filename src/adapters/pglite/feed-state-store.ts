import type { PGlite } from '@electric-sql/pglite';

import type { FeedState } from '../../domain/feed-state.ts';
import type { FeedStateStore } from '../../ports/feed-state-store.ts';

export class PgliteFeedStateStore implements FeedStateStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async find(feedId: string): Promise<FeedState | undefined> {
    const { rows } = await this.#db.query<{ document: FeedState }>(
      'select document from feed_state where feed_id = $1',
      [feedId],
    );
    return rows[0]?.document;
  }

  async save(state: FeedState): Promise<void> {
    await this.#db.query(
      'insert into feed_state values ($1, $2) on conflict (feed_id) do update set document = $2',
      [state.feedId, state],
    );
  }

  async all(): Promise<FeedState[]> {
    const { rows } = await this.#db.query<{ document: FeedState }>(
      'select document from feed_state order by feed_id',
    );
    return rows.map(({ document }) => document);
  }
}
