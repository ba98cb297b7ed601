import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { z } from 'zod';

import type { JobEnding } from '../../domain/observation.ts';
import { PermanentError, RetryLaterError } from '../../errors.ts';
import type { QueueBackend } from './backend.ts';

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

/** A job that takes its worker down with it this often is what kills it: quarantine. */
const MAX_STALLS = 5;

/** Binds one stage to BullMQ: checks the payload, maps our errors to BullMQ's, writes one log line per job. */
export function startWorker(stage: Runnable, { factory, connection }: QueueBackend, log: Logger) {
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
    try {
      const parsed = stage.payload.safeParse(job.data);
      if (!parsed.success) throw new PermanentError('bad-payload', parsed.error.message);
      settle('info', await stage.perform(parsed.data, { log: jobLog, signal }));
    } catch (error) {
      if (error instanceof RetryLaterError) {
        settle('info', { status: 'waiting', delayMs: error.delayMs });
        await job.moveToDelayed(Date.now() + error.delayMs, token);
        throw new DelayedError();
      }
      const reason = reasonOf(error);
      const isLast = error instanceof PermanentError || job.attemptsMade + 1 >= stage.attempts;
      settle('warn', { status: isLast ? 'failed' : 'retrying', reason, err: error });
      if (!isLast) throw error;
      await giveUp(job.data, reason);
      throw new UnrecoverableError(describe(error, reason));
    }
  };

  const worker = new Worker(
    stage.name,
    processJob,
    {
      connection,
      concurrency: stage.concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLS,
    },
    factory,
  );
  worker.on('error', (error) => log.error({ stage: stage.name, err: error }, 'queue'));
  // BullMQ parks a job that stalled too often without asking the processor.
  worker.on('failed', (job, error) => {
    if (job !== undefined && /stalled/.test(error.message)) {
      stage.ended?.('failed');
      giveUp(job.data, 'stalled').catch((err) => log.error({ stage: stage.name, err }, 'giving up'));
    }
  });
  return worker;
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
