import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { type ArticleReading, readArticlePage } from '../../src/reading/article-page.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const NOW = new Date('2026-11-01T00:00:00Z');
const REAL_PAGE = join(import.meta.dirname, '../../../shared/pages/VnExpress.net-Kinh-doanh.html');

function read(html: string, url = 'https://example.org/a', options = {}): ArticleReading {
  return readArticlePage(Buffer.from(html), { url, now: NOW, ...options });
}

function textOf(reading: ArticleReading) {
  if (!reading.ok) throw new Error(`unread: ${reading.reason}`);
  return reading.text;
}

const SENTENCES = [
  'Sở Y tế cho biết đoàn kiểm tra sẽ làm việc với bệnh viện trong hai ngày để làm rõ quy trình cấp cứu.',
  'Gia đình người bệnh đề nghị cung cấp hồ sơ bệnh án và kết luận của hội đồng chuyên môn trước cuối tháng.',
  'Bệnh viện thừa nhận có chậm trễ trong khâu hội chẩn và đã tạm thời điều chuyển kíp trực liên quan.',
];
const ARTICLE = `<h1>Sở Y tế kiểm tra bệnh viện</h1>${SENTENCES.map((text) => `<p>${text}</p>`).join('')}`;

describe('fixture pairs in the manner of Vietnamese templates', () => {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.json'));
  for (const name of names) {
    it(name.replace('.json', ''), () => {
      const expected = JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));
      const html = readFileSync(join(FIXTURES, name.replace('.json', '.html')), 'utf8');
      const text = textOf(read(html, expected.url));
      expect(text.body.split('\n')).toEqual(expected.body);
      expect(text.title).toBe(expected.title);
      expect(text.author).toBe(expected.author);
      expect(text.section).toBe(expected.section);
      expect(text.publishedAt?.at).toBe(expected.publishedAt);
      if (expected.summaryHas) expect(text.summary).toContain(expected.summaryHas);
      if (expected.image) expect(text.image).toBe(expected.image);
    });
  }
});

describe('a real page', () => {
  it.skipIf(!existsSync(REAL_PAGE))('names its author, whom JSON-LD does not (needs ../shared)', () => {
    const text = textOf(
      readArticlePage(readFileSync(REAL_PAGE), { url: 'https://vnexpress.net/a-4672302.html', now: NOW }),
    );
    expect(text.author).toBe('Anh Minh');
    expect(text.publishedAt).toMatchObject({ at: '2023-11-02T12:20:45.000Z', source: 'json-ld' });
    expect(text.language).toBe('vi');
    expect(text.body).not.toContain('Anh Minh');
    expect(text.body.split('\n')).toHaveLength(10);
  });
});

describe('selectors', () => {
  it('win over what the page states, and what they do not find is read generically', () => {
    const html = `<html><head><meta name="author" content="Lan Anh"></head><body><div class="x">${ARTICLE}</div>
      <div class="y"><h2 class="t">Tên do bộ chọn tìm</h2><div class="b"><p>${SENTENCES[2]}</p><p>${SENTENCES[0]}</p></div></div></body></html>`;
    const text = textOf(
      read(html, undefined, { selectors: { title: '.t', body: '.b', author: '.missing' } }),
    );
    expect(text).toMatchObject({
      title: 'Tên do bộ chọn tìm',
      body: `${SENTENCES[2]}\n${SENTENCES[0]}`,
      author: 'Lan Anh',
    });
  });

  it('that are no CSS count as not given', () => {
    const text = textOf(
      read(`<body>${ARTICLE}</body>`, undefined, { selectors: { body: 'div[[', drop: '>>>' } }),
    );
    expect(text.body).toBe(SENTENCES.join('\n'));
  });

  it('take out what is to be dropped before anything is read', () => {
    const html = `<body>${ARTICLE}<p class="promo-line">Một đoạn quảng bá dài được chèn vào cuối bài để bán gói khám sức khỏe.</p></body>`;
    const text = textOf(read(html, undefined, { selectors: { drop: '.promo-line' } }));
    expect(text.body).not.toContain('quảng bá');
  });
});

describe('text', () => {
  it('is NFC whatever the page holds', () => {
    const text = textOf(read(`<html lang="vi"><body>${ARTICLE.normalize('NFD')}</body></html>`));
    expect(text.body).toBe(SENTENCES.join('\n'));
    expect(text.title).toBe('Sở Y tế kiểm tra bệnh viện');
  });

  it('keeps paragraphs apart where only line breaks do', () => {
    const text = textOf(read(`<body><h1>Tin</h1><div>${SENTENCES.join('<br><br>')}</div></body>`));
    expect(text.body.split('\n')).toEqual(SENTENCES);
  });

  it('is whole where an inline end tag stands inside a block that it does not enclose', () => {
    const html = `<body><div class="article-body"><span><div><p>${SENTENCES[0]}</p></span><p>${SENTENCES[1]}</p></div><p>${SENTENCES[2]}</p></div></body>`;
    expect(textOf(read(html)).body.split('\n')).toEqual(SENTENCES);
  });

  it('comes from JSON-LD where the page draws itself with scripts', () => {
    const ld = JSON.stringify({
      '@type': 'NewsArticle',
      headline: 'Tin',
      articleBody: SENTENCES.concat(SENTENCES).join('\n'),
    });
    const html = `<body><script type="application/ld+json">${ld}</script><div id="app"></div></body>`;
    expect(textOf(read(html)).body).toContain(SENTENCES[1]);
  });
});

