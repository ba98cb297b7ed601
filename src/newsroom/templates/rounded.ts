import { escapeMarkup } from '../markup.ts';
import { shortVietnameseDate } from '../vietnamese-date.ts';
import type { PageModel } from './page-model.ts';
import { headMeta, jsonLd, NAVIGATION, relatedLinks, teasers } from './page-parts.ts';

/** The content system that several large papers share: parts carry `data-role`, related news sits inside the body. */
export function rounded(page: PageModel): string {
  const { article } = page;
  const texts = article.paragraphs.map((text) => `<p class="">${escapeMarkup(text)}</p>`);
  const middle = Math.ceil(texts.length / 2);
  return `<!DOCTYPE html>
<html lang="vi">
<head>
${headMeta(page, { dated: true })}<meta name="author" content="${escapeMarkup(page.outletName.toUpperCase())}">
${jsonLd(page, { author: true })}
</head>
<body>
<header class="header"><ul class="menu-nav">${NAVIGATION}</ul></header>
<div class="detail__page">
<div class="detail__cmain-main">
<div class="detail-cate" data-role="cate-name"><a href="/suc-khoe">${escapeMarkup(article.section)}</a></div>
<h1 class="detail-title article-title" data-role="title">${escapeMarkup(article.title)}</h1>
<div class="detail-info"><div class="detail-author" data-role="author"><a class="name" href="/tac-gia">${escapeMarkup(article.author)}</a></div>
<div class="detail-time"><div data-role="publishdate">${shortVietnameseDate(article.datedAt)} GMT+7</div></div></div>
<h2 class="detail-sapo" data-role="sapo">${escapeMarkup(article.summary)}</h2>
<div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">
${texts.slice(0, 1).join('\n')}
<figure class="VCSortableInPreviewMode" type="Photo"><div><img src="/anh/${article.id}.jpg" alt="Ảnh minh họa"></div><figcaption class="PhotoCMS_Caption"><p>Ảnh minh họa: ${escapeMarkup(page.outletName)}</p></figcaption></figure>
${texts.slice(1, middle).join('\n')}
<div class="VCSortableInPreviewMode" type="RelatedNewsBox"><ul>${relatedLinks(page, 3)}</ul></div>
${texts.slice(middle).join('\n')}
</div>
<div class="detail-tab"><a class="item" href="#">Bình luận</a><a class="item" href="#">Chia sẻ</a></div>
<div class="detail__related" id="listNewsInContent">${teasers(page, 3, 4)}</div>
</div>
</div>
<footer class="footer"><p>${escapeMarkup(page.outletName)}. Trang giả lập, không phải báo thật.</p></footer>
</body>
</html>
`;
}
