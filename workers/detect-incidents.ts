/**
 * Stage 6 of 7. Tells the detector what is new of the articles that were indexed, opens or feeds incidents for the alerts
 * that follow, plans who is told.
 *
 * Without an article it reviews the open incidents: the scheduler calls it so, and mends in passing what a crash may
 * have left undone.
 */
import type { Logger } from 'pino';
import { z } from 'zod';

import type { Detector } from '../src/detection/detector.ts';
import type { Alert } from '../src/domain/alert.ts';
import type { Article } from '../src/domain/article.ts';
import type { Sighting } from '../src/domain/sighting.ts';
import { planRound } from './plan-notifications.ts';
import { raiseAlert } from './raise-alert.ts';
import { reviewIncidents } from './review-incidents.ts';
import { type SightingContext, sightingOf } from './sighting-of.ts';
import type { Deps, Job, JobOutcome, Payloads, Stage } from './stage.ts';
import { tellDetector } from './tell-detector.ts';

/** Incidents that an alert may belong to: those open, and those resolved lately. */
const MAX_INCIDENTS = 200;

/** Articles told together at most: in a burst they share most of their series, and each series is judged once. */
const TOGETHER = 16;

type Payload = Payloads['detect'];
type Outcome = JobOutcome<'notify'>;

export const detectIncidents: Stage<'detect', 'notify'> = {
  name: 'detect',
  payload: z.object({ articleId: z.string().optional() }),
  concurrency: TOGETHER,
  attempts: 5,
  // The journal has one writer at a time, and two jobs that judge one matter at once would each open an incident.
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
  const ids = payloads.flatMap(({ articleId }) => articleId ?? []);
  const found = await deps.articles.findMany(ids);
  const articles = new Map(found.map((article) => [article.id, article]));
  const context = await contextOf(deps);
  signal.throwIfAborted();

  const jobs: Job<'notify'>[] = [];
  const raise = async (alert: Alert) => {
    jobs.push(...(await jobsOf(alert, deps)));
  };
  await tellDetector((detector) => sightingsOf(ids, articles, context, detector), raise, deps);
  if (payloads.some(({ articleId }) => articleId === undefined)) {
    await reviewIncidents(deps, deps.now(), (series) => deps.detector.live?.detector.scoreOf(series));
    jobs.push(...(await planRound(deps)));
  }

  const next = distinct(jobs);
  if (next.length > 0) log.info({ articles: found.length, notifications: next.length }, 'incident');
  // What they raised together is handed on by the first of them.
  return payloads.map((payload, index) => outcomeOf(payload, articles, index === 0 ? next : []));
}

/** Imported articles are history: the detector learns from them when it begins anew, and they alarm nobody. */
function sightingsOf(
  ids: readonly string[],
  articles: ReadonlyMap<string, Article>,
  context: SightingContext,
  detector: Detector,
): Sighting[] {
  return [...new Set(ids)].flatMap((id) => {
    const article = articles.get(id);
    if (article === undefined) return detector.removed(id) ?? [];
    return article.imported ? [] : sightingOf(article, context);
  });
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

async function jobsOf(alert: Alert, deps: Deps): Promise<Job<'notify'>[]> {
  const rule = deps.alertRules.find(({ id }) => id === alert.ruleId);
  if (rule === undefined) throw new Error(`No rule ${alert.ruleId} raised ${alert.id}`);
  const articles = await deps.articles.findMany(alert.articleIds);
  const incidents = await deps.incidents.list({ limit: MAX_INCIDENTS });
  const raised = await raiseAlert(alert, rule, articles, incidents, deps);
  return raised?.jobs ?? [];
}

async function contextOf({ campaigns, language, feedStates }: Deps): Promise<SightingContext> {
  const feedRecoveries = new Map<string, string>();
  for (const { outletId, recoveredAt } of await feedStates.all()) {
    if (recoveredAt !== undefined && recoveredAt > (feedRecoveries.get(outletId) ?? '')) {
      feedRecoveries.set(outletId, recoveredAt);
    }
  }
  return { campaigns, names: language.names, feedRecoveries };
}

function distinct(jobs: readonly Job<'notify'>[]): Job<'notify'>[] {
  return [...new Map(jobs.map((job) => [job.key, job])).values()];
}
