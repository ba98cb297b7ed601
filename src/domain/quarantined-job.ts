import type { QueueName } from './entry.ts';

/** A job that can no longer succeed as it stands, with why. */
export interface QuarantinedJob {
  readonly stage: QueueName;
  readonly key: string;
  readonly payload: unknown;
  /** Short and countable first, such as `http-404`; what follows a colon says the rest. */
  readonly reason: string;
  readonly attempts: number;
  /** ISO 8601, UTC. */
  readonly failedAt: string;
}
