import { describe, expect, it } from 'vitest';

import { syllabify } from '../../src/language/syllables.ts';
import { createTermMatcher } from '../../src/language/term-matcher.ts';

const terms = (...list: string[]) => list.map((term) => [term, term] as const);
const values = (matches: { value: string }[]) => matches.map(({ value }) => value);

describe('createTermMatcher', () => {
  const matcher = createTermMatcher(terms('bệnh', 'bệnh viện', 'viện phí', 'phòng, chống dịch', 'dịch'));

  it('prefers the longest of the leftmost and does not overlap', () => {
    expect(values(matcher.longest(syllabify('Bệnh viện phí bệnh')))).toEqual(['bệnh viện', 'bệnh']);
  });

  it('finds every match when asked to', () => {
    expect(values(matcher.all(syllabify('bệnh viện phí')))).toEqual(['bệnh', 'bệnh viện', 'viện phí']);
  });

  it('crosses a comma only where the term does, and never a sentence', () => {
    expect(values(matcher.longest(syllabify('phòng, chống dịch')))).toEqual(['phòng, chống dịch']);
    expect(values(matcher.longest(syllabify('phòng chống dịch')))).toEqual(['dịch']);
    expect(values(matcher.longest(syllabify('bệnh, viện')))).toEqual(['bệnh']);
    expect(values(matcher.longest(syllabify('Bệnh. Viện phí')))).toEqual(['bệnh', 'viện phí']);
  });

  it('matches across tone placement, case and composition', () => {
    const khoe = createTermMatcher(terms('sức khỏe'));
    expect(values(khoe.longest(syllabify('SỨC KHOẺ'.normalize('NFD'))))).toEqual(['sức khỏe']);
  });

  it('folds both sides when asked to', () => {
    const folded = createTermMatcher(terms('ngộ độc'), { folded: true });
    expect(values(folded.longest(syllabify('bi ngo doc')))).toEqual(['ngộ độc']);
  });

  it('keeps the first of two terms that read the same', () => {
    expect(
      createTermMatcher([
        ['a', 1],
        ['A', 2],
      ]).longest(syllabify('a'))[0]?.value,
    ).toBe(1);
  });

  it('takes no longer for a thousand times the terms', () => {
    const text = syllabify('bệnh nhân được đưa vào bệnh viện cấp cứu '.repeat(300));
    const many = Array.from({ length: 50_000 }, (_, index) => [`từ ${index} khác`, 'x'] as const);
    const large = createTermMatcher([...terms('bệnh viện'), ...many]);
    const small = createTermMatcher(terms('bệnh viện'));
    const time = (matcher: typeof small) => {
      const runs = Array.from({ length: 15 }, () => {
        const before = performance.now();
        matcher.longest(text);
        return performance.now() - before;
      });
      return Math.min(...runs);
    };
    time(small);
    expect(time(large)).toBeLessThan(time(small) * 5 + 1);
  });
});
