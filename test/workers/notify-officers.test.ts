import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { acknowledgementKey, readAcknowledgement } from '../../src/domain/acknowledgement-link.ts';
import { acknowledge, type Incident, openIncident, resolve } from '../../src/domain/incident.ts';
import type { Notification, NotificationMessage } from '../../src/domain/notification.ts';
import { PermanentError, RetryLaterError } from '../../src/errors.ts';
import type { Delivery, Receipt } from '../../src/ports/channel.ts';
import { notifyOfficers } from '../../workers/notify-officers.ts';
import { NOW, openTestDeps } from '../support/deps.ts';
import { anAlert } from '../support/factories.ts';
import { anOnCall, shippedOnCallText } from '../support/on-call.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
const KEY = acknowledgementKey('a secret of thirty-two characters');

const ON_CALL = anOnCall(
  shippedOnCallText()
    .replace(/^#.*\n/gm, '')
    .replace(
      /^ {2}- id: duty-officer[\s\S]*?^duty: .*$/m,
      '  - { id: an, name: An, languages: [en], channels: [{ channel: sms, to: "+84900000001" }] }\n' +
        '  - { id: binh, name: Bình, languages: [vi], channels: [{ channel: sms }] }\nduty: [an]',
    ),
);

let deps: Awaited<ReturnType<typeof openTestDeps>>;
let sent: { message: NotificationMessage; delivery: Delivery }[];
let answer: () => Receipt;

beforeEach(async () => {
  sent = [];
  answer = () => ({ reference: 'far-1' });
  deps = await openTestDeps({
    onCall: ON_CALL,
    acknowledgementKey: KEY,
    channels: [
      {
        name: 'sms',
        deliver: async (message, delivery) => {
          sent.push({ message, delivery });
          return answer();
        },
      },
    ],
  });
}, 120_000);
afterEach(() => deps.close());

async function open(id: string, overrides: Partial<Incident> = {}): Promise<Incident> {
  const alert = anAlert({ id, at: NOW.toISOString() });
  const incident = { ...openIncident(alert, `Bệnh viện X · ${id} · 7 bài/24 giờ`), ...overrides };
  await deps.incidents.saveAlert(alert);
  await deps.incidents.open(incident);
  return incident;
}

async function tell(incident: Incident, overrides: Partial<Notification> = {}) {
  const notification: Notification = {
    id: `${incident.id}-opened-an-sms`,
    incidentId: incident.id,
    step: 'opened',
    channel: 'sms',
    officerId: 'an',
    to: '+84900000001',
    status: 'due',
    attempts: 0,
    createdAt: NOW.toISOString(),
    ...overrides,
  };
  await deps.incidents.plan(notification);
  return notifyOfficers.run({ notificationId: notification.id }, deps, context);
}

const stored = (incident: Incident) => deps.incidents.findNotification(`${incident.id}-opened-an-sms`);

describe('notifyOfficers', () => {
  it('hands it to the officer’s address in their language, and keeps the receipt', async () => {
    const incident = await open('a');
    await tell(incident);
    const [{ message, delivery }] = sent as [(typeof sent)[0]];
    expect(delivery).toEqual({ notificationId: `${incident.id}-opened-an-sms`, to: '+84900000001' });
    expect([message.language, message.subject.slice(0, 9)]).toEqual(['en', '[Serious]']);
    expect(message.text).not.toContain('Mức độ');
    expect(await stored(incident)).toMatchObject({
      status: 'delivered',
      reference: 'far-1',
      attempts: 1,
      deliveredAt: NOW.toISOString(),
    });
  });

  it('bears a link by which that officer, and nobody else, takes what nobody has taken yet', async () => {
    const incident = await open('a');
    await tell(incident);
    await tell(incident, { id: 'to-binh', officerId: 'binh' });
    await tell(incident, { id: 'to-nobody', officerId: undefined as unknown as string });
    await deps.incidents.update(incident.id, (current) => acknowledge(current, 'An', NOW.toISOString()));
    await tell(incident, { id: 'later', step: 'worse-critical' });
    const links = sent.map(({ message }) => message.acknowledgeUrl);
    expect(links.slice(2)).toEqual([undefined, undefined]);
    for (const [index, officerId] of ['an', 'binh'].entries()) {
      const code = /^http:\/\/127\.0\.0\.1:8190\/a\/([\w-]{20})$/.exec(links[index] ?? '')?.[1] ?? '';
      expect(sent[index]?.message.short).toContain(`/a/${code}`);
      const candidates = async function* () {
        for (const id of ['binh', 'an']) yield { incidentId: incident.id, officerId: id };
      };
      expect(await readAcknowledgement(code, KEY, candidates, NOW)).toEqual({
        kind: 'valid',
        claim: { incidentId: incident.id, officerId },
      });
    }
  });

  it('names earlier incidents at the same facility, drills and duplicates left out', async () => {
    const at = NOW.toISOString();
    for (const [id, verdict, overrides] of [
      ['true', 'true', {}],
      ['copy', 'duplicate', {}],
      ['drill', 'true', { mark: 'drill' }],
      ['elsewhere', 'true', { series: ['facility:y'] }],
    ] as const) {
      const openedAt = '2026-01-12T02:00:00.000Z';
      const { id: incidentId } = await open(id, { openedAt, ...overrides } as Partial<Incident>);
      await deps.incidents.update(incidentId, (one) => resolve(one, verdict, 'An', at, ''));
    }
    await tell(await open('now'), { officerId: 'binh' });
    expect(sent[0]?.message.text).toContain('Cơ sở này từng có 1 sự việc: 12/01/2026 (đúng).');
  });

  it('spends an attempt on a failure, none on being asked to wait, and notes a refusal for good', async () => {
    const incident = await open('a');
    answer = () => {
      throw new RetryLaterError('sms asked to wait', 7000);
    };
    await expect(tell(incident)).rejects.toBeInstanceOf(RetryLaterError);
    expect(await stored(incident)).toMatchObject({ status: 'due', attempts: 0 });
    answer = () => {
      throw new Error('sms failed');
    };
    await expect(tell(incident)).rejects.toThrow('sms failed');
    expect(await stored(incident)).toMatchObject({ status: 'due', attempts: 1, error: 'Error: sms failed' });
    answer = () => {
      throw new PermanentError('sms-101', 'sms refused');
    };
    await expect(tell(incident)).rejects.toBeInstanceOf(PermanentError);
    await notifyOfficers.onGivenUp?.({ notificationId: `${incident.id}-opened-an-sms` }, 'sms-101', deps);
    expect(await stored(incident)).toMatchObject({ status: 'failed', attempts: 2, error: 'sms-101' });
  });
});
