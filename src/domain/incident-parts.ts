/** Two incidents that are one matter, and one that is two: merging, and its undoing, and splitting. */
import type { Alert } from './alert.ts';
import type { Apart, Incident, PersonsAct } from './incident.ts';
import {
  changed,
  IncidentTransitionError,
  isActive,
  noteOf,
  rank,
  union,
  withoutOutcome,
} from './incident.ts';
import { type SeriesKey, seriesKey } from './series.ts';

/** What of an incident is to become one of its own. */
export interface Part {
  readonly series: readonly SeriesKey[];
  readonly storyIds: readonly string[];
}

/** @throws {IncidentTransitionError} unless both are there to be merged */
export function refuseMerge(incident: Incident, into: Incident): void {
  if (incident.id === into.id) throw new IncidentTransitionError('An incident cannot be merged into itself');
  if (incident.mergedInto !== undefined) {
    throw new IncidentTransitionError(`The incident is merged into ${incident.mergedInto}`);
  }
  if (!isActive(into)) throw new IncidentTransitionError('The other incident is resolved');
  if ((incident.mark === 'drill') !== (into.mark === 'drill')) {
    throw new IncidentTransitionError('A drill and a real incident stay apart');
  }
}

/** The incident as resolved because another one, `into`, is about the same matter. What it holds it keeps, for the undoing. */
export function mergeInto(incident: Incident, into: Incident, { by, at, note = '' }: PersonsAct): Incident {
  refuseMerge(incident, into);
  const merged: Incident = {
    ...incident,
    status: 'resolved',
    verdict: 'duplicate',
    resolvedAt: at,
    mergedInto: into.id,
  };
  const change = { by, what: 'merged', from: incident.status, to: into.id, ...noteOf(note) } as const;
  return changed(merged, at, change);
}

/** The other side of `mergeInto`: takes over series, stories and alerts. Repeating it changes nothing. */
export function absorb(into: Incident, merged: Incident): Incident {
  if (into.mergedFrom?.includes(merged.id)) return into;
  const { at, by, note } = lastChange(merged, 'merged');
  const isNewer = Date.parse(merged.latestAlert.at) > Date.parse(into.latestAlert.at);
  const apart = (into.apart ?? []).filter(({ incidentId }) => incidentId !== merged.id);
  const { apart: _before, ...rest } = into;
  return changed(
    {
      ...rest,
      severity: rank(merged.severity) > rank(into.severity) ? merged.severity : into.severity,
      series: union(into.series, merged.series),
      storyIds: union(into.storyIds, merged.storyIds),
      alertIds: union(into.alertIds, merged.alertIds),
      latestAlert: isNewer ? merged.latestAlert : into.latestAlert,
      mergedFrom: union(into.mergedFrom ?? [], [merged.id]),
      ...(apart.length === 0 ? {} : { apart }),
    },
    at,
    { by, what: 'absorbed', from: merged.id, ...noteOf(note) },
  );
}

/**
 * Undoes `mergeInto`: open again, with what it held.
 *
 * @throws {IncidentTransitionError} unless it is merged into another one
 */
export function unmerge(merged: Incident, { by, at, note = '' }: PersonsAct): Incident {
  if (merged.mergedInto === undefined) throw new IncidentTransitionError('The incident is not merged');
  const { mergedInto, ...rest } = merged;
  const change = { by, what: 'unmerged', from: mergedInto, to: 'open', ...noteOf(note) } as const;
  return changed(withoutOutcome(rest, at), at, change);
}

/**
 * The other side of `unmerge`: gives back what the merged incident had brought, and what came for it since. Repeating it
 * changes nothing.
 *
 * @param alerts  those of `into`
 */
export function release(into: Incident, merged: Incident, alerts: readonly Alert[]): Incident {
  if (!into.mergedFrom?.includes(merged.id)) return into;
  const { at, by } = lastChange(merged, 'unmerged');
  const own = alerts.filter(({ id }) => !merged.alertIds.includes(id));
  const ownSeries = new Set(
    own.filter(({ series }) => !merged.series.includes(series)).map(({ series }) => series),
  );
  const keeps = (alert: Alert) => ownSeries.has(alert.series) || isBefore(alert, into, merged);
  const staying = own.filter(keeps);
  const mergedFrom = into.mergedFrom.filter((id) => id !== merged.id);
  const { mergedFrom: _all, ...rest } = into;
  return changed(
    {
      ...rest,
      ...(staying.length === 0 ? {} : contentOf(staying)),
      ...(mergedFrom.length === 0 ? {} : { mergedFrom }),
      apart: [...(into.apart ?? []), apartFrom(merged, staying)],
    },
    at,
    { by, what: 'released', to: merged.id },
  );
}

