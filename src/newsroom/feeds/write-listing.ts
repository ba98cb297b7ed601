import { escapeMarkup } from '../markup.ts';
import { shortVietnameseDate } from '../vietnamese-date.ts';
import type { FeedPage } from './feed-page.ts';

/** A section page in HTML: the outlet has no feed, readers find articles by its links, relative ones. */
export function writeListing(feed: FeedPage): string {
  const stories = feed.lines.map(
    ({ article, link }) => `<article class="story">
<a class="thumb" href="${escapeMarkup(pathOf(link))}"><img src="/anh/${article.id}.jpg" alt=""></a>
<h3><a href="${escapeMarkup(pathOf(link))}">${escapeMarkup(article.title)}</a></h3>
<p class="sapo">${escapeMarkup(article.summary)}</p>
<span class="time">${shortVietnameseDate(article.datedAt)}</span>
</article>`,
  );
  return `<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><title>${escapeMarkup(`${feed.section} - ${feed.title}`)}</title></head>
<body>
<nav><a href="/">Trang chủ</a> <a href="/chuyen-muc/xa-hoi">Xã hội</a> <a href="/lien-he">Liên hệ</a></nav>
<main>
${stories.join('\n')}
</main>
<aside><h3><a href="/quang-cao">Bảng giá quảng cáo</a></h3></aside>
</body>
</html>
`;
}

function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}
