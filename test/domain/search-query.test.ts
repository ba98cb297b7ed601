import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseSearch, type SearchQuery, wantedWords } from '../../src/domain/search-query.ts';

const now = new Date('2026-03-10T20:00:00.000Z');

/** A query in few signs, so that a table of them can be read. */
function brief(query: SearchQuery | undefined): string {
  if (query === undefined) return 'everything';
  switch (query.kind) {
    case 'words':
      return `${query.inTitle ? 'title=' : ''}${query.words.join('_')}`;
    case 'is':
      return `${query.field}=${query.values.join('/')}`;
    case 'seen':
      return `[${query.from?.slice(0, 13) ?? ''}..${query.to?.slice(0, 13) ?? ''})`;
    case 'not':
      return `!${brief(query.of)}`;
    case 'all':
      return `(${query.of.map(brief).join(' & ')})`;
    case 'any':
      return `(${query.of.map(brief).join(' | ')})`;
    default:
      return query.kind;
  }
}

const read = (text: string) => brief(parseSearch(text, { now }).query);

describe('what a person types', () => {
  it.each([
    ['', 'everything'],
    ['   ', 'everything'],
    ['Sốc phản vệ', '(sốc & phản & vệ)'],
    ['"Sốc phản vệ"', 'sốc_phản_vệ'],
    ['“sốc phản vệ” tiêm', '(sốc_phản_vệ & tiêm)'],
    ['covid-19', 'covid_19'],
    ['TP.HCM', 'tp_hcm'],
    ['46/2026/NĐ-CP', '46_2026_nđ_cp'],
    ['sốc -vắc', '(sốc & !vắc)'],
    ['sốc NOT vắc', '(sốc & !vắc)'],
    ['sốc --vắc', '(sốc & vắc)'],
    ['-"vắc xin"', '!vắc_xin'],
    ['sốc - vắc', '(sốc & vắc)'],
    ['huế or "không dấu"', '(huế | không_dấu)'],
    ['a b HOẶC c | d', '((a & b) | c | d)'],
    ['hoặc là', '(hoặc & là)'],
    ['bác sĩ AND y tá', '(bác & sĩ & y & tá)'],
    ['(a OR b) c', '((a | b) & c)'],
    ['-(a OR b) c', '(!(a | b) & c)'],
    ['a) b (c', '(a & b & c)'],
    ['() a', 'a'],
    ['((((((((((((((a OR b)))))))))))))) c', expect.stringContaining('a')],
    ['OR OR', '()'],
    ['"" - &&', '()'],
    ['"chưa đóng', 'chưa_đóng'],
    ['topic:incidents', 'topic=incidents'],
    ['chủ-đề:incidents,treatment', '(topic=incidents | topic=treatment)'],
    ['chude:incidents -báo:vnexpress', '(topic=incidents & !outletId=vnexpress)'],
    ['topic:a topic:b', '(topic=a & topic=b)'],
    ['outlet:a outlet:b x', '(outletId=a/b & x)'],
    ['-outlet:a -outlet:b', '(!outletId=a & !outletId=b)'],
    ['sắc-thái:tiêu-cực', 'polarity=negative'],
    ['polarity:"Tích cực" stance:âm', '(polarity=positive & stance=negative)'],
    ['tier:trung-ương', 'tier=central'],
    ['tiêu-đề:"ngộ độc" title:trẻ', '(title=ngộ_độc & title=trẻ)'],
    ['after:2026-03-01 before:05/03/2026', '([2026-02-28T17..) & [..2026-03-04T17))'],
    ['until:3/2026', '[..2026-03-31T17)'],
    ['từ:2026', '[2025-12-31T17..)'],
    ['after:7d', '[2026-03-03T17..)'],
    ['after:hôm-nay', '[2026-03-10T17..)'],
    ['after:31/02/2026 a', 'a'],
    ['polarity:lạ', 'lạ'],
    ['giá:cao', 'giá_cao'],
    ['https://bao.vn/a-b', 'https_bao_vn_a_b'],
    ['Hà Nội: tin', '(hà & nội & tin)'],
    ['10:30', '10_30'],
    ['topic: incidents', '(topic & incidents)'],
  ])('%s', (text, meaning) => {
    expect(read(text)).toEqual(meaning);
  });

  it('says what it did not understand, and what it did instead', () => {
    const { notes } = parseSearch('giá:cao polarity:lạ after:2026-13-01 http://a.vn', { now });
    expect(notes).toEqual([
      { kind: 'unknown-field', text: 'giá' },
      { kind: 'unknown-value', field: 'polarity', text: 'lạ' },
      { kind: 'not-a-day', field: 'after', text: '2026-13-01' },
    ]);
    expect(parseSearch('after:7d').notes).toEqual([{ kind: 'not-a-day', field: 'after', text: '7d' }]);
  });

  it('reads so much of a pasted text and says that there was more', () => {
    const long = parseSearch(Array.from({ length: 80 }, (_, n) => `từ${n}`).join(' '));
    expect(wantedWords(long.query as SearchQuery)).toHaveLength(50);
    expect(long.notes).toEqual([{ kind: 'too-long', text: 'từ50' }]);
    expect(parseSearch('x'.repeat(3000)).notes).toHaveLength(1);
  });

  it('gives the words that are looked for, and not those that are left out', () => {
    const query = parseSearch('a (b OR -c) -"d e" topic:f').query as SearchQuery;
    expect(wantedWords(query).map(({ words }) => words)).toEqual([['a'], ['b']]);
  });

  it('takes any text, in a bounded tree of non-empty parts', () => {
    const piece = fc.constantFrom(
      '"',
      '(',
      ')',
      '-',
      'OR',
      'NOT',
      'topic:',
      'title:"',
      'after:',
      ':',
      ',',
      'ngộ',
      'độc',
      ' ',
      '|',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const { query } = parseSearch(text, { now });
        if (query !== undefined) check(query, 0);
        expect(query === undefined).toBe(text.trim() === '');
      }),
      { numRuns: 2000 },
    );
  });
});

function check(query: SearchQuery, depth: number): void {
  expect(depth).toBeLessThan(40);
  if (query.kind === 'words') {
    expect(query.words.length).toBeGreaterThan(0);
    for (const word of query.words) expect(word).toMatch(/^[\p{L}\p{M}\p{Nd}]{1,60}$/u);
  }
  if (query.kind === 'not') check(query.of, depth + 1);
  if (query.kind === 'all' || query.kind === 'any') for (const one of query.of) check(one, depth + 1);
}
