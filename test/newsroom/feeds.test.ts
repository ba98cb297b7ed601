import iconv from 'iconv-lite';
import { beforeAll, describe, expect, it } from 'vitest';

import { OUTLET_PROFILES } from '../../src/newsroom/outlet-profiles.ts';
import type { PublishedArticle } from '../../src/newsroom/published-article.ts';
import { encodeWindows1258 } from '../../src/newsroom/windows-1258.ts';
import { readFeed } from '../../src/reading/feed.ts';
import { readListing } from '../../src/reading/listing.ts';
import { readSitemap } from '../../src/reading/sitemap.ts';
import { feedUrl, type StagedNewsroom, stage } from '../support/staged-newsroom.ts';

const FEEDS = OUTLET_PROFILES.flatMap((profile) =>
  profile.feeds.map((feed, index) => ({ ...feed, outletId: profile.id, id: `${profile.id}-${index + 1}` })),
);

interface ReadEntry {
  readonly url: string;
  readonly title: string;
  readonly publishedAt?: { readonly at: string } | undefined;
}

function read(kind: string, bytes: Uint8Array, url: string, linkSelector: string | undefined): ReadEntry[] {
  const reading =
    kind === 'sitemap'
      ? readSitemap(bytes, { url })
      : kind === 'listing'
        ? readListing(bytes, { url, ...(linkSelector === undefined ? {} : { linkSelector }) })
        : readFeed(bytes, { url });
  expect(reading.error).toBeUndefined();
  return 'entries' in reading ? [...reading.entries] : [];
}

describe('feeds of the newsroom', () => {
  let newsroom: StagedNewsroom;
  let published: PublishedArticle[];

  beforeAll(async () => {
    newsroom = await stage();
    newsroom.at(newsroom.durationMs);
    published = newsroom.published();
  });

  async function load(id: string): Promise<Uint8Array> {
    const url = feedUrl(newsroom, id);
    const first = await fetch(url);
    const response = first.status === 429 ? await fetch(url) : first;
    expect(response.status).toBe(200);
    return new Uint8Array(await response.arrayBuffer());
  }

  it.each(FEEDS)('$id is a $format that our own reader understands', async (feed) => {
    const entries = read(feed.kind, await load(feed.id), feedUrl(newsroom, feed.id), feed.linkSelector);
    const expected = published.filter(
      ({ outletId, kind }) => outletId === feed.outletId && !(feed.isHealth && kind === 'not-health'),
    );
    expect(entries.map(({ title }) => title).sort()).toEqual(expected.map(({ title }) => title).sort());
  });

  it.each(FEEDS.filter(({ kind }) => kind !== 'listing'))('$id dates its entries right', async (feed) => {
    const entries = read(feed.kind, await load(feed.id), feedUrl(newsroom, feed.id), feed.linkSelector);
    const datedAt = new Map(published.map((article) => [article.title + article.outletId, article.datedAt]));
    for (const { title, publishedAt } of entries) {
      const truth = datedAt.get(title + feed.outletId) ?? '';
      const strayMs = Math.abs(Date.parse(publishedAt?.at ?? '') - Date.parse(truth));
      expect(strayMs, `${title}: ${publishedAt?.at} instead of ${truth}`).toBeLessThan(1000);
    }
  });

  it('serves windows-1258 without losing a letter', async () => {
    const bytes = await load('cuu-long-ban-sang-1');
    const ascii = Buffer.from(bytes).toString('latin1');
    expect(ascii).toContain('encoding="windows-1258"');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    const alphabet = 'ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ “”–';
    const decoded = iconv.decode(encodeWindows1258(alphabet + alphabet.toUpperCase()), 'windows-1258');
    expect(decoded.normalize('NFC')).toBe(alphabet + alphabet.toUpperCase());
  });

  it('adds tracking to links and keeps them apart from the canonical address', async () => {
    const text = Buffer.from(await load('nhat-bao-phu-sa-1')).toString('utf8');
    expect(text).toContain('utm_source=rss&amp;utm_medium=suc-khoe');
    expect(published.some(({ url }) => url.includes('utm_'))).toBe(false);
  });
});
