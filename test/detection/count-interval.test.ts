import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { countInterval } from '../../src/detection/count-interval.ts';

/** Chance of each count of a negative binomial, by its definition. */
function chances(mean: number, dispersion: number, upTo: number): number[] {
  const size = mean / (dispersion - 1);
  return Array.from({ length: upTo }, (_, count) => {
    let log = -size * Math.log(dispersion) + count * Math.log(1 - 1 / dispersion);
    for (let k = 0; k < count; k++) log += Math.log((size + k) / (k + 1));
    return Math.exp(log);
  });
}

describe('the interval of a count', () => {
  it('is that of a table of the Poisson distribution', () => {
    // Mean 5: up to 2 with 0.1247, up to 4 with 0.4405, up to 5 with 0.6160, up to 8 with 0.9319, up to 7 with 0.8666.
    expect(countInterval(5, 1)).toEqual({ likely: 5, low: 3, high: 8 });
  });

  it('is nought where nothing is to be expected', () => {
    expect(countInterval(0, 1.5)).toEqual({ likely: 0, low: 0, high: 0 });
  });

  it('is one number where another would be too many', () => {
    // 0.905 of the counts are 0: leaving out the rest leaves out a tenth.
    expect(countInterval(0.1, 1)).toEqual({ likely: 0, low: 0, high: 0 });
  });

  it('goes over to a normal count where there are thousands', () => {
    const { likely, low, high } = countInterval(10_000, 4);
    expect([likely, low, high]).toEqual([10_000, 9744, 10_256]);
    // The two ways meet.
    const below = countInterval(1999, 2);
    const above = countInterval(2001, 2);
    expect(above.high - above.low).toBeCloseTo(below.high - below.low, -1);
  });

  it('leaves out about a tenth on either side, never much more', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        fc.double({ min: 1.01, max: 12, noNaN: true }),
        (mean, dispersion) => {
          const { likely, low, high } = countInterval(mean, dispersion);
          const chance = chances(mean, dispersion, high + 1);
          const below = chance.slice(0, low).reduce((a, b) => a + b, 0);
          const above = 1 - chance.reduce((a, b) => a + b, 0);
          const largest = Math.max(...chance);
          expect(low).toBeLessThanOrEqual(likely);
          expect(likely).toBeLessThanOrEqual(high);
          // Off by no more than half of one count's own chance.
          expect(below).toBeLessThanOrEqual(0.1 + largest / 2 + 1e-9);
          expect(above).toBeLessThanOrEqual(0.1 + largest / 2 + 1e-9);
        },
      ),
      { numRuns: 300 },
    );
  });
});
