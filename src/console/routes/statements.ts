import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { ZodError, z } from 'zod';

import type { Incident } from '../../domain/incident.ts';
import { described } from '../api/open-api.ts';
import { rememberOfficer } from '../officer.ts';
import { anyId, idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { readStatement, statementBody } from '../statement-form.ts';
import { NotFoundError } from './errors.tsx';

const MOST = 50;
/** A statement of some pages, of which each letter may take nine bytes in a form. */
const MAX_FORM_BYTES = 128 * 1024;

const statementParams = z.object({ id: anyId.min(1), statement: anyId.min(1) });
const options = { bodyLimit: MAX_FORM_BYTES, config: { role: 'officer' as const, scoped: true } };

const statementAnswer = z
  .looseObject({ id: z.string(), by: z.string(), title: z.string(), text: z.string(), issuedAt: z.string() })
  .meta({ id: 'Statement' });

/** What the office has said of an incident: entered and taken back, on its page and by programs. */
export function statementRoutes({ server, deps, tokens, depsOf }: RouteContext): void {
  const { office } = deps;
  const api = server.withTypeProvider<ZodTypeProvider>();

  server.post('/incidents/:id/statements', options, async (request, reply) => {
    tokens.check(request);
    const { id } = idParams.parse(request.params);
    const page = `/incidents/${encodeURIComponent(id)}`;
    try {
      const statement = await add(request);
      return rememberOfficer(reply, statement.by).redirect(`${page}#statements`, 303);
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      return reply.redirect(`${page}?notice=bad-statement#statements`, 303);
    }
  });

  server.post('/incidents/:id/statements/:statement/remove', options, async (request, reply) => {
    tokens.check(request);
    const { id } = idParams.parse(request.params);
    await remove(request);
    return reply.redirect(`/incidents/${encodeURIComponent(id)}#statements`, 303);
  });

  api.get(
    '/api/v1/incidents/:id/response',
    {
      config: { scoped: true },
      schema: described({
        tag: 'incidents',
        summary: 'Deadlines, statements, and who carried them',
        params: idParams,
        answer: z.looseObject({
          incidentId: z.string(),
          clock: z.array(z.unknown()),
          statements: z.array(statementAnswer),
          pickups: z.array(z.unknown()),
        }),
      }),
    },
    async (request) => {
      const incident = await seen(request);
      return { incidentId: incident.id, ...(await deps.responseOf(incident)) };
    },
  );

  api.get(
    '/api/v1/incidents/:id/statements',
    {
      config: { scoped: true },
      schema: described({
        tag: 'incidents',
        summary: 'What the office has said of an incident',
        params: idParams,
        answer: z.object({ statements: z.array(statementAnswer) }),
      }),
    },
    async (request) => {
      const { id } = await seen(request);
      return { statements: await office.list('statement', { owner: id, limit: MOST }) };
    },
  );

  api.post(
    '/api/v1/incidents/:id/statements',
    {
      ...options,
      schema: described({
        tag: 'incidents',
        summary: 'Enters a statement',
        params: idParams,
        body: statementBody,
        answer: statementAnswer,
        status: 201,
      }),
    },
    async (request, reply) => {
      return reply.code(201).send(await add(request));
    },
  );

  api.delete(
    '/api/v1/incidents/:id/statements/:statement',
    {
      ...options,
      schema: described({
        tag: 'incidents',
        summary: 'Takes a statement back',
        params: statementParams,
        status: 204,
      }),
    },
    async (request, reply) => {
      await remove(request);
      return reply.code(204).send();
    },
  );

  async function seen(request: FastifyRequest): Promise<Incident> {
    const incident = await depsOf(request).incidents.find(idParams.parse(request.params).id);
    if (incident === undefined) throw new NotFoundError();
    return incident;
  }

  async function add(request: FastifyRequest) {
    const { id: incidentId } = await seen(request);
    const statement = readStatement(incidentId, request.body, deps.now());
    await office.insert('statement', statement);
    deps.log.info({ incidentId, statementId: statement.id, by: statement.by }, 'statement entered');
    return statement;
  }

  async function remove(request: FastifyRequest): Promise<void> {
    const { id: incidentId } = await seen(request);
    const { statement: id } = statementParams.parse(request.params);
    if ((await office.find('statement', id))?.owner !== incidentId) throw new NotFoundError();
    await office.remove('statement', id);
    deps.log.info({ incidentId, statementId: id }, 'statement removed');
  }
}
