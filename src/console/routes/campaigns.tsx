import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { DAY_MS } from '../../domain/time.ts';
import { campaignSearch } from '../../reports/campaign-query.ts';
import { described } from '../api/open-api.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { CampaignPage } from '../views/campaign-page.tsx';
import { CampaignsPage } from '../views/campaigns-page.tsx';
import { NotFoundError } from './errors.tsx';

/** Campaigns of so long around now are listed. */
const AROUND_MS = 370 * DAY_MS;

const scoped = { config: { scoped: true } };

const named = z.looseObject({ id: z.string(), name: z.string() });

/** Campaigns as pages, and under `/api/v1`. */
export function campaignRoutes({ server, pages, depsOf }: RouteContext): void {
  const listed = async (request: FastifyRequest) => {
    const deps = depsOf(request);
    const nowMs = deps.now().getTime();
    const near = deps.campaigns.filter(
      ({ from, to }) => Date.parse(to) > nowMs - AROUND_MS && Date.parse(from) < nowMs + AROUND_MS,
    );
    const counted = await Promise.all(
      near.map(async (campaign) => {
        const { id, name, from, to } = campaign;
        const isComing = Date.parse(from) > nowMs;
        const status: 'coming' | 'running' | 'over' = isComing
          ? 'coming'
          : Date.parse(to) > nowMs
            ? 'running'
            : 'over';
        const search = campaignSearch(campaign);
        const articles = isComing ? 0 : await deps.articles.count({ text: search, from, to });
        return { id, name, from, to, status, search, articles };
      }),
    );
    return counted.sort((a, b) => Date.parse(b.from) - Date.parse(a.from));
  };
  const reportOf = async (request: FastifyRequest) => {
    const deps = depsOf(request);
    const { id } = idParams.parse(request.params);
    const campaign = deps.campaigns.find((one) => one.id === id);
    if (campaign === undefined) throw new NotFoundError();
    return deps.campaignReport(campaign);
  };

  server.get('/campaigns', scoped, async (request, reply) =>
    pages.send(request, reply, <CampaignsPage campaigns={await listed(request)} />),
  );
  server.get('/campaigns/:id', scoped, async (request, reply) =>
    pages.send(request, reply, <CampaignPage report={await reportOf(request)} />),
  );
  server.get(
    '/api/v1/campaigns',
    {
      ...scoped,
      schema: described({
        tag: 'reports',
        summary: 'Campaigns of a year around now',
        answer: z.object({ campaigns: z.array(named) }),
      }),
    },
    async (request) => ({ campaigns: await listed(request) }),
  );
  server.get(
    '/api/v1/campaigns/:id',
    {
      ...scoped,
      schema: described({
        tag: 'reports',
        summary: 'Coverage of a campaign, its messages, its effect',
        params: idParams,
      }),
    },
    (request) => reportOf(request),
  );
}
