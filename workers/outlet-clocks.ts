/**
 * What the stages learn of outlets' clocks, and how they set printed times right by it.
 */
import type { Entry } from '../src/domain/entry.ts';
import type { FeedState } from '../src/domain/feed-state.ts';
import {
  type ClockSource,
  correctPublishedAt,
  delayMinutes,
  isClockSource,
  NO_CLOCK,
  noteDelays,
  type OutletClock,
} from '../src/domain/outlet-clock.ts';
import type { OutletState } from '../src/domain/outlet-state.ts';
import type { PublishedAt } from '../src/domain/published-at.ts';
import { HOUR_MS } from '../src/domain/time.ts';
import { clampPublishedAt } from '../src/reading/date.ts';
import type { Deps } from './stage.ts';

/** Entries of a feed that nobody has looked at for longer may have waited there. */
const FOLLOWED_MS = 2 * HOUR_MS;

/** What a stage knows of an entry's time: where it comes from, and when the entry was first seen. */
type Timed = Pick<Entry, 'firstSeenAt' | 'publishedAt'>;

export async function clockOf(
  outletId: string,
  { outletStates }: Pick<Deps, 'outletStates'>,
): Promise<OutletClock | undefined> {
  return (await outletStates.find(outletId))?.clock;
}

/** Whether a feed has been read all along, so that what is new in it has just come. */
export function isFollowed({ succeededAt }: FeedState, now: Date): boolean {
  return succeededAt !== undefined && now.getTime() - Date.parse(succeededAt) <= FOLLOWED_MS;
}

/**
 * Learns from entries that were found as they appeared. Never to be called with a backlog's or an archive's: how long
 * those had waited says nothing of a clock.
 */
export async function learnClock(
  outletId: string,
  entries: readonly Timed[],
  { outletStates }: Pick<Deps, 'outletStates'>,
): Promise<void> {
  const samples = entries.flatMap(sampleOf);
  if (samples.length === 0) return;
  const learn = (state: OutletState): OutletState => {
    const known = state.clock ?? NO_CLOCK;
    const clock = samples.reduce(
      (before, { source, delay, at }) => noteDelays(before, source, [delay], at),
      known,
    );
    return clock === known ? state : { ...state, clock };
  };
  // Most of what comes in says nothing new of a clock: then nothing is written.
  const known = (await outletStates.find(outletId)) ?? { outletId };
  if (learn(known) !== known) await outletStates.update(outletId, learn);
}

function sampleOf({ publishedAt, firstSeenAt }: Timed): { source: ClockSource; delay: number; at: string }[] {
  if (publishedAt === undefined || !isClockSource(publishedAt.source)) return [];
  const delay = delayMinutes(publishedAt, firstSeenAt);
  return delay === undefined ? [] : [{ source: publishedAt.source, delay, at: firstSeenAt }];
}

/** A printed time as it is to be kept: set right by the outlet's clock, and never ahead of its first sight. */
export function stampPublishedAt(
  publishedAt: PublishedAt,
  clock: OutletClock | undefined,
  firstSeenAt: string,
): PublishedAt {
  return clampPublishedAt(correctPublishedAt(publishedAt, clock, firstSeenAt), new Date(firstSeenAt));
}
