import { describe, expect, it } from 'vitest';

import { betaBinomialTail, negativeBinomialTail } from '../../src/detection/tail-probability.ts';

describe('negativeBinomialTail', () => {
  it('is certain for nothing and for less than nothing', () => {
    expect(negativeBinomialTail(0, 3, 2)).toBe(1);
    expect(negativeBinomialTail(-1, 3, 2)).toBe(1);
  });

  it('agrees with the geometric distribution, whose tail is known in closed form', () => {
    const mean = 3;
    for (const count of [1, 2, 5, 10, 40]) {
      expect(negativeBinomialTail(count, mean, 1)).toBeCloseTo((mean / (1 + mean)) ** count, 12);
    }
  });

  it('agrees with the Poisson distribution as the size grows', () => {
    const poisson = 1 - Math.exp(-2) * (1 + 2 + 2);
    expect(negativeBinomialTail(3, 2, Number.POSITIVE_INFINITY)).toBeCloseTo(poisson, 12);
    expect(negativeBinomialTail(3, 2, 1e7)).toBeCloseTo(poisson, 5);
  });

  it('keeps its digits far below what one minus the lower sum could show', () => {
    const far = negativeBinomialTail(60, 1, Number.POSITIVE_INFINITY);
    expect(far).toBeGreaterThan(0);
    // P(60) of a Poisson of mean 1 is e^-1 / 60!; the tail is hardly more.
    expect(Math.log(far)).toBeCloseTo(-1 - logFactorial(60), 1);
  });

  it('falls with the count and rises with the mean', () => {
    expect(negativeBinomialTail(6, 2, 2)).toBeLessThan(negativeBinomialTail(5, 2, 2));
    expect(negativeBinomialTail(6, 3, 2)).toBeGreaterThan(negativeBinomialTail(6, 2, 2));
  });

  it('expects nothing where nothing is expected', () => {
    expect(negativeBinomialTail(1, 0, 2)).toBe(0);
    expect(() => negativeBinomialTail(1, -1, 2)).toThrow(RangeError);
    expect(() => negativeBinomialTail(1, 1, 0)).toThrow(RangeError);
  });
});

describe('betaBinomialTail', () => {
  it('agrees with the binomial where the share does not waver', () => {
    expect(betaBinomialTail(3, 4, 0.5, 0)).toBeCloseTo(5 / 16, 5);
    expect(betaBinomialTail(1, 4, 0.25, 0)).toBeCloseTo(1 - 0.75 ** 4, 5);
  });

  it('is less surprised by an extreme share where the share wavers', () => {
    expect(betaBinomialTail(8, 8, 0.3, 0.1)).toBeGreaterThan(betaBinomialTail(8, 8, 0.3, 0.01));
  });

  it('knows its limits', () => {
    expect(betaBinomialTail(0, 4, 0.3, 0.03)).toBe(1);
    expect(betaBinomialTail(5, 4, 0.3, 0.03)).toBe(0);
  });
});

function logFactorial(n: number): number {
  let log = 0;
  for (let k = 2; k <= n; k++) log += Math.log(k);
  return log;
}
