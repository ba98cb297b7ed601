import type { Alert, Severity } from './alert.ts';
import { SEVERITIES } from './alert.ts';
import type { SeriesKey } from './series.ts';
import { DAY_MS, HOUR_MS } from './time.ts';

export const INCIDENT_STATUSES = ['open', 'acknowledged', 'resolved'] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

export const VERDICTS = ['true', 'false', 'planned', 'duplicate'] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * `snoozed`: somebody has it until a time, and `woken` when that had come and nothing was settled;
 * `alerted`: another alert joined; `worsened`, `eased`: the program changed the severity, `severity-set`: a person did;
 * `merged`, `unmerged`: it went into another incident and came out again, `absorbed`, `released`: the same as that
 * other one saw it; `split`: a part of it became an incident of its own, `split-off`: it is that part.
 */
export const INCIDENT_CHANGES = [
  'opened',
  'alerted',
  'worsened',
  'eased',
  'severity-set',
  'acknowledged',
  'snoozed',
  'woken',
  'handed-over',
  'resolved',
  'reopened',
  'merged',
  'unmerged',
  'absorbed',
  'released',
  'split',
  'split-off',
] as const;

/** What did what when the program itself did it. */
export const PROGRAM = 'nhip-yte';

export interface IncidentChange {
  readonly at: string;
  /** An officer's name, or `nhip-yte` for what the program did. */
  readonly by: string;
  readonly what: (typeof INCIDENT_CHANGES)[number];
  /** A severity, status, verdict, focal person or incident's id, as the change has it. */
  readonly from?: string;
  readonly to?: string;
  /** A person's words, or the program's reasons: Vietnamese first, after ` / ` English. */
  readonly note?: string;
  /** The alert that brought it about. */
  readonly alertId?: string;
}

/** What a person has put into another incident: alerts about it go there. */
export interface Apart {
  readonly incidentId: string;
  readonly series: readonly SeriesKey[];
  readonly storyIds: readonly string[];
  readonly alertIds: readonly string[];
}

/** The open period that gathers alerts about one matter. */
export interface Incident {
  readonly id: string;
  readonly status: IncidentStatus;
  readonly severity: Severity;
  /** Since when the severity is a person's word: the program changes it again only for something new. */
  readonly severitySetAt?: string;
  /** One line for a phone at night. */
  readonly title: string;
  /** The series whose alert opened it, and every series that has joined since. */
  readonly series: readonly SeriesKey[];
  readonly storyIds: readonly string[];
  readonly alertIds: readonly string[];
  readonly latestAlert: Alert;
  readonly openedAt: string;
  readonly updatedAt: string;
  /** When it was last opened again. */
  readonly reopenedAt?: string;
  readonly acknowledgedAt?: string;
  readonly acknowledgedBy?: string;
  /** Until then whoever took it wants to hear of nothing but what is worse; then it is open again. */
  readonly snoozedUntil?: string;
  /** The person or unit that is to see to it, as an officer wrote it. */
  readonly assignedTo?: string;
  readonly resolvedAt?: string;
  readonly verdict?: Verdict;
  /** `planned`: was announced beforehand; `drill`: no crisis at all, and no part of any statistics. */
  readonly mark?: 'planned' | 'drill';
  /** The incident that has taken it over, or of which it was a part. */
  readonly mergedInto?: string;
  readonly splitFrom?: string;
  /** Incidents that it has taken over. */
  readonly mergedFrom?: readonly string[];
  readonly apart?: readonly Apart[];
  /** Only ever grows: its length is the incident's version. */
  readonly history: readonly IncidentChange[];
}

/** A transition that the incident's status does not allow, e.g. acknowledging what is resolved. */
export class IncidentTransitionError extends Error {
  override name = 'IncidentTransitionError';
}

/** Somebody or something has changed the incident since a person looked at it. */
export class IncidentConflictError extends Error {
  override name = 'IncidentConflictError';
  readonly incident: Incident;
  /** What happened in between, oldest first. */
  readonly changes: readonly IncidentChange[];

  constructor(incident: Incident, changes: readonly IncidentChange[]) {
    const said = changes.map(({ what, by, at }) => `${what} by ${by} at ${at}`).join(', ');
    super(`The incident has changed meanwhile: ${said}`);
    this.incident = incident;
    this.changes = changes;
  }
}

/** Counts the changes of an incident: a person's write names the version that they saw. */
export function versionOf({ history }: Pick<Incident, 'history'>): number {
  return history.length;
}

/**
 * Refuses a person's write that rests on what is no longer so.
 *
 * @param version       what they saw
 * @param peopleOnly    leave out what the program did: whoever takes a matter over takes it over as it grows
 * @throws {IncidentConflictError} with what has happened since
 */
