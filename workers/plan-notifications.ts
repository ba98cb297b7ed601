import { channelsFor } from '../src/detection/on-call.ts';
import { SEVERITIES } from '../src/domain/alert.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Notification } from '../src/domain/notification.ts';
import type { Deps, Job } from './stage.ts';

/** A notification that is due for longer than this has lost its job. */
const LOST_AFTER_MS = 2 * 60_000;

export function notifyJob(notificationId: string): Job<'notify'> {
  return { stage: 'notify', key: `notify-${notificationId}`, payload: { notificationId } };
}

/**
 * Plans one notification per channel for one step of an incident. Planning a step again changes nothing.
 *
 * @returns a job for each of them that is not delivered yet
 */
export async function planStep(incident: Incident, step: string, deps: Deps): Promise<Job<'notify'>[]> {
  const names = deps.channels.map(({ name }) => name);
  const jobs: Job<'notify'>[] = [];
  for (const channel of channelsFor(deps.onCall, incident.severity, names)) {
    const notification: Notification = {
      id: `${incident.id}-${step}-${channel}`,
      incidentId: incident.id,
      step,
      channel,
      status: 'due',
      attempts: 0,
      createdAt: deps.now().toISOString(),
    };
    const isNew = await deps.incidents.plan(notification);
    const standing = isNew ? notification : await deps.incidents.findNotification(notification.id);
    if (standing?.status === 'due') jobs.push(notifyJob(notification.id));
  }
  return jobs;
}

/**
 * What an unacknowledged incident still owes people: notifications that lost their job in a crash, another try by
 * every other channel where a step reached nobody, and the reminder that is due by now.
 */
export async function planOverdue(incident: Incident, deps: Deps): Promise<Job<'notify'>[]> {
  const now = deps.now().getTime();
  const planned = await deps.incidents.notificationsOf(incident.id);
  const lost = planned
    .filter(({ status, createdAt }) => status === 'due' && now - Date.parse(createdAt) > LOST_AFTER_MS)
    .map(({ id }) => notifyJob(id));

  const jobs = [...lost, ...(await planFallbacks(incident, planned, deps))];
  const reminder = dueReminder(incident, deps);
  if (reminder === undefined) return jobs;
  return [...jobs, ...(await planStep(incident, reminder, deps))];
}

/** A step whose every notification failed goes out over the channels that have not been tried. */
async function planFallbacks(
  incident: Incident,
  planned: readonly Notification[],
  deps: Deps,
): Promise<Job<'notify'>[]> {
  const jobs: Job<'notify'>[] = [];
  for (const step of new Set(planned.map((notification) => notification.step))) {
    const ofStep = planned.filter((notification) => notification.step === step);
    if (ofStep.some(({ status }) => status !== 'failed')) continue;
    const tried = new Set(ofStep.map(({ channel }) => channel));
    for (const { name: channel } of deps.channels) {
      if (tried.has(channel)) continue;
      const id = `${incident.id}-${step}-${channel}`;
      const createdAt = deps.now().toISOString();
      await deps.incidents.plan({
        id,
        incidentId: incident.id,
        step,
        channel,
        status: 'due',
        attempts: 0,
        createdAt,
      });
      jobs.push(notifyJob(id));
    }
  }
  return jobs;
}

/** The newest reminder that is due; those missed while the program stood still are not caught up one by one. */
function dueReminder(incident: Incident, deps: Deps): string | undefined {
  const { reminders } = deps.onCall;
  if (incident.status !== 'open') return undefined;
  if (SEVERITIES.indexOf(incident.severity) < SEVERITIES.indexOf(reminders.from)) return undefined;
  const openMs = deps.now().getTime() - Date.parse(incident.openedAt);
  const number = Math.floor(openMs / (reminders.everyMinutes * 60_000));
  return number >= 1 && number <= reminders.atMost ? `reminder-${number}` : undefined;
}
