import { z } from 'zod';

import { seriesId } from '../article-query.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const seriesQuery = z.object({ series: seriesId });

/** Forecasts for programs; `forecast` is `null` while the archive is younger than a week. */
export function forecastApiRoutes({ server, deps }: RouteContext): void {
  server.get('/api/v1/forecast', async (request) => {
    const { series } = seriesQuery.parse(request.query);
    const [forecast, watermark] = await Promise.all([deps.forecastOf(series), deps.articles.watermark()]);
    return { series, dataWatermarkAt: watermark ?? null, forecast: forecast ?? null };
  });

  server.get('/api/v1/incidents/:id/forecast', async (request) => {
    const { id } = idParams.parse(request.params);
    const incident = await deps.incidents.find(id);
    if (incident === undefined) throw new NotFoundError();
    const [forecast, watermark] = await Promise.all([
      deps.forecastOfIncident(incident),
      deps.articles.watermark(),
    ]);
    return { incidentId: id, dataWatermarkAt: watermark ?? null, forecast: forecast ?? null };
  });
}
