/** Where a time of publication was read, best first. */
export type PublishedAtSource =
  | 'json-ld'
  | 'meta'
  | 'microdata'
  | 'time-element'
  | 'visible-text'
  | 'feed'
  | 'sitemap'
  | 'url'
  | 'import'
  | 'first-seen';

/** When something was published, as far as it can be known. */
export interface PublishedAt {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly source: PublishedAtSource;
  /** True where the outlet named no zone and +07:00 was assumed. */
  readonly zoneAssumed: boolean;
  /**
   * Minutes east of UTC of the outlet's clock: what it printed beside the time, or, where that was UTC, what its
   * other times or its address show; absent where it named no zone.
   */
  readonly offsetMinutes?: number;
  /** True where only the day is known; `at` is then noon in Vietnam. */
  readonly dayOnly: boolean;
  /** Why `at` differs from what the outlet printed, e.g. `future`, `offset-corrected`. */
  readonly corrected?: string;
  /** What the outlet printed, made absolute, where `at` is something else. */
  readonly printedAt?: string;
}

const MINUTE_MS = 60_000;
const VIETNAM_OFFSET_MINUTES = 7 * 60;

/** The time as the outlet's own clock showed it: ISO 8601 with the offset it printed, +07:00 where it printed none. */
export function onOutletClock({
  at,
  offsetMinutes = VIETNAM_OFFSET_MINUTES,
}: Pick<PublishedAt, 'at' | 'offsetMinutes'>): string {
  const local = new Date(new Date(at).getTime() + offsetMinutes * MINUTE_MS).toISOString().slice(0, 19);
  const ahead = Math.abs(offsetMinutes);
  const hours = String(Math.floor(ahead / 60)).padStart(2, '0');
  const minutes = String(ahead % 60).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${hours}:${minutes}`;
}
