import { reachOf } from '../../domain/feed-state.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { RouteContext } from '../server.ts';
import { OutletsPage } from '../views/outlets-page.tsx';

const MAX_OUTLETS = 1000;

export function outletRoutes({ server, deps, pages }: RouteContext): void {
  server.get('/outlets', async (request, reply) => {
    const [states, recent] = await Promise.all([
      deps.feedStates.all(),
      deps.articles.facet(
        { from: new Date(deps.now().getTime() - 7 * DAY_MS).toISOString() },
        'outletId',
        MAX_OUTLETS,
      ),
    ]);
    return pages.send(
      request,
      reply,
      <OutletsPage
        outlets={[...deps.outlets.values()]}
        feeds={[...deps.feeds.values()]}
        states={new Map(states.map((state) => [state.feedId, state]))}
        reach={reachOf(new Set(deps.feeds.keys()), states)}
        recent={new Map(recent.map(({ value, count }) => [value, count]))}
      />,
    );
  });
}
