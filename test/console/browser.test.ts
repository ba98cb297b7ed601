import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Lang } from '../../src/console/messages.ts';
import { acknowledgementKey, signAcknowledgement } from '../../src/domain/acknowledgement-link.ts';
import type { DrillRun } from '../../src/domain/drill-run.ts';
import { openIncident } from '../../src/domain/incident.ts';
import { anAlert } from '../support/factories.ts';
import { analysed, openTestConsole, type TestConsole } from './console-fixture.ts';

const EXECUTABLE = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && path !== '' && existsSync(path));

const ARTIFACTS = new URL('../../artifacts/console/', import.meta.url).pathname;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Axe and a full-page picture take seconds each on a small and busy machine. */
const PICTURE_ATTEMPTS = 4;
const PAGE_TOUR_MS = 240_000;

const WIDTHS = [360, 1440] as const;
const LANGS: readonly Lang[] = ['vi', 'en'];
const INCIDENT = '/incidents/incident-facility-burst-1';
const LINK_KEY = acknowledgementKey('a secret of thirty-two characters');

const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['today', '/'],
  ['welcome', '/welcome'],
  ['stories', '/stories?period=24h'],
  ['stories-rising', '/stories?sort=growth'],
  ['articles', '/articles'],
  ['articles-search', '/articles?q=ngo+doc&period=30d&polarity=negative&topic=food-safety'],
  ['articles-none', '/articles?q=khong-co-gi-khop'],
  ['article', '/articles/poisoning-1'],
  ['article-revised', '/articles/poisoning-2'],
  ['story', '/stories/story-poisoning'],
  ['api', '/api/docs'],
  ['searches', '/searches'],
  ['trends', '/trends'],
  ['trends-compared', '/trends?period=30d&vs=topic%3Afood-safety,facility%3Abv-cho-ray'],
  ['trends-hours', '/trends?period=24h'],
  ['article-corrected', '/articles/quiet-3'],
  ['campaigns', '/campaigns'],
  ['campaign', '/campaigns/doctors-day-2026'],
  ['policies', '/policies'],
  ['policy', '/policies/72-nq-tw'],
  ['corrections', '/corrections'],
  ['incidents', '/incidents'],
  ['incident', INCIDENT],
  ['outlets', '/outlets'],
  ['outlet', '/outlets/bao-tinh'],
  ['ledger', '/ledger'],
  ['not-found', '/no-such-page'],
];

