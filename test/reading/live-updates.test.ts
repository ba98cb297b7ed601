import { describe, expect, it } from 'vitest';

import { readArticlePage } from '../../src/reading/article-page.ts';

const URL_OF_PAGE = 'https://bao.example/truc-tiep-ngo-doc-123.html';

function read(body: string, head = '', now = '2026-03-03T12:00:00Z') {
  const html = `<!doctype html><html lang="vi"><head><title>Trực tiếp: Hàng trăm công nhân nhập viện</title>
    <meta property="article:published_time" content="2026-03-02T20:00:00+07:00">${head}</head>
    <body><main><h1>Trực tiếp: Hàng trăm công nhân nhập viện</h1>${body}</main></body></html>`;
  const reading = readArticlePage(new TextEncoder().encode(html), { url: URL_OF_PAGE, now: new Date(now) });
  if (!reading.ok) throw new Error(reading.reason);
  return reading.text;
}

const said = (n: number) =>
  `Bản tin số ${n}: các bác sĩ của bệnh viện đa khoa tỉnh cho biết đã tiếp nhận thêm ${n} bệnh nhân trong ca trực.`;

const times = (text: ReturnType<typeof read>) => text.updates?.map(({ at }) => at?.at);

describe('live blogs', () => {
  it('reads what is stated as liveBlogUpdate, markup and all', () => {
    const blog = {
      '@context': 'https://schema.org',
      '@type': 'LiveBlogPosting',
      headline: 'Trực tiếp: Hàng trăm công nhân nhập viện',
      liveBlogUpdate: [
        {
          '@type': 'BlogPosting',
          headline: 'Thêm mười ca',
          datePublished: '2026-03-02T21:15:00+07:00',
          articleBody: `<p>${said(10)}</p><p>${said(11)}</p>`,
        },
        { '@type': 'BlogPosting', datePublished: '2026-03-02T20:05:00+07:00', articleBody: said(1) },
        { '@type': 'BlogPosting' },
      ],
    };
    const text = read(
      `<div class="content"><p>${said(90)}</p><p>${said(91)}</p></div>`,
      `<script type="application/ld+json">${JSON.stringify(blog)}</script>`,
    );
    expect(text.updates).toEqual([
      {
        at: expect.objectContaining({
          at: '2026-03-02T14:15:00.000Z',
          source: 'json-ld',
          zoneAssumed: false,
        }),
        title: 'Thêm mười ca',
        text: `${said(10)}\n${said(11)}`,
      },
      { at: expect.objectContaining({ at: '2026-03-02T13:05:00.000Z' }), text: said(1) },
    ]);
    expect(text.body.split('\n')).toEqual([said(90), said(91), 'Thêm mười ca', said(10), said(11), said(1)]);
  });

  it('reads blocks that each hold a time element, newest first', () => {
    const block = (at: string, n: number) =>
      `<div class="live-item"><time datetime="${at}">x</time><h3>Tin ${n}</h3><p>${said(n)}</p></div>`;
    const text = read(
      `<div class="content">${block('2026-03-02T22:00:00+07:00', 3)}${block('2026-03-02T21:00:00+07:00', 2)}${block(
        '2026-03-02T20:00:00+07:00',
        1,
      )}</div>`,
    );
    expect(text.updates?.map(({ title, text: update }) => [title, update])).toEqual([
      ['Tin 3', said(3)],
      ['Tin 2', said(2)],
      ['Tin 1', said(1)],
    ]);
    expect(times(text)).toEqual([
      '2026-03-02T15:00:00.000Z',
      '2026-03-02T14:00:00.000Z',
      '2026-03-02T13:00:00.000Z',
    ]);
    for (const n of [1, 2, 3]) expect(text.body.split(said(n))).toHaveLength(2);
    expect(text.body.indexOf(said(3))).toBeLessThan(text.body.indexOf(said(1)));
  });

  it('gives times of day their days, over midnight, in either order', () => {
    const clocks = ['02h10', '00h45', '23h50', '21h30', '20h05'];
    const block = (clock: string, n: number) => `<li><span>${clock}</span><p>${said(n)}</p></li>`;
    const page = (list: readonly string[]) =>
      `<ul class="timeline">${list.map((c, i) => block(c, i + 1)).join('')}</ul>`;
    const expected = [
      '2026-03-02T19:10:00.000Z',
      '2026-03-02T17:45:00.000Z',
      '2026-03-02T16:50:00.000Z',
      '2026-03-02T14:30:00.000Z',
      '2026-03-02T13:05:00.000Z',
    ];
    expect(times(read(page(clocks)))).toEqual(expected);
    expect(times(read(page([...clocks].reverse())))).toEqual([...expected].reverse());
  });

  it('goes back from the newest where the page was published anew with it', () => {
    const block = (clock: string, n: number) => `<div class="item"><b>${clock}</b><p>${said(n)}</p></div>`;
    // Published at 20:00 on the second: an update of 22:00 cannot be later than the clock says it is now.
    const text = read(
      `<div class="content">${block('19:30', 3)}${block('08:10', 2)}${block('22:00', 1)}</div>`,
      '',
      '2026-03-02T13:30:00Z',
    );
    expect(times(text)).toEqual([
      '2026-03-02T12:30:00.000Z',
      '2026-03-02T01:10:00.000Z',
      '2026-03-01T15:00:00.000Z',
    ]);
  });

  it('reads paragraphs that begin with a time, and gives those between to the one before', () => {
    const text = read(
      `<div class="content"><p>${said(80)}</p>
        <p><strong>20:10</strong> - ${said(1)}</p><p>${said(2)}</p>
        <p><strong>20:40</strong> - ${said(3)}</p><p>${said(4)}</p>
        <p><strong>21:00</strong> - ${said(5)}</p></div>`,
    );
    expect(text.updates?.map(({ text: update }) => update)).toEqual([
      `${said(1)}\n${said(2)}`,
      `${said(3)}\n${said(4)}`,
      said(5),
    ]);
    expect(text.body).toContain(said(80));
    expect(text.body.indexOf(said(2))).toBeLessThan(text.body.indexOf(said(3)));
  });

  it('takes neither an article with one time nor its related articles for one', () => {
    const related = [1, 2, 3, 4].map(
      (n) => `<li><time datetime="2026-03-01">1/3</time><a href="/${n}.html">Tin ${n}</a></li>`,
    );
    const text = read(
      `<div class="content"><p>${said(1)}</p><p>Lúc 14h05, ${said(2)}</p><p>${said(3)}</p></div><ul>${related.join('')}</ul>`,
    );
    expect(text.updates).toBeUndefined();
  });

  it('keeps at most five hundred, within a second', () => {
    const block = (n: number) => `<div class="item"><b>20:05</b><p>${said(n)}</p></div>`;
    const text = read(
      `<div class="content">${Array.from({ length: 900 }, (_, n) => block(n)).join('')}</div>`,
    );
    expect(text.updates).toHaveLength(500);
  });
});
