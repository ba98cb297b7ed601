import type { SeriesKey } from '../domain/series.ts';

/** Days of which it is remembered how much harm was told of. */
const MEMORY_DAYS = 56;

/** Articles with harm words on one day that make it a day of an incident. */
const INCIDENT_DAY_HARM = 2;
/** Two incident days this close belong to one incident. */
const SAME_INCIDENT_DAYS = 3;

/** Of unknown series one article in ten tells of harm; the prior is worth two articles. */
const PRIOR = { harm: 0.2, articles: 2 };

/** Count of one day; days are numbered from 1970 on a Vietnamese calendar. */
type Day = [day: number, articles: number, harm: number];

/** How much harm each series told of day by day: what is usual there, and what has happened there before. */
export class DailyHarm {
  readonly #days = new Map<SeriesKey, Day[]>();

  add(key: SeriesKey, day: number, hasHarm: boolean): void {
    const days = this.#days.get(key) ?? [];
    const today = days.at(-1);
    if (today !== undefined && today[0] >= day) {
      today[1] += 1;
      today[2] += hasHarm ? 1 : 0;
      return;
    }
    days.push([day, 1, hasHarm ? 1 : 0]);
    while ((days[0]?.[0] ?? day) <= day - MEMORY_DAYS) days.shift();
    this.#days.set(key, days);
  }

  /** Usual share of articles with harm words, from the days before `day`. */
  usualShare(key: SeriesKey, day: number): number {
    let { harm, articles } = PRIOR;
    for (const [of, all, withHarm] of this.#days.get(key) ?? []) {
      if (of >= day) continue;
      articles += all;
      harm += withHarm;
    }
    return harm / articles;
  }

  /** Incidents that ended days before `day`, within the memory. */
  incidentsBefore(key: SeriesKey, day: number): number {
    let incidents = 0;
    let last = Number.NEGATIVE_INFINITY;
    for (const [of, , harm] of this.#days.get(key) ?? []) {
      if (of >= day - SAME_INCIDENT_DAYS || of <= day - MEMORY_DAYS || harm < INCIDENT_DAY_HARM) continue;
      if (of - last > SAME_INCIDENT_DAYS) incidents += 1;
      last = of;
    }
    return incidents;
  }

  /** Forgets series that have been silent for the whole memory. */
  forget(day: number): void {
    for (const [key, days] of this.#days) {
      if ((days.at(-1)?.[0] ?? 0) <= day - MEMORY_DAYS) this.#days.delete(key);
    }
  }

  state(): [SeriesKey, Day[]][] {
    return [...this.#days];
  }

  static restore(state: readonly [SeriesKey, Day[]][]): DailyHarm {
    const harm = new DailyHarm();
    for (const [key, days] of state) harm.#days.set(key, days);
    return harm;
  }
}
