import type { Incident } from '../domain/incident.ts';
import type { Notification } from '../domain/notification.ts';
import { DAY_MS } from '../domain/time.ts';
import { addressesOf, bySeverity, isStuck } from './board.ts';
import { digestAfter, digestStep } from './clock.ts';
import type { OnCall } from './on-call.ts';

/** A digest's channel that has not delivered by then is not waited for. */
const NEXT_CHANNEL_AFTER_MINUTES = 10;

/** What is held is looked for this far back: a program that stood still for a weekend still owes its digests. */
export const DIGEST_LOOKBACK_MS = 4 * DAY_MS;

/** What was held and what was sent lately, of all incidents. */
export interface DigestInput {
  readonly recent: readonly Notification[];
  readonly incidents: ReadonlyMap<string, Pick<Incident, 'id' | 'status' | 'severity'>>;
  readonly onCall: OnCall;
  readonly now: Date;
  readonly channels: readonly string[];
}

/**
 * The digests that are due: one per officer and day, over their next channel where one failed or is too slow, over
 * every channel's own address where they have none. It bears the id of the most severe incident that waits for it.
 *
 * Incidents that somebody has taken meanwhile are left out, and where nothing else was held, no digest is sent.
 */
export function planDigests({
  recent,
  incidents,
  onCall,
  now,
  channels,
}: DigestInput): readonly Notification[] {
  const waiting = new Map<string, Notification[]>();
  for (const each of recent) {
    if (each.status !== 'held' || each.officerId === undefined) continue;
    const key = `${each.officerId} ${digestAfter(new Date(each.createdAt), onCall).toISOString()}`;
    waiting.set(key, [...(waiting.get(key) ?? []), each]);
  }
  return [...waiting].flatMap(([key, held]) => {
    const [officerId = '', at = ''] = key.split(' ');
    if (now.toISOString() < at) return [];
    const step = digestStep(new Date(at));
    const sent = recent.filter((each) => each.step === step && each.officerId === officerId);
    if (sent.some((each) => !isStuck(each, NEXT_CHANNEL_AFTER_MINUTES, now.getTime()))) return [];
    const incidentId = sent[0]?.incidentId ?? gravestOf(held, incidents);
    if (incidentId === undefined) return [];
    const own = addressesOf(officerId, onCall, channels);
    const ways = own.length > 0 ? own : channels.map((channel) => ({ channel, to: undefined }));
    const next = ways.find(({ channel }) => !sent.some((each) => each.channel === channel));
    if (next === undefined) return [];
    const { channel, to } = next;
    return [
      {
        id: `${incidentId}-${step}-${officerId}-${channel}`,
        incidentId,
        step,
        channel,
        officerId,
        ...(to === undefined ? {} : { to }),
        status: 'due' as const,
        attempts: 0,
        createdAt: now.toISOString(),
      },
    ];
  });
}

/** Ids of the incidents that a digest tells of, the most severe first. */
export function heldFor(
  { step, officerId }: Pick<Notification, 'step' | 'officerId'>,
  { recent, incidents, onCall }: Pick<DigestInput, 'recent' | 'incidents' | 'onCall'>,
): readonly string[] {
  const held = recent.filter(
    (each) =>
      each.status === 'held' &&
      each.officerId === officerId &&
      digestStep(digestAfter(new Date(each.createdAt), onCall)) === step,
  );
  return stillOpen(held, incidents).map(({ id }) => id);
}

function gravestOf(held: readonly Notification[], incidents: DigestInput['incidents']): string | undefined {
  return stillOpen(held, incidents)[0]?.id;
}

function stillOpen(held: readonly Notification[], incidents: DigestInput['incidents']) {
  return [...new Set(held.map(({ incidentId }) => incidentId))]
    .map((id) => incidents.get(id))
    .filter((incident) => incident?.status === 'open')
    .filter((incident) => incident !== undefined)
    .sort(bySeverity);
}
