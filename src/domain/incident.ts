import type { Alert, Severity } from './alert.ts';
import { SEVERITIES } from './alert.ts';
import type { SeriesKey } from './series.ts';

export type IncidentStatus = 'open' | 'acknowledged' | 'resolved';

export const VERDICTS = ['true', 'false', 'planned', 'duplicate'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface IncidentChange {
  readonly at: string;
  /** An officer's name, or `nhip-yte` for what the program did. */
  readonly by: string;
  readonly what: 'opened' | 'alerted' | 'acknowledged' | 'resolved' | 'reopened';
  readonly note?: string;
}

/** The open period that gathers alerts about one matter. */
export interface Incident {
  readonly id: string;
  readonly status: IncidentStatus;
  readonly severity: Severity;
  /** One line for a phone at night. */
  readonly title: string;
  /** The series whose alert opened it, and every series that has joined since. */
  readonly series: readonly SeriesKey[];
  readonly storyIds: readonly string[];
  readonly alertIds: readonly string[];
  readonly latestAlert: Alert;
  readonly openedAt: string;
  readonly updatedAt: string;
  readonly acknowledgedAt?: string;
  readonly acknowledgedBy?: string;
  readonly resolvedAt?: string;
  readonly verdict?: Verdict;
  readonly history: readonly IncidentChange[];
}

/** A transition that the incident's status does not allow, e.g. acknowledging what is resolved. */
export class IncidentTransitionError extends Error {
  override name = 'IncidentTransitionError';
}

export function openIncident(alert: Alert, title: string): Incident {
  return {
    id: `incident-${alert.id}`,
    status: 'open',
    severity: alert.severity,
    title,
    series: [alert.series],
    storyIds: alert.storyIds,
    alertIds: [alert.id],
    latestAlert: alert,
    openedAt: alert.at,
    updatedAt: alert.at,
    history: [{ at: alert.at, by: 'nhip-yte', what: 'opened' }],
  };
}

/**
 * Adds an alert. Severity only rises by itself; it falls when a person says so. Repeating an alert changes nothing.
 *
 * @param title  the line for this alert; it becomes the incident's where the alert is about what opened the incident
 */
export function joinAlert(incident: Incident, alert: Alert, title = incident.title): Incident {
  if (incident.alertIds.includes(alert.id)) return incident;
  return {
    ...incident,
    title: alert.series === incident.series[0] ? title : incident.title,
    severity: moreSevere(incident.severity, alert.severity),
    series: union(incident.series, [alert.series]),
    storyIds: union(incident.storyIds, alert.storyIds),
    alertIds: [...incident.alertIds, alert.id],
    latestAlert: alert,
    updatedAt: alert.at,
    history: [
      ...incident.history,
      { at: alert.at, by: 'nhip-yte', what: 'alerted', ...noteOf(alert.changed) },
    ],
  };
}

/** @throws {IncidentTransitionError} unless the incident is open */
export function acknowledge(incident: Incident, by: string, at: string): Incident {
  if (incident.status !== 'open') {
    throw new IncidentTransitionError(`Cannot acknowledge an incident that is ${incident.status}`);
  }
  return {
    ...incident,
    status: 'acknowledged',
    acknowledgedAt: at,
    acknowledgedBy: by,
    updatedAt: at,
    history: [...incident.history, { at, by, what: 'acknowledged' }],
  };
}

/** @throws {IncidentTransitionError} if the incident is resolved already */
export function resolve(incident: Incident, verdict: Verdict, by: string, at: string, note = ''): Incident {
  if (incident.status === 'resolved') throw new IncidentTransitionError('The incident is resolved already');
  return {
    ...incident,
    status: 'resolved',
    verdict,
    resolvedAt: at,
    updatedAt: at,
    history: [...incident.history, { at, by, what: 'resolved', ...noteOf(note) }],
  };
}

function moreSevere(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])];
}

function noteOf(note: string | undefined): { note?: string } {
  return note === undefined || note === '' ? {} : { note };
}
