/**
 * Stage 7 of 7. Delivers one planned notification over its channel and marks it delivered.
 *
 * A crash between the two delivers again; the notification's id goes along, so that the far side can tell.
 */
import { z } from 'zod';

import { evidenceCard } from '../src/detection/evidence-card.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Notification } from '../src/domain/notification.ts';
import { newsroomName } from '../src/domain/outlet.ts';
import { PermanentError, RetryLaterError } from '../src/errors.ts';
import type { Receipt } from '../src/ports/channel.ts';
import type { Deps, Stage } from './stage.ts';

/** A channel that has not answered by then is tried again rather than waited for. */
const DELIVERY_TIMEOUT_MS = 60_000;

export const notifyOfficers: Stage<'notify', never> = {
  name: 'notify',
  payload: z.object({ notificationId: z.string() }),
  concurrency: 4,
  attempts: 6,

  async run({ notificationId }, deps, { signal }) {
    const notification = await deps.incidents.findNotification(notificationId);
    if (notification === undefined) {
      throw new PermanentError('unknown-notification', `No notification ${notificationId}`);
    }
    if (notification.status === 'delivered') {
      return { status: 'skipped', reason: 'already-delivered', next: [] };
    }
    const incident = await deps.incidents.find(notification.incidentId);
    if (incident === undefined) {
      throw new PermanentError('unknown-incident', `No incident ${notification.incidentId}`);
    }
    const outdated = outdatedBy(notification, incident);
    if (outdated !== undefined) {
      await deps.incidents.saveNotification({ ...notification, status: 'failed', error: outdated });
      return { status: 'skipped', reason: outdated, next: [] };
    }
    await deliver(notification, incident, deps, signal);
    return { status: 'done', next: [] };
  },

  async onGivenUp({ notificationId }, reason, { incidents, observe }) {
    const notification = await incidents.findNotification(notificationId);
    if (notification === undefined || notification.status === 'delivered') return;
    await incidents.saveNotification({ ...notification, status: 'failed', error: reason });
    observe({ kind: 'delivered', channel: notification.channel, result: 'failed' });
  },
};

/** A reminder that comes after somebody took the matter would only undo their peace. */
function outdatedBy({ step }: Notification, { status }: Incident): string | undefined {
  return step.startsWith('reminder-') && status !== 'open' ? `already-${status}` : undefined;
}

async function deliver(
  notification: Notification,
  incident: Incident,
  deps: Deps,
  signal: AbortSignal,
): Promise<void> {
  const channel = deps.channels.find(({ name }) => name === notification.channel);
  if (channel === undefined) {
    throw new PermanentError('no-channel', `No channel ${notification.channel} is configured`);
  }
  const alert = incident.latestAlert;
  const message = evidenceCard({
    incident,
    alert,
    articles: await deps.articles.findMany(alert.articleIds),
    step: notification.step,
    outletName: (id) => deps.outlets.get(id)?.name ?? id,
    newsroomName: (id) => newsroomName(id, deps.outlets),
    url: `${deps.consoleUrl.replace(/\/+$/, '')}/incidents/${incident.id}`,
    now: deps.now(),
  });
  const attempts = notification.attempts + 1;
  let receipt: Receipt;
  try {
    receipt = await channel.deliver(
      message,
      { notificationId: notification.id, ...(notification.to === undefined ? {} : { to: notification.to }) },
      AbortSignal.any([signal, AbortSignal.timeout(DELIVERY_TIMEOUT_MS)]),
    );
  } catch (error) {
    // What cannot succeed is given up at once, and told of there.
    if (!(error instanceof PermanentError)) {
      deps.observe({ kind: 'delivered', channel: channel.name, result: 'retrying' });
    }
    // Being asked to wait is no failed attempt.
    if (!(error instanceof RetryLaterError)) {
      await deps.incidents.saveNotification({ ...notification, attempts, error: String(error) });
    }
    throw error;
  }
  deps.observe({ kind: 'delivered', channel: channel.name, result: 'delivered' });
  const deliveredAt = deps.now().toISOString();
  const { error: _error, ...rest } = notification;
  await deps.incidents.saveNotification({ ...rest, ...receipt, status: 'delivered', attempts, deliveredAt });
}
