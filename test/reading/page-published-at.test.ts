import { describe, expect, it } from 'vitest';

import type { PublishedAt } from '../../src/domain/published-at.ts';
import { onOutletClock } from '../../src/domain/published-at.ts';
import { readTitle } from '../../src/reading/article-title.ts';
import { readModifiedAt } from '../../src/reading/modified-at.ts';
import { readPageMetadata } from '../../src/reading/page-metadata.ts';
import { readPublishedAt } from '../../src/reading/page-published-at.ts';
import { parseHtml } from '../../src/reading/parse-html.ts';

const NOW = new Date('2026-11-01T00:00:00Z');
const URL = 'https://bao.example/tin-1.html';

function timesOf(
  html: string,
  url = URL,
): { published?: PublishedAt | undefined; modified?: PublishedAt | undefined } {
  const { root } = parseHtml(html);
  const metadata = readPageMetadata(root, url);
  const published = readPublishedAt(root, metadata, { url, title: readTitle(metadata), now: NOW });
  return { published, modified: readModifiedAt(root, metadata, published, { url, now: NOW }) };
}

function dayOf(html: string, url = URL): string | undefined {
  const { published } = timesOf(html, url);
  return published === undefined ? undefined : onOutletClock(published).slice(0, 10);
}

const ld = (value: object) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
const article = (value: object) => ld({ '@type': 'NewsArticle', headline: 'Tin', ...value });
const TITLE =
  '<meta property="og:title" content="Một tiêu đề đủ dài của bài"><h1>Một tiêu đề đủ dài của bài</h1>';

describe('the day of publication', () => {
  const cases: [string, string, string | undefined, string?][] = [
    ['is JSON-LD’s', article({ datePublished: '2023-11-02T19:20:45+07:00' }), '2023-11-02'],
    [
      'is that of the article whose address is the page’s, not of one that it links',
      ld([
        {
          '@type': 'NewsArticle',
          headline: 'Khác',
          url: 'https://bao.example/khac',
          datePublished: '2020-01-01',
        },
        {
          '@type': 'NewsArticle',
          headline: 'Tin',
          mainEntityOfPage: { '@id': URL },
          datePublished: '2023-11-02',
        },
      ]),
      '2023-11-02',
    ],
    [
      'is the page’s own where JSON-LD has no article, and no comment’s',
      ld([
        { '@type': 'Comment', datePublished: '2020-01-01' },
        { '@type': 'WebPage', datePublished: '2023-11-02' },
      ]),
      '2023-11-02',
    ],
    [
      'is read out of JSON-LD that is broken',
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ông "A" nói","datePublished":"2023-11-02",}</script>',
      '2023-11-02',
    ],
    ['is in <meta> under many names', '<meta name="publish-date" content="2023-11-02 08:00">', '2023-11-02'],
    [
      'is not today’s date in the masthead',
      `<div class="current-date">1/11/2026</div>${TITLE}<div class="meta">2/11/2023, 08:00</div>`,
      '2023-11-02',
    ],
    [
      'is that of the time nearest to the title',
      `<time datetime="2023-11-02 12:22"></time>${TITLE}${'<p>Đoạn.</p>'.repeat(9)}<time datetime="2022-08-10 11:05"></time>`,
      '2023-11-02',
    ],
    ['is no reader’s', `${TITLE}<div class="comments"><time datetime="2023-11-05"></time></div>`, undefined],
    ['is in the address', TITLE, '2023-11-02', 'https://bao.example/2023/11/02/tin'],
    [
      'is in the data that scripts draw the page from',
      `${TITLE}<script type="application/json">{"x":{"publishedDate":"2023-11-02T20:37:27Z"}}</script>`,
      '2023-11-02',
    ],
    [
      'is printed right below the title',
      `${TITLE}<div><span class="blue">02.11.2023</span> Chuyên mục: Y tế</div><p>Hội nghị ngày 13/9/2022 đã bàn về việc này, theo thông báo của đơn vị tổ chức gửi các cơ quan báo chí.</p>`,
      '2023-11-02',
    ],
    [
      'is printed behind a word that says so',
      `${TITLE}${'<p>Đoạn văn dài không có số nào ở trong đó cả.</p>'.repeat(20)}<p>Erschienen am: 02.11.2023</p><p>Die nächste Ausgabe erscheint am 6. November 2023.</p>`,
      '2023-11-02',
    ],
    [
      'is not that of a copyright',
      `${TITLE}<p>Nội dung bài viết.</p><footer>© 2/11/2023 Báo Ví Dụ</footer>`,
      undefined,
    ],
    [
      'is the day of a change for want of better',
      `${TITLE}<meta name="last-modified" content="2023-11-02">`,
      '2023-11-02',
    ],
    [
      'is the American one on an American page',
      '<html lang="en-US"><meta name="date" content="11/02/2023 9:25:00 AM">',
      '2023-11-02',
    ],
    [
      'is the other one where the first reading lies ahead',
      '<meta name="date" content="02/11/2026">',
      '2026-02-11',
    ],
    [
      'is the one that the page states elsewhere beyond doubt',
      '<html lang="de"><meta name="date" content="11/02/2023 12:43:42"><p>Erstellt am: 02.11.2023</p>',
      '2023-11-02',
    ],
    [
      'is read with afternoon hours on a page that is not English',
      '<html lang="es"><meta name="date" content="02/11/2023 05:22 pm">',
      '2023-11-02',
    ],
  ];
  for (const [claim, html, day, url] of cases) it(claim, () => expect(dayOf(html, url)).toBe(day));

  it('comes with the time of day printed beside it', () => {
    expect(timesOf(`${TITLE}<div>Thứ năm, 2/11/2023, 19:20 (GMT+7)</div>`).published).toMatchObject({
      at: '2023-11-02T12:20:00.000Z',
      source: 'visible-text',
      dayOnly: false,
    });
  });

  it('is not looked for without end', () => {
    expect(dayOf(`${TITLE}${'<div>1/1/2020 '.repeat(20_000)}`)).toBe('2020-01-01');
    expect(dayOf(`${TITLE}${'<time datetime="x">'.repeat(20_000)}`)).toBeUndefined();
  });
});

