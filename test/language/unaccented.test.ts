import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fold, normalise } from '../../src/language/normalise.ts';
import { syllabify } from '../../src/language/syllables.ts';
import { createTermMatcher, inEitherSpelling } from '../../src/language/term-matcher.ts';

const TERMS = [
  'ngộ độc',
  'bệnh viện',
  'trường học',
  'nhiều học sinh',
  'phải nhập viện cấp cứu',
  'sau bữa ăn trưa',
  'sức khỏe',
  'hòa giải',
];
const pairs = TERMS.map((term) => [term, term] as const);
const folded = createTermMatcher(pairs, { folded: true });
const matcher = inEitherSpelling(createTermMatcher(pairs), () => folded);
const find = (text: string) =>
  matcher.longest(syllabify(text)).map(({ value, isRestored }) => [value, isRestored === true]);

describe('inEitherSpelling', () => {
  it('reads a headline without diacritics above an accented body, marked as less certain', () => {
    expect(find('Nhieu hoc sinh ngo doc sau bua an trua\nBệnh viện đã tiếp nhận')).toEqual([
      ['nhiều học sinh', true],
      ['ngộ độc', true],
      ['sau bữa ăn trưa', true],
      ['bệnh viện', false],
    ]);
  });

  it('takes foreign sentences and short ones between accented ones for what they are', () => {
    expect(find('Bệnh viện đóng cửa. The new doctor said ngo doc to everyone there. Ngo doc.')).toEqual([
      ['bệnh viện', false],
    ]);
  });

  it('reads a text that has no diacritics anywhere', () => {
    expect(find('ngo doc')).toEqual([['ngộ độc', true]]);
  });
});

describe('spans', () => {
  const ways: ((letter: string) => string)[] = [
    (letter) => letter,
    (letter) => letter.normalize('NFD'),
    (letter) => `${letter}\u200b`,
    (letter) => `&#${letter.codePointAt(0)};`,
    (letter) => letter.toUpperCase(),
  ];
  const written = fc.constantFrom(...TERMS).chain((term) =>
    fc.tuple(
      fc.constant(term),
      fc
        .array(fc.constantFrom(...ways), { minLength: term.length, maxLength: term.length })
        .map((how) => [...term].map((letter, at) => (letter === ' ' ? ' ' : how[at]?.(letter))).join('')),
      fc.constantFrom(' ', '\u00a0', ' – ', '. ', '\n', ', '),
    ),
  );

  it('cut out of the original what normalises to the term, whatever the mixture', () => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 6 }), (parts) => {
        const text = parts.map(([, spelled, after]) => `ở đó ${spelled}${after}`).join('');
        const syllables = syllabify(text);
        const matches = matcher.longest(syllables);
        expect(matches.map(({ value }) => value)).toEqual(parts.map(([term]) => term));
        for (const { value, from, to } of matches) {
          const span = text.slice(syllables[from]?.start, syllables[to - 1]?.end);
          expect(normalise(span).toLowerCase()).toBe(value);
        }
      }),
      { seed: 20_261_123 },
    );
  });

  it('lie in order, within the text and apart, for any text at all', () => {
    const units = fc.string({
      unit: fc.constantFrom(...'aăêơđĐQhn &;#12.,-?\n\u0300\u0323\u0302\u200b\u00ad\u00a0\ufeff'),
    });
    fc.assert(
      fc.property(units, (text) => {
        let end = 0;
        for (const { start, end: next, text: word } of syllabify(text)) {
          expect(start).toBeGreaterThanOrEqual(end);
          expect(next).toBeGreaterThan(start);
          expect(fold(text.slice(start, next))).toContain(fold(word));
          end = next;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { seed: 20_261_123 },
    );
  });
});
