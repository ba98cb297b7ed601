/** What is dear to count and asked for often is kept for a while, at most so many at once. */
const MOST_KEPT = 64;

/**
 * Keeps what has been counted for some time, so that many readers cost as much as one.
 *
 * Who asks while it is being counted waits for the same answer; a failure is not kept.
 */
export class Remembered<T> {
  readonly #keepMs: number;
  readonly #kept = new Map<string, { readonly value: Promise<T>; readonly until: number }>();

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /** @param key  what the answer depends on beside time */
  get(key: string, now: Date, count: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    if (known !== undefined && now.getTime() < known.until) return known.value;
    const value = count();
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: now.getTime() + this.#keepMs });
    value.catch(() => {
      if (this.#kept.get(key)?.value === value) this.#kept.delete(key);
    });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return value;
  }
}
