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
import { INCIDENT_ACTIONS, readIncidentOrder } from '../incident-form.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const MAX_LIMIT = 200;

const officer = { config: { role: 'officer' as const } };
const listQuery = z.object({
  status: z.enum(INCIDENT_STATUSES).optional(),
  severity: z.enum(SEVERITIES).optional(),
  verdict: z.enum(VERDICTS).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50),
});

/** An incident with its version, which every write names. */
type Answered = Incident & { readonly version: number };

/** Incidents for programs: the same acts as the page's forms, and the same refusals. */
export function incidentApiRoutes({ server, deps }: RouteContext): void {
  const { incidents } = deps;

  server.get('/api/v1/incidents', async (request): Promise<{ incidents: Answered[] }> => {
    const { limit, status, severity, verdict } = listQuery.parse(request.query);
    const found = await incidents.list({
      limit,
      ...(status === undefined ? {} : { status: [status] }),
      ...(severity === undefined ? {} : { severity: [severity] }),
      ...(verdict === undefined ? {} : { verdict: [verdict] }),
    });
    return { incidents: found.map(withVersion) };
  });

  server.get('/api/v1/incidents/:id', async (request) => {
    const incident = await find(idParams.parse(request.params).id);
    return { ...withVersion(incident), alerts: await incidents.alertsOf(incident.id) };
  });

  server.get('/api/v1/incidents/:id/verify', async (request) => {
    const { id } = await find(idParams.parse(request.params).id);
    const alerts = await incidents.alertsOf(id);
    const verified = alerts.map(async (alert) => ({ alertId: alert.id, ...(await deps.verifyAlert(alert)) }));
    return { incidentId: id, alerts: await Promise.all(verified) };
  });

  for (const kind of INCIDENT_ACTIONS) {
    server.post(`/api/v1/incidents/:id/${kind}`, officer, async (request, reply) => {
      const { id } = idParams.parse(request.params);
      const order = readIncidentOrder(id, kind, request.body);
      try {
        const incident = await deps.actOnIncident(order);
        if (incident === undefined) throw new NotFoundError();
        deps.log.info({ incidentId: id, by: order.by, what: kind }, 'incident changed');
        return withVersion(incident);
      } catch (error) {
        if (error instanceof IncidentConflictError) {
          const { message, changes } = error;
          const answer = { code: 'changed-meanwhile', message, details: [], changes };
          return reply.code(409).send({ error: { ...answer, version: versionOf(error.incident) } });
        }
        if (!(error instanceof IncidentTransitionError)) throw error;
        return reply.code(409).send({ error: { code: 'not-possible', message: error.message, details: [] } });
      }
    });
  }

  async function find(id: string): Promise<Incident> {
    const incident = await incidents.find(id);
    if (incident === undefined) throw new NotFoundError();
    return incident;
  }
}

function withVersion(incident: Incident): Answered {
  return { ...incident, version: versionOf(incident) };
}
