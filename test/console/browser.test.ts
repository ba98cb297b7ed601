import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Lang } from '../../src/console/messages.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

const EXECUTABLE = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && path !== '' && existsSync(path));

const ARTIFACTS = new URL('../../artifacts/console/', import.meta.url).pathname;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDTHS = [360, 1440] as const;
const LANGS: readonly Lang[] = ['vi', 'en'];
const INCIDENT = '/incidents/incident-facility-burst-1';

const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['articles', '/'],
  ['articles-search', '/?q=ngo+doc&period=30d&polarity=negative&topic=food-safety'],
  ['articles-none', '/?q=khong-co-gi-khop'],
  ['article', '/articles/poisoning-1'],
  ['story', '/stories/story-poisoning'],
  ['trends', '/trends'],
  ['trends-hours', '/trends?period=24h'],
  ['incidents', '/incidents'],
  ['incident', INCIDENT],
  ['outlets', '/outlets'],
  ['ledger', '/ledger'],
  ['not-found', '/no-such-page'],
];

interface AxeWindow {
  axe: {
    run(
      root: unknown,
      options: object,
    ): Promise<{
      violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
    }>;
  };
}

describe.skipIf(EXECUTABLE === undefined)(
  `the console in Chromium${EXECUTABLE === undefined ? ' (skipped: set CHROMIUM_PATH, no Chromium was found)' : ''}`,
  () => {
    let fixture: TestConsole;
    let browser: Browser;
    let base: string;

    beforeAll(async () => {
      mkdirSync(ARTIFACTS, { recursive: true });
      fixture = await openTestConsole();
      await fixture.seed();
      base = await fixture.server.listen({ host: '127.0.0.1', port: 0 });
      browser = await chromium.launch({
        executablePath: EXECUTABLE ?? '',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      });
    });
    afterAll(async () => {
      await browser?.close();
      await fixture?.close();
    });

    async function open(
      width: number,
      lang: Lang,
      scheme: 'light' | 'dark' = 'light',
    ): Promise<BrowserContext> {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme: scheme,
        bypassCSP: false,
      });
      await context.addCookies([{ name: 'nyt_lang', value: lang, url: base }]);
      return context;
    }

    /** What the browser refused or stumbled over; a page of ours gives it no reason to. */
    function complaints(page: Page): string[] {
      const heard: string[] = [];
      page.on('console', (message) => {
        // A page that is answered with 404 on purpose is told of as well.
        if (message.type() === 'error' && !message.text().includes('404')) heard.push(message.text());
      });
      page.on('pageerror', (error) => heard.push(String(error)));
      return heard;
    }

    for (const width of WIDTHS) {
      for (const lang of LANGS) {
        it(`shows every page at ${width} px in ${lang}: no sideways scroll, no axe violation, nothing refused`, async () => {
          const context = await open(width, lang);
          const page = await context.newPage();
          const heard = complaints(page);
          const faults: string[] = [];
          for (const [name, path] of PAGES) {
            await page.goto(`${base}${path}`, { waitUntil: 'load' });
            expect(await page.getAttribute('html', 'lang')).toBe(lang);
            const overflow = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            if (overflow > 0) faults.push(`${name}: ${overflow} px too wide`);
            await page.screenshot({ path: `${ARTIFACTS}${name}-${width}-${lang}.png`, fullPage: true });
            faults.push(...(await violations(page)).map((text) => `${name}: ${text}`));
          }
          expect(faults).toEqual([]);
          expect(heard).toEqual([]);
          await context.close();
        });
      }
    }

    it('keeps its contrast in the dark', async () => {
      const context = await open(360, 'vi', 'dark');
      const page = await context.newPage();
      const faults: string[] = [];
      for (const [name, path] of PAGES) {
        await page.goto(`${base}${path}`, { waitUntil: 'load' });
        await page.screenshot({ path: `${ARTIFACTS}${name}-360-dark.png`, fullPage: true });
        faults.push(...(await violations(page)).map((text) => `${name}: ${text}`));
      }
      expect(faults).toEqual([]);
      await context.close();
    });
  },
);

async function violations(page: Page): Promise<string[]> {
  // Evaluated, not added as a script element: the page's own policy forbids inline script, as it should.
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate(() =>
    (window as unknown as AxeWindow).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return found.map(
    ({ id, nodes }) =>
      `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary.replace(/\s+/g, ' ').slice(0, 300)}`,
  );
}