/** Alerts that came for the merged incident's matter while it was merged, to be joined to it again. */
export function alertsToGiveBack(into: Incident, merged: Incident, alerts: readonly Alert[]): Alert[] {
  return alerts
    .filter((alert) => !merged.alertIds.includes(alert.id))
    .filter((alert) => merged.series.includes(alert.series) && !isBefore(alert, into, merged))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Whether an alert was the incident's own before it took the other one over. */
function isBefore(alert: Alert, into: Incident, merged: Incident): boolean {
  const absorbed = into.history.findLast(({ what, from }) => what === 'absorbed' && from === merged.id);
  return absorbed === undefined || Date.parse(alert.at) <= Date.parse(absorbed.at);
}

/** What the released incident holds and the other one does not say of itself. */
function apartFrom(merged: Incident, staying: readonly Alert[]): Apart {
  const series = new Set(staying.map((alert) => alert.series));
  const stories = new Set(staying.flatMap(({ storyIds }) => storyIds));
  return {
    incidentId: merged.id,
    series: merged.series.filter((key) => !series.has(key)),
    storyIds: merged.storyIds.filter((id) => !stories.has(id)),
    alertIds: merged.alertIds,
  };
}

/** What alerts say of an incident, taken together. */
function contentOf(
  alerts: readonly Alert[],
): Pick<Incident, 'series' | 'storyIds' | 'alertIds' | 'latestAlert'> {
  const inOrder = [...alerts].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return {
    series: [...new Set(inOrder.map(({ series }) => series))],
    storyIds: [...new Set(inOrder.flatMap(({ storyIds }) => storyIds))],
    alertIds: inOrder.map(({ id }) => id),
    latestAlert: inOrder.at(-1) as Alert,
  };
}

/** Id of the incident that a split makes: the same for the same version, so that a repeat makes no second one. */
export function splitId({ id, history }: Pick<Incident, 'id' | 'history'>): string {
  return `${id}-split-${history.length}`;
}

/**
 * Takes a part out of an incident. Alerts go along whose series goes, or all of whose stories go.
 *
 * @param alerts  those of the incident
 * @param title   the new incident's line
 * @returns what remains; `splitOff` makes the other incident of it
 * @throws {IncidentTransitionError} if it is resolved, or if nothing would go or nothing stay
 */
export function split(
  incident: Incident,
  part: Part,
  alerts: readonly Alert[],
  { by, at }: PersonsAct,
  title: string,
): Incident {
  if (!isActive(incident)) throw new IncidentTransitionError('The incident is resolved');
  const series = incident.series.filter((key) => part.series.includes(key));
  const storyIds = storiesToSplit(incident, part, alerts);
  const goes = (alert: Alert) =>
    series.includes(alert.series) ||
    (alert.storyIds.length > 0 && alert.storyIds.every((id) => storyIds.includes(id)));
  const staying = alerts.filter((alert) => !goes(alert));
  const latest = staying.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
  const remaining = incident.series.filter((key) => !series.includes(key));
  if (series.length + storyIds.length === 0)
    throw new IncidentTransitionError('Nothing was chosen to be split off');
  if (latest === undefined || remaining.length === 0) {
    throw new IncidentTransitionError('Nothing would be left of the incident');
  }
  const going = alerts.filter(goes).map(({ id }) => id);
  const to = splitId(incident);
  return changed(
    {
      ...incident,
      series: remaining,
      storyIds: incident.storyIds.filter((id) => !storyIds.includes(id)),
      alertIds: incident.alertIds.filter((id) => !going.includes(id)),
      latestAlert: latest,
      apart: [...(incident.apart ?? []), { incidentId: to, series, storyIds, alertIds: going }],
    },
    at,
    { by, what: 'split', to, note: title },
  );
}

/** The chosen stories, and of a chosen series those that no other alert speaks of. */
function storiesToSplit(incident: Incident, part: Part, alerts: readonly Alert[]): string[] {
  const isChosen = ({ series }: Alert) => part.series.includes(series);
  const others = new Set(alerts.filter((alert) => !isChosen(alert)).flatMap(({ storyIds }) => storyIds));
  const along = alerts.filter(isChosen).flatMap(({ storyIds }) => storyIds);
  const chosen = new Set([...part.storyIds, ...along.filter((id) => !others.has(id))]);
  return incident.storyIds.filter((id) => chosen.has(id));
}

/**
 * The incident that a split has made, as its rest tells of it.
 *
 * @param rest    as `split` gave it, or later
 * @param alerts  of the incident before the split
 */
export function splitOff(rest: Incident, splitOffId: string, alerts: readonly Alert[]): Incident | undefined {
  const part = rest.apart?.find(({ incidentId }) => incidentId === splitOffId);
  const change = rest.history.find(({ what, to }) => what === 'split' && to === splitOffId);
  if (part === undefined || change === undefined) return undefined;
  const own = alerts.filter(({ id }) => part.alertIds.includes(id));
  const latest = (own.length > 0 ? own : alerts)
    .filter((alert) => own.length > 0 || alert.storyIds.some((id) => part.storyIds.includes(id)))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
  if (latest === undefined) return undefined;
  const { at, by } = change;
  return {
    id: splitOffId,
    status: 'acknowledged',
    acknowledgedAt: at,
    acknowledgedBy: by,
    severity: rest.severity,
    title: change.note ?? rest.title,
    series: part.series.length > 0 ? part.series : part.storyIds.map((id) => seriesKey('story', id)),
    storyIds: part.storyIds,
    alertIds: own.length > 0 ? part.alertIds : [latest.id],
    latestAlert: latest,
    openedAt: at,
    updatedAt: at,
    splitFrom: rest.id,
    apart: [{ incidentId: rest.id, series: rest.series, storyIds: rest.storyIds, alertIds: [] }],
    ...(rest.mark === undefined ? {} : { mark: rest.mark }),
    history: [{ at, by, what: 'split-off', from: rest.id }],
  };
}

function lastChange(
  incident: Incident,
  what: 'merged' | 'unmerged',
): { at: string; by: string; note?: string } {
  const change = incident.history.findLast((one) => one.what === what);
  if (change === undefined) throw new IncidentTransitionError(`The incident was never ${what}`);
  return change;
}
