import { describe, expect, it } from 'vitest';

import { forecast, type HourlySeries } from '../../src/detection/forecast.ts';
import { USUAL_HOURS, USUAL_WEEKDAYS } from '../../src/detection/usual-rhythm.ts';

const HOUR_MS = 3_600_000;
/** Midnight of a Monday in Vietnam. */
const MONDAY = Date.parse('2026-03-02T00:00:00+07:00');

/** Mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function poisson(mean: number, next: () => number): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-mean); count++) product *= next();
  return count;
}

const HOURS_SUM = USUAL_HOURS.reduce((a, b) => a + b, 0);
const WEEKDAYS_SUM = USUAL_WEEKDAYS.reduce((a, b) => a + b, 0);

/** What is usual of an hour where a day has `perDay`. */
function usual(hour: number, perDay: number): number {
  const at = new Date(MONDAY + hour * HOUR_MS + 7 * HOUR_MS);
  const ofDay = (USUAL_HOURS[at.getUTCHours()] as number) / HOURS_SUM;
  return perDay * ofDay * (((USUAL_WEEKDAYS[at.getUTCDay()] as number) * 7) / WEEKDAYS_SUM);
}

function ordinary(days: number, perDay: number, seed = 1): HourlySeries {
  const next = random(seed);
  return {
    startMs: MONDAY,
    counts: Array.from({ length: days * 24 }, (_, hour) => poisson(usual(hour, perDay), next)),
  };
}

function total(counts: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += counts[i] ?? 0;
  return sum;
}

