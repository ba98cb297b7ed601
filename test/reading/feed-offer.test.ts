import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { openFetcher } from '../../src/app.ts';
import { describeOffers, discoverOffers } from '../../src/commands/discover.ts';
import { loadConfig } from '../../src/config.ts';
import { linkedFeeds, readOffer } from '../../src/reading/feed-offer.ts';

const RSS = `<rss version="2.0"><channel><title>Sức khỏe</title><link>https://bao.vn</link><item><title>Tin</title>
  <link>https://bao.vn/tin-1.html</link><pubDate>Mon, 05 Oct 2026 11:00:00 +0700</pubDate></item></channel></rss>`;
const SITEMAP =
  '<urlset><url><loc>https://bao.vn/tin-1.html</loc><lastmod>2026-10-05T11:00:00+07:00</lastmod></url></urlset>';
const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'Tin',
  items: [{ id: '1', url: 'https://bao.vn/tin-1.html' }],
});

describe('what an address offers', () => {
  it('a feed, a sitemap, gzip and all, or nothing', () => {
    const url = 'https://bao.vn/x';
    expect(readOffer(Buffer.from(RSS), { url })).toMatchObject({
      kind: 'feed',
      format: 'rss-2.0',
      entries: 1,
      newestAt: '2026-10-05T04:00:00.000Z',
      isHealth: true,
    });
    expect(readOffer(gzipSync(SITEMAP), { url })).toMatchObject({
      kind: 'sitemap',
      entries: 1,
      isHealth: false,
    });
    expect(readOffer(Buffer.from('<html><body><a href="/a">Tin</a></body></html>'), { url })).toBeUndefined();
    expect(readOffer(Buffer.from('<rss version="2.0"><channel></channel></rss>'), { url })).toBeUndefined();
  });

  it('a page about feeds names feeds, once each', () => {
    const html =
      '<a href="/rss/suc-khoe.rss">Sức khỏe</a><a href="/rss/phap-luat.rss">Pháp luật</a><a href="/tin.html">x</a>';
    expect(linkedFeeds(html, 'https://bao.vn/rss', new Set(['https://bao.vn/rss/suc-khoe.rss']))).toEqual([
      'https://bao.vn/rss/phap-luat.rss',
    ]);
  });
});

describe('an outlet’s feeds are discovered through the polite fetcher', () => {
  let server: Server;
  const asked: string[] = [];
  const pages: Record<string, [type: string, body: string | Buffer]> = {
    '/': [
      'text/html',
      '<html><head><link rel="alternate" type="application/feed+json" href="/tin.json"></head><body>' +
        '<a href="/rss">RSS</a><h3><a href="/mot-tin-rat-dai-12345.html">Một tin rất dài về y tế</a></h3></body></html>',
    ],
    '/tin.json': ['application/feed+json', JSON_FEED],
    '/rss': ['text/html', '<html><body><a href="/rss/y-te-7.rss">Y tế</a></body></html>'],
    '/rss/y-te-7.rss': ['application/rss+xml', RSS],
    '/robots.txt': ['text/plain', 'User-agent: *\nDisallow: /feed\nSitemap: /ban-do.xml.gz\n'],
    '/ban-do.xml.gz': ['application/xml', gzipSync(SITEMAP)],
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const page = pages[request.url ?? ''];
      if (page === undefined) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': page[0] }).end(page[1]);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('announced, linked from a page about feeds, named by robots.txt; and the page itself', {
    timeout: 120_000,
  }, async () => {
    const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const fetcher = openFetcher({ ...loadConfig({}), allowPrivateHosts: ['127.0.0.1'] });
    const { signal } = new AbortController();
    const fetch = (url: string) => fetcher.fetchPage({ url, paceMs: 1, signal });
    const { offers, tried } = await discoverOffers(await fetch(home), fetch, 40);
    await fetcher.close();

    expect(offers.map(({ url, kind }) => [new URL(url).pathname, kind])).toEqual([
      ['/rss/y-te-7.rss', 'feed'],
      ['/tin.json', 'feed'],
      ['/ban-do.xml.gz', 'sitemap'],
      ['/', 'listing'],
    ]);
    expect(asked).not.toContain('/feed');
    const yaml = describeOffers(home, offers, tried, new Date('2026-11-22T20:00:00Z'));
    expect(parse(`outlets:\n${yaml}`)).toMatchObject({
      outlets: [
        {
          tier: 'provincial',
          feeds: [
            { url: `${home}rss/y-te-7.rss`, health: true, seenOn: '2026-11-23' },
            { url: `${home}tin.json` },
            { kind: 'sitemap' },
            { kind: 'listing' },
          ],
        },
      ],
    });
    expect(yaml).toContain('# rss-2.0, 1 entries; newest 2026-10-05T04:00:00.000Z; Sức khỏe');
  });
});
