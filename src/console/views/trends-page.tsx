import type { Forecast } from '../../detection/forecast.ts';
import { wilsonShare } from '../../domain/share.ts';
import type { FacetCount, TrendBucket } from '../../ports/article-store.ts';
import type { ArticleQuery, Facet, Period } from '../article-query.ts';
import { toSearch } from '../article-query.ts';
import type { ChartSize } from '../charts.ts';
import { LINE_DASHES, polarityHistogram, seriesLines, shareLine } from '../charts.ts';
import { dayOf, number, percent, shortDay } from '../times.ts';
import {
  MEASURES,
  type Measure,
  MOST_OTHERS,
  queryOfSeries,
  type TrendQuery,
  trendSearch,
} from '../trend-query.ts';
import { LEAST_UPTIME, type TrendPoint, type TrendReport, totalOf } from '../trend-report.ts';
import type { Interval } from '../trend-series.ts';
import { useUi } from '../ui.ts';
import { FileLinks } from './file-links.tsx';
import type { FilterChoices } from './filter-bar.tsx';
import { FilterBar, facetName } from './filter-bar.tsx';
import { ForecastSection } from './forecast.tsx';
import { Layout } from './layout.tsx';
import { Scroll, ShareBar } from './parts.tsx';

interface TrendsPageProps extends TrendQuery {
  readonly period: Period;
  readonly interval: Interval;
  readonly report: TrendReport;
  readonly choices: FilterChoices;
  /** Of what is chosen, where that is one series. */
  readonly forecast: Forecast | undefined;
}

const TABLES = [
  ['topic', 'topTopics'],
  ['province', 'topProvinces'],
  ['facility', 'topFacilities'],
  ['outlet', 'topOutlets'],
] as const satisfies readonly (readonly [keyof FilterChoices, string])[];

const TOP = 10;
const TABLE_ROWS = 92;
const SHOWN_DOWN = 5;
const OFFERED = 40;

export function TrendsPage(props: TrendsPageProps) {
  const { query, others, period, interval, report, choices, forecast } = props;
  const { m, lang } = useUi();
  const { points } = report;
  const { total, negative } = sumOf(points);
  const share = wilsonShare(negative, total);
  const isEmpty = total === 0 && report.others.every((line) => sumOf(line).total === 0);
  return (
    <Layout title={m.trends.title} section="trends">
      <h1>{m.trends.title}</h1>
      <FilterBar action="/trends" query={query} period={period} choices={choices} />
      <CompareForm {...props} />
      {isEmpty ? (
        <p class="notice plain">{m.trends.none}</p>
      ) : (
        <>
          {share === undefined ? null : (
            <dl class="figures">
              <div class="big">
                <dt>{m.trends.total}</dt>
                <dd>{number(total, lang)}</dd>
              </div>
              <div class="big wide">
                <dt>{m.trends.shareShort}</dt>
                <dd>
                  {percent(share.share, lang)}{' '}
                  <small>
                    {m.trends.interval}: {percent(share.low, lang)} – {percent(share.high, lang)}
                  </small>
                </dd>
              </div>
            </dl>
          )}
          <p>
            <a class="more" href={`/articles${toSearch(query, { period: query.period ?? period })}`}>
              {m.filter.sameFiltersList} →
            </a>
            {' · '}
            <FileLinks
              path="/api/v1/trend"
              search={`${toSearch(query, { period: query.period ?? period })}&interval=${interval}`}
            />
          </p>
          <Measures {...props} />
          {others.length === 0 ? <Charts {...props} /> : <LineCharts {...props} />}
          <ForecastSection forecast={forecast} />
          <FigureTable points={points} query={query} interval={interval} />
          <div class="top-tables">
            {TABLES.map(([facet, title]) => (
              <TopTable
                key={facet}
                title={m.trends[title]}
                facet={facet}
                rows={choices[facet].slice(0, TOP)}
                query={query}
                period={period}
              />
            ))}
          </div>
        </>
      )}
    </Layout>
  );
}

function sumOf(buckets: readonly TrendBucket[]): { total: number; negative: number } {
  const total = buckets.reduce((sum, bucket) => sum + totalOf(bucket), 0);
  return { total, negative: buckets.reduce((sum, bucket) => sum + bucket.negative, 0) };
}

/** What was counted, or as much as it would have been with every outlet heard; `null` where too few were. */
function scaled(count: number, uptime: number, measure: Measure): number | null {
  if (measure === 'count') return count;
  return uptime < LEAST_UPTIME ? null : Math.round((count / uptime) * 10) / 10;
}

