import { DAY_MS, HOUR_MS } from '../domain/time.ts';
import { outletUptime, type UptimeBucket } from '../reports/outlet-uptime.ts';
import type { ConsoleDeps } from './console-deps.ts';
import { bucketAt, type Interval } from './trend-series.ts';

/** So much is looked at before, to know what is usual of an outlet. */
const LEAD_MS: Readonly<Record<Interval, number>> = { day: 28 * DAY_MS, hour: 7 * DAY_MS };

/**
 * How much of what outlets usually bring could have come, bucket by bucket from one moment to before another.
 *
 * Reads the found counter of that time, at most a row for each outlet and bucket.
 */
export async function uptimeBetween(
  fromMs: number,
  toMs: number,
  interval: Interval,
  { entries, outlets }: Pick<ConsoleDeps, 'entries' | 'outlets'>,
): Promise<UptimeBucket[]> {
  const stepMs = interval === 'hour' ? HOUR_MS : DAY_MS;
  const leadMs = fromMs - LEAD_MS[interval];
  const counts = await entries.foundPer(interval, {
    from: new Date(leadMs).toISOString(),
    to: new Date(toMs).toISOString(),
  });
  const buckets: string[] = [];
  for (let at = leadMs; at < toMs; at += stepMs) buckets.push(bucketAt(at, interval));
  const watched = counts.filter(({ outletId }) => outlets.has(outletId));
  const first = bucketAt(fromMs, interval);
  return outletUptime(watched, buckets).filter(({ bucket }) => bucket >= first);
}
