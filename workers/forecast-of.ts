import { type Forecast, forecast, type HourlySeries } from '../src/detection/forecast.ts';
import { forecastLines } from '../src/detection/message/forecast-lines.ts';
import type { Wording } from '../src/detection/message/wording.ts';
import type { Incident } from '../src/domain/incident.ts';
import { type SeriesKey, splitSeriesKey } from '../src/domain/series.ts';
import { DAY_MS, HOUR_MS, vietnameseMidnight } from '../src/domain/time.ts';
import type { Deps } from './stage.ts';

/** Two months tell the level; a week tells anything at all. */
const HISTORY_MS = 60 * DAY_MS;
const LEAST_MS = 7 * DAY_MS;

/** Of an incident's series so many are counted together, the first ones. */
const MOST_SERIES = 6;
const MOST_ARTICLES = 10_000;

/** Series that an incident touches without being all of it. */
const BROAD: readonly string[] = ['topic', 'province'];

/** A forecast with what it is of. */
export interface SeriesForecast extends Forecast {
  /** An article of several counts once. */
  readonly series: readonly SeriesKey[];
}

/**
 * What is to come of a series, from whole hours until now.
 *
 * @returns `undefined` while the archive is younger than a week
 */
export async function forecastOf(
  series: SeriesKey,
  { articles, now }: Pick<Deps, 'articles' | 'now'>,
): Promise<SeriesForecast | undefined> {
  const span = await spanOf(articles, now());
  if (span === undefined) return undefined;
  const counts = await articles.hourCounts(series, span.from, span.to);
  return forecastWithin(
    span,
    counts.map(({ hour, articles: count }) => [hour, count]),
    [series],
  );
}

/**
 * The same for all that an incident is about: its facilities, diseases, documents, stories and topics in one province
 * together; the series of its latest alert where it has none of these.
 */
export async function forecastOfIncident(
  { series, latestAlert }: Incident,
  deps: Pick<Deps, 'articles' | 'now'>,
): Promise<SeriesForecast | undefined> {
  const { articles, now } = deps;
  const narrow = series.filter((key) => !BROAD.includes(splitSeriesKey(key).kind)).slice(0, MOST_SERIES);
  const [only = latestAlert.series] = narrow;
  if (narrow.length < 2) return forecastOf(only, deps);
  const span = await spanOf(articles, now());
  if (span === undefined) return undefined;
  const found = await Promise.all(
    narrow.map((key) => articles.inSeries(key, span.from, span.to, MOST_ARTICLES)),
  );
  const firstSeen = new Map(found.flat().map(({ id, firstSeenAt }) => [id, firstSeenAt]));
  return forecastWithin(
    span,
    [...firstSeen.values()].map((at) => [at, 1]),
    narrow,
  );
}

/** The same in a line for a message. */
export async function forecastInWords(
  incident: Incident,
  deps: Pick<Deps, 'articles' | 'now'>,
): Promise<Wording | undefined> {
  const made = await forecastOfIncident(incident, deps);
  return made === undefined ? undefined : forecastLines(made);
}

interface Span {
  readonly from: string;
  readonly to: string;
}

/** Whole hours of the last two months, as far back as there are articles. */
async function spanOf(articles: Deps['articles'], now: Date): Promise<Span | undefined> {
  const toMs = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const to = new Date(toMs).toISOString();
  const earliest = new Date(toMs - HISTORY_MS).toISOString();
  const [first] = await articles.trend({ from: earliest, to }, 'day');
  if (first === undefined) return undefined;
  const firstMs = vietnameseMidnight(first.bucket);
  const fromMs = Math.max(toMs - HISTORY_MS, firstMs);
  return toMs - fromMs < LEAST_MS ? undefined : { from: new Date(fromMs).toISOString(), to };
}

function forecastWithin(
  { from, to }: Span,
  seen: readonly (readonly [at: string, articles: number])[],
  series: readonly SeriesKey[],
): SeriesForecast {
  const startMs = Date.parse(from);
  const counts = new Float64Array((Date.parse(to) - startMs) / HOUR_MS);
  for (const [at, articles] of seen) {
    const hour = Math.floor((Date.parse(at) - startMs) / HOUR_MS);
    counts[hour] = (counts[hour] ?? 0) + articles;
  }
  const hourly: HourlySeries = { startMs, counts };
  return { series, ...forecast(hourly) };
}
