import type { CampaignWindow } from '../src/detection/alert-rule.ts';
import { explainingCampaign } from '../src/detection/campaign-articles.ts';
import type { Article, ArticleOutline } from '../src/domain/article.ts';
import type { SeriesKey } from '../src/domain/series.ts';
import type { SetAside, Sighting } from '../src/domain/sighting.ts';
import { HOUR_MS } from '../src/domain/time.ts';

/** For this long after a feed came back, what was published before is its backlog. */
const RECOVERY_MS = 3 * HOUR_MS;

export interface SightingContext {
  readonly campaigns: readonly CampaignWindow[];
  /** Display names of registered series; those of others go along with the sighting. */
  readonly names: ReadonlyMap<string, string>;
  /** When a feed of the outlet last came back after failures, by outlet. */
  readonly feedRecoveries?: ReadonlyMap<string, string>;
}

/** What the detector is told of an article as it stands in the archive now. */
export function sightingOf(article: Article, context: SightingContext): Sighting {
  const names = namesOf(article, context.names);
  const setAside = setAsideFor(article, context);
  return {
    articleId: article.id,
    outletId: article.outletId,
    newsroom: article.creditedTo ?? article.newsroom,
    tier: article.tier,
    firstSeenAt: article.firstSeenAt,
    polarity: article.sentiment.polarity,
    storyId: article.storyId,
    copyNumber: article.copyNumber,
    isBare: article.readFrom === 'entry' && article.summary === '' && article.unreadReason === undefined,
    hasHarm: article.harmTerms.length > 0,
    hasDenial: article.cautions.some(({ kind }) => kind === 'denial'),
    provinces: provincesOf(article),
    series: article.series as readonly SeriesKey[],
    ...(names === undefined ? {} : { names }),
    ...(setAside === undefined ? {} : { setAside }),
  };
}

function setAsideFor(article: Article, { campaigns, feedRecoveries }: SightingContext): SetAside | undefined {
  if (article.isLate) return 'late';
  if (explainingCampaign(article, campaigns) !== undefined) return 'campaign';
  return isBacklog(article, feedRecoveries?.get(article.outletId)) ? 'backlog' : undefined;
}

/** Seen soon after the feed came back, and not known to be younger than that. */
function isBacklog({ firstSeenAt, publishedAt }: ArticleOutline, recoveredAt: string | undefined): boolean {
  if (recoveredAt === undefined) return false;
  const since = Date.parse(firstSeenAt) - Date.parse(recoveredAt);
  if (since < 0 || since > RECOVERY_MS) return false;
  const isTimed = publishedAt.source !== 'first-seen' && !publishedAt.dayOnly;
  return !isTimed || publishedAt.at < recoveredAt;
}

function provincesOf({ mentions }: Article): string[] {
  const codes = mentions.flatMap(({ kind, id, province }) => (kind === 'province' ? id : (province ?? [])));
  return [...new Set(codes)];
}

function namesOf(
  { mentions, series, storyId, title }: Article,
  registered: ReadonlyMap<string, string>,
): Record<string, string> | undefined {
  const named = [
    ...mentions.map(({ kind, id, name }) => [`${kind}:${id}`, name] as const),
    [`story:${storyId}`, title] as const,
  ].filter(([key]) => series.includes(key) && !registered.has(key));
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