export function refuseIfChanged(incident: Incident, version: number, { peopleOnly = false } = {}): void {
  const changes = incident.history.slice(version).filter(({ by }) => !peopleOnly || by !== PROGRAM);
  const isFromTheFuture = version > incident.history.length;
  if (changes.length > 0 || isFromTheFuture) throw new IncidentConflictError(incident, changes);
}

/** What the program makes of the severity, with its reasons in both languages; see `noteOf`. */
export interface JudgedSeverity {
  readonly severity: Severity;
  readonly why: string;
}

export function openIncident(
  alert: Alert,
  title: string,
  { severity, why }: JudgedSeverity = { severity: alert.severity, why: '' },
): Incident {
  return {
    id: `incident-${alert.id}`,
    status: 'open',
    severity,
    title,
    series: [alert.series],
    storyIds: alert.storyIds,
    alertIds: [alert.id],
    latestAlert: alert,
    openedAt: alert.at,
    updatedAt: alert.at,
    history: [{ at: alert.at, by: PROGRAM, what: 'opened', to: severity, alertId: alert.id, ...noteOf(why) }],
  };
}

/**
 * Adds an alert; repeating one changes nothing. An alert never lowers the severity.
 *
 * @param title   the line for this alert; it becomes the incident's where the alert is about what opened the incident
 * @param judged  the severity that the alert leads to; the alert's own where nothing is said
 */
export function joinAlert(
  incident: Incident,
  alert: Alert,
  title = incident.title,
  judged: JudgedSeverity | undefined = { severity: alert.severity, why: '' },
): Incident {
  if (incident.alertIds.includes(alert.id)) return incident;
  const apart = incident.apart ?? [];
  const elsewhere = new Set(apart.flatMap(({ storyIds }) => storyIds));
  const joined: Incident = {
    ...incident,
    title: alert.series === incident.series[0] ? title : incident.title,
    series: union(incident.series, [alert.series]),
    storyIds: union(
      incident.storyIds,
      alert.storyIds.filter((id) => !elsewhere.has(id)),
    ),
    alertIds: [...incident.alertIds, alert.id],
    latestAlert: alert,
    updatedAt: alert.at,
    history: [
      ...incident.history,
      { at: alert.at, by: PROGRAM, what: 'alerted', alertId: alert.id, ...noteOf(alert.changed) },
    ],
  };
  if (judged === undefined || rank(judged.severity) <= rank(incident.severity)) return joined;
  const { severitySetAt: _ended, snoozedUntil: _over, ...rest } = joined;
  return changed({ ...rest, severity: judged.severity }, alert.at, {
    by: PROGRAM,
    what: 'worsened',
    from: incident.severity,
    to: judged.severity,
    alertId: alert.id,
    ...noteOf(judged.why),
  });
}

/** Lowers the severity, as time has shown less; `updatedAt` stays, since nothing new has come. */
export function ease(incident: Incident, { severity, why }: JudgedSeverity, at: string): Incident {
  if (rank(severity) >= rank(incident.severity)) return incident;
  const { updatedAt } = incident;
  const eased = changed({ ...incident, severity }, at, {
    by: PROGRAM,
    what: 'eased',
    from: incident.severity,
    to: severity,
    ...noteOf(why),
  });
  return { ...eased, updatedAt };
}

/** A person's word on the severity, either way. @throws {IncidentTransitionError} if resolved, or if it is that already */
export function setSeverity(
  incident: Incident,
  severity: Severity,
  { by, at, note = '' }: PersonsAct,
): Incident {
  if (incident.status === 'resolved') throw new IncidentTransitionError('The incident is resolved');
  if (incident.severity === severity)
    throw new IncidentTransitionError(`The severity is ${severity} already`);
  return changed({ ...incident, severity, severitySetAt: at }, at, {
    by,
    what: 'severity-set',
    from: incident.severity,
    to: severity,
    ...noteOf(note),
  });
}

/** Who acts, when, and what they say about it. */
export interface PersonsAct {
  readonly by: string;
  readonly at: string;
  readonly note?: string | undefined;
}

/** @throws {IncidentTransitionError} unless the incident is open */
export function acknowledge(incident: Incident, by: string, at: string): Incident {
  if (incident.status !== 'open') {
    throw new IncidentTransitionError(`Cannot acknowledge an incident that is ${incident.status}`);
  }
  const taken: Incident = { ...incident, status: 'acknowledged', acknowledgedAt: at, acknowledgedBy: by };
  return changed(taken, at, { by, what: 'acknowledged', from: 'open', to: 'acknowledged' });
}

/** A critical incident is asked about again after so long at most, any other after a day. */
const LONGEST_SNOOZE_MS: Readonly<Record<Severity, number>> = {
  critical: 2 * HOUR_MS,
  serious: DAY_MS,
  watch: DAY_MS,
  information: DAY_MS,
};

