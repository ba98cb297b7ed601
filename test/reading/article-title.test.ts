import { describe, expect, it } from 'vitest';

import { readTitle } from '../../src/reading/article-title.ts';
import { readPageMetadata } from '../../src/reading/page-metadata.ts';
import { parseHtml } from '../../src/reading/parse-html.ts';

function titleOf(html: string): string {
  return readTitle(readPageMetadata(parseHtml(html).root));
}

const og = (title: string, site = '') =>
  `<meta property="og:title" content="${title}">${site === '' ? '' : `<meta property="og:site_name" content="${site}">`}`;

describe('the title of an article', () => {
  const cases: [string, string, string][] = [
    [
      'is the heading, not the shortened title that is made for search engines',
      `${og('Bệnh viện huyện thiếu thuốc')}<h1>Bệnh viện huyện thiếu thuốc suốt ba tháng liền</h1>`,
      'Bệnh viện huyện thiếu thuốc suốt ba tháng liền',
    ],
    [
      'is not the heading that leads to the home page',
      `<title>Sốt xuất huyết tăng nhanh - Báo Ví Dụ</title><h1><a href="/">Báo Ví Dụ</a></h1><h2>Sốt xuất huyết tăng nhanh</h2>`,
      'Sốt xuất huyết tăng nhanh',
    ],
    [
      'is cut out of <title> where the outlet’s name stands before it, as its heading tells',
      `<title>Báo Ví Dụ » Tiêm chủng mở rộng trở lại</title><h1><a href="https://vidu.example/">Báo Ví Dụ</a></h1>`,
      'Tiêm chủng mở rộng trở lại',
    ],
    [
      'is the heading without the line above it that the template names',
      `${og('Dịch tễ: Ca bệnh đầu tiên được xác nhận')}<h1><span class="article-kicker">Dịch tễ học</span> Ca bệnh đầu tiên được xác nhận ở tỉnh</h1>`,
      'Ca bệnh đầu tiên được xác nhận ở tỉnh',
    ],
    [
      'is the part of the heading that the page states as its title',
      `${og('Fish cakes, hot and fresh')}<h1>Fish cakes, hot and fresh <small>Welcome to the north</small></h1>`,
      'Fish cakes, hot and fresh',
    ],
    [
      'keeps the line above it where the page states it as part of the title',
      `${og('Musik: Stars fordern neues Modell')}<h1><span class="kicker">Musik:</span> Stars fordern neues Modell</h1>`,
      'Musik: Stars fordern neues Modell',
    ],
    [
      'loses the outlet’s name that OpenGraph carries behind a dash, where the page names it',
      og('Faire Lieferketten – Jugendwerk', 'Jugendwerk'),
      'Faire Lieferketten',
    ],
    [
      'loses what stands behind a bar even where no name is stated',
      og('Tote Hummeln unter den Linden | Hummelblatt'),
      'Tote Hummeln unter den Linden',
    ],
    ['keeps a dash of its own', og('Energiewende – ein Jahr danach'), 'Energiewende – ein Jahr danach'],
    [
      'of a Chinese page loses the outlet’s name, which no space sets apart',
      '<title>武汉的声音有英勇的你才有英雄的城！-示例网</title>',
      '武汉的声音有英勇的你才有英雄的城！',
    ],
    [
      'is the one main heading where <title> is the outlet’s own on every page',
      '<title>Ausflugstipps am Fluss</title><h1>Das Westviertel</h1>',
      'Das Westviertel',
    ],
    ['is empty where there is none', '<p>Không có tiêu đề.</p>', ''],
  ];
  for (const [claim, html, title] of cases) it(claim, () => expect(titleOf(html)).toBe(title));

  it('is read in time from a title made of separators', () => {
    expect(
      titleOf(`<title>${'a - '.repeat(50_000)}</title><h1>${'| '.repeat(50_000)}</h1>`).length,
    ).toBeLessThan(1001);
  });
});
