import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { seriesKey } from '../../domain/series.ts';
import { upcomingPolicies } from '../../reports/policy-coverage.ts';
import { described } from '../api/open-api.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { PoliciesPage } from '../views/policies-page.tsx';
import { PolicyPage } from '../views/policy-page.tsx';
import { NotFoundError } from './errors.tsx';

const MOST_COUNTED = 10_000;

const scoped = { config: { scoped: true } };

const named = z.looseObject({ id: z.string(), name: z.string() });

/** Policy documents as pages, and under `/api/v1`. */
export function policyRoutes({ server, pages, depsOf }: RouteContext): void {
  const listed = async (request: FastifyRequest) => {
    const deps = depsOf(request);
    const counts = new Map(
      (await deps.articles.facet({}, 'policyDocument', MOST_COUNTED)).map((one) => [one.value, one]),
    );
    const upcoming = new Map(upcomingPolicies(deps.policies, deps.now()).map((one) => [one.id, one.inDays]));
    return deps.policies
      .map(({ id, number, name, issuedAt, effectiveAt }) => ({
        id,
        number,
        name,
        issuedAt: issuedAt ?? null,
        effectiveAt: effectiveAt ?? null,
        inDays: upcoming.get(id) ?? null,
        series: seriesKey('policy-document', id),
        articles: counts.get(id)?.count ?? 0,
        negative: counts.get(id)?.negative ?? 0,
      }))
      .sort((a, b) => b.articles - a.articles || (a.id < b.id ? -1 : 1));
  };
  const reportOf = async (request: FastifyRequest) => {
    const deps = depsOf(request);
    const { id } = idParams.parse(request.params);
    const document = deps.policies.find((one) => one.id === id);
    if (document === undefined) throw new NotFoundError();
    return deps.policyReport(document);
  };

  server.get('/policies', scoped, async (request, reply) =>
    pages.send(request, reply, <PoliciesPage policies={await listed(request)} />),
  );
  server.get('/policies/:id', scoped, async (request, reply) =>
    pages.send(request, reply, <PolicyPage report={await reportOf(request)} />),
  );
  server.get(
    '/api/v1/policies',
    {
      ...scoped,
      schema: described({
        tag: 'reports',
        summary: 'Policy documents and how much is written of them',
        answer: z.object({ policies: z.array(named) }),
      }),
    },
    async (request) => ({ policies: await listed(request) }),
  );
  server.get(
    '/api/v1/policies/:id',
    {
      ...scoped,
      schema: described({
        tag: 'reports',
        summary: 'Coverage of a policy document by phase',
        params: idParams,
      }),
    },
    (request) => reportOf(request),
  );
}
