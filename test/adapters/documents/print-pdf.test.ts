import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { findChromium } from '../../../src/adapters/documents/chromium.ts';
import { createPdfPrinter, printPdf } from '../../../src/adapters/documents/print-pdf.ts';
import { readDocument } from '../../../src/adapters/documents/read-document.ts';
import type { PrintedDocument } from '../../../src/domain/printed-document.ts';
import { printedHtml } from '../../../src/reports/printed-html.ts';

const browser = findChromium(process.env.CHROMIUM_PATH === '' ? undefined : process.env.CHROMIUM_PATH);
const signal = () => new AbortController().signal;

const DOCUMENT: PrintedDocument = {
  lang: 'vi',
  title: 'Điểm báo mẫu',
  header: { agency: 'Văn phòng', number: '12/ĐB-VP', place: 'Tỉnh Mẫu', day: '2026-02-05' },
  blocks: Array.from({ length: 90 }, (_, at) => ({
    kind: 'paragraph' as const,
    runs: [{ text: `Đoạn thứ ${at + 1} nói về tình hình trong kỳ.` }],
  })),
  recipients: ['Lưu: VT'],
  signature: { office: 'Chánh Văn phòng', name: 'Người Ký Mẫu' },
};

async function textOf(html: string): Promise<string> {
  const reading = await readDocument(await printPdf(browser ?? '', html, signal()), signal());
  if (!reading.ok) throw new Error(reading.reason);
  return reading.text;
}

/** Text of a PDF has its marks drawn apart now and then; what matters is the letters. */
const letters = (text: string) => text.replace(/\s+/g, '');

describe('findChromium', () => {
  it('takes the one that is named, where it can be run, and else looks on PATH', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-path-'));
    const file = join(folder, 'chromium');
    expect(findChromium(undefined, { PATH: folder })).toBeUndefined();
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
    expect(findChromium(undefined, { PATH: `/no/such/folder:${folder}` })).toBe(file);
    expect(findChromium(file, {})).toBe(file);
    expect(findChromium(join(folder, 'none'), { PATH: folder })).toBeUndefined();
  });
});

describe.skipIf(browser === undefined)(
  `printPdf${browser === undefined ? ' (skipped: no Chromium was found, set CHROMIUM_PATH)' : ''}`,
  { timeout: 120_000 },
  () => {
    it('prints every word, with page numbers from the second page on', async () => {
      const bytes = await printPdf(browser ?? '', printedHtml(DOCUMENT), signal());
      const reading = await readDocument(bytes, signal());
      const text = reading.ok ? letters(reading.text) : '';
      for (const word of [
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
        'Số: 12/ĐB-VP',
        'ĐIỂM BÁO MẪU',
        'Đoạn thứ 90 nói',
        'CHÁNH VĂN PHÒNG',
        '- Lưu: VT.',
      ]) {
        expect(text).toContain(letters(word));
      }
      // A4 in points.
      expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/MediaBox ?\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
      expect(reading.ok && reading.text).toMatch(/(?:^|\n|\s)2\s+Đoạn/);
    });

    it('loads nothing from the network or from the disk, and runs nothing', async () => {
      const asked: string[] = [];
      const server = createServer((request, response) => {
        asked.push(request.url ?? '');
        response.end('<svg xmlns="http://www.w3.org/2000/svg"><text>từ mạng</text></svg>');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-secret-'));
      const secret = join(folder, 'secret.html');
      writeFileSync(secret, 'BÍ MẬT');
      // As if the writer had let all of this through: the browser itself must not do it.
      const html = printedHtml(DOCUMENT)
        .replace(/<meta http-equiv[^>]*>/, '')
        .replace(
          '</body>',
          `<img src="http://127.0.0.1:${port}/a.svg"><iframe src="http://127.0.0.1:${port}/b"></iframe></body>`,
        );
      const withPolicy = printedHtml(DOCUMENT).replace(
        '</body>',
        `<iframe src="file://${secret}"></iframe><script>document.body.append('ĐÃ CHẠY')</script></body>`,
      );
      try {
        await textOf(html);
        const text = await textOf(withPolicy);
        expect(asked).toEqual([]);
        expect(letters(text)).not.toContain(letters('BÍ MẬT'));
        expect(letters(text)).not.toContain(letters('ĐÃ CHẠY'));
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    });

    it('leaves nothing behind', async () => {
      const usual = process.env.TMPDIR;
      process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'nhip-yte-own-'));
      try {
        await textOf(printedHtml(DOCUMENT));
        expect(readdirSync(process.env.TMPDIR)).toEqual([]);
      } finally {
        if (usual === undefined) delete process.env.TMPDIR;
        else process.env.TMPDIR = usual;
      }
    });

    it('prints one after the other, and goes on after one that could not be printed', async () => {
      const print = createPdfPrinter(browser ?? '');
      const told = AbortSignal.abort(new Error('told to'));
      const [first, second, third] = await Promise.allSettled([
        print(printedHtml(DOCUMENT), signal()),
        print(printedHtml(DOCUMENT), told),
        print(printedHtml({ ...DOCUMENT, title: 'Bản thứ ba' }), signal()),
      ]);
      expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });

    it('ends when it is told to', async () => {
      const stop = new AbortController();
      const printing = printPdf(browser ?? '', printedHtml(DOCUMENT), stop.signal);
      stop.abort(new Error('told to'));
      await expect(printing).rejects.toThrow('told to');
    });
  },
);

describe('a browser that prints nothing', () => {
  it('is told of with what it said', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-broken-'));
    const broken = join(folder, 'chromium');
    writeFileSync(broken, '#!/bin/sh\necho "no display" >&2\nexit 1\n', { mode: 0o755 });
    await expect(printPdf(broken, '<p>x</p>', signal())).rejects.toMatchObject({
      reason: 'no-pdf',
      message: expect.stringContaining('no display'),
    });
    await expect(printPdf(join(folder, 'none'), '<p>x</p>', signal())).rejects.toMatchObject({
      reason: 'no-pdf',
    });
  });
});
