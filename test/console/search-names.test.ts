import { describe, expect, it } from 'vitest';

import { searchNames } from '../../src/console/search-names.ts';
import { searchRegistry } from '../../src/console/search-registry.ts';
import { parseSearch } from '../../src/domain/search-query.ts';

const registry = searchRegistry({
  language: {
    names: new Map([
      ['facility:bv-bach-mai', 'Bệnh viện Bạch Mai'],
      ['facility:bv-bach-mai-2', 'Bệnh viện Bạch Mai cơ sở 2'],
      ['facility:bv-cho-ray', 'Bệnh viện Chợ Rẫy'],
      ['province:79', 'TP. Hồ Chí Minh'],
      ...Array.from({ length: 20 }, (_, n) => [`facility:tram-${n}`, `Trạm y tế xã ${n}`] as const),
    ]),
    topicNames: new Map([['treatment', { vi: 'Khám chữa bệnh', en: 'Examination and treatment' }]]),
  },
  outlets: new Map([['vnexpress', { name: 'VnExpress' }]]),
});
const valuesOf = searchNames(registry);

describe('names in a search', () => {
  it.each([
    ['facility', 'Bệnh viện Bạch Mai', ['bv-bach-mai']],
    ['facility', 'bạch mai', ['bv-bach-mai', 'bv-bach-mai-2']],
    ['facility', 'bv-bach-mai-2', ['bv-bach-mai-2']],
    ['facility', 'cho ray', ['bv-cho-ray']],
    ['facility', 'trạm y tế', []],
    ['facility', 'ray', ['bv-cho-ray']],
    ['facility', 'ra', []],
    ['facility', 'bvdk-huyen-x', ['bvdk-huyen-x']],
    ['facility', '...', []],
    ['province', 'hồ chí minh', ['79']],
    ['province', '79', ['79']],
    ['topic', 'khám chữa bệnh', ['treatment']],
    ['outletId', 'VNEXPRESS', ['vnexpress']],
    ['storyId', 'any-story', ['any-story']],
  ] as const)('%s:%s means %j', (field, typed, ids) => {
    expect(valuesOf(field, typed)).toEqual(ids);
  });

  it('says what a search was taken for where a name means several things or none', () => {
    expect(parseSearch('cơ-sở:"bạch mai" tỉnh:atlantis', { valuesOf })).toEqual({
      query: {
        kind: 'all',
        of: [
          { kind: 'is', field: 'facility', values: ['bv-bach-mai', 'bv-bach-mai-2'] },
          { kind: 'words', words: ['atlantis'], inTitle: false },
        ],
      },
      notes: [
        {
          kind: 'several-values',
          field: 'facility',
          text: 'bạch mai',
          values: ['bv-bach-mai', 'bv-bach-mai-2'],
        },
        { kind: 'unknown-value', field: 'province', text: 'atlantis' },
      ],
    });
  });
});
