import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { searchSpans, segments } from '../../src/console/highlight.ts';
import { parseSearch, wantedWords } from '../../src/domain/search-query.ts';

describe('segments', () => {
  it('cuts a part of the text at the spans that fall into it', () => {
    const spans = [
      { start: 2, end: 4 },
      { start: 10, end: 13 },
    ];
    expect(segments('abcdef', 0, spans)).toEqual([
      { text: 'ab' },
      { text: 'cd', span: spans[0] },
      { text: 'ef' },
    ]);
    expect(segments('xyz', 10, spans)).toEqual([{ text: 'xyz', span: spans[1] }]);
  });

  it('joins up to the part again, whatever the spans', () => {
    const span = fc.record({
      start: fc.integer({ min: -5, max: 40 }),
      end: fc.integer({ min: -5, max: 40 }),
    });
    fc.assert(
      fc.property(
        fc.string({ maxLength: 30 }),
        fc.integer({ min: 0, max: 9 }),
        fc.array(span),
        (part, offset, spans) => {
          expect(
            segments(part, offset, spans)
              .map(({ text }) => text)
              .join(''),
          ).toBe(part);
        },
      ),
    );
  });
});

describe('searchSpans', () => {
  const found = (text: string, search: string) =>
    searchSpans(text, wantedWords(parseSearch(search).query ?? { kind: 'any', of: [] })).map(
      ({ start, end }) => text.slice(start, end),
    );

  it('finds whole words with and without diacritics', () => {
    expect(found('Ngộ độc ở Đà Nẵng', 'ngo doc da nang')).toEqual(['Ngộ', 'độc', 'Đà', 'Nẵng']);
    expect(found('Ngộ độc', 'ng')).toEqual([]);
    expect(found('thuốc, Thuoc THUỐC', 'thuốc')).toEqual(['thuốc', 'Thuoc', 'THUỐC']);
  });

  it('marks words that are looked for side by side where they stand so, and only there', () => {
    expect(found('Ngộ độc - thực phẩm; thực đơn', '"ngo doc thuc pham"')).toEqual(['Ngộ độc - thực phẩm']);
    expect(found('Thực phẩm, ngộ độc', '"ngộ độc" -thực')).toEqual(['ngộ độc']);
    expect(found('c++ (a.b) covid-19', 'covid-19 (a.b')).toEqual(['covid-19', 'a.b']);
  });

  it('keeps its place behind letters that grow in lower case', () => {
    expect(found('İİ bệnh viện', 'benh')).toEqual(['bệnh']);
  });
});
