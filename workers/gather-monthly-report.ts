import { sampledAgreement } from '../src/domain/agreement.ts';
import type { Correction } from '../src/domain/correction.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { LedgerRow } from '../src/domain/ledger.ts';
import {
  MONTHLY_FIELDS,
  type MonthlyCorrections,
  type MonthlyDay,
  type MonthlyField,
  type MonthlyIncident,
  type MonthlyLedger,
  type MonthlyOutlet,
  type MonthlyReport,
  type MonthlyStory,
} from '../src/domain/monthly-report.ts';
import { DAY_MS, vietnameseDay } from '../src/domain/time.ts';
import type { ArticleFilter, HistogramBucket } from '../src/ports/article-store.ts';
import { campaignSearch } from '../src/reports/campaign-query.ts';
import {
  coveredPart,
  type Gathered,
  type GatheredMonth,
  type MonthlyFacts,
  monthBounds,
  monthlyReport,
  monthsBefore,
} from '../src/reports/monthly-report.ts';
import { outletUptime } from '../src/reports/outlet-uptime.ts';
import { responseOf } from './response-of.ts';
import type { Deps } from './stage.ts';

/** Of each field, the most frequent. */
const MOST_VALUES = 40;
const MOST_STORIES = 10;
const MOST_NEWSROOMS = 1000;
const MOST_INCIDENTS = 10_000;

type Bounds = Pick<GatheredMonth, 'from' | 'to' | 'days'>;
type Chosen = Readonly<Record<MonthlyField, readonly string[]>>;
type Counts = { count: number; negative: number; positive: number; daily: readonly number[] };

/**
 * Counts a Vietnamese calendar month, the one before and the same one of the year before, as far as the archive goes.
 *
 * What it holds is bounded by the values that are counted and by the month's incidents, not by its articles.
 *
 * @param month  `YYYY-MM`
 */
export async function gatherMonthlyReport(
  month: string,
  deps: Deps,
): Promise<{ readonly dataWatermarkAt: string; readonly report: MonthlyReport }> {
  const dataWatermarkAt = (await deps.articles.watermark()) ?? '';
  const { articles: oldest } = await deps.articles.page({}, { limit: 1, order: 'oldest' });
  const first = oldest[0]?.firstSeenAt ?? dataWatermarkAt;
  // Just after the newest article, which is to be counted too.
  const last = dataWatermarkAt === '' ? '' : new Date(Date.parse(dataWatermarkAt) + 1).toISOString();
  const partOf = (of: string) => coveredPart(of, first, last);
  const part = partOf(month);
  const chosen = await chosenValues(part, deps);
  const gathered = async (bounds: Bounds | undefined) =>
    bounds === undefined ? undefined : gatherMonth(bounds, chosen, deps);
  const now = await gathered(part);
  const previous = await gathered(partOf(monthsBefore(month, 1)));
  const yearBefore = await gathered(partOf(monthsBefore(month, 12)));
  const bounds = monthBounds(month);
  const rows = await deps.entries.ledger(bounds);
  const facts: MonthlyFacts = {
    month,
    ...(now === undefined ? {} : { now }),
    ...(previous === undefined ? {} : { previous }),
    ...(yearBefore === undefined ? {} : { yearBefore }),
    stories: part === undefined ? [] : await storiesOf(part, deps),
    incidents: await incidentsOf(bounds, deps),
    corrections: await correctionsOf(bounds, deps),
    ledger: ledgerOf(rows, await deps.entries.foundCount(bounds)),
    campaigns: await campaignsOf(bounds, deps),
    daily: part === undefined ? [] : await dailyOf(part, deps),
    outlets: part === undefined ? [] : await outletsOf(part, rows, deps),
  };
  return { dataWatermarkAt, report: monthlyReport(facts) };
}

async function chosenValues(bounds: Bounds | undefined, { articles }: Deps): Promise<Chosen> {
  const chosen: Partial<Record<MonthlyField, readonly string[]>> = {};
  for (const field of MONTHLY_FIELDS) {
    const found = bounds === undefined ? [] : await articles.facet(within(bounds), field, MOST_VALUES);
    chosen[field] = found.map(({ value }) => value);
  }
  return chosen as Chosen;
}

