import type { QueueName } from './domain/entry.ts';

/** When the stages were done with each entry: for whoever measures a run from outside. */
export class JobTimes {
  readonly #times = new Map<string, number[]>();

  /** Takes note of a job that has done its work; those that concern no entry are passed over. */
  readonly note = (stage: QueueName, payload: unknown, at: Date): void => {
    const { entryId, articleId } = payload as { entryId?: string; articleId?: string };
    const id = entryId ?? articleId;
    if (id === undefined) return;
    const key = `${stage} ${id}`;
    this.#times.set(key, [...(this.#times.get(key) ?? []), at.getTime()]);
  };

  /** When the stage was done with the entry for the first time, ms since 1970. */
  first(stage: QueueName, entryId: string): number | undefined {
    return this.#times.get(`${stage} ${entryId}`)?.[0];
  }

  /** The last time before a moment. */
  lastBefore(stage: QueueName, entryId: string, at: number): number | undefined {
    return this.#times.get(`${stage} ${entryId}`)?.findLast((time) => time <= at);
  }

  last(stage: QueueName, entryId: string): number | undefined {
    return this.#times.get(`${stage} ${entryId}`)?.at(-1);
  }
}
