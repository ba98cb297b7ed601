import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { openRot } from '../../src/domain/selector-watch.ts';
import { extractArticle } from '../../workers/extract-article.ts';
import type { Deps } from '../../workers/stage.ts';
import { anOutlet, aPage, NOW, openTestDeps } from '../support/deps.ts';
import { anEntry } from '../support/factories.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
const selectors = { title: 'h1.tieu-de', body: 'div.noi-dung' };

let deps: Deps & { close(): Promise<void> };
beforeAll(async () => {
  deps = await openTestDeps({ outlets: new Map([['bao-a', anOutlet({ selectors })]]) });
});
afterAll(() => deps.close());

let written = 0;

/** Has so many pages of a template extracted, one after the other. */
async function extractPages(count: number, bodyClass: string, outlet = deps): Promise<void> {
  for (let page = 0; page < count; page += 1) {
    written += 1;
    const url = `https://bao.example/suc-khoe/tin-${written}.html`;
    const entry = anEntry({ url, firstSeenAt: NOW.toISOString() });
    await deps.entries.add([entry]);
    await deps.pages.save(
      entry.id,
      aPage(
        url,
        `<!doctype html><html lang="vi"><head><meta property="article:published_time" content="2026-03-02T02:${String(written % 50).padStart(2, '0')}:00+07:00"></head>
<body><h1 class="tieu-de">Bệnh viện tỉnh quá tải vì sốt xuất huyết đợt ${written}</h1><div class="${bodyClass}">
<p>Sáng 2/3, khoa Truyền nhiễm của bệnh viện tiếp nhận hơn một trăm ca sốt xuất huyết, gấp đôi tuần trước.</p>
<p>Bác sĩ trưởng khoa cho biết nhiều bệnh nhân phải nằm ghép, hành lang kê thêm hai mươi giường bệnh.</p>
<p>Sở Y tế đề nghị người dân diệt loăng quăng, ngủ màn và đến cơ sở y tế sớm khi sốt cao liên tục.</p></div></body></html>`,
      ),
    );
    await extractArticle.run({ entryId: entry.id }, outlet, context);
    const { text } = (await deps.entries.find(entry.id)) ?? {};
    // Whatever becomes of the selectors, the article is read.
    expect(text?.body).toContain('diệt loăng quăng');
  }
}

const rot = async () => (await deps.outletStates.find('bao-a'))?.rot;

it('opens a notice soon after a template has changed, and closes it once the selectors fit again', {
  timeout: 120_000,
}, async () => {
  await extractPages(60, 'noi-dung');
  const calm = await rot();
  expect(openRot(calm)).toEqual([]);
  // One page in six, by their addresses.
  expect(calm?.checked).toBeGreaterThan(3);
  expect(calm?.checked).toBeLessThan(20);

  await extractPages(40, 'khac');
  const [notice] = openRot(await rot());
  expect(notice).toMatchObject({
    part: 'body',
    lastGood: { verdict: 'same', bySelector: expect.stringContaining('Truyền nhiễm') },
    firstBad: { verdict: 'missing', bySelector: '', generic: expect.stringContaining('Truyền nhiễm') },
  });

  const mended = new Map([['bao-a', anOutlet({ selectors: { ...selectors, body: 'div.khac' } })]]);
  await extractPages(12, 'khac', { ...deps, outlets: mended });
  expect(openRot(await rot())).toEqual([]);
  expect((await rot())?.closed).toMatchObject([{ part: 'body', why: 'selectors-changed' }]);
});

it('learns the clock of the pages on the way', async () => {
  const clock = (await deps.outletStates.find('bao-a'))?.clock;
  expect(clock?.sources.meta?.groups.at(-1)?.count).toBeGreaterThan(50);
  // Printed seven to eight hours before they were seen, but on one day only: nothing is concluded yet.
  expect(clock?.sources.meta?.behindMinutes).toBeUndefined();
});
