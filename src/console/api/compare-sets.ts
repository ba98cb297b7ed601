import {
  dailyDispersion,
  type RateRatio,
  rateRatio,
  type ShareDifference,
  shareDifference,
} from '../../domain/change-interval.ts';
import { given } from '../../domain/given.ts';
import { wilsonShare } from '../../domain/share.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { ArticleFilter, FacetCount, FacetField } from '../../ports/article-store.ts';
import { type Names, valueName } from '../../reports/names.ts';
import type { ConsoleDeps } from '../console-deps.ts';
import { totalOf } from '../trend-report.ts';
import { withoutGaps } from '../trend-series.ts';
import { uptimeBetween } from '../uptime-between.ts';

/** A filter whose time is bounded on both sides. */
export type BoundedFilter = ArticleFilter & { readonly from: string; readonly to: string };

/** Beyond these a list of changes is not read. */
const MOST_VALUES = 200;
const MOST_DAYS = 4000;

type CompareDeps = Pick<ConsoleDeps, 'articles' | 'entries' | 'outlets' | 'now'>;

/**
 * What has changed from one time to another: volume per day in which outlets could be heard, and share negative, each
 * with an interval; where a field is named, for each of its values too.
 *
 * Some counts of each time, and the found counter of both.
 */
export async function compareSets(
  now: BoundedFilter,
  before: BoundedFilter,
  by: { readonly field: FacetField; readonly names: Names } | undefined,
  deps: CompareDeps,
) {
  const [a, b] = await Promise.all([measured(now, deps), measured(before, deps)]);
  const dispersion = dailyDispersion([a.daily, b.daily].filter((days) => days.length > 0));
  const changes = (one: Tally, other: Tally): Changes =>
    given({
      volume: rateRatio({ count: one.count, days: a.days }, { count: other.count, days: b.days }, dispersion),
      negativeShare: shareDifference(
        { part: one.negative, whole: one.count },
        { part: other.negative, whole: other.count },
      ),
    });
  return {
    now: shown(now, a),
    before: shown(before, b),
    ...changes(a, b),
    ...(by === undefined ? {} : { by: by.field, values: await valuesOf(now, before, by, changes, deps) }),
  };
}

interface Changes {
  readonly volume?: RateRatio;
  readonly negativeShare?: ShareDifference;
}

interface Tally {
  readonly count: number;
  readonly negative: number;
}

interface Measured extends Tally {
  readonly positive: number;
  readonly days: number;
  readonly daily: readonly number[];
}

async function measured(filter: BoundedFilter, deps: CompareDeps): Promise<Measured> {
  const [fromMs, toMs] = [Date.parse(filter.from), Date.parse(filter.to)];
  const [buckets, uptime] = await Promise.all([
    deps.articles.trend(filter, 'day'),
    uptimeBetween(fromMs, toMs, 'day', deps),
  ]);
  const mean = uptime.reduce((sum, one) => sum + one.uptime, 0) / Math.max(1, uptime.length);
  const sum = (polarity: 'negative' | 'positive') =>
    buckets.reduce((total, bucket) => total + bucket[polarity], 0);
  return {
    count: buckets.reduce((total, bucket) => total + totalOf(bucket), 0),
    negative: sum('negative'),
    positive: sum('positive'),
    days: (mean * (toMs - fromMs)) / DAY_MS,
    daily: withoutGaps(buckets, filter, 'day', deps.now(), MOST_DAYS).map(totalOf),
  };
}

function shown({ from, to }: BoundedFilter, { count, negative, positive, days }: Measured) {
  return {
    from,
    to,
    days,
    count,
    negative,
    positive,
    ...given({ negativeShare: wilsonShare(negative, count) }),
  };
}

async function valuesOf(
  now: ArticleFilter,
  before: ArticleFilter,
  { field, names }: { field: FacetField; names: Names },
  changes: (one: Tally, other: Tally) => Changes,
  { articles }: CompareDeps,
) {
  const [a, b] = await Promise.all([
    articles.facet(now, field, MOST_VALUES),
    articles.facet(before, field, MOST_VALUES),
  ]);
  const tally = (counts: readonly FacetCount[]) =>
    new Map(counts.map(({ value, count, negative }) => [value, { count, negative }]));
  const [inNow, inBefore] = [tally(a), tally(b)];
  // A value beyond the most frequent of one time has a count there all the same.
  const unknown = (
    known: ReadonlyMap<string, Tally>,
    others: ReadonlyMap<string, Tally>,
    filter: ArticleFilter,
  ) =>
    known.size < MOST_VALUES
      ? []
      : [...others.keys()]
          .filter((value) => !known.has(value))
          .map(async (value) => {
            const counted = await articles.facet({ ...filter, [field]: value }, 'polarity', 3);
            return [value, tallyOf(counted)] as const;
          });
  const [moreNow, moreBefore] = await Promise.all([
    Promise.all(unknown(inNow, inBefore, now)),
    Promise.all(unknown(inBefore, inNow, before)),
  ]);
  for (const [value, counted] of moreNow) inNow.set(value, counted);
  for (const [value, counted] of moreBefore) inBefore.set(value, counted);
  const none = { count: 0, negative: 0 };
  return [...new Set([...inNow.keys(), ...inBefore.keys()])]
    .map((value) => {
      const [one, other] = [inNow.get(value) ?? none, inBefore.get(value) ?? none];
      return { value, name: valueName(field, value, names), now: one, before: other, ...changes(one, other) };
    })
    .sort((one, other) => other.now.count + other.before.count - one.now.count - one.before.count);
}

function tallyOf(polarities: readonly FacetCount[]): Tally {
  return {
    count: polarities.reduce((sum, { count }) => sum + count, 0),
    negative: polarities.find(({ value }) => value === 'negative')?.count ?? 0,
  };
}
