import type { PublishedAt, PublishedAtSource } from './published-at.ts';
import { vietnameseDay } from './time.ts';

/** Times from these places come from an outlet's clock; the others are days, or our own. */
export const CLOCK_SOURCES = [
  'feed',
  'sitemap',
  'json-ld',
  'meta',
  'microdata',
  'time-element',
  'visible-text',
] as const satisfies readonly PublishedAtSource[];
export type ClockSource = (typeof CLOCK_SOURCES)[number];

/** How long after their printed times entries were first seen, over one or more Vietnamese days. */
export interface DelayGroup {
  /** First and last Vietnamese day that it spans, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** How many were printed within a minute of the moment they were first seen. */
  readonly atOnce: number;
  /** The smallest delays, in minutes, ascending. */
  readonly smallest: readonly number[];
}

/** What is known of the clock behind one kind of printed time. */
export interface SourceClock {
  readonly groups: readonly DelayGroup[];
  /** Minutes by which what it prints is too early (positive) or too late; 0 where it is right; absent: not known. */
  readonly behindMinutes?: number;
  /** When that was learnt, and from how many entries. */
  readonly learntAt?: string;
  readonly samples?: number;
}

/** A conclusion that was drawn or withdrawn: without `behindMinutes` the clock is no longer trusted to be off. */
export interface ClockChange {
  readonly at: string;
  readonly source: ClockSource;
  readonly behindMinutes?: number;
  readonly samples: number;
}

/** The clocks of one outlet: its feed may print another zone's time than its pages do. */
export interface OutletClock {
  readonly sources: Readonly<Partial<Record<ClockSource, SourceClock>>>;
  /** Newest last. */
  readonly changes: readonly ClockChange[];
}

export const NO_CLOCK: OutletClock = { sources: {}, changes: [] };

const MINUTE_MS = 60_000;
const STEP_MINUTES = 30;

/** A group is complete with so many entries, and ends with the day on which it is. */
const GROUP_ENTRIES = 12;
const GROUPS_KEPT = 7;
/** Groups that must say the same: to learn an offset, and to take a larger one in its place. */
const GROUPS_TO_LEARN = 2;
const GROUPS_TO_REPLACE = 3;

/** Clocks of outlets run a little ahead of ours. */
const AHEAD_MINUTES = 10;
/** So many of a group's quickest entries lie so close together where the feed is polled all along. */
const EDGE_ENTRIES = 6;
const DENSE_MINUTES = 90;
/** Greenwich time printed as Vietnam's. */
const GREENWICH_MINUTES = 7 * 60;
/** No outlet publishes a feed so late all the time; below that a positive offset is taken for a slow feed. */
const LEAST_BEHIND_MINUTES = 120;
/** Zones reach from 12 hours behind Greenwich to 14 ahead of it. */
const MOST_MINUTES = 21 * 60;
/** With so large a share of times made when the feed was asked for, they say nothing of publication. */
const STAMPED_SHARE = 0.9;
/** Entries seen before they can have been published: so many withdraw an offset at once. */
const IMPOSSIBLE_TO_WITHDRAW = 3;
const CHANGES_KEPT = 10;

export function isClockSource(source: PublishedAtSource): source is ClockSource {
  return (CLOCK_SOURCES as readonly string[]).includes(source);
}

/**
 * Minutes from a printed time to the first sight of it: one sample of the outlet's clock.
 *
 * @returns `undefined` where the time is a day only, is not the outlet's, or is nobody's constant offset away
 */
export function delayMinutes(publishedAt: PublishedAt, firstSeenAt: string): number | undefined {
  if (publishedAt.dayOnly || !isClockSource(publishedAt.source)) return undefined;
  const minutes = (Date.parse(firstSeenAt) - Date.parse(printedAt(publishedAt))) / MINUTE_MS;
  return Math.abs(minutes) <= MOST_MINUTES ? Math.round(minutes * 10) / 10 : undefined;
}

/** The time as the outlet printed it, whatever has been corrected since. */
export function printedAt({ at, printedAt }: Pick<PublishedAt, 'at' | 'printedAt'>): string {
  return printedAt ?? at;
}

/** The delays of a day's entries, added to what is known, and what follows of it. Gives back `clock` where that is nothing. */
export function noteDelays(
  clock: OutletClock,
  source: ClockSource,
  delays: readonly number[],
  at: string,
): OutletClock {
  const known = clock.sources[source] ?? { groups: [] };
  if (!delays.some((delay) => saysMore(known.groups.at(-1), delay, vietnameseDay(at)))) return clock;
  const groups = addToGroups(known.groups, delays, vietnameseDay(at));
  const learnt = learnClockOffset(groups, known.behindMinutes);
  const { behindMinutes: _behind, learntAt: _at, samples: _samples, ...rest } = known;
  if (learnt?.behindMinutes === known.behindMinutes)
    return { ...clock, sources: { ...clock.sources, [source]: { ...known, groups } } };
  const samples = learnt?.samples ?? groups.at(-1)?.count ?? 0;
  const offset = learnt === undefined ? {} : { behindMinutes: learnt.behindMinutes };
  return {
    sources: {
      ...clock.sources,
      [source]: { ...rest, groups, ...(learnt === undefined ? {} : { ...offset, learntAt: at, samples }) },
    },
    changes: [...clock.changes, { at, source, ...offset, samples }].slice(-CHANGES_KEPT),
  };
}

/** Beyond so many of a day's entries only one that is quicker than the quickest says anything more. */
const GROUP_SATED = 60;

function saysMore(group: DelayGroup | undefined, delay: number, day: string): boolean {
  if (group === undefined || group.to !== day || group.count < GROUP_SATED) return true;
  return delay < (group.smallest.at(-1) ?? Number.POSITIVE_INFINITY);
}

