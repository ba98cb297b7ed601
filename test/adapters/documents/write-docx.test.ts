import { describe, expect, it } from 'vitest';
import type { PngDrawer } from '../../../src/adapters/documents/draw-png.ts';
import { readDocument } from '../../../src/adapters/documents/read-document.ts';
import { writeDocx } from '../../../src/adapters/documents/write-docx.ts';
import type { PrintedDocument } from '../../../src/domain/printed-document.ts';
import { zipParts } from '../../support/zip-parts.ts';

const DOCUMENT: PrintedDocument = {
  lang: 'vi',
  title: 'Điểm báo ngày 05/02/2026',
  header: {
    parentAgency: 'Sở Y tế tỉnh Mẫu',
    agency: 'Văn phòng',
    number: '12/ĐB-VP',
    place: 'Tỉnh Mẫu',
    day: '2026-02-05',
    subject: 'V/v điểm báo',
  },
  blocks: [
    { kind: 'heading', level: 1, text: 'I. Tổng quan' },
    {
      kind: 'paragraph',
      runs: [
        { text: 'Có ' },
        { text: '12 bài', href: 'https://office.example/articles?a=1&b=2' },
        { text: '\ndòng sau <b>không phải thẻ</b>\u0000\ud800', bold: true },
        { text: 'x', href: 'javascript:alert(1)' },
      ],
    },
    { kind: 'list', items: [[{ text: 'một' }], [{ text: 'hai' }]] },
    {
      kind: 'table',
      caption: 'Bảng 1',
      columns: [
        { title: 'TT', align: 'centre', width: 0.2 },
        { title: 'Nội dung', align: 'start', width: 0.5 },
        { title: 'Số', align: 'end', width: 0.3 },
      ],
      rows: [[[{ text: '1' }], [{ text: 'ô đầu' }]]],
    },
    {
      kind: 'figure',
      svg: '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="200"><rect width="9" height="9"/></svg>',
      alt: 'cột xanh',
      caption: 'Hình 1',
    },
  ],
  recipients: ['Như trên', 'Lưu: VT.'],
  signature: { office: 'Chánh Văn phòng', name: 'Người Ký Mẫu' },
};

async function bodyOf(document: PrintedDocument): Promise<string> {
  return zipParts(await writeDocx(document)).get('word/document.xml') ?? '';
}

/** Millimetres as twentieths of a point. */
const twips = (millimetres: number) => String(Math.floor((millimetres / 25.4) * 1440));

