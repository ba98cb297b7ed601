import { describe, expect, it } from 'vitest';

import { dailyDispersion, rateRatio, shareDifference } from '../../src/domain/change-interval.ts';

describe('intervals of change', () => {
  it('gives the ratio of two person-time rates as Rothman does: breast cancer after fluoroscopy', () => {
    const found = rateRatio({ count: 41, days: 28_010 }, { count: 15, days: 19_017 });
    expect(found?.ratio).toBeCloseTo(1.86, 2);
    expect(found?.low).toBeCloseTo(1.03, 2);
    expect(found?.high).toBeCloseTo(3.35, 2);
  });

  it('gives the difference of two shares as Newcombe does: 56/70 and 48/80, method 10', () => {
    const found = shareDifference({ part: 56, whole: 70 }, { part: 48, whole: 80 });
    expect(found?.difference).toBeCloseTo(0.2, 4);
    expect(found?.low).toBeCloseTo(0.0524, 4);
    expect(found?.high).toBeCloseTo(0.3339, 4);
  });

  it('says nothing where nothing could be counted, and something where one of both is none', () => {
    expect(rateRatio({ count: 3, days: 31 }, { count: 3, days: 0 })).toBeUndefined();
    expect(rateRatio({ count: 0, days: 31 }, { count: 0, days: 30 })).toBeUndefined();
    expect(shareDifference({ part: 0, whole: 0 }, { part: 1, whole: 2 })).toBeUndefined();
    expect(rateRatio({ count: 0, days: 31 }, { count: 4, days: 31 })?.ratio).toBeCloseTo(0.5 / 4.5, 6);
  });

  it('is wider where days differ more than a Poisson, and never narrower', () => {
    expect(dailyDispersion([[5, 5, 5, 5]])).toBe(1);
    expect(dailyDispersion([[0, 10, 0, 10]])).toBeCloseTo(20 / 3, 6);
    const [calm, wild] = [1, 4].map((dispersion) =>
      rateRatio({ count: 50, days: 31 }, { count: 40, days: 30 }, dispersion),
    );
    expect((wild?.high ?? 0) - (wild?.low ?? 0)).toBeGreaterThan((calm?.high ?? 0) - (calm?.low ?? 0));
  });
});