function addToGroups(groups: readonly DelayGroup[], delays: readonly number[], day: string): DelayGroup[] {
  const last = groups.at(-1);
  const isOver = last === undefined || (last.to !== day && last.count >= GROUP_ENTRIES);
  const current = isOver ? { from: day, count: 0, atOnce: 0, smallest: [] } : last;
  const grown: DelayGroup = {
    from: current.from,
    to: day,
    count: current.count + delays.length,
    atOnce: current.atOnce + delays.filter((delay) => Math.abs(delay) < 1).length,
    smallest: [...current.smallest, ...delays].sort((a, b) => a - b).slice(0, EDGE_ENTRIES),
  };
  return [...(isOver ? groups : groups.slice(0, -1)), grown].slice(-GROUPS_KEPT);
}

/**
 * The constant offset of a clock, out of how soon after their printed times entries were first seen.
 *
 * Nothing is seen before it is published, and of many entries some are seen soon after: so the lower edge of the
 * delays lies little above the offset. The lowest edge that two groups of entries from different days show is taken,
 * each group with its quickest entries close together, and put down to a whole step of 30 minutes. A feed that is
 * merely slow has a positive edge too, so nothing below two hours is taken for a wrong clock, and an edge a little
 * above seven hours for seven: Greenwich time printed as Vietnam's, by far the commonest fault. A negative edge needs
 * no such caution, since nothing else makes a time lie ahead.
 *
 * What is known stands until two groups show a lower edge or the three newest agree on a higher one; it is withdrawn
 * as soon as entries are seen earlier than it allows, for then the outlet has mended its clock.
 *
 * @param groups  oldest first, as `noteDelays` keeps them
 * @param known   what had been learnt before
 * @returns minutes by which the clock is behind, 0 where it is right; `undefined` where nothing is known
 */
export function learnClockOffset(
  groups: readonly DelayGroup[],
  known?: number,
): { behindMinutes: number; samples: number } | undefined {
  const complete = groups.filter(({ count }) => count >= GROUP_ENTRIES);
  const offsets = complete.map(offsetOf);
  const samplesOf = (offset: number) =>
    complete.reduce((sum, { count }, index) => sum + (offsets[index] === offset ? count : 0), 0);
  const newest = lowestAgreed(offsets.slice(-GROUPS_TO_REPLACE), GROUPS_TO_REPLACE);
  const lowest = lowestAgreed(offsets, GROUPS_TO_LEARN);
  const rises = known !== undefined && newest !== undefined && newest > known;
  const offset = rises
    ? newest
    : Math.min(known ?? Number.POSITIVE_INFINITY, lowest ?? Number.POSITIVE_INFINITY);
  if (!Number.isFinite(offset) || groups.slice(-GROUPS_TO_LEARN).some((group) => contradicts(group, offset)))
    return undefined;
  return { behindMinutes: offset, samples: samplesOf(offset) };
}

/** The lowest of the offsets that at least so many groups show. */
function lowestAgreed(offsets: readonly (number | undefined)[], least: number): number | undefined {
  const agreed = offsets.filter(
    (offset, _, all) => offset !== undefined && all.filter((other) => other === offset).length >= least,
  ) as number[];
  return agreed.length === 0 ? undefined : Math.min(...agreed);
}

/** Which offset the entries of one group speak for. */
function offsetOf({ smallest, count, atOnce }: DelayGroup): number | undefined {
  // The very smallest may be one entry with a broken date.
  const edge = smallest[1];
  const last = smallest.at(-1);
  if (edge === undefined || last === undefined || last - edge > DENSE_MINUTES) return undefined;
  if (atOnce >= STAMPED_SHARE * count) return undefined;
  const offset = Math.floor((edge + AHEAD_MINUTES) / STEP_MINUTES) * STEP_MINUTES;
  if (offset > 0 && offset < LEAST_BEHIND_MINUTES) return 0;
  return offset > GREENWICH_MINUTES && offset < GREENWICH_MINUTES + DENSE_MINUTES
    ? GREENWICH_MINUTES
    : offset;
}

function contradicts({ smallest }: DelayGroup, offset: number): boolean {
  return smallest.filter((delay) => delay < offset - AHEAD_MINUTES).length >= IMPOSSIBLE_TO_WITHDRAW;
}

/**
 * Sets a printed time right by what was learnt of the clock behind it; `printedAt` keeps what the outlet printed.
 *
 * A time that the offset would put after its first sight, or that is late by a clock that runs ahead and yet lies in
 * the past, was printed by a clock that has been mended: it is left alone.
 */
export function correctPublishedAt(
  publishedAt: PublishedAt,
  clock: OutletClock | undefined,
  firstSeenAt: string,
): PublishedAt {
  const { source, dayOnly } = publishedAt;
  const behind = isClockSource(source) ? (clock?.sources[source]?.behindMinutes ?? 0) : 0;
  if (behind === 0 || dayOnly) return publishedAt;
  const printed = printedAt(publishedAt);
  const at = Date.parse(printed) + behind * MINUTE_MS;
  const latest = Date.parse(firstSeenAt) + AHEAD_MINUTES * MINUTE_MS;
  const isMended = behind > 0 ? at > latest : Date.parse(printed) <= latest;
  if (isMended || Number.isNaN(at)) return publishedAt;
  return {
    ...publishedAt,
    at: new Date(at).toISOString(),
    printedAt: printed,
    corrected: 'offset-corrected',
  };
}

/** Whether the clock behind a time is known, be it right or set right. */
export function isClockKnown({ source }: PublishedAt, clock: OutletClock | undefined): boolean {
  return isClockSource(source) && clock?.sources[source]?.behindMinutes !== undefined;
}
