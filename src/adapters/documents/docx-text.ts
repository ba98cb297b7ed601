import mammoth from 'mammoth';

import type { DocumentReading } from '../../domain/document.ts';

const MIN_LETTERS = 20;

/** Reads the text of a DOCX file. Takes as much time and memory as the file makes it: call it apart. */
export async function readDocx(bytes: Uint8Array): Promise<DocumentReading> {
  try {
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    const lines = value.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
    const text = lines.filter((line) => line !== '').join('\n');
    const letters = text.match(/\p{L}/gu)?.length ?? 0;
    return letters < MIN_LETTERS ? { ok: false, reason: 'no-text-layer' } : { ok: true, text };
  } catch {
    // Another kind of zip file, too.
    return { ok: false, reason: 'unreadable' };
  }
}
