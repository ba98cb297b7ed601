/**
 * Whether the pipeline as a whole still does its work: what is read of it, judged against bounds, comes to faults that
 * an operator can act on. Pure; the clock is in the readings.
 */
import type { QueueName } from './entry.ts';
import { type FeedState, isFailing } from './feed-state.ts';
import type { LedgerRow } from './ledger.ts';
import type { Notification } from './notification.ts';
import type { Outlet } from './outlet.ts';
import { silenceOf } from './outlet-silence.ts';
import { holidayAt, type PublicHoliday } from './public-holiday.ts';
import type { QueueReading } from './queue-reading.ts';
import { DAY_MS, HOUR_MS } from './time.ts';

/** What can be wrong, the most fundamental first. */
export const PIPELINE_FAULTS = [
  'store-away',
  'queues-away',
  'polling-stopped',
  'press-unreachable',
  'nothing-new',
  'queue-behind',
  'entries-stuck',
  'judging-behind',
  'delivery-behind',
  'reached-nobody',
  'channel-failing',
] as const;
export type PipelineFaultKind = (typeof PIPELINE_FAULTS)[number];

/** One thing that is wrong, for longer than is allowed. */
export interface PipelineFault {
  readonly kind: PipelineFaultKind;
  /** The queue, channel or incident that it is about, where it is about one. */
  readonly subject?: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** What was allowed. */
  readonly boundMs: number;
  /** How much of it, where it can be counted: feeds, outlets, entries, notifications. */
  readonly count?: number;
  readonly of?: number;
}

/** How long each part may stand still, in ms. */
export interface HealthBounds {
  /** Stores and queues may be away. */
  readonly stores: number;
  /** Polls may be overdue. */
  readonly polls: number;
  /** Half of the outlets may be out of reach. */
  readonly press: number;
  /** Nothing new may be found, at the very least; see `judgeNews`. */
  readonly news: number;
  /** What was found may wait to be fetched. */
  readonly crawl: number;
  /** What was fetched may wait to be analysed, indexed and judged. */
  readonly judging: number;
  /** What was planned may wait to be handed to a channel. */
  readonly delivery: number;
}

/** What the stores say of the pipeline at one moment. */
export interface StoredReadings {
  /** Of the feeds that are configured. */
  readonly feedStates: readonly FeedState[];
  /** First sight of the newest article that was no import, and when the detector was last told anything. */
  readonly newestArticleAt?: string;
  readonly newestJudgementAt?: string;
  /** The ledger of the last days. */
  readonly ledger: readonly LedgerRow[];
  /** Of the incidents that somebody still has to do with. */
  readonly notifications: readonly Notification[];
}

export interface PipelineReadings {
  readonly now: Date;
  /** When this process began: what was not yet polled could not have been before. */
  readonly startedAt: Date;
  readonly outlets: readonly Pick<Outlet, 'id' | 'feeds'>[];
  readonly holidays: readonly PublicHoliday[];
  /** Absent while the stores do not answer; then since when. */
  readonly stored?: StoredReadings;
  readonly storeAwaySince?: string;
  readonly queues?: readonly QueueReading[];
  readonly queuesAwaySince?: string;
}

/** Everything that is wrong for longer than allowed, the most fundamental first; empty when all is well. */
export function judgePipeline(readings: PipelineReadings, bounds: HealthBounds): PipelineFault[] {
  const { stored, queues = [], now } = readings;
  const faults = [
    away('store-away', readings.storeAwaySince, bounds.stores, now),
    away('queues-away', readings.queuesAwaySince, bounds.stores, now),
    ...(stored === undefined ? [] : judgeStored(stored, readings, bounds)),
    ...queues.map((reading) => judgeQueue(reading, bounds, now)),
  ].filter((fault) => fault !== undefined);
  const rank = ({ kind }: PipelineFault) => PIPELINE_FAULTS.indexOf(kind);
  return faults.sort((a, b) => rank(a) - rank(b));
}

/** Names a fault: two looks that see the same one see it under one key. */
export function faultKey({ kind, subject }: Pick<PipelineFault, 'kind' | 'subject'>): string {
  return subject === undefined ? kind : `${kind}:${subject}`;
}

function judgeStored(stored: StoredReadings, readings: PipelineReadings, bounds: HealthBounds) {
  const { now } = readings;
  return [
    judgePolls(stored.feedStates, readings, bounds.polls),
    judgeReach(stored.feedStates, readings, bounds.press),
    judgeNews(stored, readings, bounds.news),
    judgePending(stored.ledger, bounds.crawl, now),
    judgeJudging(stored, bounds.judging, now),
    ...judgeDelivery(stored.notifications, bounds.delivery, now),
  ];
}

