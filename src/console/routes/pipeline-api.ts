import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { described } from '../api/open-api.ts';
import { feedReports } from '../feed-report.ts';
import { outletReports } from '../outlet-report.ts';
import { anyId, idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const replayBody = z
  .object({ stage: anyId.optional(), key: anyId.optional() })
  .nullish()
  .transform((body) => body ?? {});

const count = z.int().min(0);
const balanceAnswer = z.looseObject({
  found: count,
  indexed: count,
  duplicate: count,
  irrelevant: count,
  failed: z.record(z.string(), count).describe('By reason'),
  pending: count,
  faults: z.array(z.unknown()).describe('Where the counts do not add up'),
});

/** Where articles come from and what became of everything found, for programs. */
export function pipelineApiRoutes({ server, deps, depsOf }: RouteContext): void {
  const { quarantine } = deps;
  const api = server.withTypeProvider<ZodTypeProvider>();

  api.get(
    '/api/v1/ledger',
    {
      schema: described({
        tag: 'pipeline',
        summary: 'What became of everything that was found',
        answer: balanceAnswer,
      }),
    },
    () => deps.ledgerBalance(),
  );

  api.get(
    '/api/v1/outlets',
    {
      config: { scoped: true },
      schema: described({
        tag: 'pipeline',
        summary: 'Every outlet: feeds, counts, silence, coverage',
        answer: z.object({ outlets: z.array(z.looseObject({ outletId: z.string(), name: z.string() })) }),
      }),
    },
    async (request) => ({ outlets: await outletReports(depsOf(request)) }),
  );

  api.get(
    '/api/v1/outlets/:id',
    {
      config: { scoped: true },
      schema: described({
        tag: 'pipeline',
        summary: 'One outlet, with what was learnt of it',
        params: idParams,
        answer: z.looseObject({ outletId: z.string(), name: z.string() }),
      }),
    },
    async (request) => {
      const deps = depsOf(request);
      const { id } = request.params;
      const outlet = deps.outlets.get(id);
      if (outlet === undefined) throw new NotFoundError();
      const [report] = await outletReports({ ...deps, outlets: new Map([[id, outlet]]) });
      return { ...report, state: (await deps.outletStates.find(id)) ?? { outletId: id } };
    },
  );

  api.get(
    '/api/v1/feeds',
    {
      schema: described({
        tag: 'pipeline',
        summary: 'Every feed and its last polls',
        answer: z.object({ feeds: z.array(z.looseObject({})) }),
      }),
    },
    async () => ({ feeds: feedReports(deps.feeds.values(), await deps.feedStates.all()) }),
  );

  api.get(
    '/api/v1/quarantine',
    {
      schema: described({
        tag: 'pipeline',
        summary: 'Jobs that were set aside',
        answer: z.object({ jobs: z.array(z.looseObject({ key: z.string() })) }),
      }),
    },
    async () => ({ jobs: await quarantine.list() }),
  );

  api.post(
    '/api/v1/quarantine/replay',
    {
      config: { role: 'admin' },
      schema: described({
        tag: 'pipeline',
        summary: 'Puts jobs back to work: one, those of a stage, or all',
        body: replayBody,
        answer: z.object({ replayed: count }),
      }),
    },
    async (request) => {
      const { stage, key } = request.body;
      const replayed = await quarantine.replay(stage, key);
      deps.log.info({ stage, key, replayed }, 'quarantine replayed');
      return { replayed };
    },
  );
}
