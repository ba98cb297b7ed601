import { describe, expect, it } from 'vitest';

import { distinguishingTerms, TermCounts } from '../../src/reports/distinguishing-terms.ts';
import { logLikelihood } from '../../src/reports/log-likelihood.ts';

function counted(texts: readonly string[]): TermCounts {
  const counts = new TermCounts();
  for (const text of texts) counts.add(text);
  return counts;
}

describe('logLikelihood', () => {
  it('is that of a two by two table, reckoned by hand', () => {
    // 30 of 100 against 10 of 100: expected 20 and 80 in each.
    const expected =
      2 * (30 * Math.log(30 / 20) + 10 * Math.log(10 / 20) + 70 * Math.log(70 / 80) + 90 * Math.log(90 / 80));
    expect(logLikelihood({ having: 30, of: 100 }, { having: 10, of: 100 })).toBeCloseTo(expected, 10);
  });

  it('is none where shares are the same or a set is empty', () => {
    expect(logLikelihood({ having: 3, of: 30 }, { having: 1, of: 10 })).toBeCloseTo(0, 10);
    expect(logLikelihood({ having: 0, of: 0 }, { having: 1, of: 10 })).toBe(0);
  });
});

describe('distinguishingTerms', () => {
  const one = counted(Array.from({ length: 20 }, (_, at) => `Sốt xuất huyết tăng ở phường ${at}, bệnh viện`));
  const other = counted(Array.from({ length: 20 }, (_, at) => `Bệnh viện khai trương khoa ${at}`));

  it('gives the longest term that stands for its parts, and not what both have', () => {
    const found = distinguishingTerms(one, other, 10).map(({ term }) => term);
    expect(found).toContain('sốt xuất huyết');
    expect(found).not.toContain('xuất huyết');
    expect(found).not.toContain('bệnh viện');
  });

  it('gives the counts of both sets', () => {
    const [first] = distinguishingTerms(one, other, 1);
    expect([first?.count, first?.otherCount]).toEqual([20, 0]);
  });

  it('does not run over punctuation', () => {
    expect(one.of('19 bệnh viện')).toBe(0);
  });
});
