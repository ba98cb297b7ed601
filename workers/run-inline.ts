import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from 'pino';

import type { QueueName } from '../src/domain/entry.ts';
import { RetryLaterError } from '../src/errors.ts';
import { type PerformJob, performStage } from './perform-stage.ts';
import type { AnyStage } from './pipeline.ts';
import type { Deps, Job } from './stage.ts';

/**
 * Runs jobs and all that they hand on right here, without queues, through the given stages only: what is handed to
 * any other stage ends there. For archives, where a job's way through a queue costs more than the job. As many jobs
 * of a stage as it allows run at once.
 *
 * A crash loses nothing: the entries stay pending, and housekeeping makes their jobs.
 *
 * @throws what a stage throws, at the first job that fails; a store that is away for a moment is waited for
 */
export async function runInline(
  jobs: readonly Job[],
  through: readonly AnyStage[],
  deps: Deps,
  log: Logger,
): Promise<void> {
  const context = { log, signal: new AbortController().signal };
  const due: Job[] = [...jobs];
  const enqueue = async (next: readonly Job[]) => {
    due.push(...next);
  };
  const lines = new Map<QueueName, { perform: PerformJob; concurrency: number }>(
    through.map((stage) => [
      stage.name,
      { perform: performStage(stage, deps, enqueue), concurrency: stage.concurrency },
    ]),
  );
  while (due.length > 0) {
    const stage = due[0]?.stage as QueueName;
    const line = lines.get(stage);
    const wave = due.filter((job) => job.stage === stage).slice(0, line?.concurrency);
    const isTaken = new Set(wave);
    due.splice(0, due.length, ...due.filter((job) => !isTaken.has(job)));
    if (line !== undefined) {
      await Promise.all(wave.map(({ payload }) => patiently(() => line.perform(payload, context))));
    }
  }
}

/** A store that is still away after so many waits is an operator's to see to. */
const MOST_WAITS = 12;

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RetryLaterError) || waits === MOST_WAITS) throw error;
      await sleep(error.delayMs);
    }
  }
}
