/**
 * When a feed is polled next, and why then.
 *
 * A feed whose entries come at rate λ, polled every I, tells us of an entry I/2 late on average. Sharing a number of
 * requests among feeds so that the delay summed over all entries is least gives I proportional to 1/√λ: a feed four
 * times as busy is polled twice as often. That is the rule here, with the configured interval as the point where it
 * is neutral, the rate of that hour learned from the share of entries that each poll already knew, and bounds on
 * both sides.
 *
 * @see Sia, Cho and Cho 2007, "Efficient Monitoring Algorithm for Fast News Alerts", IEEE TKDE 19(7)
 * @see Cho and Garcia-Molina 2003, "Effective page refresh policies for Web crawlers", ACM TODS 28(4)
 */
import { createHash } from 'node:crypto';

import type { FeedState } from './feed-state.ts';
import type { Feed, Tier } from './outlet.ts';
import { DAY_MS, HOUR_MS, vietnameseClock } from './time.ts';

const MINUTE_MS = 60_000;

/** What decided a feed's interval. */
const POLL_REASONS = [
  /** Nothing is known of its rhythm yet, so the configured interval stands. */
  'configured',
  'rhythm',
  /** Its rhythm asks for more than we do to any server. */
  'fastest',
  /** Its rhythm asks for less than its tier allows. */
  'ceiling',
  /** More came than one poll can show: entries may have been lost. */
  'overflow',
  'silent',
  'feed-asks',
  'server-asks',
  'told-to-wait',
  'failing',
  'pushed',
] as const;
export type PollReason = (typeof POLL_REASONS)[number];

/** How long until the next poll. */
export interface PollPlan {
  readonly intervalMs: number;
  readonly reason: PollReason;
}

/** What polls have shown of how fast entries come: sums in which what is old counts less and less. */
export interface Rhythm {
  /** Polls that came on time; two are needed before anything is made of the rest. */
  readonly polls: number;
  /** Entries by the hour of the Vietnamese day in which they were found: newsrooms sleep at night. */
  readonly hours: readonly number[];
  readonly overMs: number;
}

/** One poll that worked. */
export interface PollSighting {
  /** Since the last poll that worked. */
  readonly elapsedMs: number;
  /** Entries in the feed, and those of them that nobody had seen before. */
  readonly listed: number;
  readonly added: number;
  readonly isOnTime: boolean;
}

/** What outlet and server said about being polled. */
export interface PollAsks {
  /** `ttl`, `sy:updatePeriod` and their like: nearly always a publishing system's preset. */
  readonly feedMs?: number | undefined;
  /** Time that the answer stays fresh: `Cache-Control`, `Expires`. */
  readonly serverMs?: number | undefined;
}

/** Half of what a poll showed has been forgotten after this long. */
const HALF_LIFE_MS = 7 * DAY_MS;

/** The feed's usual day counts as much as its mean rate once it has been watched for so long. */
const DAY_KNOWN_MS = DAY_MS;

const HOURS = 24;

const POLLS_TO_ADAPT = 2;

/** Feeds of first importance are never polled more rarely than this while they work, unless configured so. */
const FIRST_CEILING_MS = 5 * MINUTE_MS;

/** All others slow down to this many configured intervals. */
const SLOWEST = 3;

/** No feed is polled more often than this many times in its configured interval, or than once a minute. */
const FASTEST = 4;
const FASTEST_MS = MINUTE_MS;

/** One that has been silent for a day is looked at within the hour, one silent for a month within 30 hours. */
const SILENCE_SHARE = 24;

/** Nothing that anybody asks for keeps a feed from being polled for longer. */
const LONGEST_MS = 30 * DAY_MS;

/** How far the asks of format and server may slow a feed; those of first importance less. */
const LONGEST_FEED_ASK_MS = HOUR_MS;
const LONGEST_SERVER_ASK_MS = DAY_MS;
const LONGEST_SERVER_ASK_OF_FIRST_MS = 10 * MINUTE_MS;

/** A poll shows at most what the feed holds: half of it may be new, so that none is missed when more comes. */
const NEW_SHARE = 0.5;

/** Polls come earlier by up to this share, a different one each time, so that feeds do not fall into step. */
const JITTER = 0.02;

const FIRST_TIERS: ReadonlySet<Tier> = new Set(['central', 'ministry', 'national']);

/** Whether readers everywhere see it, or it is about nothing but health: news of it must be found within minutes. */
export function isOfFirstImportance(feed: Pick<Feed, 'isHealth'>, tier: Tier): boolean {
  return feed.isHealth || FIRST_TIERS.has(tier);
}

