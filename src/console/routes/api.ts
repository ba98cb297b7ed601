import { z } from 'zod';

import type { Article } from '../../domain/article.ts';
import { articleQuery, toFilter } from '../article-query.ts';
import { articleSummary } from '../article-summary.ts';
import { feedReports } from '../feed-report.ts';
import { outletReports } from '../outlet-report.ts';
import { anyId, idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const MAX_LIMIT = 200;

/** The stores count through what they skip; whoever wants more than this wants to cut by time instead. */
const MAX_OFFSET = 1_000_000;

/** Programs get the whole archive unless they ask for less. */
const PERIOD = 'all';

const articlesQuery = articleQuery.extend({
  offset: z.coerce.number().int().min(0).max(MAX_OFFSET).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(20),
});
const trendQuery = articleQuery.extend({ interval: z.enum(['hour', 'day']).default('day') });
const replayBody = z.object({ stage: anyId.optional(), key: anyId.optional() });

/** The JSON API under `/api/v1`: the same queries and the same numbers as the pages. */
export function apiRoutes({ server, deps, valuesOf }: RouteContext): void {
  const { articles, quarantine } = deps;

  server.get('/api/v1/articles', async (request) => {
    const { offset, limit, ...query } = articlesQuery.parse(request.query);
    const filter = toFilter(query, deps.now(), PERIOD, valuesOf);
    const [page, watermark] = await Promise.all([
      articles.search(filter, { offset, limit }),
      articles.watermark(),
    ]);
    return {
      total: page.total,
      offset,
      limit,
      dataWatermarkAt: watermark ?? null,
      articles: page.articles.map(articleSummary),
    };
  });

  server.get('/api/v1/articles/:id', async (request): Promise<Article> => {
    const article = await articles.find(idParams.parse(request.params).id);
    if (article === undefined) throw new NotFoundError();
    return article;
  });

  server.get('/api/v1/trend', async (request) => {
    const { interval, ...query } = trendQuery.parse(request.query);
    const filter = toFilter(query, deps.now(), PERIOD, valuesOf);
    const [buckets, watermark] = await Promise.all([articles.trend(filter, interval), articles.watermark()]);
    return { interval, timeZone: 'Asia/Ho_Chi_Minh', dataWatermarkAt: watermark ?? null, buckets };
  });

  server.get('/api/v1/ledger', () => deps.ledgerBalance());

  server.get('/api/v1/outlets', async () => ({ outlets: await outletReports(deps) }));

  server.get('/api/v1/outlets/:id', async (request) => {
    const { id } = idParams.parse(request.params);
    const outlet = deps.outlets.get(id);
    if (outlet === undefined) throw new NotFoundError();
    const [report] = await outletReports({ ...deps, outlets: new Map([[id, outlet]]) });
    return { ...report, state: (await deps.outletStates.find(id)) ?? { outletId: id } };
  });

  server.get('/api/v1/feeds', async () => ({
    feeds: feedReports(deps.feeds.values(), await deps.feedStates.all()),
  }));

  server.get('/api/v1/quarantine', async () => ({ jobs: await quarantine.list() }));

  server.post('/api/v1/quarantine/replay', { config: { role: 'admin' } }, async (request) => {
    const { stage, key } = replayBody.parse(request.body ?? {});
    const replayed = await quarantine.replay(stage, key);
    deps.log.info({ stage, key, replayed }, 'quarantine replayed');
    return { replayed };
  });
}
