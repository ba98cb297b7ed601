import { describe, expect, it } from 'vitest';
import { anscombeResidual, CUSUM, cusumStep, rossiResidual } from '../../bench/detection-peers/cusum.ts';
import { MEAN_OF_14_DAYS, POISSON_28 } from '../../bench/detection-peers/earlier-days.ts';
import { deviations, EARS, earsC3 } from '../../bench/detection-peers/ears.ts';
import { ELASTALERT_SPIKE, isSpike } from '../../bench/detection-peers/elastalert-spike.ts';
import { EPITWEETR, reweightedT } from '../../bench/detection-peers/epitweetr.ts';
import {
  expectFrom,
  FARRINGTON_FLEXIBLE,
  rarity,
  seasonLevel,
  weightsOf,
} from '../../bench/detection-peers/farrington-flexible.ts';
import { hourlyCounts, type Peer } from '../../bench/detection-peers/hourly-counts.ts';
import { burstStep, KLEINBERG } from '../../bench/detection-peers/kleinberg.ts';
import { fitQuasiPoisson, type Observed } from '../../bench/detection-peers/quasi-poisson.ts';

describe('EARS', () => {
  it('counts deviations with n - 1, and never fewer than half an article each', () => {
    // Mean 31/7, sum of squares 13.714.
    expect(deviations(9, Float64Array.of(2, 4, 4, 4, 5, 5, 7))).toBeCloseTo(3.0237, 4);
    expect(deviations(1, new Float64Array(7))).toBe(2);
  });

  it('adds up what three days of C2 have above one', () => {
    expect(earsC3([2.5, 0.4, 1.2])).toBeCloseTo(1.7, 12);
  });

  it('compares C1 with yesterday’s week and C2 with the one two days earlier', () => {
    // Seven days of 3 and 5, two high days, today: the high days count against C1 alone.
    const days = [...Array<number>(7).fill(4), 3, 5, 3, 5, 3, 5, 3, 20, 20, 12];
    const [c1, c2, c3] = EARS.map((peer) => endOf(peer, days));
    expect(c1).toBeCloseTo(deviations(12, Float64Array.of(20, 20, 3, 5, 3, 5, 3)), 9);
    expect(c2).toBeCloseTo(deviations(12, Float64Array.of(3, 5, 3, 5, 3, 5, 3)), 9);
    expect(c3).toBeGreaterThan((c2 ?? 0) - 1 + 2 * 10);
  });
});

describe('epitweetr', () => {
  // The series of the example in the documentation of `ears_t_reweighted`; its formulae worked out apart from ours.
  const series = [150, 130, 122, 160, 155, 128, 144, 125, 300, 319, 289, 277, 500];

  it('agrees with the definition on the series of its documentation', () => {
    expect(reweightedT(125, Float64Array.from(series.slice(0, 7)))).toBeCloseTo(-1.035964, 6);
    expect(reweightedT(319, Float64Array.from(series.slice(2, 9)))).toBeCloseTo(10.243629, 6);
  });

  it('forgets an outlier among days that are otherwise alike', () => {
    expect(reweightedT(10, Float64Array.of(1, 1, 1, 1, 1, 1, 9))).toBeCloseTo(
      9 / (0.5 * Math.sqrt(8 / 7)),
      9,
    );
  });

  it('judges against the same weekday where asked', () => {
    const days = Array.from({ length: 70 }, (_, day) => (day % 7 === 0 ? 20 + (day % 3) : 2));
    days.push(21);
    expect(endOf(EPITWEETR[0], days)).toBeGreaterThan(6);
    expect(Math.abs(endOf(EPITWEETR[1], days) ?? 9)).toBeLessThan(1.5);
  });
});

describe('CUSUM', () => {
  it('has the residuals of Rossi and of Anscombe', () => {
    expect(rossiResidual(5, 2)).toBeCloseTo((5 - 6 + 2 * Math.sqrt(10)) / (2 * Math.sqrt(2)), 12);
    expect(rossiResidual(4, 4)).toBe(0);
    expect(anscombeResidual(8, 1)).toBeCloseTo(1.5 * (4 - 1), 12);
  });

  it('adds what is above the reference value and never falls below zero', () => {
    expect(cusumStep(1, 2)).toBeCloseTo(1.96, 12);
    expect(cusumStep(0.5, -3)).toBe(0);
  });

  it('remembers a slow rise that no single day shows', () => {
    const days = [...Array<number>(60).fill(4), 7, 7, 8, 8, 8, 8];
    const [, anscombe] = CUSUM;
    expect(endOf(anscombe, days)).toBeGreaterThan(anscombe?.publishedThreshold ?? 0);
    expect(endOf(anscombe, days.slice(0, 61))).toBeLessThan(anscombe?.publishedThreshold ?? 0);
  });
});

