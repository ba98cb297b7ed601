import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { agreementByVersion, sampledAgreement } from '../../domain/agreement.ts';
import { POLARITIES } from '../../domain/analysis.ts';
import { CORRECTION_SCOPES, CorrectionError } from '../../domain/correction.ts';
import { described } from '../api/open-api.ts';
import { correctionReason, mentionKeyText } from '../correction-form.ts';
import { officerName } from '../officer.ts';
import { anyId, idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { readAll } from './corrections.tsx';
import { NotFoundError } from './errors.tsx';

const MAX_LIMIT = 200;
const MAX_OFFSET = 1_000_000;
const MOST_VALUES = 200;

const pageQuery = z.object({
  offset: z.coerce.number().int().min(0).max(MAX_OFFSET).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50),
});
const keys = z.array(mentionKeyText).max(MOST_VALUES).optional();
const draftBody = z.strictObject({
  by: officerName,
  reason: correctionReason,
  scope: z.enum(CORRECTION_SCOPES).default('article'),
  confirms: z.boolean().optional(),
  isHealth: z.boolean().optional(),
  polarity: z.enum(POLARITIES).optional(),
  topics: z.array(anyId).max(MOST_VALUES).optional(),
  addMentions: keys,
  removeMentions: keys,
  story: anyId.min(1).optional(),
});
const revokeBody = z.object({ by: officerName });

const correctionAnswer = z
  .looseObject({ id: z.string(), articleId: z.string(), by: z.string(), at: z.string(), reason: z.string() })
  .meta({ id: 'Correction' });

/** Corrections for programs; mentions are named as `facility:bv-cho-ray`. */
export function correctionApiRoutes({ server, deps, depsOf }: RouteContext): void {
  const { corrections } = deps;
  const api = server.withTypeProvider<ZodTypeProvider>();

  api.get(
    '/api/v1/corrections',
    {
      schema: described({
        tag: 'corrections',
        summary: 'Corrections, newest first',
        querystring: pageQuery,
        answer: z.object({
          total: z.int(),
          offset: z.int(),
          limit: z.int(),
          corrections: z.array(correctionAnswer),
        }),
      }),
    },
    async (request) => {
      const page = request.query;
      const [total, found] = await Promise.all([corrections.count(), corrections.list(page)]);
      return { total, ...page, corrections: found };
    },
  );

  api.get(
    '/api/v1/corrections/agreement',
    {
      schema: described({
        tag: 'corrections',
        summary: 'How often people agreed with the machine',
        answer: z.object({ versions: z.array(z.looseObject({})), sampled: z.unknown() }),
      }),
    },
    async () => {
      const all = await readAll(corrections);
      return { versions: agreementByVersion(all), sampled: sampledAgreement(all) };
    },
  );

  api.get(
    '/api/v1/articles/:id/corrections',
    {
      config: { scoped: true },
      schema: described({
        tag: 'corrections',
        summary: 'Corrections of one article',
        params: idParams,
        answer: z.object({ corrections: z.array(correctionAnswer) }),
      }),
    },
    async (request) => {
      const { id } = request.params;
      if (request.access.scope !== undefined && (await depsOf(request).articles.find(id)) === undefined) {
        throw new NotFoundError();
      }
      return { corrections: await corrections.concerning({ articleIds: [id] }) };
    },
  );

  api.post(
    '/api/v1/articles/:id/corrections',
    {
      config: { scoped: true },
      schema: described({
        tag: 'corrections',
        summary: 'Corrects an article, or all copies of it',
        params: idParams,
        body: draftBody,
        answer: correctionAnswer,
        status: 201,
      }),
    },
    async (request, reply) => {
      const { id } = request.params;
      const draft = request.body;
      try {
        const correction = await depsOf(request).correct({ ...draft, articleId: id });
        deps.log.info({ correctionId: correction.id, articleId: id, by: draft.by }, 'article corrected');
        return reply.code(201).send(correction);
      } catch (error) {
        if (!(error instanceof CorrectionError)) throw error;
        if (error.fault === 'unknown-article') throw new NotFoundError();
        return reply.code(400).send({ error: { code: error.fault, message: error.message, details: [] } });
      }
    },
  );

  api.post(
    '/api/v1/corrections/:id/revoke',
    {
      config: { scoped: true },
      schema: described({
        tag: 'corrections',
        summary: 'Withdraws a correction',
        params: idParams,
        body: revokeBody,
        answer: correctionAnswer,
      }),
    },
    async (request) => {
      const { id } = request.params;
      const { by } = request.body;
      const revoked = await depsOf(request).revokeCorrection(id, by);
      if (revoked === undefined) throw new NotFoundError();
      deps.log.info({ correctionId: id, articleId: revoked.articleId, by }, 'correction withdrawn');
      return revoked;
    },
  );
}
