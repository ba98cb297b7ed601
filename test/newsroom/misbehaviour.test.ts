import { describe, expect, it } from 'vitest';

import type { PageFault } from '../../src/newsroom/published-article.ts';
import { throughputScenario } from '../../src/newsroom/scenario.ts';
import { feedUrl, type StagedNewsroom, stage } from '../support/staged-newsroom.ts';

async function whole(): Promise<StagedNewsroom> {
  const newsroom = await stage();
  newsroom.at(newsroom.durationMs);
  return newsroom;
}

function faulty(newsroom: StagedNewsroom, fault: PageFault) {
  const article = newsroom.published().find((candidate) => candidate.fault === fault);
  if (article === undefined) throw new Error(`The script has no ${fault}`);
  return article;
}

describe('pages that misbehave', () => {
  it('turns one crisis page away for good, while its feed lists it', async () => {
    const newsroom = await whole();
    const article = faulty(newsroom, 'forbidden');
    expect(article.kind).toBe('crisis');
    expect((await fetch(article.url)).status).toBe(403);
    expect((await fetch(article.url)).status).toBe(403);
    const feed = await (await fetch(feedUrl(newsroom, `${article.outletId}-1`))).text();
    expect(feed).toContain(article.title);
  });

  it('asks for patience once, in seconds for a page and as a date for a feed', async () => {
    const newsroom = await whole();
    const { url } = faulty(newsroom, 'too-many-requests-once');
    const refused = await fetch(url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect((await fetch(url)).status).toBe(200);

    const feed = feedUrl(newsroom, 'thoi-bao-hai-dang-1');
    const refusedFeed = await fetch(feed);
    expect(refusedFeed.status).toBe(429);
    expect(refusedFeed.headers.get('retry-after')).toMatch(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/);
    expect((await fetch(feed)).status).toBe(200);
  });

  it('loses one page, dresses one error as 200, shows one video', async () => {
    const newsroom = await whole();
    expect((await fetch(faulty(newsroom, 'missing').url)).status).toBe(404);
    const dressed = await fetch(faulty(newsroom, 'error-as-200').url);
    expect(dressed.status).toBe(200);
    expect(await dressed.text()).toContain('Không tìm thấy trang');
    const video = await (await fetch(faulty(newsroom, 'video-only').url)).text();
    expect(video).toContain('<video');
    expect(video).not.toContain('<p>');
  });

  it('disallows a path in robots.txt that one feed entry leads to', async () => {
    const newsroom = await whole();
    const { url } = faulty(newsroom, 'disallowed-by-robots');
    const robots = await (await fetch(new URL('/robots.txt', url))).text();
    expect(robots).toContain('Crawl-delay: 1');
    expect(robots).toContain('Disallow: /noi-bo/');
    expect(new URL(url).pathname.startsWith('/noi-bo/')).toBe(true);
  });

  it('reaches three articles by detours: AMP, a mobile host, an old address', async () => {
    const newsroom = await whole();
    const json = (await (await fetch(feedUrl(newsroom, 'dong-thoi-dai-1'))).json()) as {
      items: { url: string }[];
    };
    const links = json.items.map(({ url }) => url);
    const amp = links.find((url) => new URL(url).pathname.startsWith('/amp/')) ?? '';
    const outlet = newsroom.outlets.find(({ id }) => id === 'dong-thoi-dai');
    const [mobileHost = '', mainHost = ''] = Object.entries(outlet?.hostAliases ?? {})[0] ?? [];
    const mobile = links.find((url) => new URL(url).host === mobileHost) ?? '';
    const published = newsroom.published().map(({ url }) => url);

    expect(published).toContain(canonicalIn(await (await fetch(amp)).text()));
    expect(published).toContain(canonicalIn(await (await fetch(mobile)).text()));
    expect(published).toContain(mobile.replace(mobileHost, mainHost));

    const atom = await (await fetch(feedUrl(newsroom, 'bao-y-tam-1'))).text();
    const old = /href="([^"]+tieu-de-cu[^"]+)"/.exec(atom)?.[1] ?? '';
    const moved = await fetch(old, { redirect: 'manual' });
    expect(moved.status).toBe(301);
    expect(published).toContain(moved.headers.get('location'));
  });
});

describe('hosts that misbehave', () => {
  it('answers errors, then nothing, until the outage is over and the backlog arrives', async () => {
    const newsroom = await stage({ speed: 100 });
    const url = feedUrl(newsroom, 'xu-doai-hom-nay-1');
    newsroom.at(100);
    expect((await fetch(url)).status).toBe(503);
    await expect(fetch(url)).rejects.toThrow();
    newsroom.at(newsroom.durationMs);
    const back = await (await fetch(url)).text();
    expect(back.match(/<item>/g)?.length).toBeGreaterThanOrEqual(25);
  });

  it('is slow on one host only, and nowhere when throughput is measured', async () => {
    const took = async (newsroom: StagedNewsroom) => {
      const startedAt = performance.now();
      await (await fetch(feedUrl(newsroom, 'cuu-long-ban-sang-1'))).arrayBuffer();
      return performance.now() - startedAt;
    };
    expect(await took(await whole())).toBeGreaterThanOrEqual(990);
    const quick = await stage({ scenario: throughputScenario(20) });
    await expect.poll(() => took(quick), { timeout: 30_000 }).toBeLessThan(900);
  });

  it('knows nothing of an address that it never published', async () => {
    const newsroom = await stage();
    const notYet = (await whole()).published().find(({ kind }) => kind === 'crisis');
    const outlet = newsroom.outlets.find(({ id }) => id === notYet?.outletId);
    const early = new URL(new URL(notYet?.url ?? '').pathname, outlet?.homepage);
    expect((await fetch(early)).status).toBe(404);
    newsroom.at(newsroom.durationMs);
    expect((await fetch(early)).status).toBe(200);
  });
});

function canonicalIn(html: string): string | undefined {
  return /<link rel="canonical" href="([^"]+)">/.exec(html)?.[1];
}
