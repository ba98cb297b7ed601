import { describe, expect, it } from 'vitest';

import { type ComparedDay, differenceInDifferences } from '../../src/reports/difference-in-differences.ts';

/** Marsaglia's xorshift, so that a run is the same everywhere. */
function random(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

function poisson(mean: number, next: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
}

/** Gamma of shape 4 and mean 1, as a sum of exponentials: counts mixed by it are negative binomial. */
function gamma(next: () => number): number {
  return -Math.log(next() * next() * next() * next()) / 4;
}

/** Days with a weekday's rhythm that both share and a news wave that only one has. */
function days(count: number, next: () => number, effect = 1, negative = 0.25): ComparedDay[] {
  return Array.from({ length: count }, (_, at) => {
    const weekday = at % 7 < 5 ? 1.2 : 0.5;
    const articles = poisson(5 * weekday * gamma(next) * effect, next);
    const controlArticles = poisson(40 * weekday, next);
    const draw = (of: number, share: number) =>
      Array.from({ length: of }, next).filter((one) => one < share).length;
    return {
      articles,
      negative: draw(articles, negative),
      controlArticles,
      controlNegative: draw(controlArticles, 0.25),
    };
  });
}

const RUNS = 1000;

describe('differenceInDifferences', () => {
  it('holds what is true about 95 times of 100 where nothing has changed', () => {
    let rate = 0;
    let share = 0;
    for (let run = 1; run <= RUNS; run++) {
      const next = random(run);
      for (let warm = 0; warm < 20; warm++) next();
      const { rateRatio, negativeShare } = differenceInDifferences(days(28, next), days(14, next));
      if (rateRatio !== undefined && rateRatio.low <= 1 && rateRatio.high >= 1) rate += 1;
      if (negativeShare !== undefined && negativeShare.low <= 0 && negativeShare.high >= 0) share += 1;
    }
    expect(rate / RUNS).toBeGreaterThan(0.92);
    expect(rate / RUNS).toBeLessThan(0.985);
    expect(share / RUNS).toBeGreaterThan(0.93);
    expect(share / RUNS).toBeLessThan(0.99);
  });

  it('finds a doubling and a rise of the share negative that were planted', () => {
    const next = random(7);
    const { rateRatio, negativeShare } = differenceInDifferences(days(28, next), days(14, next, 2.5, 0.6));
    expect(rateRatio?.low).toBeGreaterThan(1.2);
    expect(rateRatio?.high).toBeLessThan(5);
    expect(negativeShare?.low).toBeGreaterThan(0.05);
  });

  it('says nothing where there is not enough', () => {
    const next = random(3);
    expect(differenceInDifferences(days(5, next), days(14, next)).rateRatio).toBeUndefined();
    const empty = days(28, next).map((day) => ({ ...day, articles: 0, negative: 0 }));
    expect(differenceInDifferences(empty, empty.slice(0, 7))).toEqual({
      rateRatio: undefined,
      negativeShare: undefined,
    });
  });
});
