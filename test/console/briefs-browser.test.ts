import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { findChromium } from '../../src/adapters/documents/chromium.ts';
import { createPdfPrinter } from '../../src/adapters/documents/print-pdf.ts';
import { readDocument } from '../../src/adapters/documents/read-document.ts';
import type { Lang } from '../../src/console/messages.ts';
import { docxLinks } from '../support/docx-links.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

const browserPath = findChromium(process.env.CHROMIUM_PATH === '' ? undefined : process.env.CHROMIUM_PATH);
const ARTIFACTS = new URL('../../artifacts/console/', import.meta.url).pathname;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGE_MS = 240_000;

interface AxeWindow {
  axe: { run(root: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
}

describe.skipIf(browserPath === undefined)(
  `press briefs in Chromium${browserPath === undefined ? ' (skipped: no Chromium was found, set CHROMIUM_PATH)' : ''}`,
  { timeout: PAGE_MS },
  () => {
    let fixture: TestConsole;
    let browser: Browser;
    let base: string;

    beforeAll(async () => {
      mkdirSync(ARTIFACTS, { recursive: true });
      fixture = await openTestConsole({
        printPdf: createPdfPrinter(browserPath ?? ''),
      });
      base = await fixture.server.listen({ host: '127.0.0.1', port: 0 });
      browser = await chromium.launch({
        executablePath: browserPath ?? '',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage'],
      });
    }, PAGE_MS);
    beforeEach(async () => {
      await fixture.clear();
      await fixture.seed();
    }, PAGE_MS);
    afterAll(async () => {
      await browser?.close();
      await fixture?.close();
    });

    async function open(width: number, lang: Lang, rest: object = {}): Promise<BrowserContext> {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        acceptDownloads: true,
        ...rest,
      });
      await context.addCookies([{ name: 'nyt_lang', value: lang, url: base }]);
      return context;
    }

    async function make(page: Page): Promise<void> {
      await page.goto(`${base}/briefs`);
      await page.locator('details summary').first().click();
      await page.fill('#make-from', '2026-03-02T07:00');
      await page.fill('#make-to', '2026-03-02T14:30');
      await page.fill('#make-any-by', 'Biên tập A');
      await page.locator('form:has(#make-from) button').click();
      await page.waitForURL(/\/briefs\/\w/);
    }

    async function faultsOf(page: Page): Promise<string[]> {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => (window as unknown as AxeWindow).axe.run(document));
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      return [
        ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ...(overflow > 0 ? [`${overflow} px too wide`] : []),
      ];
    }

    it.each([360, 1440])('shows the report of a month without a fault at %d px', async (width) => {
      const context = await open(width, 'vi');
      const page = await context.newPage();
      await page.goto(`${base}/reports`);
      expect(await faultsOf(page)).toEqual([]);
      await page.fill('#make-by', 'Biên tập A');
      await page.locator('form:has(#make-month) button').click();
      await page.waitForURL(/\/reports\/\d/);
      expect(await faultsOf(page)).toEqual([]);
      await page.screenshot({ path: `${ARTIFACTS}monthly-report-${width}.png`, fullPage: true });
      await context.close();
    });