/**
 * Adds one poll to what is known of a feed's rhythm.
 *
 * A poll that came late and found nothing known says nothing: what it missed cannot be counted.
 */
export function noteRhythm(previous: Rhythm | undefined, sighting: PollSighting, now: Date): Rhythm {
  const rhythm = previous ?? { polls: 0, hours: new Array<number>(HOURS).fill(0), overMs: 0 };
  if (!sighting.isOnTime && hasOverflowed(sighting)) return rhythm;
  const kept = 0.5 ** (sighting.elapsedMs / HALF_LIFE_MS);
  const { hour } = vietnameseClock(now);
  return {
    polls: rhythm.polls + (sighting.isOnTime ? 1 : 0),
    hours: rhythm.hours.map((count, at) => rounded(count * kept + (at === hour ? sighting.added : 0))),
    overMs: Math.round(rhythm.overMs * kept + sighting.elapsedMs),
  };
}

/** Three decimals are enough, and keep a state short. */
function rounded(count: number): number {
  return Math.round(count * 1000) / 1000;
}

/** Whether a poll knew none of the entries that it read, so that others may have come and gone since the last one. */
export function hasOverflowed({ listed, added }: Pick<PollSighting, 'listed' | 'added'>): boolean {
  return listed > 0 && added === listed;
}

function isKnown(rhythm: Rhythm | undefined): rhythm is Rhythm {
  return rhythm !== undefined && rhythm.polls >= POLLS_TO_ADAPT;
}

/**
 * Entries per millisecond to be expected at a moment: the mean of the hours around it, drawn towards the mean of the
 * day while little is known. Half an entry is added, so that a feed which has shown none yet still has a rate.
 */
function rateAt({ hours, overMs }: Rhythm, at: Date): number {
  const watchedMs = Math.max(1, overMs);
  const mean = (hours.reduce((sum, count) => sum + count, 0) + 0.5) / watchedMs;
  const { hour } = vietnameseClock(at);
  const around = [hour + HOURS - 1, hour, hour + 1].reduce(
    (sum, near) => sum + (hours[near % HOURS] ?? 0),
    0,
  );
  const usual = around / ((3 / HOURS) * watchedMs);
  return (usual * watchedMs + mean * DAY_KNOWN_MS) / (watchedMs + DAY_KNOWN_MS);
}

/**
 * When to poll a feed that works.
 *
 * In reading order: its rhythm, what it can show at once, the bounds of its tier, a long silence, and what its outlet
 * asks for. A `ttl` of an hour stands in nearly every feed that a publishing system writes, whatever it publishes, so
 * it counts for less than what a server says of this very answer, and neither may keep a feed of first importance
 * from being heard.
 *
 * @param state  with the rhythm, and the sizes of the last poll, already noted in it
 * @param last   the poll just made, where it read entries
 */
export function planPoll(
  feed: Pick<Feed, 'isHealth' | 'pollEveryMs'>,
  tier: Tier,
  state: Pick<FeedState, 'rhythm' | 'newsAt' | 'entriesLastPoll'>,
  now: Date,
  asks: PollAsks = {},
  last?: PollSighting,
): PollPlan {
  const isFirst = isOfFirstImportance(feed, tier);
  let plan = fromRhythm(feed, state, now, last);
  const fastestMs = Math.max(feed.pollEveryMs / FASTEST, Math.min(feed.pollEveryMs, FASTEST_MS));
  if (plan.intervalMs < fastestMs) plan = { intervalMs: fastestMs, reason: 'fastest' };
  const slowestMs = SLOWEST * feed.pollEveryMs;
  const ceilingMs = isFirst ? Math.max(feed.pollEveryMs, Math.min(FIRST_CEILING_MS, slowestMs)) : slowestMs;
  if (plan.intervalMs > ceilingMs) {
    plan = { intervalMs: ceilingMs, reason: 'ceiling' };
    const silenceMs = state.newsAt === undefined ? 0 : now.getTime() - Date.parse(state.newsAt);
    const silentMs = Math.min(LONGEST_MS, silenceMs / SILENCE_SHARE);
    if (!isFirst && silentMs > ceilingMs) plan = { intervalMs: silentMs, reason: 'silent' };
  }
  const { feedMs = 0, serverMs = 0 } = asks;
  const feedAskMs = Math.min(feedMs, isFirst ? ceilingMs : LONGEST_FEED_ASK_MS);
  if (plan.reason !== 'overflow' && plan.intervalMs < feedAskMs)
    plan = { intervalMs: feedAskMs, reason: 'feed-asks' };
  const longestAskMs = isFirst ? Math.max(ceilingMs, LONGEST_SERVER_ASK_OF_FIRST_MS) : LONGEST_SERVER_ASK_MS;
  const serverAskMs = Math.min(serverMs, longestAskMs);
  if (plan.intervalMs < serverAskMs) plan = { intervalMs: serverAskMs, reason: 'server-asks' };
  return { ...plan, intervalMs: Math.round(plan.intervalMs) };
}

