import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { decodeText } from '../../src/reading/decode.ts';
import { readPlainRss } from '../../src/reading/feed-rss.ts';
import { readXmlFeed } from '../../src/reading/feed-xml.ts';

const item = (more = '') =>
  `<item><title>Sởi &amp; ho gà</title><link>https://vidu.vn/soi-1.html?utm_source=rss</link>
   <guid isPermaLink="false">soi-1</guid><dc:creator>Lê An</dc:creator><pubDate>Mon, 05 Oct 26 14:10:00 +0700</pubDate>
   <description><![CDATA[<a href="x"><img src="y"></a></br>Bộ Y tế <b>cảnh báo</b>]]></description>${more}</item>`;
const rss = (items: string, channel = '') =>
  `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
   <title>Sức khỏe</title><link>https://vidu.vn</link><ttl>15</ttl>${channel}${items}</channel></rss>\n`;

describe('readPlainRss', () => {
  it.each([
    ['one entry', rss(item())],
    ['several', rss(item() + item('<category>a</category><enclosure url="x" type="image/jpeg"/>'))],
    ['none', rss('')],
    ['author by address', rss(item('<author>an@vidu.vn (Lê An)</author>'))],
    ['entities escaped twice', rss(item().replace('Sởi', 'S&amp;#7903;i'))],
    ['self', rss(item(), '<atom:link rel="self" href="https://vidu.vn/rss"/>')],
    [
      'content beside the description',
      rss(item('<content:encoded><![CDATA[<p>Toàn văn</p>]]></content:encoded>')),
    ],
    ['relative links', rss(item().replace('https://vidu.vn/soi', '/soi'))],
  ])('reads what the lenient reader reads: %s', (_what, text) => {
    const reading = readPlainRss(text, {});
    expect(reading).toBeDefined();
    expect(reading).toEqual(readXmlFeed(text, {}));
  });

  it.each([
    ['cut off', rss(item()).slice(0, -20)],
    ['bare ampersand', rss(item().replace('&amp;', '&'))],
    ['undeclared entity', rss(item().replace('&amp;', '&khongco;'))],
    ['no link', rss(item().replaceAll('link>', 'x>'))],
    ['base', rss(item('<x xml:base="https://vidu.vn/"/>'))],
    ['hub', rss(item(), '<atom:link rel="hub" href="https://hub.vidu.vn"/>')],
    ['other version', rss(item()).replace('version="2.0"', 'version="0.91"')],
    ['doctype', rss(item()).replace('<rss', '<!DOCTYPE rss><rss')],
    ['brackets in a description', rss(item('<description>&lt;p&gt;a &amp;lt; b&lt;/p&gt;</description>'))],
    ['size', rss(item().repeat(2000))],
  ])('leaves alone: %s', (_what, text) => {
    expect(readPlainRss(text, {})).toBeUndefined();
  });

  const many = (piece: string) => piece.repeat(Math.floor(500_000 / piece.length));
  const whole = (more: string) => rss(`<item><title>a</title><link>https://vidu.vn/1</link>${more}</item>`);
  it.each([
    ['snippets', whole(`<description>${many('a&lt;p')}</description>`)],
    ['snippets in CDATA', whole(`<description><![CDATA[${many('a<p')}]]></description>`)],
    ['snippets of content', whole(`<content:encoded><![CDATA[${many('a<p')}]]></content:encoded>`)],
    ['snippets escaped again', whole(`<description>${many('a&amp;lt;p')}</description>`)],
    ['nesting', whole(`<description>${'<a>'.repeat(70_000)}${'</a>'.repeat(70_000)}</description>`)],
    ['nested text', whole(`<description>${'<a>&lt;p'.repeat(40_000)}${'</a>'.repeat(40_000)}</description>`)],
    ['elements', whole(many('<a/>'))],
    ['descriptions', whole(many('<description>a</description>'))],
    ['attributes', whole(`<a ${Array.from({ length: 50_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`)],
    ['entries', rss(many('<item/>'))],
    ['line ends', whole(`<description>${many('\n&#10;')}</description>`)],
  ])('never meets the quadratic time of rss-parser: %s', (_what, text) => {
    const start = process.cpuUsage();
    readPlainRss(text, {});
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});

const SHARED = fileURLToPath(new URL('../../../shared/feeds', import.meta.url));

describe.skipIf(!existsSync(SHARED))(
  'readPlainRss, on the shared feeds (absent outside of development)',
  () => {
    it('reads what the lenient reader reads, wherever it reads', () => {
      let read = 0;
      const files = existsSync(SHARED) ? readdirSync(SHARED, { recursive: true, withFileTypes: true }) : [];
      for (const file of files) {
        if (!file.isFile()) continue;
        const { text } = decodeText(readFileSync(join(file.parentPath, file.name)), { kind: 'xml' });
        const reading = readPlainRss(text, {});
        if (reading === undefined) continue;
        read += 1;
        expect(reading, file.name).toEqual(readXmlFeed(text, {}));
      }
      expect(read).toBeGreaterThan(20);
    });
  },
);