function bucketLabel(bucket: string, interval: Interval): string {
  const day = shortDay(bucket.slice(0, 10));
  return interval === 'hour' ? `${bucket.slice(11, 13)}h ${day}` : day;
}

function Charts({ report: { points }, interval, measure }: TrendsPageProps) {
  const { m, lang } = useUi();
  const { total, negative } = sumOf(points);
  const from = dayOf(points[0]?.bucket.slice(0, 10) ?? '');
  const to = dayOf(points.at(-1)?.bucket.slice(0, 10) ?? '');
  const histogramLabel = m.trends.chartLabel(number(total, lang), number(negative, lang), from, to);
  const bars = points.map((point) => ({
    label: bucketLabel(point.bucket, interval),
    ...(point.shade === undefined ? {} : { shade: point.shade }),
    ...(point.usual === undefined ? {} : { usual: point.usual.median }),
    negative: scaled(point.negative, point.uptime, measure) ?? 0,
    neutral: scaled(point.neutral, point.uptime, measure) ?? 0,
    positive: scaled(point.positive, point.uptime, measure) ?? 0,
  }));
  const shares = points.map((point) => {
    const share = wilsonShare(point.negative, totalOf(point));
    return {
      label: bucketLabel(point.bucket, interval),
      ...(point.shade === undefined ? {} : { shade: point.shade }),
      share: inPercent(share?.share),
      low: inPercent(share?.low),
      high: inPercent(share?.high),
    };
  });
  return (
    <>
      <figure class="chart-figure">
        <figcaption>
          <h2>{interval === 'hour' ? m.trends.byHour : m.trends.byDay}</h2>
          <Legend />
        </figcaption>
        <Drawing draw={(size) => polarityHistogram(bars, size, histogramLabel)} />
        <ShadeLegend points={points} withUsual />
      </figure>
      <figure class="chart-figure">
        <figcaption>
          <h2>{m.trends.share}</h2>
          <p class="hint">{m.trends.shareNote}</p>
        </figcaption>
        <Drawing draw={(size) => shareLine(shares, size, m.trends.shareLabel)} />
      </figure>
    </>
  );
}

function inPercent(share: number | undefined): number | null {
  return share === undefined ? null : Math.round(share * 1000) / 10;
}

