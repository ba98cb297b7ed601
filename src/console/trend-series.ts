import { DAY_MS, HOUR_MS, VIETNAM_OFFSET_MS } from '../domain/time.ts';
import type { ArticleFilter, TrendBucket } from '../ports/article-store.ts';

/** Spans up to this long are shown by the hour. */
const HOURLY_MS = 2 * DAY_MS;

export type Interval = 'hour' | 'day';

export function intervalFor({ from, to }: ArticleFilter, now: Date): Interval {
  if (from === undefined) return 'day';
  const endMs = to === undefined ? now.getTime() : Math.min(Date.parse(to), now.getTime());
  return endMs - Date.parse(from) <= HOURLY_MS + HOUR_MS ? 'hour' : 'day';
}

/**
 * Buckets without a gap from the first to the last, so that a quiet day shows as quiet.
 *
 * It begins where the filter does, or with the first article where that is later by more than the filter says nothing
 * of; it ends now, or where the filter does.
 *
 * @param limit  at most this many buckets, the latest
 */
export function withoutGaps(
  buckets: readonly TrendBucket[],
  { from, to }: ArticleFilter,
  interval: Interval,
  now: Date,
  limit: number,
): TrendBucket[] {
  const stepMs = interval === 'hour' ? HOUR_MS : DAY_MS;
  const earliest = buckets[0]?.bucket;
  if (from === undefined && earliest === undefined) return [];
  const first = (from === undefined ? bucketStart(earliest ?? '') : Date.parse(from)) + VIETNAM_OFFSET_MS;
  const endMs = Math.min(now.getTime(), to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to) - 1);
  const lastMs = Math.floor((endMs + VIETNAM_OFFSET_MS) / stepMs) * stepMs;
  const firstMs = Math.max(Math.floor(first / stepMs) * stepMs, lastMs - (limit - 1) * stepMs);
  const known = new Map(buckets.map((bucket) => [bucket.bucket, bucket]));
  const result: TrendBucket[] = [];
  for (let at = firstMs; at <= lastMs; at += stepMs) {
    const bucket = bucketAt(at - VIETNAM_OFFSET_MS, interval);
    result.push(known.get(bucket) ?? { bucket, negative: 0, neutral: 0, positive: 0 });
  }
  return result;
}

/** The moment at which a bucket of hours or days begins. */
export function bucketStart(bucket: string): number {
  const clock = bucket.length > 10 ? `${bucket}:00:00Z` : `${bucket}T00:00:00Z`;
  return Date.parse(clock) - VIETNAM_OFFSET_MS;
}

/** The bucket that a moment is in. */
export function bucketAt(ms: number, interval: Interval): string {
  return new Date(ms + VIETNAM_OFFSET_MS).toISOString().slice(0, interval === 'hour' ? 13 : 10);
}