function away(kind: PipelineFaultKind, since: string | undefined, boundMs: number, now: Date) {
  return since !== undefined && isOlder(since, boundMs, now) ? { kind, since, boundMs } : undefined;
}

/** Polls are due at times of their own; where half of them are overdue, nobody polls. */
function judgePolls(
  states: readonly FeedState[],
  { outlets, startedAt, now }: PipelineReadings,
  boundMs: number,
): PipelineFault | undefined {
  const feeds = outlets.flatMap((outlet) => outlet.feeds);
  const stateOf = new Map(states.map((state) => [state.feedId, state]));
  const due = feeds.map(({ id }) => stateOf.get(id)?.nextPollAt ?? startedAt.toISOString());
  const overdue = due.filter((at) => isOlder(at, boundMs, now));
  if (overdue.length === 0 || 2 * overdue.length < feeds.length) return undefined;
  const polled = states.flatMap(({ polledAt }) => polledAt ?? []);
  const since = latest(polled) ?? startedAt.toISOString();
  return { kind: 'polling-stopped', since, boundMs, count: overdue.length, of: feeds.length };
}

/** Half of the outlets fail on every feed they have: not one outlet's trouble but ours, or the network's. */
function judgeReach(
  states: readonly FeedState[],
  { outlets, now }: PipelineReadings,
  boundMs: number,
): PipelineFault | undefined {
  const tried = outlets
    .map(({ id }) => states.filter(({ outletId, status }) => outletId === id && status !== 'new'))
    .filter((ofOutlet) => ofOutlet.length > 0);
  const lost = tried
    .filter((ofOutlet) => ofOutlet.every(isFailing))
    .map((ofOutlet) => latest(ofOutlet.map(({ failingSince, polledAt = '' }) => failingSince ?? polledAt)))
    .sort();
  // When the outlet that made it half was lost.
  const since = lost[Math.ceil(tried.length / 2) - 1];
  if (since === undefined || !isOlder(since, boundMs, now)) return undefined;
  return { kind: 'press-unreachable', since, boundMs, count: lost.length, of: tried.length };
}

/** More than this many times its usual longest pause is no night. */
const PAUSE_FACTOR = 2;

/** Newsrooms rest: at Tết they are silent for this many times as long, on other holidays for so many. */
const REST_FACTOR = { tet: 2, 'around-tet': 1.5, 'public-holiday': 1.5 } as const;

/**
 * Nothing new in any feed, though they are polled: what is cached or misread looks like silence.
 *
 * How long that is depends on the press itself: twice the longest of its usual pauses, nights among them, longer on
 * holidays, and never less than the bound.
 */
function judgeNews(
  { feedStates, ledger }: StoredReadings,
  { holidays, now }: PipelineReadings,
  atLeastMs: number,
): PipelineFault | undefined {
  const newestAt = latest(feedStates.flatMap(({ newsAt }) => newsAt ?? []));
  if (newestAt === undefined) return undefined;
  const hours = [...new Set(ledger.map(({ hour }) => hour))];
  const usualMs = silenceOf(hours, now)?.usualMs ?? longestPause(hours);
  // A holiday that has just ended still explains what was silent during it.
  const holiday = holidayAt(now, holidays) ?? holidayAt(new Date(newestAt), holidays);
  const rest = holiday === undefined ? 1 : REST_FACTOR[holiday.name];
  const boundMs = rest * Math.max(atLeastMs, PAUSE_FACTOR * usualMs);
  return isOlder(newestAt, boundMs, now) ? { kind: 'nothing-new', since: newestAt, boundMs } : undefined;
}

function longestPause(hours: readonly string[]): number {
  const starts = hours.map((hour) => Date.parse(hour)).sort((a, b) => a - b);
  return Math.max(0, ...starts.slice(1).map((start, at) => start - (starts[at] as number)));
}

/** Stages whose jobs wait for the pace of hosts; all others have only themselves to wait for. */
const PACED: ReadonlySet<QueueName> = new Set(['discover', 'fetch', 'attach', 'revisit', 'housekeeping']);

