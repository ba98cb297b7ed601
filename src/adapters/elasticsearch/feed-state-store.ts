import type { FeedState } from '../../domain/feed-state.ts';
import type { FeedStateStore } from '../../ports/feed-state-store.ts';
import type { Connection } from './connection.ts';
import { Documents } from './documents.ts';

/** More feeds than anybody follows. */
const MANY = 100_000;

export class ElasticsearchFeedStateStore implements FeedStateStore {
  readonly #states: Documents<FeedState>;

  constructor(connection: Connection) {
    this.#states = new Documents(connection, 'feed-states');
  }

  async find(feedId: string): Promise<FeedState | undefined> {
    return this.#states.find(feedId);
  }

  async save(state: FeedState): Promise<void> {
    await this.#states.save(state.feedId, state);
  }

  async update(feedId: string, change: (current: FeedState | undefined) => FeedState): Promise<FeedState> {
    for (;;) {
      const replaced = await this.#states.replace(feedId, change);
      if (replaced !== undefined) return replaced;
      const first = change(undefined);
      if (await this.#states.insert(feedId, first)) return first;
    }
  }

  async all(): Promise<FeedState[]> {
    const everything = { query: { match_all: {} }, sort: ['feedId'] };
    return this.#states.slice(everything, { offset: 0, limit: MANY }, 'own');
  }
}
