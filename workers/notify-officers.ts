/**
 * Stage 7 of 7. Delivers one planned notification over its channel and marks it delivered.
 *
 * A crash between the two delivers again; the notification's id goes along, so that the far side can tell.
 */
import { z } from 'zod';

import { evidenceCard } from '../src/detection/evidence-card.ts';
import { freshnessLines } from '../src/detection/freshness-lines.ts';
import { digestMessage } from '../src/detection/message/digest-message.ts';
import { signAcknowledgement } from '../src/domain/acknowledgement-link.ts';
import { freshnessOf } from '../src/domain/data-freshness.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Notification, NotificationMessage } from '../src/domain/notification.ts';
import { newsroomName } from '../src/domain/outlet.ts';
import { PermanentError, RetryLaterError } from '../src/errors.ts';
import type { Receipt } from '../src/ports/channel.ts';
import { isOutdated } from '../src/routing/plan.ts';
import { earlierIncidents } from './earlier-incidents.ts';
import { forecastInWords } from './forecast-of.ts';
import { incidentsOfDigest } from './plan-notifications.ts';
import type { Deps, JobOutcome, Stage } from './stage.ts';

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
    if (isOutdated(notification.step, incident.status))
      return setAside(notification, `already-${incident.status}`, deps);
    const message = await messageOf(notification, incident, deps);
    if (message === undefined) return setAside(notification, 'all-taken', deps);
    await deliver(notification, message, deps, signal);
    return { status: 'done', next: [] };
  },

  async onGivenUp({ notificationId }, reason, { incidents, observe }) {
    const notification = await incidents.findNotification(notificationId);
    if (notification === undefined || notification.status === 'delivered') return;
    await incidents.saveNotification({ ...notification, status: 'failed', error: reason });
    observe({ kind: 'delivered', channel: notification.channel, result: 'failed' });
  },
};

/** What comes after somebody took the matter would only undo their peace. */
async function setAside(
  notification: Notification,
  reason: string,
  { incidents }: Deps,
): Promise<JobOutcome<never>> {
  await incidents.saveNotification({ ...notification, status: 'failed', error: reason });
  return { status: 'skipped', reason, next: [] };
}

/** @returns `undefined` for a digest of which nothing is left to tell */
async function messageOf(
  notification: Notification,
  incident: Incident,
  deps: Deps,
): Promise<NotificationMessage | undefined> {
  const consoleUrl = deps.consoleUrl.replace(/\/+$/, '');
  const now = deps.now();
  const languages = languagesOf(notification, deps);
  if (notification.step.startsWith('digest-')) {
    const incidents = await incidentsOfDigest(notification, deps);
    return incidents.length === 0
      ? undefined
      : digestMessage({ notification, incidents, languages, consoleUrl, now });
  }
  const alert = incident.latestAlert;
  return evidenceCard({
    incident,
    alert,
    articles: await deps.articles.findMany(alert.articleIds),
    step: notification.step,
    outletName: (id) => deps.outlets.get(id)?.name ?? id,
    newsroomName: (id) => newsroomName(id, deps.outlets),
    languages,
    url: `${consoleUrl}/incidents/${encodeURIComponent(incident.id)}`,
    acknowledgeUrl: acknowledgeUrl(notification, incident, consoleUrl, deps),
    now,
    freshness: await freshness(deps),
    forecast: await forecastInWords(incident, deps),
    earlier: await earlierIncidents(incident, deps.incidents),
  });
}

/** What the officer reads; both where it goes to nobody in particular. */
function languagesOf({ officerId }: Notification, { onCall }: Deps): readonly ('vi' | 'en')[] {
  const languages = onCall.officers.get(officerId ?? '')?.languages ?? [];
  return languages.length > 0 ? languages : ['vi', 'en'];
}

/** By which the officer whom it is for takes over what nobody has taken yet. */
function acknowledgeUrl(
  { officerId }: Notification,
  { id: incidentId, status }: Incident,
  consoleUrl: string,
  { acknowledgementKey: key, now }: Deps,
): string | undefined {
  if (officerId === undefined || key === undefined || status !== 'open') return undefined;
  return `${consoleUrl}/a/${signAcknowledgement({ incidentId, officerId }, key, now())}`;
}

async function freshness({ outlets, feedStates, articles, now }: Deps) {
  const states = await feedStates.all();
  return freshnessLines(freshnessOf(outlets.values(), states, await articles.watermark(), now()), now());
}

async function deliver(
  notification: Notification,
  message: NotificationMessage,
  deps: Deps,
  signal: AbortSignal,
): Promise<void> {
  const channel = deps.channels.find(({ name }) => name === notification.channel);
  if (channel === undefined) {
    throw new PermanentError('no-channel', `No channel ${notification.channel} is configured`);
  }
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
