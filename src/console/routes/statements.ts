import { ZodError, z } from 'zod';

import { rememberOfficer } from '../officer.ts';
import { anyId, idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { readStatement } from '../statement-form.ts';
import { NotFoundError } from './errors.tsx';

const MOST = 50;
/** A statement of some pages, of which each letter may take nine bytes in a form. */
const MAX_FORM_BYTES = 128 * 1024;

const statementParams = z.object({ id: anyId.min(1), statement: anyId.min(1) });
const options = { bodyLimit: MAX_FORM_BYTES, config: { role: 'officer' as const } };

/** What the office has said of an incident: entered and taken back, on its page and by programs. */
export function statementRoutes({ server, deps, tokens }: RouteContext): void {
  const { office, incidents } = deps;

  server.post('/incidents/:id/statements', options, async (request, reply) => {
    tokens.check(request);
    const { id } = idParams.parse(request.params);
    const page = `/incidents/${encodeURIComponent(id)}`;
    try {
      const statement = await add(id, request.body);
      return rememberOfficer(reply, statement.by).redirect(`${page}#statements`, 303);
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      return reply.redirect(`${page}?notice=bad-statement#statements`, 303);
    }
  });

  server.post('/incidents/:id/statements/:statement/remove', options, async (request, reply) => {
    tokens.check(request);
    const { id, statement } = statementParams.parse(request.params);
    await remove(id, statement);
    return reply.redirect(`/incidents/${encodeURIComponent(id)}#statements`, 303);
  });

  server.get('/api/v1/incidents/:id/response', async (request) => {
    const incident = await incidents.find(idParams.parse(request.params).id);
    if (incident === undefined) throw new NotFoundError();
    return { incidentId: incident.id, ...(await deps.responseOf(incident)) };
  });

  server.get('/api/v1/incidents/:id/statements', async (request) => {
    const { id } = idParams.parse(request.params);
    return { statements: await office.list('statement', { owner: id, limit: MOST }) };
  });

  server.post('/api/v1/incidents/:id/statements', options, async (request, reply) => {
    const { id } = idParams.parse(request.params);
    return reply.code(201).send(await add(id, request.body));
  });

  server.delete('/api/v1/incidents/:id/statements/:statement', options, async (request, reply) => {
    const { id, statement } = statementParams.parse(request.params);
    await remove(id, statement);
    return reply.code(204).send();
  });

  async function add(incidentId: string, body: unknown) {
    if ((await incidents.find(incidentId)) === undefined) throw new NotFoundError();
    const statement = readStatement(incidentId, body, deps.now());
    await office.insert('statement', statement);
    deps.log.info({ incidentId, statementId: statement.id, by: statement.by }, 'statement entered');
    return statement;
  }

  async function remove(incidentId: string, id: string): Promise<void> {
    if ((await office.find('statement', id))?.owner !== incidentId) throw new NotFoundError();
    await office.remove('statement', id);
    deps.log.info({ incidentId, statementId: id }, 'statement removed');
  }
}
