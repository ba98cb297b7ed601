import type { MailAttachment } from '../src/domain/mail.ts';
import type { PrintedDocument } from '../src/domain/printed-document.ts';
import { PermanentError } from '../src/errors.ts';
import { printedHtml } from '../src/reports/printed-html.ts';
import type { Deps } from './stage.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A document as the body and the files of a mail: DOCX, and PDF where it can be printed. @param name  without an ending */
export async function printedAttachments(
  document: PrintedDocument,
  name: string,
  deps: Pick<Deps, 'writeDocx' | 'printPdf'>,
  signal: AbortSignal,
): Promise<{ readonly html: string; readonly attachments: readonly MailAttachment[] }> {
  const html = printedHtml(document);
  const docx: MailAttachment = { name: `${name}.docx`, type: DOCX, bytes: await deps.writeDocx(document) };
  const pdf = await pdfOf(html, deps, signal);
  return {
    html,
    attachments: [
      docx,
      ...(pdf === undefined ? [] : [{ name: `${name}.pdf`, type: 'application/pdf', bytes: pdf }]),
    ],
  };
}

/** A mail without PDF is better than none. */
async function pdfOf(
  html: string,
  { printPdf }: Pick<Deps, 'printPdf'>,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  try {
    return await printPdf?.(html, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof PermanentError)) throw error;
    return undefined;
  }
}
