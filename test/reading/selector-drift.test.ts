import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Selectors } from '../../src/domain/outlet.ts';
import { parseOutlets } from '../../src/outlets-file.ts';
import { readArticlePage } from '../../src/reading/article-page.ts';
import { compareReadings } from '../../src/reading/selector-drift.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SELECTORS: Selectors = {
  title: 'h1.tieu-de',
  summary: 'p.sapo',
  body: 'div.noi-dung',
  author: '.tac-gia',
  publishedAt: '.ngay-dang',
};

/** A page as an outlet's template makes it; class names are the template's to change. */
function pageOf(classes: Readonly<Record<string, string>> = {}): string {
  const name = (own: string) => classes[own] ?? own;
  return `<!doctype html><html lang="vi"><head><title>Bệnh viện tỉnh quá tải vì sốt xuất huyết - Báo A</title>
<meta property="og:title" content="Bệnh viện tỉnh quá tải vì sốt xuất huyết">
<meta property="og:description" content="Nhiều khoa phải kê thêm giường ở hành lang trong hai tuần qua.">
<meta property="article:published_time" content="2026-03-02T08:10:00+07:00"><meta name="author" content="Lê Thị Mẫu"></head>
<body><h1 class="${name('tieu-de')}">Bệnh viện tỉnh quá tải vì sốt xuất huyết</h1>
<p class="${name('sapo')}">Nhiều khoa phải kê thêm giường ở hành lang trong hai tuần qua.</p>
<span class="${name('ngay-dang')}">Thứ hai, 2/3/2026, 08:10 (GMT+7)</span>
<div class="${name('noi-dung')}">
<p>Sáng 2/3, khoa Truyền nhiễm của bệnh viện tiếp nhận hơn một trăm ca sốt xuất huyết, gấp đôi tuần trước.</p>
<p>Bác sĩ trưởng khoa cho biết nhiều bệnh nhân phải nằm ghép, hành lang kê thêm hai mươi giường bệnh.</p>
<p>Sở Y tế đề nghị người dân diệt loăng quăng, ngủ màn và đến cơ sở y tế sớm khi sốt cao liên tục.</p>
<p>Trong tuần tới, bệnh viện sẽ điều thêm hai kíp trực từ các khoa khác để giảm thời gian chờ của người bệnh.</p></div>
<p class="${name('tac-gia')}">Lê Thị Mẫu</p>
<div class="goi-y"><p>Mời bạn đón đọc các tin khác trong chuyên mục sức khỏe của báo chúng tôi vào mỗi sáng.</p></div></body></html>`;
}

const URL = 'https://bao.example/suc-khoe/qua-tai-1001.html';
const now = new Date('2026-03-02T03:00:00.000Z');

function verdicts(html: string, selectors = SELECTORS): Record<string, string> {
  const bytes = new TextEncoder().encode(html);
  const bySelectors = readArticlePage(bytes, { url: URL, now, selectors });
  const parts = compareReadings(bySelectors, readArticlePage(bytes, { url: URL, now }), selectors);
  return Object.fromEntries(Object.entries(parts).map(([part, { verdict }]) => [part, verdict]));
}

describe('a template and its selectors', () => {
  it('agree while the template is the one they were written for', () => {
    expect(verdicts(pageOf())).toEqual({
      title: 'same',
      summary: 'same',
      body: 'same',
      author: 'same',
      publishedAt: 'same',
    });
  });

  it('disagree on exactly the part whose class the outlet has changed', () => {
    for (const [part, own] of [
      ['title', 'tieu-de'],
      ['summary', 'sapo'],
      ['body', 'noi-dung'],
      ['author', 'tac-gia'],
      ['publishedAt', 'ngay-dang'],
    ] as const) {
      const found = verdicts(pageOf({ [own]: 'moi' }));
      expect([part, found[part]]).toEqual([part, 'missing']);
      expect(Object.values(found).filter((verdict) => verdict === 'missing')).toHaveLength(1);
    }
  });

  it('sees that a selector now finds something else', () => {
    expect(verdicts(pageOf(), { ...SELECTORS, title: 'p.sapo' })).toMatchObject({
      title: 'different',
      summary: 'same',
    });
    const menu =
      'Đọc thêm các chuyên mục khác của báo chúng tôi trong ngày hôm nay, gồm thời sự, kinh doanh. '.repeat(
        8,
      );
    const html = pageOf().replace('<div class="goi-y"><p>', `<div class="goi-y"><p>${menu}</p><p>`);
    expect(verdicts(html, { body: 'div.goi-y' }).body).toBe('different');
  });

  it('compares only parts that have a selector, and counts a time that cannot be read as not found', () => {
    expect(verdicts(pageOf(), { title: 'h1' })).toEqual({ title: 'same' });
    expect(verdicts(pageOf(), { publishedAt: 'h1' })).toEqual({ publishedAt: 'missing' });
  });

  it('takes an article that only generic reading finds for a body that the selector misses', () => {
    const html = pageOf().replace('<body>', '<body><div class="rong"><p></p></div>');
    expect(verdicts(html, { body: 'div.rong' }).body).toBe('missing');
    expect(verdicts('<html><body>Bảo trì</body></html>')).toEqual({});
  });

  it('cuts what it shows', () => {
    const bytes = new TextEncoder().encode(pageOf());
    const reading = readArticlePage(bytes, { url: URL, now, selectors: SELECTORS });
    const { body } = compareReadings(reading, reading, SELECTORS);
    expect(body?.generic.length).toBeLessThanOrEqual(281);
  });
});

const REAL = resolve(ROOT, '../shared/pages/VnExpress.net-Kinh-doanh.html');

describe.skipIf(!existsSync(REAL))('a real VnExpress page (skipped without ../shared/pages)', () => {
  const html = existsSync(REAL) ? readFileSync(REAL, 'utf8') : '';
  const outlets = parseOutlets(readFileSync(resolve(ROOT, 'config/outlets.yaml'), 'utf8'), 'outlets.yaml');
  const selectors = outlets.find(({ id }) => id === 'vnexpress')?.selectors ?? {};

  it('is read alike by the shipped selectors and without them', () => {
    expect(verdicts(html, selectors)).toEqual({
      title: 'same',
      summary: 'same',
      body: 'same',
      author: 'same',
      publishedAt: 'same',
    });
  });

  it('shows every part missing once its class names have been changed', () => {
    const changed = html
      .replaceAll('fck_detail', 'than-bai')
      .replaceAll('title-detail', 'tua-de')
      .replaceAll('class="description"', 'class="mo-ta"')
      .replaceAll('class="date"', 'class="thoi-gian"')
      .replaceAll('author_mail', 'nguoi-viet');
    expect(new Set(Object.values(verdicts(changed, selectors)))).toEqual(new Set(['missing']));
  });
});
