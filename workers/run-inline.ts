import type { Logger } from 'pino';

import type { QueueName } from '../src/domain/entry.ts';
import { performStage } from './perform-stage.ts';
import type { AnyStage } from './pipeline.ts';
import type { Deps, Job } from './stage.ts';

/**
 * Runs jobs and all that they hand on right here, without queues, through the given stages only: what is handed to
 * any other stage ends there. For archives, where a job's way through a queue costs more than the job.
 *
 * A crash loses nothing: the entries stay pending, and housekeeping makes their jobs.
 *
 * @throws what a stage throws, at the first job that fails
 */
export async function runInline(
  jobs: readonly Job[],
  through: readonly AnyStage[],
  deps: Deps,
  log: Logger,
): Promise<void> {
  const byName = new Map<QueueName, AnyStage>(through.map((stage) => [stage.name, stage]));
  const due = [...jobs];
  const enqueue = async (next: readonly Job[]) => {
    due.push(...next.filter(({ stage }) => byName.has(stage)));
  };
  for (let job = due.shift(); job !== undefined; job = due.shift()) {
    const stage = byName.get(job.stage);
    const signal = new AbortController().signal;
    if (stage !== undefined) await performStage(stage, job.payload, deps, enqueue, { log, signal });
  }
}
