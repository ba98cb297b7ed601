import { filterChoices } from '../filter-choices.ts';
import { growingStories } from '../growing-stories.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { listStories, storyListQuery } from '../story-list.ts';
import { storyReport } from '../story-report.ts';
import { StoriesPage } from '../views/stories-page.tsx';
import { StoryPage } from '../views/story-page.tsx';
import { NotFoundError } from './errors.tsx';

const PERIOD = '7d';
const SORT = 'size';
const LEAST = '2';
const MOST_RISING = 30;

/** The list of stories, and how one of them went through the press. */
export function storyRoutes({ server, pages, filterOf, depsOf }: RouteContext): void {
  server.get('/stories', { config: { scoped: true } }, async (request, reply) => {
    const deps = depsOf(request);
    const query = storyListQuery.parse(request.query);
    const { sort = SORT, least = LEAST, ...articles } = query;
    const now = deps.now();
    const filter = filterOf(request, articles, PERIOD);
    const { from: _from, to: _to, ...anyTime } = filter;
    const [choices, rising, listed] = await Promise.all([
      filterChoices(deps.articles, filter),
      sort === 'growth' ? growingStories(anyTime, MOST_RISING, deps, now) : [],
      sort === 'growth' ? [] : listStories(filter, sort, Number(least), deps),
    ]);
    const period = query.period ?? PERIOD;
    const view = { query, period, sort, least, choices, rising, listed };
    return pages.send(request, reply, <StoriesPage {...view} />);
  });

  server.get('/stories/:id', { config: { scoped: true } }, async (request, reply) => {
    const deps = depsOf(request);
    const { id } = idParams.parse(request.params);
    const story = await deps.stories.find(id);
    if (story === undefined) throw new NotFoundError();
    return pages.send(request, reply, <StoryPage {...(await storyReport(story, deps))} />);
  });
}