function judgeQueue({ stage, oldestWaitingMs, waiting }: QueueReading, bounds: HealthBounds, now: Date) {
  const unpaced = stage === 'notify' ? bounds.delivery : bounds.judging;
  const boundMs = PACED.has(stage) ? bounds.crawl : unpaced;
  if (oldestWaitingMs <= boundMs) return undefined;
  const since = new Date(now.getTime() - oldestWaitingMs).toISOString();
  return { kind: 'queue-behind', subject: stage, since, boundMs, count: Math.max(1, waiting) } as const;
}

/** So many of a day's entries may be held up by outlets that ask for patience. */
const STUCK_SHARE = 0.05;
const STUCK_LEAST = 5;

/** Entries of the last day that are pending for longer than the bound, where they are no exceptions. */
function judgePending(ledger: readonly LedgerRow[], boundMs: number, now: Date): PipelineFault | undefined {
  const from = now.getTime() - boundMs - DAY_MS;
  const old = ledger.filter(({ hour }) => Date.parse(hour) >= from && isOlder(hour, boundMs + HOUR_MS, now));
  const pending = old.filter(({ outcome }) => outcome === 'pending');
  const count = sum(pending);
  const of = sum(old);
  if (count < STUCK_LEAST || count < STUCK_SHARE * of) return undefined;
  const since = pending.map(({ hour }) => hour).sort()[0] as string;
  return { kind: 'entries-stuck', since, boundMs, count, of };
}

/** The detector is told of every article; one that is newer than anything it was told waits. */
function judgeJudging(
  { newestArticleAt, newestJudgementAt = '' }: StoredReadings,
  boundMs: number,
  now: Date,
): PipelineFault | undefined {
  const isBehind =
    newestArticleAt !== undefined &&
    newestArticleAt > newestJudgementAt &&
    isOlder(newestArticleAt, boundMs, now);
  return isBehind ? { kind: 'judging-behind', since: newestArticleAt, boundMs } : undefined;
}

function judgeDelivery(
  notifications: readonly Notification[],
  boundMs: number,
  now: Date,
): (PipelineFault | undefined)[] {
  const due = notifications
    .filter(({ status, createdAt }) => status === 'due' && isOlder(createdAt, boundMs, now))
    .map(({ createdAt }) => createdAt)
    .sort();
  const behind: PipelineFault | undefined =
    due[0] === undefined ? undefined : { kind: 'delivery-behind', since: due[0], boundMs, count: due.length };
  const recent = notifications.filter(({ createdAt }) => !isOlder(createdAt, DAY_MS, now));
  return [behind, ...judgeSteps(recent, boundMs, now), ...judgeChannels(recent, boundMs)];
}

/** Steps of incidents that nobody was reached by, though every channel that was planned has been tried. */
function judgeSteps(recent: readonly Notification[], boundMs: number, now: Date): PipelineFault[] {
  return groupBy(recent, ({ incidentId }) => incidentId).flatMap(([subject, ofIncident]) => {
    const lost = groupBy(ofIncident, ({ step }) => step)
      .filter(([, ofStep]) => ofStep.every(hasFailed))
      .map(([, ofStep]) => latest(ofStep.map(({ createdAt }) => createdAt)) as string)
      .filter((at) => isOlder(at, boundMs, now))
      .sort();
    const since = lost[0];
    return since === undefined
      ? []
      : [{ kind: 'reached-nobody', subject, since, boundMs, count: lost.length } as const];
  });
}

/** Channels of which nothing has been heard but failures since the first of them. */
function judgeChannels(recent: readonly Notification[], boundMs: number): PipelineFault[] {
  return groupBy(recent, ({ channel }) => channel).flatMap(([subject, ofChannel]) => {
    const failed = ofChannel.filter(hasFailed).map(({ createdAt }) => createdAt);
    const delivered = latest(ofChannel.flatMap(({ deliveredAt }) => deliveredAt ?? [])) ?? '';
    const since = failed.filter((at) => at > delivered).sort();
    return since[0] === undefined
      ? []
      : [{ kind: 'channel-failing', subject, since: since[0], boundMs, count: since.length } as const];
  });
}

/** What was given up because somebody had taken the matter meanwhile has not failed. */
function hasFailed({ status, error = '' }: Notification): boolean {
  return status === 'failed' && !error.startsWith('already-');
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups];
}

function sum(rows: readonly LedgerRow[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}

function isOlder(at: string, thanMs: number, now: Date): boolean {
  return now.getTime() - Date.parse(at) > thanMs;
}

function latest(times: readonly string[]): string | undefined {
  return times.reduce<string | undefined>(
    (best, at) => (best === undefined || at > best ? at : best),
    undefined,
  );
}
