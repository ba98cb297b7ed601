import { type Job, Queue } from 'bullmq';

import type { QueueName } from '../../domain/entry.ts';
import type { QuarantinedJob } from '../../domain/quarantined-job.ts';
import type { QueueDepth, QueueReading } from '../../domain/queue-reading.ts';
import type { QueueBackend } from './backend.ts';

/** A job to be added: `key` makes two of them one while the queue holds the first. */
export interface NewJob {
  readonly stage: QueueName;
  readonly key: string;
  readonly payload: object;
  readonly delayMs?: number;
}

/** What a job that was asked to wait remembers: BullMQ forgets its delay once that is over. */
export interface Waited {
  readonly dueAt: number;
}

/** How long a retry waits: 2 s, 4 s, 8 s, … */
const BACKOFF = { type: 'exponential', delay: 2000 } as const;

/** How many quarantined jobs a listing shows of each queue. */
const QUARANTINE_PAGE = 200;

/** So many questions are under way at a time: enough to hide the way there and back, few enough to bound memory. */
const ASKED_TOGETHER = 200;

/** The line may move while its end is looked for. */
const LOOKS_FOR_OLDEST = 3;

/**
 * Every queue of the pipeline: adding, scheduling, counting and the quarantine. Whatever asks the backend throws
 * `StoreUnavailableError` while that is out of reach.
 */
export class Queues {
  readonly #queues: ReadonlyMap<QueueName, Queue>;
  readonly #attempts: ReadonlyMap<QueueName, number>;
  readonly #backend: QueueBackend;

  /** @param stages each queue with how often its jobs are tried */
  constructor(stages: readonly { name: QueueName; attempts: number }[], backend: QueueBackend) {
    this.#attempts = new Map(stages.map(({ name, attempts }) => [name, attempts]));
    this.#backend = backend;
    this.#queues = new Map(stages.map(({ name }) => [name, openQueue(name, backend)]));
  }

  /** Adds jobs in the order given. */
  async add(jobs: readonly NewJob[]): Promise<void> {
    for (let from = 0; from < jobs.length; ) {
      const stage = jobs[from]?.stage as QueueName;
      let to = from;
      while (jobs[to]?.stage === stage) to++;
      const run = jobs.slice(from, to);
      await this.#backend.attempt(() => this.#addRun(stage, run));
      from = to;
    }
  }

  async #addRun(stage: QueueName, jobs: readonly NewJob[]): Promise<void> {
    const rows = jobs.map(({ key, payload, delayMs }) => ({
      name: stage,
      data: payload,
      opts: { jobId: key, ...this.#options(stage), ...(delayMs === undefined ? {} : { delay: delayMs }) },
    }));
    if (rows.length >= this.#backend.bulkFrom) {
      await this.#queue(stage).addBulk(rows);
    } else {
      for (const { name, data, opts } of rows) await this.#queue(stage).add(name, data, opts);
    }
  }

