import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { type FeedReading, readFeed } from '../../src/reading/feed.ts';

const read = (text: string, url?: string): FeedReading => readFeed(Buffer.from(text), { url });
const rss = (items: string, version = 'version="2.0"') =>
  `<?xml version="1.0"?><rss ${version}><channel><title>Sức khỏe</title><link>https://vidu.vn</link>${items}</channel></rss>`;
const ITEM = `<item><title>Tin một</title><link>https://vidu.vn/mot-1.html</link></item>`;

describe('readFeed, by format', () => {
  it('reads RSS 2.0', () => {
    const reading = read(
      rss(`<ttl>15</ttl><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.vidu.vn/"/>
        <item><title>Sởi &amp; ho gà tăng</title><link>https://vidu.vn/soi-1.html?utm_source=rss</link>
        <guid isPermaLink="false">soi-1</guid><dc:creator>Lê An</dc:creator>
        <description><![CDATA[<a href="x"><img src="y"></a></br>Bộ Y tế <b>cảnh báo</b>]]></description>
        <pubDate>Mon, 05 Oct 26 14:10:00 +0700</pubDate></item>`),
    );
    expect(reading).toEqual({
      format: 'rss-2.0',
      title: 'Sức khỏe',
      link: 'https://vidu.vn/',
      hints: { updateEveryMs: 15 * 60_000, hubUrls: ['https://hub.vidu.vn/'] },
      entries: [
        {
          id: 'soi-1',
          url: 'https://vidu.vn/soi-1.html',
          title: 'Sởi & ho gà tăng',
          summary: 'Bộ Y tế cảnh báo',
          author: 'Lê An',
          publishedAt: { at: '2026-10-05T07:10:00.000Z', source: 'feed', zoneAssumed: false, dayOnly: false },
        },
      ],
    });
  });

  it('reads Atom 1.0', () => {
    const reading = read(
      `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Báo</a:title>
      <a:link rel="self" href="https://vidu.vn/atom"/><a:link href="https://vidu.vn/"/>
      <a:entry><a:id>urn:x:1</a:id><a:title type="html">Tin &lt;b&gt;một&lt;/b&gt;</a:title>
      <a:link rel="enclosure" href="https://vidu.vn/a.mp3"/><a:link href="/mot-1.html"/>
      <a:author><a:name>Lê An</a:name><a:email>an@vidu.vn</a:email></a:author>
      <a:updated>2026-10-05T09:00:00Z</a:updated><a:published>2026-10-05T08:00:00Z</a:published>
      <a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Câu một.</p><p>Câu hai.</p></div></a:content>
      </a:entry></a:feed>`.replaceAll('\n', ''),
      'https://vidu.vn/atom',
    );
    expect(reading).toMatchObject({
      format: 'atom-1.0',
      link: 'https://vidu.vn/',
      hints: { selfUrl: 'https://vidu.vn/atom' },
      entries: [
        {
          id: 'urn:x:1',
          url: 'https://vidu.vn/mot-1.html',
          title: 'Tin một',
          summary: 'Câu một. Câu hai.',
          author: 'Lê An',
          publishedAt: { at: '2026-10-05T08:00:00.000Z' },
        },
      ],
    });
  });

  it('reads Atom 0.3 with base64', () => {
    const reading = read(`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>
      <title mode="base64" type="text/html">${Buffer.from('Tin <b>một</b>').toString('base64')}</title>
      <link rel="alternate" href="https://vidu.vn/1"/><issued>2026-10-05T08:00:00+07:00</issued></entry></feed>`);
    expect(reading).toMatchObject({
      format: 'atom-0.3',
      entries: [
        { title: 'Tin một', url: 'https://vidu.vn/1', publishedAt: { at: '2026-10-05T01:00:00.000Z' } },
      ],
    });
  });

  it('reads RSS 1.0', () => {
    const reading =
      read(`<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:s="http://purl.org/rss/1.0/modules/syndication/">
      <channel r:about="https://vidu.vn/"><title>Báo</title><s:updatePeriod>hourly</s:updatePeriod>
      <s:updateFrequency>2</s:updateFrequency></channel>
      <item r:about="https://vidu.vn/1"><title>Tin</title><d:creator>Lê An</d:creator><d:date>2026-10-05T08:00+07:00</d:date></item></r:RDF>`);
    expect(reading).toMatchObject({
      format: 'rss-1.0',
      link: 'https://vidu.vn/',
      hints: { updateEveryMs: 30 * 60_000 },
      entries: [
        { url: 'https://vidu.vn/1', author: 'Lê An', publishedAt: { at: '2026-10-05T01:00:00.000Z' } },
      ],
    });
  });

  it('reads CDF', () => {
    const reading = read(`<CHANNEL HREF="https://vidu.vn/" BASE="https://vidu.vn/tin/"><TITLE>Báo</TITLE>
      <ITEM HREF="1.html" LASTMOD="2026-10-05T08:00:00+07:00"><TITLE>Tin</TITLE><ABSTRACT>Tóm tắt</ABSTRACT></ITEM></CHANNEL>`);
    expect(reading).toMatchObject({
      format: 'cdf',
      title: 'Báo',
      entries: [
        {
          url: 'https://vidu.vn/tin/1.html',
          summary: 'Tóm tắt',
          publishedAt: { at: '2026-10-05T01:00:00.000Z' },
        },
      ],
    });
  });

  it('reads JSON Feed, and loses one bad item only', () => {
    const reading = read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Báo',
        home_page_url: 'https://vidu.vn/',
        hubs: [{ type: 'WebSub', url: 'https://hub.vidu.vn/' }],
        items: [
          'không phải mục',
          {
            id: 7,
            url: '/1',
            title: 'Tin',
            content_html: '<p>Nội dung</p>',
            authors: [{ name: 'Lê An' }],
            date_published: '2026-10-05T08:00:00+07:00',
          },
          { id: 'https://vidu.vn/2', title: null, content_text: 'a < b' },
        ],
      }),
    );
    expect(reading).toMatchObject({
      format: 'json-feed-1.1',
      link: 'https://vidu.vn/',
      hints: { hubUrls: ['https://hub.vidu.vn/'] },
      entries: [
        { id: '7', url: 'https://vidu.vn/1', summary: 'Nội dung', author: 'Lê An' },
        { id: 'https://vidu.vn/2', url: 'https://vidu.vn/2', title: '', summary: 'a < b' },
      ],
    });
  });

  it('reads a gzip file', () => {
    expect(readFeed(gzipSync(rss(ITEM)), {}).entries).toHaveLength(1);
  });
});

