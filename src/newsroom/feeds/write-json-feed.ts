import { isoInVietnam } from '../vietnamese-date.ts';
import type { FeedPage } from './feed-page.ts';

/** JSON Feed 1.1. */
export function writeJsonFeed(feed: FeedPage): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: `${feed.title} - ${feed.section}`,
    home_page_url: feed.homepage,
    feed_url: feed.url,
    language: 'vi',
    items: feed.lines.map(({ article, link }) => ({
      id: article.id,
      url: link,
      title: article.title,
      summary: article.summary,
      content_text: article.summary,
      date_published: isoInVietnam(article.datedAt),
      authors: [{ name: article.author }],
      tags: [article.section],
    })),
  });
}
