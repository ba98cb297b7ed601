import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { acknowledge, joinAlert, openIncident, resolve } from '../../src/domain/incident.ts';
import type { Notification } from '../../src/domain/notification.ts';
import type { IncidentStore } from '../../src/ports/incident-store.ts';
import { anAlert } from '../support/factories.ts';

/** Every `IncidentStore` must pass this suite unchanged: it is the executable half of the port's docstring. */
export function incidentStoreContract(
  name: string,
  open: () => Promise<{ store: IncidentStore; clear: () => Promise<unknown> }>,
): void {
  describe(`IncidentStore contract: ${name}`, () => {
    let store: IncidentStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    const incident = openIncident(anAlert(), 'Bệnh viện X: 7 bài trong 24 giờ');

    it('opens an incident once', async () => {
      expect(await store.open(incident)).toBe(true);
      expect(await store.open({ ...incident, title: 'khác' })).toBe(false);
      expect(await store.find(incident.id)).toEqual(incident);
      expect(await store.find('incident-none')).toBeUndefined();
    });

    it('keeps alerts as they were first saved and lists an incident’s newest first', async () => {
      const later = anAlert({ id: 'later', at: '2026-03-02T03:00:00.000Z' });
      await store.saveAlert(anAlert());
      await store.saveAlert(anAlert({ observed: 99 }));
      await store.saveAlert(later);
      await store.saveAlert(anAlert({ id: 'of-nobody' }));
      await store.open(joinAlert(incident, later));
      expect((await store.findAlert(anAlert().id))?.observed).toBe(7);
      expect((await store.alertsOf(incident.id)).map(({ id }) => id)).toEqual(['later', anAlert().id]);
    });

    it('lets only one of two acknowledgements through', async () => {
      await store.open(incident);
      const take = (by: string) =>
        store.update(incident.id, (current) => acknowledge(current, by, '2026-03-02T02:05:00.000Z'));
      const results = await Promise.allSettled([take('officer-1'), take('officer-2')]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await store.find(incident.id))?.status).toBe('acknowledged');
      expect(await store.update('incident-none', (current) => current)).toBeUndefined();
    });

    it('lists by status, newest change first', async () => {
      const other = openIncident(anAlert({ id: 'other', at: '2026-03-02T05:00:00.000Z' }), 'khác');
      await store.open(incident);
      await store.open(other);
      expect((await store.list()).map(({ id }) => id)).toEqual([other.id, incident.id]);
      await store.update(incident.id, (current) =>
        resolve(current, 'true', 'officer-1', '2026-03-02T06:00:00.000Z'),
      );
      expect((await store.list({ status: ['resolved'] })).map(({ id }) => id)).toEqual([incident.id]);
      expect((await store.list({ status: ['open', 'acknowledged'], limit: 1 })).map(({ id }) => id)).toEqual([
        other.id,
      ]);
    });

    it('plans a notification once and keeps what became of it', async () => {
      const notification: Notification = {
        id: `${incident.id}-opened-log`,
        incidentId: incident.id,
        step: 'opened',
        channel: 'log',
        status: 'due',
        attempts: 0,
        createdAt: '2026-03-02T02:00:00.000Z',
      };
      expect(await store.plan(notification)).toBe(true);
      expect(await store.plan(notification)).toBe(false);
      await store.saveNotification({ ...notification, status: 'delivered', attempts: 1 });
      expect((await store.findNotification(notification.id))?.status).toBe('delivered');
      expect(await store.notificationsOf(incident.id)).toHaveLength(1);
      expect(await store.findNotification('none')).toBeUndefined();
    });
  });
}
