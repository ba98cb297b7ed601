import { describe, expect, it } from 'vitest';

import { acknowledge, joinAlert, openIncident, resolve } from '../../src/domain/incident.ts';
import { newsroomName } from '../../src/domain/outlet.ts';
import { anOutlet } from '../support/deps.ts';
import { anAlert } from '../support/factories.ts';

const incident = openIncident(anAlert(), 'Bệnh viện X · 3 bài tiêu cực/24 giờ');
const at = '2026-03-02T04:00:00.000Z';

describe('joinAlert', () => {
  it('gathers series and stories, and lets severity only rise', () => {
    const milder = anAlert({ id: 'b', series: 'province:22', severity: 'watch', storyIds: ['s1', 's2'] });
    expect(joinAlert(incident, milder)).toMatchObject({
      severity: 'serious',
      series: ['facility:x', 'province:22'],
      storyIds: ['s1', 's2'],
      latestAlert: milder,
    });
    expect(joinAlert(incident, anAlert({ id: 'c', severity: 'critical' })).severity).toBe('critical');
  });

  it('keeps its line up to date with the series that opened it, and with no other', () => {
    const own = anAlert({ id: 'b' });
    const other = anAlert({ id: 'c', series: 'province:22' });
    expect(joinAlert(incident, own, 'mới').title).toBe('mới');
    expect(joinAlert(incident, other, 'mới').title).toBe(incident.title);
  });

  it('changes nothing when an alert comes again', () => {
    expect(joinAlert(incident, anAlert())).toBe(incident);
  });
});

describe('transitions', () => {
  it('go from open to acknowledged to resolved, and not back', () => {
    const taken = acknowledge(incident, 'Trực đêm', at);
    expect(taken).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'Trực đêm' });
    expect(() => acknowledge(taken, 'người khác', at)).toThrow('acknowledged');
    const done = resolve(taken, 'true', 'Trực đêm', at, 'đã trả lời báo chí');
    expect(done.history.map(({ what }) => what)).toEqual(['opened', 'acknowledged', 'resolved']);
    expect(() => resolve(done, 'false', 'x', at)).toThrow('resolved');
    expect(() => acknowledge(done, 'x', at)).toThrow('resolved');
  });
});

it('names a newsroom by its outlet, or by the first it keeps, or as it was credited', () => {
  const outlets = new Map([['bao-b', anOutlet({ id: 'bao-b', name: 'Báo B', newsroom: 'nha-bao' })]]);
  expect(['bao-b', 'nha-bao', 'TTXVN'].map((id) => newsroomName(id, outlets))).toEqual([
    'Báo B',
    'Báo B',
    'TTXVN',
  ]);
});
