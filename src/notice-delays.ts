import type { Deps } from '../workers/stage.ts';
import type { Alert } from './domain/alert.ts';
import type { Incident } from './domain/incident.ts';
import type { Notification } from './domain/notification.ts';
import type { JobTimes } from './job-times.ts';

/** One notification, from the article that decided to the moment at which its channel had taken it. */
export interface NoticeDelay {
  readonly incident: Incident;
  readonly notification: Notification;
  readonly alert: Alert;
  /** When the deciding article could be found, ms since 1970. */
  readonly decidedAt: number;
  /** Absent while it has not been handed over. */
  readonly delayMs?: number;
}

/** Steps that an article brings about; reminders and their like come by the clock. */
const BROUGHT = /^(?:opened|reopened|worse|grown)/;

/**
 * How long each notification took that an alert brought about. What decided is the newest article of the journal's page
 * that raised the alert.
 */
export async function noticeDelays(
  deps: Pick<Deps, 'incidents' | 'journal'>,
  times: JobTimes,
): Promise<NoticeDelay[]> {
  const delays: NoticeDelay[] = [];
  for (const incident of await deps.incidents.list()) {
    const alerts = await deps.incidents.alertsOf(incident.id);
    for (const notification of await deps.incidents.notificationsOf(incident.id)) {
      // Newest first: the one that had been raised when it was planned.
      const alert = alerts.find(({ at }) => at <= notification.createdAt);
      if (alert === undefined || !BROUGHT.test(notification.step)) continue;
      const decidedAt = await decidingAt(alert, deps, times);
      const { deliveredAt } = notification;
      const delay = deliveredAt === undefined ? {} : { delayMs: Date.parse(deliveredAt) - decidedAt };
      delays.push({ incident, notification, alert, decidedAt, ...delay });
    }
  }
  return delays;
}

async function decidingAt(
  { sequence, articleIds }: Alert,
  { journal }: Pick<Deps, 'journal'>,
  times: JobTimes,
): Promise<number> {
  const [page] = await journal.after(sequence - 1, 1);
  if (page === undefined) throw new Error(`No page ${sequence} of the journal, which raised an alert`);
  const counted = new Set(articleIds);
  const told = page.sightings.map(({ articleId }) => articleId);
  const own = told.filter((id) => counted.has(id));
  const at = Date.parse(page.at);
  const indexed = (own.length > 0 ? own : told).flatMap(
    // Told of again when its page has been read: the last time before the detector was told. That may be before the job
    // which made it searchable has ended; then its analysis, a moment earlier, counts.
    (id) => times.lastBefore('index', id, at) ?? times.lastBefore('analyse', id, at) ?? [],
  );
  return indexed.length === 0 ? at : Math.max(...indexed);
}
