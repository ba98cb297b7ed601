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

  it('takes a topic in a province for broad, but for less than a topic or a province', () => {
    const home = incident({ storyIds: ['s1'] });
    const quarter = ['s1', 's2', 's3', 's4'];
    const at = (series: Alert['series'], storyIds: string[]) =>
      gatherIncident(alert({ series, storyIds }), [], [home]);
    expect(at('province-topic:79/incidents', quarter)).toBe(home);
    expect(at('province-topic:79/incidents', [...quarter, 's5'])).toBeUndefined();
    expect(at('topic:incidents', quarter)).toBeUndefined();
  });

  it('takes more of one topic in one province for the same matter for a day, whatever the stories', () => {
    const home = incident({ series: 'province-topic:79/incidents', storyIds: ['s1'] });
    const more = { series: 'province-topic:79/incidents', storyIds: ['s8'] } as const;
    expect(gatherIncident(alert({ ...more, at: later(0.9) }), [], [home])).toBe(home);
    expect(gatherIncident(alert({ ...more, at: later(1.1) }), [], [home])).toBeUndefined();
    const topic = incident({ series: 'topic:incidents', storyIds: ['s1'] });
    expect(
      gatherIncident(alert({ series: 'topic:incidents', storyIds: ['s8'] }), [], [topic]),
    ).toBeUndefined();
  });

  it('does not bury a hospital’s matter in a topic that speaks of it in passing', () => {
    const stories = Array.from({ length: 10 }, (_, at) => `s${at}`);
    const broad = incident({ series: 'topic:incidents', storyIds: stories });
    expect(gatherIncident(alert({ series: 'facility:x', storyIds: ['s1'] }), ['x'], [broad])).toBeUndefined();
    const much = alert({ series: 'facility:x', storyIds: ['s1', 's2', 's3'] });
    expect(gatherIncident(much, ['x'], [broad])).toBe(broad);
  });

  it('follows what people have merged and split', () => {
    const merged = { ...incident({ storyIds: ['s1'] }), mergedInto: 'incident-other' };
    expect(gatherIncident(alert({ storyIds: ['s1'] }), [], [merged])).toBeUndefined();
    const apart = [{ incidentId: 'p', series: ['facility:y' as const], storyIds: ['s2'], alertIds: [] }];
    const rest = { ...incident({ storyIds: ['s1', 's3'] }), apart };
    expect(
      gatherIncident(alert({ series: 'facility:y', storyIds: ['s1', 's3'] }), [], [rest]),
    ).toBeUndefined();
  });
});
