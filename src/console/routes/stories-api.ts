import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Table } from '../../domain/table.ts';
import { storiesAnswer, storyAnswer } from '../api/answers.ts';
import { described } from '../api/open-api.ts';
import { formatField, sendTable, TABLE_TYPES } from '../api/send-table.ts';
import { articleQuery } from '../article-query.ts';
import { articleSummary } from '../article-summary.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { listStories, MOST_LISTED, STORY_SORTS } from '../story-list.ts';
import { storyReport } from '../story-report.ts';
import { NotFoundError } from './errors.tsx';

const PERIOD = '7d';

const storiesQuery = articleQuery.omit({ story: true }).extend({
  sort: z.enum(STORY_SORTS).exclude(['growth']).default('size'),
  least: z.coerce.number().int().min(1).max(1000).default(2).describe('Articles of the period, at least'),
  format: formatField,
});

/** Stories for programs: those of a period, and how one of them went through the press. */
export function storyApiRoutes({ server, filterOf, provenances, depsOf }: RouteContext): void {
  const api = server.withTypeProvider<ZodTypeProvider>();

  api.get(
    '/api/v1/stories',
    {
      config: { scoped: true },
      schema: described({
        tag: 'stories',
        summary: 'Stories with most articles in a period',
        description: `The ${MOST_LISTED} with most articles, in the order asked for; a week unless a period is named.`,
        querystring: storiesQuery,
        answer: storiesAnswer,
        files: TABLE_TYPES,
      }),
    },
    async (request, reply) => {
      const { sort, least, format, ...query } = request.query;
      const deps = depsOf(request);
      const filter = filterOf(request, query, PERIOD);
      const [meta, stories] = await Promise.all([
        provenances.of(request, query, filter),
        listStories(filter, sort, least, deps),
      ]);
      if (format === 'json') return { meta, stories };
      return sendTable(reply, storyTable(stories), { format, name: 'stories', meta }, deps);
    },
  );

  api.get(
    '/api/v1/stories/:id',
    {
      config: { scoped: true },
      schema: described({
        tag: 'stories',
        summary: 'One story: who wrote, who repeated whom, how far and how fast it came',
        params: idParams,
        answer: z.looseObject({ story: storyAnswer }),
      }),
    },
    async (request) => {
      const deps = depsOf(request);
      const story = await deps.stories.find(request.params.id);
      if (story === undefined) throw new NotFoundError();
      const { course, ...report } = await storyReport(story, deps);
      const steps = course.steps.map(({ article, ...step }) => ({
        ...step,
        article: articleSummary(article),
      }));
      const cautions = course.cautions.map(({ kind, articles }) => ({
        kind,
        articleIds: articles.map(({ id }) => id),
      }));
      return { ...report, course: { ...course, steps, cautions } };
    },
  );
}

function storyTable(stories: Awaited<ReturnType<typeof listStories>>): Table {
  return {
    columns: [
      { name: 'id', type: 'text' },
      { name: 'title', type: 'text' },
      { name: 'articles', type: 'whole' },
      { name: 'negative', type: 'whole' },
      { name: 'first_outlet_id', type: 'text' },
      { name: 'first_seen_at', type: 'time' },
      { name: 'last_seen_at', type: 'time' },
      { name: 'independent_newsrooms', type: 'list' },
      { name: 'tiers', type: 'list' },
    ],
    rows: stories.map(({ story, articles, negative }) => ({
      id: story.id,
      title: story.title,
      articles,
      negative,
      first_outlet_id: story.firstOutletId,
      first_seen_at: story.firstSeenAt,
      last_seen_at: story.lastSeenAt,
      independent_newsrooms: story.independentNewsrooms,
      tiers: story.tiers,
    })),
  };
}
