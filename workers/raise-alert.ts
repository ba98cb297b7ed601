import type { AlertRule } from '../src/detection/alert-rule.ts';
import { gatherIncident } from '../src/detection/gather-incident.ts';
import { judgeSeverity, liftedSeverity, sentence } from '../src/detection/incident-severity.ts';
import { incidentTitle } from '../src/detection/incident-title.ts';
import type { Alert } from '../src/domain/alert.ts';
import type { ArticleOutline } from '../src/domain/article.ts';
import type { Incident } from '../src/domain/incident.ts';
import { isActive, joinAlert, openIncident, PROGRAM, rank, reopen } from '../src/domain/incident.ts';
import { facilitiesOf } from './facilities-of.ts';
import { planStep } from './plan-notifications.ts';
import type { Deps, Job } from './stage.ts';

/**
 * Stores an alert, opens an incident for it or adds it to the one it belongs to, and plans who is told.
 *
 * A matter that a person has resolved and that grows again within its echo time is opened again. Notifications are
 * planned first: an incident that exists has then been told of, or will be, whatever happens in between. Raising the
 * same alert again changes nothing and hands on what has not been delivered.
 *
 * @param articles   those the alert counted, oldest first
 * @param incidents  the ones it may belong to
 * @returns the incident as it now stands with the jobs to hand on; `undefined` where a person has just resolved
 *   the matter and it has not grown since: the alert is then stored with the incident, and nobody is told
 */
export async function raiseAlert(
  alert: Alert,
  rule: AlertRule,
  articles: readonly ArticleOutline[],
  incidents: readonly Incident[],
  deps: Deps,
): Promise<{ incident: Incident; jobs: Job<'notify'>[] } | undefined> {
  const known = incidents.find(({ alertIds }) => alertIds.includes(alert.id));
  const home = known ?? gatherIncident(alert, facilitiesOf(articles), incidents);
  if (home === undefined) return open(alert, articles, deps);
  return join(home.id, alert, { rule, title: incidentTitle(alert, articles).vi }, deps);
}

async function open(alert: Alert, articles: readonly ArticleOutline[], deps: Deps) {
  const { severity, reasons } = judgeSeverity([alert], alert.at);
  const title = incidentTitle(alert, articles).vi;
  const opened = openIncident(alert, title, { severity, why: sentence(reasons) });
  const incident: Incident = deps.drill === true ? { ...opened, mark: 'drill' } : opened;
  const jobs = await planStep(incident, 'opened', deps);
  await deps.incidents.saveAlert(alert);
  await deps.incidents.open(incident);
  return { incident, jobs };
}

interface Joining {
  readonly rule: AlertRule;
  readonly title: string;
}

async function join(homeId: string, alert: Alert, how: Joining, deps: Deps) {
  const home = await currentHome(homeId, deps);
  if (home === undefined) return undefined;
  const earlier = (await deps.incidents.alertsOf(home.id)).filter(({ id }) => id !== alert.id);
  const apply = (current: Incident) => joined(current, alert, earlier, how);
  const foreseen = apply(home);
  const step = stepOf(foreseen, alert, earlier);
  const jobs = step === undefined ? [] : await planStep(foreseen, step, deps);
  await deps.incidents.saveAlert(alert);
  const incident = (await deps.incidents.update(home.id, apply)) ?? foreseen;
  // A person may have merged it away while it was looked at: the alert goes where the matter went.
  if (incident.mergedInto !== undefined) return join(incident.mergedInto, alert, how, deps);
  return isActive(incident) ? { incident, jobs } : undefined;
}

/** The incident, or the one that has taken it over. */
async function currentHome(id: string, { incidents }: Deps): Promise<Incident | undefined> {
  const seen = new Set<string>();
  for (let next: string | undefined = id; next !== undefined && !seen.has(next); ) {
    seen.add(next);
    const incident: Incident | undefined = await incidents.find(next);
    if (incident?.mergedInto === undefined) return incident;
    next = incident.mergedInto;
  }
  return undefined;
}

/** The incident with the alert: opened again where the matter has grown, and as severe as it now is. */
function joined(
  current: Incident,
  alert: Alert,
  earlier: readonly Alert[],
  { rule, title }: Joining,
): Incident {
  if (current.mergedInto !== undefined || current.alertIds.includes(alert.id)) return current;
  if (!isActive(current) && !hasGrown(current, alert, earlier, rule)) {
    // Kept with the matter as its echo: a person's verdict stands, and the latest alert stays what they judged.
    const { latestAlert, updatedAt } = current;
    return { ...joinAlert(current, alert, title, undefined), latestAlert, updatedAt };
  }
  const awake = isActive(current)
    ? current
    : reopen(current, { by: PROGRAM, at: alert.at, note: REOPENED }, alert.id);
  return joinAlert(awake, alert, title, liftedSeverity(awake, [...earlier, alert], alert.at));
}

const REOPENED = 'lại tăng sau khi khép / grew again after it was resolved';

/** More of the same series by the rule's factor, or a more severe rule than any before. */
function hasGrown(home: Incident, alert: Alert, earlier: readonly Alert[], rule: AlertRule): boolean {
  const same = earlier.find(
    ({ series, windowHours }) => series === alert.series && windowHours === alert.windowHours,
  );
  const before = (same ?? home.latestAlert).observed;
  return alert.observed >= before * rule.growthToRepeat || earlier.every((one) => isMilder(one, alert));
}

function isMilder(a: Alert, b: Alert): boolean {
  return rank(a.severity) < rank(b.severity);
}

/**
 * What an alert made worth telling, read from the history that it left: the same whenever it is asked. An echo of a
 * resolved matter is told to nobody, nor is what a milder rule adds.
 */
function stepOf(incident: Incident, alert: Alert, earlier: readonly Alert[]): string | undefined {
  const brought = incident.history.filter(({ alertId }) => alertId === alert.id);
  const is = (what: string) => brought.some((change) => change.what === what);
  if (is('opened')) return 'opened';
  if (is('reopened')) return `reopened-${incident.history.findIndex(({ alertId }) => alertId === alert.id)}`;
  if (is('worsened')) return `worse-${brought.find(({ what }) => what === 'worsened')?.to}`;
  const isNews = alert.changed !== undefined && !earlier.some((one) => isMilder(alert, one));
  return isActive(incident) && isNews ? `grown-${alert.observed}` : undefined;
}
