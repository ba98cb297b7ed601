import type { Alert, Severity } from '../domain/alert.ts';
import type { Incident, IncidentStatus, Verdict } from '../domain/incident.ts';
import type { Notification } from '../domain/notification.ts';

/** What to list; every field narrows the result. */
export interface IncidentFilter {
  readonly status?: readonly IncidentStatus[];
  readonly severity?: readonly Severity[];
  readonly verdict?: readonly Verdict[];
  /** At most this many; 100 unless said otherwise. */
  readonly limit?: number;
}

/** Alerts, the incidents that gather them, and what was sent about them. */
export interface IncidentStore {
  /** Alerts are immutable: saving one whose id is known changes nothing. */
  saveAlert(alert: Alert): Promise<void>;
  findAlert(id: string): Promise<Alert | undefined>;
  /** Newest first. */
  alertsOf(incidentId: string): Promise<Alert[]>;

  /** Inserts the incident unless its id is known. @returns whether it was inserted */
  open(incident: Incident): Promise<boolean>;
  find(id: string): Promise<Incident | undefined>;
  /**
   * Replaces the incident by `change(current)` with nobody else's write in between; `change` may run more than
   * once, and what it throws is thrown on with nothing written.
   */
  update(id: string, change: (current: Incident) => Incident): Promise<Incident | undefined>;
  /** Newest change first. */
  list(filter?: IncidentFilter): Promise<Incident[]>;

  /** Inserts the notification unless its id is known. @returns whether it was inserted */
  plan(notification: Notification): Promise<boolean>;
  findNotification(id: string): Promise<Notification | undefined>;
  saveNotification(notification: Notification): Promise<void>;
  /** Oldest first. */
  notificationsOf(incidentId: string): Promise<Notification[]>;
  /** Of every incident, those planned at a time or later; oldest first, the newest 10,000 at most. */
  notificationsSince(at: string): Promise<Notification[]>;
}
