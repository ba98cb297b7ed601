import type { PGlite } from '@electric-sql/pglite';

import type { Alert } from '../../domain/alert.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Notification } from '../../domain/notification.ts';
import type { IncidentFilter, IncidentStore } from '../../ports/incident-store.ts';

export class PgliteIncidentStore implements IncidentStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async saveAlert(alert: Alert): Promise<void> {
    await this.#db.query('insert into alert values ($1, $2, $3) on conflict do nothing', [
      alert.id,
      alert.at,
      alert,
    ]);
  }

  async findAlert(id: string): Promise<Alert | undefined> {
    return this.#one<Alert>('select document from alert where id = $1', [id]);
  }

  async alertsOf(incidentId: string): Promise<Alert[]> {
    return this.#all<Alert>(
      `select a.document from alert a, incident i
        where i.id = $1 and i.document->'alertIds' ? a.id order by a.at desc, a.id`,
      [incidentId],
    );
  }

  async open(incident: Incident): Promise<boolean> {
    const { affectedRows } = await this.#db.query(
      'insert into incident values ($1, $2, $3, $4) on conflict do nothing',
      [incident.id, incident.status, incident.updatedAt, incident],
    );
    return affectedRows === 1;
  }

  async find(id: string): Promise<Incident | undefined> {
    return this.#one<Incident>('select document from incident where id = $1', [id]);
  }

  async update(id: string, change: (current: Incident) => Incident): Promise<Incident | undefined> {
    return this.#db.transaction(async (tx) => {
      const { rows } = await tx.query<{ document: Incident }>(
        'select document from incident where id = $1 for update',
        [id],
      );
      const current = rows[0]?.document;
      if (current === undefined) return undefined;
      const next = change(current);
      await tx.query('update incident set status = $2, updated_at = $3, document = $4 where id = $1', [
        id,
        next.status,
        next.updatedAt,
        next,
      ]);
      return next;
    });
  }

  async list({ status, severity, verdict, limit = 100 }: IncidentFilter = {}) {
    return this.#all<Incident>(
      `select document from incident where ($1::text[] is null or status = any($1))
        and ($2::text[] is null or document->>'severity' = any($2))
        and ($3::text[] is null or document->>'verdict' = any($3))
        order by updated_at desc, id limit $4`,
      [status ?? null, severity ?? null, verdict ?? null, limit],
    );
  }

  async plan(notification: Notification): Promise<boolean> {
    const { affectedRows } = await this.#db.query(
      'insert into notification values ($1, $2, $3, $4) on conflict do nothing',
      [notification.id, notification.incidentId, notification.createdAt, notification],
    );
    return affectedRows === 1;
  }

  async findNotification(id: string): Promise<Notification | undefined> {
    return this.#one<Notification>('select document from notification where id = $1', [id]);
  }

  async saveNotification(notification: Notification): Promise<void> {
    await this.#db.query('update notification set document = $2 where id = $1', [
      notification.id,
      notification,
    ]);
  }

  async notificationsOf(incidentId: string): Promise<Notification[]> {
    return this.#all<Notification>(
      'select document from notification where incident_id = $1 order by created_at, id',
      [incidentId],
    );
  }

  async notificationsSince(at: string): Promise<Notification[]> {
    const newest = await this.#all<Notification>(
      'select document from notification where created_at >= $1 order by created_at desc, id desc limit 10000',
      [at],
    );
    return newest.reverse();
  }

  async #one<T>(sql: string, params: unknown[]): Promise<T | undefined> {
    return (await this.#all<T>(sql, params))[0];
  }

  async #all<T>(sql: string, params: unknown[]): Promise<T[]> {
    const { rows } = await this.#db.query<{ document: T }>(sql, params);
    return rows.map(({ document }) => document);
  }
}