const DRILL: DrillRun = {
  startedAt: '2026-03-02T06:00:00.000Z',
  by: 'Thu Hà',
  isReal: true,
  said: `Trao cho kênh / deciding article → channel ${'3/3    0.1 s'.padStart(40)}`,
  end: { at: '2026-03-02T06:02:00.000Z', outcome: 'passed' },
};

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
      fixture = await openTestConsole({
        setUp: {
          channels: ['log'],
          officers: ['Trực ban A'],
          testChannel: async () => undefined,
          drills: { start: () => true, last: () => DRILL },
        },
        acknowledgement: { key: LINK_KEY, officers: new Map([['truc', { name: 'Trực ban A' }]]) },
      });
      await fixture.seed();
      const spoken = { articleId: 'quiet-3', by: 'Thu Hà', scope: 'article' } as const;
      await fixture.deps.correct({ ...spoken, reason: 'Rút ngẫu nhiên', confirms: true, isSampled: true });
      await fixture.deps.correct({
        ...spoken,
        reason: 'Bài chỉ hướng dẫn',
        polarity: 'positive',
        topics: [],
      });
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
          '--disable-dev-shm-usage',
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
        hasTouch: true,
      });
      await context.addCookies([{ name: 'nyt_lang', value: lang, url: base }]);
      return context;
    }

    /** A picture for people to look at. Chromium now and then fails to take one; that says nothing of the page. */
    async function keepPicture(page: Page, path: string): Promise<void> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await page.screenshot({ path, fullPage: true });
          return;
        } catch (error) {
          if (attempt === PICTURE_ATTEMPTS) throw error;
          await page.waitForTimeout(500);
        }
      }
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
        it(
          `shows every page at ${width} px in ${lang}: no sideways scroll, no axe violation, nothing refused`,
          async () => {
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
              await keepPicture(page, `${ARTIFACTS}${name}-${width}-${lang}.png`);
              // Both languages share every element and colour; once is enough on a busy machine.
              if (lang === 'vi') faults.push(...(await violations(page)).map((text) => `${name}: ${text}`));
            }
            expect(faults).toEqual([]);
            expect(heard).toEqual([]);
            await context.close();
          },
          PAGE_TOUR_MS,
        );
      }
    }

    it(
      'keeps its contrast in the dark',
      async () => {
        const context = await open(360, 'vi', 'dark');
        const page = await context.newPage();
        const faults: string[] = [];
        for (const [name, path] of PAGES) {
          await page.goto(`${base}${path}`, { waitUntil: 'load' });
          await keepPicture(page, `${ARTIFACTS}${name}-360-dark.png`);
          faults.push(...(await violations(page)).map((text) => `${name}: ${text}`));
        }
        expect(faults).toEqual([]);
        await context.close();
      },
      PAGE_TOUR_MS,
    );

    it('shows the evidence marked in the text, and what each word adds on keyboard focus', async () => {
      const context = await open(360, 'vi');
      const page = await context.newPage();
      await page.goto(`${base}/articles/poisoning-1`);
      const word = page.locator('mark.evidence.negative a', { hasText: 'tử vong' }).first();
      expect(await word.isVisible()).toBe(true);
      const tip = word.locator('.tip');
      expect(await tip.isVisible()).toBe(false);
      await page.keyboard.press('Tab');
      for (let tabs = 0; tabs < 60 && !(await tip.isVisible()); tabs += 1) await page.keyboard.press('Tab');
      expect(await tip.textContent()).toMatch(/−1,00 Gây hại/);
      const box = await tip.boundingBox();
      expect(box !== null && box.x >= 0 && box.x + box.width <= 360).toBe(true);
      await page.keyboard.press('Enter');
      expect(new URL(page.url()).hash).toMatch(/^#evidence-\d+$/);
      await context.close();
    });

    it('keeps the address short when the form is sent, and lists what was asked for', async () => {
      const context = await open(1440, 'vi');
      const page = await context.newPage();
      await page.goto(`${base}/articles`);
      await page.fill('#q', 'ngo doc');
      await page.locator('details:has(#f-polarity) > summary').click();
      await page.selectOption('#f-polarity', 'negative');
      await page.locator('#q').press('Enter');
      await page.waitForURL(/q=ngo/);
      expect(new URL(page.url()).search).toBe('?q=ngo+doc&period=7d&polarity=negative');
      expect(await page.locator('.wire-item').count()).toBeGreaterThan(3);
      await context.close();
    });

    it('offers fields and their values while a search is typed, on the keyboard and by touch', async () => {
      const context = await open(360, 'vi');
      const page = await context.newPage();
      await page.goto(`${base}/articles`);
      const field = page.locator('#q');
      const options = page.locator('#q-completions [role="option"]');
      await field.pressSequentially('sởi -tỉn');
      await options.first().waitFor();
      expect(await field.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('ArrowDown');
      const active = await field.getAttribute('aria-activedescendant');
      expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
      expect(await violations(page)).toEqual([]);
      await keepPicture(page, `${ARTIFACTS}completions-360-vi.png`);
      await page.keyboard.press('Enter');
      await field.pressSequentially('"hà n');
      await options.filter({ hasText: 'Hà Nội' }).tap();
      expect(await field.inputValue()).toBe('sởi -tỉnh:"Hà Nội" ');
      expect(await field.getAttribute('aria-expanded')).toBe('false');
      await field.pressSequentially('chu');
      await options.first().waitFor();
      await page.keyboard.press('Escape');
      expect(await options.count()).toBe(0);
      await page.keyboard.press('Enter');
      await page.waitForURL(/q=s/);
      await context.close();
    });

    it('shows new articles without being asked, and offers them to who is reading further down', async () => {
      const context = await open(1440, 'vi');
      const page = await context.newPage();
      // The first event tells where things stand; only what differs from it is news. It may come while the page loads.
      const listening = page.waitForResponse(/\/events$/);
      await page.goto(`${base}/articles`);
      await listening;
      await page.waitForTimeout(1000);
      const fresh = (id: string, minute: number) =>
        analysed(
          { title: `Bệnh viện Chợ Rẫy mở khoa mới ${id}`, summary: '', body: '' },
          {
            id,
            url: `https://bao-tinh.example/${id}`,
            storyId: id,
            firstSeenAt: `2026-03-02T07:2${minute}:00.000Z`,
          },
        );
      await fixture.deps.articles.save([fresh('fresh-1', 6)]);
      await page.waitForSelector('[data-article="fresh-1"]', { timeout: 30_000 });

      await page.evaluate(() => window.scrollTo(0, 1200));
      await page.waitForTimeout(4500);
      await fixture.deps.articles.save([fresh('fresh-2', 7)]);
      const offer = page.getByRole('button', { name: 'Có tin mới. Bấm để xem' });
      await offer.waitFor({ timeout: 30_000 });
      expect(await page.locator('[data-article="fresh-2"]').count()).toBe(0);
      await offer.click();
      expect(await page.locator('[data-article="fresh-2"]').count()).toBe(1);
      await context.close();
    });

    it('lets an officer correct an article on a phone without any script, with its copies, and withdraw it', async () => {
      const context = await browser.newContext({
        viewport: { width: 360, height: 800 },
        javaScriptEnabled: false,
      });
      await context.addCookies([{ name: 'nyt_lang', value: 'vi', url: base }]);
      const page = await context.newPage();
      await page.goto(`${base}/articles/poisoning-0`);
      await page.locator('summary', { hasText: 'Sửa đánh giá' }).click();
      await page.locator('.correct').getByLabel('Trung tính', { exact: true }).check();
      await page.getByLabel('Bỏ “Bệnh viện Chợ Rẫy”').check();
      await page.fill('#add-mention', 'benh vien bach mai');
      await page.getByLabel('Áp dụng cho mọi bản sao').check();
      await page.fill('#correct-reason', 'Bài nêu kết quả xử lý');
      await page.fill('#correct-by', 'Trực ban B');
      await keepPicture(page, `${ARTIFACTS}article-correct-360-vi.png`);
      await page.getByRole('button', { name: 'Ghi sửa đổi' }).click();
      await page.getByText('Đã ghi. Mọi danh sách').waitFor();
      for (const id of ['poisoning-0', 'poisoning-1', 'poisoning-2', 'poisoning-3']) {
        const article = await fixture.deps.articles.find(id);
        const named = article?.mentions.map((one) => one.id) ?? [];
        expect([id, article?.sentiment.polarity]).toEqual([id, 'neutral']);
        expect([named.includes('bv-bach-mai'), named.includes('bv-cho-ray')]).toEqual([true, false]);
      }
      await page.goto(`${base}/articles`);
      expect(await page.locator('[data-article="poisoning-3"]').textContent()).toContain(
        'Người sửa: sắc thái',
      );

      await page.goto(`${base}/corrections`);
      const item = page.locator('[data-correction]', { hasText: 'Bài nêu kết quả xử lý' });
      await item.locator('summary').click();
      expect(await item.getByLabel('Tên của bạn').inputValue()).toBe('Trực ban B');
      await item.getByRole('button', { name: 'Rút lại' }).click();
      await page.getByText('Đã rút lại. Đánh giá trở về như trước khi sửa.').waitFor();
      expect((await fixture.deps.articles.find('poisoning-3'))?.sentiment.polarity).toBe('negative');
      await context.close();
    });

    it('offers an article drawn by chance, whose form has no axe violation when open', async () => {
      const context = await open(360, 'vi');
      const page = await context.newPage();
      const heard = complaints(page);
      await page.goto(`${base}/corrections`);
      await page.getByRole('link', { name: 'Rút một bài để kiểm tra' }).click();
      await page.waitForURL(/\/articles\//);
      for (const summary of await page.locator('#corrections summary').all()) await summary.click();
      expect(await violations(page)).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBe(0);
      await page.fill('#confirm-by', 'Trực ban B');
      await page.getByRole('button', { name: 'Đánh giá này đúng' }).click();
      await page.getByText('Đã ghi. Mọi danh sách').waitFor();
      const corrections = await fixture.deps.corrections.list({ offset: 0, limit: 20 });
      const drawn = corrections.filter((one) => one.by === 'Trực ban B' && one.isSampled === true);
      expect(drawn.map(({ says }) => says.isHealth)).toEqual([true]);
      expect(heard).toEqual([]);
      await context.close();
    });

    it('lets an officer take an incident on a phone and resolve it', async () => {
      const context = await open(360, 'vi');
      const page = await context.newPage();
      const heard = complaints(page);
      await page.goto(`${base}/incidents`);
      await page.locator('.incident-card a').first().click();
      const take = page.getByRole('button', { name: 'Tôi nhận xử lý' });
      const box = await take.boundingBox();
      // On the first screen, and large enough for a thumb.
      expect(box !== null && box.y + box.height <= 800 && box.height >= 44).toBe(true);
      await page.fill('#acknowledge-by', 'Trực ban A');
      await take.click();
      await page.getByText('Đã ghi nhận: bạn đang xử lý sự việc này.').waitFor();
      expect(await page.getByText('Trực ban A đã nhận xử lý').isVisible()).toBe(true);
      // The name is remembered, so it need not be typed a second time.
      expect(await page.inputValue('#resolve-by')).toBe('Trực ban A');
      await page.getByLabel('Báo nhầm').check();
      await page.fill('#resolve-note', 'Tin đã được đính chính');
      await page.getByRole('button', { name: 'Khép sự việc' }).click();
      await page.getByText('Đã khép sự việc.').waitFor();
      await keepPicture(page, `${ARTIFACTS}incident-resolved-360-vi.png`);
      const incident = await fixture.deps.incidents.find('incident-facility-burst-1');
      expect([incident?.status, incident?.verdict]).toEqual(['resolved', 'false']);
      expect(heard).toEqual([]);
      await context.close();
    });

    it('lets an officer take an incident over by the link in a message, on a telephone, without any script', async () => {
      const { incidents, now } = fixture.deps;
      const incident = openIncident(
        anAlert({ id: 'told' }),
        `Bệnh viện Mẫu · ${'người nhà tố '.repeat(5)}· 6 bài tiêu cực/24 giờ`,
      );
      await incidents.open(incident);
      const code = signAcknowledgement({ incidentId: incident.id, officerId: 'truc' }, LINK_KEY, now());
      for (const [name, path] of [
        ['acknowledge', `/a/${code}`],
        ['acknowledge-unknown', '/a/no-such-link'],
      ] as const) {
        const context = await open(360, 'vi', 'dark');
        const page = await context.newPage();
        await page.goto(`${base}${path}`);
        expect(await violations(page)).toEqual([]);
        await keepPicture(page, `${ARTIFACTS}${name}-360-vi.png`);
        await context.close();
      }
      const context = await browser.newContext({
        viewport: { width: 360, height: 640 },
        javaScriptEnabled: false,
      });
      const page = await context.newPage();
      await page.goto(`${base}/a/${code}`);
      const button = page.getByRole('button', { name: 'Tôi, Trực ban A, nhận việc này' });
      const box = await button.boundingBox();
      // To be hit by a thumb without scrolling.
      expect(box !== null && box.height >= 44 && box.y + box.height <= 640 && box.x + box.width <= 360).toBe(
        true,
      );
      await button.click();
      await page.getByText('Trực ban A đã nhận việc này').waitFor();
      expect((await incidents.find(incident.id))?.acknowledgedBy).toBe('Trực ban A');
      await context.close();
    }, 120_000);
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
