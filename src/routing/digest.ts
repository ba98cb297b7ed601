import type { Incident } from '../domain/incident.ts';
import type { Notification } from '../domain/notification.ts';
import { DAY_MS } from '../domain/time.ts';
import { addressesOf, bySeverity, isDigest, isStuck } from './board.ts';
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
 * every channel's own address where none is left. What a digest has not brought to its officer goes into the next.
 *
 * A digest bears the id of the most severe incident that waits for it. Incidents that somebody has taken meanwhile are
 * left out, and where nothing else was held, no digest is sent.
 */
export function planDigests(input: DigestInput): readonly Notification[] {
  const { recent, onCall, now, channels } = input;
  const step = digestStep(new Date(digestAfter(now, onCall).getTime() - DAY_MS));
  const officers = new Set(recent.filter(isHeld).flatMap(({ officerId }) => officerId ?? []));
  return [...officers].flatMap((officerId) => {
    const sent = recent.filter((each) => each.step === step && each.officerId === officerId);
    if (sent.some((each) => !isStuck(each, NEXT_CHANNEL_AFTER_MINUTES, now.getTime()))) return [];
    const [gravest] = heldFor({ step, officerId }, input);
    if (gravest === undefined) return [];
    const incidentId = sent[0]?.incidentId ?? gravest;
    const begin = `${incidentId}-${step}-${officerId}`;
    const ways: readonly Pick<Notification, 'id' | 'channel' | 'to'>[] = [
      ...addressesOf(officerId, onCall, channels).map((address) => ({
        ...address,
        id: `${begin}-${address.channel}`,
      })),
      ...channels.map((channel) => ({ channel, id: `${begin}-own-${channel}` })),
    ];
    const next = ways.find(
      ({ channel, to }) => !sent.some((each) => each.channel === channel && each.to === to),
    );
    if (next === undefined) return [];
    const createdAt = now.toISOString();
    return [{ ...next, incidentId, step, officerId, status: 'due' as const, attempts: 0, createdAt }];
  });
}

/** Ids of the incidents that a digest tells its officer of, the most severe first. */
export function heldFor(
  { step, officerId }: Pick<Notification, 'step' | 'officerId'>,
  { recent, incidents, onCall }: Pick<DigestInput, 'recent' | 'incidents' | 'onCall'>,
): readonly string[] {
  const brought = recent
    .filter((each) => isDigest(each) && each.officerId === officerId && each.status === 'delivered')
    .map((each) => each.step);
  // Steps of digests are in the order of their days.
  const held = recent.filter((each) => {
    if (!isHeld(each) || each.officerId !== officerId) return false;
    const first = digestStep(digestAfter(new Date(each.createdAt), onCall));
    return first <= step && !brought.some((earlier) => first <= earlier && earlier < step);
  });
  return [...new Set(held.map(({ incidentId }) => incidentId))]
    .map((id) => incidents.get(id))
    .filter((incident) => incident?.status === 'open')
    .filter((incident) => incident !== undefined)
    .sort(bySeverity)
    .map(({ id }) => id);
}

function isHeld({ status }: Notification): boolean {
  return status === 'held';
}
