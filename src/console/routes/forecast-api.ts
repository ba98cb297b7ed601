import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { described } from '../api/open-api.ts';
import { seriesId } from '../article-query.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const forecastAnswer = {
  dataWatermarkAt: z.string().nullable(),
  forecast: z.looseObject({}).nullable().describe('`null` while the archive is younger than a week'),
};
const seriesQuery = z.object({ series: seriesId });

/** Forecasts for programs; `forecast` is `null` while the archive is younger than a week. */
export function forecastApiRoutes({ server, depsOf }: RouteContext): void {
  const api = server.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/api/v1/forecast',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'What is to come of a series, with an interval and its record',
        querystring: seriesQuery,
        answer: z.object({ series: z.string(), ...forecastAnswer }),
      }),
    },
    async (request) => {
      const deps = depsOf(request);
      const { series } = request.query;
      const [forecast, watermark] = await Promise.all([deps.forecastOf(series), deps.articles.watermark()]);
      return { series, dataWatermarkAt: watermark ?? null, forecast: forecast ?? null };
    },
  );

  api.get(
    '/api/v1/incidents/:id/forecast',
    {
      config: { scoped: true },
      schema: described({
        tag: 'incidents',
        summary: 'What is to come of an incident',
        params: idParams,
        answer: z.object({ incidentId: z.string(), ...forecastAnswer }),
      }),
    },
    async (request) => {
      const deps = depsOf(request);
      const { id } = request.params;
      const incident = await deps.incidents.find(id);
      if (incident === undefined) throw new NotFoundError();
      const [forecast, watermark] = await Promise.all([
        deps.forecastOfIncident(incident),
        deps.articles.watermark(),
      ]);
      return { incidentId: id, dataWatermarkAt: watermark ?? null, forecast: forecast ?? null };
    },
  );
}
