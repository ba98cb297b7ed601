import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { readArticlePage } from '../../src/reading/article-page.ts';

const REAL_PAGES = join(import.meta.dirname, '../../../shared/pages');
const SENTENCE =
  'Sở Y tế cho biết các bệnh nhân đã được chuyển đến bệnh viện đa khoa tỉnh và sức khỏe đều đã ổn định sau một ngày điều trị. ';
const HEADLINES = [
  'Bệnh viện tỉnh mổ thành công ca ghép thận đầu tiên',
  'Thêm mười hai ca sốt xuất huyết trong một ngày',
  'Sở Y tế kiểm tra bếp ăn của ba trường học',
  'Giá vắc xin dại tăng, trạm y tế xã thiếu thuốc',
];

interface Page {
  readonly title?: string;
  readonly head?: string;
  readonly body: string;
  readonly url?: string;
}

function kindOf({ title = '', head = '', body, url = 'https://bao.vn/tin-so-12345.html' }: Page) {
  const html = `<!doctype html><html lang="vi"><head><title>${title}</title>${head}</head><body>${body}</body></html>`;
  const reading = readArticlePage(Buffer.from(html), { url });
  return reading.ok ? 'article' : reading.reason;
}

function article(title: string, sentences = 2): Page {
  return {
    title: `${title} - Báo Ví dụ`,
    body: `<article><h1>${title}</h1><p>${SENTENCE.repeat(sentences)}</p></article>`,
  };
}

function headlines(times: number): string {
  return HEADLINES.concat(HEADLINES, HEADLINES)
    .slice(0, times)
    .map(
      (line, at) =>
        `<div class="item"><h3><a href="/tin-${at}123.html">${line}</a></h3><p>${SENTENCE}</p></div>`,
    )
    .join('');
}

const JSON_LD = (facts: object) => `<script type="application/ld+json">${JSON.stringify(facts)}</script>`;

describe('an error page dressed as 200', () => {
  it.each([
    'Không tìm thấy trang',
    'Trang bạn yêu cầu không tồn tại',
    'Rất tiếc, bài viết này đã bị xóa',
    'Bài viết bạn tìm không tồn tại hoặc đã bị gỡ',
    'Rất tiếc, đã có lỗi xảy ra',
    'Lỗi hệ thống',
    'Lỗi 404',
    '404 - Báo Ví dụ',
    '404',
    'Error 503: Service Unavailable',
    'Website đang bảo trì',
    'Page not found | The Example',
    'Access denied',
  ])('%s', (title) => {
    const advice =
      '<p>Quý độc giả có thể trở về trang chủ hoặc dùng ô tìm kiếm ở đầu trang để tìm bài viết khác.</p>';
    expect(kindOf({ title, body: `<h1>${title}</h1>${advice}${advice}` })).toBe('error-page');
    expect(kindOf({ title: 'Báo Ví dụ', body: `<h1>${title}</h1>${advice}` })).toBe('error-page');
  });

  it.each([
    '500 ca mắc sởi tại Hà Nội trong một tuần',
    '404 người nhập viện sau bữa tiệc cưới',
    'Lỗi y khoa khiến bệnh nhân cắt nhầm thận',
    'Không tìm thấy vi rút Nipah ở Việt Nam',
    'Trang thiết bị y tế không tồn tại trên giấy tờ',
    'Đăng nhập hệ thống y tế bằng căn cước từ tháng 7',
    'Bạn có phải xét nghiệm lại không',
    'Forbidden drugs found at a clinic',
  ])('is not taken for one: %s', (title) => {
    expect(kindOf(article(title, 3))).toBe('article');
  });
});

