import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { z } from 'zod';

import type { JobEnding } from '../../domain/observation.ts';
import { PermanentError, RetryLaterError, StoreUnavailableError } from '../../errors.ts';
import { withoutCommand } from '../redis/redis-error.ts';
import type { QueueBackend } from './backend.ts';
import { closeWorker } from './close-worker.ts';
import type { Waited } from './queues.ts';

/** One stage, bound to everything it needs, as the queue sees it. */
export interface Runnable {
  readonly name: string;
  readonly payload: z.ZodType;
  readonly concurrency: number;
  readonly attempts: number;
  /** Does the work and passes jobs on; resolves to the fields of the job's one log line. */
  perform(
    payload: unknown,
    context: { log: Logger; signal: AbortSignal },
  ): Promise<{ readonly status: JobEnding }>;
  /** Records that this job will not be tried again. Safe to repeat. */
  giveUp(payload: unknown, reason: string): Promise<void>;
  /** Told how each run of a job ended and how long it took, where that is known; must not throw. */
  ended?(ending: JobEnding, ms?: number): void;
}

/** A dead worker's job is taken up again after this long; a live one renews its lock at half of it. */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5000;

/** How soon a worker looks for work again after an error in doing so. */
const AGAIN_MS = 1000;

/** A job that takes its worker down with it this often is what kills it: quarantine. */
const MAX_STALLS = 5;

/** A stage at work. */
export interface StageWorker {
  /** Takes nothing new, and ends when what is in hand has ended; within seconds after that if the backend is away. */
  close(): Promise<void>;
}

/** Binds one stage to BullMQ: checks the payload, maps our errors to BullMQ's, writes one log line per job. */
export function startWorker(stage: Runnable, backend: QueueBackend, log: Logger): StageWorker {
  let inHand = 0;
  const giveUp = async (payload: unknown, reason: string) => {
    const parsed = stage.payload.safeParse(payload);
    if (parsed.success) await stage.giveUp(parsed.data, reason);
  };

  const processJob = async (job: Job, token?: string, signal = new AbortController().signal) => {
    const startedAt = performance.now();
    const jobLog = log.child({ stage: stage.name, jobId: job.id, attempt: job.attemptsMade + 1 });
    const settle = (level: 'info' | 'warn', fields: { status: JobEnding; [field: string]: unknown }) => {
      const ms = performance.now() - startedAt;
      jobLog[level]({ ...fields, ms: Math.round(ms) }, 'job');
      stage.ended?.(fields.status, ms);
    };
    /** @throws what BullMQ is to make of it; a wait if the end of the job cannot be recorded just now */
    const endBadly = async (error: unknown): Promise<never> => {
      if (error instanceof RetryLaterError) throw error;
      const reason = reasonOf(error);
      const isLast = error instanceof PermanentError || job.attemptsMade + 1 >= stage.attempts;
      if (isLast) await giveUp(job.data, reason);
      settle('warn', { status: isLast ? 'failed' : 'retrying', reason, err: error });
      throw isLast ? new UnrecoverableError(describe(error, reason)) : error;
    };
    try {
      inHand += 1;
      settle(
        'info',
        await perform(stage, job.data, { log: jobLog, signal })
          .catch(endBadly)
          .finally(() => {
            inHand -= 1;
          }),
      );
    } catch (error) {
      if (!(error instanceof RetryLaterError)) throw error;
      const why = error instanceof StoreUnavailableError ? { reason: error.reason } : {};
      settle('info', { status: 'waiting', delayMs: error.delayMs, ...why });
      await putOff(job, error.delayMs, token);
    }
  };

  const worker = new Worker(
    stage.name,
    processJob,
    {
      connection: backend.workerConnection,
      ...(backend.prefix === undefined ? {} : { prefix: backend.prefix }),
      concurrency: stage.concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLS,
      runRetryDelay: AGAIN_MS,
    },
    backend.factory,
  );
  worker.on('error', (error) => {
    if (!backend.isOutage(error)) log.error({ stage: stage.name, err: withoutCommand(error) }, 'queue');
  });
  // BullMQ parks a job that stalled too often without asking the processor.
  worker.on('failed', (job, error) => {
    if (job !== undefined && /stalled/.test(error.message)) {
      stage.ended?.('failed');
      giveUp(job.data, 'stalled').catch((err) => log.error({ stage: stage.name, err }, 'giving up'));
    }
  });
  return {
    close: () =>
      closeWorker(
        worker,
        () => inHand,
        () => backend.isAway(),
      ),
  };
}

async function perform(stage: Runnable, data: unknown, context: { log: Logger; signal: AbortSignal }) {
  const parsed = stage.payload.safeParse(data);
  if (!parsed.success) throw new PermanentError('bad-payload', parsed.error.message);
  return stage.perform(parsed.data, context);
}

/** Has a job come back later, at no cost in attempts. */
async function putOff(job: Job, delayMs: number, token: string | undefined): Promise<never> {
  const dueAt = Date.now() + delayMs;
  await job.updateProgress({ dueAt } satisfies Waited);
  await job.moveToDelayed(dueAt, token);
  throw new DelayedError();
}

/** What the quarantine shows: the reason, and what stands behind it where that says more. */
function describe(error: unknown, reason: string): string {
  return error instanceof PermanentError && error.message !== reason ? `${reason}: ${error.message}` : reason;
}

/** What is counted: our own reason where there is one, else the error's code or class. */
function reasonOf(error: unknown): string {
  if (error instanceof PermanentError) return error.reason;
  if (!(error instanceof Error)) return 'unknown';
  const { reason, code } = error as { reason?: unknown; code?: unknown };
  if (typeof reason === 'string') return reason;
  return typeof code === 'string' ? code.toLowerCase().replaceAll('_', '-') : 'error';
}
