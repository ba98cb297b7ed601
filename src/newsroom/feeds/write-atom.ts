import { escapeMarkup } from '../markup.ts';
import { isoInVietnam } from '../vietnamese-date.ts';
import type { FeedPage } from './feed-page.ts';

/** Atom 1.0, RFC 4287. */
export function writeAtom(feed: FeedPage): string {
  const entries = feed.lines.map(
    ({ article, link }) => `<entry>
<id>tag:${new URL(feed.homepage).hostname},2026:${article.id}</id>
<title type="text">${escapeMarkup(article.title)}</title>
<link rel="alternate" type="text/html" href="${escapeMarkup(link)}"/>
<published>${isoInVietnam(article.datedAt)}</published>
<updated>${isoInVietnam(article.datedAt)}</updated>
<author><name>${escapeMarkup(article.author)}</name></author>
<summary type="html">${escapeMarkup(`<p>${escapeMarkup(article.summary)}</p>`)}</summary>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
<id>${escapeMarkup(feed.url)}</id>
<title>${escapeMarkup(`${feed.title} - ${feed.section}`)}</title>
<link rel="self" href="${escapeMarkup(feed.url)}"/>
<link rel="alternate" href="${escapeMarkup(feed.homepage)}"/>
<updated>${isoInVietnam(feed.changedAt)}</updated>
${entries.join('\n')}
</feed>
`;
}
