import { escapeMarkup } from '../markup.ts';
import { isoInVietnam, shortVietnameseDate } from '../vietnamese-date.ts';
import type { PageModel } from './page-model.ts';
import { headMeta, NAVIGATION, paragraphs, relatedLinks } from './page-parts.ts';

/** A common blog engine's default theme, as small provincial papers run it; the sapo is only in the metadata. */
export function blog(page: PageModel): string {
  const { article } = page;
  return `<!DOCTYPE html>
<html lang="vi-VN">
<head>
${headMeta(page, { dated: true })}<meta name="generator" content="WordPress 6.6">
</head>
<body class="post-template-default single single-post">
<header id="masthead" class="site-header"><ul id="primary-menu">${NAVIGATION}</ul></header>
<div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-${article.id}" class="post type-post status-publish hentry">
<header class="entry-header"><h1 class="entry-title">${escapeMarkup(article.title)}</h1>
<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="${isoInVietnam(article.datedAt)}">${shortVietnameseDate(article.datedAt)}</time></span>
<span class="byline"><span class="author vcard"><a class="url fn n" href="/author">${escapeMarkup(article.author)}</a></span></span></div></header>
<div class="entry-content">
<p><strong>${escapeMarkup(article.summary)}</strong></p>
${paragraphs(page)}
<div class="sharedaddy"><h3>Chia sẻ:</h3><ul><li><a href="#">Facebook</a></li><li><a href="#">Zalo</a></li></ul></div>
</div>
<footer class="entry-footer"><span class="cat-links">Đăng trong <a href="/chuyen-muc">${escapeMarkup(article.section)}</a></span></footer>
</article>
<nav class="navigation post-navigation"><ul>${relatedLinks(page, 2)}</ul></nav>
</main></div>
<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2>Bài viết mới</h2><ul>${relatedLinks(page, 5)}</ul></section></aside>
<footer id="colophon">${escapeMarkup(page.outletName)}. Trang giả lập, không phải báo thật.</footer>
</body>
</html>
`;
}