describe('readFeed, on what is broken', () => {
  it.each([
    ['no version', rss(ITEM, '')],
    [
      'upper-case tags',
      rss(ITEM).replace(/<(\/?)(\w+)/g, (_all, slash, name) => `<${slash}${name.toUpperCase()}`),
    ],
    ['junk before', `<br />\n<b>Warning</b>: x in <b>/a.php</b><br />\n${rss(ITEM)}`],
    ['junk behind', `${rss(ITEM)}<!-- 0.1 s --><script>x</script>`],
    ['white space before', `\n\n  ${rss(ITEM)}`],
    ['bare ampersand', rss(ITEM.replace('Tin một', 'Tin & một'))],
    ['undeclared entity', rss(ITEM.replace('Tin một', 'Tin&nbsp;một'))],
    ['undeclared prefix', rss(ITEM.replace('<link>', '<media:thumbnail url="x"/><link>'))],
    ['unclosed markup inside', rss(ITEM.replace('</item>', '<description>a<br>b<p>c</description></item>'))],
    ['control character', rss(ITEM.replace('Tin', 'Tin\u0008'))],
    [
      'missing end tags',
      '<rss><channel><item><title>Tin</title><link>https://vidu.vn/mot-1.html</link></channel></rss>',
    ],
    ['address in guid only', rss(ITEM.replaceAll('link>', 'guid>'))],
    ['white space in the address', rss(ITEM.replace('https', '\n  https').replace('.html', '.html \n'))],
    ['another link first', rss(ITEM.replace('<link>', '<atom:link href="https://amp.khac.vn/x"/><link>'))],
  ])('%s', (_sin, text) => {
    expect(read(text).entries).toMatchObject([{ url: 'https://vidu.vn/mot-1.html' }]);
  });

  it('loses one entry’s tags, not the next entry, where markup nests without end', () => {
    const deep = ITEM.replace('</item>', `<description>${'<font>sâu '.repeat(300)}</description></item>`);
    const { entries, error } = read(rss(`${deep}${ITEM}`));
    expect(error).toBeUndefined();
    expect(entries).toHaveLength(2);
    expect(entries[0]?.summary).toMatch(/^sâu sâu sâu/);
  });

  it('gives the whole entries of a feed that was cut off', () => {
    const whole = rss(`${ITEM}${ITEM.replaceAll('1', '2')}`);
    const second = whole.indexOf('<item>', whole.indexOf('<item>') + 1);
    for (let end = second; end < whole.indexOf('</item>', second); end += 1) {
      const { entries } = read(whole.slice(0, end));
      expect(entries[0]).toMatchObject({ title: 'Tin một', url: 'https://vidu.vn/mot-1.html' });
      for (const { url } of entries.slice(1)) expect(['', 'https://vidu.vn/mot-2.html']).toContain(url);
    }
  });

  it('resolves addresses against xml:base, the feed’s own address and its site, in this order', () => {
    const relative = ITEM.replace('https://vidu.vn/', '/');
    expect(read(rss(relative)).entries[0]?.url).toBe('https://vidu.vn/mot-1.html');
    expect(read(rss(relative), 'https://rss.vidu.vn/home').entries[0]?.url).toBe(
      'https://rss.vidu.vn/mot-1.html',
    );
    const based = relative.replace('<item>', '<item xml:base="https://goc.vidu.vn/x/">');
    expect(read(rss(based), 'https://rss.vidu.vn/home').entries[0]?.url).toBe(
      'https://goc.vidu.vn/mot-1.html',
    );
  });

  it('keeps an entry without a usable address, with an empty one', () => {
    const { entries } = read(rss(`<item><title>a</title><link>javascript:alert(1)</link></item>${ITEM}`));
    expect(entries.map(({ url }) => url)).toEqual(['', 'https://vidu.vn/mot-1.html']);
  });

  it('takes no field from what an entry only contains', () => {
    const { entries } = read(
      rss(`<item><image><title>Ảnh</title><link>https://vidu.vn/anh</link></image><media:title>Khác</media:title>
        <source url="https://khac.vn/rss"><title>Báo khác</title></source><title>Tin</title></item>`),
    );
    expect(entries).toMatchObject([{ title: 'Tin', url: '' }]);
  });

  it.each([
    ['', 'empty'],
    ['   \n', 'empty'],
    ['<!DOCTYPE html><html><body>Not found</body></html>', 'html-page'],
    ['Không tìm thấy', 'not-a-feed'],
    ['{"items":', 'bad-json'],
    ['{"a":1}', 'not-a-feed'],
    ['[]', 'not-a-feed'],
    ['<a>'.repeat(1000), 'nested-too-deep'],
  ])('gives a reason for %j', (text, error) => {
    expect(read(text)).toEqual({ format: '', title: '', link: '', entries: [], error });
  });

  it('gives a reason for a broken gzip file and for what is too large', () => {
    expect(readFeed(new Uint8Array([0x1f, 0x8b, 1, 2, 3]), {}).error).toBe('bad-gzip');
    expect(readFeed(new Uint8Array(5_000_000).fill(32), {}).error).toBe('too-large');
  });
});