  /**
   * Has a job made now and then every `everyMs`. Repeating the call replaces the schedule, from whichever process:
   * there is one of each id, and one that stays the same keeps its rhythm.
   */
  async schedule(id: string, everyMs: number, { stage, payload }: Omit<NewJob, 'key'>): Promise<void> {
    await this.#backend.attempt(() =>
      this.#queue(stage).upsertJobScheduler(
        id,
        { every: everyMs },
        { name: stage, data: payload, opts: this.#options(stage) },
      ),
    );
  }

  /** Drops every schedule whose id is not in `keep`: feeds that left the configuration are polled no more. */
  async dropSchedulesExcept(keep: ReadonlySet<string>): Promise<void> {
    for (const queue of this.#queues.values()) {
      for (const { key } of await this.#backend.attempt(() => queue.getJobSchedulers())) {
        if (!keep.has(key)) await this.#backend.attempt(() => queue.removeJobScheduler(key));
      }
    }
  }

  /** Keys of those jobs that their queues still hold, quarantined ones included. */
  async held(jobs: readonly { stage: QueueName; key: string }[]): Promise<ReadonlySet<string>> {
    const held = new Set<string>();
    for (let from = 0; from < jobs.length; from += ASKED_TOGETHER) {
      const asked = jobs.slice(from, from + ASKED_TOGETHER);
      const found = await this.#backend.attempt(() =>
        Promise.all(asked.map(({ stage, key }) => this.#queue(stage).getJob(key))),
      );
      for (const [at, { key }] of asked.entries()) if (found[at] !== undefined) held.add(key);
    }
    return held;
  }

  async depths(): Promise<QueueDepth[]> {
    return this.#ofEach(async (stage, queue) => {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'prioritized');
      return {
        stage,
        waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
        active: counts.active ?? 0,
        delayed: counts.delayed ?? 0,
        failed: counts.failed ?? 0,
      };
    });
  }

  /** Depth and age of every queue; a few small requests to each. */
  async readings(now = Date.now()): Promise<QueueReading[]> {
    const depths = await this.depths();
    return this.#backend.attempt(() =>
      Promise.all(
        depths.map(async (depth) => ({ ...depth, oldestWaitingMs: await this.#oldestWaitingMs(depth, now) })),
      ),
    );
  }

  async #oldestWaitingMs(depth: QueueDepth, now: number): Promise<number> {
    const [inLine, overdue] = await Promise.all([this.#inLineMs(depth, now), this.#overdueMs(depth, now)]);
    return Math.max(inLine, overdue);
  }

  /** A job whose time has come stays delayed until a worker asks for work: without one it never gets into line. */
  async #overdueMs({ stage, delayed }: QueueDepth, now: number): Promise<number> {
    if (delayed === 0) return 0;
    const [next] = await this.#queue(stage).getJobs(['delayed'], 0, 0, true);
    if (next === undefined) return 0;
    const { timestamp, processedOn = timestamp, delay } = next;
    return Math.max(0, now - Math.max(readySince(next), processedOn + delay));
  }

  async #inLineMs({ stage, waiting }: QueueDepth, now: number): Promise<number> {
    const queue = this.#queue(stage);
    let last = waiting - 1;
    for (let look = 1; look <= LOOKS_FOR_OLDEST && last >= 0; look++) {
      // Newest first on either of BullMQ's backends; on PGlite an ascending range is not the oldest jobs.
      const [oldest] = await queue.getJobs(['waiting'], last, last);
      if (oldest !== undefined) return Math.max(0, now - readySince(oldest));
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
    const lists = await this.#ofEach(
      async (name, queue) =>
        (await queue.getFailed(0, QUARANTINE_PAGE - 1)).map((job) => describeJob(name, job)),
      queues,
    );
    return lists.flat();
  }

  /** Puts one quarantined job back on its queue. @returns its payload, `undefined` if it was not in quarantine */
  async replay(stage: QueueName, key: string): Promise<unknown> {
    return this.#backend.attempt(async () => {
      const job = await this.#queue(stage).getJob(key);
      if (job === undefined || !(await job.isFailed())) return undefined;
      await job.retry('failed', { resetAttemptsMade: true });
      return job.data;
    });
  }

  /** Forgets every job and schedule, those in hand included: for what begins anew, never for what runs. */
  async clear(): Promise<void> {
    for (const queue of this.#queues.values()) {
      await this.#backend.attempt(() => queue.obliterate({ force: true }));
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  #queue(stage: QueueName): Queue {
    const queue = this.#queues.get(stage);
    if (queue === undefined) throw new Error(`No queue is laid for stage ${stage}`);
    return queue;
  }

  #ofEach<T>(
    ask: (stage: QueueName, queue: Queue) => Promise<T>,
    queues: Iterable<readonly [QueueName, Queue]> = this.#queues,
  ): Promise<T[]> {
    return this.#backend.attempt(() => Promise.all([...queues].map(([stage, queue]) => ask(stage, queue))));
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

function openQueue(name: QueueName, { factory, connection, prefix }: QueueBackend): Queue {
  const options = { connection, ...(prefix === undefined ? {} : { prefix }) };
  const queue = new Queue(name, options as never, factory as never) as unknown as Queue;
  // Whoever asks is told by the rejection, and an outage is reported by the connection itself.
  queue.on('error', () => {});
  return queue;
}

/** When a worker could first have taken the job up; one that was tried or asked to wait begins to wait anew. */
function readySince({ timestamp, opts, processedOn = 0, progress }: Job): number {
  const { dueAt } = (progress ?? {}) as Partial<Waited>;
  return Math.max(timestamp + (opts.delay ?? 0), processedOn, typeof dueAt === 'number' ? dueAt : 0);
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
