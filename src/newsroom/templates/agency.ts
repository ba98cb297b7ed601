import { escapeMarkup } from '../markup.ts';
import { shortVietnameseDate } from '../vietnamese-date.ts';
import type { PageModel } from './page-model.ts';
import { headMeta, jsonLd, NAVIGATION, paragraphs, relatedLinks } from './page-parts.ts';

/** After the content system of party and state papers: the sapo is the body's first, bold block. */
export function agency(page: PageModel): string {
  const { article } = page;
  return `<!DOCTYPE html>
<html lang="vi">
<head>
${headMeta(page, { dated: true })}${jsonLd(page, { author: true })}
</head>
<body>
<header><div class="l-nav"><ul>${NAVIGATION}</ul></div></header>
<div class="l-content"><div class="l-main">
<div class="breadcrumbs"><a href="/y-te">${escapeMarkup(article.section)}</a></div>
<div class="article">
<h1 class="article__title cms-title">${escapeMarkup(article.title)}</h1>
<div class="article__meta"><time class="time">${shortVietnameseDate(article.datedAt)}</time></div>
<div class="article__sapo cms-desc"><div>${escapeMarkup(article.summary)}</div></div>
<div class="article__body zce-content-body cms-body" itemprop="articleBody">
${paragraphs(page)}
<div class="article-relate"><h4>Đọc thêm</h4><ul>${relatedLinks(page, 3)}</ul></div>
<div class="article__author"><span class="name cms-author">${escapeMarkup(article.author)}</span></div>
</div>
<div class="article__tag"><a href="/tag">#${escapeMarkup(article.section)}</a></div>
</div>
</div></div>
<footer><p>${escapeMarkup(page.outletName)}. Trang giả lập, không phải báo thật.</p></footer>
</body>
</html>
`;
}
