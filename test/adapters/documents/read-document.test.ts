import { describe, expect, it } from 'vitest';

import { readDocument } from '../../../src/adapters/documents/read-document.ts';
import { aDocx, aPdf, aPdfBomb, aZip } from '../../support/documents.ts';

/** Each test starts a process, and the machine may be busy. */
const LIMIT = { timeout: 120_000 };

const never = new AbortController().signal;
const read = (bytes: Uint8Array, options = {}) => readDocument(bytes, never, options);

describe('documents are read in a process of their own', LIMIT, () => {
  it('reads a PDF file’s text, its lines put together to paragraphs, and its title', async () => {
    const reading = await read(
      aPdf(
        [
          [
            'THÔNG TƯ',
            'Điều 1. Thông tư này quy định việc khám bệnh, chữa bệnh bảo hiểm',
            'y tế tại trạm y tế xã.',
          ],
          ['Điều 2. Hiệu lực thi hành.'],
        ],
        { title: 'Thông tư về bảo hiểm y tế' },
      ),
    );
    expect(reading).toEqual({
      ok: true,
      title: 'Thông tư về bảo hiểm y tế',
      text: 'THÔNG TƯ\nĐiều 1. Thông tư này quy định việc khám bệnh, chữa bệnh bảo hiểm y tế tại trạm y tế xã.\nĐiều 2. Hiệu lực thi hành.',
    });
  });

  it('gives composed letters for decomposed ones', async () => {
    const reading = await read(aPdf([['Quyết định của Bộ Y tế về phòng dịch'.normalize('NFD')]]));
    expect(reading).toMatchObject({ text: 'Quyết định của Bộ Y tế về phòng dịch' });
  });

  it('reads a DOCX file', async () => {
    expect(await read(aDocx(['Quyết định số 12', 'Điều 1. Thành lập tổ công tác.']))).toEqual({
      ok: true,
      text: 'Quyết định số 12\nĐiều 1. Thành lập tổ công tác.',
    });
  });

  it.each([
    ['pages without text', aPdf([[], []]), 'no-text-layer'],
    ['scanned pages with numbers', aPdf(Array.from({ length: 12 }, () => ['tr. 1'])), 'no-text-layer'],
    ['a password', aPdf([['Nội dung mật của văn bản này']], { encrypted: true }), 'encrypted'],
    ['an old Word file', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'unsupported'],
    ['a broken PDF file', new TextEncoder().encode('%PDF-1.7\nnothing of the kind'), 'unreadable'],
    ['another zip archive', aZip({ 'xl/workbook.xml': '<workbook/>' }), 'unreadable'],
    ['a page of HTML', new TextEncoder().encode('<html>%PDF-</html>'), 'unreadable'],
  ])('says why %s cannot be read', async (_name, bytes, reason) => {
    expect(await read(bytes)).toEqual({ ok: false, reason });
  });

  it('keeps 200,000 characters', async () => {
    const line = 'Điều khoản thi hành của thông tư này áp dụng cho mọi cơ sở. '.repeat(20);
    const reading = await read(aDocx(Array.from({ length: 400 }, () => line)));
    expect(reading.ok && reading.text.length).toBe(200_000);
  });

  it('ends a file that unpacks to more than the memory allowed', async () => {
    const bomb = aPdfBomb(400_000_000);
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await read(bomb, { maxMemoryBytes: 300_000_000 })).toEqual({ ok: false, reason: 'too-complex' });
  });

  it('ends a DOCX file that does the same', async () => {
    const bomb = aDocx(['a'.repeat(300_000_000)]);
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await read(bomb, { maxMemoryBytes: 300_000_000 })).toEqual({ ok: false, reason: 'too-complex' });
  });

  it('ends what takes too long', async () => {
    expect(await read(aPdf([['Văn bản']]), { timeoutMs: 1 })).toEqual({ ok: false, reason: 'too-complex' });
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const reading = readDocument(aPdf([['Văn bản của Bộ Y tế']]), stop.signal);
    stop.abort(new Error('stopping'));
    await expect(reading).rejects.toThrow('stopping');
  });
});
