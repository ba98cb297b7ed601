import type { PipelineWatch } from '../domain/pipeline-watch.ts';

/** What the watchdog remembers across restarts and shares with other processes: one record. */
export interface PipelineWatchStore {
  /** Knows of no fault before the first look. */
  find(): Promise<PipelineWatch>;
  /**
   * Replaces it by `change(current)` with nobody else's write in between; `change` may run more than once. A change that
   * gives back the very object it was given writes nothing.
   *
   * @returns the record as it now stands
   */
  update(change: (current: PipelineWatch) => PipelineWatch): Promise<PipelineWatch>;
}
