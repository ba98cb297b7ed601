import { gzipSync } from 'node:zlib';

import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createPageFetcher } from '../../src/adapters/http/fetch-page.ts';
import { loadConfig } from '../../src/config.ts';
import { entryId } from '../../src/domain/entry.ts';
import type { Outlet } from '../../src/domain/outlet.ts';
import type { FetchedPage } from '../../src/domain/page.ts';
import { PermanentError, RetryLaterError } from '../../src/errors.ts';
import { keepHouse } from '../../workers/keep-house.ts';
import type { Deps } from '../../workers/stage.ts';
import { html, startServer } from '../adapters/http/local-server.ts';
import { anOutlet, aPage, openTestDeps } from '../support/deps.ts';
import { anArticle, anEntry } from '../support/factories.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
/** 02:30 on the third in Vietnam. */
const NOW = new Date('2026-03-02T19:30:00.000Z');
const DAY = '2026-03-02';
const SITE = 'https://bao.example';

interface Line {
  readonly url: string;
  readonly title?: string;
  readonly at?: string;
}

function newsSitemap(lines: readonly Line[]): string {
  const urls = lines.map(
    ({ url, title, at = '2026-03-02T10:00:00+07:00' }) =>
      `<url><loc>${SITE}${url}</loc>${
        title === undefined
          ? `<lastmod>${at}</lastmod>`
          : `<news:news><news:publication_date>${at}</news:publication_date><news:title>${title}</news:title></news:news>`
      }</url>`,
  );
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${urls.join('')}</urlset>`;
}

let deps: Deps & { close(): Promise<void> };
let web: Map<string, string | Error>;
let asked: string[];
let outlets: Map<string, Outlet>;
beforeAll(async () => {
  outlets = new Map([['bao-a', anOutlet()]]);
  deps = await openTestDeps({
    now: () => NOW,
    outlets,
    fetchPage: async ({ url }): Promise<FetchedPage> => {
      asked.push(url);
      const answer = web.get(url) ?? new PermanentError('http-404');
      if (answer instanceof Error) throw answer;
      return aPage(url, answer, { headers: { 'content-type': 'application/xml' } });
    },
  });
});
beforeEach(() => {
  web = new Map();
  asked = [];
});
afterAll(() => deps.close());

const measure = (day = DAY) => keepHouse.run({ task: 'coverage', outletId: 'bao-a', day }, deps, context);
const coverageOf = async (day = DAY) =>
  (await deps.outletStates.find('bao-a'))?.coverage?.find((each) => each.day === day);

describe('measuring a day', () => {
  it('counts what the sitemap lists against what was found and indexed, and queues what was missed', async () => {
    const known = anEntry({
      url: `${SITE}/suc-khoe/benh-vien-tinh-qua-tai-1001.html`,
      outcome: 'indexed',
      stage: 'index',
    });
    const other = anEntry({
      url: `${SITE}/bong-da-2001.html`,
      outcome: 'irrelevant',
      stage: 'analyse',
      reason: 'not-health',
    });
    await deps.entries.add([known, other]);
    await deps.articles.save([anArticle({ id: known.id, url: known.url })]);
    web.set(
      `${SITE}/robots.txt`,
      `User-agent: *\nSitemap: ${SITE}/sitemap-category.xml\nSitemap: /news-sitemap.xml\n`,
    );
    web.set(
      `${SITE}/news-sitemap.xml`,
      newsSitemap([
        { url: '/suc-khoe/benh-vien-tinh-qua-tai-1001.html', title: 'Bệnh viện tỉnh quá tải' },
        { url: '/bong-da-2001.html', title: 'Tuyển Việt Nam thắng đậm trong trận giao hữu bóng đá' },
        {
          url: '/suc-khoe/sot-xuat-huyet-1002.html',
          title: 'Bộ Y tế cảnh báo dịch sốt xuất huyết tăng nhanh',
        },
        { url: '/gia-vang-3001.html', title: 'Giá vàng tăng mạnh, chứng khoán giảm điểm phiên cuối tuần' },
        { url: '/suc-khoe/hom-kia-1003.html', title: 'Bệnh nhân nhập viện', at: '2026-03-01T10:00:00+07:00' },
      ]),
    );
    const { next } = await measure();
    expect(asked).toEqual([`${SITE}/robots.txt`, `${SITE}/news-sitemap.xml`]);
    expect(await coverageOf()).toEqual({
      day: DAY,
      measuredAt: NOW.toISOString(),
      listed: 4,
      found: 2,
      indexed: 1,
      healthListed: 2,
      healthFound: 1,
      healthIndexed: 1,
      missed: [`${SITE}/suc-khoe/sot-xuat-huyet-1002.html`, `${SITE}/gia-vang-3001.html`],
      queued: 1,
      sitemaps: [`${SITE}/news-sitemap.xml`],
    });
    const id = entryId(`${SITE}/suc-khoe/sot-xuat-huyet-1002.html`);
    expect(next.map(({ key }) => key)).toEqual([`fetch-${id}`, `analyse-${id}-entry`]);
    expect(await deps.entries.find(id)).toMatchObject({
      isBacklog: true,
      feedId: 'coverage',
      outcome: 'pending',
    });
  });

  it('follows an index to the sitemaps of the day, and reads no more than five', async () => {
    web.set(`${SITE}/robots.txt`, `Sitemap: ${SITE}/sitemap.xml`);
    const named = [
      'sitemap-tags-1.xml',
      'sitemap-2026-03.xml',
      'sitemap-2026-02.xml',
      'sitemap-2019.xml',
      'sitemap-news.xml',
    ];
    web.set(
      `${SITE}/sitemap.xml`,
      `<sitemapindex>${named.map((name) => `<sitemap><loc>${SITE}/${name}</loc></sitemap>`).join('')}</sitemapindex>`,
    );
    web.set(`${SITE}/sitemap-news.xml`, newsSitemap([]));
    web.set(
      `${SITE}/sitemap-2026-03.xml`,
      newsSitemap([{ url: '/y-te/kham-benh-tu-xa-o-tram-y-te-5001.html' }, { url: '/y-te/' }]),
    );
    await measure();
    expect(asked.slice(2)).toEqual([`${SITE}/sitemap-news.xml`, `${SITE}/sitemap-2026-03.xml`]);
    expect(await coverageOf()).toMatchObject({ listed: 1, found: 0, healthListed: 1, queued: 1 });
  });

  it('bounds what it queues, those about health first', async () => {
    web.set(`${SITE}/robots.txt`, `Sitemap: ${SITE}/sitemap.xml`);
    const lines = Array.from({ length: 80 }, (_, at) => [
      { url: `/suc-khoe/ca-benh-moi-${7000 + at}.html` },
      { url: `/thoi-su/tin-trong-ngay-${8000 + at}.html` },
    ]).flat();
    web.set(`${SITE}/sitemap.xml`, newsSitemap(lines));
    const { next } = await measure();
    expect(next).toHaveLength(120);
    const measured = await coverageOf();
    expect(measured).toMatchObject({ listed: 160, healthListed: 80, queued: 60 });
    expect(measured?.missed).toHaveLength(20);
    expect(measured?.missed.every((url) => url.includes('/suc-khoe/'))).toBe(true);
  });

  it('says why nothing could be measured', async () => {
    await measure();
    expect(await coverageOf()).toMatchObject({ listed: 0, reason: 'http-404' });
    web.set(`${SITE}/robots.txt`, 'User-agent: *\nDisallow:');
    await measure();
    expect(await coverageOf()).toMatchObject({ reason: 'no-sitemap' });
    web.set(`${SITE}/robots.txt`, `Sitemap: ${SITE}/sitemap.xml`);
    web.set(
      `${SITE}/sitemap.xml`,
      newsSitemap([{ url: '/suc-khoe/cu-9001.html', at: '2026-01-01T00:00:00Z' }]),
    );
    await measure();
    expect(await coverageOf()).toMatchObject({ reason: 'nothing-listed', sitemaps: [`${SITE}/sitemap.xml`] });
  });

  it('leaves a long wait to the queue', async () => {
    web.set(`${SITE}/robots.txt`, new RetryLaterError('429', 3_600_000));
    await expect(measure('2026-02-27')).rejects.toBeInstanceOf(RetryLaterError);
    expect(await coverageOf('2026-02-27')).toBeUndefined();
  });
});

describe('over HTTP', () => {
  it('reads robots.txt, an index and a packed sitemap, within the pace, and skips what robots.txt forbids', {
    timeout: 60_000,
  }, async () => {
    const server = await startServer();
    const fetcher = createPageFetcher(
      loadConfig({ ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}`, CONTACT: 'https://example.vn/contact' }),
    );
    const at = '2026-03-02T10:00:00+07:00';
    const loc = (path: string) => `<loc>${server.origin}${path}</loc>`;
    const xml = (body: string) => html(body, { 'content-type': 'application/xml' });
    server.on(
      '/robots.txt',
      html(`User-agent: *\nDisallow: /kin/\nSitemap: ${server.origin}/sitemap.xml\n`, {
        'content-type': 'text/plain',
      }),
    );
    server.on(
      '/sitemap.xml',
      xml(
        `<sitemapindex><sitemap>${loc('/kin/news.xml')}</sitemap><sitemap>${loc('/bai-viet.xml.gz')}</sitemap></sitemapindex>`,
      ),
    );
    server.on(
      '/bai-viet.xml.gz',
      html(
        gzipSync(
          `<urlset><url>${loc('/suc-khoe/sot-xuat-huyet-tang-nhanh-1.html')}<lastmod>${at}</lastmod></url></urlset>`,
        ),
        { 'content-type': 'application/x-gzip' },
      ),
    );
    try {
      const outlet = anOutlet({ id: 'bao-that', homepage: `${server.origin}/`, paceMs: 50 });
      const real = { ...deps, outlets: new Map([['bao-that', outlet]]), fetchPage: fetcher.fetchPage };
      await keepHouse.run({ task: 'coverage', outletId: 'bao-that', day: DAY }, real, context);
      expect((await deps.outletStates.find('bao-that'))?.coverage).toMatchObject([
        {
          listed: 1,
          healthListed: 1,
          queued: 1,
          missed: [`${server.origin}/suc-khoe/sot-xuat-huyet-tang-nhanh-1.html`],
          sitemaps: [`${server.origin}/sitemap.xml`, `${server.origin}/bai-viet.xml.gz`],
        },
      ]);
      expect(server.paths()).not.toContain('/kin/news.xml');
    } finally {
      await fetcher.close();
      await server.close();
    }
  });
});

describe('planning', () => {
  const plan = (now = NOW) => keepHouse.run({ task: 'coverage' }, { ...deps, now: () => now }, context);

  it('asks for each outlet followed before that day and not measured yet, once, at a time of its own', async () => {
    outlets.set('bao-b', anOutlet({ id: 'bao-b' })).set('bao-moi', anOutlet({ id: 'bao-moi' }));
    await deps.entries.add([
      anEntry({ url: `${SITE}/b`, outletId: 'bao-b', firstSeenAt: '2026-02-28T03:00:00.000Z' }),
    ]);
    const { next } = await plan();
    expect(next).toEqual([
      {
        stage: 'housekeeping',
        key: 'coverage-bao-b-2026-03-02',
        payload: { task: 'coverage', outletId: 'bao-b', day: DAY },
        delayMs: expect.any(Number),
      },
    ]);
    expect((await plan(new Date('2026-03-02T17:30:00.000Z'))).next).toEqual([]);
  });
});
