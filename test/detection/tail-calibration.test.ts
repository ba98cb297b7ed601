import { describe, expect, it } from 'vitest';

import { TailCalibration } from '../../src/detection/tail-calibration.ts';

/** Pseudo-random numbers in (0, 1), the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** Days on which so many series show a score whose tail falls off by one decade per `decade` of score. */
function told(tail: TailCalibration, days: number, { perDay = 20, decade = 1.5, crises = 0 } = {}): number[] {
  const random = randomFrom(7);
  const scores: number[] = [];
  for (let day = 1; day <= days; day++) {
    for (let i = 0; i < perDay; i++) {
      const score = 1.5 - decade * Math.log10(random());
      scores.push(score);
      tail.observe(`s${day}-${i}`, `g${i}`, day, score);
    }
    if (random() < crises) tail.observe(`crisis-${day}`, `crisis-${day}`, day, 12);
  }
  return scores;
}

describe('TailCalibration', () => {
  it('says how often a week a score is seen, from a year of ordinary days', () => {
    const tail = new TailCalibration();
    const scores = told(tail, 365);
    for (const perWeek of [1, 7]) {
      const threshold = tail.thresholdFor(perWeek, 100);
      const seen = (scores.filter((score) => score > threshold).length / 365) * 7;
      expect(seen).toBeGreaterThan(perWeek * 0.6);
      expect(seen).toBeLessThan(perWeek * 1.5);
      expect(tail.ratePerWeek(threshold, 100)).toBeCloseTo(perWeek, 6);
    }
  });

  it('is moved little by real crises: they stand above what it is fitted to', () => {
    const quiet = new TailCalibration();
    const lively = new TailCalibration();
    told(quiet, 365);
    told(lively, 365, { crises: 0.1 });
    expect(Math.abs(lively.thresholdFor(1, 100) - quiet.thresholdFor(1, 100))).toBeLessThan(0.3);
  });

  it('asks for more where more series are watched, before there is any history', () => {
    const tail = new TailCalibration();
    expect(tail.thresholdFor(1, 500)).toBeGreaterThan(tail.thresholdFor(1, 50) + 1);
    expect(tail.ratePerWeek(3, 500)).toBeGreaterThan(tail.ratePerWeek(4, 500));
  });

  it('takes one long episode for one', () => {
    const tail = new TailCalibration();
    for (let day = 1; day <= 200; day++) tail.observe('s', 'g', day, 9);
    expect(tail.ratePerWeek(8, 10)).toBe(new TailCalibration().ratePerWeek(8, 10));
  });

  it('goes on from what it wrote down', () => {
    const tail = new TailCalibration();
    told(tail, 100);
    const restored = TailCalibration.restore(tail.snapshot());
    expect(restored.snapshot()).toBe(tail.snapshot());
    expect(restored.thresholdFor(1, 100)).toBe(tail.thresholdFor(1, 100));
  });
});
