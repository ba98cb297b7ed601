import { escapeMarkup } from '../markup.ts';
import { isoInVietnam, longVietnameseDate } from '../vietnamese-date.ts';
import type { PageModel } from './page-model.ts';
import { headMeta, jsonLd, NAVIGATION, relatedLinks, teasers } from './page-parts.ts';

/** Wide single column: sapo outside the body, the author in the last, right-aligned paragraph, a box of further reading inside the text. */
export function wide(page: PageModel): string {
  const { article } = page;
  const normal = article.paragraphs.map((text) => `<p class="Normal">${escapeMarkup(text)}</p>`);
  return `<!DOCTYPE html>
<html lang="vi">
<head>
${headMeta(page, { dated: false })}<meta name="pubdate" itemprop="datePublished" content="${isoInVietnam(article.datedAt)}">
${jsonLd(page, { author: false })}
</head>
<body class="page-detail">
<section class="section top-header"><div class="container"><a class="logo" href="/">${escapeMarkup(page.outletName)}</a></div></section>
<nav class="main-nav"><ul class="parent">${NAVIGATION}</ul></nav>
<section class="section page-detail top-detail">
<div class="container">
<div class="sidebar-1">
<div class="header-content width_common"><ul class="breadcrumb"><li><a href="/suc-khoe">${escapeMarkup(article.section)}</a></li></ul>
<span class="date">${longVietnameseDate(article.datedAt)}</span></div>
<h1 class="title-detail">${escapeMarkup(article.title)}</h1>
<p class="description">${escapeMarkup(article.summary)}</p>
<article class="fck_detail ">
${normal[0] ?? ''}
<figure class="tplCaption"><img data-src="/anh/${article.id}.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""><figcaption><p class="Image">Ảnh minh họa: <em>${escapeMarkup(page.outletName)}</em></p></figcaption></figure>
${normal.slice(1, 3).join('\n')}
<div data-component="true" data-component-type="tin_xemthem" class="box-tinlienquanv2">
${teasers(page, 0, 2)}
</div>
${normal.slice(3).join('\n')}
<p style="text-align:right;" class="Normal"><strong>${escapeMarkup(article.author)}</strong></p>
</article>
<div class="social_pin"><a href="#">Chia sẻ Facebook</a><a href="#">Trở lại ${escapeMarkup(article.section)}</a></div>
<div id="box_comment_vne"><h3>Ý kiến (<span>12</span>)</h3><p>Mong sớm có kết luận rõ ràng cho người dân yên tâm.</p></div>
</div>
<div class="sidebar-2"><h4>Xem nhiều</h4><ul>${relatedLinks(page, 5)}</ul></div>
</div>
</section>
<footer><p>© Bản quyền thuộc về ${escapeMarkup(page.outletName)}. Trang giả lập, không phải báo thật.</p></footer>
</body>
</html>
`;
}
