import type { Campaign } from '../src/detection/campaigns-file.ts';
import type { Article } from '../src/domain/article.ts';
import { splitSeriesKey } from '../src/domain/series.ts';
import { DAY_MS, vietnameseDay, vietnameseMidnight } from '../src/domain/time.ts';
import type { ArticleFilter, HistogramBucket } from '../src/ports/article-store.ts';
import {
  type CampaignDay,
  type CampaignFacts,
  type CampaignReport,
  campaignReport,
} from '../src/reports/campaign-coverage.ts';
import { campaignSearch, controlSearch, measuredSearch, themeSearch } from '../src/reports/campaign-query.ts';
import { outletUptime } from '../src/reports/outlet-uptime.ts';
import type { Deps } from './stage.ts';

/** Articles that are read for the sentences in them; counts know no such bound. */
const MOST_READ = 1000;
const MOST_VALUES = 500;
const MOST_INCIDENTS = 500;
/** With less than this of what outlets usually bring, a day is not to be compared with others. */
const LEAST_UPTIME = 0.9;

type CampaignDeps = Pick<Deps, 'articles' | 'entries' | 'incidents' | 'outlets' | 'now'>;

/**
 * All that is known of a campaign: coverage, messages, what changed against before, backlash.
 *
 * Asks the store some twenty questions and one for each theme, none of which grows with the archive but its own
 * counting; reads at most 1,000 articles whole, and the found counter of the days around the campaign.
 */
export async function gatherCampaign(campaign: Campaign, deps: CampaignDeps): Promise<CampaignReport> {
  const until = deps.now().toISOString();
  const own: ArticleFilter = { text: campaignSearch(campaign), from: campaign.from, to: campaign.to };
  const control: ArticleFilter = { ...own, text: controlSearch(campaign) };
  const { articles } = deps;
  const [tiers, outlets, newsrooms, active, cautions, themes, days, page, watermark, negative] =
    await Promise.all([
      articles.facet(own, 'tier', MOST_VALUES),
      articles.facet(own, 'outletId', MOST_VALUES),
      articles.facet(own, 'newsroom', MOST_VALUES),
      articles.facet({ from: campaign.from, to: campaign.to }, 'newsroom', MOST_VALUES),
      articles.facet(own, 'caution', MOST_VALUES),
      Promise.all(campaign.themes.map((theme) => countTheme(campaign, theme, own, deps))),
      daysOf(campaign, until, deps),
      articles.search(own, { offset: 0, limit: MOST_READ }),
      articles.watermark(),
      articles.count({ ...own, polarity: 'negative' }),
    ]);
  const [ownCritical, controlCritical, controlAll] = await Promise.all([
    articles.count({ ...own, stance: 'negative' }),
    articles.count({ ...control, stance: 'negative' }),
    articles.count(control),
  ]);
  const facts: CampaignFacts = {
    campaign,
    until,
    dataWatermarkAt: watermark ?? '',
    total: page.total,
    negative,
    themes,
    outlets,
    tiers,
    newsrooms,
    activeNewsrooms: active.map(({ value }) => value),
    days,
    articles: page.articles,
    cautions,
    criticised: { own: ownCritical, control: controlCritical, controlAll },
    incidents: await incidentsOf(campaign, page.articles, deps),
  };
  return campaignReport(facts);
}

async function countTheme(
  campaign: Campaign,
  theme: Campaign['themes'][number],
  own: ArticleFilter,
  { articles }: CampaignDeps,
) {
  const search = themeSearch(campaign, theme);
  const filter = { ...own, text: search };
  const [count, negative] = await Promise.all([
    articles.count(filter),
    articles.count({ ...filter, polarity: 'negative' }),
  ]);
  return { id: theme.id, name: theme.name, search, count, negative };
}

/** The days before, during and after, as far as there are whole ones, with how many outlets were heard from. */
async function daysOf(campaign: Campaign, until: string, deps: CampaignDeps): Promise<CampaignDay[]> {
  const fromMs = Date.parse(campaign.from) - campaign.baselineDays * DAY_MS;
  const today = vietnameseMidnight(vietnameseDay(until));
  const toMs = Math.min(today, Date.parse(campaign.to) + campaign.afterDays * DAY_MS);
  if (toMs <= fromMs) return [];
  const period = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const [own, control, found] = await Promise.all([
    deps.articles.histogram({ text: measuredSearch(campaign), ...period }, { interval: 'day' }),
    deps.articles.histogram({ text: controlSearch(campaign), ...period }, { interval: 'day' }),
    deps.entries.foundPer('day', period),
  ]);
  const days = Array.from({ length: Math.round((toMs - fromMs) / DAY_MS) }, (_, at) =>
    vietnameseDay(fromMs + at * DAY_MS),
  );
  const watched = found.filter(({ outletId }) => deps.outlets.has(outletId));
  const uptime = outletUptime(watched, days);
  const [ownBy, controlBy] = [byDay(own), byDay(control)];
  // Before the archive began there was nothing to count; that is no zero.
  const begun = [own[0]?.bucket, control[0]?.bucket].filter((day) => day !== undefined).sort()[0];
  return days.flatMap((day, at): CampaignDay[] => {
    if (begun === undefined || day < begun) return [];
    const midnight = new Date(vietnameseMidnight(day)).toISOString();
    return [
      {
        day,
        phase: midnight < campaign.from ? 'before' : midnight < campaign.to ? 'during' : 'after',
        isDown: (uptime[at]?.uptime ?? 1) < LEAST_UPTIME,
        articles: ownBy.get(day)?.count ?? 0,
        negative: ownBy.get(day)?.negative ?? 0,
        controlArticles: controlBy.get(day)?.count ?? 0,
        controlNegative: controlBy.get(day)?.negative ?? 0,
      },
    ];
  });
}

function byDay(buckets: readonly HistogramBucket[]): Map<string, HistogramBucket> {
  return new Map(buckets.map((bucket) => [bucket.bucket, bucket]));
}

/** Incidents of the period that one of its facilities or stories belongs to. */
async function incidentsOf(campaign: Campaign, articles: readonly Article[], deps: CampaignDeps) {
  const stories = new Set(articles.map(({ storyId }) => storyId));
  const facilities = new Set([
    ...campaign.facilities,
    ...campaign.measured.map(splitSeriesKey).flatMap(({ kind, id }) => (kind === 'facility' ? [id] : [])),
  ]);
  const all = await deps.incidents.list({ limit: MOST_INCIDENTS });
  return all
    .filter(({ openedAt }) => openedAt >= campaign.from && openedAt < campaign.to)
    .filter(
      ({ series, storyIds }) =>
        storyIds.some((id) => stories.has(id)) ||
        series.map(splitSeriesKey).some(({ kind, id }) => kind === 'facility' && facilities.has(id)),
    )
    .map(({ id, title, openedAt }) => ({ id, title, openedAt }));
}
