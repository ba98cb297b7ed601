import { escapeMarkup } from '../markup.ts';
import { isoInVietnam } from '../vietnamese-date.ts';
import type { FeedPage } from './feed-page.ts';

/** A sitemap with Google's news extension; it carries titles but no summaries. */
export function writeNewsSitemap(feed: FeedPage): string {
  const urls = feed.lines.map(
    ({ article, link }) => `<url>
<loc>${escapeMarkup(link)}</loc>
<news:news>
<news:publication><news:name>${escapeMarkup(feed.title)}</news:name><news:language>vi</news:language></news:publication>
<news:publication_date>${isoInVietnam(article.datedAt)}</news:publication_date>
<news:title>${escapeMarkup(article.title)}</news:title>
</news:news>
<lastmod>${isoInVietnam(article.datedAt)}</lastmod>
</url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
${urls.join('\n')}
</urlset>
`;
}
