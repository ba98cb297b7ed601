import type { Alert, Severity } from '../domain/alert.ts';
import { SEVERITIES } from '../domain/alert.ts';
import type { ArticleOutline } from '../domain/article.ts';
import type { HourCount, SeriesKey, SeriesKind } from '../domain/series.ts';
import { splitSeriesKey } from '../domain/series.ts';
import type { Story } from '../domain/story.ts';
import { HOUR_MS } from '../domain/time.ts';
import { alertId } from './alert-id.ts';
import type { AlertRule, CampaignWindow } from './alert-rule.ts';
import type { Baseline } from './baseline.ts';
import { baseline } from './baseline.ts';
import { explainingCampaign } from './campaign-articles.ts';
import { independentNewsrooms } from './independent-newsrooms.ts';
import { isNegative, signals } from './signals.ts';
import { betaBinomialTail, negativeBinomialTail } from './tail-probability.ts';

export interface JudgeInput {
  readonly series: SeriesKey;
  readonly seriesName: string;
  /** Counts of the last 56 days, the window included, late articles left out. */
  readonly hours: readonly HourCount[];
  /** Articles of the rule's window at least, oldest first. */
  readonly recent: readonly ArticleOutline[];
  readonly rule: AlertRule;
  readonly campaigns: readonly CampaignWindow[];
  /** When a feed of the outlet last came back after failures, by outlet id. */
  readonly feedRecoveries?: ReadonlyMap<string, string>;
  /** The stories of `recent`, where known: they tell who wrote a text of their own. */
  readonly stories?: ReadonlyMap<string, Story>;
  /** When counting began, if less than 56 days ago: what lies before is unknown, not quiet. */
  readonly archiveSince?: string;
  readonly now: Date;
  /** The newest alert of this series in an incident that is not yet resolved. */
  readonly previous?: Alert;
}

/** Why nothing was said. Short, stable and countable. */
export interface Quiet {
  readonly quiet:
    | 'nothing-counted'
    | 'planned-campaign'
    | 'backlog'
    | 'few-negative'
    | 'few-newsrooms'
    | 'low-negative-share'
    | 'as-expected'
    | 'not-grown';
}

/** Copies of a story beyond the second are syndication, not news; where the story is the series, reach is the point. */
const MAX_COPIES = 2;

/** For this long after a feed came back, what was published before is its backlog. */
const RECOVERY_MS = 3 * HOUR_MS;

/** A backlog article is news that comes late: it counts a little, not nothing. */
const BACKLOG_WEIGHT = 0.3;

/** Memory of the archive that the detector reads. */
export const HISTORY_DAYS = 56;

/** What to expect of an unknown series, articles a day. */
const PRIOR_PER_DAY: Readonly<Record<SeriesKind, number>> = {
  facility: 0.2,
  province: 1.5,
  topic: 6,
  'policy-document': 0.2,
  disease: 0.5,
  medicine: 0.3,
  story: 0.5,
  'province-topic': 0.3,
};

/** Of ten articles about the health sector three are negative, give or take; the prior is worth twelve articles. */
const PRIOR_NEGATIVE_SHARE = 0.3;
const PRIOR_SHARE_ARTICLES = 12;

/** How much a series' negative share wavers by itself from day to day. */
const SHARE_CORRELATION = 0.03;

/**
 * Judges one series by one rule at one moment.
 *
 * Two questions are asked of the window: are there more articles than this series shows at these hours, and are
 * more of them negative than is usual. The chance of a false alarm is that of both answers together. Copies beyond
 * the second, planned campaigns and imported articles do not count; backlogs count little.
 *
 * @returns the alert with its evidence, or why there is none; equal input gives an equal alert, id included
 */
