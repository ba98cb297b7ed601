import { escapeMarkup } from '../markup.ts';
import { isoInVietnam, longVietnameseDate } from '../vietnamese-date.ts';
import type { PageModel } from './page-model.ts';
import { headMeta, NAVIGATION, paragraphs, relatedLinks } from './page-parts.ts';

/** Dates and author only in visible elements: no JSON-LD, the sapo prefixed with the paper's name. */
export function singular(page: PageModel): string {
  const { article } = page;
  return `<!DOCTYPE html>
<html lang="vi">
<head>
${headMeta(page, { dated: false })}<link rel="amphtml" href="${new URL(`/amp${new URL(article.url).pathname}`, page.homepage).href}">
</head>
<body>
<div class="site-header"><ol>${NAVIGATION}</ol></div>
<main class="body container">
<article class="singular-container">
<h1 class="title-page detail">${escapeMarkup(article.title)}</h1>
<div class="author-wrap"><div class="author-name"><b>${escapeMarkup(article.author)}</b></div>
<time class="author-time" datetime="${isoInVietnam(article.datedAt).slice(0, 16)}">${longVietnameseDate(article.datedAt)}</time></div>
<h2 class="singular-sapo">(${escapeMarkup(page.outletName)}) - ${escapeMarkup(article.summary)}</h2>
<div class="singular-content">
${paragraphs(page)}
<figure class="image align-center"><img data-src="/anh/${article.id}.jpg" alt=""><figcaption><p>Ảnh minh họa.</p></figcaption></figure>
</div>
<div class="dt-news__tags"><ul class="tags-wrap"><li><a href="/tag">${escapeMarkup(article.section)}</a></li></ul></div>
</article>
<aside class="singular-related"><h3>Tin liên quan</h3><ul>${relatedLinks(page, 4)}</ul></aside>
</main>
<footer>${escapeMarkup(page.outletName)}. Trang giả lập, không phải báo thật.</footer>
</body>
</html>
`;
}
