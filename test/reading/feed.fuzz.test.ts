import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readFeed } from '../../src/reading/feed.ts';
import { readListing } from '../../src/reading/listing.ts';
import { readSitemap } from '../../src/reading/sitemap.ts';

/** Enough to find a careless line; `npm run bench -- fuzz` searches long, and holds reading to its time and memory. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 150);

const SEEDS = [
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
   <title>Sức khỏe</title><link>https://vidu.vn</link><item><title>Sởi &amp; ho gà</title><dc:creator>Lê An</dc:creator>
   <link>https://vidu.vn/a-1.html</link><description><![CDATA[<p>Mô tả</p>]]></description>
   <pubDate>Mon, 05 Oct 26 14:10:00 +0700</pubDate></item></channel></rss>`,
  `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">x</title><entry xml:base="/x/"><link href="a"/><id>i</id>
   <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a<b>c</b></div></content></entry></feed>`,
  '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://vidu.vn/1","title":"Tin"}]}',
  '<urlset><url><loc>https://vidu.vn/a</loc><lastmod>2026-10-05</lastmod></url></urlset>',
  '<html><body><div class="item"><h3><a href="/tin-so-12345.html">Một hai ba bốn năm</a></h3></div></body></html>',
].map((text) => Buffer.from(text));

const TOKENS = [
  '<',
  '>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '&',
  '&#x0;',
  '&#1114112;',
  '"',
  '</item>',
  '<item>',
  '\0',
  '\ud800',
  '{',
  '[',
  'ộ',
];

/** A seed with stretches cut out, doubled, overwritten by noise or by pieces of syntax. */
const mutant = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(60),
        insert: fc.oneof(
          fc.uint8Array({ maxLength: 8 }),
          fc.constantFrom(...TOKENS).map((token) => Buffer.from(token)),
          fc
            .tuple(fc.constantFrom(...TOKENS), fc.nat(3000))
            .map(([token, times]) => Buffer.from(token.repeat(times))),
        ),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([seed, edits]) =>
    edits.reduce((bytes, { at, length, insert }) => {
      const start = Math.floor(at * bytes.length);
      return Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + length)]);
    }, seed),
  );

describe('readers of hostile bytes', () => {
  it('never throw, and give only http(s) addresses', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(mutant, (bytes) => {
        const url = 'https://vidu.vn/rss';
        const found = [
          ...readFeed(bytes, { url }).entries,
          ...readSitemap(bytes, { url }).entries,
          ...readListing(bytes, { url }).entries,
          ...readListing(bytes, { url, linkSelector: '.item, entry' }).entries,
        ];
        for (const entry of found) {
          expect(entry.url).toMatch(/^(?:https?:\/\/|$)/);
          expect(entry.title).toBe(entry.title.normalize('NFC'));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
