import type { FastifyReply, FastifyRequest } from 'fastify';

import type { PressBrief } from '../domain/press-brief.ts';
import { PRINTED_POLICY, printedHtml } from '../reports/printed-html.ts';
import type { ConsoleDeps } from './console-deps.ts';
import type { Lang } from './messages.ts';
import { NotFoundError } from './routes/errors.tsx';

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
} as const;
export type BriefFileKind = keyof typeof TYPES;

/** `2026-11-23.docx` as the id of a brief and the kind of file that is wanted of it, if any. */
export function briefFileName(file: string): { id: string; kind: BriefFileKind | undefined } {
  const [, id = file, kind] = /^(.+)\.(docx|pdf|html)$/.exec(file) ?? [];
  return { id, kind: kind as BriefFileKind | undefined };
}

/** Answers with a file made of the brief. @throws {NotFoundError} for PDF where nothing prints it */
export async function sendBriefFile(
  { brief, kind, lang }: { brief: PressBrief; kind: BriefFileKind; lang: Lang },
  request: FastifyRequest,
  reply: FastifyReply,
  { briefs, writeDocx, printPdf }: Pick<ConsoleDeps, 'briefs' | 'writeDocx' | 'printPdf'>,
): Promise<FastifyReply> {
  const document = briefs.printed(brief, lang);
  reply.type(TYPES[kind]).header('cache-control', 'no-store');
  if (kind === 'html') {
    return reply.header('content-security-policy', PRINTED_POLICY).send(printedHtml(document));
  }
  if (kind === 'pdf' && printPdf === undefined) throw new NotFoundError();
  const name = `diem-bao-${brief.id.replace(/[^\w-]/g, '-')}.${kind}`;
  const bytes =
    kind === 'docx'
      ? await writeDocx(document)
      : await printPdf?.(printedHtml(document), goneSignal(request));
  return reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Buffer.from(bytes ?? new Uint8Array()));
}

/** Fires when whoever asked has gone. */
function goneSignal({ raw }: FastifyRequest): AbortSignal {
  const gone = new AbortController();
  raw.socket.once('close', () => gone.abort(new Error('Whoever asked has gone')));
  return gone.signal;
}
