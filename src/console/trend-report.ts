import type { PublicHoliday } from '../domain/public-holiday.ts';
import { holidayAt } from '../domain/public-holiday.ts';
import { DAY_MS } from '../domain/time.ts';
import type { ArticleFilter, TrendBucket } from '../ports/article-store.ts';
import { type Usual, usualOf } from '../reports/usual.ts';
import type { ConsoleDeps } from './console-deps.ts';
import { bucketAt, bucketStart, type Interval, withoutGaps } from './trend-series.ts';
import { uptimeBetween } from './uptime-between.ts';

/** Something about a stretch of time that a reader of its count should know. */
export type Shade = 'down' | 'holiday' | 'weekend';

/** One stretch of a trend with all that is to be known of it. */
export interface TrendPoint extends TrendBucket {
  readonly shade?: Shade;
  /** As `UptimeBucket`. */
  readonly uptime: number;
  readonly down: readonly string[];
  /** All articles of the same moment of earlier weeks; absent where there are too few. */
  readonly usual?: Usual;
}

export interface TrendReport {
  readonly points: readonly TrendPoint[];
  /** The other lines, bucket by bucket as `points`. */
  readonly others: readonly (readonly TrendBucket[])[];
}

/** With less than this of what outlets usually bring, a count is not to be compared with others. */
const SHADED_UPTIME = 0.9;

/** With less than this even what remains says little: there is no count, not a large one. */
export const LEAST_UPTIME = 0.5;

const USUAL_WEEKS = 8;

/**
 * A trend with what stands beside it: whether outlets were down, holidays, weekends, what is usual.
 *
 * Besides the articles counted it reads the found counter of the same time, at most a row for each outlet and bucket.
 *
 * @param others  filters of further lines, in the same time
 * @param limit   at most this many buckets, the latest
 */
export async function trendReport(
  filter: ArticleFilter,
  others: readonly ArticleFilter[],
  interval: Interval,
  limit: number,
  deps: Pick<ConsoleDeps, 'articles' | 'entries' | 'outlets' | 'holidays' | 'now'>,
): Promise<TrendReport> {
  const now = deps.now();
  const shape = (buckets: readonly TrendBucket[]) => withoutGaps(buckets, filter, interval, now, limit);
  const [main, ...rest] = await Promise.all(
    [filter, ...others].map((one) => deps.articles.trend(one, interval)),
  );
  const buckets = shape(main ?? []);
  const first = buckets[0]?.bucket;
  if (first === undefined) return { points: [], others: [] };
  const fromMs = bucketStart(first);
  const [uptime, earlier] = await Promise.all([
    uptimeOf(buckets, interval, deps),
    deps.articles.trend(
      {
        ...filter,
        from: new Date(fromMs - USUAL_WEEKS * 7 * DAY_MS).toISOString(),
        to: filter.to ?? now.toISOString(),
      },
      interval,
    ),
  ]);
  const begun = earlier[0]?.bucket ?? first;
  const counts = new Map(earlier.map((bucket) => [bucket.bucket, totalOf(bucket)]));
  return {
    points: buckets.map((bucket, at) => {
      const { uptime: share = 1, down = [] } = uptime[at] ?? {};
      const shade = shadeOf(bucket.bucket, share, interval, deps.holidays);
      const usual = usualOf(weeksBefore(bucket.bucket, begun, counts));
      return {
        ...bucket,
        uptime: share,
        down,
        ...(shade === undefined ? {} : { shade }),
        ...(usual === undefined ? {} : { usual }),
      };
    }),
    others: rest.map((line) => aligned(line, buckets)),
  };
}

async function uptimeOf(
  buckets: readonly TrendBucket[],
  interval: Interval,
  deps: Pick<ConsoleDeps, 'entries' | 'outlets'>,
) {
  const fromMs = bucketStart(buckets[0]?.bucket ?? '');
  const lastMs = bucketStart(buckets.at(-1)?.bucket ?? '');
  // The last bucket is not over: who is not heard from yet may still come.
  return [...(await uptimeBetween(fromMs, lastMs, interval, deps)), { uptime: 1, down: [] }];
}

function shadeOf(
  bucket: string,
  uptime: number,
  interval: Interval,
  holidays: readonly PublicHoliday[],
): Shade | undefined {
  if (uptime < SHADED_UPTIME) return 'down';
  const at = new Date(bucketStart(bucket));
  const holiday = holidayAt(at, holidays)?.name;
  if (holiday === 'tet' || holiday === 'public-holiday') return 'holiday';
  const weekday = new Date(`${bucket.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return interval === 'day' && (weekday === 0 || weekday === 6) ? 'weekend' : undefined;
}

/** Counts of the same moment in the weeks before, back to the archive's first. */
function weeksBefore(bucket: string, begun: string, counts: ReadonlyMap<string, number>): number[] {
  const interval = bucket.length > 10 ? 'hour' : 'day';
  const found: number[] = [];
  for (let week = 1; week <= USUAL_WEEKS; week++) {
    const earlier = bucketAt(bucketStart(bucket) - week * 7 * DAY_MS, interval);
    if (earlier >= begun) found.push(counts.get(earlier) ?? 0);
  }
  return found;
}

function aligned(line: readonly TrendBucket[], buckets: readonly TrendBucket[]): TrendBucket[] {
  const known = new Map(line.map((bucket) => [bucket.bucket, bucket]));
  return buckets.map(({ bucket }) => known.get(bucket) ?? { bucket, negative: 0, neutral: 0, positive: 0 });
}

export function totalOf({ negative, neutral, positive }: TrendBucket): number {
  return negative + neutral + positive;
}