describe('pages without an article', () => {
  const cases: [string, string, object?][] = [
    ['not-html', '%PDF-1.7 <html>', {}],
    ['not-html', '<html><body></body></html>', { contentType: 'image/png' }],
    ['not-html', '{"a": "<html>"}', {}],
    [
      'error-page',
      '<html><head><title>404 Not Found</title></head><body><p>Không tìm thấy trang bạn yêu cầu.</p></body></html>',
    ],
    [
      'error-page',
      '<html><head><title>Bài viết không tồn tại</title></head><body><h1>Bài viết không tồn tại</h1></body></html>',
    ],
    [
      'video',
      '<html><head><meta property="og:type" content="video.other"><title>Clip</title></head><body><h1>Clip</h1></body></html>',
    ],
    [
      'paywall',
      '<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Tin","isAccessibleForFree":"False"}</script></head><body><h1>Tin</h1></body></html>',
    ],
    [
      'listing',
      `<html><body>${'<li><a href="/x">Một dòng tiêu đề trong danh sách tin</a></li>'.repeat(60)}</body></html>`,
    ],
    ['no-text', '<html><body><h1>Tin</h1><p>Ngắn.</p></body></html>'],
  ];
  for (const [reason, html, options] of cases) {
    it(`${reason}: ${html.slice(0, 40)}`, () =>
      expect(read(html, undefined, options)).toEqual({ ok: false, reason }));
  }

  it('too-large', () => {
    expect(read('x'.repeat(5_000_001))).toEqual({ ok: false, reason: 'too-large' });
  });
});

/** On a machine of its own each takes less than a second; what is quadratic takes many on any. */
const MAX_CPU_MS = 4000;

describe('hostile pages take bounded time', () => {
  const attack = (name: string, html: string): [string, string] => [name, html];
  const attacks = [
    attack('deep nesting', '<div>'.repeat(900_000)),
    attack('deep nesting with text', '<div>a'.repeat(150_000)),
    attack('unclosed formatting', '<b><i><u>'.repeat(100_000) + '</p>'.repeat(100_000)),
    attack('misplaced end tags', '<span><div></span>'.repeat(50_000)),
    attack('few misplaced end tags, much left open', `<span><div></span>${'<b><p>x'.repeat(150_000)}`),
    attack(
      'formatting reopened in every block',
      `<span><div></span>${'<font size=1>'.repeat(100)}${'<p>x</p>'.repeat(30_000)}`,
    ),
    attack('tables in tables', `<span><div></span>${'<table><tr><td>'.repeat(45)}${'x<b>'.repeat(9000)}`),
    attack('tags without end', '<a<p'.repeat(1_000_000)),
    attack('one endless attribute', `<div class="${'related '.repeat(500_000)}">`),
    attack('many classes', '<p class="a1 b2 c3 d4">x</p>'.repeat(100_000)),
    attack('dashes in the title', `<title>${'a - '.repeat(200_000)}</title><p>x</p>`),
    attack('white space', `<p>${' \n\t'.repeat(1_200_000)}x</p>`),
    attack('marks on one letter', `<p>a${'\u0301'.repeat(500_000)}</p>`),
    attack('digits as dates', `<time>${'1/1/1/'.repeat(300_000)}</time>`),
    attack('links', '<a href="/x">một hai ba bốn</a> '.repeat(90_000)),
    attack('paragraphs', `<p>${SENTENCES[0]}</p>`.repeat(15_000)),
    attack('JSON-LD nested', `<script type="application/ld+json">${'['.repeat(200_000)}</script><p>x`),
    attack(
      'JSON-LD of many objects',
      `<script type="application/ld+json">[${'{"@type":"NewsArticle","author":{"@id":"x"}},'.repeat(12_000)}{}]</script>`,
    ),
    attack('many headings', '<h1>Sở Y tế kiểm tra bệnh viện</h1>'.repeat(80_000)),
    attack('bylines', '<span class="author">Nguyễn Văn A, Trần B</span>'.repeat(60_000)),
  ];
  for (const [name, html] of attacks) {
    it(name, () => {
      const before = process.cpuUsage();
      expect(() => read(html.slice(0, 4_900_000))).not.toThrow();
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(MAX_CPU_MS);
    }, 60_000);
  }
});
