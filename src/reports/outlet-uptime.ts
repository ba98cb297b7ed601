import type { FoundBucket } from '../domain/ledger.ts';
import { medianOf } from './usual.ts';

/** How much of what outlets usually bring could have come in one stretch of time. */
export interface UptimeBucket {
  readonly bucket: string;
  /** 0…1: the usual entries of the outlets that were heard from, as a share of those of all. */
  readonly uptime: number;
  /** Outlets that were expected and not heard from. */
  readonly down: readonly string[];
}

/** An outlet that brings fewer than this is too often silent by chance: of a Poisson count of 5, one day in 148. */
const LEAST_EXPECTED = 5;

/** Heard from is who brings at least this share of what is usual: a holiday halves news, it does not end it. */
const LEAST_SHARE = 0.1;

/**
 * Which outlets were down when, judged by the entries found of them against the median of the same weekday, or of the
 * same hour, over all the buckets given. Before an outlet's first entry it was not watched, and is not missed.
 *
 * Linear in the counts.
 *
 * @param counts   of outlets that are watched; absent ones are zero
 * @param buckets  every bucket from first to last, days or hours; a month of them holds enough of each weekday
 */
export function outletUptime(counts: readonly FoundBucket[], buckets: readonly string[]): UptimeBucket[] {
  const byOutlet = countsByOutlet(counts, buckets);
  const phases = buckets.map(phaseOf);
  const total = new Array<number>(buckets.length).fill(0);
  const up = new Array<number>(buckets.length).fill(0);
  const down = buckets.map((): string[] => []);
  for (const [outletId, own] of byOutlet) {
    const first = own.findIndex((count) => count > 0);
    const usual = usualByPhase(own, phases, first);
    for (let at = first; at < buckets.length; at++) {
      const expected = usual.get(phases[at] ?? '') ?? 0;
      if (expected < LEAST_EXPECTED) continue;
      total[at] = (total[at] ?? 0) + expected;
      if ((own[at] ?? 0) >= LEAST_SHARE * expected) up[at] = (up[at] ?? 0) + expected;
      else down[at]?.push(outletId);
    }
  }
  return buckets.map((bucket, at) => ({
    bucket,
    uptime: (total[at] ?? 0) === 0 ? 1 : (up[at] ?? 0) / (total[at] ?? 1),
    down: (down[at] ?? []).sort(),
  }));
}

/** Each outlet's counts, bucket by bucket. */
function countsByOutlet(
  counts: readonly FoundBucket[],
  buckets: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const place = new Map(buckets.map((bucket, at) => [bucket, at]));
  const byOutlet = new Map<string, number[]>();
  for (const { outletId, bucket, count } of counts) {
    const at = place.get(bucket);
    if (at === undefined) continue;
    const own = byOutlet.get(outletId) ?? new Array<number>(buckets.length).fill(0);
    own[at] = count;
    byOutlet.set(outletId, own);
  }
  return byOutlet;
}

/** Days are alike by weekday, hours by the clock. */
function phaseOf(bucket: string): string {
  return bucket.length > 10 ? bucket.slice(11, 13) : String(new Date(`${bucket}T00:00:00Z`).getUTCDay());
}

function usualByPhase(
  counts: readonly number[],
  phases: readonly string[],
  first: number,
): Map<string, number> {
  const byPhase = new Map<string, number[]>();
  for (let at = first; at < counts.length; at++) {
    const phase = phases[at] ?? '';
    byPhase.set(phase, [...(byPhase.get(phase) ?? []), counts[at] ?? 0]);
  }
  return new Map([...byPhase].map(([phase, own]) => [phase, medianOf(own)]));
}
