import { escapeMarkup } from '../markup.ts';
import type { DateForm } from '../outlet-profiles.ts';
import { monthFirstWithoutZone, rfc822InVietnam } from '../vietnamese-date.ts';
import type { FeedPage } from './feed-page.ts';

/** RSS 2.0 as Vietnamese papers write it: the summary in CDATA behind a linked thumbnail. */
export function writeRss2(
  feed: FeedPage,
  { encoding, dates }: { encoding: string; dates: DateForm },
): string {
  const items = feed.lines.map(({ article, link }) => {
    const thumbnail = `<a href="${escapeMarkup(link)}"><img src="/anh/${article.id}.jpg"></a></br>`;
    return `<item>
<title>${escapeMarkup(article.title)}</title>
<description><![CDATA[${thumbnail}${escapeMarkup(article.summary)}]]></description>
<pubDate>${writeDate(article.datedAt, dates)}</pubDate>
<link>${escapeMarkup(link)}</link>
<guid isPermaLink="false">${article.id}</guid>
</item>`;
  });
  return `<?xml version="1.0" encoding="${encoding}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeMarkup(`${feed.section} - ${feed.title}`)}</title>
<link>${escapeMarkup(feed.homepage)}</link>
<description>${escapeMarkup(feed.section)}</description>
<language>vi</language>
<pubDate>${writeDate(feed.changedAt, dates)}</pubDate>
<atom:link href="${escapeMarkup(feed.url)}" rel="self" type="application/rss+xml"/>
${items.join('\n')}
</channel>
</rss>
`;
}

function writeDate(at: Date, form: DateForm): string {
  if (form === 'month-first-no-zone') return monthFirstWithoutZone(at);
  return rfc822InVietnam(at, form === 'rfc822' ? 4 : 2);
}