/** For how long an incident may be put off. */
export function longestSnoozeMs({ severity }: Pick<Incident, 'severity'>): number {
  return LONGEST_SNOOZE_MS[severity];
}

/**
 * Takes the incident, or keeps it, and asks for quiet until a time: nobody is told of more of the same. What is worse
 * ends the quiet, and when it is over the incident is open again, so that none is forgotten.
 *
 * @param forMs  how long; never longer than `longestSnoozeMs`
 * @throws {IncidentTransitionError} if it is resolved, or the time is too long
 */
export function snooze(incident: Incident, forMs: number, { by, at, note = '' }: PersonsAct): Incident {
  if (incident.status === 'resolved') throw new IncidentTransitionError('The incident is resolved');
  if (forMs > longestSnoozeMs(incident)) {
    throw new IncidentTransitionError(`A ${incident.severity} incident cannot be put off for so long`);
  }
  const until = new Date(Date.parse(at) + forMs).toISOString();
  const taken = incident.status === 'open' ? acknowledge(incident, by, at) : incident;
  return changed({ ...taken, snoozedUntil: until }, at, { by, what: 'snoozed', to: until, ...noteOf(note) });
}

/** Whether the time that somebody asked for is over and the matter is not. */
export function isSnoozeOver({ status, snoozedUntil }: Incident, now: Date): boolean {
  return status === 'acknowledged' && snoozedUntil !== undefined && Date.parse(snoozedUntil) <= now.getTime();
}

/** Open again, since the time that somebody had asked for is over. */
export function wake(incident: Incident, at: string): Incident {
  return changed(withoutOutcome(incident, at), at, {
    by: PROGRAM,
    what: 'woken',
    from: incident.acknowledgedBy ?? 'acknowledged',
    to: 'open',
  });
}

/** Names the person or unit that is to see to it. @throws {IncidentTransitionError} if the incident is resolved */
export function handOver(incident: Incident, to: string, { by, at, note = '' }: PersonsAct): Incident {
  if (incident.status === 'resolved') throw new IncidentTransitionError('The incident is resolved');
  return changed({ ...incident, assignedTo: to }, at, {
    by,
    what: 'handed-over',
    ...(incident.assignedTo === undefined ? {} : { from: incident.assignedTo }),
    to,
    ...noteOf(note),
  });
}

/** @throws {IncidentTransitionError} if the incident is resolved already */
export function resolve(incident: Incident, verdict: Verdict, by: string, at: string, note = ''): Incident {
  if (incident.status === 'resolved') throw new IncidentTransitionError('The incident is resolved already');
  const mark = incident.mark ?? (verdict === 'planned' ? 'planned' : undefined);
  const resolved: Incident = {
    ...incident,
    status: 'resolved',
    verdict,
    resolvedAt: at,
    ...(mark === undefined ? {} : { mark }),
  };
  const change = { by, what: 'resolved', from: incident.status, to: verdict, ...noteOf(note) } as const;
  return changed(resolved, at, change);
}

/**
 * Opens a resolved incident again: nobody has it until somebody takes it.
 *
 * @throws {IncidentTransitionError} unless it is resolved, and not as a part of another one
 */
export function reopen(incident: Incident, { by, at, note = '' }: PersonsAct, alertId?: string): Incident {
  if (incident.status !== 'resolved') throw new IncidentTransitionError('The incident is not resolved');
  if (incident.mergedInto !== undefined) {
    throw new IncidentTransitionError(`The incident is merged into ${incident.mergedInto}`);
  }
  return changed(withoutOutcome(incident, at), at, {
    by,
    what: 'reopened',
    ...(incident.verdict === undefined ? {} : { from: incident.verdict }),
    to: 'open',
    ...noteOf(note),
    ...(alertId === undefined ? {} : { alertId }),
  });
}

/** Open again from `at`, with neither verdict nor owner; the history keeps both. */
export function withoutOutcome(incident: Incident, at: string): Incident {
  const {
    verdict: _verdict,
    resolvedAt: _resolvedAt,
    acknowledgedAt: _acknowledgedAt,
    acknowledgedBy: _acknowledgedBy,
    snoozedUntil: _snoozedUntil,
    mark,
    ...rest
  } = incident;
  return { ...rest, status: 'open', reopenedAt: at, ...(mark === 'drill' ? { mark } : {}) };
}

/** The incident with one more entry in its history. */
export function changed(incident: Incident, at: string, change: Omit<IncidentChange, 'at'>): Incident {
  return { ...incident, updatedAt: at, history: [...incident.history, { at, ...change }] };
}

export function isActive({ status }: Pick<Incident, 'status'>): boolean {
  return status !== 'resolved';
}

/** 0 for the mildest. */
export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

export function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])];
}

export function noteOf(note: string | undefined): { note?: string } {
  return note === undefined || note === '' ? {} : { note };
}
