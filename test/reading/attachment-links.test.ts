import { describe, expect, it } from 'vitest';

import { readArticlePage } from '../../src/reading/article-page.ts';

const URL_OF_PAGE = 'https://soyte.tinh.gov.vn/van-ban/huong-dan-phong-chong-dich';

function attachments(inside: string, outside = '') {
  const html = `<!doctype html><html lang="vi"><head><title>Hướng dẫn phòng chống dịch</title></head><body>
    <nav><a href="/quy-che.pdf">Văn bản quy chế</a></nav>
    <article><h1>Hướng dẫn phòng chống dịch</h1>
    <p>Sở Y tế ban hành hướng dẫn giám sát và phòng chống bệnh sốt xuất huyết tại các trạm y tế trên địa bàn tỉnh.</p>
    <p>Các đơn vị thực hiện chế độ báo cáo hằng ngày và phân công cán bộ thường trực trong cả các ngày nghỉ lễ.</p>
    ${inside}</article>${outside}<footer><a href="/gioi-thieu.pdf">Tải về tài liệu</a></footer></body></html>`;
  const reading = readArticlePage(new TextEncoder().encode(html), { url: URL_OF_PAGE });
  if (!reading.ok) throw new Error(reading.reason);
  return reading.text.attachments;
}

describe('files that a page offers as its own', () => {
  it('are those linked inside the article, each once, by what the page calls them', () => {
    expect(
      attachments(`<p><a href="/files/HD-12.pdf#page=2">Hướng dẫn số 12/HD-SYT</a>, <a href="/files/HD-12.pdf">tải về</a></p>
        <p><a href="/files/Phu%20luc%201.docx">Tải về</a> <a href="/files/cu.doc">Mẫu cũ</a></p>`),
    ).toEqual([
      { url: 'https://soyte.tinh.gov.vn/files/HD-12.pdf', title: 'Hướng dẫn số 12/HD-SYT', kind: 'pdf' },
      { url: 'https://soyte.tinh.gov.vn/files/Phu%20luc%201.docx', title: 'Phu luc 1.docx', kind: 'docx' },
      {
        url: 'https://soyte.tinh.gov.vn/files/cu.doc',
        title: 'Mẫu cũ',
        kind: 'docx',
        unreadReason: 'unsupported',
      },
    ]);
  });

  it('are those beside the article that are called so, or stand among such', () => {
    const found = attachments(
      '',
      `<div class="attach-files"><a href="/a.pdf">a</a></div><div><a href="/tai?file=b.docx">Tải file đính kèm</a></div>`,
    );
    expect(found?.map(({ url, title }) => [new URL(url).pathname, title])).toEqual([
      ['/a.pdf', 'a'],
      ['/tai', 'Tải file đính kèm'],
    ]);
  });

  it('are on the page’s own domain or a government’s', () => {
    const found = attachments(`<a href="https://moh.gov.vn/thong-tu.pdf">Thông tư</a>
      <a href="https://cdn.tinh.gov.vn/x.pdf">Phụ lục</a><a href="https://quangcao.example/bang-gia.pdf">Văn bản</a>`);
    expect(found?.map(({ url }) => new URL(url).host)).toEqual(['moh.gov.vn', 'cdn.tinh.gov.vn']);
  });

  it('are not what menus, footers and sidebars offer, nor other links', () => {
    expect(
      attachments(
        '<p><a href="/bai-viet-ve-pdf.html">Bài</a> <a href="mailto:a@b.pdf">thư</a> <a href="http://[.pdf">x</a></p>',
        '<div class="sidebar"><a href="/bieu-mau.pdf">Tải về</a></div><a href="/khong-ro.pdf">Khác</a>',
      ),
    ).toBeUndefined();
  });

  it('are ten at most', () => {
    const links = Array.from({ length: 30 }, (_, n) => `<a href="/${n}.pdf">Phụ lục ${n}</a>`).join(' ');
    expect(attachments(links)).toHaveLength(10);
  });
});
