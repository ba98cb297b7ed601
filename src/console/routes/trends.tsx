import { filterChoices } from '../filter-choices.ts';
import { seriesOfQuery } from '../forecast-series.ts';
import { registeredNames } from '../registered-names.ts';
import type { RouteContext } from '../server.ts';
import { queryOfSeries, readTrendQuery } from '../trend-query.ts';
import { trendReport } from '../trend-report.ts';
import { intervalFor } from '../trend-series.ts';
import { TrendsPage } from '../views/trends-page.tsx';

const PERIOD = '30d';

/** More bars than this cannot be told apart. */
const MAX_BUCKETS = 370;

export function trendRoutes({ server, deps: { language }, pages, filterOf, depsOf }: RouteContext): void {
  const names = { mentions: registeredNames(language.names), topics: language.topicNames };

  server.get('/trends', { config: { scoped: true } }, async (request, reply) => {
    const deps = depsOf(request);
    const asked = readTrendQuery(request.query, names);
    const { query, others } = asked;
    const now = deps.now();
    const filter = filterOf(request, query, PERIOD);
    const interval = intervalFor(filter, now);
    const series = seriesOfQuery(query);
    const [report, choices, forecast] = await Promise.all([
      trendReport(
        filter,
        others.map((other) => filterOf(request, queryOfSeries(query, other), PERIOD)),
        interval,
        MAX_BUCKETS,
        deps,
      ),
      filterChoices(deps.articles, filter),
      series === undefined ? undefined : deps.forecastOf(series),
    ]);
    return pages.send(
      request,
      reply,
      <TrendsPage
        {...asked}
        period={query.period ?? PERIOD}
        interval={interval}
        report={report}
        choices={choices}
        forecast={forecast}
      />,
    );
  });
}
