import { escapeMarkup } from '../markup.ts';
import { isoInVietnam } from '../vietnamese-date.ts';
import type { PageModel } from './page-model.ts';

/** `<title>` and the OpenGraph properties that most papers set. */
export function headMeta(
  { article, outletName, homepage }: PageModel,
  { dated }: { dated: boolean },
): string {
  const title = escapeMarkup(article.title);
  const date = dated
    ? `<meta property="article:published_time" content="${isoInVietnam(article.datedAt)}">\n`
    : '';
  return `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | ${escapeMarkup(outletName)}</title>
<meta name="description" content="${escapeMarkup(article.summary)}">
<link rel="canonical" href="${article.url}">
<meta property="og:type" content="article">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${escapeMarkup(article.summary)}">
<meta property="og:image" content="${homepage}/anh/${article.id}.jpg">
<meta property="article:section" content="${escapeMarkup(article.section)}">
${date}`;
}

/** schema.org NewsArticle. */
export function jsonLd({ article, outletName }: PageModel, { author }: { author: boolean }): string {
  const value = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: article.title,
    description: article.summary,
    datePublished: isoInVietnam(article.datedAt),
    mainEntityOfPage: { '@type': 'WebPage', '@id': article.url },
    publisher: { '@type': 'Organization', name: outletName },
    author: author
      ? { '@type': 'Person', name: article.author }
      : { '@type': 'Organization', name: outletName },
  };
  return `<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;
}

export function paragraphs(page: PageModel, className = ''): string {
  const open = className === '' ? '<p>' : `<p class="${className}">`;
  return page.article.paragraphs.map((text) => `${open}${escapeMarkup(text)}</p>`).join('\n');
}

/** Links with headline and sapo to other articles: the noise that fools extractors. */
export function relatedLinks(page: PageModel, count: number): string {
  return page.related
    .slice(0, count)
    .map(
      ({ url, title }) =>
        `<li><a href="${url}" title="${escapeMarkup(title)}">${escapeMarkup(title)}</a></li>`,
    )
    .join('\n');
}

export function teasers(page: PageModel, from: number, count: number): string {
  return page.related
    .slice(from, from + count)
    .map(
      ({ url, title, summary }) =>
        `<div class="item-news"><h3><a href="${url}">${escapeMarkup(title)}</a></h3><p>${escapeMarkup(summary)}</p></div>`,
    )
    .join('\n');
}

export const NAVIGATION = [
  'Thời sự',
  'Thế giới',
  'Kinh doanh',
  'Sức khỏe',
  'Đời sống',
  'Giáo dục',
  'Thể thao',
]
  .map((name) => `<li><a href="/chuyen-muc">${name}</a></li>`)
  .join('');
