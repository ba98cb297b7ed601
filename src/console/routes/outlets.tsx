import { reachOf } from '../../domain/feed-state.ts';
import { DAY_MS } from '../../domain/time.ts';
import { outletReports } from '../outlet-report.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { OutletOverview } from '../views/outlet-overview.tsx';
import { OutletPage } from '../views/outlet-page.tsx';
import { OutletsPage } from '../views/outlets-page.tsx';
import { NotFoundError } from './errors.tsx';

const MAX_OUTLETS = 1000;
const scoped = { config: { scoped: true } };

export function outletRoutes({ server, pages, depsOf }: RouteContext): void {
  server.get('/outlets', scoped, async (request, reply) => {
    const deps = depsOf(request);
    const [reports, states, recent] = await Promise.all([
      outletReports(deps),
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
        overview={<OutletOverview reports={reports} />}
      />,
    );
  });

  server.get('/outlets/:id', scoped, async (request, reply) => {
    const deps = depsOf(request);
    const { id } = idParams.parse(request.params);
    const outlet = deps.outlets.get(id);
    if (outlet === undefined) throw new NotFoundError();
    const [reports, state] = await Promise.all([
      outletReports({ ...deps, outlets: new Map([[id, outlet]]) }),
      deps.outletStates.find(id),
    ]);
    const [report] = reports;
    if (report === undefined) throw new NotFoundError();
    return pages.send(
      request,
      reply,
      <OutletPage outlet={outlet} report={report} state={state ?? { outletId: id }} />,
    );
  });
}
