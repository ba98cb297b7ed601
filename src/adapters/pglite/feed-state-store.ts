import type { PGlite } from '@electric-sql/pglite';

import type { FeedState } from '../../domain/feed-state.ts';
import type { FeedStateStore } from '../../ports/feed-state-store.ts';

const FIND = 'select document from feed_state where feed_id = $1';
const SAVE = 'insert into feed_state values ($1, $2) on conflict (feed_id) do update set document = $2';

export class PgliteFeedStateStore implements FeedStateStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async find(feedId: string): Promise<FeedState | undefined> {
    const { rows } = await this.#db.query<{ document: FeedState }>(FIND, [feedId]);
    return rows[0]?.document;
  }

  async save(state: FeedState): Promise<void> {
    await this.#db.query(SAVE, [state.feedId, state]);
  }

  /** All share one session, so a transaction has nobody beside it. */
  update(feedId: string, change: (current: FeedState | undefined) => FeedState): Promise<FeedState> {
    return this.#db.transaction(async (tx) => {
      const { rows } = await tx.query<{ document: FeedState }>(FIND, [feedId]);
      const next = change(rows[0]?.document);
      await tx.query(SAVE, [feedId, next]);
      return next;
    });
  }

  async all(): Promise<FeedState[]> {
    const { rows } = await this.#db.query<{ document: FeedState }>(
      'select document from feed_state order by feed_id',
    );
    return rows.map(({ document }) => document);
  }
}
