import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Browser, BrowserContext, Download, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { findChromium } from '../../src/adapters/documents/chromium.ts';
import { readDocument } from '../../src/adapters/documents/read-document.ts';
import { type Lang, MESSAGES } from '../../src/console/messages.ts';
import type { Role } from '../../src/domain/access.ts';
import { acknowledgementKey, signAcknowledgement } from '../../src/domain/acknowledgement-link.ts';
import type { PressBrief } from '../../src/domain/press-brief.ts';
import { docxLinks } from '../support/docx-links.ts';
import { openSignInConsole, PASSWORD, type SignInConsole } from './sign-in-fixture.ts';

const browserPath = findChromium(process.env.CHROMIUM_PATH === '' ? undefined : process.env.CHROMIUM_PATH);
const ARTIFACTS = new URL('../../artifacts/console/', import.meta.url).pathname;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const JOURNEY_MS = 240_000;
const LINK_KEY = acknowledgementKey('a secret of thirty-two characters');
const INCIDENT = 'incident-facility-burst-1';
const VIEWS = [
  [360, 'vi'],
  [360, 'en'],
  [1440, 'vi'],
  [1440, 'en'],
] as const;

interface AxeWindow {
  axe: {
    run(root: unknown, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  };
}

describe.skipIf(browserPath === undefined)(
  `journeys from sign-in to a file in Chromium${browserPath === undefined ? ' (skipped: no Chromium was found, set CHROMIUM_PATH)' : ''}`,
  { timeout: JOURNEY_MS },
  () => {
    let fixture: SignInConsole;
    let browser: Browser;
    let base: string;

    beforeAll(async () => {
      mkdirSync(ARTIFACTS, { recursive: true });
      fixture = await openSignInConsole({
        acknowledgement: { key: LINK_KEY, officers: new Map([['truc', { name: 'Trực ban A' }]]) },
      });
      base = await fixture.server.listen({ host: '127.0.0.1', port: 0 });
      browser = await chromium.launch({
        executablePath: browserPath ?? '',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage'],
      });
    }, JOURNEY_MS);
    beforeEach(async () => {
      await fixture.clear();
      await fixture.seed();
    }, JOURNEY_MS);
    afterAll(async () => {
      await browser?.close();
      await fixture?.close();
    });

    async function open(width: number, lang: Lang): Promise<{ context: BrowserContext; page: Page }> {
      const context = await browser.newContext({ viewport: { width, height: 800 }, acceptDownloads: true });
      await context.addCookies([{ name: 'nyt_lang', value: lang, url: base }]);
      const page = await context.newPage();
      page.setDefaultTimeout(JOURNEY_MS);
      return { context, page };
    }

    async function anAccount(name: string, role: Role): Promise<void> {
      await fixture.accounts.add(name, { name: `Cán bộ ${name}`, role });
      await fixture.accounts.setPassword(name, PASSWORD);
    }

    async function signIn(page: Page, name: string): Promise<void> {
      await page.waitForURL(/\/login/);
      await page.fill('#login', name);
      await page.fill('#password', PASSWORD);
      await page.locator('form.sign-in button').click();
      await page.waitForURL((url) => url.pathname !== '/login');
    }

    /** What axe finds, and whether the page scrolls sideways; keeps a picture for people to look at. */
    async function faultsOf(page: Page, name: string, width: number, lang: Lang): Promise<string[]> {
      await page.screenshot({ path: `${ARTIFACTS}${name}-${width}-${lang}.png`, fullPage: true });
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() =>
        (window as unknown as AxeWindow).axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }),
      );
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      return [
        ...violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ...(tooWide > 0 ? [`${name}: ${tooWide} px too wide`] : []),
      ];
    }

    async function downloaded(page: Page, link: string): Promise<Download> {
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator(link).click()]);
      return download;
    }

    for (const [width, lang] of VIEWS) {
      it(`shows the pages of sign-in and accounts without a fault at ${width} px in ${lang}`, async () => {
        await anAccount('quan-tri', 'admin');
        await anAccount('lan', 'officer');
        const { context, page } = await open(width, lang);
        await page.goto(`${base}/accounts`);
        const faults = await faultsOf(page, 'sign-in', width, lang);
        await page.fill('#login', 'quan-tri');
        await page.fill('#password', 'không phải mật khẩu này');
        await page.locator('form.sign-in button').click();
        await page.locator('[role="alert"], [role="status"]').first().waitFor();
        faults.push(...(await faultsOf(page, 'sign-in-refused', width, lang)));
        await signIn(page, 'quan-tri');
        expect(new URL(page.url()).pathname).toBe('/accounts');
        for (const details of await page.locator('main details').all()) {
          await details.locator('summary').click();
        }
        faults.push(...(await faultsOf(page, 'accounts', width, lang)));
        await page.goto(`${base}/audit`);
        faults.push(...(await faultsOf(page, 'audit', width, lang)));
        await page.goto(`${base}/account`);
        await page.fill('#token-name', 'báo cáo tuần');
        await page.locator('form[action="/account/tokens"] button').click();
        await page.locator('code', { hasText: 'nyt_' }).waitFor();
        faults.push(...(await faultsOf(page, 'account', width, lang)));
        expect(faults).toEqual([]);
        await context.close();
      });
    }

    for (const [width, lang] of VIEWS) {
      const m = MESSAGES[lang];

      it(`takes an editor from Today to an approved press brief at ${width} px in ${lang}`, async () => {
        await anAccount('bien-tap', 'editor');
        const { context, page } = await open(width, lang);
        await page.goto(base);
        await signIn(page, 'bien-tap');
        expect(await page.locator('h1').first().textContent()).toBe(m.today.title);
        await page.locator('header nav a[href="/articles"]').click();
        await page.locator('.filters a[href*="period=30d"]').click();
        await page.waitForURL(/period=30d/);
        await page.fill('#q', 'ngo doc');
        await page.locator('.search-row button').click();
        await page.waitForURL(/q=ngo/);
        await page.locator('[data-article="poisoning-1"] a[href^="/articles/"]').first().click();
        await page.waitForURL(/\/articles\/poisoning-1/);
        await page.locator('details.correct > summary').click();
        await page.locator('.correct').getByLabel(m.polarity.neutral, { exact: true }).check();
        await page.fill('#correct-reason', 'Bài nêu kết quả xử lý');
        await page.locator('.correct form.act button.primary').click();
        await page.getByText(m.corrections.done).waitFor();
        const [correction] = await fixture.deps.corrections.list({ offset: 0, limit: 1 });
        expect([correction?.by, correction?.says.polarity]).toEqual(['Cán bộ bien-tap', 'neutral']);

        await page.locator('header nav a[href="/briefs"]').click();
        await page.waitForURL(/\/briefs/);
        await page.locator('details summary').first().click();
        await page.fill('#make-from', '2026-03-02T07:00');
        await page.fill('#make-to', '2026-03-02T14:30');
        await page.locator('form:has(#make-from) button').click();
        await page.waitForURL(/\/briefs\/\w/);
        await page.locator('button[value="approve:"]').click();
        await page.waitForURL(/notice=approve/);
        const id = new URL(page.url()).pathname.split('/').at(-1);
        const file = await downloaded(page, 'a[href*=".docx"]');
        const bytes = readFileSync(await file.path());
        const reading = await readDocument(bytes, new AbortController().signal);
        expect(reading.ok).toBe(true);

        const answer = await context.request.get(`${base}/api/v1/briefs/${id}`);
        const brief = (await answer.json()) as PressBrief;
        const { articles, polarity } = brief.model.totals;
        const printed = docxLinks(bytes)
          .filter(({ href }) => new URL(href).pathname === '/articles')
          .slice(0, 4)
          .map(({ text }) => Number(/\d+/.exec(text)?.[0]));
        expect(printed).toEqual([articles, polarity.negative, polarity.neutral, polarity.positive]);
        expect([brief.status, polarity.neutral > 0]).toEqual(['approved', true]);
        await context.close();
      });

      it(`takes an analyst from a token to a file of the same numbers at ${width} px in ${lang}`, async () => {
        await anAccount('phan-tich', 'viewer');
        const { context, page } = await open(width, lang);
        await page.goto(`${base}/account`);
        await signIn(page, 'phan-tich');
        await page.fill('#token-name', 'sổ tay phân tích');
        await page.locator('form[action="/account/tokens"] button').click();
        const token = await page.locator('code', { hasText: 'nyt_' }).textContent();
        const answer = await fetch(`${base}/api/v1/articles?period=30d&polarity=negative&limit=1`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(answer.status).toBe(200);
        const { meta } = (await answer.json()) as { meta: { matched: number } };

        await page.locator('header nav a[href="/trends"]').click();
        await page.locator('.filters a[href*="period=30d"]').click();
        await page.waitForURL(/period=30d/);
        await page.locator('.more-filters > summary').click();
        await page.selectOption('#f-polarity', 'negative');
        await page.locator('.filter-grid button').click();
        await page.waitForURL(/polarity=negative/);
        const csv = readFileSync(await (await downloaded(page, 'a[href*="format=csv"]')).path(), 'utf8');
        const [head = '', ...rows] = csv
          .replace(/^\uFEFF/, '')
          .trim()
          .split(/\r?\n/);
        const at = head.split(',').indexOf('count');
        expect(at).toBeGreaterThan(-1);
        const total = rows.reduce((sum, row) => sum + Number(row.split(',')[at]), 0);
        expect(total).toBe(meta.matched);
        expect(total).toBeGreaterThan(10);
        await context.close();
      });

      it(`takes an officer from the link in an alert to a verdict at ${width} px in ${lang}`, async () => {
        await anAccount('truc', 'officer');
        const { context, page } = await open(width, lang);
        const claim = { incidentId: INCIDENT, officerId: 'truc' };
        await page.goto(`${base}/a/${signAcknowledgement(claim, LINK_KEY, fixture.deps.now())}`);
        await page.locator('form.acknowledge button').click();
        await page.getByText(m.acknowledge.yours('Trực ban A')).waitFor();
        await page.locator('.ways a').click();
        await signIn(page, 'truc');
        expect(new URL(page.url()).pathname).toBe(`/incidents/${INCIDENT}`);
        const faults = await faultsOf(page, 'incident-officer', width, lang);
        await page.locator('details:has(form.hand-over) > summary').click();
        await page.fill('#hand-over-to', 'Phòng Nghiệp vụ Y');
        await page.locator('form.hand-over button').click();
        await page.waitForURL(/notice=hand-over/);
        await page.locator('#verdict-true').check();
        await page.fill('#resolve-note', 'Đã có thông tin chính thức');
        await page.locator('form.resolve button').click();
        await page.waitForURL(/notice=resolve/);
        faults.push(...(await faultsOf(page, 'incident-officer-resolved', width, lang)));
        const incident = await fixture.deps.incidents.find(INCIDENT);
        expect([incident?.status, incident?.verdict, incident?.assignedTo]).toEqual([
          'resolved',
          'true',
          'Phòng Nghiệp vụ Y',
        ]);
        const people = incident?.history
          .filter(({ by }) => by !== 'nhip-yte')
          .map(({ what, by }) => [what, by]);
        expect(people).toEqual([
          ['acknowledged', 'Trực ban A'],
          ['handed-over', 'Cán bộ truc'],
          ['resolved', 'Cán bộ truc'],
        ]);
        expect(faults).toEqual([]);
        await context.close();
      });
    }
  },
);
