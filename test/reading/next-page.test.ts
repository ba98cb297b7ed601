import { describe, expect, it } from 'vitest';

import { readArticlePage } from '../../src/reading/article-page.ts';
import { joinPages } from '../../src/reading/joined-pages.ts';

const FIRST = 'https://bao.example/suc-khoe/ngo-doc-tai-truong-hoc-123.html';
const TEXT = `<p>Sáng 2/3, khoa Cấp cứu của bệnh viện tiếp nhận hơn một trăm học sinh có biểu hiện ngộ độc thực phẩm.</p>
  <p>Bác sĩ trưởng khoa cho biết phần lớn các em đã ổn định, hai em còn phải theo dõi sát vì mất nước nặng.</p>`;

function nextUrl(links: string, options: { url?: string; number?: number; head?: string } = {}) {
  const { url = FIRST, number = 1, head = '' } = options;
  const html = `<!doctype html><html lang="vi"><head><title>Ngộ độc tại trường học</title>${head}</head><body>
    <article><h1>Ngộ độc tại trường học</h1>${TEXT}${links}</article></body></html>`;
  const continues = number === 1 ? {} : { continues: { firstUrl: FIRST, number } };
  const reading = readArticlePage(new TextEncoder().encode(html), { url, ...continues });
  if (!reading.ok) throw new Error(reading.reason);
  return reading.nextUrl;
}

describe('where an article goes on', () => {
  it.each([
    ['a parameter and a number', '<div class="pagination"><a href="?page=2">2</a></div>', `${FIRST}?page=2`],
    [
      'a suffix and its words',
      '<a href="/suc-khoe/ngo-doc-tai-truong-hoc-123-p2.html">Trang sau</a>',
      undefined,
    ],
    ['a path', '<a href="/suc-khoe/ngo-doc-tai-truong-hoc-123/2">Trang 2</a>', undefined],
    [
      'a path of words',
      '<a href="/suc-khoe/ngo-doc-tai-truong-hoc-123/trang-2.html">Trang tiếp »</a>',
      undefined,
    ],
    [
      'rel alone',
      '<a rel="next" href="/suc-khoe/ngo-doc-tai-truong-hoc-123/page/2/"><img alt=""></a>',
      undefined,
    ],
    ['a label', '<a aria-label="Trang sau" href="?trang=2"><svg></svg></a>', `${FIRST}?trang=2`],
  ])('is read from %s', (_name, link, expected) => {
    const href = /href="([^"]+)"/.exec(link)?.[1] ?? '';
    expect(nextUrl(link)).toBe(expected ?? new URL(href, FIRST).href);
  });

  it('is read from the head', () => {
    expect(nextUrl('', { head: '<link rel="next" href="?page=2">' })).toBe(`${FIRST}?page=2`);
  });

  it('is the next page from any page, never one before or the same', () => {
    const links = [1, 2, 3, 4]
      .map((n) => `<a href="${n === 1 ? FIRST : `${FIRST}?page=${n}`}">${n}</a>`)
      .join(' ');
    expect(nextUrl(links, { url: `${FIRST}?page=2`, number: 2 })).toBe(`${FIRST}?page=3`);
    expect(nextUrl(links, { url: `${FIRST}?page=4`, number: 4 })).toBeUndefined();
  });

  it('is one page with all of it where the article offers that', () => {
    const links = '<a href="?page=2">2</a> <a href="?view=all">Xem toàn bộ trên một trang</a>';
    expect(nextUrl(links)).toBe(`${FIRST}?view=all`);
  });

  it.each([
    ['the next article', '<a rel="next" href="/suc-khoe/bai-tiep-theo-124.html">Bài tiếp theo</a>'],
    [
      'an article with a like name',
      '<a href="/suc-khoe/ngo-doc-tai-truong-hoc-123-2.html">Ngộ độc: lời kể của cha mẹ</a>',
    ],
    ['more comments', '<div class="comments"><a href="?page=2">Trang sau</a></div>'],
    ['comments by fragment', '<a href="?page=2#comments">2</a>'],
    ['a list of other articles', '<div class="tin-khac"><a href="?page=2">2</a></div>'],
    ['a listing', '<a href="/suc-khoe?page=2">Trang 2</a>'],
    ['another host', '<a href="https://khac.example/suc-khoe/ngo-doc-tai-truong-hoc-123.html?page=2">2</a>'],
    ['a page that is skipped', '<a href="?page=3">3</a>'],
    ['a script', '<a href="javascript:next(2)">2</a>'],
    ['some other parameter', '<a href="?font=2">2</a>'],
  ])('is not %s', (_name, link) => {
    expect(nextUrl(link)).toBeUndefined();
  });

  it('is not the next page of a section whose address is the start of an article’s', () => {
    expect(nextUrl('<a href="/suc-khoe/ngo-doc-tai-truong-hoc-123/khac/2">2</a>')).toBeUndefined();
  });
});

describe('the pages of an article joined', () => {
  const line = (n: number) =>
    `Đoạn thứ ${n} kể tiếp câu chuyện ở bệnh viện với đủ chữ để không lẫn với đoạn khác.`;
  const page = (...lines: string[]) => ({ title: 'Tiêu đề', summary: line(0), body: lines.join('\n') });

  it('say each paragraph once, in order, short ones as often as they are said', () => {
    const joined = joinPages(page(line(1), 'Có.', line(2)), [
      page(line(0), line(2), line(3), 'Có.', line(4)),
      page(line(4), line(5)),
    ]);
    expect(joined.body.split('\n')).toEqual([line(1), 'Có.', line(2), line(3), 'Có.', line(4), line(5)]);
    expect(joined.title).toBe('Tiêu đề');
  });

  it('are the page that shows all, where there is one', () => {
    const all = page(line(1), 'Có.', line(2), 'Có.', line(3));
    expect(joinPages(page(line(1), 'Có.', line(2)), [all]).body).toBe(all.body);
  });

  it('are the first alone where the others say nothing new', () => {
    expect(joinPages(page(line(1)), [page(line(1)), page('')]).body).toBe(line(1));
  });
});
