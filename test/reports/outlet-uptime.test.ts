import { describe, expect, it } from 'vitest';

import { outletUptime } from '../../src/reports/outlet-uptime.ts';
import { usualOf } from '../../src/reports/usual.ts';

const days = Array.from({ length: 28 }, (_, at) =>
  new Date(Date.UTC(2026, 1, 2 + at)).toISOString().slice(0, 10),
);
/** Twenty a day, half of it at weekends; `except` says otherwise of some days. */
const counts = (outletId: string, except: Readonly<Record<number, number>> = {}, from = 0) =>
  days
    .map((bucket, at) => ({ outletId, bucket, count: except[at] ?? (at % 7 > 4 ? 10 : 20) }))
    .slice(from)
    .filter(({ count }) => count > 0);

describe('outletUptime', () => {
  it('is whole while everybody is heard from, at weekends and on a quiet holiday too', () => {
    const all = outletUptime([...counts('a', { 15: 4 }), ...counts('b', { 15: 3 })], days);
    expect(all.every(({ uptime, down }) => uptime === 1 && down.length === 0)).toBe(true);
    expect(all.map(({ bucket }) => bucket)).toEqual(days);
  });

  it('weighs an outlet that fell silent by what is usual of it on that weekday', () => {
    const big = counts('big').map((row) => ({ ...row, count: row.count * 3 }));
    const found = outletUptime([...big, ...counts('small', { 9: 0, 10: 1 })], days);
    expect(found[9]).toEqual({ bucket: days[9], uptime: 0.75, down: ['small'] });
    expect(found[10]?.down).toEqual(['small']);
    expect(found[11]).toEqual({ bucket: days[11], uptime: 1, down: [] });
  });

  it('misses nobody before their first entry, and nobody who is often silent', () => {
    const rare = days
      .filter((_, at) => at % 3 === 0)
      .map((bucket) => ({ outletId: 'rare', bucket, count: 2 }));
    const found = outletUptime([...counts('a'), ...counts('young', {}, 20), ...rare], days);
    expect(found.every(({ down }) => down.length === 0)).toBe(true);
  });

  it('knows hours by the clock', () => {
    const hours = Array.from({ length: 96 }, (_, at) =>
      new Date(Date.UTC(2026, 1, 2) + at * 3_600_000).toISOString().slice(0, 13),
    );
    const found = outletUptime(
      hours.flatMap((bucket, at) => (at % 24 < 6 || at === 34 ? [] : [{ outletId: 'a', bucket, count: 12 }])),
      hours,
    );
    expect(found.flatMap(({ down }, at) => (down.length === 0 ? [] : [at]))).toEqual([34]);
  });
});

describe('usualOf', () => {
  it('is not led astray by one odd week', () => {
    expect(usualOf([10, 12, 11, 90, 10, 13])).toMatchObject({ median: 11.5, weeks: 6 });
    expect(usualOf([10, 12, 11, 90, 10, 13])?.spread).toBeLessThan(4);
  });

  it('never takes a count to be steadier than chance', () => {
    expect(usualOf([16, 16, 16, 16])).toEqual({ median: 16, spread: 4, weeks: 4 });
  });

  it('says nothing of too few weeks', () => {
    expect(usualOf([3, 4])).toBeUndefined();
  });
});
