import { describe, expect, it } from 'vitest';

import { silenceOf } from '../../src/domain/outlet-silence.ts';

const NOW = new Date('2026-03-08T12:20:00.000Z');
const HOUR_MS = 3_600_000;

/** Hours with entries, counted back from the present one. */
const ago = (...hours: number[]) =>
  hours.map((hour) => new Date(Date.UTC(2026, 2, 8, 12) - hour * HOUR_MS).toISOString());

/** A paper that publishes every hour from 06:00 to 22:00 in Vietnam, until so many hours ago. */
const daily = (untilHoursAgo: number) =>
  ago(...Array.from({ length: 168 }, (_, at) => at)).filter((hour) => {
    const local = (new Date(hour).getUTCHours() + 7) % 24;
    return local >= 6 && local <= 22 && Date.parse(hour) <= NOW.getTime() - untilHoursAgo * HOUR_MS;
  });

describe('silence', () => {
  it('is longer than the outlet’s own nights', () => {
    // Silent since noon: in Vietnam it is 19:20, and by night it pauses for eight hours.
    expect(silenceOf(daily(7), NOW)).toBeUndefined();
    expect(silenceOf(daily(11), NOW)).toEqual({
      sinceAt: '2026-03-08T02:00:00.000Z',
      usualMs: 8 * HOUR_MS,
    });
  });

  it('is none while news comes in, nor within two hours of an outlet that never pauses', () => {
    expect(silenceOf(daily(0), NOW)).toBeUndefined();
    const always = Array.from({ length: 100 }, (_, at) => at);
    expect(silenceOf(ago(...always.map((at) => at + 2)), NOW)).toBeUndefined();
    expect(silenceOf(ago(...always.map((at) => at + 4)), NOW)?.usualMs).toBe(HOUR_MS);
  });

  it('cannot be told of an outlet that hardly publishes', () => {
    expect(silenceOf([], NOW)).toBeUndefined();
    expect(silenceOf(ago(20, 60, 100, 140), NOW)).toBeUndefined();
  });
});
