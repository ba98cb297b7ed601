import type { FastifyReply, FastifyRequest } from 'fastify';

import type { PressBrief } from '../domain/press-brief.ts';
import type { ConsoleDeps } from './console-deps.ts';
import type { Lang } from './messages.ts';
import { type PrintedFileKind, sendPrintedFile } from './printed-file.ts';

/** `2026-11-23.docx` as the id of a brief and the kind of file that is wanted of it, if any. */
export function briefFileName(file: string): { id: string; kind: PrintedFileKind | undefined } {
  const [, id = file, kind] = /^(.+)\.(docx|pdf|html)$/.exec(file) ?? [];
  return { id, kind: kind as PrintedFileKind | undefined };
}

/** Answers with a file made of the brief. @throws {NotFoundError} for PDF where nothing prints it */
export function sendBriefFile(
  { brief, kind, lang }: { brief: PressBrief; kind: PrintedFileKind; lang: Lang },
  request: FastifyRequest,
  reply: FastifyReply,
  deps: Pick<ConsoleDeps, 'briefs' | 'writeDocx' | 'printPdf'>,
): Promise<FastifyReply> {
  const name = `diem-bao-${brief.id.replace(/[^\w-]/g, '-')}`;
  return sendPrintedFile({ document: deps.briefs.printed(brief, lang), kind, name }, request, reply, deps);
}
