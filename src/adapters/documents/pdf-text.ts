import { getDocumentProxy } from 'unpdf';

import { type DocumentReading, MAX_DOCUMENT_CHARS } from '../../domain/document.ts';

/** Longer ones are books; their beginning is enough to find them by. */
const MAX_PAGES = 500;
/** Scanners print a number or a stamp on each page; that is no text. */
const MIN_LETTERS = 20;
const MIN_LETTERS_PER_PAGE = 5;

/** Reads the text layer of a PDF file. Takes as much time and memory as the file makes it: call it apart. */
export async function readPdf(bytes: Uint8Array): Promise<DocumentReading> {
  try {
    // The library refuses Node's own kind of byte array, which stores give.
    const document = await getDocumentProxy(new Uint8Array(bytes), {
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      verbosity: 0,
    });
    const pages = Math.min(document.numPages, MAX_PAGES);
    let text = '';
    for (let number = 1; number <= pages && text.length < MAX_DOCUMENT_CHARS; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      text += `${items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')}\n`;
      page.cleanup();
    }
    const letters = text.match(/\p{L}/gu)?.length ?? 0;
    if (letters < Math.max(MIN_LETTERS, pages * MIN_LETTERS_PER_PAGE))
      return { ok: false, reason: 'no-text-layer' };
    const title = await statedTitle(document);
    return { ok: true, text: paragraphs(text), ...(title === undefined ? {} : { title }) };
  } catch (error) {
    const isEncrypted = (error as Error).name === 'PasswordException';
    return { ok: false, reason: isEncrypted ? 'encrypted' : 'unreadable' };
  }
}

/** Titles that word processors and scanners make up say nothing. */
const MADE_UP =
  /^(?:microsoft word\b|untitled|document\d*$|scan|image|img[_\d]|\S+\.(?:docx?|pdf|xlsx?|tiff?)$)/i;

async function statedTitle(
  document: Awaited<ReturnType<typeof getDocumentProxy>>,
): Promise<string | undefined> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const { Title: stated } = info as { Title?: unknown };
  const title = typeof stated === 'string' ? stated.replace(/\s+/g, ' ').trim() : '';
  return title === '' || title.length > 300 || MADE_UP.test(title) ? undefined : title;
}

/** Puts lines together that the page's width has parted: where one ends within a sentence and the next goes on. */
function paragraphs(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
  let joined = '';
  let last = '';
  for (const line of lines) {
    if (line === '') continue;
    const goesOn = last !== '' && !/[.:;!?…]["”’)]*$/u.test(last) && /^[\p{Ll}(]/u.test(line);
    joined += last === '' ? line : `${goesOn ? ' ' : '\n'}${line}`;
    last = line;
  }
  return joined;
}
