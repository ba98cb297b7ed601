import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { BriefConflictError, BriefTransitionError, type PressBrief } from '../../domain/press-brief.ts';
import { PermanentError } from '../../errors.ts';
import { described } from '../api/open-api.ts';
import { actOnBrief } from '../brief-acts.ts';
import { briefFileName, sendBriefFile } from '../brief-file.ts';
import { briefOrderBody, briefRequestBody, readBriefOrder, readBriefRequest } from '../brief-form.ts';
import { LANGS } from '../messages.ts';
import { PRINTED_FILE_TYPES } from '../printed-file.ts';
import { anyId, idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const LISTED = 20;

const editing = { config: { role: 'editor' as const } };
const listQuery = z.object({ before: z.iso.datetime().optional(), id: anyId.default('') });
const fileQuery = z.object({ lang: z.enum(LANGS).optional() });

const briefAnswer = z
  .looseObject({ id: z.string(), status: z.string(), version: z.int().min(1), madeAt: z.string() })
  .meta({ id: 'PressBrief' });

/** Press briefs for programs: listed, read whole or as a file, made, sent. */
export function briefApiRoutes({ server, deps, pages }: RouteContext): void {
  const { office, briefs } = deps;
  const api = server.withTypeProvider<ZodTypeProvider>();

  api.get(
    '/api/v1/briefs',
    {
      schema: described({
        tag: 'reports',
        summary: 'Press briefs, newest first',
        querystring: listQuery,
        answer: z.object({ briefs: z.array(briefAnswer) }),
      }),
    },
    async (request) => {
      const { before, id } = request.query;
      const found = await office.list('press-brief', {
        limit: LISTED,
        ...(before === undefined ? {} : { after: { at: before, id } }),
      });
      return { briefs: found.map(summaryOf) };
    },
  );

  api.get(
    '/api/v1/briefs/:id',
    {
      schema: described({
        tag: 'reports',
        summary: 'A press brief; with `.docx`, `.pdf` or `.html` after its id, as a file',
        params: idParams,
        querystring: fileQuery,
        answer: briefAnswer,
        files: PRINTED_FILE_TYPES,
      }),
    },
    async (request, reply) => {
      const { id, kind } = briefFileName(request.params.id);
      const brief = await office.find('press-brief', id);
      if (brief === undefined) throw new NotFoundError();
      if (kind === undefined) return brief;
      const lang = request.query.lang ?? pages.languageOf(request);
      return sendBriefFile({ brief, kind, lang }, request, reply, deps);
    },
  );

  api.post(
    '/api/v1/briefs',
    {
      ...editing,
      schema: described({
        tag: 'reports',
        summary: 'Makes a press brief of a period',
        body: briefRequestBody,
        answer: briefAnswer,
        status: 201,
      }),
    },
    async (request, reply) => {
      try {
        return reply.code(201).send(await briefs.make(readBriefRequest(request.body)));
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        const { reason: code, message } = error;
        return reply.code(400).send({ error: { code, message, details: [] } });
      }
    },
  );

  api.post(
    '/api/v1/briefs/:id/send',
    {
      ...editing,
      schema: described({
        tag: 'reports',
        summary: 'Mails an approved brief',
        params: idParams,
        body: briefOrderBody,
        answer: briefAnswer,
      }),
    },
    async (request, reply) => {
      const { id } = request.params;
      const { version, by } = readBriefOrder(request.body);
      try {
        const sent = await actOnBrief({ id, version, by }, { kind: 'send', itemId: '' }, {}, deps);
        if (sent === undefined) throw new NotFoundError();
        return sent;
      } catch (error) {
        const isConflict = error instanceof BriefConflictError;
        if (!isConflict && !(error instanceof BriefTransitionError)) throw error;
        const code = isConflict ? 'changed-meanwhile' : 'not-possible';
        return reply.code(409).send({ error: { code, message: error.message, details: [] } });
      }
    },
  );
}

/** A brief without its stories. */
function summaryOf({ id, at, status, version, madeAt, model: { period, filter, totals } }: PressBrief) {
  return { id, at, status, version, madeAt, period, filter, totals };
}
