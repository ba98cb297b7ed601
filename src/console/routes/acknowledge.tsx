import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { AcknowledgementClaim, ReadLink } from '../../domain/acknowledgement-link.ts';
import { readAcknowledgement } from '../../domain/acknowledgement-link.ts';
import type { Incident } from '../../domain/incident.ts';
import { IncidentConflictError, IncidentTransitionError } from '../../domain/incident.ts';
import type { IncidentStore } from '../../ports/incident-store.ts';
import { rememberOfficer } from '../officer.ts';
import { RequestBound } from '../request-bound.ts';
import { anyId } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { AcknowledgePage } from '../views/acknowledge-page.tsx';
import { NotFoundError } from './errors.tsx';

/** Incidents that a link may be about, the lately changed first. */
const LOOKED_THROUGH = 1000;

const params = z.object({ code: anyId });
const body = z.object({ version: z.coerce.number().int().min(1).max(100_000) });

/**
 * What the links in messages lead to: a page with one button, and what the button does.
 *
 * Mail scanners and previews of messengers follow links, so that reading the page changes nothing. The code is the
 * permission: whoever holds it acts as the officer for whom it was made, and needs neither cookie nor script.
 */
export function acknowledgeRoutes({ server, deps, pages }: RouteContext): void {
  const bound = new RequestBound();

  server.get('/a/:code', async (request, reply) => {
    const read = await linkOf(request);
    return read.kind === 'valid' ? show(request, reply, read.claim) : refuse(request, reply, read.kind);
  });

  server.post('/a/:code', async (request, reply) => {
    const read = await linkOf(request);
    if (read.kind !== 'valid') return refuse(request, reply, read.kind);
    const by = nameOf(read.claim.officerId);
    const { id: incidentId } = await homeOf(read.claim.incidentId);
    const { version } = body.parse(request.body ?? {});
    try {
      await deps.actOnIncident({ incidentId, version, by, action: { kind: 'acknowledge' } });
      deps.log.info({ incidentId, by, what: 'acknowledge' }, 'incident changed');
    } catch (error) {
      // Somebody was faster, or the same thumb was twice: the page says who has it.
      const isOvertaken = error instanceof IncidentConflictError || error instanceof IncidentTransitionError;
      if (!isOvertaken) throw error;
      return show(request, reply, read.claim, 409);
    }
    return rememberOfficer(reply, by).redirect(request.url, 303);
  });

  async function linkOf(request: FastifyRequest): Promise<ReadLink | { kind: 'too-many' }> {
    const now = deps.now();
    if (!bound.allows(request.ip, now)) return { kind: 'too-many' };
    const { key, officers } = deps.acknowledgement ?? {};
    const { code } = params.parse(request.params);
    if (key === undefined || officers === undefined) return { kind: 'unknown' };
    return readAcknowledgement(code, key, () => claimsOf(deps.incidents, [...officers.keys()]), now);
  }

  /** The incident, or the one that has taken it over. */
  async function homeOf(id: string): Promise<Incident> {
    const incident = await deps.incidents.find(id);
    if (incident === undefined) throw new NotFoundError();
    return incident.mergedInto === undefined ? incident : homeOf(incident.mergedInto);
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { incidentId, officerId }: AcknowledgementClaim,
    status = 200,
  ): Promise<FastifyReply> {
    const incident = await homeOf(incidentId);
    const officer = nameOf(officerId);
    // Who has it already has what they asked for.
    const isTheirs = incident.status === 'acknowledged' && incident.acknowledgedBy === officer;
    const view = (
      <AcknowledgePage kind="incident" incident={incident} officer={officer} action={request.url} />
    );
    return pages.send(request, reply.header('x-robots-tag', 'noindex'), view, isTheirs ? 200 : status);
  }

  function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    kind: 'expired' | 'unknown' | 'too-many',
  ): Promise<FastifyReply> | FastifyReply {
    return pages.sendPlain(request, reply, <AcknowledgePage kind={kind} />, REFUSALS[kind]);
  }

  function nameOf(officerId: string): string {
    return deps.acknowledgement?.officers.get(officerId)?.name ?? officerId;
  }
}

const REFUSALS = { expired: 410, unknown: 404, 'too-many': 429 } as const;

/** Those under way before those that are over. */
async function* claimsOf(
  incidents: IncidentStore,
  officerIds: readonly string[],
): AsyncIterable<AcknowledgementClaim> {
  for (const status of [['open', 'acknowledged'], ['resolved']] as const) {
    for (const { id: incidentId } of await incidents.list({ status, limit: LOOKED_THROUGH })) {
      for (const officerId of officerIds) yield { incidentId, officerId };
    }
  }
}
