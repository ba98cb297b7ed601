import { describe, expect, it } from 'vitest';

import { openIncident, resolve, snooze } from '../../src/domain/incident.ts';
import type { OnCall, Policy } from '../../src/routing/on-call.ts';
import { responseClock } from '../../src/routing/response-clock.ts';
import { afterWorkingTime } from '../../src/routing/working-time.ts';
import { anAlert } from '../support/factories.ts';

const HOUR = 3_600_000;
/** Tết 2026: 17 February, off from the 15th to the 21st; here with the two days before and four after. */
const calendar: Pick<OnCall, 'workingHours' | 'holidays'> = {
  workingHours: { fromMs: 7.5 * HOUR, toMs: 17 * HOUR, weekdays: [1, 2, 3, 4, 5] },
  holidays: [{ name: 'tet', from: '2026-02-14T17:00:00.000Z', to: '2026-02-21T17:00:00.000Z' }],
};
const vn = (clock: string) => new Date(`${clock}:00+07:00`).toISOString();

describe('afterWorkingTime', () => {
  it.each([
    ['within a day', '2026-03-03T09:00', 2 * HOUR, '2026-03-03T11:00'],
    ['to the last minute of a day', '2026-03-03T15:00', 2 * HOUR, '2026-03-03T17:00'],
    ['over a night', '2026-03-03T16:00', 2 * HOUR, '2026-03-04T08:30'],
    ['from the night', '2026-03-03T23:00', HOUR, '2026-03-04T08:30'],
    ['from before the morning', '2026-03-03T05:00', HOUR, '2026-03-03T08:30'],
    ['over a weekend', '2026-03-06T16:30', HOUR, '2026-03-09T08:00'],
    ['three working days', '2026-03-03T09:00', 3 * 9.5 * HOUR, '2026-03-06T09:00'],
    ['over Tết', '2026-02-13T16:00', 2 * HOUR, '2026-02-23T08:30'],
  ])('%s', (_name, from, ms, to) => {
    expect(afterWorkingTime(vn(from), ms, calendar)).toBe(vn(to));
  });
});

const policy = {
  deadlines: {
    acknowledge: { ms: HOUR / 6, isWorkingTime: false },
    statement: { ms: 24 * HOUR, isWorkingTime: false },
    resolve: { ms: 9.5 * HOUR, isWorkingTime: true },
  },
} as Policy;
const onCall = {
  ...calendar,
  policies: { critical: policy, serious: policy, watch: { deadlines: {} }, information: policy },
} as unknown as OnCall;
const alert = anAlert({ at: vn('2026-03-03T02:00'), severity: 'critical' });
const open = openIncident(alert, 'Sự việc');
const clockAt = (incident: typeof open, at: string, issued: readonly string[] = []) =>
  responseClock(
    incident,
    issued.map((issuedAt) => ({ issuedAt: vn(issuedAt) })),
    onCall,
    new Date(vn(at)),
  ).map(({ what, state }) => `${what} ${state}`);

describe('responseClock', () => {
  it('says by when an open incident is to be taken, answered and closed', () => {
    const [acknowledge, statement, close] = responseClock(open, [], onCall, new Date(vn('2026-03-03T02:05')));
    expect(acknowledge).toEqual({ what: 'acknowledge', dueAt: vn('2026-03-03T02:10'), state: 'running' });
    expect(statement?.dueAt).toBe(vn('2026-03-04T02:00'));
    expect(close?.dueAt).toBe(vn('2026-03-03T17:00'));
    expect(clockAt(open, '2026-03-03T02:11')[0]).toBe('acknowledge overdue');
  });

  it('tells what came in time from what came late', () => {
    const act = { by: 'Lan', at: vn('2026-03-03T02:20') };
    const taken = snooze(open, HOUR, act);
    expect(clockAt(taken, '2026-03-03T03:00', ['2026-03-03T20:00', '2026-03-05T08:00'])).toEqual([
      'acknowledge late',
      'statement met',
      'resolve running',
    ]);
    const closed = resolve(taken, 'true', 'Lan', vn('2026-03-03T16:00'));
    expect(clockAt(closed, '2026-03-09T00:00', ['2026-03-04T03:00'])).toEqual([
      'acknowledge late',
      'statement late',
      'resolve met',
    ]);
  });

  it('asks for no word in public where there was nothing to say, and for nothing without a deadline', () => {
    const closed = resolve(open, 'false', 'Lan', vn('2026-03-03T02:05'));
    expect(clockAt(closed, '2026-03-09T00:00')).toEqual(['acknowledge met', 'resolve met']);
    expect(clockAt({ ...open, mark: 'drill' }, '2026-03-03T02:05')).toEqual([
      'acknowledge running',
      'resolve running',
    ]);
    expect(clockAt({ ...open, severity: 'watch' }, '2026-03-03T02:05')).toEqual([]);
  });
});
