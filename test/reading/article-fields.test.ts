import { describe, expect, it } from 'vitest';

import type { ArticleText } from '../../src/domain/page.ts';
import { readArticlePage } from '../../src/reading/article-page.ts';

const SENTENCES = [
  'Sở Y tế cho biết đoàn kiểm tra sẽ làm việc với bệnh viện trong hai ngày để làm rõ quy trình cấp cứu.',
  'Gia đình người bệnh đề nghị cung cấp hồ sơ bệnh án và kết luận của hội đồng chuyên môn trước cuối tháng.',
];
const BODY = SENTENCES.map((text) => `<p>${text}</p>`).join('');

function read(head: string, top = '', bottom = '', url = 'https://bao.example/tin-1.html'): ArticleText {
  const html = `<html><head>${head}</head><body><article><h1>Sở Y tế kiểm tra bệnh viện</h1>${top}${BODY}${bottom}</article></body></html>`;
  const reading = readArticlePage(Buffer.from(html), { url, now: new Date('2026-11-01T00:00:00Z') });
  if (!reading.ok) throw new Error(`unread: ${reading.reason}`);
  return reading.text;
}

const ld = (value: object) =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Sở Y tế kiểm tra bệnh viện', ...value })}</script>`;

describe('tags', () => {
  it('come from the visible list, <meta> and JSON-LD, each once and as printed', () => {
    const head = `<meta property="article:tag" content="Cấp cứu"><meta property="article:tag" content="bệnh án">${ld({ keywords: ['Bệnh án', 'Sở Y tế', 'type:news'] })}`;
    const list =
      '<div class="tags"><span>Từ khóa:</span><a href="/t/1">#Cấp cứu</a> <a href="/t/2">Sở Y tế</a></div>';
    expect(read(head, '', list).tags).toEqual(['Cấp cứu', 'Sở Y tế', 'bệnh án']);
  });

  it('are told from the section, the title and the outlet', () => {
    const head = `<meta property="og:site_name" content="Báo Ví Dụ">${ld({ articleSection: 'Sức khỏe', keywords: 'Sức khỏe, Báo Ví Dụ, Sở Y tế kiểm tra bệnh viện, cấp cứu' })}`;
    expect(read(head)).toMatchObject({ section: 'Sức khỏe', tags: ['cấp cứu'] });
  });

  it('come from the keywords of the page only where there are no others, and only those the article speaks of', () => {
    const keywords = '<meta name="keywords" content="tin tức, đọc báo, bệnh án, tin nóng, cấp cứu">';
    expect(read(keywords).tags).toEqual(['bệnh án', 'cấp cứu']);
    expect(read(`${keywords}${ld({ keywords: 'hội chẩn' })}`).tags).toEqual(['hội chẩn']);
    expect(read('<meta name="keywords" content="tin tức, đọc báo">').tags).toBeUndefined();
  });

  it('are at most thirty of eighty characters', () => {
    const keywords = Array.from({ length: 100 }, (_, index) => `thẻ ${index}`).concat('x'.repeat(81));
    expect(read(ld({ keywords })).tags).toHaveLength(30);
    expect(read(ld({ keywords: ['x'.repeat(81)] })).tags).toBeUndefined();
  });

  it('are not the cloud beside the article', () => {
    const cloud = `<aside>${Array.from({ length: 40 }, (_, index) => `<a rel="tag" href="/t/${index}">Thẻ số ${index}</a>`).join(' ')}</aside>`;
    expect(read('', '', cloud).tags).toBeUndefined();
  });
});

describe('the lead image', () => {
  const og = '<meta property="og:image" content="https://img.example/2023/anh-bia_680x408.jpg?w=1200">';

  it('has the caption of its own figure, cut to another size or loaded lazily', () => {
    const figures =
      '<figure><img src="/khac.jpg"><figcaption>Ảnh khác</figcaption></figure>' +
      '<figure><img src="data:image/gif;base64,R0" data-src="https://img.example/2023/anh-bia.jpg"><figcaption>Đoàn kiểm tra tại khoa cấp cứu. Ảnh: BVCC</figcaption></figure>';
    expect(read(og, figures)).toMatchObject({
      image: 'https://img.example/2023/anh-bia_680x408.jpg?w=1200',
      imageCaption: 'Đoàn kiểm tra tại khoa cấp cứu. Ảnh: BVCC',
    });
  });

  it('has the caption that a table or a class name puts below it', () => {
    const table =
      '<table class="picture"><tr><td class="pic"><img src="/anh-bia-1.jpg"></td></tr><tr><td class="pic-caption caption">Khoa cấp cứu.</td></tr></table>';
    expect(read(og, table).imageCaption).toBe('Khoa cấp cứu.');
  });

  it('is the first captioned picture where none is stated, the largest of its set', () => {
    const figure =
      '<figure><picture><source srcset="/a-400.webp 400w, /a-1200.webp 1200w"><img src="data:,"></picture><figcaption>Khoa cấp cứu.</figcaption></figure>';
    expect(read('', figure)).toMatchObject({
      image: 'https://bao.example/a-1200.webp',
      imageCaption: 'Khoa cấp cứu.',
    });
  });

  it('has JSON-LD’s caption where the page prints none, and none without an image', () => {
    expect(read(ld({ image: { url: '/a.jpg', caption: 'Khoa cấp cứu.' } }))).toMatchObject({
      image: 'https://bao.example/a.jpg',
      imageCaption: 'Khoa cấp cứu.',
    });
    expect(read('').imageCaption).toBeUndefined();
    expect(read('').image).toBeUndefined();
  });
});

describe('the language', () => {
  it('is what the page states, in the tag’s own spelling', () => {
    expect(read('<meta http-equiv="content-language" content="VI_vn">').language).toBe('vi-VN');
    expect(read('<meta property="og:locale" content="en_GB">').language).toBe('en-GB');
  });

  it('is Vietnamese by its letters where the page states none', () => {
    expect(read('').language).toBe('vi');
  });
});

describe('the canonical address', () => {
  it('is not the home page that a template names on every article', () => {
    expect(
      read(
        '<link rel="canonical" href="https://bao.example/"><meta property="og:url" content="https://bao.example/tin-1.html?utm_source=x">',
      ).canonicalUrl,
    ).toBe('https://bao.example/tin-1.html');
    expect(read('<link rel="canonical" href="/">').canonicalUrl).toBe('https://bao.example/tin-1.html');
  });
});
