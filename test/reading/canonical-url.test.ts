import { describe, expect, it } from 'vitest';

import { canonicalUrl } from '../../src/reading/canonical-url.ts';

describe('canonicalUrl', () => {
  it.each([
    ['HTTPS://VnExpress.NET/a-1.html', 'https://vnexpress.net/a-1.html'],
    ['  https://vidu.vn/a-1.html\n', 'https://vidu.vn/a-1.html'],
    ['https://vidu.vn:443/a-1.html#binh-luan', 'https://vidu.vn/a-1.html'],
    ['http://vidu.vn:80/', 'http://vidu.vn/'],
    ['https://user:pw@vidu.vn./a', 'https://vidu.vn/a'],
    ['https://vidu.vn/a?utm_source=x&id=3&fbclid=y&zarsrc=30', 'https://vidu.vn/a?id=3'],
    ['https://vidu.vn/a?UTM_Source=x', 'https://vidu.vn/a'],
    ['https://vidu.vn/a?id=3&amp;utm_medium=rss', 'https://vidu.vn/a?id=3'],
    ['https://vidu.vn/y-te/', 'https://vidu.vn/y-te/'],
    ['https://vidu.vn/y-te/?p=12', 'https://vidu.vn/y-te/?p=12'],
    ['https://vidu.vn/y-te/index.html', 'https://vidu.vn/y-te/'],
    ['https://vidu.vn/b?z=1&a=2', 'https://vidu.vn/b?z=1&a=2'],
    ['https://vidu.vn//y-te//a.html', 'https://vidu.vn/y-te/a.html'],
  ])('%s → %s', (from, to) => {
    expect(canonicalUrl(from)).toBe(to);
  });

  it.each([
    ['https://vidu.vn/a-1/amp', 'https://vidu.vn/a-1'],
    ['https://vidu.vn/a-1/amp/?utm_source=x', 'https://vidu.vn/a-1/'],
    ['https://vidu.vn/amp/a-1.html', 'https://vidu.vn/a-1.html'],
    ['https://vidu.vn/a-1.amp', 'https://vidu.vn/a-1'],
    ['https://vidu.vn/a-1.amp.html', 'https://vidu.vn/a-1.html'],
    ['https://vidu.vn/a-1.html?amp=1', 'https://vidu.vn/a-1.html'],
    ['https://vidu.vn/a-1.html?outputType=amp', 'https://vidu.vn/a-1.html'],
    ['https://amp.vidu.vn/a-1.html', 'https://vidu.vn/a-1.html'],
    ['https://www.google.com/amp/s/vidu.vn/a-1.html', 'https://vidu.vn/a-1.html'],
    ['https://vidu-vn.cdn.ampproject.org/c/s/vidu.vn/a-1.html', 'https://vidu.vn/a-1.html'],
    ['https://m.vidu.com.vn/a-1.html', 'https://vidu.com.vn/a-1.html'],
    // What only looks like a twin is left alone.
    ['https://vidu.vn/camp', 'https://vidu.vn/camp'],
    ['https://m.vn/a', 'https://m.vn/a'],
    ['https://amp.com.vn/a', 'https://amp.com.vn/a'],
  ])('twin %s → %s', (from, to) => {
    expect(canonicalUrl(from)).toBe(to);
  });

  it('puts the outlet’s own aliases before the customary rule', () => {
    const aliases = { 'm.vidu.vn': 'www.vidu.vn', 'vidu.vn': 'www.vidu.vn' };
    expect(canonicalUrl('https://m.vidu.vn/a', undefined, aliases)).toBe('https://www.vidu.vn/a');
    expect(canonicalUrl('https://amp.vidu.vn/a', undefined, aliases)).toBe('https://www.vidu.vn/a');
    expect(canonicalUrl('https://vidu.vn/a', undefined, aliases)).toBe('https://www.vidu.vn/a');
  });

  it('resolves against the base', () => {
    expect(canonicalUrl('/a-1.html', 'https://vidu.vn/rss/home.rss')).toBe('https://vidu.vn/a-1.html');
    expect(canonicalUrl('//vidu.vn/a', 'https://x.vn/')).toBe('https://vidu.vn/a');
  });

  it.each(['', '   ', '/a-1.html', 'javascript:alert(1)', 'ftp://vidu.vn/a', 'mailto:a@vidu.vn', 'urn:x:1'])(
    'refuses %j',
    (url) => {
      expect(canonicalUrl(url)).toBeUndefined();
    },
  );

  it('refuses what is too long to be an article', () => {
    expect(canonicalUrl(`https://vidu.vn/${'a'.repeat(5000)}`)).toBeUndefined();
  });

  it('is the same when applied twice', () => {
    for (const url of [
      'https://m.vidu.vn/a/amp/?utm_id=1&x=%C3%A1#b',
      'https://www.google.com/amp/s/m.vidu.vn/a/amp',
    ]) {
      const once = canonicalUrl(url) as string;
      expect(canonicalUrl(once)).toBe(once);
    }
  });
});
