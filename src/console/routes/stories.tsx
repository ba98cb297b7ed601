import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { StoryPage } from '../views/story-page.tsx';
import { NotFoundError } from './errors.tsx';

/** A story larger than this is shown from its beginning. */
const SHOWN_ARTICLES = 300;

export function storyRoutes({ server, deps, pages }: RouteContext): void {
  server.get('/stories/:id', async (request, reply) => {
    const { id } = idParams.parse(request.params);
    const story = await deps.stories.find(id);
    if (story === undefined) throw new NotFoundError();
    const articles = (await deps.articles.findMany(story.articleIds.slice(0, SHOWN_ARTICLES))).sort((a, b) =>
      a.firstSeenAt.localeCompare(b.firstSeenAt),
    );
    return pages.send(request, reply, <StoryPage story={story} articles={articles} />);
  });
}
