import { describe, expect, it } from 'vitest';

import { LANGS, MESSAGES } from '../../src/console/messages.ts';
import { searchCompletions } from '../../src/console/search-completions.ts';
import { searchNames } from '../../src/console/search-names.ts';
import { searchRegistry } from '../../src/console/search-registry.ts';
import { searchFieldNamed } from '../../src/domain/search-fields.ts';
import { parseSearch } from '../../src/domain/search-query.ts';

const registry = searchRegistry({
  language: {
    names: new Map([
      ['facility:bv-bach-mai', 'Bệnh viện Bạch Mai'],
      ['facility:bv-cho-ray', 'Bệnh viện Chợ Rẫy'],
      ['province:79', 'TP. Hồ Chí Minh'],
      ['province:01', 'Hà Nội'],
      ['province:42', 'Hà Tĩnh'],
      ...Array.from({ length: 20 }, (_, n) => [`disease:b-${n}`, `Bệnh ${n}`] as const),
    ]),
    topicNames: new Map([['treatment', { vi: 'Khám chữa bệnh', en: 'Treatment' }]]),
  },
  outlets: new Map([['vnexpress', { name: 'VnExpress' }]]),
});
const texts = (term: string, lang: 'vi' | 'en' = 'vi') =>
  searchCompletions(term, registry, MESSAGES[lang]).map(({ text }) => text);

describe('what a term may become', () => {
  it.each([
    ['chu', ['chủ-đề:']],
    ['CHỦ-Đ', ['chủ-đề:']],
    ['c', []],
    ['', []],
    ['tỉnh:ha', ['tỉnh:"Hà Nội"', 'tỉnh:"Hà Tĩnh"']],
    ['tỉnh:"hà t', ['tỉnh:"Hà Tĩnh"']],
    ['province:minh', ['province:"TP. Hồ Chí Minh"']],
    ['bệnh-viện:ray', ['bệnh-viện:"Bệnh viện Chợ Rẫy"']],
    ['bệnh-viện:ẫy', []],
    ['bệnh-viện:rẫy', ['bệnh-viện:"Bệnh viện Chợ Rẫy"']],
    ['báo:vn', ['báo:VnExpress']],
    ['sắc-thái:t', ['sắc-thái:tiêu-cực', 'sắc-thái:trung-tính', 'sắc-thái:tích-cực']],
    ['cấp:tổng', ['cấp:aggregator']],
    ['không-có:x', []],
    ['tiêu-đề:sởi', []],
  ])('%j: %j', (term, expected) => {
    expect(texts(term)).toEqual(expected);
  });

  it('is few, and all where nothing of the value is typed yet', () => {
    expect(texts('bệnh:')).toHaveLength(8);
    expect(texts('sắc-thái:')).toHaveLength(3);
  });

  it.each(LANGS)('is read again as what it is called, in %s', (lang) => {
    const { search } = MESSAGES[lang];
    const valuesOf = searchNames(registry);
    for (const [field, [written]] of Object.entries(search.fields)) {
      expect(searchFieldNamed(written)).toBe(field);
      const begin = searchCompletions(written, registry, MESSAGES[lang]);
      expect(begin.map(({ text }) => text)).toContain(`${written}:`);
      for (const { text } of searchCompletions(`${written}:`, registry, MESSAGES[lang])) {
        const { query, notes } = parseSearch(text, { valuesOf });
        expect(query?.kind).toBe('is');
        expect(notes).toEqual([]);
      }
    }
  });
});
