import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { SEVERITIES } from '../../domain/alert.ts';
import type { Incident } from '../../domain/incident.ts';
import {
  INCIDENT_STATUSES,
  IncidentConflictError,
  IncidentTransitionError,
  VERDICTS,
  versionOf,
} from '../../domain/incident.ts';
import { described } from '../api/open-api.ts';
import {
  INCIDENT_ACTIONS,
  type IncidentActionKind,
  incidentBody,
  readIncidentOrder,
} from '../incident-form.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const MAX_LIMIT = 200;

const listQuery = z.object({
  status: z.enum(INCIDENT_STATUSES).optional(),
  severity: z.enum(SEVERITIES).optional(),
  verdict: z.enum(VERDICTS).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50),
});

const SUMMARIES: Readonly<Record<IncidentActionKind, string>> = {
  acknowledge: 'Somebody has seen it and deals with it',
  snooze: 'Nobody is told of it again for so many minutes',
  'hand-over': 'Hands it to a focal person',
  resolve: 'Ends it, with a verdict',
  reopen: 'Opens it again',
  'set-severity': 'Changes how grave it is',
  merge: 'Puts it into another incident',
  unmerge: 'Takes it out of the incident that it was put into',
  split: 'Makes an incident of its own of some of its series and stories',
};

const incidentAnswer = z
  .looseObject({
    id: z.string(),
    status: z.enum(INCIDENT_STATUSES),
    severity: z.enum(SEVERITIES),
    title: z.string(),
    openedAt: z.string(),
    version: z.int().min(1).describe('Every write names the version that it was decided on'),
  })
  .meta({ id: 'Incident' });
const alertAnswer = z
  .looseObject({ id: z.string(), ruleId: z.string(), at: z.string() })
  .meta({ id: 'Alert' });
const verifyAnswer = z.object({
  incidentId: z.string(),
  alerts: z.array(z.looseObject({ alertId: z.string() })),
});

/** An incident with its version, which every write names. */
type Answered = Incident & { readonly version: number };

/** Incidents for programs: the same acts as the page's forms, and the same refusals. */
export function incidentApiRoutes({ server, deps: { log }, depsOf }: RouteContext): void {
  const api = server.withTypeProvider<ZodTypeProvider>();

  api.get(
    '/api/v1/incidents',
    {
      config: { scoped: true },
      schema: described({
        tag: 'incidents',
        summary: 'Incidents, newest change first',
        querystring: listQuery,
        answer: z.object({ incidents: z.array(incidentAnswer) }),
      }),
    },
    async (request): Promise<{ incidents: Answered[] }> => {
      const { limit, status, severity, verdict } = request.query;
      const found = await depsOf(request).incidents.list({
        limit,
        ...(status === undefined ? {} : { status: [status] }),
        ...(severity === undefined ? {} : { severity: [severity] }),
        ...(verdict === undefined ? {} : { verdict: [verdict] }),
      });
      return { incidents: found.map(withVersion) };
    },
  );

  api.get(
    '/api/v1/incidents/:id',
    {
      config: { scoped: true },
      schema: described({
        tag: 'incidents',
        summary: 'One incident with its alerts',
        params: idParams,
        answer: incidentAnswer.extend({ alerts: z.array(alertAnswer) }),
      }),
    },
    async (request) => {
      const incident = await find(request);
      return { ...withVersion(incident), alerts: await depsOf(request).incidents.alertsOf(incident.id) };
    },
  );

  api.get(
    '/api/v1/incidents/:id/verify',
    {
      config: { scoped: true },
      schema: described({
        tag: 'incidents',
        summary: 'The figures of its alerts, counted again from the index',
        params: idParams,
        answer: verifyAnswer,
      }),
    },
    async (request) => {
      const { id } = await find(request);
      const { incidents, verifyAlert } = depsOf(request);
      const alerts = await incidents.alertsOf(id);
      const verified = alerts.map(async (alert) => ({
        alertId: alert.id,
        ...(await verifyAlert(alert)),
      }));
      return { incidentId: id, alerts: await Promise.all(verified) };
    },
  );

  for (const kind of INCIDENT_ACTIONS) {
    const schema = described({
      tag: 'incidents',
      summary: SUMMARIES[kind],
      params: idParams,
      body: incidentBody(kind),
      answer: incidentAnswer,
    });
    api.post(
      `/api/v1/incidents/:id/${kind}`,
      { config: { role: 'officer', scoped: true }, schema },
      async (request, reply) => {
        const { id } = request.params;
        const order = readIncidentOrder(id, kind, request.body);
        try {
          const incident = await depsOf(request).actOnIncident(order);
          if (incident === undefined) throw new NotFoundError();
          log.info({ incidentId: id, by: order.by, what: kind }, 'incident changed');
          return withVersion(incident);
        } catch (error) {
          if (error instanceof IncidentConflictError) {
            const { message, changes } = error;
            const answer = { code: 'changed-meanwhile', message, details: [], changes };
            return reply.code(409).send({ error: { ...answer, version: versionOf(error.incident) } });
          }
          if (!(error instanceof IncidentTransitionError)) throw error;
          return reply
            .code(409)
            .send({ error: { code: 'not-possible', message: error.message, details: [] } });
        }
      },
    );
  }

  async function find(request: FastifyRequest): Promise<Incident> {
    const incident = await depsOf(request).incidents.find(idParams.parse(request.params).id);
    if (incident === undefined) throw new NotFoundError();
    return incident;
  }
}

function withVersion(incident: Incident): Answered {
  return { ...incident, version: versionOf(incident) };
}
