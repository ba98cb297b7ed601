import type { Logger } from 'pino';

import { gather } from './gather.ts';
import type { AnyStage } from './pipeline.ts';
import type { Deps, Job, JobOutcome } from './stage.ts';

/** Ledger key of jobs that concern no single outlet. */
const NO_OUTLET = '-';

/** Runs one job; resolves to the fields of its one log line. */
export type PerformJob = (
  payload: unknown,
  context: { log: Logger; signal: AbortSignal },
) => Promise<{ status: JobOutcome<never>['status']; reason?: string; handedOn: number }>;

/**
 * Gives a stage all it needs: its jobs are run, those that may run together are gathered, and what they hand on is
 * passed on before they end. A crash in between repeats the job, and repeating is safe, so nothing is lost.
 */
export function performStage(
  stage: AnyStage,
  deps: Deps,
  enqueue: (jobs: readonly Job[]) => Promise<void>,
): PerformJob {
  const run = runnerOf(stage, deps);
  return async (payload, context) => {
    const { status, reason, outletId, next } = await run(payload, context);
    if (next.length > 0) await enqueue(next);
    await deps.entries.countJob({
      stage: stage.name,
      outletId: outletId ?? NO_OUTLET,
      outcome: reason ?? status,
      at: deps.now().toISOString(),
    });
    return { status, ...(reason === undefined ? {} : { reason }), handedOn: next.length };
  };
}

interface Context {
  readonly log: Logger;
  readonly signal: AbortSignal;
}

// biome-ignore lint/suspicious/noExplicitAny: the payload was checked against the stage's own schema
type Run = (payload: any, context: Context) => Promise<JobOutcome<any>>;

function runnerOf(stage: AnyStage, deps: Deps): Run {
  const { runTogether, batches = 1 } = stage;
  if (runTogether === undefined) return (payload, context) => stage.run(payload, deps, context);
  const runGathered = gather(
    async (calls: readonly { payload: unknown; context: Context }[]) => {
      const signal = AbortSignal.any(calls.map(({ context }) => context.signal));
      const log = calls[0]?.context.log as Logger;
      return runTogether(
        calls.map(({ payload }) => payload),
        deps,
        { log, signal },
      );
    },
    Math.ceil(stage.concurrency / batches),
    batches,
  );
  return (payload, context) => runGathered({ payload, context });
}
