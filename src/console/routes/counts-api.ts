import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { ARTICLE_FIELDS } from '../../domain/article-field.ts';
import { given } from '../../domain/given.ts';
import { wilsonShare } from '../../domain/share.ts';
import type { HistogramBucket } from '../../ports/article-store.ts';
import { logLikelihood } from '../../reports/log-likelihood.ts';
import { namesIn, valueName } from '../../reports/names.ts';
import { facetAnswer, pairsAnswer, trendAnswer } from '../api/answers.ts';
import { described } from '../api/open-api.ts';
import { formatField, sendTable, TABLE_TYPES } from '../api/send-table.ts';
import { bucketTable, columnsOf, splitTable } from '../api/tables.ts';
import { articleQuery } from '../article-query.ts';
import { limitUpTo, optionalField } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { totalOf, trendReport } from '../trend-report.ts';

/** Programs get the whole archive unless they ask for less. */
const PERIOD = 'all';
/** So many buckets have a baseline: ten years of days, five months of hours. */
const MOST_BUCKETS = 3700;

const field = z.enum(ARTICLE_FIELDS);

const trendQuery = articleQuery.extend({
  interval: z.enum(['hour', 'day', 'week', 'month']).default('day'),
  split: optionalField(field).describe('Counts each bucket by the values of this field too'),
  splitLimit: limitUpTo(50, 10),
  baseline: z
    .enum(['yes', 'no'])
    .default('no')
    .describe(
      'With what is usual, uptime, holidays, and empty buckets as zero; of hours and days, without `split`',
    ),
  format: formatField,
});
const facetQuery = articleQuery.extend({ limit: limitUpTo(1000, 50), format: formatField });
const pairsQuery = articleQuery.extend({
  a: field,
  b: field,
  limit: limitUpTo(500, 50),
  format: formatField,
});

/** What is counted of articles, for programs: with where each number comes from, or as a table. */
export function countApiRoutes({ server, deps, pages, filterOf, provenances }: RouteContext): void {
  const { articles } = deps;
  const api = server.withTypeProvider<ZodTypeProvider>();
  const namesFor = (request: FastifyRequest) => namesIn(pages.languageOf(request), deps);

  api.get(
    '/api/v1/trend',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'Articles over time',
        querystring: trendQuery,
        answer: trendAnswer,
        files: TABLE_TYPES,
      }),
    },
    async (request, reply) => {
      const { interval, split, splitLimit, baseline, format, ...query } = request.query;
      const filter = filterOf(request, query, PERIOD);
      const withUsual =
        baseline === 'yes' && split === undefined && (interval === 'day' || interval === 'hour');
      const [meta, buckets] = await Promise.all([
        provenances.of(request, query, filter),
        withUsual
          ? trendReport(filter, [], interval, MOST_BUCKETS, deps).then(({ points }) =>
              points.map((point) => ({ ...point, count: totalOf(point) })),
            )
          : articles.histogram(filter, { interval, splitLimit, ...given({ split }) }),
      ]);
      if (format !== 'json') {
        const table = split === undefined ? bucketTable(buckets) : splitTable(buckets as HistogramBucket[]);
        return sendTable(reply, table, { format, name: 'trend', meta }, deps);
      }
      const shown = buckets.map((bucket) => ({
        ...bucket,
        ...given({ negativeShare: wilsonShare(bucket.negative, bucket.count) }),
      }));
      return { meta, interval, timeZone: 'Asia/Ho_Chi_Minh', buckets: shown };
    },
  );

  api.get(
    '/api/v1/facets/:field',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'The most frequent values of a field',
        params: z.object({ field }),
        querystring: facetQuery,
        answer: facetAnswer,
        files: TABLE_TYPES,
      }),
    },
    async (request, reply) => {
      const { limit, format, ...query } = request.query;
      const { field: of } = request.params;
      const filter = filterOf(request, query, PERIOD);
      const [meta, found] = await Promise.all([
        provenances.of(request, query, filter),
        articles.facet(filter, of, limit, { stories: true }),
      ]);
      const names = namesFor(request);
      const values = found.map((each) => ({ ...each, name: valueName(of, each.value, names) }));
      if (format !== 'json') {
        const columns = columnsOf({
          value: 'text',
          name: 'text',
          count: 'whole',
          negative: 'whole',
          positive: 'whole',
          stories: 'whole',
        });
        return sendTable(reply, { columns, rows: values }, { format, name: `facet-${of}`, meta }, deps);
      }
      const shown = values.map((each) => ({
        ...each,
        ...given({ negativeShare: wilsonShare(each.negative, each.count) }),
      }));
      return { meta, field: of, values: shown };
    },
  );

  api.get(
    '/api/v1/pairs',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'Values that stand in the same articles',
        description:
          'How often, how much more often than by chance (lift), and how sure that is (log-likelihood ratio).',
        querystring: pairsQuery,
        answer: pairsAnswer,
        files: TABLE_TYPES,
      }),
    },
    async (request, reply) => {
      const { a, b, limit, format, ...query } = request.query;
      const filter = filterOf(request, query, PERIOD);
      const [meta, { total, pairs }] = await Promise.all([
        provenances.of(request, query, filter),
        articles.pairs(filter, a, b, limit),
      ]);
      const names = namesFor(request);
      const rows = pairs.map((pair) => ({
        ...pair,
        nameA: valueName(a, pair.a, names),
        nameB: valueName(b, pair.b, names),
        lift: (pair.together * total) / (pair.countA * pair.countB),
        logLikelihood: logLikelihood(
          { having: pair.together, of: pair.countA },
          { having: pair.countB - pair.together, of: total - pair.countA },
        ),
      }));
      if (format === 'json') return { meta, a, b, pairs: rows };
      const columns = columnsOf({
        a: 'text',
        nameA: 'text',
        b: 'text',
        nameB: 'text',
        together: 'whole',
        countA: 'whole',
        countB: 'whole',
        lift: 'number',
        logLikelihood: 'number',
      });
      return sendTable(reply, { columns, rows }, { format, name: 'pairs', meta }, deps);
    },
  );
}
