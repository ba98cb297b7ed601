import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Severity } from '../../src/domain/alert.ts';
import { acknowledge, type Incident, openIncident } from '../../src/domain/incident.ts';
import type { NotificationMessage } from '../../src/domain/notification.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { notifyOfficers } from '../../workers/notify-officers.ts';
import { planRound, planStep } from '../../workers/plan-notifications.ts';
import { openTestDeps } from '../support/deps.ts';
import { anAlert } from '../support/factories.ts';
import { anOnCall, shippedOnCallText } from '../support/on-call.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };

/** Two officers; serious incidents wake an officer once a night. */
const ON_CALL = anOnCall(
  shippedOnCallText()
    .replace(/^#.*\n/gm, '')
    .replace(
      /^ {2}- id: duty-officer[\s\S]*?^duty: .*$/m,
      '  - { id: an, name: An, channels: [{ channel: sms, to: "+84900000001" }, { channel: email, to: an@example.org }] }\n' +
        '  - { id: binh, name: Bình, channels: [{ channel: email, to: binh@example.org }] }\n' +
        'duty: [an]\nministry: [binh]',
    )
    .replace('nightlyPages: 3', 'nightlyPages: 1'),
);

let clock: Date;
let deps: Awaited<ReturnType<typeof openTestDeps>>;
let sent: { id: string; to: string | undefined; message: NotificationMessage }[];
let failing: Set<string>;

const channel = (name: string): Channel => ({
  name,
  deliver: async (message, { notificationId, to }) => {
    if (failing.has(name)) throw new Error(`${name} is down`);
    sent.push({ id: notificationId, to, message });
    return {};
  },
});

beforeEach(async () => {
  sent = [];
  failing = new Set();
  deps = await openTestDeps({
    now: () => clock,
    onCall: ON_CALL,
    channels: [channel('sms'), channel('email'), channel('log')],
  });
}, 120_000);
afterEach(() => deps.close());

async function open(id: string, severity: Severity): Promise<Incident> {
  const alert = anAlert({ id, severity, at: clock.toISOString(), series: 'story:x' });
  const incident = openIncident(alert, `Việc ${id}`);
  const jobs = await planStep(incident, 'opened', deps);
  await deps.incidents.saveAlert(alert);
  await deps.incidents.open(incident);
  await work(jobs);
  return incident;
}

/** Does the jobs as the queue would: what fails is given up. */
async function work(jobs: Awaited<ReturnType<typeof planRound>>): Promise<void> {
  for (const { payload } of jobs) {
    try {
      await notifyOfficers.run(payload, deps, context);
    } catch (error) {
      await notifyOfficers.onGivenUp?.(payload, String(error), deps);
    }
  }
}

const round = async () => work(await planRound(deps));
const pass = (minutes: number) => {
  clock = new Date(clock.getTime() + minutes * 60_000);
};
const ids = () => sent.map(({ id }) => id.replace(/^incident-/, ''));

describe('planning and delivering', () => {
  it('takes the next channel when one fails, then the next in line, then reminds, until somebody takes it', async () => {
    clock = new Date('2026-03-03T03:00:00.000Z');
    failing.add('sms');
    const incident = await open('a', 'serious');
    expect(ids()).toEqual([]);
    pass(1);
    await round();
    expect(ids()).toEqual(['a-opened-an-email']);
    expect(sent[0]?.to).toBe('an@example.org');
    pass(14);
    await round();
    await round();
    expect(ids()).toEqual(['a-opened-an-email', 'a-escalation-1-binh-email']);
    await deps.incidents.update(incident.id, (current) => acknowledge(current, 'An', clock.toISOString()));
    pass(60);
    await round();
    expect(sent).toHaveLength(2);
  });

  it('stores nothing twice when the same round is planned again, and finds what a crash left', async () => {
    clock = new Date('2026-03-03T03:00:00.000Z');
    const alert = anAlert({ id: 'b', severity: 'critical', series: 'story:x' });
    const incident = openIncident(alert, 'Việc');
    const first = await planStep(incident, 'opened', deps);
    const again = await planStep(incident, 'opened', deps);
    const keys = (jobs: typeof first) => jobs.map(({ key }) => key).sort();
    expect(keys(again)).toEqual(keys(first));
    await deps.incidents.open(incident);
    pass(3);
    await round();
    const before = [...ids()];
    await round();
    expect(ids()).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
    expect(before).toContain('b-opened-an-sms');
  });

  it('wakes an officer once a night below critical, the next in line after that, and tells the rest in the morning', async () => {
    clock = new Date('2026-03-02T19:00:00.000Z');
    await open('first', 'serious');
    await open('second', 'serious');
    await open('third', 'serious');
    await open('fourth', 'critical');
    expect(ids().filter((id) => !id.startsWith('fourth'))).toEqual([
      'first-opened-an-sms',
      'second-escalation-1-binh-email',
    ]);
    expect(ids().filter((id) => id.startsWith('fourth-opened-an'))).toHaveLength(2);
    for (let hour = 0; hour < 4; hour++) {
      pass(60);
      await round();
    }
    const night = ids().filter((id) => !id.startsWith('fourth'));
    expect(night).toHaveLength(2);

    clock = new Date('2026-03-03T00:00:00.000Z');
    await round();
    await round();
    const digests = sent.filter(({ message }) => message.step === 'digest-2026-03-03');
    expect(digests.map(({ to }) => to)).toEqual(['+84900000001']);
    expect(digests[0]?.message.text).toContain('Việc second');
    expect(digests[0]?.message.text).toContain('Việc third');
    expect(digests[0]?.message.text).not.toContain('Việc first');
  });

  it('tells over every channel when nobody can be reached, again and again', async () => {
    clock = new Date('2026-03-03T03:00:00.000Z');
    failing = new Set(['sms', 'email']);
    await open('c', 'critical');
    for (let minute = 0; minute < 30; minute++) {
      pass(1);
      await round();
    }
    const told = sent.filter(({ to }) => to === undefined).map(({ id }) => id);
    expect(told.length).toBeGreaterThan(2);
    expect(new Set(told).size).toBe(told.length);
    expect(told.every((id) => id.endsWith('-log'))).toBe(true);
  });
});