describe('Kleinberg', () => {
  it('gains by every article and pays for the rate of a burst', () => {
    expect(burstStep(0, 4, 1)).toBeCloseTo(4 * Math.log(2) - 1, 12);
    expect(burstStep(1, 0, 5)).toBe(0);
  });

  it('takes the days of the series for the price of a burst', () => {
    const days = [...Array<number>(39).fill(1), 9];
    expect(endOf(KLEINBERG, days)).toBeCloseTo((9 * Math.log(2) - 1) / Math.log(40), 9);
  });
});

describe('ElastAlert', () => {
  it('takes three times the window before for a spike, and anything over nothing', () => {
    expect([isSpike(6, 2), isSpike(5, 2), isSpike(1, 0), isSpike(0, 0)]).toEqual([true, false, true, false]);
  });

  it('scores by how many there are', () => {
    expect(endOf(ELASTALERT_SPIKE, [2, 2, 2, 7])).toBe(7);
    expect(endOf(ELASTALERT_SPIKE, [2, 2, 3, 7])).toBeUndefined();
  });
});

describe('earlier days', () => {
  it('divides by a Poisson deviation of 28 days', () => {
    expect(endOf(POISSON_28, [...Array<number>(40).fill(2), 12])).toBeCloseTo(10 / Math.sqrt(2.5), 9);
  });

  it('divides by the deviation of 14 days', () => {
    const days = [...Array.from({ length: 14 }, (_, i) => (i % 2 === 0 ? 3 : 5)), 9];
    expect(endOf(MEAN_OF_14_DAYS, [4, 4, ...days])).toBeCloseTo(5 / Math.sqrt(14 / 13), 9);
  });
});

describe('quasi-Poisson regression', () => {
  // Dobson 1990, page 93: a trial of three outcomes and three treatments, as in the help of R's `glm`.
  const counts = [18, 17, 15, 20, 10, 20, 25, 13, 12];
  const rows = counts.map((count, i): Observed => {
    const columns = [0, ...(i % 3 === 0 ? [] : [i % 3]), ...(i < 3 ? [] : [2 + Math.floor(i / 3)])];
    return { count, times: 1, columns, factors: columns.map(() => 1) };
  });

  it('gives the coefficients and the dispersion that R prints', () => {
    const fit = fitQuasiPoisson(rows, 5, new Float64Array(9).fill(1));
    const expected = [3.045, -0.4543, -0.293, 0, 0];
    for (const [i, value] of expected.entries()) expect(fit.coefficients[i]).toBeCloseTo(value, 3);
    expect(fit.dispersion).toBeCloseTo(1.2933, 4);
    expect(fit.leverages.reduce((a, b) => a + b, 0)).toBeCloseTo(5, 6);
    expect(fit.converged).toBe(true);
    // Standard errors of R's poisson fit times the root of the dispersion: z = -0.4543 / (0.2022 * 1.137).
    expect(fit.chanceOf(1)).toBeCloseTo(0.048, 3);
  });

  it('counts a row as often as it was seen', () => {
    const doubled = fitQuasiPoisson(
      rows.map((row) => ({ ...row, times: 2 })),
      5,
      new Float64Array(9).fill(1),
    );
    const written = fitQuasiPoisson([...rows, ...rows], 5, new Float64Array(18).fill(1));
    expect(doubled.dispersion).toBeCloseTo(written.dispersion, 9);
  });

  it('leaves a superfluous column out', () => {
    const both = rows.map((row) => ({ ...row, columns: [...row.columns, 5], factors: [...row.factors, 1] }));
    const fit = fitQuasiPoisson(both, 6, new Float64Array(9).fill(1));
    expect(fit.coefficients[0]).toBeCloseTo(3.045, 3);
    expect(fit.coefficients[5]).toBe(0);
  });
});

