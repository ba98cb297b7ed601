import type { PGlite } from '@electric-sql/pglite';

import type { Correction } from '../../domain/correction.ts';
import type { CorrectionStore } from '../../ports/correction-store.ts';

/** Corrections per look of a scan: bounds memory, since each has its article's text. */
const SCAN_BATCH = 200;

export class PgliteCorrectionStore implements CorrectionStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async add(correction: Correction): Promise<boolean> {
    const { id, articleId, at } = correction;
    const { affectedRows } = await this.#db.query(
      'insert into correction values ($1, $2, $3, $4, $5) on conflict do nothing',
      [id, articleId, storiesOf(correction), at, correction],
    );
    return affectedRows === 1;
  }

  async find(id: string): Promise<Correction | undefined> {
    return (await this.#all('select document from correction where id = $1', [id]))[0];
  }

  async update(id: string, change: (current: Correction) => Correction): Promise<Correction | undefined> {
    return this.#db.transaction(async (tx) => {
      const { rows } = await tx.query<{ document: Correction }>(
        'select document from correction where id = $1 for update',
        [id],
      );
      const current = rows[0]?.document;
      if (current === undefined) return undefined;
      const next = change(current);
      await tx.query('update correction set story_ids = $2, document = $3 where id = $1', [
        id,
        storiesOf(next),
        next,
      ]);
      return next;
    });
  }

  async concerning({
    articleIds = [],
    storyIds = [],
  }: Parameters<CorrectionStore['concerning']>[0]): Promise<Correction[]> {
    return this.#all(
      'select document from correction where article_id = any($1) or story_ids && $2 order by at, id',
      [articleIds, storyIds],
    );
  }

  async list({ offset, limit }: { offset: number; limit: number }): Promise<Correction[]> {
    return this.#all('select document from correction order by at desc, id offset $1 limit $2', [
      offset,
      limit,
    ]);
  }

  async count(): Promise<number> {
    const { rows } = await this.#db.query<{ count: number }>('select count(*)::int as count from correction');
    return rows[0]?.count ?? 0;
  }

  async *scan(): AsyncIterable<Correction[]> {
    for (let afterId = ''; ; ) {
      const batch = await this.#all(
        `select document from correction where id > $1 order by id limit ${SCAN_BATCH}`,
        [afterId],
      );
      const last = batch.at(-1);
      if (last === undefined) return;
      yield batch;
      afterId = last.id;
    }
  }

  async #all(query: string, params: unknown[]): Promise<Correction[]> {
    const { rows } = await this.#db.query<{ document: Correction }>(query, params);
    return rows.map(({ document }) => document);
  }
}

/** Those in which its article's copies are looked for. */
function storiesOf({ scope, storyId, says }: Correction): string[] {
  return scope === 'article' ? [] : [storyId, says.storyId].filter((id) => id !== undefined);
}
