import type { Logger } from 'pino';

import type { AnyStage } from './pipeline.ts';
import type { Deps, Job } from './stage.ts';

/** Ledger key of jobs that concern no single outlet. */
const NO_OUTLET = '-';

/**
 * Runs one job of one stage and passes on what it hands on, in that order: a crash in between repeats the job, and
 * repeating is safe, so nothing is lost.
 *
 * @returns the fields of the job's one log line
 */
export async function performStage(
  stage: AnyStage,
  payload: unknown,
  deps: Deps,
  enqueue: (jobs: readonly Job[]) => Promise<void>,
  context: { log: Logger; signal: AbortSignal },
): Promise<{ status: string; reason?: string; handedOn: number }> {
  // biome-ignore lint/suspicious/noExplicitAny: the payload was checked against the stage's own schema
  const { status, reason, outletId, next } = await stage.run(payload as any, deps, context);
  if (next.length > 0) await enqueue(next);
  await deps.entries.countJob({
    stage: stage.name,
    outletId: outletId ?? NO_OUTLET,
    outcome: reason ?? status,
    at: deps.now().toISOString(),
  });
  return { status, ...(reason === undefined ? {} : { reason }), handedOn: next.length };
}
