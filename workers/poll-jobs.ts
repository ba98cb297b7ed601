/**
 * Polls that nobody has made a job for. As a rule every poll makes the next one of its feed; these are the first ones,
 * and those that a crash or a lost queue has taken away.
 */
import type { FeedState } from '../src/domain/feed-state.ts';
import type { Feed } from '../src/domain/outlet.ts';
import { spreadOf } from '../src/domain/poll-schedule.ts';
import { pollJob } from './job-keys.ts';
import type { Deps, Job } from './stage.ts';

/** All first polls are made within this time: soon enough for first news, far enough apart not to fire as one. */
const START_SPREAD_MS = 15_000;

/** A poll that is this late has no job any more, or one that has waited for so long that it is held. */
const OVERDUE_MS = 60_000;

/** The next poll of every feed, for a program that starts. Jobs that a queue still holds stay as they are. */
export function pollsToStart(deps: Pick<Deps, 'feeds' | 'feedStates' | 'now'>): Promise<Job<'discover'>[]> {
  return pollsOf(deps, () => true);
}

/**
 * A new poll of every feed that should long have been polled. Under a key of its own: the job that was to do it may
 * lie in quarantine, where its key is held.
 */
export async function pollsOverdue(
  deps: Pick<Deps, 'feeds' | 'feedStates' | 'now'>,
): Promise<Job<'discover'>[]> {
  const now = deps.now();
  const before = new Date(now.getTime() - OVERDUE_MS).toISOString();
  const overdue = await pollsOf(
    deps,
    (state) => state?.nextPollAt === undefined || state.nextPollAt < before,
  );
  return overdue.map(({ payload: { feedId }, delayMs = 0 }) => ({
    ...pollJob(feedId, now.toISOString(), now),
    delayMs,
  }));
}

async function pollsOf(
  { feeds, feedStates, now }: Pick<Deps, 'feeds' | 'feedStates' | 'now'>,
  isWanted: (state: FeedState | undefined) => boolean,
): Promise<Job<'discover'>[]> {
  const states = new Map((await feedStates.all()).map((state) => [state.feedId, state]));
  return [...feeds.values()]
    .filter(({ id }) => isWanted(states.get(id)))
    .map((feed) => jobOf(feed, states.get(feed.id), now()));
}

function jobOf(feed: Feed, state: FeedState | undefined, now: Date): Job<'discover'> {
  const delayMs = Math.round(spreadOf(feed.id) * Math.min(START_SPREAD_MS, feed.pollEveryMs));
  if (state?.nextPollAt === undefined) {
    return { stage: 'discover', key: `poll-${feed.id}-first`, payload: { feedId: feed.id }, delayMs };
  }
  const job = pollJob(feed.id, state.nextPollAt, now);
  return state.nextPollAt > now.toISOString() ? job : { ...job, delayMs };
}
