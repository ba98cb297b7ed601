import type { QueueName } from './entry.ts';

/** How many jobs of one queue stand where. */
export interface QueueDepth {
  readonly stage: QueueName;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  /** In quarantine. */
  readonly failed: number;
}

/** A queue's depth, and how long the job that is first in line, or whose time has come, has waited for a worker. */
export interface QueueReading extends QueueDepth {
  readonly oldestWaitingMs: number;
}
