import type { AlertRule } from '../src/detection/alert-rule.ts';
import { gatherIncident } from '../src/detection/gather-incident.ts';
import { incidentTitle } from '../src/detection/incident-title.ts';
import type { Alert } from '../src/domain/alert.ts';
import { SEVERITIES } from '../src/domain/alert.ts';
import type { ArticleOutline } from '../src/domain/article.ts';
import type { Incident } from '../src/domain/incident.ts';
import { joinAlert, openIncident } from '../src/domain/incident.ts';
import { planStep } from './plan-notifications.ts';
import type { Deps, Job } from './stage.ts';

/** A facility named by this share of an alert's articles is what the alert is about. */
const ABOUT_SHARE = 0.5;

/**
 * Stores an alert, opens an incident for it or adds it to the one it belongs to, and plans who is told.
 *
 * Notifications are planned first: an incident that exists has then been told of, or will be, whatever happens in
 * between. Raising the same alert again changes nothing and hands on what has not been delivered.
 *
 * @param articles   those the alert counted, oldest first
 * @param incidents  the ones it may belong to
 * @returns the incident as it now stands with the jobs to hand on; `undefined` where a person has just resolved
 *   the matter and it has not grown since
 */
export async function raiseAlert(
  alert: Alert,
  rule: AlertRule,
  articles: readonly ArticleOutline[],
  incidents: readonly Incident[],
  deps: Deps,
): Promise<{ incident: Incident; jobs: Job<'notify'>[] } | undefined> {
  const home = gatherIncident(alert, facilitiesOf(articles), incidents);
  if (home === undefined) return open(alert, articles, deps);
  if (home.status !== 'resolved') return join(home, alert, articles, deps);
  const hasGrown = alert.observed >= home.latestAlert.observed * rule.growthToRepeat;
  return hasGrown ? open(alert, articles, deps) : undefined;
}

async function open(alert: Alert, articles: readonly ArticleOutline[], deps: Deps) {
  const incident = openIncident(alert, incidentTitle(alert, articles).vi);
  const jobs = await planStep(incident, 'opened', deps);
  await deps.incidents.saveAlert(alert);
  await deps.incidents.open(incident);
  return { incident, jobs };
}

async function join(home: Incident, alert: Alert, articles: readonly ArticleOutline[], deps: Deps) {
  const title = incidentTitle(alert, articles).vi;
  const joined = joinAlert(home, alert, title);
  const step = stepOf(home, alert);
  const jobs = step === undefined ? [] : await planStep(joined, step, deps);
  await deps.incidents.saveAlert(alert);
  const incident = await deps.incidents.update(home.id, (current) =>
    current.status === 'resolved' ? current : joinAlert(current, alert, title),
  );
  return { incident: incident ?? joined, jobs };
}

/** What is worth telling again: the matter got worse, or a series that was told of has grown. */
function stepOf(home: Incident, alert: Alert): string | undefined {
  const rise = SEVERITIES.indexOf(alert.severity) - SEVERITIES.indexOf(home.severity);
  if (rise > 0) return `worse-${alert.severity}`;
  return rise === 0 && alert.changed !== undefined ? `grown-${alert.observed}` : undefined;
}

function facilitiesOf(articles: readonly ArticleOutline[]): string[] {
  const counts = new Map<string, number>();
  for (const { mentions } of articles) {
    const ids = new Set(mentions.filter(({ kind }) => kind === 'facility').map(({ id }) => id));
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= articles.length * ABOUT_SHARE).map(([id]) => id);
}