async function gatherMonth(bounds: Bounds, chosen: Chosen, deps: Deps): Promise<GatheredMonth> {
  const days = daysOf(bounds);
  const total = await gatheredOf(within(bounds), days, deps);
  const values: Partial<Record<MonthlyField, ReadonlyMap<string, Gathered>>> = {};
  for (const field of MONTHLY_FIELDS) {
    const own = new Map<string, Gathered>();
    for (const value of chosen[field]) {
      own.set(value, await gatheredOf({ ...within(bounds), [field]: value }, days, deps));
    }
    values[field] = own;
  }
  const uptime = await uptimeOf(bounds, days, deps);
  return {
    ...bounds,
    ...(uptime === undefined ? {} : { uptime }),
    total,
    values: values as GatheredMonth['values'],
  };
}

async function gatheredOf(
  filter: ArticleFilter,
  days: readonly string[],
  { articles }: Pick<Deps, 'articles'>,
): Promise<Gathered> {
  const counts = addedUp(await articles.histogram(filter, { interval: 'day' }), days);
  if (counts.count === 0) return { ...counts, stance: { negative: 0, positive: 0 } };
  const [negative, positive] = await Promise.all([
    articles.count({ ...filter, stance: 'negative' }),
    articles.count({ ...filter, stance: 'positive' }),
  ]);
  return { ...counts, stance: { negative, positive } };
}

function addedUp(buckets: readonly HistogramBucket[], days: readonly string[]): Counts {
  const byDay = new Map(buckets.map(({ bucket, count }) => [bucket, count]));
  const sum = (of: 'count' | 'negative' | 'positive') =>
    buckets.reduce((total, bucket) => total + bucket[of], 0);
  return {
    count: sum('count'),
    negative: sum('negative'),
    positive: sum('positive'),
    daily: days.map((day) => byDay.get(day) ?? 0),
  };
}

async function uptimeOf(
  { from, to }: Bounds,
  days: readonly string[],
  { entries }: Pick<Deps, 'entries'>,
): Promise<number | undefined> {
  const found = await entries.foundPer('day', { from, to });
  if (found.length === 0) return undefined;
  const buckets = outletUptime(found, days);
  return buckets.reduce((sum, { uptime }) => sum + uptime, 0) / buckets.length;
}

async function storiesOf(bounds: Bounds, { articles, stories }: Deps): Promise<MonthlyStory[]> {
  const largest = await articles.facet(within(bounds), 'storyId', MOST_STORIES);
  const found: MonthlyStory[] = [];
  for (const { value: id, count, negative } of largest) {
    const filter = { ...within(bounds), storyId: id };
    const [story, newsrooms, hours] = await Promise.all([
      stories.find(id),
      articles.facet(filter, 'newsroom', MOST_NEWSROOMS),
      articles.histogram(filter, { interval: 'hour' }),
    ]);
    const [peak] = [...hours].sort((a, b) => b.count - a.count);
    found.push({
      id,
      title: story?.title ?? id,
      articles: count,
      negative,
      newsrooms: newsrooms.length,
      ...(peak === undefined ? {} : { peak: { hour: peak.bucket, articles: peak.count } }),
    });
  }
  return found;
}

async function incidentsOf({ from, to }: Omit<Bounds, 'days'>, deps: Deps): Promise<MonthlyIncident[]> {
  const listed = await deps.incidents.list({ limit: MOST_INCIDENTS });
  const own = listed
    .filter(({ openedAt, mark, mergedInto }) => {
      return openedAt >= from && openedAt < to && mark !== 'drill' && mergedInto === undefined;
    })
    .sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt));
  const found: MonthlyIncident[] = [];
  for (const incident of own) found.push(await incidentOf(incident, deps));
  return found;
}

async function incidentOf(incident: Incident, deps: Deps): Promise<MonthlyIncident> {
  const { id, title, severity, status, verdict, openedAt, acknowledgedAt, resolvedAt } = incident;
  const [told, { clock }] = await Promise.all([
    deps.incidents.notificationsOf(id),
    responseOf(incident, deps),
  ]);
  const deliveredAt = told
    .flatMap((one) => one.deliveredAt ?? [])
    .sort()
    .at(0);
  const after = (at: string) => Date.parse(at) - Date.parse(openedAt);
  const ended = clock.filter(({ state }) => state !== 'running');
  return {
    id,
    title,
    severity,
    status,
    ...(verdict === undefined ? {} : { verdict }),
    openedAt,
    ...(deliveredAt === undefined ? {} : { toldAfterMs: after(deliveredAt) }),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAfterMs: after(acknowledgedAt) }),
    ...(resolvedAt === undefined ? {} : { resolvedAfterMs: after(resolvedAt) }),
    deadlines: ended.length,
    deadlinesMet: ended.filter(({ state }) => state === 'met').length,
  };
}

