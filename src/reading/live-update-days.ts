import type { LiveUpdate } from '../domain/page.ts';
import type { PublishedAt } from '../domain/published-at.ts';
import { DAY_MS, HOUR_MS, vietnameseDay, vietnameseMidnight } from '../domain/time.ts';

/** A time in full, or one of an unnamed day. */
export type Clock = { readonly at: PublishedAt } | { readonly minutes: number };

/** A live update as its page dates it. */
export interface UndatedUpdate {
  readonly title?: string;
  readonly text: string;
  readonly when: Clock | undefined;
}

/** Updates are written down a few minutes out of order; only more than this says that a day has passed. */
const DISORDER_MINUTES = 60;
const HALF_DAY_MINUTES = 12 * 60;
const MINUTE_MS = 60_000;

/**
 * Gives times of day their days. From the oldest on each is of the day of the one before it, or of the next where its
 * clock stands earlier; the oldest is of the day of publication. Where that makes the newest later than `until`, the
 * page names the time of its newest as that of publication, and all are as many days earlier.
 */
export function onDays(
  updates: readonly UndatedUpdate[],
  publishedAt: PublishedAt | undefined,
  until: Date,
): LiveUpdate[] {
  const isNewestFirst = runsBackwards(updates);
  const calendar = new Calendar(publishedAt);
  const dated = (isNewestFirst ? [...updates].reverse() : updates).map(({ when, ...update }) => ({
    update,
    when,
    at: calendar.next(when),
  }));
  const latest = dated.reduce(
    (most, { when, at }) => (when && 'minutes' in when && at !== undefined ? Math.max(most, at) : most),
    0,
  );
  const excessDays = Math.max(0, Math.ceil((latest - until.getTime() - HOUR_MS) / DAY_MS));
  const result = dated.map(({ update, when, at }): LiveUpdate => {
    if (when === undefined || at === undefined) return update;
    return { at: 'at' in when ? when.at : visibleTime(at - excessDays * DAY_MS), ...update };
  });
  return isNewestFirst ? result.reverse() : result;
}

/** Goes from update to update and says when each was, in milliseconds. */
class Calendar {
  private day: number | undefined;
  private last: number | undefined;

  constructor(publishedAt: PublishedAt | undefined) {
    if (publishedAt === undefined) return;
    this.day = startOfDay(publishedAt.at);
    // What is told half a day before publication was told the day after.
    if (!publishedAt.dayOnly) this.last = minutesOfDay(publishedAt.at) - HALF_DAY_MINUTES;
  }

  next(when: Clock | undefined): number | undefined {
    if (when === undefined) return undefined;
    if ('at' in when) {
      this.day = startOfDay(when.at.at);
      this.last = minutesOfDay(when.at.at);
      return Date.parse(when.at.at);
    }
    if (this.day === undefined) return undefined;
    if (this.last !== undefined && when.minutes < this.last - DISORDER_MINUTES) this.day += DAY_MS;
    this.last = when.minutes;
    return this.day + when.minutes * MINUTE_MS;
  }
}

function visibleTime(at: number): PublishedAt {
  return { at: new Date(at).toISOString(), source: 'visible-text', zoneAssumed: true, dayOnly: false };
}

function startOfDay(at: string): number {
  return vietnameseMidnight(vietnameseDay(at));
}

function minutesOfDay(at: string): number {
  return Math.floor((Date.parse(at) - startOfDay(at)) / MINUTE_MS);
}

/** Whether the newest stands first, as on most pages, unless more steps lead forward in time than back. */
function runsBackwards(updates: readonly UndatedUpdate[]): boolean {
  let back = 0;
  let forward = 0;
  const values = updates.flatMap(({ when }) =>
    when === undefined ? [] : ['at' in when ? Date.parse(when.at.at) / MINUTE_MS : when.minutes],
  );
  for (const [index, value] of values.entries()) {
    const before = values[index - 1];
    if (before === undefined || before === value) continue;
    if (value < before) back += 1;
    else forward += 1;
  }
  return back >= forward;
}