function fromRhythm(
  { pollEveryMs }: Pick<Feed, 'pollEveryMs'>,
  { rhythm, entriesLastPoll }: Pick<FeedState, 'rhythm' | 'entriesLastPoll'>,
  now: Date,
  last: PollSighting | undefined,
): PollPlan {
  if (last?.isOnTime === true && hasOverflowed(last))
    return { intervalMs: Math.min(pollEveryMs, last.elapsedMs / 2), reason: 'overflow' };
  if (!isKnown(rhythm)) return { intervalMs: pollEveryMs, reason: 'configured' };
  const rate = rateAt(rhythm, now);
  const windowMs = entriesLastPoll === 0 ? Number.POSITIVE_INFINITY : (NEW_SHARE * entriesLastPoll) / rate;
  return { intervalMs: Math.min(Math.sqrt(pollEveryMs / rate), windowMs), reason: 'rhythm' };
}

/**
 * When to try a feed again that failed. The wait doubles from its interval on; how far depends on how long it has been
 * failing, so that an outlet is soon heard again after an outage, and one that has gone for good costs next to nothing.
 */
export function planRetry(
  feed: Pick<Feed, 'isHealth' | 'pollEveryMs'>,
  tier: Tier,
  { failures, failingForMs }: { failures: number; failingForMs: number },
): PollPlan {
  const doubled = feed.pollEveryMs * 2 ** Math.min(Math.max(0, failures - 1), 24);
  return {
    intervalMs: Math.round(Math.min(doubled, longestRetryMs(isOfFirstImportance(feed, tier), failingForMs))),
    reason: 'failing',
  };
}

function longestRetryMs(isFirst: boolean, failingForMs: number): number {
  if (failingForMs < 7 * DAY_MS) return isFirst ? HOUR_MS : 6 * HOUR_MS;
  return failingForMs < 90 * DAY_MS ? DAY_MS : LONGEST_MS;
}

/** Where a hub tells us, one poll a day makes sure that it does. */
const SAFETY_MS = DAY_MS;

/** So many entries overdue are no accident: the hub may be asleep. */
const SILENT_ENTRIES = 5;

/** How long a hub may be silent about a feed whose rhythm is not known yet. */
const UNKNOWN_SILENCE_MS = HOUR_MS;

/**
 * When to poll a feed whose hub tells us what is new: once a day, and sooner where its rhythm makes the hub's silence
 * suspicious. At five entries overdue a steady feed is silent by chance in 7 of 1,000 cases.
 *
 * @param polledAgoMs  since the last poll, 0 for one just made
 */
export function planSafetyPoll(
  rhythm: Rhythm | undefined,
  polling: PollPlan,
  polledAgoMs: number,
  now: Date,
): PollPlan {
  const silenceMs = isKnown(rhythm) ? SILENT_ENTRIES / rateAt(rhythm, now) : UNKNOWN_SILENCE_MS;
  const intervalMs = Math.min(SAFETY_MS - polledAgoMs, Math.max(silenceMs, polling.intervalMs));
  return { intervalMs: Math.max(0, Math.round(intervalMs)), reason: 'pushed' };
}

/** A wait that a server asked for in so many words is kept, but never for ever. */
export function planWait(askedMs: number): PollPlan {
  return { intervalMs: Math.min(askedMs, LONGEST_MS), reason: 'told-to-wait' };
}

/** The moment that a plan comes to: a little early, by a share that feed and poll decide. */
export function pollAt(feedId: string, plan: PollPlan, now: Date): string {
  const early = plan.reason === 'told-to-wait' ? 0 : JITTER * spreadOf(`${feedId} ${now.getTime()}`);
  return new Date(now.getTime() + Math.round(plan.intervalMs * (1 - early))).toISOString();
}

/** Where in a span of time something has its place: 0 ≤ place < 1, always the same for one name. */
export function spreadOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
}
