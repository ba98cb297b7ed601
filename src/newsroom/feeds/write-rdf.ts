import { escapeMarkup } from '../markup.ts';
import { isoInVietnam } from '../vietnamese-date.ts';
import type { FeedPage } from './feed-page.ts';

/** RSS 1.0 with Dublin Core: items stand beside the channel, not in it. */
export function writeRdf(feed: FeedPage): string {
  const order = feed.lines.map(({ link }) => `<rdf:li rdf:resource="${escapeMarkup(link)}"/>`);
  const items = feed.lines.map(
    ({ article, link }) => `<item rdf:about="${escapeMarkup(link)}">
<title>${escapeMarkup(article.title)}</title>
<link>${escapeMarkup(link)}</link>
<description>${escapeMarkup(article.summary)}</description>
<dc:date>${isoInVietnam(article.datedAt)}</dc:date>
<dc:creator>${escapeMarkup(article.author)}</dc:creator>
</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${escapeMarkup(feed.url)}">
<title>${escapeMarkup(`${feed.title} - ${feed.section}`)}</title>
<link>${escapeMarkup(feed.homepage)}</link>
<description>${escapeMarkup(feed.section)}</description>
<items><rdf:Seq>
${order.join('\n')}
</rdf:Seq></items>
</channel>
${items.join('\n')}
</rdf:RDF>
`;
}
