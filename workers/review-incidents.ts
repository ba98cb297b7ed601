import type { MatterNow } from '../src/detection/incident-severity.ts';
import { easedSeverity } from '../src/detection/incident-severity.ts';
import type { Incident } from '../src/domain/incident.ts';
import { ease } from '../src/domain/incident.ts';
import type { SeriesKey } from '../src/domain/series.ts';
import { DAY_MS } from '../src/domain/time.ts';
import { mendParts } from './act-on-incident.ts';
import type { Deps } from './stage.ts';

/** More incidents than this are never under way at once. */
const MOST = 200;
/** Stories looked at for the newest article: an incident with more is not about to fall silent. */
const MOST_STORIES = 100;

/**
 * Looks at the incidents under way: lets their severity fall where time has shown less, and finishes merges and splits
 * that a crash has cut short. Closes nothing, tells nobody, and changes nothing when repeated.
 *
 * @param scoreOf  the detector's present score of a series, where it keeps one
 * @returns the incidents whose severity fell
 */
export async function reviewIncidents(
  deps: Deps,
  now: Date,
  scoreOf: (series: SeriesKey) => number | undefined = () => undefined,
): Promise<Incident[]> {
  const { incidents } = deps;
  for (const resolved of await incidents.list({
    status: ['resolved'],
    verdict: ['duplicate'],
    limit: MOST,
  })) {
    await mendParts(resolved, incidents);
  }
  const eased: Incident[] = [];
  for (const incident of await incidents.list({ status: ['open', 'acknowledged'], limit: MOST })) {
    await mendParts(incident, incidents);
    const after = await easeOne(incident, now, scoreOf, deps);
    if (after !== undefined) eased.push(after);
  }
  return eased;
}

async function easeOne(
  incident: Incident,
  now: Date,
  scoreOf: (series: SeriesKey) => number | undefined,
  deps: Deps,
): Promise<Incident | undefined> {
  if (incident.severity === 'information' || incident.severitySetAt !== undefined) return undefined;
  const [alerts, matter] = await Promise.all([
    deps.incidents.alertsOf(incident.id),
    matterNow(incident, now, scoreOf, deps),
  ]);
  const at = now.toISOString();
  const judge = (current: Incident) => easedSeverity(current, alerts, matter, at);
  if (judge(incident) === undefined) return undefined;
  return deps.incidents.update(incident.id, (current) => {
    // An alert that has come since has the last word.
    const judged = current.latestAlert.id === incident.latestAlert.id ? judge(current) : undefined;
    return judged === undefined ? current : ease(current, judged, at);
  });
}

async function matterNow(
  { series, storyIds, latestAlert }: Incident,
  now: Date,
  scoreOf: (series: SeriesKey) => number | undefined,
  { articles, stories }: Deps,
): Promise<MatterNow> {
  const opening = series[0] ?? latestAlert.series;
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  const negative = { series: opening, polarity: 'negative' } as const;
  const [lastDay, dayBefore, newest, found] = await Promise.all([
    articles.count({ ...negative, from: daysAgo(1) }),
    articles.count({ ...negative, from: daysAgo(2), to: daysAgo(1) }),
    articles.search(negative, { offset: 0, limit: 1 }),
    Promise.all(storyIds.slice(-MOST_STORIES).map((id) => stories.find(id))),
  ]);
  const seen = [
    latestAlert.dataWatermarkAt,
    ...newest.articles.map(({ firstSeenAt }) => firstSeenAt),
    ...found.flatMap((story) => story?.lastSeenAt ?? []),
  ];
  const lastArticleAt = new Date(Math.max(...seen.map((at) => Date.parse(at)))).toISOString();
  return { lastArticleAt, lastDay, dayBefore, score: scoreOf(opening) };
}
