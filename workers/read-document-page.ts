import { createHash } from 'node:crypto';

import { documentKind } from '../src/domain/document.ts';
import type { Entry } from '../src/domain/entry.ts';
import type { ArticleText, Attachment, FetchedPage } from '../src/domain/page.ts';
import { PermanentError } from '../src/errors.ts';
import { rescueFontText } from '../src/reading/vietnamese-encoding.ts';
import type { Deps } from './stage.ts';

/** What is judged of a document: as much as a long article has. A circular's annexes must not decide its polarity. */
const BODY_CHARS = 20_000;
const MAX_TITLE_CHARS = 300;

/**
 * The article that a PDF or DOCX file is: its opening the body, the whole its only attachment.
 *
 * @throws {PermanentError} why it cannot be read; see `DocumentReading`
 */
export async function readDocumentPage(
  entry: Entry,
  page: FetchedPage,
  deps: Pick<Deps, 'readDocument'>,
  signal: AbortSignal,
): Promise<ArticleText> {
  const file = await readFile(page.bytes, deps, signal);
  const { text, unreadReason, title: stated } = file;
  if (text === undefined) throw new PermanentError(unreadReason ?? 'unreadable');
  const title = entry.title || stated || (text.split('\n')[0] ?? '').slice(0, MAX_TITLE_CHARS);
  const { title: _stated, ...reading } = file;
  return {
    title,
    summary: entry.summary,
    body: opening(text),
    attachments: [{ url: page.url, title: stated ?? title, kind: 'pdf', ...reading }],
  };
}

/** Whole paragraphs, as far as they fit. */
function opening(text: string): string {
  if (text.length <= BODY_CHARS) return text;
  const end = text.lastIndexOf('\n', BODY_CHARS);
  return text.slice(0, end > BODY_CHARS / 2 ? end : BODY_CHARS);
}

/** What reading a file gives of an attachment, and the title that the file states. */
export async function readFile(
  bytes: Uint8Array,
  { readDocument }: Pick<Deps, 'readDocument'>,
  signal: AbortSignal,
): Promise<Partial<Pick<Attachment, 'kind' | 'text' | 'sha256' | 'unreadReason' | 'title'>>> {
  const kind = documentKind(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (kind === undefined) return { sha256, unreadReason: 'not-a-document' };
  const about = { kind: kind === 'pdf' ? ('pdf' as const) : ('docx' as const), sha256 };
  if (kind === 'doc') return { ...about, unreadReason: 'unsupported' };
  const reading = await readDocument(bytes, signal);
  if (!reading.ok) return { ...about, unreadReason: reading.reason };
  const title = reading.title === undefined ? undefined : rescueFontText(reading.title).text;
  // Offices went on for years with fonts that put Vietnamese letters in the places of Western European ones.
  return { ...about, text: rescueFontText(reading.text).text, ...(title === undefined ? {} : { title }) };
}
