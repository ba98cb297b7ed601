import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { readSitemap } from '../../src/reading/sitemap.ts';

const NEWS = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://vidu.vn/dich-soi-1.html?utm_source=sitemap </loc><lastmod>2026-10-05T09:00:00+07:00</lastmod>
<n:news><n:publication><n:name>Ví Dụ</n:name></n:publication>
<n:publication_date>2026-10-05T08:30:00+07:00</n:publication_date><n:title>Dịch sởi &amp;amp; ho gà</n:title></n:news></url>
<url><loc>https://vidu.vn/b-2.html</loc><lastmod>2026-10-04</lastmod></url>
<url><loc>javascript:alert(1)</loc></url>
</urlset>`;

describe('readSitemap', () => {
  it('reads a news sitemap', () => {
    expect(readSitemap(Buffer.from(NEWS))).toEqual({
      kind: 'urlset',
      sitemaps: [],
      entries: [
        {
          url: 'https://vidu.vn/dich-soi-1.html',
          title: 'Dịch sởi & ho gà',
          summary: '',
          publishedAt: {
            at: '2026-10-05T01:30:00.000Z',
            zoneAssumed: false,
            dayOnly: false,
            source: 'sitemap',
          },
        },
        {
          url: 'https://vidu.vn/b-2.html',
          title: '',
          summary: '',
          publishedAt: {
            at: '2026-10-04T05:00:00.000Z',
            zoneAssumed: true,
            dayOnly: true,
            source: 'sitemap',
          },
        },
      ],
    });
  });

  it('reads a gzip file', () => {
    expect(readSitemap(gzipSync(NEWS)).entries).toHaveLength(2);
  });

  it('reads an index', () => {
    const index = `<sitemapindex><sitemap><loc>/sitemap-2026-10.xml</loc><lastmod>2026-10-05T01:00:00Z</lastmod></sitemap>
      <sitemap><loc>https://vidu.vn/sitemap-2026-09.xml.gz</loc></sitemap></sitemapindex>`;
    expect(readSitemap(Buffer.from(index), { url: 'https://vidu.vn/sitemap.xml' })).toEqual({
      kind: 'index',
      entries: [],
      sitemaps: [
        { url: 'https://vidu.vn/sitemap-2026-10.xml', lastModifiedAt: '2026-10-05T01:00:00.000Z' },
        { url: 'https://vidu.vn/sitemap-2026-09.xml.gz' },
      ],
    });
  });

  it('reads a list in plain text', () => {
    const { entries } = readSitemap(Buffer.from('https://vidu.vn/a\nhttps://vidu.vn/b\r\n'));
    expect(entries.map(({ url }) => url)).toEqual(['https://vidu.vn/a', 'https://vidu.vn/b']);
  });

  it('keeps what is whole of a file that was cut off', () => {
    const cut = NEWS.slice(0, NEWS.indexOf('<lastmod>2026-10-04'));
    expect(readSitemap(Buffer.from(cut)).entries.map(({ url }) => url)).toEqual([
      'https://vidu.vn/dich-soi-1.html',
    ]);
  });

  it.each([
    ['', 'empty'],
    ['<html><body>404</body></html>', 'not-a-sitemap'],
    ['không tìm thấy', 'not-a-sitemap'],
  ])('gives a reason for %j', (text, error) => {
    expect(readSitemap(Buffer.from(text))).toMatchObject({ entries: [], error });
  });

  it('unpacks no bomb', () => {
    expect(readSitemap(gzipSync(Buffer.alloc(50_000_000)))).toMatchObject({ error: 'bad-gzip' });
  });
});
