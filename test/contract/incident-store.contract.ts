import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Incident } from '../../src/domain/incident.ts';
import {
  acknowledge,
  handOver,
  IncidentConflictError,
  joinAlert,
  openIncident,
  refuseIfChanged,
  resolve,
  versionOf,
} from '../../src/domain/incident.ts';
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

    it('lists by severity and verdict', async () => {
      const mild = openIncident(anAlert({ id: 'mild', severity: 'watch' }), 'nhẹ');
      await store.open(incident);
      await store.open(resolve(mild, 'false', 'officer-1', '2026-03-02T06:00:00.000Z'));
      const ids = async (filter: Parameters<typeof store.list>[0]) =>
        (await store.list(filter)).map(({ id }) => id);
      expect(await ids({ severity: ['serious', 'critical'] })).toEqual([incident.id]);
      expect(await ids({ verdict: ['false'] })).toEqual([mild.id]);
      expect(await ids({ status: ['resolved'], severity: ['watch'], verdict: ['true'] })).toEqual([]);
    });

    it('tells the slower of two officers at once what the other did, and writes nothing for them', async () => {
      await store.open(incident);
      const version = versionOf(incident);
      const write = (change: (current: Incident) => Incident) =>
        store.update(incident.id, (current) => {
          refuseIfChanged(current, version);
          return change(current);
        });
      const at = '2026-03-02T02:05:00.000Z';
      const results = await Promise.allSettled([
        write((current) => handOver(current, 'Phòng A', { by: 'officer-1', at })),
        write((current) => resolve(current, 'false', 'officer-2', at)),
      ]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const refused = results.find((result) => result.status === 'rejected');
      if (!(refused?.reason instanceof IncidentConflictError)) throw new Error('Nobody was refused');
      const stored = await store.find(incident.id);
      const change = stored?.history.at(-1);
      expect(refused.reason.changes).toEqual([change]);
      expect(stored?.history).toHaveLength(version + 1);
    });

    it('keeps every field that an incident may have', async () => {
      const full: Incident = {
        ...incident,
        severitySetAt: '2026-03-02T03:00:00.000Z',
        reopenedAt: '2026-03-02T04:00:00.000Z',
        assignedTo: 'Phòng Truyền thông',
        mark: 'drill',
        mergedInto: 'incident-a',
        mergedFrom: ['incident-b'],
        splitFrom: 'incident-c',
        apart: [{ incidentId: 'd', series: ['facility:d'], storyIds: ['s'], alertIds: ['d1'] }],
      };
      await store.open(full);
      expect(await store.find(full.id)).toEqual(full);
    });

    it('gives what was planned since a time, of every incident, oldest first', async () => {
      const planned = (id: string, createdAt: string): Notification => ({
        id,
        incidentId: `incident-${id}`,
        step: 'opened',
        severity: 'serious',
        channel: 'digest',
        officerId: 'duty-officer',
        status: 'held',
        attempts: 0,
        createdAt,
      });
      await store.plan(planned('late', '2026-03-02T04:00:00.000Z'));
      await store.plan(planned('at', '2026-03-02T02:00:00.000Z'));
      await store.plan(planned('before', '2026-03-02T01:59:59.999Z'));
      const found = await store.notificationsSince('2026-03-02T02:00:00.000Z');
      expect(found).toEqual([
        planned('at', '2026-03-02T02:00:00.000Z'),
        planned('late', '2026-03-02T04:00:00.000Z'),
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