describe('the outlet’s own clock', () => {
  it('is the zone that its other times carry, where one is stated in UTC', () => {
    const html = `${article({ datePublished: '2023-11-02T20:00:00Z' })}<meta property="article:modified_time" content="2023-11-03T05:00:00+07:00">`;
    expect(timesOf(html).published).toMatchObject({ at: '2023-11-02T20:00:00.000Z', offsetMinutes: 420 });
    expect(dayOf(html)).toBe('2023-11-03');
  });

  it('is what the day in the address asks for, either way', () => {
    const html = article({ datePublished: '2020-02-25T02:25:54Z' });
    expect(dayOf(html, 'https://bao.example/2020/02/24/tin')).toBe('2020-02-24');
    expect(
      dayOf(article({ datePublished: '2020-02-24T17:25:54Z' }), 'https://bao.example/2020/02/25/tin'),
    ).toBe('2020-02-25');
  });

  it('is left alone where the address is of quite another day or nothing tells', () => {
    const html = article({ datePublished: '2020-02-25T02:25:54Z' });
    expect(timesOf(html, 'https://bao.example/2019/01/01/tin').published?.offsetMinutes).toBe(0);
    expect(timesOf(html).published?.offsetMinutes).toBe(0);
  });
});

describe('the time of change', () => {
  it('is given where it is later than publication', () => {
    const { modified } = timesOf(
      article({ datePublished: '2023-11-02T08:00:00+07:00', dateModified: '2023-11-02T09:30:00+07:00' }),
    );
    expect(modified).toMatchObject({ at: '2023-11-02T02:30:00.000Z', source: 'json-ld', offsetMinutes: 420 });
  });

  it('is absent where it is the same, earlier, or ahead of the clock', () => {
    const published = { datePublished: '2023-11-02T08:00:00+07:00' };
    for (const dateModified of [
      '2023-11-02T08:00:00+07:00',
      '2023-11-01T08:00:00+07:00',
      '2027-01-01T08:00:00+07:00',
      '',
    ])
      expect(timesOf(article({ ...published, dateModified })).modified).toBeUndefined();
  });

  it('is found in <meta> and in the page', () => {
    const published = '<meta property="article:published_time" content="2023-11-02T08:00:00+07:00">';
    expect(
      timesOf(`${published}<meta property="og:updated_time" content="2023-11-03T08:00:00+07:00">`).modified
        ?.at,
    ).toBe('2023-11-03T01:00:00.000Z');
    expect(
      timesOf(`${published}<time class="updated" datetime="2023-11-03T08:00:00+07:00">`).modified?.at,
    ).toBe('2023-11-03T01:00:00.000Z');
  });
});
