import type { Correction } from '../../domain/correction.ts';
import type { CorrectionStore } from '../../ports/correction-store.ts';
import type { Connection } from './connection.ts';
import { Documents, type Query } from './documents.ts';

/** People make a handful for an article, and copies inherit those of one story. */
const MANY = 10_000;

export class ElasticsearchCorrectionStore implements CorrectionStore {
  readonly #corrections: Documents<Correction>;

  constructor(connection: Connection) {
    this.#corrections = new Documents(connection, 'corrections');
  }

  async add(correction: Correction): Promise<boolean> {
    return this.#corrections.insert(correction.id, correction);
  }

  async find(id: string): Promise<Correction | undefined> {
    return this.#corrections.find(id);
  }

  async update(id: string, change: (current: Correction) => Correction): Promise<Correction | undefined> {
    return this.#corrections.replace(id, change);
  }

  async concerning({
    articleIds = [],
    storyIds = [],
  }: Parameters<CorrectionStore['concerning']>[0]): Promise<Correction[]> {
    const stories = [...storyIds];
    const inStories: Query = {
      bool: {
        filter: [{ term: { scope: 'copies' } }],
        must: [
          { bool: { should: [{ terms: { storyId: stories } }, { terms: { 'says.storyId': stories } }] } },
        ],
      },
    };
    const query: Query = { bool: { should: [{ terms: { articleId: [...articleIds] } }, inStories] } };
    const sort = [{ at: 'asc' as const }, { id: 'asc' as const }];
    return this.#corrections.slice({ query, sort }, { offset: 0, limit: MANY }, 'all');
  }

  async list(page: { offset: number; limit: number }): Promise<Correction[]> {
    const sort = [{ at: 'desc' as const }, { id: 'asc' as const }];
    return this.#corrections.slice({ query: { match_all: {} }, sort }, page, 'all');
  }

  async count(): Promise<number> {
    return (await this.#corrections.search({ size: 0, track_total_hits: true }, 'all')).total;
  }

  async *scan(): AsyncIterable<Correction[]> {
    for await (const hits of this.#corrections.walk({ query: { match_all: {} }, sort: ['id'] }, 'all')) {
      yield hits.flatMap(({ _source }) => (_source === undefined ? [] : [_source]));
    }
  }
}
