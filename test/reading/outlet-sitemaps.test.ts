import { describe, expect, it } from 'vitest';

import { sitemapsOfDay, sitemapsOfRobots } from '../../src/reading/outlet-sitemaps.ts';

describe('robots.txt', () => {
  it('gives each sitemap once, relative ones from where it stands, and nothing that is no web address', () => {
    const text = [
      'User-agent: *',
      'SITEMAP:https://bao.example/a.xml',
      '  Sitemap : /b.xml # news',
      'Sitemap: https://bao.example/a.xml',
      'Sitemap: javascript:alert(1)',
      'Sitemap: http://[',
      'Sitemap:',
      '# Sitemap: https://bao.example/c.xml',
    ].join('\r\n');
    expect(sitemapsOfRobots(text, 'https://bao.example/robots.txt')).toEqual([
      'https://bao.example/a.xml',
      'https://bao.example/b.xml',
    ]);
    expect(sitemapsOfRobots('\u0000'.repeat(1000), 'https://bao.example/robots.txt')).toEqual([]);
  });
});

describe('the sitemaps of a day', () => {
  const of = (day: string, ...names: readonly (string | [string, string])[]) =>
    sitemapsOfDay(
      names.map((name) =>
        typeof name === 'string'
          ? { url: `https://bao.example/${name}` }
          : { url: `https://bao.example/${name[0]}`, lastModifiedAt: name[1] },
      ),
      day,
    ).map(({ url }) => url.replace('https://bao.example/', ''));

  it('are news first, then the one whose name holds the day, its month, its year', () => {
    expect(
      of(
        '2026-07-18',
        'articles-2026-sitemap.xml',
        'sitemaps/sitemaps-2026-7.xml',
        'StaticSitemaps/sitemaps-2026-7-16-20.xml',
        'google-news-sitemap.xml',
      ),
    ).toEqual([
      'google-news-sitemap.xml',
      'StaticSitemaps/sitemaps-2026-7-16-20.xml',
      'sitemaps/sitemaps-2026-7.xml',
      'articles-2026-sitemap.xml',
    ]);
  });

  it('are none of other days, months and years, nor of sections, tags and pictures', () => {
    expect(
      of(
        '2026-07-18',
        'StaticSitemaps/sitemaps-2026-7-21-25.xml',
        'news-2026-6.xml',
        'sitemap-2019.xml',
        'sitemap-20260717.xml',
        'sitemaps/category.rss',
        'tags-sitemap.xml',
        'video-sitemap.xml',
        'images-2026-sitemap.xml',
      ),
    ).toEqual([]);
  });

  it.each([
    'sitemap-20260718.xml',
    'sitemap/2026/07/18.xml',
    'sitemap?date=2026-07-18',
    'sitemap_202607.xml',
    'sitemap-2026-07-2.xml',
    'Sitemaps/GoogleNews.ashx',
    'sitemap.xml',
  ])('include %s', (name) => {
    expect(of('2026-07-18', name)).toEqual([name]);
  });

  it('are, without a date in the name, those changed on the day or since, by the Vietnamese calendar', () => {
    expect(
      of(
        '2026-07-18',
        ['post-1.xml', '2026-07-17T16:59:00.000Z'],
        ['post-2.xml', '2026-07-17T17:01:00.000Z'],
        ['post-3.xml', '2026-07-19T03:00:00.000Z'],
        'post-4.xml',
      ),
    ).toEqual(['post-3.xml', 'post-2.xml', 'post-4.xml']);
  });
});
