/**
 * Stage 6 of 7. Re-judges the series that an article counts in, opens or feeds incidents, plans who is told.
 *
 * Without an article it judges every series with news in the last day and sees to it that open incidents have been
 * told of: the scheduler calls it so, and mends in passing what a crash may have left undone.
 */
import type { Logger } from 'pino';
import { z } from 'zod';

import type { AlertRule } from '../src/detection/alert-rule.ts';
import { HISTORY_DAYS, judgeSeries } from '../src/detection/judge-series.ts';
import { isNegative } from '../src/detection/signals.ts';
import type { Alert } from '../src/domain/alert.ts';
import { SEVERITIES } from '../src/domain/alert.ts';
import type { Article, ArticleOutline } from '../src/domain/article.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { SeriesKey, SeriesKind } from '../src/domain/series.ts';
import { SERIES_KINDS, splitSeriesKey } from '../src/domain/series.ts';
import type { Story } from '../src/domain/story.ts';
import { DAY_MS, HOUR_MS } from '../src/domain/time.ts';
import { archiveSince } from './archive-since.ts';
import { planOverdue } from './plan-notifications.ts';
import { raiseAlert } from './raise-alert.ts';
import type { Deps, Job, JobOutcome, Payloads, Stage } from './stage.ts';

/** A series with more news than this in a window is no surprise any more; bounds memory. */
const MAX_ARTICLES = 2000;

/** Incidents that an alert may belong to: those open, and those resolved lately. */
const MAX_INCIDENTS = 200;

/** The narrowest first, so that a crisis at a hospital opens as that and not as a crisis of its province. */
const NARROWEST_FIRST: readonly SeriesKind[] = [
  'facility',
  'policy-document',
  'disease',
  'medicine',
  'story',
  'province',
  'topic',
];

/** Articles judged together at most: in a burst they share most of their series, and each series is judged once. */
const TOGETHER = 16;

/** Series looked at in one go: bounds memory. */
const LOOKED_AT_TOGETHER = 16;

type Payload = Payloads['detect'];
type Outcome = JobOutcome<'notify'>;

export const detectIncidents: Stage<'detect', 'notify'> = {
  name: 'detect',
  payload: z.object({ articleId: z.string().optional() }),
  concurrency: TOGETHER,
  attempts: 5,
  // Two jobs that judge one matter at once would each open an incident for it.
  isSingle: true,

  async run(payload, deps, context) {
    const [outcome] = await detectTogether([payload], deps, context);
    return outcome as Outcome;
  },

  runTogether: detectTogether,
};

