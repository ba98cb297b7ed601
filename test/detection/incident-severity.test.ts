import { describe, expect, it } from 'vitest';

import { easedSeverity, judgeSeverity, liftedSeverity } from '../../src/detection/incident-severity.ts';
import type { Alert, Signal } from '../../src/domain/alert.ts';
import { HOUR_MS } from '../../src/domain/time.ts';
import { anAlert } from '../support/factories.ts';

const AT = '2026-03-02T02:00:00.000Z';
const later = (hours: number) => new Date(Date.parse(AT) + hours * HOUR_MS).toISOString();
const signal = (kind: string, observed: number, strength = 1): Signal => ({
  kind,
  observed,
  expected: kind === 'spread' ? 1 : 0,
  spread: 1,
  strength,
});
const alert = (overrides: Partial<Alert> = {}) => anAlert({ severity: 'watch', ...overrides });
const ALL = [signal('harm', 5), signal('tier-jump', 3), signal('spread', 4), signal('denial', 1)];

describe('judgeSeverity', () => {
  it('is the most severe rule’s, and one more for three signs, two more for five', () => {
    expect(judgeSeverity([alert()], AT).severity).toBe('watch');
    expect(judgeSeverity([alert({ signals: ALL.slice(0, 2) })], AT).severity).toBe('watch');
    const three = judgeSeverity([alert({ signals: ALL.slice(0, 3) })], AT);
    expect(three.severity).toBe('serious');
    expect(three.reasons.map(({ key }) => key)).toEqual(['rule-watch', 'harm', 'tier-3', 'provinces-4']);
    const doubled = alert({ id: 'b', at: later(1), observed: 14, signals: ALL });
    expect(judgeSeverity([alert(), doubled], later(1)).severity).toBe('critical');
    expect(judgeSeverity([doubled, alert()], later(1))).toEqual(judgeSeverity([alert(), doubled], later(1)));
  });

  it('compares counts of one series and rule only, and forgets alerts of days ago', () => {
    const elsewhere = alert({ id: 'b', series: 'province:79', observed: 40 });
    expect(judgeSeverity([alert(), elsewhere], AT).reasons.map(({ key }) => key)).toEqual(['rule-watch']);
    const old = alert({ severity: 'critical' });
    const fresh = alert({ id: 'b', at: later(80) });
    expect(judgeSeverity([old, fresh], later(80)).severity).toBe('watch');
    expect(judgeSeverity([old], later(80)).severity).toBe('critical');
  });
});

describe('liftedSeverity', () => {
  it('gives its reasons in both languages, and nothing where the incident is as severe already', () => {
    const lifted = liftedSeverity({ severity: 'information' }, [alert({ signals: ALL })], AT);
    expect(lifted?.severity).toBe('serious');
    expect(lifted?.why).toMatch(/^quy tắc .*lan tới 4 tỉnh.* \/ rule .*spread to 4 provinces/);
    expect(liftedSeverity({ severity: 'serious' }, [alert({ signals: ALL })], AT)).toBeUndefined();
  });

  it('leaves a person’s word until something new happens', () => {
    const set = { severity: 'information', severitySetAt: later(0.5) } as const;
    const same = alert({ id: 'b', at: later(1) });
    expect(liftedSeverity(set, [alert(), same], later(1))).toBeUndefined();
    const denied = alert({ id: 'b', at: later(1), signals: [signal('denial', 1)] });
    const lifted = liftedSeverity(set, [alert(), denied], later(1));
    expect(lifted).toMatchObject({ severity: 'watch', why: expect.stringContaining('phủ nhận') });
  });
});

describe('easedSeverity', () => {
  const taken = { status: 'acknowledged', severity: 'critical' } as const;
  const alerts = [alert({ severity: 'critical' })];
  const quiet = (hours: number) => ({ lastArticleAt: AT, lastDay: 1, dayBefore: 1, score: undefined, hours });
  const at = (hours: number, incident: Parameters<typeof easedSeverity>[0] = taken) =>
    easedSeverity(incident, alerts, quiet(hours), later(hours))?.severity;

  it('falls with silence, step by step, and not for a night', () => {
    expect([8, 12, 48, 96, 500].map((hours) => at(hours))).toEqual([
      undefined,
      'serious',
      'watch',
      'information',
      'information',
    ]);
    // Looked at again after it fell, it falls no further.
    expect(at(13, { ...taken, severity: 'serious' })).toBeUndefined();
  });

  it('waits longer before anybody has taken it, and forever where a person has set it or it is resolved', () => {
    expect([at(12, { ...taken, status: 'open' }), at(48, { ...taken, status: 'open' })]).toEqual([
      undefined,
      'watch',
    ]);
    expect(at(96, { ...taken, severitySetAt: AT })).toBeUndefined();
    expect(at(96, { ...taken, status: 'resolved' })).toBeUndefined();
  });

  it('falls when growth is over or the score has halved, and says so', () => {
    const news = { lastArticleAt: later(30), lastDay: 3, dayBefore: 8 };
    expect(easedSeverity(taken, alerts, news, later(30))).toEqual({
      severity: 'serious',
      why: 'bài tiêu cực giảm từ 8 xuống 3 trong 24 giờ / negative articles fell from 8 to 3 in 24 h',
    });
    expect(easedSeverity(taken, alerts, { ...news, lastDay: 5 }, later(30))).toBeUndefined();
    const scored = easedSeverity(taken, alerts, { ...news, lastDay: 5, score: 2 }, later(30));
    expect(scored?.why).toContain('từ 5.0 xuống 2.0');
  });
});
