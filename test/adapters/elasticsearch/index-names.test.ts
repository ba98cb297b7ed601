import { describe, expect, it } from 'vitest';

import {
  aliasOf,
  indexOf,
  monthAliasOf,
  monthOf,
  parseIndexName,
} from '../../../src/adapters/elasticsearch/index-names.ts';

describe('names of indices and aliases', () => {
  it('carry kind, month and version', () => {
    expect(aliasOf('nhip-yte', 'pages')).toBe('nhip-yte-pages');
    expect(indexOf('nhip-yte', 'pages', 2)).toBe('nhip-yte-pages-v2');
    expect(monthAliasOf('nhip-yte', 'articles', '2026.11')).toBe('nhip-yte-articles-2026.11');
    expect(indexOf('nhip-yte', 'articles', 1, '2026.11')).toBe('nhip-yte-articles-2026.11-v1');
  });

  it('take the month of an instant in UTC, whatever zone it is written in', () => {
    expect(monthOf('2026-11-30T23:59:59.999Z')).toBe('2026.11');
    expect(monthOf('2026-12-01T06:59:59+07:00')).toBe('2026.11');
    expect(monthOf('2026-12-01T07:00:00+07:00')).toBe('2026.12');
  });

  it.each([
    ['pages', 'nhip-yte-pages-v1', { kind: 'pages', version: 1 }],
    ['articles', 'nhip-yte-articles-2026.11-v12', { kind: 'articles', version: 12, month: '2026.11' }],
  ])('are read back (%s)', (kind, index, expected) => {
    expect(parseIndexName('nhip-yte', kind, index)).toEqual(expected);
  });

  it.each([
    ['stories', 'nhip-yte-story-members-v1'],
    ['stories', 'nhip-yte-stories-old-v1'],
    ['pages', 'nhip-yte-test-pages-v1'],
    ['pages', 'nhip-yte-pages'],
    ['pages', 'nhip-yte-pages-v0'],
  ])('of others are not taken for ours (%s, %s)', (kind, index) => {
    expect(parseIndexName('nhip-yte', kind, index)).toBeUndefined();
  });
});
