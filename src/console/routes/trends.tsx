import { articleQuery, toFilter } from '../article-query.ts';
import { filterChoices } from '../filter-choices.ts';
import { seriesOfQuery } from '../forecast-series.ts';
import type { RouteContext } from '../server.ts';
import { intervalFor, withoutGaps } from '../trend-series.ts';
import { TrendsPage } from '../views/trends-page.tsx';

const PERIOD = '30d';

/** More bars than this cannot be told apart. */
const MAX_BUCKETS = 370;

export function trendRoutes({ server, deps, pages }: RouteContext): void {
  server.get('/trends', async (request, reply) => {
    const query = articleQuery.parse(request.query);
    const now = deps.now();
    const filter = toFilter(query, now, PERIOD);
    const interval = intervalFor(filter, now);
    const series = seriesOfQuery(query);
    const [buckets, choices, forecast] = await Promise.all([
      deps.articles.trend(filter, interval),
      filterChoices(deps.articles, filter),
      series === undefined ? undefined : deps.forecastOf(series),
    ]);
    return pages.send(
      request,
      reply,
      <TrendsPage
        query={query}
        period={query.period ?? PERIOD}
        interval={interval}
        buckets={withoutGaps(buckets, filter, interval, now, MAX_BUCKETS)}
        choices={choices}
        forecast={forecast}
      />,
    );
  });
}
