import type { FeedProfile } from '../outlet-profiles.ts';
import { encodeWindows1258 } from '../windows-1258.ts';
import type { FeedPage } from './feed-page.ts';
import { writeAtom } from './write-atom.ts';
import { writeJsonFeed } from './write-json-feed.ts';
import { writeListing } from './write-listing.ts';
import { writeNewsSitemap } from './write-news-sitemap.ts';
import { writeRdf } from './write-rdf.ts';
import { writeRss2 } from './write-rss-2.ts';

/** A feed as served: bytes and what the server says of them. */
interface WrittenFeed {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** Writes a feed in the format of its profile. */
export function writeFeed(profile: FeedProfile, page: FeedPage): WrittenFeed {
  const dates = profile.dates ?? 'rfc822';
  switch (profile.format) {
    case 'rss-2':
      return utf8(writeRss2(page, { encoding: 'utf-8', dates }), 'application/rss+xml; charset=utf-8');
    case 'rss-2-windows-1258':
      return {
        bytes: encodeWindows1258(writeRss2(page, { encoding: 'windows-1258', dates })),
        // No charset: only the XML declaration names the encoding, as on the servers that still do this.
        contentType: 'text/xml',
      };
    case 'atom':
      return utf8(writeAtom(page), 'application/atom+xml; charset=utf-8');
    case 'rdf':
      return utf8(writeRdf(page), 'application/rdf+xml; charset=utf-8');
    case 'json-feed':
      return utf8(writeJsonFeed(page), 'application/feed+json; charset=utf-8');
    case 'news-sitemap':
      return utf8(writeNewsSitemap(page), 'application/xml; charset=utf-8');
    case 'listing':
      return utf8(writeListing(page), 'text/html; charset=utf-8');
  }
}

function utf8(text: string, contentType: string): WrittenFeed {
  return { bytes: Buffer.from(text, 'utf8'), contentType };
}