export function judgeSeries(input: JudgeInput): Alert | Quiet {
  const { rule, now, previous } = input;
  const to = now.toISOString();
  const from = new Date(now.getTime() - rule.windowHours * HOUR_MS).toISOString();

  const selected = selectArticles(input, from, to);
  if ('quiet' in selected) return selected;
  const { counted, weightOf, copiesFolded } = selected;

  const negatives = counted.filter(isNegative);
  const newsrooms = independentNewsrooms(counted, input.stories);
  const refusal = refuse(rule, counted, negatives, newsrooms);
  if (refusal !== undefined) return refusal;

  const chances = chancesOf(input, counted, weightOf, from, to);
  if (chances.falseAlarm > rule.maxFalseAlarmProbability) return { quiet: 'as-expected' };
  if (previous !== undefined && !hasGrown(previous, counted.length, rule)) return { quiet: 'not-grown' };

  const first = counted[0] as ArticleOutline;
  const watermarkAt = (counted.at(-1) as ArticleOutline).firstSeenAt;
  const alert: Alert = {
    id: alertId(rule.id, input.series, watermarkAt, counted.length),
    ruleId: rule.id,
    ruleVersion: rule.version,
    at: to,
    dataWatermarkAt: watermarkAt,
    series: input.series,
    seriesName: input.seriesName,
    severity: rule.severity,
    observed: counted.length,
    expected: chances.volume.expected,
    spread: chances.volume.spread,
    windowHours: rule.windowHours,
    negative: negatives.length,
    usualNegativeShare: chances.usualShare,
    falseAlarmProbability: chances.falseAlarm,
    score: -Math.log10(Math.max(chances.falseAlarm, Number.MIN_VALUE)),
    falsePagesPerWeek: rule.expectedFalsePagesPerWeek,
    sign: 'burst',
    sequence: 0,
    signals: signals({
      series: input.series,
      counted,
      hours: input.hours,
      newsrooms,
      volume: chances.volume,
      negative: chances.negative,
      usualNegativeShare: chances.usualShare,
      from,
    }),
    articleIds: counted.map(({ id }) => id),
    firstOutletId: first.outletId,
    firstArticleAt: first.firstSeenAt,
    independentNewsrooms: newsrooms,
    // The matter is what is bad; the good news of the same hours belongs to no incident.
    storyIds: [...new Set((negatives.length > 0 ? negatives : counted).map(({ storyId }) => storyId))],
    copiesFolded,
  };
  return previous === undefined ? alert : { ...alert, changed: changedSince(previous, alert) };
}

interface Selection {
  readonly counted: readonly ArticleOutline[];
  readonly weightOf: (article: ArticleOutline) => number;
  readonly copiesFolded: number;
}

function selectArticles(input: JudgeInput, from: string, to: string): Selection | Quiet {
  const inWindow = input.recent.filter(
    (article) =>
      !article.isLate && !article.imported && article.firstSeenAt >= from && article.firstSeenAt <= to,
  );
  if (inWindow.length === 0) return { quiet: 'nothing-counted' };
  const unplanned = inWindow.filter((article) => explainingCampaign(article, input.campaigns) === undefined);
  if (unplanned.length === 0) return { quiet: 'planned-campaign' };
  const cap = splitSeriesKey(input.series).kind === 'story' ? Number.POSITIVE_INFINITY : MAX_COPIES;
  const counted = unplanned.filter((article) => article.copyNumber <= cap);
  if (counted.length === 0) return { quiet: 'nothing-counted' };

  const weightOf = (article: ArticleOutline) =>
    isBacklog(article, input.feedRecoveries?.get(article.outletId)) ? BACKLOG_WEIGHT : 1;
  if (counted.every((article) => weightOf(article) < 1)) return { quiet: 'backlog' };
  return { counted, weightOf, copiesFolded: unplanned.length - counted.length };
}

/** Seen soon after the feed came back, and not known to be younger than that. */
function isBacklog({ firstSeenAt, publishedAt }: ArticleOutline, recoveredAt: string | undefined): boolean {
  if (recoveredAt === undefined) return false;
  const since = Date.parse(firstSeenAt) - Date.parse(recoveredAt);
  if (since < 0 || since > RECOVERY_MS) return false;
  const isTimed = publishedAt.source !== 'first-seen' && !publishedAt.dayOnly;
  return !isTimed || publishedAt.at < recoveredAt;
}

