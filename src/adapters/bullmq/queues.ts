import { type Job, Queue } from 'bullmq';

import type { QueueName } from '../../domain/entry.ts';
import type { QuarantinedJob } from '../../domain/quarantined-job.ts';
import type { QueueBackend } from './backend.ts';

/** A job to be added: `key` makes two of them one while the queue holds the first. */
export interface NewJob {
  readonly stage: QueueName;
  readonly key: string;
  readonly payload: object;
  readonly delayMs?: number;
}

export interface QueueDepth {
  readonly stage: QueueName;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/** A queue's depth, and how long the job that is first in line has waited for a worker; 0 where none waits. */
export interface QueueReading extends QueueDepth {
  readonly oldestWaitingMs: number;
}

/** How long a retry waits: 2 s, 4 s, 8 s, … */
const BACKOFF = { type: 'exponential', delay: 2000 } as const;

/** On PGlite one bulk statement costs as much as seven single ones (measured), most of it before the first row. */
const BULK_FROM = 8;

/** How many quarantined jobs a listing shows of each queue. */
const QUARANTINE_PAGE = 200;

/** The line may move while its end is looked for. */
const LOOKS_FOR_OLDEST = 3;

/** Every queue of the pipeline: adding, scheduling, counting and the quarantine. */
export class Queues {
  readonly #queues: ReadonlyMap<QueueName, Queue>;
  readonly #attempts: ReadonlyMap<QueueName, number>;

  /** @param stages each queue with how often its jobs are tried */
  constructor(stages: readonly { name: QueueName; attempts: number }[], backend: QueueBackend) {
    this.#attempts = new Map(stages.map(({ name, attempts }) => [name, attempts]));
    this.#queues = new Map(
      stages.map(({ name }) => [
        name,
        new Queue(
          name,
          { connection: backend.connection } as never,
          backend.factory as never,
        ) as unknown as Queue,
      ]),
    );
  }

  /** Adds jobs in the order given. */
  async add(jobs: readonly NewJob[]): Promise<void> {
    for (let from = 0; from < jobs.length; ) {
      const stage = jobs[from]?.stage as QueueName;
      let to = from;
      while (jobs[to]?.stage === stage) to++;
      await this.#addRun(stage, jobs.slice(from, to));
      from = to;
    }
  }

  async #addRun(stage: QueueName, jobs: readonly NewJob[]): Promise<void> {
    const rows = jobs.map(({ key, payload, delayMs }) => ({
      name: stage,
      data: payload,
      opts: { jobId: key, ...this.#options(stage), ...(delayMs === undefined ? {} : { delay: delayMs }) },
    }));
    if (rows.length >= BULK_FROM) {
      await this.#queue(stage).addBulk(rows);
    } else {
      for (const { name, data, opts } of rows) await this.#queue(stage).add(name, data, opts);
    }
  }

  /**
   * Has a job made every `everyMs`, first at a moment spread by the scheduler's id, so that a hundred feeds do not
   * fire together. Repeating the call replaces the schedule.
   */
  async schedule(id: string, everyMs: number, { stage, payload }: Omit<NewJob, 'key'>): Promise<void> {
    await this.#queue(stage).upsertJobScheduler(
      id,
      { every: everyMs },
      { name: stage, data: payload, opts: this.#options(stage) },
    );
  }

  /** Drops every schedule whose id is not in `keep`: feeds that left the configuration are polled no more. */
  async dropSchedulesExcept(keep: ReadonlySet<string>): Promise<void> {
    for (const queue of this.#queues.values()) {
      for (const { key } of await queue.getJobSchedulers()) {
        if (!keep.has(key)) await queue.removeJobScheduler(key);
      }
    }
  }

  /** Keys of those jobs that their queues still hold, quarantined ones included. */
  async held(jobs: readonly { stage: QueueName; key: string }[]): Promise<ReadonlySet<string>> {
    const held = new Set<string>();
    for (const { stage, key } of jobs) {
      if ((await this.#queue(stage).getJob(key)) !== undefined) held.add(key);
    }
    return held;
  }

  async depths(): Promise<QueueDepth[]> {
    return Promise.all(
      [...this.#queues].map(async ([stage, queue]) => {
        const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'prioritized');
        return {
          stage,
          waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
          active: counts.active ?? 0,
          delayed: counts.delayed ?? 0,
          failed: counts.failed ?? 0,
        };
      }),
    );
  }

  /** Depth and age of every queue; a few small requests to each. */
  async readings(now = Date.now()): Promise<QueueReading[]> {
    const depths = await this.depths();
    return Promise.all(
      depths.map(async (depth) => ({ ...depth, oldestWaitingMs: await this.#oldestWaitingMs(depth, now) })),
    );
  }

  async #oldestWaitingMs({ stage, waiting }: QueueDepth, now: number): Promise<number> {
    const queue = this.#queue(stage);
    let last = waiting - 1;
    for (let look = 1; look <= LOOKS_FOR_OLDEST && last >= 0; look++) {
      // Newest first on either of BullMQ's backends; on PGlite an ascending range is not the oldest jobs.
      const [oldest] = await queue.getJobs(['waiting'], last, last);
      if (oldest !== undefined) return Math.max(0, now - dueAt(oldest));
      last = (await queue.getWaitingCount()) - 1;
    }
    return 0;
  }

  /** The queues themselves, for the board beside this file. */
  all(): readonly Queue[] {
    return [...this.#queues.values()];
  }

  /** What stands in quarantine, newest first within each stage. */
  async quarantined(stage?: QueueName): Promise<QuarantinedJob[]> {
    const queues = stage === undefined ? [...this.#queues] : [[stage, this.#queue(stage)] as const];
    const lists = await Promise.all(
      queues.map(async ([name, queue]) =>
        (await queue.getFailed(0, QUARANTINE_PAGE - 1)).map((job) => describeJob(name, job)),
      ),
    );
    return lists.flat();
  }

  /** Puts one quarantined job back on its queue. @returns its payload, `undefined` if it was not in quarantine */
  async replay(stage: QueueName, key: string): Promise<unknown> {
    const job = await this.#queue(stage).getJob(key);
    if (job === undefined || !(await job.isFailed())) return undefined;
    await job.retry('failed', { resetAttemptsMade: true });
    return job.data;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  #queue(stage: QueueName): Queue {
    const queue = this.#queues.get(stage);
    if (queue === undefined) throw new Error(`No queue is laid for stage ${stage}`);
    return queue;
  }

  #options(stage: QueueName) {
    return {
      attempts: this.#attempts.get(stage) ?? 1,
      backoff: BACKOFF,
      removeOnComplete: true,
      removeOnFail: false,
    };
  }
}

/** When a worker could first have taken the job up; a job that has been tried begins to wait anew. */
function dueAt({ timestamp, opts, processedOn = 0 }: Job): number {
  return Math.max(timestamp + (opts.delay ?? 0), processedOn);
}

function describeJob(stage: QueueName, job: Job): QuarantinedJob {
  return {
    stage,
    key: job.id ?? '',
    payload: job.data,
    reason: job.failedReason ?? 'unknown',
    attempts: job.attemptsMade,
    failedAt: new Date(job.finishedOn ?? job.timestamp).toISOString(),
  };
}
