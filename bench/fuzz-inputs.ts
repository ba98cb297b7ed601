/** Hostile input for the readers: real files broken in every way, and documents that a grammar of malice makes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { type Random, randomFrom } from '../src/newsroom/random.ts';

/** Real files, where they are at hand; what the repository carries otherwise. */
const CORPORA = ['../shared/pages', '../shared/seeds', '../shared/feeds', 'test/reading/fixtures'];
const FILES_PER_FOLDER = 150;
const MAX_BYTES = 5_500_000;

const PIECES = [
  '<div>',
  '</div>',
  '<p>',
  '</p>',
  '<span><div></span>',
  '<table><tr><td>',
  '<b>',
  '<a href="/tin-so-12345.html">',
  '</a>',
  '<item>',
  '</item>',
  '<entry>',
  '<url><loc>',
  '<ul><li>',
  '<script>',
  '<script type="application/ld+json">',
  '</script>',
  '<style>',
  '<svg><g>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<!doctype',
  '<?xml ',
  '<p',
  '<',
  '>',
  '"',
  "'",
  '=',
  '&',
  '&amp;',
  '&amp;amp;',
  '&#x110000;',
  '&#55296;',
  '&x;',
  ';',
  '{',
  '}',
  '[',
  ']',
  '{"a":',
  '[{"@graph":',
  '\\u0000',
  '\\',
  '\0',
  '\ufeff',
  '\u00ad',
  'a\u0323\u0302',
  '\u0301',
  '\ud800',
  'ộ',
  'Theo ',
  'Ảnh: ',
  'BÖnh viÖn ',
  'Beänh vieän ',
  'ngày ',
  'tháng ',
  'giờ ',
  '12/',
  '07:',
  '+07',
  '1',
  '2026-',
  'a',
  ' ',
  '\n',
  '\t',
  '.',
  '...',
  '- ',
  '/',
  'http://',
  '@',
  '(',
  ')',
  '|',
  ', ',
  'x=1 ',
  'class="a b c" ',
] as const;

/** Documents with a hole: whatever a reader looks at closely has one somewhere. */
const PAGES = [
  '%',
  '<html><head><title>%</title></head><body><h1>Một tin</h1><p>Một hai ba.</p></body></html>',
  '<html><body><article><h1>%</h1><p>Một hai ba bốn năm sáu bảy.</p></article></body></html>',
  '<html><body><article><h1>Tin</h1><p>%</p></article></body></html>',
  '<html><body><article>%<p>Hai ba bốn</p></article></body></html>',
  '<html><head><meta property="og:title" content="%"><meta name="author" content="%"></head><body><p>x</p></body></html>',
  '<html><head><meta property="article:published_time" content="%"></head><body><time datetime="%">%</time></body></html>',
  '<html><head><link rel="canonical" href="%"><base href="%"></head><body><a href="%">Một hai ba bốn năm</a></body></html>',
  '<html><head><script type="application/ld+json">%</script></head><body><p>Tin</p></body></html>',
  '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%","author":{"name":"%"},"articleBody":"%"}</script>',
  '<html><body><div class="%" id="%" style="%"><p>Một hai ba</p></div></body></html>',
  '<html><body><span class="author">%</span><span class="date">%</span><p style="text-align:right"><strong>%</strong></p></body></html>',
  '<html><body><figure><img src="%" alt="%"><figcaption>%</figcaption></figure></body></html>',
  '<rss version="2.0"><channel><title>%</title><item><title>%</title><link>https://vidu.vn/a</link></item></channel></rss>',
  '<rss version="2.0"><channel><item><title>x</title><link>https://vidu.vn/a</link><description>%</description></item></channel></rss>',
  '<rss version="2.0"><channel><item><title>x</title><link>%</link><pubDate>%</pubDate><author>%</author></item></channel></rss>',
  '<rss version="2.0"><channel>%</channel></rss>',
  '<!DOCTYPE rss [<!ENTITY a "%"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;&a;</title></item></channel></rss>',
  '<!DOCTYPE rss [%]><rss version="2.0"><channel><item><title>&a;</title></item></channel></rss>',
  '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="%"><entry><title type="html">%</title><link href="%"/></entry></feed>',
  '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">%</content></entry></feed>',
  '<feed %><entry><title>x</title></entry></feed>',
  '<urlset>%</urlset>',
  '<sitemapindex><sitemap><loc>%</loc><lastmod>%</lastmod></sitemap></sitemapindex>',
  '{"version":"https://jsonfeed.org/version/1.1","title":"%","items":[{"id":"1","url":"%","content_html":"%"}]}',
  '{"items":[%]}',
] as const;

