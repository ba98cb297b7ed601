import type { Alert } from '../../domain/alert.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Notification } from '../../domain/notification.ts';
import type { IncidentFilter, IncidentStore } from '../../ports/incident-store.ts';
import type { Connection } from './connection.ts';
import { Documents } from './documents.ts';

/** An incident has a handful of notifications per channel. */
const MOST_NOTIFICATIONS = 10_000;

export class ElasticsearchIncidentStore implements IncidentStore {
  readonly #incidents: Documents<Incident>;
  readonly #alerts: Documents<Alert>;
  readonly #notifications: Documents<Notification>;

  constructor(connection: Connection) {
    this.#incidents = new Documents(connection, 'incidents');
    this.#alerts = new Documents(connection, 'alerts');
    this.#notifications = new Documents(connection, 'notifications');
  }

  async saveAlert(alert: Alert): Promise<void> {
    await this.#alerts.insert(alert.id, alert);
  }

  async findAlert(id: string): Promise<Alert | undefined> {
    return this.#alerts.find(id);
  }

  async alertsOf(incidentId: string): Promise<Alert[]> {
    const incident = await this.#incidents.find(incidentId);
    const alerts = await this.#alerts.findMany([...new Set(incident?.alertIds)]);
    return alerts.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? -1 : 1));
  }

  async open(incident: Incident): Promise<boolean> {
    return this.#incidents.insert(incident.id, incident);
  }

  async find(id: string): Promise<Incident | undefined> {
    return this.#incidents.find(id);
  }

  async update(id: string, change: (current: Incident) => Incident): Promise<Incident | undefined> {
    return this.#incidents.replace(id, change);
  }

  async list({ limit = 100, ...fields }: IncidentFilter = {}) {
    const filter = Object.entries(fields).flatMap(([field, values]) =>
      values === undefined ? [] : [{ terms: { [field]: [...values] } }],
    );
    const query = { bool: { filter } };
    const newestChange = { query, sort: [{ updatedAt: 'desc' as const }, { id: 'asc' as const }] };
    return this.#incidents.slice(newestChange, { offset: 0, limit }, 'all');
  }

  async plan(notification: Notification): Promise<boolean> {
    return this.#notifications.insert(notification.id, notification);
  }

  async findNotification(id: string): Promise<Notification | undefined> {
    return this.#notifications.find(id);
  }

  async saveNotification(notification: Notification): Promise<void> {
    await this.#notifications.replace(notification.id, () => notification);
  }

  async notificationsOf(incidentId: string): Promise<Notification[]> {
    const ofIncident = {
      query: { term: { incidentId } },
      sort: [{ createdAt: 'asc' as const }, { id: 'asc' as const }],
    };
    return this.#notifications.slice(ofIncident, { offset: 0, limit: MOST_NOTIFICATIONS }, 'all');
  }

  async notificationsSince(at: string): Promise<Notification[]> {
    const newestFirst = {
      query: { range: { createdAt: { gte: at } } },
      sort: [{ createdAt: 'desc' as const }, { id: 'desc' as const }],
    };
    const newest = await this.#notifications.slice(
      newestFirst,
      { offset: 0, limit: MOST_NOTIFICATIONS },
      'all',
    );
    return newest.reverse();
  }
}