describe('Farrington flexible', () => {
  it('divides the year into the time of year that is judged and nine others', () => {
    const today = 800;
    expect(seasonLevel(today - 365, today, 2)).toBe(10);
    expect(seasonLevel(today - 365 - 21, today, 2)).toBe(10);
    expect(seasonLevel(today - 365 + 21, today, 2)).toBe(10);
    expect(seasonLevel(today - 365 + 22, today, 2)).toBe(1);
    expect(seasonLevel(today - 22, today, 2)).toBe(9);
    expect(seasonLevel(today - 730 - 22, today, 2)).toBeUndefined();
    const lengths = new Map<number, number>();
    for (let ago = 22; ago < 365 - 21; ago++) {
      const level = seasonLevel(today - ago, today, 2) as number;
      lengths.set(level, (lengths.get(level) ?? 0) + 1);
    }
    // 322 days in nine parts, the longer ones first.
    expect([...lengths].sort((a, b) => a[0] - b[0]).map(([, length]) => length)).toEqual([
      36, 36, 36, 36, 36, 36, 36, 35, 35,
    ]);
  });

  it('weighs by the inverse square above 2.58', () => {
    const weights = weightsOf([0, 2.58, 4], [1, 1, 1]);
    expect(weights[2]).toBeCloseTo((weights[0] as number) / 16, 12);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(3, 12);
  });

  it('expects what weekday and time of year say, and not what an outbreak left behind', () => {
    const usual = (day: number) => (day % 7 === 0 ? 2 : 8);
    const counts = Float64Array.from({ length: 760 }, (_, day) => usual(day) + (day % 2));
    // Eight days a year before: without reweighting they would lift the mean of that time of year by 30 %.
    for (let day = 360; day < 368; day++) counts[day] = 30;
    const expected = expectFrom(counts, 730);
    expect(expected?.hasTrend).toBe(false);
    expect(expected?.meanOf(730)).toBeGreaterThan(7);
    expect(expected?.meanOf(730)).toBeLessThan(10.5);
    expect(expected?.meanOf(735)).toBeLessThan(4);
  });

  it('follows a trend that three years bear out, as far as it has been seen to go', () => {
    const rising = (day: number) => 20 * Math.exp(day / 1500);
    const uneven = Float64Array.from({ length: 1200 }, (_, day) =>
      Math.round(rising(day) * (day % 5 === 0 ? 1.8 : 0.8)),
    );
    const expected = expectFrom(uneven, 1150);
    expect(expected?.hasTrend).toBe(true);
    expect((expected?.meanOf(1150) ?? 0) / rising(1150)).toBeCloseTo(1, 1);
    // Without days above the line the trend leads to where no count has been.
    const even = Float64Array.from({ length: 1200 }, (_, day) => Math.round(rising(day)));
    expect(expectFrom(even, 1150)?.hasTrend).toBe(false);
    expect(expectFrom(even, 300)).toBeUndefined();
  });

  it('measures rarity on the negative binomial whose quantiles are the thresholds', () => {
    // A Poisson of mean 1 reaches 4 with 0.018988.
    expect(10 ** -rarity(4, 1, 1)).toBeCloseTo(0.018988, 6);
    // Size 2 and chance 1/2 a trial: 1 - (1/4 + 1/4 + 3/16).
    expect(10 ** -rarity(3, 2, 2)).toBeCloseTo(5 / 16, 9);
  });

  it('finds a day that a year and a weekday do not explain', () => {
    const days = [...Array.from({ length: 450 }, (_, day) => 3 + (day % 3)), 14];
    expect(endOf(FARRINGTON_FLEXIBLE, days)).toBeGreaterThan(FARRINGTON_FLEXIBLE.publishedThreshold ?? 0);
  });
});

describe('what peers are given', () => {
  it('counts all articles, the negative ones, or as we do', () => {
    const article = (story: string, isNegative: boolean, isLate = false) => ({
      type: 'article' as const,
      at: Date.parse('2024-01-01T10:30:00+07:00'),
      series: ['a'],
      story,
      outlet: 'o',
      isNegative,
      isLate,
    });
    const told = [
      article('1', true),
      article('1', true),
      article('1', true),
      article('2', false),
      article('3', true, true),
    ];
    const start = Math.floor((Date.parse('2024-01-01T00:00:00+07:00') + 7 * 3_600_000) / 3_600_000);
    const counted = (['all articles', 'negative articles', 'ours'] as const).map(
      (of) => hourlyCounts(told, ['a'], { start, hours: 24, counted: of }).counts[0]?.[10],
    );
    expect(counted).toEqual([5, 4, 2]);
  });
});

/** What a peer reports at the end of the last of these days, whose articles all come at noon. */
function endOf(peer: Peer | undefined, days: readonly number[]): number | undefined {
  const row = new Float64Array(days.length * 24);
  days.forEach((count, day) => {
    row[day * 24 + 12] = count;
  });
  let last: number | undefined;
  peer?.judge({ hours: row.length, counts: [row] }, (_series, hour, score) => {
    if (hour === row.length - 1) last = score;
  });
  return last;
}
