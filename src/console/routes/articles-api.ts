import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import type { Article } from '../../domain/article.ts';
import type { ArticleFilter } from '../../ports/article-store.ts';
import { articleTable } from '../../reports/article-table.ts';
import { articleAnswer, articlesAnswer } from '../api/answers.ts';
import { cursorText, type PageCursor, writeCursor } from '../api/cursor.ts';
import { described } from '../api/open-api.ts';
import { formatField, sendTable, TABLE_TYPES } from '../api/send-table.ts';
import { articleQuery } from '../article-query.ts';
import { articleSummary } from '../article-summary.ts';
import { MESSAGES } from '../messages.ts';
import { idParams, typedText } from '../request-fields.ts';
import { searchCompletions } from '../search-completions.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const MAX_LIMIT = 200;
const MAX_TERM = 200;

/** Programs get the whole archive unless they ask for less. */
const PERIOD = 'all';

const ORDERS = ['rank', 'newest', 'oldest'] as const;

const articlesQuery = articleQuery.extend({
  order: z.enum(ORDERS).optional().describe('Default `rank` where words are looked for, else `newest`'),
  cursor: cursorText.optional(),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_LIMIT)
    .default(20)
    .describe('Articles a page; a file has all'),
  format: formatField,
});

const completionsQuery = z.object({
  term: typedText(MAX_TERM)
    .default('')
    .describe('What is being typed: `fac`, `province:ha`, `facility:"bach m`'),
});
const completionsAnswer = z.object({
  completions: z.array(z.object({ text: z.string(), label: z.string() })),
});

/** Articles for programs: page by page as JSON, or all of a search as a file. */
export function articleApiRoutes({
  server,
  deps,
  pages,
  registry,
  filterOf,
  provenances,
  depsOf,
}: RouteContext): void {
  const { articles } = deps;
  const api = server.withTypeProvider<ZodTypeProvider>();

  api.get(
    '/api/v1/articles',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'Articles that match a search',
        description:
          'Pages in the order of time are cut by cursors: articles that arrive meanwhile move nothing, however deep. ' +
          'Ranked pages may shift when articles arrive. Files are in the order of first sight, oldest first.',
        querystring: articlesQuery,
        answer: articlesAnswer,
        files: TABLE_TYPES,
      }),
    },
    async (request, reply) => {
      const { order, cursor, limit, format, ...query } = request.query;
      const filter = filterOf(request, query, PERIOD);
      const meta = await provenances.of(request, query, filter);
      if (format !== 'json') {
        return sendTable(
          reply,
          articleTable(articles.outlines(filter)),
          { format, name: 'articles', meta },
          deps,
        );
      }
      const used = order ?? (query.q === undefined ? 'newest' : 'rank');
      const { found, next } = await page(filter, used, cursor, limit);
      return {
        meta,
        order: used,
        next: next === undefined ? null : writeCursor(next),
        articles: found.map(articleSummary),
      };
    },
  );

  api.get(
    '/api/v1/completions',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'What a term of a search may become while it is typed',
        querystring: completionsQuery,
        answer: completionsAnswer,
      }),
    },
    async (request) => {
      const messages = MESSAGES[pages.languageOf(request)];
      return { completions: searchCompletions(request.query.term, registry, messages) };
    },
  );

  api.get(
    '/api/v1/articles/:id',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'One article with its text',
        params: idParams,
        answer: articleAnswer,
      }),
    },
    async (request): Promise<Article> => {
      const article = await depsOf(request).articles.find(request.params.id);
      if (article === undefined) throw new NotFoundError();
      return article;
    },
  );

  async function page(
    filter: ArticleFilter,
    order: (typeof ORDERS)[number],
    cursor: PageCursor | undefined,
    limit: number,
  ): Promise<{ found: readonly Article[]; next: PageCursor | undefined }> {
    if (order === 'rank') {
      const offset = cursor !== undefined && 'offset' in cursor ? cursor.offset : 0;
      const { total, articles: found } = await articles.search(filter, { offset, limit });
      const end = offset + found.length;
      return { found, next: found.length > 0 && end < total ? { offset: end } : undefined };
    }
    const after = cursor !== undefined && 'id' in cursor ? { after: cursor } : {};
    const { articles: found, next } = await articles.page(filter, { ...after, limit, order });
    return { found, next };
  }
}
