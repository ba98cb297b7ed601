import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodError, z } from 'zod';

import { SEVERITIES } from '../../domain/alert.ts';
import type { Incident } from '../../domain/incident.ts';
import {
  INCIDENT_STATUSES,
  IncidentConflictError,
  IncidentTransitionError,
  isActive,
  VERDICTS,
} from '../../domain/incident.ts';
import type { IncidentActionKind } from '../incident-form.ts';
import { INCIDENT_ACTIONS, readIncidentOrder } from '../incident-form.ts';
import { officerOf, rememberOfficer } from '../officer.ts';
import { idParams, optionalField } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import type { Typed } from '../views/incident-acts.tsx';
import type { IncidentNotice } from '../views/incident-page.tsx';
import { IncidentPage } from '../views/incident-page.tsx';
import { IncidentsPage } from '../views/incidents-page.tsx';
import { storySizes } from './articles.tsx';
import { NotFoundError } from './errors.tsx';

const MAX_ACTIVE = 200;
const MAX_PAST = 50;
const MAX_FOUND = 200;
const SHOWN_EVIDENCE = 40;
/** Others that an incident may be merged into. */
const OFFERED = 50;
/** Stories whose headlines are looked up for the choice of what to split off. */
const NAMED_STORIES = 30;

const seeing = { config: { scoped: true } };
const acting = { config: { role: 'officer' as const, scoped: true } };
const noticeQuery = z.object({
  notice: z
    .enum([...INCIDENT_ACTIONS, 'bad-statement'])
    .optional()
    .catch(undefined),
});
const listQuery = z.object({
  status: optionalField(z.enum(INCIDENT_STATUSES)),
  severity: optionalField(z.enum(SEVERITIES)),
  verdict: optionalField(z.enum(VERDICTS)),
});
/** What was typed, to be given back with a refusal; nothing here is trusted. */
const typed = z.record(z.string(), z.union([z.string(), z.array(z.string())])).catch({});

/** Incidents: the list, one of them, and what officers may do with it. */
export function incidentRoutes({ server, pages, tokens, depsOf }: RouteContext): void {
  server.get('/incidents', seeing, async (request, reply) => {
    const { incidents } = depsOf(request);
    const { status, severity, verdict } = listQuery.parse(request.query);
    const isNarrowed = status !== undefined || severity !== undefined || verdict !== undefined;
    const rest = {
      ...(severity === undefined ? {} : { severity: [severity] }),
      ...(verdict === undefined ? {} : { verdict: [verdict] }),
    };
    const list = (statuses: readonly Incident['status'][], limit: number) => {
      const wanted = statuses.filter((one) => status === undefined || one === status);
      return wanted.length === 0 ? [] : incidents.list({ ...rest, status: wanted, limit });
    };
    const [active, past] = await Promise.all([
      list(['open', 'acknowledged'], MAX_ACTIVE),
      list(['resolved'], isNarrowed ? MAX_FOUND : MAX_PAST),
    ]);
    const filter = { status, severity, verdict };
    return pages.send(request, reply, <IncidentsPage active={active} past={past} filter={filter} />);
  });

  server.get('/incidents/:id', seeing, async (request, reply) => {
    const { notice } = noticeQuery.parse(request.query);
    return show(request, reply, noticeOf(notice));
  });

  for (const kind of INCIDENT_ACTIONS) {
    server.post(`/incidents/:id/${kind}`, acting, (request, reply) => act(kind, request, reply));
  }

  function noticeOf(notice: z.infer<typeof noticeQuery>['notice']): IncidentNotice | undefined {
    if (notice === undefined) return undefined;
    return notice === 'bad-statement' ? { kind: notice } : { kind: 'done', action: notice };
  }

  async function act(
    kind: IncidentActionKind,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { id } = idParams.parse(request.params);
    tokens.check(request);
    const deps = depsOf(request);
    const kept: Typed = { action: kind, fields: typed.parse(request.body ?? {}) };
    try {
      const order = readIncidentOrder(id, kind, request.body);
      const incident = await deps.actOnIncident(order);
      if (incident === undefined) throw new NotFoundError();
      deps.log.info({ incidentId: id, by: order.by, what: kind }, 'incident changed');
      const to = `/incidents/${encodeURIComponent(incident.id)}?notice=${kind}`;
      return rememberOfficer(reply, order.by).redirect(to, 303);
    } catch (error) {
      if (error instanceof ZodError) return show(request, reply, { kind: 'bad-form' }, kept, 400);
      if (error instanceof IncidentConflictError) {
        return show(request, reply, { kind: 'conflict', changes: error.changes }, kept, 409);
      }
      if (!(error instanceof IncidentTransitionError)) throw error;
      return show(request, reply, { kind: 'not-possible', action: kind }, kept, 409);
    }
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    notice: IncidentNotice | undefined,
    kept?: Typed,
    status = 200,
  ): Promise<FastifyReply> {
    const { id } = idParams.parse(request.params);
    const deps = depsOf(request);
    const incident = await deps.incidents.find(id);
    if (incident === undefined) throw new NotFoundError();
    const [evidence, recount, others, stories, told, forecast, response] = await Promise.all([
      deps.articles.findMany(incident.latestAlert.articleIds.slice(0, SHOWN_EVIDENCE)),
      deps.verifyAlert(incident.latestAlert),
      isActive(incident) ? deps.incidents.list({ status: ['open', 'acknowledged'], limit: OFFERED }) : [],
      Promise.all(incident.storyIds.slice(0, NAMED_STORIES).map((story) => deps.stories.find(story))),
      deps.whoIsTold(incident),
      deps.forecastOfIncident(incident),
      deps.responseOf(incident),
    ]);
    const view = (
      <IncidentPage
        incident={incident}
        evidence={evidence}
        storySizes={await storySizes(deps.stories, evidence)}
        recount={recount}
        told={told}
        forecast={forecast}
        response={response}
        others={others.filter((other) => other.id !== id)}
        storyTitles={
          new Map(stories.flatMap((story) => (story === undefined ? [] : [[story.id, story.title]])))
        }
        officer={officerOf(request)}
        notice={notice}
        typed={kept}
      />
    );
    return pages.send(request, reply, view, status);
  }
}
