import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Incident } from '../../domain/incident.ts';
import { acknowledge, IncidentTransitionError, resolve, VERDICTS } from '../../domain/incident.ts';
import { officerName, officerOf, rememberOfficer } from '../officer.ts';
import { idParams, typedText } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import type { IncidentNotice } from '../views/incident-page.tsx';
import { IncidentPage } from '../views/incident-page.tsx';
import { IncidentsPage } from '../views/incidents-page.tsx';
import { storySizes } from './articles.tsx';
import { NotFoundError } from './errors.tsx';

const MAX_ACTIVE = 200;
const MAX_PAST = 50;
const SHOWN_EVIDENCE = 40;
const MAX_NOTE = 500;

const noticeQuery = z.object({ notice: z.enum(['acknowledged', 'resolved']).optional().catch(undefined) });
const token = z.object({ token: z.string().max(100).catch('') });
const acknowledgeForm = z.object({ by: officerName });
const resolveForm = z.object({
  by: officerName,
  verdict: z.enum(VERDICTS),
  note: typedText(MAX_NOTE).default(''),
});

type Change = { readonly by: string; readonly apply: (incident: Incident) => Incident };

/** Incidents: the list, one of them, and the two things an officer may do. */
export function incidentRoutes({ server, deps, pages, tokens }: RouteContext): void {
  server.get('/incidents', async (request, reply) => {
    const [active, past] = await Promise.all([
      deps.incidents.list({ status: ['open', 'acknowledged'], limit: MAX_ACTIVE }),
      deps.incidents.list({ status: ['resolved'], limit: MAX_PAST }),
    ]);
    return pages.send(request, reply, <IncidentsPage active={active} past={past} />);
  });

  server.get('/incidents/:id', async (request, reply) => {
    const { notice } = noticeQuery.parse(request.query);
    return show(request, reply, notice);
  });

  server.post('/incidents/:id/acknowledge', (request, reply) =>
    change(request, reply, 'acknowledged', (at) => {
      const form = acknowledgeForm.safeParse(request.body);
      if (!form.success) return undefined;
      return { by: form.data.by, apply: (incident) => acknowledge(incident, form.data.by, at) };
    }),
  );

  server.post('/incidents/:id/resolve', (request, reply) =>
    change(request, reply, 'resolved', (at) => {
      const form = resolveForm.safeParse(request.body);
      if (!form.success) return undefined;
      const { by: officer, verdict, note } = form.data;
      return { by: officer, apply: (incident) => resolve(incident, verdict, officer, at, note) };
    }),
  );

  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    done: 'acknowledged' | 'resolved',
    read: (at: string) => Change | undefined,
  ): Promise<FastifyReply> {
    const { id } = idParams.parse(request.params);
    tokens.check(request, token.parse(request.body ?? {}).token);
    const wanted = read(deps.now().toISOString());
    if (wanted === undefined) return show(request, reply, 'bad-form', 400);
    try {
      const changed = await deps.incidents.update(id, wanted.apply);
      if (changed === undefined) throw new NotFoundError();
    } catch (error) {
      if (error instanceof IncidentTransitionError) return show(request, reply, `not-${done}`, 409);
      throw error;
    }
    deps.log.info({ incidentId: id, by: wanted.by, what: done }, 'incident changed');
    return rememberOfficer(reply, wanted.by).redirect(
      `/incidents/${encodeURIComponent(id)}?notice=${done}`,
      303,
    );
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    notice: IncidentNotice | undefined,
    status = 200,
  ): Promise<FastifyReply> {
    const { id } = idParams.parse(request.params);
    const incident = await deps.incidents.find(id);
    if (incident === undefined) throw new NotFoundError();
    const evidence = await deps.articles.findMany(incident.latestAlert.articleIds.slice(0, SHOWN_EVIDENCE));
    return pages.send(
      request,
      reply,
      <IncidentPage
        incident={incident}
        evidence={evidence}
        storySizes={await storySizes(deps.stories, evidence)}
        officer={officerOf(request)}
        notice={notice}
      />,
      status,
    );
  }
}
