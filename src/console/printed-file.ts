import type { FastifyReply, FastifyRequest } from 'fastify';

import type { PrintedDocument } from '../domain/printed-document.ts';
import { PRINTED_POLICY, printedHtml } from '../reports/printed-html.ts';
import type { ConsoleDeps } from './console-deps.ts';
import { NotFoundError } from './routes/errors.tsx';

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
} as const;
export type PrintedFileKind = keyof typeof TYPES;

/** Without what is said of their characters. */
export const PRINTED_FILE_TYPES: readonly string[] = Object.values(TYPES).map((type) =>
  type.replace(/;.*/, ''),
);

/** Answers with a document as a file. @param name  without an ending. @throws {NotFoundError} for PDF where nothing prints it */
export async function sendPrintedFile(
  { document, kind, name }: { document: PrintedDocument; kind: PrintedFileKind; name: string },
  request: FastifyRequest,
  reply: FastifyReply,
  { writeDocx, printPdf }: Pick<ConsoleDeps, 'writeDocx' | 'printPdf'>,
): Promise<FastifyReply> {
  if (kind === 'pdf' && printPdf === undefined) throw new NotFoundError();
  reply.type(TYPES[kind]).header('cache-control', 'no-store');
  if (kind === 'html') {
    return reply.header('content-security-policy', PRINTED_POLICY).send(printedHtml(document));
  }
  const bytes =
    kind === 'docx'
      ? await writeDocx(document)
      : await printPdf?.(printedHtml(document), goneSignal(request));
  return reply
    .header('content-disposition', `attachment; filename="${name}.${kind}"`)
    .send(Buffer.from(bytes ?? new Uint8Array()));
}

/** Fires when whoever asked has gone. */
function goneSignal({ raw }: FastifyRequest): AbortSignal {
  const gone = new AbortController();
  raw.socket.once('close', () => gone.abort(new Error('Whoever asked has gone')));
  return gone.signal;
}
