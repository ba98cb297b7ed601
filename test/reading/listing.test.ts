import { describe, expect, it } from 'vitest';

import { discoverFeeds, readListing } from '../../src/reading/listing.ts';

const URL = 'https://soyte.vidu.gov.vn/tin-tuc';
const PAGE = `<html><head><base href="/"></head><body>
<nav><a href="/gioi-thieu-chung-ve-so-y-te-123456.html">Giới thiệu chung về Sở Y tế tỉnh</a></nav>
<div class="item"><a href="/tiem-vaccine-soi-100234.html"><img src="x.jpg"></a>
  <h3><a href="/tiem-vaccine-soi-100234.html?utm_source=home">Tỉnh bắt đầu tiêm vaccine sởi cho trẻ</a></h3>
  <span class="date">05/10/2026 15:42</span><p class="sapo">Ngành y tế dự kiến tiêm cho toàn bộ trẻ dưới năm tuổi.</p></div>
<div class="item"><h3><a href="tin/kiem-tra-an-toan-thuc-pham-100233.html">Kiểm tra an toàn thực phẩm trước Tết</a></h3></div>
<div class="item"><h3><a href="javascript:void(0)">Không phải bài viết nào cả đâu nhé</a></h3></div>
<a href="/tin-tuc">Tin tức của ngành y tế tỉnh</a> <a href="/lien-he">Liên hệ</a>
<a href="https://quangcao.com/khuyen-mai-lon-nhat-trong-nam-998877.html">Khuyến mãi lớn nhất trong năm nay đây</a>
<div class="footer-links"><a href="/ban-do-duong-di-den-so-777777.html">Bản đồ đường đi đến Sở Y tế</a></div>
</body></html>`;

describe('readListing', () => {
  it('reads the blocks that a selector names', () => {
    expect(readListing(Buffer.from(PAGE), { url: URL, linkSelector: '.item' })).toEqual({
      entries: [
        {
          url: 'https://soyte.vidu.gov.vn/tiem-vaccine-soi-100234.html',
          title: 'Tỉnh bắt đầu tiêm vaccine sởi cho trẻ',
          summary: 'Ngành y tế dự kiến tiêm cho toàn bộ trẻ dưới năm tuổi.',
          publishedAt: {
            at: '2026-10-05T08:42:00.000Z',
            zoneAssumed: true,
            dayOnly: false,
            source: 'visible-text',
          },
        },
        {
          url: 'https://soyte.vidu.gov.vn/tin/kiem-tra-an-toan-thuc-pham-100233.html',
          title: 'Kiểm tra an toàn thực phẩm trước Tết',
          summary: '',
        },
      ],
    });
  });

  it('reads the links that a selector names', () => {
    const { entries } = readListing(Buffer.from(PAGE), { url: URL, linkSelector: 'h3 > a' });
    expect(entries.map(({ title }) => title)).toEqual([
      'Tỉnh bắt đầu tiêm vaccine sởi cho trẻ',
      'Kiểm tra an toàn thực phẩm trước Tết',
    ]);
  });

  it('guesses articles without a selector, and leaves out menu, footer, sections and other sites', () => {
    const { entries } = readListing(Buffer.from(PAGE), { url: URL });
    expect(entries.map(({ url }) => url)).toEqual([
      'https://soyte.vidu.gov.vn/tiem-vaccine-soi-100234.html',
      'https://soyte.vidu.gov.vn/tin/kiem-tra-an-toan-thuc-pham-100233.html',
    ]);
  });

  it.each([
    ['', undefined, 'empty'],
    ['<p>Trang trống</p>', undefined, 'no-links'],
    [PAGE, '.khong-co', 'no-links'],
    [PAGE, 'a[', 'bad-selector'],
  ])('gives a reason for nothing', (html, linkSelector, error) => {
    expect(readListing(Buffer.from(html), { url: URL, linkSelector })).toEqual({ entries: [], error });
  });

  it.each([
    '<a href="/a-123456.html">một hai ba bốn năm</a>',
    '<div><a href=/a-1234>',
    '<li><ul>',
    '<p><b></p><i></b></i>',
  ])('stays quick on %j repeated', (piece) => {
    const bytes = Buffer.from(piece.repeat(30_000));
    const start = process.cpuUsage();
    readListing(bytes, { url: URL });
    readListing(bytes, { url: URL, linkSelector: 'div' });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});

describe('discoverFeeds', () => {
  it('puts what is announced before what is linked before what is customary', () => {
    const html = `<link rel="alternate" type="application/rss+xml" href="/rss/y-te.rss">
      <link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="en" href="/en">
      <a href="/tin/suc-khoe.rss">RSS</a> <a href="https://khac.vn/home.rss">x</a>`;
    const feeds = discoverFeeds(html, 'https://vidu.vn/suc-khoe.htm');
    expect(feeds.slice(0, 3)).toEqual([
      'https://vidu.vn/rss/y-te.rss',
      'https://vidu.vn/tin/suc-khoe.rss',
      'https://vidu.vn/suc-khoe.rss',
    ]);
    expect(feeds).toContain('https://vidu.vn/rss/home.rss');
    expect(feeds).not.toContain('https://khac.vn/home.rss');
    expect(new Set(feeds).size).toBe(feeds.length);
  });
});
