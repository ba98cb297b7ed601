import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';

import { decodeText } from '../../src/reading/decode.ts';

const TEXT = 'Bệnh viện huyện cảnh báo dịch sốt xuất huyết tăng nhanh ở phía Nam, người dân cần diệt muỗi';
const xml = (encoding: string, text = TEXT) => `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`;
const decode = (bytes: Uint8Array, contentType?: string) => decodeText(bytes, { kind: 'xml', contentType });

/** windows-1258 keeps â, ê, ô, ă, ơ, ư and the tones apart. */
function toWindows1258(text: string): Buffer {
  const apart = text
    .normalize('NFD')
    .replace(
      /([aeouAEOU])([\u0323]?)([\u0302\u0306\u031b])/g,
      (_all, base, dot, mark) => (base + mark).normalize('NFC') + dot,
    );
  return iconv.encode(apart, 'windows-1258');
}

describe('decodeText', () => {
  it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
    'reads %s with and without a mark',
    (encoding) => {
      for (const addBOM of [true, false]) {
        const bytes = iconv.encode(xml(encoding), encoding, { addBOM });
        expect(decode(bytes)).toEqual({ text: xml(encoding), encoding });
      }
    },
  );

  it.each(['iso-8859-1', 'utf-16', 'windows-1258', 'us-ascii', 'no-such-encoding'])(
    'believes valid UTF-8 over a declaration of %s',
    (declared) => {
      const bytes = Buffer.from(xml(declared));
      expect(decode(bytes, `text/xml; charset=${declared}`).text).toBe(xml(declared));
    },
  );

  it('puts the header before the declaration where the bytes say nothing', () => {
    const bytes = iconv.encode(xml('windows-1252', 'Příliš žluťoučký'), 'windows-1250');
    expect(decode(bytes, 'application/xml; charset="windows-1250"').text).toContain('Příliš žluťoučký');
  });

  it('finds the charset of a page in its meta element', () => {
    const page = '<html><head><meta charset=windows-1250><title>Příliš žluťoučký</title>';
    expect(decodeText(iconv.encode(page, 'windows-1250'), { kind: 'html' }).text).toBe(page);
  });

  it.each([undefined, 'text/xml', 'text/xml; charset=iso-8859-1', 'text/xml; charset=utf-8'])(
    'recognises Vietnamese from before Unicode under %s',
    (contentType) => {
      const legacy = {
        'windows-1258': toWindows1258(TEXT),
        tcvn: iconv.encode(TEXT, 'tcvn'),
        viscii: iconv.encode(TEXT, 'viscii'),
      };
      for (const [encoding, bytes] of Object.entries(legacy)) {
        expect(decode(bytes, contentType)).toEqual({ text: TEXT, encoding });
      }
    },
  );

  it('rescues text that was typed for a TCVN3 or a VNI font', () => {
    const tcvn3 = iconv.encode(TEXT, 'tcvn').toString('latin1');
    expect(decode(Buffer.from(tcvn3)).text).toBe(TEXT);
    const vni = 'Beänh vieän huyeän caûnh baùo dòch soát xuaát huyeát taêng nhanh, ngöôøi daân ñöôïc BAÙO';
    expect(decode(Buffer.from(vni)).text).toBe(
      'Bệnh viện huyện cảnh báo dịch sốt xuất huyết tăng nhanh, người dân được BÁO',
    );
  });

  it('leaves other languages alone', () => {
    for (const text of [
      'Café à la crème, déjà vu, naïve façade, résumé d’un élève à l’école',
      'Über Straßen und Gärten, größer, schön, für Mädchen, über, Tür',
      'São Paulo, ação, coração, não, irmã, avô, avó, três, você',
    ]) {
      expect(decode(Buffer.from(text)).text).toBe(text);
      expect(decode(iconv.encode(text, 'windows-1252'), 'text/html; charset=iso-8859-1').text).toBe(text);
    }
  });

  it('keeps UTF-8 where a byte is broken', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${TEXT} `),
      Buffer.from([0xe1, 0xba]),
      Buffer.from(` ${TEXT}`),
    ]);
    const { text, encoding } = decode(bytes, 'text/xml; charset=iso-8859-1');
    expect(encoding).toBe('utf-8');
    expect(text.startsWith(TEXT) && text.endsWith(TEXT)).toBe(true);
  });

  it('returns NFC without control characters', () => {
    const bytes = Buffer.from(`a\u0000b\u0008c\u0085d\u009ce\ufefff\tg\n${TEXT.normalize('NFD')}`);
    expect(decode(bytes).text).toBe(`abcdef\tg\n${TEXT}`);
  });

  it('sorts no heap of marks', () => {
    const start = performance.now();
    decode(Buffer.from(`a${'\u0323\u0301'.repeat(200_000)}`));
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
