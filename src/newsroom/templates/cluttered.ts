import { escapeMarkup } from '../markup.ts';
import { isoInVietnam, longVietnameseDate } from '../vietnamese-date.ts';
import type { PageModel } from './page-model.ts';
import { headMeta, NAVIGATION, relatedLinks, teasers } from './page-parts.ts';

/** Related news before, inside and after the text outweighs the text itself; class names say little. */
export function cluttered(page: PageModel): string {
  const { article } = page;
  const interleaved = article.paragraphs
    .map((text, index) => {
      const box = index % 2 === 1 ? `<div class="box-news-inner">${teasers(page, index, 2)}</div>` : '';
      return `<p>${escapeMarkup(text)}</p>\n${box}`;
    })
    .join('\n');
  return `<!DOCTYPE html>
<html lang="vi">
<head>
${headMeta(page, { dated: true })}</head>
<body>
<div class="hd"><ul>${NAVIGATION}</ul><div class="hot">${teasers(page, 0, 4)}</div></div>
<div class="wrap"><div class="col-left">
<div class="post-head"><h1>${escapeMarkup(article.title)}</h1>
<div class="post-date" data-time="${isoInVietnam(article.datedAt)}">${longVietnameseDate(article.datedAt)}</div></div>
<div class="post-sapo"><p>${escapeMarkup(article.summary)}</p></div>
<div class="post-body">
${interleaved}
<p class="post-author">${escapeMarkup(article.author)}</p>
</div>
<div class="ads"><p>Ưu đãi đến 50% khi đăng ký khám sức khỏe tổng quát trong tháng này!</p></div>
<div class="cung-chuyen-muc"><h3>Cùng chuyên mục</h3>${teasers(page, 0, 8)}</div>
<div class="doc-nhieu"><h3>Đọc nhiều</h3>${teasers(page, 2, 8)}</div>
</div>
<div class="col-right"><ul>${relatedLinks(page, 10)}</ul>${teasers(page, 1, 6)}</div></div>
<div class="ft">${escapeMarkup(page.outletName)}. Trang giả lập, không phải báo thật.</div>
</body>
</html>
`;
}