async function detectTogether(
  payloads: readonly Payload[],
  deps: Deps,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<Outcome[]> {
  const isRound = payloads.some(({ articleId }) => articleId === undefined);
  const found = await deps.articles.findMany(payloads.flatMap(({ articleId }) => articleId ?? []));
  const articles = new Map(found.map((article) => [article.id, article]));
  const keys = isRound ? await seriesOfLastDay(deps) : [];
  for (const article of found) if (excuse(article) === undefined) keys.push(...article.series);

  const raised = await judgeAll(keys, deps, signal);
  const next = distinct([...raised, ...(isRound ? await overdueOfOpen(deps) : [])]);
  if (next.length > 0) log.info({ articles: found.length, notifications: next.length }, 'incident');
  // What they raised together is handed on by the first of them.
  return payloads.map((payload, index) => outcomeOf(payload, articles, index === 0 ? next : []));
}

function outcomeOf(
  { articleId }: Payload,
  articles: ReadonlyMap<string, Article>,
  next: Outcome['next'],
): Outcome {
  if (articleId === undefined) return { status: 'done', next };
  const article = articles.get(articleId);
  if (article === undefined) return { status: 'skipped', reason: 'not-in-archive', next };
  const { outletId } = article;
  const reason = excuse(article);
  return reason === undefined
    ? { status: 'done', outletId, next }
    : { status: 'skipped', reason, outletId, next };
}

/** Why an article alarms nobody. */
function excuse({ imported, isLate }: Article): string | undefined {
  if (imported) return 'imported';
  return isLate ? 'late' : undefined;
}

async function judgeAll(keys: readonly string[], deps: Deps, signal: AbortSignal): Promise<Job<'notify'>[]> {
  if (keys.length === 0) return [];
  const series = [...new Set(keys)].filter(isSeriesKey).sort((a, b) => breadth(a) - breadth(b));
  const feedRecoveries = await recoveries(deps);
  const since = await archiveSince(deps);
  const jobs: Job<'notify'>[] = [];
  for (let from = 0; from < series.length; from += LOOKED_AT_TOGETHER) {
    signal.throwIfAborted();
    const keysOfLook = series.slice(from, from + LOOKED_AT_TOGETHER);
    const looks = await Promise.all(keysOfLook.map((key) => look(key, deps)));
    for (const lively of looks) {
      if (lively === undefined) continue;
      signal.throwIfAborted();
      jobs.push(...(await judgeOne(lively, { feedRecoveries, archiveSince: since }, deps)));
    }
  }
  return jobs;
}

/** A series with enough negative news for some rule to fire. */
interface Lively {
  readonly series: SeriesKey;
  readonly rules: readonly AlertRule[];
  readonly recent: readonly ArticleOutline[];
  readonly to: string;
}

/** Most series are quiet; what cannot fire needs no history. */
async function look(series: SeriesKey, deps: Deps): Promise<Lively | undefined> {
  const rules = rulesFor(series, deps.alertRules);
  if (rules.length === 0) return undefined;
  const now = deps.now();
  const to = new Date(now.getTime() + 1).toISOString();
  const longest = Math.max(...rules.map(({ windowHours }) => windowHours));
  const from = new Date(now.getTime() - longest * HOUR_MS).toISOString();
  const recent = await deps.articles.inSeries(series, from, to, MAX_ARTICLES);
  const negatives = recent.filter(isNegative).length;
  const able = rules.filter(({ minNegative }) => negatives >= minNegative);
  return recent.length === 0 || able.length === 0 ? undefined : { series, rules: able, recent, to };
}

async function judgeOne(
  { series, rules, recent, to }: Lively,
  context: { feedRecoveries: ReadonlyMap<string, string>; archiveSince: string },
  deps: Deps,
): Promise<Job<'notify'>[]> {
  const now = deps.now();
  const historyFrom = new Date(now.getTime() - HISTORY_DAYS * DAY_MS).toISOString();
  const hours = await deps.articles.hourCounts(series, historyFrom, to);
  const stories = await storiesOf(recent, deps);
  const seriesName = nameOf(series, recent, deps);

  for (const rule of rules) {
    const incidents = await deps.incidents.list({ limit: MAX_INCIDENTS });
    const previous = await previousAlert(series, rule, incidents, deps);
    const verdict = judgeSeries({
      ...context,
      series,
      seriesName,
      hours,
      recent,
      rule,
      campaigns: deps.campaigns,
      stories,
      now,
      ...(previous === undefined ? {} : { previous }),
    });
    if ('quiet' in verdict) continue;
    const counted = new Set(verdict.articleIds);
    const articles = recent.filter(({ id }) => counted.has(id));
    const raised = await raiseAlert(verdict, rule, articles, incidents, deps);
    // Rules stand most severe first; what a milder one would add is known already.
    return raised?.jobs ?? [];
  }
  return [];
}

/** Rules that watch this kind of series, most severe first. */
function rulesFor(series: SeriesKey, rules: readonly AlertRule[]): AlertRule[] {
  const { kind } = splitSeriesKey(series);
  return rules
    .filter(({ seriesKinds }) => seriesKinds.includes(kind))
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
}

/** The newest alert of this series, at least as severe as the rule, in an incident that nobody has resolved. */
async function previousAlert(
  series: SeriesKey,
  rule: AlertRule,
  incidents: readonly Incident[],
  deps: Deps,
): Promise<Alert | undefined> {
  const rank = SEVERITIES.indexOf(rule.severity);
  let newest: Alert | undefined;
  for (const incident of incidents) {
    if (incident.status === 'resolved' || !incident.series.includes(series)) continue;
    const alerts = await deps.incidents.alertsOf(incident.id);
    const latest = alerts.find(
      (alert) => alert.series === series && SEVERITIES.indexOf(alert.severity) >= rank,
    );
    if (latest !== undefined && (newest === undefined || latest.at > newest.at)) newest = latest;
  }
  return newest;
}

async function seriesOfLastDay(deps: Deps): Promise<string[]> {
  const from = new Date(deps.now().getTime() - DAY_MS).toISOString();
  const keys = new Set<string>();
  for await (const articles of deps.articles.scan({ from })) {
    for (const article of articles) {
      if (excuse(article) === undefined) for (const key of article.series) keys.add(key);
    }
  }
  return [...keys];
}

async function overdueOfOpen(deps: Deps): Promise<Job<'notify'>[]> {
  const jobs: Job<'notify'>[] = [];
  for (const incident of await deps.incidents.list({ status: ['open'], limit: MAX_INCIDENTS })) {
    jobs.push(...(await planOverdue(incident, deps)));
  }
  return jobs;
}

async function recoveries({ feedStates }: Deps): Promise<Map<string, string>> {
  const newest = new Map<string, string>();
  for (const { outletId, recoveredAt } of await feedStates.all()) {
    if (recoveredAt !== undefined && recoveredAt > (newest.get(outletId) ?? '')) {
      newest.set(outletId, recoveredAt);
    }
  }
  return newest;
}

async function storiesOf(
  articles: readonly ArticleOutline[],
  { stories }: Deps,
): Promise<Map<string, Story>> {
  const found = new Map<string, Story>();
  for (const id of new Set(articles.map(({ storyId }) => storyId))) {
    const story = await stories.find(id);
    if (story !== undefined) found.set(id, story);
  }
  return found;
}

/** A registry's name; the name that articles use; at worst the id. */
function nameOf(series: SeriesKey, articles: readonly ArticleOutline[], { language }: Deps): string {
  const { kind, id } = splitSeriesKey(series);
  if (kind === 'topic') return language.topicNames.get(id)?.vi ?? id;
  if (kind === 'story') return articles[0]?.title ?? id;
  const registered = language.names.get(series);
  if (registered !== undefined) return registered;
  const mention = articles
    .flatMap(({ mentions }) => mentions)
    .find((one) => one.kind === kind && one.id === id);
  return mention?.name ?? id;
}

function isSeriesKey(key: string): key is SeriesKey {
  return (SERIES_KINDS as readonly string[]).includes(splitSeriesKey(key).kind);
}

function breadth(series: SeriesKey): number {
  return NARROWEST_FIRST.indexOf(splitSeriesKey(series).kind);
}

function distinct(jobs: readonly Job<'notify'>[]): Job<'notify'>[] {
  return [...new Map(jobs.map((job) => [job.key, job])).values()];
}
