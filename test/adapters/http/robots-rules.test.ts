import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PageFetcher } from '../../../src/adapters/http/fetch-page.ts';
import { createPageFetcher } from '../../../src/adapters/http/fetch-page.ts';
import { loadConfig } from '../../../src/config.ts';
import { RetryLaterError } from '../../../src/errors.ts';
import type { LocalServer } from './local-server.ts';
import { html, redirect, startServer, status, text } from './local-server.ts';

const DAY_MS = 86_400_000;

let server: LocalServer;
let fetcher: PageFetcher;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-10-05T04:00:00Z');
  server = await startServer({ '/bai-viet': html('ok'), '/tin/noi-bo': html('ok') });
  fetcher = createPageFetcher({
    ...loadConfig({ ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}`, CONTACT: 'toa-soan@example.vn' }),
    fetchTimeoutMs: 2_000,
    now: () => new Date(now),
  });
});

afterEach(async () => {
  await fetcher.close();
  await server.close();
});

async function outcome(path: string, paceMs = 0): Promise<string> {
  try {
    const url = `${server.origin}${path}`;
    return String((await fetcher.fetchPage({ url, paceMs, signal: new AbortController().signal })).status);
  } catch (error) {
    if (error instanceof RetryLaterError) return `wait ${error.delayMs}`;
    return (error as { reason?: string }).reason ?? String(error);
  }
}

const robotsAsked = () => server.paths().filter((path) => path === '/robots.txt').length;

describe('robots.txt', () => {
  it('is asked before the first page, and once for many', async () => {
    server.on('/robots.txt', text('User-agent: *\nAllow: /'));
    await Promise.all([outcome('/bai-viet'), outcome('/bai-viet'), outcome('/bai-viet')]);
    expect(server.paths()[0]).toBe('/robots.txt');
    expect(robotsAsked()).toBe(1);
  });

  it('keeps us from what it disallows, without a request for it', async () => {
    server.on('/robots.txt', text('User-agent: *\nDisallow: /tin/'));
    expect(await outcome('/tin/noi-bo')).toBe('robots-disallowed');
    expect(await outcome('/bai-viet')).toBe('200');
    expect(server.paths()).not.toContain('/tin/noi-bo');
  });

  it('may speak to us by name', async () => {
    server.on('/robots.txt', text('User-agent: nhip-yte\nDisallow: /\n\nUser-agent: *\nAllow: /'));
    expect(await outcome('/bai-viet')).toBe('robots-disallowed');
  });

  it('may speak to others by name', async () => {
    server.on('/robots.txt', text('User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow:'));
    expect(await outcome('/bai-viet')).toBe('200');
  });

  it('lets the longest rule win, wildcards included', async () => {
    server.on('/robots.txt', text('User-agent: *\nDisallow: /*noi-bo$\nDisallow: /bai\nAllow: /bai-viet'));
    expect(await outcome('/tin/noi-bo')).toBe('robots-disallowed');
    expect(await outcome('/bai-viet')).toBe('200');
  });

  it('allows everything where it does not exist', async () => {
    for (const code of [400, 401, 403, 404, 410]) {
      now += 2 * DAY_MS;
      server.on('/robots.txt', status(code));
      expect(await outcome('/bai-viet')).toBe('200');
    }
    expect(robotsAsked()).toBe(5);
  });

  it('is read where a redirect leads', async () => {
    server.on('/robots.txt', redirect('/rules', 301));
    server.on('/rules', text('User-agent: *\nDisallow: /'));
    expect(await outcome('/bai-viet')).toBe('robots-disallowed');
  });

  it('that redirects in a circle is as good as none', async () => {
    server.on('/robots.txt', redirect('/robots.txt'));
    expect(await outcome('/bai-viet')).toBe('200');
  });

  it.each([500, 503, 429])('that answers %i forbids everything for now', async (code) => {
    server.on('/robots.txt', status(code));
    expect(await outcome('/bai-viet')).toBe('wait 60000');
    expect(server.paths()).toEqual(['/robots.txt']);
  });

  it('says how long that lasts', async () => {
    server.on('/robots.txt', status(503, { 'retry-after': '120' }));
    expect(await outcome('/bai-viet')).toBe('wait 120000');
    now += 120_000;
    server.on('/robots.txt', status(404));
    expect(await outcome('/bai-viet')).toBe('200');
  });

  it('that stays out of order for more than a day is a failure', async () => {
    server.on('/robots.txt', status(500, { 'retry-after': '50000' }));
    expect(await outcome('/bai-viet')).toBe('wait 50000000');
    now += 50_000_000;
    expect(await outcome('/bai-viet')).toBe('wait 50000000');
    now += 50_000_000;
    expect(await outcome('/bai-viet')).toBe('robots-unavailable');
  });

  it('is asked again after a day, not before', async () => {
    server.on('/robots.txt', text('User-agent: *\nAllow: /'));
    expect(await outcome('/bai-viet')).toBe('200');
    server.on('/robots.txt', text('User-agent: *\nDisallow: /'));
    now += DAY_MS - 1;
    expect(await outcome('/bai-viet')).toBe('200');
    now += 1;
    expect(await outcome('/bai-viet')).toBe('robots-disallowed');
    expect(robotsAsked()).toBe(2);
  });

  it('goes on serving from an older copy while it is out of order', async () => {
    server.on('/robots.txt', text('User-agent: *\nDisallow: /tin/'));
    expect(await outcome('/bai-viet')).toBe('200');
    server.on('/robots.txt', status(500));
    now += 2 * DAY_MS;
    expect(await outcome('/bai-viet')).toBe('200');
    expect(await outcome('/tin/noi-bo')).toBe('robots-disallowed');
    expect(robotsAsked()).toBe(2);
  });

  it('of a host that is not there is that host not being there', async () => {
    await server.close();
    expect(await outcome('/bai-viet')).toBe('connect');
  });

  it('may be large: its start counts', async () => {
    server.on(
      '/robots.txt',
      text(`User-agent: *\nDisallow: /tin/\n${'# filler\n'.repeat(200_000)}Disallow: /\n`),
    );
    expect(await outcome('/tin/noi-bo')).toBe('robots-disallowed');
    expect(await outcome('/bai-viet')).toBe('200');
  });

  it('costs little to match, whatever it says', async () => {
    const hostile = `User-agent: *\n${`Disallow: /${'*a'.repeat(400)}b\n`.repeat(600)}`;
    server.on('/robots.txt', text(hostile));
    server.on(`/${'a'.repeat(2_000)}`, html('ok'));
    const startedAt = performance.now();
    expect(await outcome(`/${'a'.repeat(2_000)}`)).toBe('200');
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});

describe('crawl-delay', () => {
  it('rules where it is longer than the pace', async () => {
    server.on('/robots.txt', text('User-agent: *\nCrawl-delay: 10'));
    expect(await outcome('/bai-viet', 1_000)).toBe('200');
    now += 4_000;
    expect(await outcome('/bai-viet', 1_000)).toBe('wait 6000');
    now += 6_000;
    expect(await outcome('/bai-viet', 1_000)).toBe('200');
  });

  it('does not rule where the pace is longer', async () => {
    server.on('/robots.txt', text('User-agent: *\nCrawl-delay: 1'));
    expect(await outcome('/bai-viet', 5_000)).toBe('200');
    expect(await outcome('/bai-viet', 5_000)).toBe('wait 5000');
  });

  it('is kept up to a minute', async () => {
    server.on('/robots.txt', text('User-agent: *\nCrawl-delay: 86400'));
    expect(await outcome('/bai-viet')).toBe('200');
    expect(await outcome('/bai-viet')).toBe('wait 60000');
  });

  it.each(['-5', 'soon', '0'])('of %s asks for nothing', async (delay) => {
    server.on('/robots.txt', text(`User-agent: *\nCrawl-delay: ${delay}`));
    expect(await outcome('/bai-viet')).toBe('200');
    expect(await outcome('/bai-viet')).toBe('200');
  });
});
