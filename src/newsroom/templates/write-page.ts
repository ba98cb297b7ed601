import { escapeMarkup } from '../markup.ts';
import type { TemplateName } from '../outlet-profiles.ts';
import { agency } from './agency.ts';
import { blog } from './blog.ts';
import { cluttered } from './cluttered.ts';
import type { PageModel, Template } from './page-model.ts';
import { paragraphs } from './page-parts.ts';
import { rounded } from './rounded.ts';
import { singular } from './singular.ts';
import { table } from './table.ts';
import { wide } from './wide.ts';

const TEMPLATES: Readonly<Record<TemplateName, Template>> = {
  wide,
  rounded,
  singular,
  agency,
  blog,
  table,
  cluttered,
};

/** An article's page in its outlet's template. */
export function writePage(template: TemplateName, page: PageModel): string {
  return TEMPLATES[template](page);
}

/** The AMP twin: bare text that names the canonical page. */
export function writeAmpPage(page: PageModel): string {
  const { article } = page;
  return `<!doctype html>
<html amp lang="vi">
<head>
<meta charset="utf-8">
<script async src="https://cdn.ampproject.org/v0.js"></script>
<title>${escapeMarkup(article.title)}</title>
<link rel="canonical" href="${article.url}">
</head>
<body>
<article><h1>${escapeMarkup(article.title)}</h1>
<h2>${escapeMarkup(article.summary)}</h2>
${paragraphs(page)}
<p class="author">${escapeMarkup(article.author)}</p></article>
</body>
</html>
`;
}

/** A page that holds a video and nothing to read. */
export function writeVideoPage({ article, outletName }: PageModel): string {
  return `<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>${escapeMarkup(article.title)}</title><link rel="canonical" href="${article.url}">
<meta property="og:type" content="video.other"></head>
<body><div class="video-detail"><h1>${escapeMarkup(article.title)}</h1>
<div class="player"><video controls poster="/anh/${article.id}.jpg"><source src="/video/${article.id}.mp4" type="video/mp4"></video></div>
<div class="view-count">1.204 lượt xem</div></div><footer>${escapeMarkup(outletName)}</footer></body>
</html>
`;
}

/** An error page that a careless server sends with status 200. */
export function writeErrorPage(outletName: string): string {
  return `<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>Không tìm thấy trang - ${escapeMarkup(outletName)}</title></head>
<body><div class="error-page"><h1>Rất tiếc, đã có lỗi xảy ra</h1>
<p>Trang bạn tìm kiếm không tồn tại hoặc đã bị xóa. Vui lòng quay lại trang chủ.</p><a href="/">Về trang chủ</a></div></body>
</html>
`;
}
