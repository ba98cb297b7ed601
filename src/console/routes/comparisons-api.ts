import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { ARTICLE_FIELDS } from '../../domain/article-field.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { ArticleFilter } from '../../ports/article-store.ts';
import { LeadLagCounts } from '../../reports/lead-lag.ts';
import { namesIn } from '../../reports/names.ts';
import { compareAnswer, leadsAnswer, termsAnswer } from '../api/answers.ts';
import { type BoundedFilter, compareSets } from '../api/compare-sets.ts';
import { compareTerms } from '../api/compare-terms.ts';
import { described } from '../api/open-api.ts';
import { formatField, sendTable, TABLE_TYPES } from '../api/send-table.ts';
import { columnsOf, comparedTable } from '../api/tables.ts';
import { articleQuery, dayOrInstant } from '../article-query.ts';
import { limitUpTo, optionalField, typedText } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';

/** What is compared needs a beginning. */
const PERIOD = '7d';
const MAX_TEXT = 2000;
/** Weekdays stay weekdays. */
const YEAR_MS = 52 * 7 * DAY_MS;

const comparedQuery = articleQuery
  .extend({
    vs: z
      .enum(['before', 'year-before'])
      .default('before')
      .describe('`before`: the same length of time just before; `year-before`: 52 weeks earlier'),
    vsFrom: optionalField(dayOrInstant).describe('Another time to compare with'),
    vsTo: optionalField(dayOrInstant),
    by: optionalField(z.enum(ARTICLE_FIELDS)),
    format: formatField,
  })
  .refine(isBounded, { path: ['period'], error: 'what is compared needs a beginning' })
  .refine(({ vsFrom, vsTo }) => (vsFrom === undefined) === (vsTo === undefined), { path: ['vsTo'] });
const termsQuery = articleQuery
  .extend({
    vs: z
      .enum(['before', 'year-before', 'rest'])
      .default('before')
      .describe('`rest`: everything of the same time; the others as in `compare`'),
    against: optionalField(typedText(MAX_TEXT)).describe('Another search in the same time, instead of `vs`'),
    limit: limitUpTo(200, 30),
    format: formatField,
  })
  .refine(isBounded, { path: ['period'], error: 'what is compared needs a beginning' });
const leadsQuery = articleQuery.extend({ limit: limitUpTo(500, 50), format: formatField });

function isBounded({ period, from, to }: z.infer<typeof articleQuery>): boolean {
  return from !== undefined || (to === undefined && period !== 'all');
}

/** Times, sets of articles and outlets against each other, for programs. */
export function comparisonApiRoutes({ server, deps, pages, filterOf, provenances }: RouteContext): void {
  const { articles } = deps;
  const api = server.withTypeProvider<ZodTypeProvider>();

  api.get(
    '/api/v1/compare',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'One time against another',
        querystring: comparedQuery,
        answer: compareAnswer,
        files: TABLE_TYPES,
      }),
    },
    async (request, reply) => {
      const { vs, vsFrom, vsTo, by, format, ...query } = request.query;
      const now = bounded(filterOf(request, query, PERIOD));
      const before =
        vsFrom === undefined
          ? earlier(now, vs)
          : bounded(filterOf(request, { ...query, from: vsFrom, to: vsTo }, PERIOD));
      const names = namesIn(pages.languageOf(request), deps);
      const [meta, compared] = await Promise.all([
        provenances.of(request, query, now),
        compareSets(now, before, by === undefined ? undefined : { field: by, names }, deps),
      ]);
      if (format === 'json') return { meta, ...compared };
      return sendTable(reply, comparedTable(compared), { format, name: 'compare', meta }, deps);
    },
  );

  api.get(
    '/api/v1/terms',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'Terms that tell one set of articles from another',
        description: 'From titles and summaries, by the log-likelihood ratio of Dunning (1993).',
        querystring: termsQuery,
        answer: termsAnswer,
        files: TABLE_TYPES,
      }),
    },
    async (request, reply) => {
      const { vs, against, limit, format, ...query } = request.query;
      const one = bounded(filterOf(request, query, PERIOD));
      const { period, from, to } = query;
      const anything = (q?: string) => filterOf(request, { q, period, from, to }, PERIOD);
      const other = against !== undefined ? anything(against) : vs === 'rest' ? anything() : earlier(one, vs);
      const [meta, compared] = await Promise.all([
        provenances.of(request, query, one),
        compareTerms(one, other, limit, articles),
      ]);
      if (format === 'json') return { meta, ...compared };
      const columns = columnsOf({
        term: 'text',
        count: 'whole',
        otherCount: 'whole',
        ratio: 'number',
        logLikelihood: 'number',
      });
      const rows = compared.terms.map((term) => ({ ...term }));
      return sendTable(reply, { columns, rows }, { format, name: 'terms', meta }, deps);
    },
  );

  api.get(
    '/api/v1/leads',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'Which outlets lead and which follow',
        description:
          'By the first article of each outlet on stories that several told. A file has the pairs.',
        querystring: leadsQuery,
        answer: leadsAnswer,
        files: TABLE_TYPES,
      }),
    },
    async (request, reply) => {
      const { limit, format, ...query } = request.query;
      const filter = filterOf(request, query, PERIOD);
      const counts = new LeadLagCounts();
      const meta = await provenances.of(request, query, filter);
      for await (const batch of articles.outlines(filter)) for (const article of batch) counts.add(article);
      const found = counts.result(limit);
      if (format === 'json') return { meta, ...found };
      const columns = columnsOf({
        leader: 'text',
        follower: 'text',
        stories: 'whole',
        leads: 'whole',
        share: 'number',
        low: 'number',
        high: 'number',
        medianMinutes: 'number',
      });
      const rows = found.pairs.map(({ share, ...pair }) => ({ ...pair, ...share }));
      return sendTable(reply, { columns, rows }, { format, name: 'leads', meta }, deps);
    },
  );

  function bounded(filter: ArticleFilter): BoundedFilter {
    const now = deps.now().toISOString();
    const { from = now, to = now } = filter;
    const isOver = to <= now;
    return { ...filter, from, to: isOver ? to : now };
  }
}

function earlier(filter: BoundedFilter, vs: 'before' | 'year-before'): BoundedFilter {
  const [fromMs, toMs] = [Date.parse(filter.from), Date.parse(filter.to)];
  const byMs = vs === 'before' ? toMs - fromMs : YEAR_MS;
  return {
    ...filter,
    from: new Date(fromMs - byMs).toISOString(),
    to: new Date(toMs - byMs).toISOString(),
  };
}