async function correctionsOf(
  { from, to }: Omit<Bounds, 'days'>,
  { corrections }: Deps,
): Promise<MonthlyCorrections> {
  const own: Correction[] = [];
  for await (const batch of corrections.scan()) {
    own.push(...batch.filter(({ at, revokedAt }) => at >= from && at < to && revokedAt === undefined));
  }
  const byKind: Record<string, number> = {};
  for (const kind of own.flatMap(({ says }) => Object.keys(says))) byKind[kind] = (byKind[kind] ?? 0) + 1;
  return {
    made: own.length,
    people: new Set(own.map(({ by }) => by)).size,
    byKind,
    accuracy: sampledAgreement(own),
  };
}

function ledgerOf(rows: readonly LedgerRow[], found: number): MonthlyLedger {
  const failed: Record<string, number> = {};
  const sums = { indexed: 0, duplicate: 0, irrelevant: 0, pending: 0 };
  for (const { outcome, reason = 'unknown', count } of rows) {
    if (outcome === 'failed') failed[reason] = (failed[reason] ?? 0) + count;
    else sums[outcome] += count;
  }
  return { found, ...sums, failed };
}

async function dailyOf(bounds: Bounds, { articles }: Deps): Promise<MonthlyDay[]> {
  const buckets = await articles.histogram(within(bounds), { interval: 'day' });
  const byDay = new Map(buckets.map((bucket) => [bucket.bucket, bucket]));
  return daysOf(bounds).map((day) => {
    const { negative = 0, neutral = 0, positive = 0 } = byDay.get(day) ?? {};
    return { day, negative, neutral, positive };
  });
}

/** Of every outlet that is polled, and of those that were. */
async function outletsOf(
  bounds: Bounds,
  rows: readonly LedgerRow[],
  { entries, feeds }: Deps,
): Promise<MonthlyOutlet[]> {
  const days = daysOf(bounds);
  const found = await entries.foundPer('day', { from: bounds.from, to: bounds.to });
  const down = outletUptime(found, days).flatMap((bucket) => bucket.down);
  const polled = [...feeds.values()].map(({ outletId }) => outletId);
  const ids = [...new Set([...polled, ...found.map(({ outletId }) => outletId)])].sort();
  const sumOf = (of: readonly { readonly count: number }[]) => of.reduce((sum, { count }) => sum + count, 0);
  const outlets = ids.map((outletId): MonthlyOutlet => {
    const own = rows.filter((row) => row.outletId === outletId);
    const ownFound = sumOf(found.filter((bucket) => bucket.outletId === outletId));
    return {
      outletId,
      found: ownFound,
      indexed: sumOf(own.filter(({ outcome }) => outcome === 'indexed')),
      failed: sumOf(own.filter(({ outcome }) => outcome === 'failed')),
      daysDown: ownFound === 0 ? days.length : down.filter((id) => id === outletId).length,
    };
  });
  return outlets.sort((a, b) => b.daysDown - a.daysDown || b.failed - a.failed);
}

async function campaignsOf(
  { from, to }: Omit<Bounds, 'days'>,
  { articles, campaigns }: Deps,
): Promise<MonthlyFacts['campaigns']> {
  const [firstDay, lastDay] = [vietnameseDay(from), vietnameseDay(Date.parse(to) - 1)];
  const own = campaigns.filter(
    (one) => vietnameseDay(one.from) <= lastDay && vietnameseDay(one.to) >= firstDay,
  );
  return Promise.all(
    own.map(async (campaign) => {
      const search = campaignSearch(campaign);
      const filter = { text: search, from, to };
      const [count, negative, positive] = await Promise.all([
        articles.count(filter),
        articles.count({ ...filter, polarity: 'negative' }),
        articles.count({ ...filter, polarity: 'positive' }),
      ]);
      return { id: campaign.id, name: campaign.name, search, count, negative, positive };
    }),
  );
}

function within({ from, to }: Bounds): Pick<ArticleFilter, 'from' | 'to'> {
  return { from, to };
}

/** Vietnamese days that a stretch touches, in their order. */
function daysOf({ from, to }: Bounds): string[] {
  const days: string[] = [];
  const last = vietnameseDay(Date.parse(to) - 1);
  for (let ms = Date.parse(vietnameseDay(from)); ms <= Date.parse(last); ms += DAY_MS) {
    days.push(new Date(ms).toISOString().slice(0, 10));
  }
  return days;
}