describe('writeDocx', () => {
  it('is opened again with every word in its order', async () => {
    const bytes = await writeDocx(DOCUMENT);
    const reading = await readDocument(bytes, new AbortController().signal);
    expect(reading.ok).toBe(true);
    const text = reading.ok ? reading.text.replace(/\s+/g, ' ') : '';
    const words = [
      'SỞ Y TẾ TỈNH MẪU',
      'VĂN PHÒNG',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Số: 12/ĐB-VP',
      'V/v điểm báo',
      'Tỉnh Mẫu, ngày 05 tháng 02 năm 2026',
      'ĐIỂM BÁO NGÀY 05/02/2026',
      'I. Tổng quan',
      'Có 12 bài',
      'dòng sau <b>không phải thẻ</b>',
      'Bảng 1',
      'ô đầu',
      'Hình 1',
      'Nơi nhận:',
      '- Như trên;',
      '- Lưu: VT.',
      'CHÁNH VĂN PHÒNG',
      'Người Ký Mẫu',
    ];
    let from = 0;
    for (const word of words) {
      const at = text.indexOf(word, from);
      expect(at, `${word} after ${text.slice(Math.max(0, from - 40), from)}`).toBeGreaterThanOrEqual(from);
      from = at + word.length;
    }
  });

  it('has the page, margins and letters of Nghị định 30', async () => {
    const body = await bodyOf(DOCUMENT);
    expect(body).toMatch(new RegExp(`<w:pgSz [^>]*w:w="${twips(210)}"[^>]*w:h="${twips(297)}"`));
    const margins = /<w:pgMar [^>]*>/.exec(body)?.[0] ?? '';
    for (const [side, mm] of [
      ['top', 20],
      ['bottom', 20],
      ['left', 30],
      ['right', 15],
    ] as const) {
      expect(margins).toContain(`w:${side}="${twips(mm)}"`);
    }
    expect(body).toContain('<w:titlePg/>');
    const styles = zipParts(await writeDocx(DOCUMENT)).get('word/styles.xml') ?? '';
    expect(styles).toMatch(/<w:docDefaults>.*Times New Roman.*<w:sz w:val="26"\/>.*<\/w:docDefaults>/s);
    // Quốc hiệu is bold, 12 to 13 points; tiêu ngữ bold, 13 to 14.
    const run = (text: string) =>
      body.slice(body.lastIndexOf('<w:r>', body.indexOf(text)), body.indexOf(text));
    expect(run('CỘNG HÒA')).toMatch(/<w:b\/>.*<w:sz w:val="2[4-6]"\/>/s);
    expect(run('Độc lập')).toMatch(/<w:b\/>.*<w:sz w:val="2[6-8]"\/>/s);
  });

  it('does not say a caption twice', async () => {
    const blocks = DOCUMENT.blocks.map((block) =>
      block.kind === 'table' ? { ...block, isToldAbove: true } : block,
    );
    expect(await bodyOf(DOCUMENT)).toContain('>Bảng 1<');
    const body = await bodyOf({ ...DOCUMENT, blocks });
    expect(body).not.toContain('>Bảng 1<');
    expect(body).toContain('>ô đầu<');
  });

  it('links to where a number leads, and to nothing that runs', async () => {
    const parts = zipParts(await writeDocx(DOCUMENT));
    const links = [
      ...(parts.get('word/_rels/document.xml.rels') ?? '').matchAll(
        /Target="([^"]*)" TargetMode="External"/g,
      ),
    ];
    expect(links.map(([, target]) => target)).toEqual(['https://office.example/articles?a=1&amp;b=2']);
  });

  it('carries a picture with its words, no wider than the text', async () => {
    const parts = zipParts(await writeDocx(DOCUMENT));
    const body = parts.get('word/document.xml') ?? '';
    expect(body).toContain('descr="cột xanh"');
    const [, width = 0] = /<wp:extent cx="(\d+)"/.exec(body) ?? [];
    expect(Number(width)).toBeGreaterThan(0);
    expect(Number(width) / 36_000).toBeLessThanOrEqual(165.1);
    expect([...parts.keys()].some((name) => name.startsWith('word/media/') && name.endsWith('.svg'))).toBe(
      true,
    );
  });

  it('has the picture drawn for programs that show no SVG, and goes without where that fails', async () => {
    const pictureOf = async (draw?: PngDrawer) => {
      const parts = zipParts(await writeDocx(DOCUMENT, draw));
      return [...parts].find(([name]) => name.startsWith('word/media/') && name.endsWith('.png'))?.[1];
    };
    const sizes: object[] = [];
    const drawn = await pictureOf(async (_svg, size) => {
      sizes.push(size);
      return Buffer.from('a picture of points');
    });
    expect(drawn).toBe('a picture of points');
    expect(sizes).toEqual([{ width: expect.any(Number), height: expect.any(Number) }]);
    const failing = await pictureOf(async () => {
      throw new Error('no browser');
    });
    expect(failing).toBe(await pictureOf());
    expect(failing).toContain('PNG');
  });

  it('needs neither header nor signature nor recipients', async () => {
    const body = await bodyOf({ lang: 'en', title: 'Only a title', blocks: [] });
    expect(body).toContain('ONLY A TITLE');
    expect(body).not.toContain('<w:tbl>');
  });

  it('leaves dots where the number is to be written by hand', async () => {
    const { header = { agency: '', place: '', number: '', day: '' } } = DOCUMENT;
    const body = await bodyOf({ ...DOCUMENT, header: { ...header, number: '', day: '2026-11-23' } });
    expect(body).toContain('Số: ……/……');
    expect(body).toContain('ngày 23 tháng 11 năm 2026');
  });
});
