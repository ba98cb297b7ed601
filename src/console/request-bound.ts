/** Counts begin anew this often. */
const WINDOW_MS = 60_000;

/** Behind a proxy all officers have one address. */
const MOST_OF_ONE = 60;
const MOST_OF_ALL = 600;

/** How often something may be asked for in a minute: by one address, and by all of them. */
export class RequestBound {
  readonly #counts = new Map<string, number>();
  #all = 0;
  #since = 0;

  /** Counts one request. @returns whether it is within the bound */
  allows(address: string, now: Date): boolean {
    if (now.getTime() - this.#since >= WINDOW_MS) {
      this.#counts.clear();
      this.#all = 0;
      this.#since = now.getTime();
    }
    this.#all += 1;
    if (this.#all > MOST_OF_ALL) return false;
    const count = (this.#counts.get(address) ?? 0) + 1;
    this.#counts.set(address, count);
    return count <= MOST_OF_ONE;
  }
}
