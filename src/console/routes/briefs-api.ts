import { z } from 'zod';

import { BriefConflictError, BriefTransitionError, type PressBrief } from '../../domain/press-brief.ts';
import { PermanentError } from '../../errors.ts';
import { actOnBrief } from '../brief-acts.ts';
import { briefFileName, sendBriefFile } from '../brief-file.ts';
import { readBriefOrder, readBriefRequest } from '../brief-form.ts';
import { LANGS } from '../messages.ts';
import { anyId, idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const LISTED = 20;

const editing = { config: { role: 'editor' as const } };
const listQuery = z.object({ before: z.iso.datetime().optional(), id: anyId.default('') });
const fileQuery = z.object({ lang: z.enum(LANGS).optional() });

/** Press briefs for programs: listed, read whole or as a file, made, sent. */
export function briefApiRoutes({ server, deps, pages }: RouteContext): void {
  const { office, briefs } = deps;

  server.get('/api/v1/briefs', async (request) => {
    const { before, id } = listQuery.parse(request.query);
    const found = await office.list('press-brief', {
      limit: LISTED,
      ...(before === undefined ? {} : { after: { at: before, id } }),
    });
    return { briefs: found.map(summaryOf) };
  });

  server.get('/api/v1/briefs/:id', async (request, reply) => {
    const { id, kind } = briefFileName(idParams.parse(request.params).id);
    const brief = await office.find('press-brief', id);
    if (brief === undefined) throw new NotFoundError();
    if (kind === undefined) return brief;
    const lang = fileQuery.parse(request.query).lang ?? pages.languageOf(request);
    return sendBriefFile({ brief, kind, lang }, request, reply, deps);
  });

  server.post('/api/v1/briefs', editing, async (request, reply) => {
    try {
      return reply.code(201).send(await briefs.make(readBriefRequest(request.body)));
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      const { reason: code, message } = error;
      return reply.code(400).send({ error: { code, message, details: [] } });
    }
  });

  server.post('/api/v1/briefs/:id/send', editing, async (request, reply) => {
    const { id } = idParams.parse(request.params);
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
  });
}

/** A brief without its stories. */
function summaryOf({ id, at, status, version, madeAt, model: { period, filter, totals } }: PressBrief) {
  return { id, at, status, version, madeAt, period, filter, totals };
}
