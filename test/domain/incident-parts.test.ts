import { describe, expect, it } from 'vitest';

import { joinAlert, openIncident } from '../../src/domain/incident.ts';
import {
  absorb,
  alertsToGiveBack,
  mergeInto,
  release,
  split,
  splitId,
  splitOff,
  unmerge,
} from '../../src/domain/incident-parts.ts';
import { anAlert } from '../support/factories.ts';

const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const alertA = anAlert({ id: 'a', at: at(2), series: 'facility:a', storyIds: ['s1'] });
const alertB = anAlert({ id: 'b', at: at(3), series: 'facility:b', storyIds: ['s2'], severity: 'critical' });
const a = openIncident(alertA, 'A');
const b = openIncident(alertB, 'B');
const merged = mergeInto(b, a, { by: 'Trực', at: at(4), note: 'cùng một việc' });
const whole = absorb(a, merged);

describe('a merge', () => {
  it('resolves one as a duplicate and gives the other all it held', () => {
    expect(merged).toMatchObject({ status: 'resolved', verdict: 'duplicate', mergedInto: a.id });
    expect(whole).toMatchObject({
      severity: 'critical',
      series: ['facility:a', 'facility:b'],
      storyIds: ['s1', 's2'],
      alertIds: ['a', 'b'],
      latestAlert: alertB,
      mergedFrom: [b.id],
    });
    expect(whole.history.at(-1)).toMatchObject({ what: 'absorbed', by: 'Trực', note: 'cùng một việc' });
    expect(absorb(whole, merged)).toBe(whole);
  });

  it('is refused with itself, with what is resolved, twice, and between a drill and the real', () => {
    const act = { by: 'x', at: at(5) };
    expect(() => mergeInto(a, a, act)).toThrow('itself');
    expect(() => mergeInto(a, merged, act)).toThrow('resolved');
    expect(() => mergeInto(merged, a, act)).toThrow('merged');
    expect(() => mergeInto({ ...b, mark: 'drill' }, a, act)).toThrow('drill');
  });

  it('is undone with what came for the merged matter since', () => {
    const alertC = anAlert({ id: 'c', at: at(5), series: 'facility:b', storyIds: ['s3'] });
    const alertD = anAlert({ id: 'd', at: at(6), series: 'facility:a', storyIds: ['s4'] });
    const grown = joinAlert(joinAlert(whole, alertC), alertD);
    const alerts = [alertA, alertB, alertC, alertD];
    const back = unmerge(merged, { by: 'Trực', at: at(7) });
    expect(back).toMatchObject({ status: 'open', reopenedAt: at(7), series: ['facility:b'] });
    expect([back.mergedInto, back.verdict, back.acknowledgedBy]).toEqual([undefined, undefined, undefined]);
    expect(alertsToGiveBack(grown, back, alerts)).toEqual([alertC]);
    const rest = release(grown, back, alerts);
    expect(rest).toMatchObject({
      series: ['facility:a'],
      storyIds: ['s1', 's4'],
      alertIds: ['a', 'd'],
      latestAlert: alertD,
      apart: [{ incidentId: b.id, series: ['facility:b'], storyIds: ['s2'] }],
    });
    expect(rest.mergedFrom).toBeUndefined();
    expect(release(rest, back, alerts)).toBe(rest);
  });
});

describe('a split', () => {
  const act = { by: 'Trực', at: at(8) };
  const rest = split(whole, { series: ['facility:b'], storyIds: [] }, [alertA, alertB], act, 'Việc thứ hai');

  it('takes series, their stories and their alerts along', () => {
    expect(rest).toMatchObject({
      series: ['facility:a'],
      storyIds: ['s1'],
      alertIds: ['a'],
      latestAlert: alertA,
    });
    const part = splitOff(rest, splitId(whole), [alertA, alertB]);
    expect(part).toMatchObject({
      id: splitId(whole),
      title: 'Việc thứ hai',
      series: ['facility:b'],
      storyIds: ['s2'],
      alertIds: ['b'],
      splitFrom: a.id,
      acknowledgedBy: 'Trực',
    });
  });

  it('can take a story alone, and later alerts do not bring it back', () => {
    const both = openIncident(anAlert({ id: 'ab', storyIds: ['s1', 's2'] }), 'AB');
    const left = split(both, { series: [], storyIds: ['s2'] }, [both.latestAlert], act, 'Truyện 2');
    expect([left.storyIds, left.alertIds]).toEqual([['s1'], ['ab']]);
    const part = splitOff(left, splitId(both), [both.latestAlert]);
    expect(part).toMatchObject({ series: ['story:s2'], storyIds: ['s2'], alertIds: ['ab'] });
    const next = anAlert({ id: 'n', at: at(9), storyIds: ['s1', 's2', 's5'] });
    expect(joinAlert(left, next).storyIds).toEqual(['s1', 's5']);
  });

  it('leaves something and takes something, or is refused', () => {
    const alerts = [alertA, alertB];
    expect(() => split(whole, { series: [], storyIds: ['none'] }, alerts, act, 'x')).toThrow(
      'Nothing was chosen',
    );
    const all = { series: whole.series, storyIds: whole.storyIds };
    expect(() => split(whole, all, alerts, act, 'x')).toThrow('Nothing would be left');
    expect(() => split(merged, { series: ['facility:b'], storyIds: [] }, alerts, act, 'x')).toThrow(
      'resolved',
    );
  });
});