function refuse(
  rule: AlertRule,
  counted: readonly ArticleOutline[],
  negatives: readonly ArticleOutline[],
  newsrooms: readonly string[],
): Quiet | undefined {
  if (negatives.length < rule.minNegative) return { quiet: 'few-negative' };
  if (newsrooms.length < rule.minNewsrooms) return { quiet: 'few-newsrooms' };
  if (negatives.length / counted.length < rule.minNegativeShare) return { quiet: 'low-negative-share' };
  return undefined;
}

interface Chances {
  readonly falseAlarm: number;
  readonly volume: Baseline;
  readonly negative: Baseline;
  readonly usualShare: number;
}

function chancesOf(
  { series, hours, archiveSince, now }: JudgeInput,
  counted: readonly ArticleOutline[],
  weightOf: (article: ArticleOutline) => number,
  from: string,
  to: string,
): Chances {
  const oldest = new Date(now.getTime() - HISTORY_DAYS * 24 * HOUR_MS).toISOString();
  const since = archiveSince !== undefined && archiveSince > oldest ? archiveSince : oldest;
  const priorPerDay = PRIOR_PER_DAY[splitSeriesKey(series).kind] ?? 1;
  const usualShare = usualNegativeShare(hours, from);

  const window = { from, to, since };
  const volume = baseline(hours, ({ capped }) => capped, { ...window, priorPerDay });
  const negative = baseline(hours, ({ cappedNegative }) => cappedNegative, {
    ...window,
    priorPerDay: priorPerDay * usualShare,
  });

  const all = sumOf(counted, weightOf);
  const bad = sumOf(counted.filter(isNegative), weightOf);
  const byVolume = negativeBinomialTail(Math.floor(all), volume.expected, volume.size);
  const byTone = betaBinomialTail(Math.floor(bad), Math.floor(all), usualShare, SHARE_CORRELATION);
  return { falseAlarm: bothByChance(byVolume, byTone), volume, negative, usualShare };
}

/**
 * Chance that two independent tests are this far out together: the tone is judged given the number of articles, so
 * by chance alone the two know nothing of each other.
 *
 * @see Fisher 1932; for two tests the chi-squared tail with four degrees of freedom is this closed form
 */
function bothByChance(p: number, q: number): number {
  const product = Math.max(p * q, Number.MIN_VALUE);
  return Math.min(1, product * (1 - Math.log(product)));
}

function usualNegativeShare(hours: readonly HourCount[], from: string): number {
  let negative = PRIOR_NEGATIVE_SHARE * PRIOR_SHARE_ARTICLES;
  let all = PRIOR_SHARE_ARTICLES;
  for (const hour of hours) {
    if (hour.hour >= from) continue;
    negative += hour.cappedNegative;
    all += hour.capped;
  }
  return negative / all;
}

/** A longer window always holds more, so only windows of one length are compared. */
function hasGrown(previous: Alert, observed: number, rule: AlertRule): boolean {
  if (rank(rule.severity) > rank(previous.severity)) return true;
  if (rule.windowHours !== previous.windowHours) return false;
  return observed >= previous.observed * rule.growthToRepeat;
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function sumOf(articles: readonly ArticleOutline[], weightOf: (article: ArticleOutline) => number): number {
  return articles.reduce((sum, article) => sum + weightOf(article), 0);
}

/** What the officer did not know at the last alert, Vietnamese first. */
function changedSince(previous: Alert, alert: Alert): string {
  const added = alert.independentNewsrooms.filter(
    (newsroom) => !previous.independentNewsrooms.includes(newsroom),
  );
  const stories = alert.storyIds.filter((id) => !previous.storyIds.includes(id)).length;
  const vi = [`từ ${previous.observed} lên ${alert.observed} bài`];
  const en = [`from ${previous.observed} to ${alert.observed} articles`];
  if (added.length > 0) {
    vi.push(`thêm ${added.length} toà soạn độc lập`);
    en.push(`${added.length} more independent newsrooms`);
  }
  if (stories > 0) {
    vi.push(`thêm ${stories} câu chuyện`);
    en.push(`${stories} more stories`);
  }
  if (alert.severity !== previous.severity) {
    vi.push('mức độ thay đổi');
    en.push('severity changed');
  }
  return `${vi.join(', ')} / ${en.join(', ')}`;
}
