import { describe, expect, it } from 'vitest';

import { gatherIncident } from '../../src/detection/gather-incident.ts';
import type { Alert } from '../../src/domain/alert.ts';
import { openIncident, resolve } from '../../src/domain/incident.ts';
import { DAY_MS } from '../../src/domain/time.ts';
import { anAlert } from '../support/factories.ts';

const AT = '2026-03-02T02:00:00.000Z';
const later = (days: number) => new Date(Date.parse(AT) + days * DAY_MS).toISOString();

const incident = (overrides: Partial<Alert> = {}) =>
  openIncident(anAlert({ id: `opened-${overrides.series ?? 'x'}`, at: AT, ...overrides }), 'Bệnh viện X');
const alert = (overrides: Partial<Alert>) => anAlert({ id: 'next', at: later(0.1), ...overrides });

describe('gatherIncident', () => {
  it('knows a matter by its stories, whatever the series', () => {
    const home = incident({ storyIds: ['s1', 's2'] });
    const other = incident({ series: 'facility:y', storyIds: ['s9'] });
    const found = gatherIncident(alert({ series: 'province:79', storyIds: ['s2', 's3'] }), [], [other, home]);
    expect(found).toBe(home);
  });

  it('does not take a whole topic for the matter of one of its stories', () => {
    const home = incident({ storyIds: ['s1'] });
    const broad = alert({ series: 'topic:incidents', storyIds: ['s1', 's2', 's3', 's4'] });
    expect(gatherIncident(broad, [], [home])).toBeUndefined();
  });

  it('keeps two hospitals apart unless they share most of their stories', () => {
    const home = incident({ storyIds: ['s1', 's2', 's3', 's4'] });
    expect(
      gatherIncident(alert({ series: 'facility:y', storyIds: ['s4', 's5'] }), ['y'], [home]),
    ).toBeUndefined();
    const shared = alert({ series: 'facility:y', storyIds: ['s1', 's2', 's3'] });
    expect(gatherIncident(shared, ['y'], [home])).toBe(home);
  });

  it('knows a matter by the facility that its articles are about', () => {
    const home = incident();
    const found = gatherIncident(alert({ series: 'story:s7', storyIds: ['s7'] }), ['x'], [home]);
    expect(found).toBe(home);
  });

  it('begins a new matter where the same series has been silent for days', () => {
    const home = incident();
    const same = { series: 'facility:x', storyIds: ['s8'] } as const;
    expect(gatherIncident(alert({ ...same, at: later(2) }), [], [home])).toBe(home);
    expect(gatherIncident(alert({ ...same, at: later(4) }), [], [home])).toBeUndefined();
  });

  it('still knows whose stories they are for a week after a person has resolved the matter', () => {
    const home = resolve(incident({ storyIds: ['s1'] }), 'false', 'Trực', later(1));
    expect(gatherIncident(alert({ storyIds: ['s1'], at: later(7) }), [], [home])).toBe(home);
    expect(gatherIncident(alert({ storyIds: ['s1'], at: later(9) }), [], [home])).toBeUndefined();
  });
});