    it('goes from an empty list to files whose numbers are those of the archive', async () => {
      const context = await open(1440, 'vi');
      const page = await context.newPage();
      await make(page);
      const cards = page.locator('.brief-item');
      const first = await cards.first().getAttribute('id');
      await cards.first().locator('textarea').fill('Đề nghị cung cấp thông tin cho báo chí trong sáng nay.');
      await page.fill('#brief-remarks', 'Báo chí chú ý vụ ngộ độc.');
      // A button beside a story keeps what was typed elsewhere.
      await cards
        .first()
        .getByRole('button', { name: /^Xuống/ })
        .click();
      await page.waitForURL(/notice=down/);
      expect(await page.inputValue('#brief-remarks')).toBe('Báo chí chú ý vụ ngộ độc.');
      expect(await cards.first().getAttribute('id')).not.toBe(first);
      await page.locator(`#${first}`).getByRole('button', { name: /^Lên/ }).click();
      await page.waitForURL(/notice=up/);
      await page
        .locator(`#${first}`)
        .getByRole('button', { name: /^Chọn câu khác/ })
        .click();
      await page.waitForURL(/\/quotation\?/);
      const sentence = page.locator('.brief-sentences .choice').nth(1);
      const quoted = (await sentence.locator('label').textContent()) ?? '';
      await sentence.locator('input').check();
      await page.getByRole('button', { name: 'Dùng câu này' }).click();
      await page.waitForURL(/notice=quote/);
      await page.fill('#brief-number', '12/ĐB-VP');
      await page.getByRole('button', { name: 'Lưu và duyệt' }).click();
      await page.waitForURL(/notice=approve/);

      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Word (DOCX)' }).click(),
      ]);
      const bytes = readFileSync(await download.path());
      const reading = await readDocument(bytes, new AbortController().signal);
      const text = reading.ok ? reading.text : '';
      for (const word of [
        'Số: 12/ĐB-VP',
        'Đề nghị cung cấp thông tin',
        'Báo chí chú ý vụ ngộ độc.',
        quoted,
      ]) {
        expect(text).toContain(word);
      }
      const counting = docxLinks(bytes).filter(({ href }) => new URL(href).pathname === '/articles');
      for (const { text: words, href } of counting.slice(0, 6)) {
        const answer = await fetch(`${base}/api/v1/articles${new URL(href).search}&limit=1`);
        const { meta } = (await answer.json()) as { meta: { matched: number } };
        expect(meta.matched, words).toBe(Number(/\d+/.exec(words)?.[0]));
      }
      const pdf = await context.request.get(`${page.url().split('?')[0]}.pdf`);
      const printed = await readDocument(await pdf.body(), new AbortController().signal);
      expect(printed.ok && printed.text.replace(/\s+/g, '')).toContain('Báochíchúývụngộđộc.');
      await context.close();
    });

    it('works without scripts', async () => {
      const context = await open(360, 'vi', { javaScriptEnabled: false });
      const page = await context.newPage();
      await make(page);
      await page.locator('.brief-item textarea').first().fill('không cần script');
      await page.locator('.brief-item textarea').first().press('Tab');
      await page.fill('#brief-place', 'Tỉnh Mẫu');
      // Enter in a field saves, and does nothing else.
      await page.locator('#brief-place').press('Enter');
      await page.waitForURL(/notice=save/);
      expect(await page.locator('.brief-item textarea').first().inputValue()).toBe('không cần script');
      await context.close();
    });

    it('asks before what was typed is left behind', async () => {
      const context = await open(1440, 'vi');
      const page = await context.newPage();
      await make(page);
      await page.locator('#brief-remarks').pressSequentially('chưa lưu');
      const asked = page.waitForEvent('dialog');
      const leaving = page.goto(`${base}/incidents`).catch(() => {});
      const dialog = await asked;
      expect(dialog.type()).toBe('beforeunload');
      await dialog.dismiss();
      await leaving;
      expect(await page.inputValue('#brief-remarks')).toBe('chưa lưu');
      // What is left behind all the same comes back in its tab, until it has been kept.
      page.once('dialog', (again) => void again.accept());
      await page.reload();
      expect(await page.inputValue('#brief-remarks')).toBe('chưa lưu');
      expect(await page.locator('.brief-form [role="status"]').textContent()).toContain('Đã lấy lại');
      await page.getByRole('button', { name: 'Lưu', exact: true }).last().click();
      await page.waitForURL(/notice=save/);
      await page.goto(page.url().replace(/\?.*/, ''));
      expect(await page.locator('.brief-form [role="status"]').count()).toBe(0);
      await context.close();
    });

    for (const [width, lang, colorScheme] of [
      [360, 'vi', 'light'],
      [1440, 'vi', 'light'],
      [360, 'vi', 'dark'],
      [1440, 'en', 'light'],
    ] as const) {
      it(`has no fault at ${width} px in ${lang}, ${colorScheme}`, async () => {
        const context = await open(width, lang, { colorScheme });
        const page = await context.newPage();
        const faults: string[] = [];
        const look = async (name: string) => {
          faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
          await page.screenshot({
            path: `${ARTIFACTS}${name}-${width}-${lang}-${colorScheme}.png`,
            fullPage: true,
          });
        };
        await page.goto(`${base}/briefs`);
        await look('briefs-none');
        await make(page);
        for (const details of await page.locator('main details').all()) {
          await details.evaluate((element) => {
            (element as HTMLDetailsElement).open = true;
          });
        }
        await look('brief');
        const address = page.url();
        await page
          .locator('.brief-item button', { hasText: lang === 'vi' ? 'Chọn câu khác' : 'Choose another' })
          .first()
          .click();
        await page.waitForURL(/\/quotation/);
        await look('brief-quotation');
        await page.goto(`${address}?check=1`);
        await look('brief-checked');
        await page.fill('#brief-by', 'Biên tập A');
        await page.locator('button[value="approve:"]').click();
        await page.waitForURL(/notice=approve/);
        await look('brief-approved');
        await page.goto(`${base}/briefs`);
        await look('briefs');
        expect(faults).toEqual([]);
        await context.close();
      });
    }
  },
);