/** Several series in one picture, and the figures of each. */
function LineCharts(props: TrendsPageProps) {
  const { m, lang, names } = useUi();
  const { query, others, report, interval, measure, period } = props;
  const { points } = report;
  const lines = [
    { name: m.trendContext.main, query, buckets: points },
    ...others.map((key, at) => ({
      name: names.series(key),
      query: queryOfSeries(query, key),
      buckets: report.others[at] ?? [],
    })),
  ];
  const said = lines.map(({ name }) => name).join(', ');
  const labels = points.map((point) => ({
    label: bucketLabel(point.bucket, interval),
    ...(point.shade === undefined ? {} : { shade: point.shade }),
  }));
  const counts = lines.map(({ buckets }) =>
    buckets.map((bucket, at) => scaled(totalOf(bucket), points[at]?.uptime ?? 1, measure)),
  );
  const shares = lines.map(({ buckets }) =>
    buckets.map((bucket) => inPercent(wilsonShare(bucket.negative, totalOf(bucket))?.share)),
  );
  return (
    <>
      <figure class="chart-figure">
        <figcaption>
          <h2>{m.trendContext.count}</h2>
          <LineLegend names={lines.map(({ name }) => name)} />
        </figcaption>
        <Drawing draw={(size) => seriesLines(labels, counts, size, m.trendContext.linesLabel(said))} />
        <ShadeLegend points={points} withUsual={false} />
      </figure>
      <figure class="chart-figure">
        <figcaption>
          <h2>{m.trends.share}</h2>
          <LineLegend names={lines.map(({ name }) => name)} />
        </figcaption>
        <Drawing
          draw={(size) => seriesLines(labels, shares, size, m.trendContext.shareLinesLabel(said), '%')}
        />
      </figure>
      <h2>{m.trendContext.lines}</h2>
      <Scroll label={m.trendContext.lines}>
        <table class="lines">
          <caption class="visually-hidden">{m.trendContext.lines}</caption>
          <thead>
            <tr>
              <th scope="col">{m.trendContext.line}</th>
              <th scope="col" class="figure">
                {m.trends.articles}
              </th>
              <th scope="col" class="figure">
                {m.trends.negative}
              </th>
              <th scope="col" class="figure">
                {m.trends.shareShort}
              </th>
              <th scope="col" class="figure">
                {m.trends.interval}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => {
              const { total, negative } = sumOf(line.buckets);
              const share = wilsonShare(negative, total);
              const href = (polarity?: 'negative') =>
                `/articles${toSearch(line.query, {
                  period: query.period ?? period,
                  ...(polarity === undefined ? {} : { polarity }),
                })}`;
              return (
                <tr key={line.name}>
                  <th scope="row">
                    <LineKey at={at} /> {line.name}
                  </th>
                  <td class="figure">
                    <a href={href()}>{number(total, lang)}</a>
                  </td>
                  <td class="figure">
                    <a href={href('negative')}>{number(negative, lang)}</a>
                  </td>
                  <td class="figure">{share === undefined ? '–' : percent(share.share, lang)}</td>
                  <td class="figure">
                    {share === undefined ? '–' : `${percent(share.low, lang)} – ${percent(share.high, lang)}`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function LineLegend({ names }: { names: readonly string[] }) {
  return (
    <ul class="legend">
      {names.map((name, at) => (
        <li key={name}>
          <LineKey at={at} /> {name}
        </li>
      ))}
    </ul>
  );
}

function LineKey({ at }: { at: number }) {
  return (
    <svg class="line-key" viewBox="0 0 32 8" width="32" height="8" aria-hidden="true">
      <line class={`line${at + 1}`} x1="0" y1="4" x2="32" y2="4" {...dashOf(LINE_DASHES[at])} />
    </svg>
  );
}

function dashOf(dash: readonly number[] = []): { 'stroke-dasharray'?: string } {
  return dash.length === 0 ? {} : { 'stroke-dasharray': dash.join(' ') };
}

/** The series beside the filters' own: each can be taken away, and one more typed. */
function CompareForm({ query, others, measure, unknown, period, choices }: TrendsPageProps) {
  const { m, names } = useUi();
  const state = { query: { ...query, period: query.period ?? period }, others, measure };
  const offered = [
    ...choices.topic.slice(0, OFFERED).map(({ value }) => names.series(`topic:${value}`)),
    ...choices.province.slice(0, OFFERED).map(({ value }) => names.series(`province:${value}`)),
    ...choices.facility.slice(0, OFFERED).map(({ value }) => names.series(`facility:${value}`)),
  ];
  const hidden = new URLSearchParams(trendSearch(state));
  return (
    <form class="compare-row" action="/trends" method="get">
      {[...hidden].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {others.length < MOST_OTHERS ? (
        <div class="field compare-add">
          <label for="compare-add">{m.trendContext.compare}</label>
          <input
            id="compare-add"
            name="add"
            list="compare-names"
            maxLength={120}
            required
            autocomplete="off"
            aria-describedby="compare-hint"
            {...(unknown === undefined ? {} : { value: unknown, 'aria-invalid': 'true' })}
          />
          <button type="submit">{m.trendContext.add}</button>
          <span id="compare-hint" class="hint">
            {unknown === undefined ? m.trendContext.compareHint : m.trendContext.unknown(unknown)}
          </span>
          <datalist id="compare-names">
            {[...new Set(offered)].map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </div>
      ) : null}
      {others.length === 0 ? null : (
        <ul class="active-filters">
          {others.map((key) => {
            const rest = others.filter((other) => other !== key);
            const name = names.series(key);
            return (
              <li key={key}>
                <a
                  href={`/trends${trendSearch({ ...state, others: rest })}`}
                  aria-label={m.trendContext.remove(name)}
                >
                  {name} <span aria-hidden="true">×</span>
                </a>
              </li>
            );
          })}
        </ul>
      )}
    </form>
  );
}

function Measures({ query, others, measure, period }: TrendsPageProps) {
  const { m } = useUi();
  const state = { query: { ...query, period: query.period ?? period }, others };
  return (
    <nav class="measures" aria-label={m.trendContext.measure}>
      {MEASURES.map((one) => (
        <a
          key={one}
          href={`/trends${trendSearch({ ...state, measure: one })}`}
          {...(one === measure ? { 'aria-current': 'true' as const } : {})}
        >
          {m.trendContext[one]}
        </a>
      ))}
      {measure === 'rate' ? <span class="hint">{m.trendContext.rateHint}</span> : null}
    </nav>
  );
}

function ShadeLegend({ points, withUsual }: { points: readonly TrendPoint[]; withUsual: boolean }) {
  const { m } = useUi();
  const shown = (['down', 'holiday', 'weekend'] as const).filter((shade) =>
    points.some((point) => point.shade === shade),
  );
  const hasUsual = withUsual && points.some(({ usual }) => usual !== undefined);
  if (shown.length === 0 && !hasUsual) return null;
  return (
    <ul class="legend" aria-label={m.trendContext.shades}>
      {shown.map((shade) => (
        <li key={shade}>
          <span class={`swatch ${shade}`} /> {m.trendContext.shade[shade]}
        </li>
      ))}
      {hasUsual ? (
        <li>
          <span class="swatch usual-line" /> {m.trendContext.usual}
        </li>
      ) : null}
    </ul>
  );
}

/** The charts' renderer escapes what the data say and `charts.ts` strips what the page's policy forbids. */
function Drawing({ draw }: { draw: (size: ChartSize) => string }) {
  return <div class="drawing" dangerouslySetInnerHTML={{ __html: draw('wide') + draw('narrow') }} />;
}

function Legend() {
  const { m } = useUi();
  return (
    <ul class="legend">
      {(['positive', 'neutral', 'negative'] as const).map((polarity) => (
        <li key={polarity}>
          <span class={`swatch ${polarity}`} /> {m.polarity[polarity]}
        </li>
      ))}
    </ul>
  );
}

function FigureTable(props: { points: readonly TrendPoint[]; query: ArticleQuery; interval: Interval }) {
  const { m, lang, names } = useUi();
  const rows = props.points.slice(-TABLE_ROWS).reverse();
  return (
    <details class="figure-table">
      <summary>{m.trends.table}</summary>
      {rows.length < props.points.length ? <p class="hint">{m.trends.rowsCut(rows.length)}</p> : null}
      <Scroll label={m.trends.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.trends.time}</th>
              <th scope="col" class="figure">
                {m.polarity.negative}
              </th>
              <th scope="col" class="figure">
                {m.polarity.neutral}
              </th>
              <th scope="col" class="figure">
                {m.polarity.positive}
              </th>
              <th scope="col" class="figure">
                {m.trends.shareShort}
              </th>
              <th scope="col" class="figure">
                {m.trends.interval}
              </th>
              <th scope="col" class="figure">
                {m.trendContext.usualShort}
              </th>
              <th scope="col">{m.trendContext.uptime}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((bucket) => {
              const share = wilsonShare(bucket.negative, bucket.negative + bucket.neutral + bucket.positive);
              const day = bucket.bucket.slice(0, 10);
              const hour = props.interval === 'hour' ? `${bucket.bucket.slice(11, 13)}h ` : '';
              return (
                <tr key={bucket.bucket}>
                  <th scope="row">
                    <a href={`/articles${toSearch(props.query, { period: undefined, from: day, to: day })}`}>
                      {hour}
                      {dayOf(day)}
                    </a>
                  </th>
                  <td class="figure">{number(bucket.negative, lang)}</td>
                  <td class="figure">{number(bucket.neutral, lang)}</td>
                  <td class="figure">{number(bucket.positive, lang)}</td>
                  <td class="figure">{share === undefined ? '–' : percent(share.share, lang)}</td>
                  <td class="figure">
                    {share === undefined ? '–' : `${percent(share.low, lang)} – ${percent(share.high, lang)}`}
                  </td>
                  <td class="figure">
                    {bucket.usual === undefined ? '–' : number(bucket.usual.median, lang)}
                  </td>
                  <td>
                    {percent(bucket.uptime, lang)}
                    {bucket.down.length === 0 ? null : (
                      <small>
                        {' '}
                        {m.trendContext.downOutlets(
                          bucket.down.slice(0, SHOWN_DOWN).map(names.outlet).join(', ') +
                            (bucket.down.length > SHOWN_DOWN ? ` +${bucket.down.length - SHOWN_DOWN}` : ''),
                        )}
                      </small>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

interface TopTableProps {
  readonly title: string;
  readonly facet: Facet;
  readonly rows: readonly FacetCount[];
  readonly query: ArticleQuery;
  readonly period: Period;
}

function TopTable({ title, facet, rows, query, period }: TopTableProps) {
  const ui = useUi();
  const { m, lang } = ui;
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="hint">{m.trends.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{m.filter[facet]}</th>
              <th scope="col" class="figure">
                {m.trends.articles}
              </th>
              <th scope="col" class="figure">
                {m.trends.negative}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ value, count, negative }) => (
              <tr key={value}>
                <th scope="row">
                  <a href={`/trends${toSearch(query, { [facet]: value, period: query.period ?? period })}`}>
                    {facetName(facet, value, ui)}
                  </a>
                  <ShareBar part={negative} whole={count} tone="negative" />
                </th>
                <td class="figure">{number(count, lang)}</td>
                <td class="figure">
                  {number(negative, lang)} <small>{percent(negative / count, lang)}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
