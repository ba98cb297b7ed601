import type { PGlite } from '@electric-sql/pglite';

import { NO_WATCH, type PipelineWatch } from '../../domain/pipeline-watch.ts';
import type { PipelineWatchStore } from '../../ports/pipeline-watch-store.ts';

export class PglitePipelineWatchStore implements PipelineWatchStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async find(): Promise<PipelineWatch> {
    const { rows } = await this.#db.query<{ document: PipelineWatch }>('select document from pipeline_watch');
    return rows[0]?.document ?? NO_WATCH;
  }

  async update(change: (current: PipelineWatch) => PipelineWatch): Promise<PipelineWatch> {
    return this.#db.transaction(async (tx) => {
      const { rows } = await tx.query<{ document: PipelineWatch }>(
        'select document from pipeline_watch for update',
      );
      const current = rows[0]?.document ?? NO_WATCH;
      const next = change(current);
      if (next !== current)
        await tx.query(
          'insert into pipeline_watch values ($1, $2) on conflict (id) do update set document = $2',
          [next.id, next],
        );
      return next;
    });
  }
}