describe('a forecast', () => {
  it('expects of an ordinary series what it had, with the rhythm of newsrooms', () => {
    // Eight weeks that end on a Saturday at midnight: Sunday is next.
    const { outlooks, usualPerDay, at } = forecast({
      startMs: MONDAY,
      counts: Array.from({ length: 55 * 24 }, (_, hour) => usual(hour, 40)),
    });
    expect(at).toBe('2026-04-25T17:00:00.000Z');
    const [day, threeDays] = outlooks;
    expect(day.expected).toBeCloseTo((40 * 0.75 * 7) / WEEKDAYS_SUM, -0.5);
    expect(threeDays.expected).toBeCloseTo((40 * (0.75 + 1.05 + 1.08) * 7) / WEEKDAYS_SUM, -1);
    expect(day.low).toBeLessThan(day.expected);
    expect(day.high).toBeGreaterThan(day.expected);
    expect(usualPerDay).toBeGreaterThan(35);
    expect(usualPerDay).toBeLessThan(41);
  });

  it('is within its interval as often as it says, on counts that are but chance', () => {
    let within = 0;
    let made = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { startMs, counts } = ordinary(60, 12, seed);
      for (const known of [50 * 24 + 7, 54 * 24 + 15]) {
        const [day, threeDays] = forecast({ startMs, counts: (counts as number[]).slice(0, known) }).outlooks;
        for (const { hours, low, high } of [day, threeDays]) {
          const came = total(counts, known, known + hours);
          within += low <= came && came <= high ? 1 : 0;
          made += 1;
        }
      }
    }
    // These counts keep to a Poisson, which real ones exceed: the interval is on the safe side.
    expect(within / made).toBeGreaterThan(0.74);
    expect(within / made).toBeLessThan(0.96);
  });

  it('sees a burst fade, faster in the first days than later, and return to the usual', () => {
    const { startMs, counts } = ordinary(50, 2);
    const burst = counts as number[];
    for (let hour = 49 * 24; hour < 50 * 24; hour++) burst[hour] = (burst[hour] ?? 0) + usual(hour, 30);
    const made = forecast({ startMs, counts: burst });
    const ahead = made.days.filter(({ isExpected }) => isExpected).map(({ articles }) => articles);
    expect(made.peak).toMatchObject({ day: '2026-04-20', isExpected: false });
    expect(ahead[0]).toBeLessThan(20);
    expect(ahead[0]).toBeGreaterThan(4);
    expect(ahead[1]).toBeLessThan((ahead[0] ?? 0) * 0.95);
    expect(made.usualPerDay).toBeLessThan(3);
    expect(made.lastDay).toBeGreaterThan(25);
    expect(made.backToUsualOn === undefined || made.backToUsualOn > '2026-04-23').toBe(true);
  });

  it('is back to the usual already where nothing is going on', () => {
    const made = forecast(ordinary(50, 3));
    expect(made.backToUsualOn).toBe(made.at.slice(0, 10) < '2026-04-21' ? '2026-04-21' : undefined);
  });

  it('expects nothing of a series without an article', () => {
    const made = forecast({ startMs: MONDAY, counts: new Float64Array(20 * 24) });
    expect(made.outlooks.map(({ expected, low, high }) => [expected, low, high])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(made.record).toMatchObject({ meanError: 0, naiveError: 0, within: 14 });
  });

  it('takes a young series for what it has shown, not for what its first days were', () => {
    const counts = new Float64Array(36);
    for (let hour = 12; hour < 36; hour++) counts[hour] = usual(hour, 12);
    const { outlooks } = forecast({ startMs: MONDAY, counts });
    expect(outlooks[0].expected).toBeGreaterThan(4);
    expect(outlooks[0].expected).toBeLessThan(14);
  });

  it('says what its own past outlooks were worth, from what was known then', () => {
    const { startMs, counts } = ordinary(60, 8, 5);
    const whole = forecast({ startMs, counts });
    expect(whole.record.past).toHaveLength(14);
    const [latest] = whole.record.past;
    const asThen = forecast({ startMs, counts: (counts as number[]).slice(0, 59 * 24) });
    expect(latest?.at).toBe(asThen.at);
    expect([latest?.low, latest?.high, latest?.likely]).toEqual([
      asThen.outlooks[0].low,
      asThen.outlooks[0].high,
      asThen.outlooks[0].likely,
    ]);
    expect(latest?.came).toBe(total(counts, 59 * 24, 60 * 24));
    const { past, meanError, within } = whole.record;
    expect(meanError).toBeCloseTo(
      past.reduce((sum, { likely, came }) => sum + Math.abs(likely - came), 0) / 14,
      9,
    );
    expect(within).toBe(past.filter(({ low, high, came }) => low <= came && came <= high).length);
  });

  it('widens the interval of a series that surprises more than others', () => {
    const calm = ordinary(60, 20, 3);
    const next = random(8);
    let level = 20;
    const wild = Array.from({ length: 60 * 24 }, (_, hour) => {
      if (hour % 24 === 0) level = next() < 0.5 ? 5 : 35;
      return poisson(usual(hour, level), next);
    });
    const width = ({ outlooks: [{ low, high, expected }] }: ReturnType<typeof forecast>) =>
      (high - low) / Math.sqrt(expected);
    expect(width(forecast({ startMs: MONDAY, counts: wild }))).toBeGreaterThan(1.5 * width(forecast(calm)));
  });

  it('counts days by the Vietnamese calendar, today as counted and expected together', () => {
    // Ends at 10:00 on a Tuesday.
    const counts = Array.from({ length: 22 * 24 + 10 }, (_, hour) => usual(hour, 24));
    const { days, at } = forecast({ startMs: MONDAY, counts });
    expect(at).toBe('2026-03-24T03:00:00.000Z');
    expect(days).toHaveLength(18);
    expect(days.map(({ day }) => day)).toContain('2026-03-24');
    expect(days.filter(({ isExpected }) => isExpected).map(({ day }) => day)).toEqual([
      '2026-03-24',
      '2026-03-25',
      '2026-03-26',
      '2026-03-27',
    ]);
    expect(days.find(({ day }) => day === '2026-03-24')?.articles).toBeGreaterThan(20);
    expect(days[0]).toMatchObject({ day: '2026-03-10', isExpected: false });
    expect(days[0]?.articles).toBeCloseTo(total(counts, 8 * 24, 9 * 24), 9);
  });

  it('refuses less than a day', () => {
    expect(() => forecast({ startMs: MONDAY, counts: [1, 2, 3] })).toThrow(RangeError);
  });
});
