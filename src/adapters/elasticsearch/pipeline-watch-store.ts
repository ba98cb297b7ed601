import { NO_WATCH, type PipelineWatch } from '../../domain/pipeline-watch.ts';
import type { PipelineWatchStore } from '../../ports/pipeline-watch-store.ts';
import type { Connection } from './connection.ts';
import { Documents } from './documents.ts';

export class ElasticsearchPipelineWatchStore implements PipelineWatchStore {
  readonly #watches: Documents<PipelineWatch>;

  constructor(connection: Connection) {
    this.#watches = new Documents(connection, 'pipeline-watch');
  }

  async find(): Promise<PipelineWatch> {
    return (await this.#watches.find(NO_WATCH.id)) ?? NO_WATCH;
  }

  async update(change: (current: PipelineWatch) => PipelineWatch): Promise<PipelineWatch> {
    for (;;) {
      const next = await this.#watches.replace(NO_WATCH.id, change);
      if (next !== undefined) return next;
      const first = change(NO_WATCH);
      if (first === NO_WATCH || (await this.#watches.insert(NO_WATCH.id, first))) return first;
    }
  }
}
