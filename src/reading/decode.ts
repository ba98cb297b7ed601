import { isAscii, isUtf8 } from 'node:buffer';

import iconv from 'iconv-lite';

import { toNfc } from './html-text.ts';
import { guessVietnameseEncoding, rescueFontText } from './vietnamese-encoding.ts';

/** Declarations stand at the head; a server's junk before them is short. */
const HEAD_BYTES = 4096;
/** Of the non-ASCII characters, so large a share may be broken in what is still taken for UTF-8. */
const MAX_BROKEN_SHARE = 0.2;

const BYTE_ORDER_MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** How an ASCII character stands between zero bytes tells the wide encodings apart where no mark does. */
const ZERO_PATTERNS: readonly (readonly [string, string])[] = [
  ['0001', 'utf-32be'],
  ['1000', 'utf-32le'],
  ['0101', 'utf-16be'],
  ['1010', 'utf-16le'],
];

const XML_DECLARATION = /<\?xml[^>]{0,200}?encoding\s{0,10}=\s{0,10}["']([\w.:-]{1,40})/i;
const META_CHARSET = /<meta[^>]{0,200}?charset\s{0,10}=\s{0,10}["']?([\w.:-]{1,40})/i;
const HEADER_CHARSET = /charset\s{0,10}=\s{0,10}["']?([\w.:-]{1,40})/i;

/** Names that iconv-lite does not know, or that browsers read as a superset. */
const LABELS: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'latin-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-sjis': 'shift_jis',
  'ks_c_5601-1987': 'cp949',
  'x-viet-tcvn': 'tcvn',
  'x-viet-tcvn5712': 'tcvn',
  'tcvn-5712': 'tcvn',
  'tcvn5712-1': 'tcvn',
  tcvn3: 'tcvn',
  'x-viscii': 'viscii',
  'x-viet-viscii': 'viscii',
  'x-cp1258': 'windows-1258',
  u16: 'utf-16',
  unicode: 'utf-16le',
};

const SEVEN_BIT = /^(?:iso-2022|utf-?7|hz)/;
const WIDE = /^(?:utf|ucs|iso-10646)[-_]?(?:ucs[-_]?)?(?:16|32|2|4)/;

/** Controls except tab and line ends, byte order marks and non-characters: nothing that a text means. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to go; named classes are ten times slower
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g;

/** The combining marks of Latin letters, Vietnamese among them. */
const LATIN_MARK = /[\u0300-\u036f]/;

/**
 * Turns bytes into text, believing the bytes before anybody who speaks about them.
 *
 * In this order: a byte order mark; zero bytes as UTF-16 and UTF-32 leave them; bytes that are valid UTF-8 with at
 * least one multi-byte character, whatever header and declaration claim; the HTTP header; the XML declaration or
 * the meta element; mostly valid UTF-8. What is none of these is read as the declared encoding or windows-1252,
 * unless windows-1258, TCVN3 or VISCII makes clearly more Vietnamese of it. Text typed for a TCVN3 or VNI font is
 * converted.
 *
 * @param options.contentType  the Content-Type header, if any
 * @param options.kind         where a declaration inside the bytes is looked for
 * @returns NFC text (of a page, of its Latin letters at least) without control characters (tab and line ends stay), and the encoding it was read in
 */
export function decodeText(
  bytes: Uint8Array,
  options: { contentType?: string | undefined; kind: 'xml' | 'html' | 'json' },
): { text: string; encoding: string } {
  const { kind } = options;
  const encoding = encodingOf(bytes, options);
  // What is ASCII throughout is shorter in memory, and quicker to search, as single bytes.
  const isPlain = encoding === 'utf-8' && isAscii(bytes);
  const seen = (isPlain ? asLatin(bytes) : inEncoding(bytes, encoding)).replace(CONTROL_CHARACTERS, '');
  // Most of a page is never read; what is read of it is composed then, where it is not Latin.
  const decoded = kind === 'html' && !LATIN_MARK.test(seen) ? seen : toNfc(seen);
  const rescued = isPlain ? { text: decoded } : rescueFontText(decoded);
  return {
    text: rescued.text,
    encoding: 'from' in rescued && rescued.from ? `${encoding}+${rescued.from}` : encoding,
  };
}

/** Node's own decoder takes UTF-8 several times as fast as one that is fed piece by piece. */
function inEncoding(bytes: Uint8Array, encoding: string): string {
  if (encoding !== 'utf-8') return iconv.decode(bytes, encoding);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

function asLatin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function encodingOf(
  bytes: Uint8Array,
  { contentType, kind }: { contentType?: string | undefined; kind: 'xml' | 'html' | 'json' },
): string {
  const wide = fromByteOrderMark(bytes) ?? fromZeroBytes(bytes);
  if (wide !== undefined) return wide;
  const declared = known(HEADER_CHARSET.exec(contentType ?? '')?.[1]) ?? known(declaredInside(bytes, kind));
  if (isUtf8(bytes)) {
    // Seven-bit encodings look like ASCII and, to a validator, like UTF-8.
    return declared !== undefined && SEVEN_BIT.test(declared) && isAscii(bytes) ? declared : 'utf-8';
  }
  if (declared !== undefined && declared !== 'utf-8' && declared !== 'windows-1252') {
    return guessVietnameseEncoding(bytes, declared);
  }
  if (isMostlyUtf8(bytes)) return 'utf-8';
  return guessVietnameseEncoding(bytes, 'windows-1252');
}

function fromByteOrderMark(bytes: Uint8Array): string | undefined {
  return BYTE_ORDER_MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte))?.[1];
}

function fromZeroBytes(bytes: Uint8Array): string | undefined {
  const head = Array.from(bytes.subarray(0, 4), (byte) => (byte === 0 ? '0' : '1')).join('');
  return ZERO_PATTERNS.find(([pattern]) => pattern === head)?.[1];
}

function declaredInside(bytes: Uint8Array, kind: 'xml' | 'html' | 'json'): string | undefined {
  if (kind === 'json') return undefined;
  const head = asLatin(bytes.subarray(0, HEAD_BYTES));
  const inXml = XML_DECLARATION.exec(head)?.[1];
  return kind === 'xml' ? inXml : (META_CHARSET.exec(head)?.[1] ?? inXml);
}

/** The name iconv-lite knows the label by; `undefined` for what it does not know or what the bytes rule out. */
function known(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  const lower = label.toLowerCase();
  const name = LABELS[lower] ?? lower;
  // A declaration that could be read as ASCII is proof that the text is not in a wide encoding.
  if (WIDE.test(name) || !iconv.encodingExists(name)) return undefined;
  return /^utf-?8$/.test(name) ? 'utf-8' : name;
}

function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  let broken = 0;
  let accented = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) broken += 1;
    if (unit > 0x7f) accented += 1;
  }
  return accented > broken && broken / accented <= MAX_BROKEN_SHARE;
}
