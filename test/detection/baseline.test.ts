import { describe, expect, it } from 'vitest';

import { baseline } from '../../src/detection/baseline.ts';
import type { HourCount } from '../../src/domain/series.ts';
import { DAY_MS } from '../../src/domain/time.ts';
import { anHourCount, steadyHours } from '../support/hour-counts.ts';

const TO = '2026-03-04T00:00:00.000Z';
const daysAgo = (days: number) => new Date(Date.parse(TO) - days * DAY_MS).toISOString();

const judge = (
  hours: readonly HourCount[],
  options: { since?: string; prior?: number; hours?: number } = {},
) =>
  baseline(hours, ({ capped }) => capped, {
    from: new Date(Date.parse(TO) - (options.hours ?? 24) * 3_600_000).toISOString(),
    to: TO,
    since: options.since ?? daysAgo(56),
    priorPerDay: options.prior ?? 0.5,
  });

describe('baseline', () => {
  it('expects of a day what the days before have brought', () => {
    const { expected } = judge(steadyHours(TO, { days: 56, perDay: 9 }));
    expect(expected).toBeGreaterThan(8);
    expect(expected).toBeLessThan(11);
  });

  it('expects next to nothing of the small hours and a good part of a morning', () => {
    const past = steadyHours(TO, { days: 56, perDay: 9 });
    const options = { since: daysAgo(56), priorPerDay: 0.5 };
    const night = baseline(past, ({ capped }) => capped, {
      ...options,
      from: '2026-03-03T17:00:00.000Z',
      to: '2026-03-03T22:00:00.000Z',
    });
    const morning = baseline(past, ({ capped }) => capped, {
      ...options,
      from: '2026-03-03T02:00:00.000Z',
      to: '2026-03-03T07:00:00.000Z',
    });
    expect(morning.expected).toBeGreaterThan(5 * night.expected);
  });

  it('knows that a series which rests on Sundays is not out of order when it rests', () => {
    const past = steadyHours(TO, { days: 56, perDay: 9 }).filter(
      ({ hour }) => new Date(hour).getUTCDay() !== 0,
    );
    const window = (from: string, to: string) =>
      baseline(past, ({ capped }) => capped, { from, to, since: daysAgo(56), priorPerDay: 0.5 }).expected;
    // 1 March 2026 is a Sunday.
    const sunday = window('2026-02-28T17:00:00.000Z', '2026-03-01T17:00:00.000Z');
    const tuesday = window('2026-03-02T17:00:00.000Z', '2026-03-03T17:00:00.000Z');
    expect(sunday).toBeLessThan(tuesday / 2);
  });

  it('does not learn a past outburst as the new normal', () => {
    const quiet = steadyHours(TO, { days: 56, perDay: 1 });
    const outburst = Array.from({ length: 10 }, (_, hour) =>
      anHourCount({ hour: new Date(Date.parse(daysAgo(20)) + hour * 3_600_000).toISOString(), capped: 8 }),
    );
    const without = judge(quiet).expected;
    const withOutburst = judge([...quiet, ...outburst]).expected;
    const naive = without + 80 / 56;
    expect(withOutburst - without).toBeLessThan((naive - without) / 3);
  });

  it('leaves the last two days out, so that what has begun is not its own baseline', () => {
    const past = steadyHours(TO, { days: 56, perDay: 2 });
    const begun = [
      anHourCount({ hour: daysAgo(2), capped: 40 }),
      anHourCount({ hour: daysAgo(1.2), capped: 40 }),
    ];
    expect(judge([...past, ...begun]).expected).toBeCloseTo(judge(past).expected, 6);
  });

  it('is sane where nothing was ever seen', () => {
    const result = judge([]);
    expect(result.expected).toBeGreaterThan(0);
    expect(result.expected).toBeLessThan(0.05);
    expect(result.spread).toBeGreaterThan(0);
    expect(Number.isFinite(result.size)).toBe(true);
    expect(result.size).toBeGreaterThan(0);
  });

  it('keeps to the prior and doubts it while the archive is young', () => {
    const young = judge([], { since: daysAgo(1), prior: 6 });
    expect(young.expected).toBeGreaterThan(5);
    // One article's worth of faith: the spread is about the mean itself.
    expect(young.spread).toBeGreaterThan(young.expected);
    expect(young.days).toBe(0);
  });

  it('does not mistake what lies before the archive for silence', () => {
    const past = steadyHours(TO, { days: 10, perDay: 9 });
    expect(judge(past, { since: daysAgo(10) }).expected).toBeGreaterThan(7);
    expect(judge(past, { since: daysAgo(56) }).expected).toBeLessThan(4);
  });

  it('finds more dispersion where news comes in clumps', () => {
    const even = steadyHours(TO, { days: 56, perDay: 4 });
    const clumped = Array.from({ length: 14 }, (_, index) =>
      anHourCount({ hour: daysAgo(4 * index + 4.5), capped: 16 }),
    );
    expect(judge(clumped).dispersion).toBeGreaterThan(judge(even).dispersion);
    expect(judge(even).dispersion).toBeGreaterThanOrEqual(1.3);
  });
});
