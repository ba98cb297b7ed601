import type { SeriesKey } from '../domain/series.ts';
import type { Sighting } from '../domain/sighting.ts';
import { DAY_MS } from '../domain/time.ts';

/** The longest window of a rule, and a day for what comes out of order. */
const KEEP_MS = 8 * DAY_MS;

/** A flood of invented articles must not fill the memory; a busy week of all outlets has a tenth of it. */
const MOST = 50_000;

/** The articles of the last days as they are known now, by id and by series. */
export class RecentSightings {
  readonly #byId = new Map<string, Sighting>();
  readonly #bySeries = new Map<SeriesKey, Set<string>>();
  #oldestMs = Number.POSITIVE_INFINITY;

  get size(): number {
    return this.#byId.size;
  }

  find(articleId: string): Sighting | undefined {
    return this.#byId.get(articleId);
  }

  /** Whether an article was first seen too long ago to matter at `nowMs`. */
  isOld(sighting: Sighting, nowMs: number): boolean {
    return Date.parse(sighting.firstSeenAt) < nowMs - KEEP_MS;
  }

  /** Takes in a sighting in place of an earlier one of the same article. */
  put(sighting: Sighting): void {
    this.#drop(sighting.articleId);
    this.#byId.set(sighting.articleId, sighting);
    for (const key of sighting.series) {
      const ids = this.#bySeries.get(key);
      if (ids === undefined) this.#bySeries.set(key, new Set([sighting.articleId]));
      else ids.add(sighting.articleId);
    }
    this.#oldestMs = Math.min(this.#oldestMs, Date.parse(sighting.firstSeenAt));
  }

  /** Those of one series first seen in (fromMs, toMs], oldest first. */
  inSeries(key: SeriesKey, fromMs: number, toMs: number): Sighting[] {
    const found: Sighting[] = [];
    for (const id of this.#bySeries.get(key) ?? []) {
      const sighting = this.#byId.get(id) as Sighting;
      const seenMs = Date.parse(sighting.firstSeenAt);
      if (seenMs > fromMs && seenMs <= toMs) found.push(sighting);
    }
    return found.sort(byFirstSight);
  }

  /** Forgets what no window reaches any more. */
  forget(nowMs: number): void {
    const untilMs = nowMs - KEEP_MS;
    if (this.#oldestMs >= untilMs && this.#byId.size <= MOST) return;
    this.#oldestMs = Number.POSITIVE_INFINITY;
    for (const [id, { firstSeenAt }] of this.#byId) {
      const seenMs = Date.parse(firstSeenAt);
      if (seenMs < untilMs || this.#byId.size > MOST) this.#drop(id);
      else this.#oldestMs = Math.min(this.#oldestMs, seenMs);
    }
  }

  all(): Sighting[] {
    return [...this.#byId.values()];
  }

  #drop(articleId: string): void {
    const known = this.#byId.get(articleId);
    if (known === undefined) return;
    this.#byId.delete(articleId);
    for (const key of known.series) {
      const ids = this.#bySeries.get(key);
      ids?.delete(articleId);
      if (ids?.size === 0) this.#bySeries.delete(key);
    }
  }
}

function byFirstSight(a: Sighting, b: Sighting): number {
  return Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt) || (a.articleId < b.articleId ? -1 : 1);
}