describe('walls', () => {
  it('of those who take us for a robot', () => {
    expect(
      kindOf({
        title: 'Just a moment...',
        body: `<h1>bao.vn</h1><p>Verifying you are human. This may take a few seconds. ${'bao.vn needs to review the security of your connection before proceeding. '.repeat(2)}</p>`,
      }),
    ).toBe('challenge');
    expect(
      kindOf({
        title: 'Xác minh bạn không phải là người máy',
        body: '<p>Vui lòng đánh dấu vào ô bên dưới để tiếp tục.</p><div class="g-recaptcha"></div>',
      }),
    ).toBe('challenge');
    expect(
      kindOf({
        title: 'bao.vn',
        body: '<script src="https://geo.captcha-delivery.com/captcha/"></script><p>Xin đợi</p>',
      }),
    ).toBe('challenge');
  });

  it('of consent, in Vietnamese and English', () => {
    expect(
      kindOf({
        title: 'Before you continue',
        body: `<p>We use cookies and other data to deliver services. ${'If you choose to accept all, we will also use cookies to develop new services. '.repeat(3)}</p><button>Accept all</button>`,
      }),
    ).toBe('consent-wall');
    expect(
      kindOf({
        title: 'Báo Ví dụ',
        body: '<div>Chúng tôi dùng cookie để cải thiện trải nghiệm.</div><button>Đồng ý</button>',
      }),
    ).toBe('consent-wall');
  });

  it('of log-in, but not where a box to log in stands above an article', () => {
    const form = '<form><h1>Đăng nhập</h1><input name="u"><input type="password" name="p"></form>';
    expect(kindOf({ title: 'Đăng nhập tài khoản', body: form })).toBe('login-wall');
    expect(kindOf({ title: 'Báo Ví dụ', body: form })).toBe('login-wall');
    const { title = '', body } = article('Hai bệnh viện dùng chung hồ sơ', 4);
    expect(kindOf({ title, body: form + body })).toBe('article');
  });

  it('of pay, stated in JSON-LD or where the text breaks off', () => {
    const teaser = `<article><h1>Tin</h1><p>${SENTENCE}</p><p>Nội dung dành riêng cho thuê bao trả phí. Mua gói để đọc tiếp bài viết này.</p></article>`;
    expect(kindOf({ title: 'Tin', body: teaser })).toBe('paywall');
    expect(
      kindOf({
        title: 'Tin',
        head: JSON_LD({ '@type': 'NewsArticle', headline: 'Tin', isAccessibleForFree: false }),
        body: '<h1>Tin</h1><p>Một câu mở đầu.</p>',
      }),
    ).toBe('paywall');
  });
});

describe('pages of another kind', () => {
  it('a video or a gallery without text', () => {
    const video = JSON_LD({ '@type': 'VideoObject', name: 'Phóng sự' });
    expect(
      kindOf({ title: 'Phóng sự', head: video, body: '<h1>Phóng sự</h1><video src="/a.mp4"></video>' }),
    ).toBe('video');
    const pictures = '<figure><img src="/a.jpg"></figure>'.repeat(8);
    const news = JSON_LD({ '@type': 'NewsArticle', headline: 'Chùm ảnh' });
    expect(kindOf({ title: 'Chùm ảnh', head: news, body: `<h1>Chùm ảnh</h1>${pictures}` })).toBe('gallery');
  });

  it('a video with its story is an article', () => {
    const { title = '', body } = article('Phóng sự trạm y tế xã', 4);
    expect(kindOf({ title, body: `<video src="/a.mp4"></video>${body}` })).toBe('article');
  });

  it('a section page and a front page, whatever their teasers', () => {
    expect(
      kindOf({
        title: 'Sức khỏe',
        body: headlines(12).replaceAll(SENTENCE, ''),
        url: 'https://bao.vn/suc-khoe',
      }),
    ).toBe('listing');
    expect(kindOf({ title: 'Báo Ví dụ', body: headlines(12), url: 'https://bao.vn/' })).toBe('listing');
  });

  it('an article with a list of others below it is an article', () => {
    const { title = '', body } = article('Bộ Y tế công bố dịch', 12);
    expect(kindOf({ title, body: body + headlines(12) })).toBe('article');
  });

  it('a shell that scripts are to fill', () => {
    expect(
      kindOf({
        title: 'Báo Ví dụ',
        body: '<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/main.js"></script>',
      }),
    ).toBe('needs-script');
    expect(kindOf({ title: 'Báo Ví dụ', body: '<div id="__next"></div><script src="/a.js"></script>' })).toBe(
      'needs-script',
    );
  });
});

describe.skipIf(!existsSync(REAL_PAGES))(
  'of the real pages (needs ../shared), all of which are articles',
  () => {
    it('two at most are turned away, for want of text', { timeout: 120_000 }, () => {
      const gold = readFileSync(join(REAL_PAGES, 'gold.jsonl'), 'utf8').trim().split('\n');
      const urls = new Map(
        gold
          .map((line) => JSON.parse(line) as { path: string; url: string })
          .map(({ path, url }) => [path, url]),
      );
      const refused = readdirSync(REAL_PAGES)
        .filter((name) => name.endsWith('.gz'))
        .flatMap((name) => {
          const url = urls.get(name) ?? 'https://example.org/a';
          const reading = readArticlePage(gunzipSync(readFileSync(join(REAL_PAGES, name))), { url });
          return reading.ok ? [] : [`${name} ${reading.reason}`];
        });
      expect(refused.length, refused.join(', ')).toBeLessThanOrEqual(2);
    });
  },
);
