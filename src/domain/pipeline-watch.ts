/** What operators are told of the pipeline's faults and when: once each, reminders while they stand, an all-clear. */
import { faultKey, type PipelineFault } from './pipeline-health.ts';
import { HOUR_MS } from './time.ts';

/** A fault is told of once it has been seen for so many looks' time, so that a hiccup alarms nobody. */
const TELL_AFTER_LOOKS = 2;
/** It has ended once it has not been seen for so long; one that comes back before is the same fault. */
const ENDED_AFTER_LOOKS = 5;
/** A bulletin of a process that has died is taken over by another after so long. */
const CLAIM_LOOKS = 3;

/** What no channel has taken by then is not news any more: the next reminder comes anyway. */
const REMIND_EVERY_MS = 6 * HOUR_MS;

/** A fault that the watchdog follows, from its first sight until its end has been told. */
export interface StandingFault {
  readonly key: string;
  /** As it was last judged. */
  readonly fault: PipelineFault;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly toldAt?: string;
}

export type BulletinKind = 'fault' | 'reminder' | 'all-clear';

/** One message to the operators, on its way over each of their channels. */
export interface Bulletin {
  /** Stable across retries, so that the far side can tell a repeat. */
  readonly id: string;
  readonly kind: BulletinKind;
  readonly at: string;
  /** What stands and what has just ended. */
  readonly standing: readonly PipelineFault[];
  readonly ended: readonly PipelineFault[];
  /** The process that sends it, until it has not been heard of for a while. */
  readonly by: string;
  readonly claimedAt: string;
  readonly deliveries: readonly BulletinDelivery[];
}

export interface BulletinDelivery {
  /** Channel, or channel and address: see `parseOperatorAddress`. */
  readonly to: string;
  readonly status: 'due' | 'delivered' | 'failed';
  readonly error?: string;
}

/** What the watchdog remembers across restarts. */
export interface PipelineWatch {
  readonly id: 'pipeline';
  readonly lookedAt?: string;
  readonly faults: readonly StandingFault[];
  /** The newest one. */
  readonly bulletin?: Bulletin;
}

export const NO_WATCH: PipelineWatch = { id: 'pipeline', faults: [] };

export interface Look {
  readonly now: Date;
  readonly faults: readonly PipelineFault[];
  /** From one look to the next. */
  readonly everyMs: number;
  /** Names the process that looks. */
  readonly by: string;
  /** Where operators are reached. */
  readonly operators: readonly string[];
}

/**
 * Takes one look into account: what is new, what stands, what has ended, and whether a bulletin follows.
 *
 * Looking twice changes nothing more, and of two processes that look at once the second finds the first one's bulletin.
 */
export function noteLook(watch: PipelineWatch, look: Look): PipelineWatch {
  const at = look.now.toISOString();
  const followed = follow(watch.faults, look.faults, at);
  const isOver = ({ lastSeenAt }: StandingFault) =>
    age(lastSeenAt, look.now) >= ENDED_AFTER_LOOKS * look.everyMs;
  const ended = followed.filter((one) => isOver(one) && one.toldAt !== undefined);
  const standing = followed.filter((one) => !isOver(one));
  const kind = bulletinDue(standing, ended, look);
  if (kind === undefined) {
    const bulletin = watch.bulletin === undefined ? {} : { bulletin: claimed(watch.bulletin, look) };
    return { id: 'pipeline', lookedAt: at, faults: standing, ...bulletin };
  }
  const told = standing.map((one) =>
    isRipe(one, look) || one.toldAt !== undefined ? { ...one, toldAt: at } : one,
  );
  return {
    id: 'pipeline',
    lookedAt: at,
    faults: told,
    bulletin: {
      id: `watch-${kind}-${at.replace(/[^0-9TZ]/g, '').toLowerCase()}`,
      kind,
      at,
      standing: told.filter(({ toldAt }) => toldAt !== undefined).map(({ fault }) => fault),
      ended: ended.map(({ fault }) => fault),
      by: look.by,
      claimedAt: at,
      deliveries: look.operators.map((to) => ({ to, status: 'due' })),
    },
  };
}

/** What of the bulletin this process is to deliver now. */
export function deliveriesDue({ bulletin }: PipelineWatch, by: string): readonly string[] {
  if (bulletin?.by !== by) return [];
  return bulletin.deliveries.filter(({ status }) => status === 'due').map(({ to }) => to);
}

/** Notes how one delivery ended; that of a bulletin which is not the newest any more changes nothing. */
export function noteDelivery(watch: PipelineWatch, id: string, delivery: BulletinDelivery): PipelineWatch {
  const { bulletin } = watch;
  if (bulletin?.id !== id) return watch;
  const deliveries = bulletin.deliveries.map((one) => (one.to === delivery.to ? delivery : one));
  return { ...watch, bulletin: { ...bulletin, deliveries } };
}

/** Own memory, unless the store's is later: a store that was away has missed what this process saw meanwhile. */
export function laterWatch(own: PipelineWatch, stored: PipelineWatch): PipelineWatch {
  return (stored.lookedAt ?? '') > (own.lookedAt ?? '') ? stored : own;
}

function follow(
  known: readonly StandingFault[],
  faults: readonly PipelineFault[],
  at: string,
): StandingFault[] {
  const seen = new Map(faults.map((fault) => [faultKey(fault), fault]));
  const before = new Set(known.map(({ key }) => key));
  return [
    ...known.map((one) => {
      const fault = seen.get(one.key);
      return fault === undefined ? one : { ...one, fault, lastSeenAt: at };
    }),
    ...[...seen]
      .filter(([key]) => !before.has(key))
      .map(([key, fault]) => ({ key, fault, firstSeenAt: at, lastSeenAt: at })),
  ];
}

/** Seen at this look, and at those before it. */
function isRipe({ firstSeenAt, lastSeenAt }: StandingFault, { now, everyMs }: Look): boolean {
  // Looks do not come to the millisecond.
  return lastSeenAt === now.toISOString() && age(firstSeenAt, now) >= (TELL_AFTER_LOOKS - 0.5) * everyMs;
}

function bulletinDue(
  standing: readonly StandingFault[],
  ended: readonly StandingFault[],
  look: Look,
): BulletinKind | undefined {
  const told = standing.flatMap(({ toldAt }) => toldAt ?? []);
  if (standing.some((one) => one.toldAt === undefined && isRipe(one, look))) return 'fault';
  if (ended.length > 0) return told.length === 0 ? 'all-clear' : 'fault';
  return told.some((at) => age(at, look.now) >= REMIND_EVERY_MS) ? 'reminder' : undefined;
}

/** Whoever looks takes over what a process that is gone has left undelivered, and gives up what is too old. */
function claimed(bulletin: Bulletin, { by, now, everyMs }: Look): Bulletin {
  if (bulletin.deliveries.every(({ status }) => status !== 'due')) return bulletin;
  if (age(bulletin.at, now) >= REMIND_EVERY_MS) {
    const deliveries = bulletin.deliveries.map(
      (one): BulletinDelivery => (one.status === 'due' ? { ...one, status: 'failed' } : one),
    );
    return { ...bulletin, deliveries };
  }
  if (bulletin.by !== by && age(bulletin.claimedAt, now) < CLAIM_LOOKS * everyMs) return bulletin;
  return { ...bulletin, by, claimedAt: now.toISOString() };
}

function age(at: string, now: Date): number {
  return now.getTime() - Date.parse(at);
}
