import { type Incident, isSnoozeOver, wake } from '../src/domain/incident.ts';
import type { Notification } from '../src/domain/notification.ts';
import { countPages, type Situation } from '../src/routing/board.ts';
import { isQuiet, nightBeganAt } from '../src/routing/clock.ts';
import { DIGEST_LOOKBACK_MS, heldFor, planDigests } from '../src/routing/digest.ts';
import { plan, planStep as stepFor } from '../src/routing/plan.ts';
import type { Deps, Job } from './stage.ts';

/** A notification that is due for longer than this has lost its job. */
const LOST_AFTER_MS = 2 * 60_000;

/** Incidents that one round looks after; more than that at once is not a matter for pages. */
const MAX_ACTIVE = 1000;

function notifyJob({ id }: Pick<Notification, 'id'>): Job<'notify'> {
  return { stage: 'notify', key: `notify-${id}`, payload: { notificationId: id } };
}

/**
 * Plans who is told of one step of an incident: `opened`, `reopened-<n>`, `worse-<severity>`, `grown-<n>`. Planning a
 * step again changes nothing.
 *
 * @returns a job for each notification of the incident that is due
 */
export async function planStep(incident: Incident, step: string, deps: Deps): Promise<Job<'notify'>[]> {
  const situation = await situationOf(incident, deps);
  const added = await store(stepFor(step, situation), deps);
  return [...situation.planned, ...added].filter(({ status }) => status === 'due').map(notifyJob);
}

/** What an incident owes people by now, and what lost its job in a crash. */
export async function planOverdue(incident: Incident, deps: Deps): Promise<Job<'notify'>[]> {
  const situation = await situationOf(incident, deps);
  const added = await store(plan(situation).add, deps);
  return [...lost(situation.planned, deps), ...added.filter(({ status }) => status === 'due')].map(notifyJob);
}

/** The same for every incident that is not resolved, and the digests that are due. */
export async function planRound(deps: Deps): Promise<Job<'notify'>[]> {
  const jobs: Job<'notify'>[] = [];
  const active = await deps.incidents.list({ status: ['open', 'acknowledged'], limit: MAX_ACTIVE });
  for (const incident of active) jobs.push(...(await wakeOrPlan(incident, deps)));

  const recent = await recentNotifications(deps);
  const digests = await store(
    planDigests({
      recent,
      incidents: new Map(active.map((incident) => [incident.id, incident])),
      onCall: deps.onCall,
      now: deps.now(),
      channels: namesOf(deps),
    }),
    deps,
  );
  const ofResolved = lost(recent, deps).filter(({ step }) => step.startsWith('digest-'));
  return [...jobs, ...[...ofResolved, ...digests].map(notifyJob)];
}

/** Where a crash comes between the waking and its call, the next round finds the call owed. */
async function wakeOrPlan(incident: Incident, deps: Deps): Promise<Job<'notify'>[]> {
  const now = deps.now();
  if (!isSnoozeOver(incident, now)) return planOverdue(incident, deps);
  const woken = await deps.incidents.update(incident.id, (current) =>
    isSnoozeOver(current, now) ? wake(current, now.toISOString()) : current,
  );
  return woken === undefined ? [] : planOverdue(woken, deps);
}

/** The incidents that a digest tells its officer of, the most severe first; those taken meanwhile left out. */
export async function incidentsOfDigest(notification: Notification, deps: Deps): Promise<Incident[]> {
  const recent = await recentNotifications(deps);
  const ids = [
    ...new Set(recent.filter(({ status }) => status === 'held').map(({ incidentId }) => incidentId)),
  ];
  const found = await Promise.all(ids.map((id) => deps.incidents.find(id)));
  const incidents = new Map(
    found.flatMap((incident) => (incident === undefined ? [] : [[incident.id, incident]])),
  );
  return heldFor(notification, { recent, incidents, onCall: deps.onCall }).flatMap(
    (id) => incidents.get(id) ?? [],
  );
}

/** What the planner decides by. In quiet hours it also counts how often each officer was woken. */
export async function situationOf(
  incident: Incident,
  deps: Pick<Deps, 'incidents' | 'onCall' | 'now' | 'channels'>,
): Promise<Situation> {
  const { incidents, onCall } = deps;
  const now = deps.now();
  const tonight = isQuiet(now, onCall)
    ? await incidents.notificationsSince(nightBeganAt(now, onCall).toISOString())
    : [];
  return {
    incident,
    planned: await incidents.notificationsOf(incident.id),
    pagesTonight: countPages(tonight),
    onCall,
    now,
    channels: namesOf(deps),
  };
}

/** @returns those that were not there already, and, where a crash had stored them, those as they stand */
async function store(wanted: readonly Notification[], { incidents }: Deps): Promise<Notification[]> {
  const stored: Notification[] = [];
  for (const notification of wanted) {
    const isNew = await incidents.plan(notification);
    const standing = isNew ? notification : await incidents.findNotification(notification.id);
    if (standing !== undefined) stored.push(standing);
  }
  return stored;
}

function lost(planned: readonly Notification[], deps: Deps): readonly Notification[] {
  const now = deps.now().getTime();
  return planned.filter(
    ({ status, createdAt }) => status === 'due' && now - Date.parse(createdAt) > LOST_AFTER_MS,
  );
}

function recentNotifications({ incidents, now }: Deps): Promise<Notification[]> {
  return incidents.notificationsSince(new Date(now().getTime() - DIGEST_LOOKBACK_MS).toISOString());
}

function namesOf({ channels }: Pick<Deps, 'channels'>): string[] {
  return channels.map(({ name }) => name);
}