const ENCODINGS = ['utf-16le', 'utf-16be', 'windows-1258', 'tcvn', 'viscii', 'shift_jis', 'gb18030'];

export interface FuzzInputs {
  /** How many real files there are to break. */
  readonly files: number;
  /** The same bytes for the same seed, index and files. */
  make(index: number): Buffer;
}

/** Prepares a sequence of inputs that `seed` decides. */
export function fuzzInputs(seed: string): FuzzInputs {
  const files = CORPORA.filter((folder) => existsSync(folder)).flatMap(filesOf);
  return {
    files: files.length,
    make(index) {
      const random = randomFrom(`${seed} ${index}`);
      const isMade = files.length === 0 || random.next() < 0.5;
      let bytes = isMade ? document(random) : readFile(random.pick(files));
      for (let times = random.int(isMade ? 0 : 1, 3); times > 0; times -= 1)
        bytes = mutate(bytes, files, random);
      return bytes.subarray(0, MAX_BYTES);
    },
  };
}

/** Spread over the folder, and always the same ones. */
function filesOf(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.(?:html?|xml|json|gz|rss)$/.test(file.name))
    .map((file) => join(file.parentPath, file.name))
    .sort();
  const step = Math.max(1, Math.floor(all.length / FILES_PER_FOLDER));
  return all.filter((_path, at) => at % step === 0);
}

function readFile(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Template with each hole filled; most fillings are one short pattern over and over, as backtracking likes it. */
function document(random: Random): Buffer {
  const text = random.pick(PAGES).replaceAll('%', () => filling(random));
  return Buffer.from(text);
}

function filling(random: Random): string {
  const size = Math.round(10 ** (1 + random.next() * 5.5));
  switch (random.int(0, 4)) {
    case 0:
      return chain(random, Math.min(size, 200_000));
    case 1:
      return random.pick(PIECES).repeat(random.int(0, 3));
    case 2: {
      // A prefix and an end that does not fit, around the repeated pattern.
      const bait = pattern(random);
      return random.pick(PIECES) + repeated(bait, size) + random.pick(PIECES);
    }
    default:
      return repeated(pattern(random), size);
  }
}

function pattern(random: Random): string {
  return Array.from({ length: random.int(1, 4) }, () => random.pick(PIECES)).join('');
}

function chain(random: Random, size: number): string {
  let text = '';
  while (text.length < size) text += random.pick(PIECES);
  return text;
}

function repeated(text: string, size: number): string {
  return text.repeat(Math.min(Math.ceil(size / text.length), Math.ceil(MAX_BYTES / text.length)));
}

/** Breaks bytes the way that servers, templates and attackers do. */
function mutate(bytes: Buffer, files: readonly string[], random: Random): Buffer {
  const at = random.int(0, bytes.length);
  const length = random.int(0, Math.min(8000, bytes.length - at));
  const head = bytes.subarray(0, at);
  const part = bytes.subarray(at, at + length);
  const tail = bytes.subarray(at + length);
  switch (random.int(0, 8)) {
    case 0:
      return head;
    case 1:
      return Buffer.concat([head, tail]);
    case 2:
      return Buffer.concat([head, ...Array<Buffer>(random.int(0, 100)).fill(part), tail]);
    case 3:
    case 4: {
      const size = Math.round(10 ** (random.next() * 6));
      return Buffer.concat([head, Buffer.from(repeated(pattern(random), size)), part, tail]);
    }
    case 5:
      return flipped(bytes, random);
    case 6:
      // Two files spliced: one ends where the other goes on.
      return files.length === 0 ? bytes : Buffer.concat([head, readFile(random.pick(files)).subarray(at)]);
    case 7: {
      // Another encoding than the one declared, and cut inside a character.
      const encoded = iconv.encode(bytes.toString('utf8'), random.pick(ENCODINGS));
      return encoded.subarray(0, encoded.length - random.int(0, 3));
    }
    default:
      return packed(bytes, random);
  }
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let hit = random.int(1, 200); hit > 0 && copy.length > 0; hit -= 1)
    copy[random.int(0, copy.length - 1)] = random.int(0, 255);
  return copy;
}

/** A gzip file: whole, broken, or one that unpacks to a hundred times its size. */
function packed(bytes: Buffer, random: Random): Buffer {
  const bomb = random.next() < 0.1;
  const zip = gzipSync(
    bomb ? Buffer.alloc(20_000_000, bytes.subarray(0, 64).toString('latin1') || ' ') : bytes,
  );
  return random.next() < 0.3 ? zip.subarray(0, random.int(0, zip.length)) : zip;
}
