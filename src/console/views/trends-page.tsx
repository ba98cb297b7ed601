import type { Forecast } from '../../detection/forecast.ts';
import { wilsonShare } from '../../domain/share.ts';
import type { FacetCount, TrendBucket } from '../../ports/article-store.ts';
import type { ArticleQuery, Facet, Period } from '../article-query.ts';
import { toSearch } from '../article-query.ts';
import type { ChartSize } from '../charts.ts';
import { polarityHistogram, shareLine } from '../charts.ts';
import { dayOf, number, percent, shortDay } from '../times.ts';
import type { Interval } from '../trend-series.ts';
import { useUi } from '../ui.ts';
import type { FilterChoices } from './filter-bar.tsx';
import { FilterBar, facetName } from './filter-bar.tsx';
import { ForecastSection } from './forecast.tsx';
import { Layout } from './layout.tsx';
import { ShareBar } from './parts.tsx';

interface TrendsPageProps {
  readonly query: ArticleQuery;
  readonly period: Period;
  readonly interval: Interval;
  /** Without gaps, oldest first. */
  readonly buckets: readonly TrendBucket[];
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

export function TrendsPage({ query, period, interval, buckets, choices, forecast }: TrendsPageProps) {
  const { m, lang } = useUi();
  const sum = (field: 'negative' | 'neutral' | 'positive') =>
    buckets.reduce((total, bucket) => total + bucket[field], 0);
  const [negative, neutral, positive] = [sum('negative'), sum('neutral'), sum('positive')];
  const total = negative + neutral + positive;
  const share = wilsonShare(negative, total);
  return (
    <Layout title={m.trends.title} section="trends">
      <h1>{m.trends.title}</h1>
      <FilterBar action="/trends" query={query} period={period} choices={choices} />
      {total === 0 || share === undefined ? (
        <p class="notice plain">{m.trends.none}</p>
      ) : (
        <>
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
          <p>
            <a class="more" href={`/${toSearch(query, { period: query.period ?? period })}`}>
              {m.filter.sameFiltersList} →
            </a>
          </p>
          <Charts buckets={buckets} interval={interval} total={total} negative={negative} />
          <ForecastSection forecast={forecast} />
          <FigureTable buckets={buckets} query={query} interval={interval} />
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

function Charts(props: {
  buckets: readonly TrendBucket[];
  interval: Interval;
  total: number;
  negative: number;
}) {
  const { m, lang } = useUi();
  const { buckets, interval } = props;
  const label = (bucket: string) =>
    interval === 'hour' ? `${bucket.slice(11, 13)}h ${shortDay(bucket.slice(0, 10))}` : shortDay(bucket);
  const from = dayOf(buckets[0]?.bucket.slice(0, 10) ?? '');
  const to = dayOf(buckets.at(-1)?.bucket.slice(0, 10) ?? '');
  const histogramLabel = m.trends.chartLabel(
    number(props.total, lang),
    number(props.negative, lang),
    from,
    to,
  );
  const bars = buckets.map((bucket) => ({ ...bucket, label: label(bucket.bucket) }));
  const shares = buckets.map((bucket) => {
    const share = wilsonShare(bucket.negative, bucket.negative + bucket.neutral + bucket.positive);
    const points = (value: number | undefined) =>
      value === undefined ? null : Math.round(value * 1000) / 10;
    return {
      label: label(bucket.bucket),
      share: points(share?.share),
      low: points(share?.low),
      high: points(share?.high),
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

function FigureTable(props: { buckets: readonly TrendBucket[]; query: ArticleQuery; interval: Interval }) {
  const { m, lang } = useUi();
  const rows = props.buckets.slice(-TABLE_ROWS).reverse();
  return (
    <details class="figure-table">
      <summary>{m.trends.table}</summary>
      {rows.length < props.buckets.length ? <p class="hint">{m.trends.rowsCut(rows.length)}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section class="scroll" tabIndex={0} aria-label={m.trends.table}>
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
                    <a href={`/${toSearch(props.query, { period: undefined, from: day, to: day })}`}>
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
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
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