describe('readFeed, on what is hostile', () => {
  it('expands no entity and reads no file', () => {
    const doctype =
      '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>';
    const { entries } = read(doctype + rss('<item><title>&b;|&f;</title></item>'));
    expect(entries[0]?.title).toBe('&b;|&f;');
  });

  it('pollutes no prototype', () => {
    read(
      rss(
        '<item><__proto__><polluted>1</polluted></__proto__><constructor><prototype/></constructor></item>',
      ),
    );
    read('{"items":[{"__proto__":{"polluted":1},"id":"a"}],"__proto__":{"polluted":1}}');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  const SIZE = 4_000_000;
  const many = (piece: string) => piece.repeat(Math.floor(SIZE / Buffer.byteLength(piece)));
  it.each([
    ['nesting', rss(many('<a>'))],
    ['nested entries', rss(many('<item>'))],
    ['empty entries', rss(many('<item/>'))],
    ['open tags in text', rss(`<item><description>${many('a<p')}</description></item>`)],
    ['escaped open tags', rss(`<item><description>${many('a&lt;p')}</description></item>`)],
    ['attributes', rss(`<item ${many('a=1 ')}/>`)],
    ['prefixes', rss(many('<x xmlns:a="b"/>'))],
    ['stray end tags', rss(`${'<x>'.repeat(90)}${many('</b>')}`.slice(0, SIZE))],
    ['links', rss(`<item>${many('<link>x</link>')}</item>`)],
    ['dates', rss(`<item>${many('<pubDate>1 1 1 1:1</pubDate>')}</item>`)],
    ['marks', rss(`<item><title>a${many('\u0323\u0301')}</title></item>`)],
    ['TCVN3', rss(`<item><title>${many('BÖnh viÖn ')}</title></item>`)],
    ['brackets', many('[')],
  ])('stays quick on %s', (_what, text) => {
    const bytes = Buffer.from(text).subarray(0, 4 * 1024 * 1024);
    const start = process.cpuUsage();
    readFeed(bytes, { url: 'https://vidu.vn/rss' });
    const { user, system } = process.cpuUsage(start);
    // Ten times the goal, which `npm run bench -- fuzz` holds: what is quadratic takes longer on any machine.
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});

const AWKWARD = new URL('../../../shared/feeds/awkward/', import.meta.url);

describe.skipIf(!existsSync(AWKWARD))(
  'readFeed, on the shared awkward feeds (absent outside of development)',
  () => {
    const CUT_OFF = '19_truncated_mid_item2.xml';
    const NO_FEEDS = ['36_html_page.xml', '37_empty.xml'];
    const files = existsSync(AWKWARD) ? readdirSync(AWKWARD) : [];

    it.each(files)('%s', (name) => {
      const bytes = readFileSync(new URL(name, AWKWARD));
      const { entries, error } = readFeed(bytes, {});
      if (NO_FEEDS.includes(name)) {
        expect(error).toBeDefined();
        return;
      }
      expect(error).toBeUndefined();
      const started =
        bytes
          .toString('latin1')
          .replaceAll('\0', '')
          .match(/<(?:a:)?(?:item|entry)>|<item |"url":/gi) ?? [];
      expect(entries).toHaveLength(started.length - (name === CUT_OFF ? 1 : 0));
      for (const { url, title } of entries) {
        expect(url).toMatch(/^https:\/\/vidu\.vn\/[ab]-\d\.html/);
        expect(title).not.toBe('');
      }
    });
  },
);

describe('entities that a feed declares itself', () => {
  function titleWith(declarations: string, title: string) {
    const feed = `<!DOCTYPE rss [${declarations}]><rss version="2.0"><channel><title>${title}</title></channel></rss>`;
    return readFeed(Buffer.from(feed), { url: 'https://vidu.vn/rss' }).title;
  }

  it('are resolved where they are plain text, the first declaration binding', () => {
    expect(titleWith(`<!ENTITY bao "Báo Ví dụ"><!ENTITY bao 'khác'>`, '&bao;: &amp; &khac;')).toBe(
      'Báo Ví dụ: & &khac;',
    );
  });

  it('stay as they are where they hold others, stand elsewhere, or would take the place of those of XML', () => {
    const bomb = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">';
    expect(titleWith(`${bomb}<!ENTITY amp "x">`, '&b;&f;&amp;')).toBe('&b;&f;&');
  });

  it('add little, however often they are named', () => {
    const value = 'x'.repeat(200);
    const feed = `<!DOCTYPE rss [<!ENTITY a "${value}">]><rss version="2.0"><channel>${'<item><title>&a;</title></item>'.repeat(1000)}</channel></rss>`;
    const { entries } = readFeed(Buffer.from(feed), {});
    expect(entries.filter(({ title }) => title === value)).toHaveLength(501);
    expect(entries.at(-1)?.title).toBe('&a;');
  });
});
