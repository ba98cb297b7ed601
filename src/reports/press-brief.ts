import { SEVERITIES, type Severity } from '../domain/alert.ts';
import type { Polarity } from '../domain/analysis.ts';
import type { Article } from '../domain/article.ts';
import { type Incident, type IncidentStatus, rank } from '../domain/incident.ts';
import { TIERS } from '../domain/outlet.ts';
import {
  type BriefArticle,
  type BriefFilter,
  type BriefImportance,
  type BriefIncident,
  type BriefModel,
  type BriefPeriod,
  type BriefQuotation,
  type BriefStory,
  type BriefTotals,
  MOST_STORIES,
  type PolarityCounts,
  type UsualWindow,
} from '../domain/press-brief.ts';
import type { Story } from '../domain/story.ts';
import { isNearCopy } from '../language/similarity.ts';
import { strongestSentence } from './quotation.ts';

/** How a story that began before the period stood when the period began. */
export interface EarlierStory {
  readonly story: Story;
  readonly articles: number;
  readonly outletName: string;
}

/** What the archive knows of a period. */
export interface BriefFacts {
  readonly period: BriefPeriod;
  readonly filter: BriefFilter;
  /** All that were first seen in the period, in any order. */
  readonly articles: readonly Article[];
  /** Those of their stories that began before the period, with how many of their articles came before it. */
  readonly earlier: ReadonlyMap<string, EarlierStory>;
  readonly incidents: readonly Incident[];
  readonly usual: readonly UsualWindow[];
}

/**
 * The press brief of a period: its stories, the most important first, and its figures.
 *
 * A pure function of the facts: their order does not matter, and no clock is asked. n log n in the articles, beside the
 * few of a story that are compared for copies.
 */
export function pressBrief(facts: BriefFacts): BriefModel {
  const { period, filter } = facts;
  const articles = [...facts.articles].sort(byFirstSight);
  const stories = [...storiesOf(articles)]
    .map(([id, members]) => ranked(id, members, facts))
    .sort((a, b) => compareImportance(a.importance, b.importance) || byFirstSight(a.first, b.first));
  return {
    period,
    filter,
    totals: totalsOf(articles, stories.length, facts.usual),
    stories: stories.slice(0, MOST_STORIES).map((story) => storyOf(story, facts)),
    basis: articles.map(({ id, storyId, sentiment, corrected }) => ({
      articleId: id,
      storyId,
      polarity: sentiment.polarity,
      isCorrected: corrected !== undefined,
    })),
  };
}

interface RankedStory {
  readonly id: string;
  readonly first: Article;
  /** By first sight. */
  readonly members: readonly Article[];
  readonly incidents: readonly BriefIncident[];
  readonly importance: BriefImportance;
}

function ranked(
  id: string,
  members: readonly Article[],
  { incidents, period }: Pick<BriefFacts, 'incidents' | 'period'>,
): RankedStory {
  const ids = new Set(members.map((member) => member.id));
  const linked = incidents
    .filter(
      (incident) =>
        incident.storyIds.includes(id) || incident.latestAlert.articleIds.some((one) => ids.has(one)),
    )
    .flatMap((incident) => asOf(incident, period.to) ?? [])
    .sort((a, b) => rank(b.severity) - rank(a.severity) || (a.id < b.id ? -1 : 1));
  const worst = linked[0]?.severity;
  return {
    id,
    first: members[0] as Article,
    members,
    incidents: linked,
    importance: {
      ...(worst === undefined ? {} : { severity: worst }),
      negativeNewsrooms: new Set(
        members.filter(({ sentiment }) => sentiment.polarity === 'negative').map(({ newsroom }) => newsroom),
      ).size,
      tier: TIERS.find((tier) => members.some((member) => member.tier === tier)) ?? 'aggregator',
      articles: members.length,
      criticised: members.filter(({ sentiment }) => sentiment.stance.polarity === 'negative').length,
      harmful: members.filter(({ harmTerms }) => harmTerms.length > 0).length,
    },
  };
}

/**
 * Severity, then newsrooms that write negatively, then the widest tier, then size; among those that are alike in all of
 * that, what criticises the sector, then what tells of harm. Negative where `a` comes first.
 */
function compareImportance(a: BriefImportance, b: BriefImportance): number {
  const severity = (one: BriefImportance) => (one.severity === undefined ? -1 : rank(one.severity));
  return (
    severity(b) - severity(a) ||
    b.negativeNewsrooms - a.negativeNewsrooms ||
    TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
    b.articles - a.articles ||
    b.criticised - a.criticised ||
    b.harmful - a.harmful
  );
}

/** The incident as it stood at a moment; `undefined` where there was none yet, or it is only a drill's. */
function asOf(incident: Incident, at: string): BriefIncident | undefined {
  if (incident.openedAt >= at || incident.mark === 'drill' || incident.mergedInto !== undefined)
    return undefined;
  let severity: Severity = incident.severity;
  let status: IncidentStatus = 'open';
  let alerts = 0;
  let isKnown = false;
  for (const change of incident.history) {
    if (change.at >= at) break;
    if (change.alertId !== undefined && (change.what === 'opened' || change.what === 'alerted')) alerts += 1;
    const to = SEVERITIES.find((one) => one === change.to);
    if (to !== undefined) {
      severity = to;
      isKnown = true;
    }
    status = STATUS_AFTER[change.what] ?? status;
  }
  return {
    id: incident.id,
    title: incident.title,
    severity: isKnown ? severity : incident.severity,
    status,
    alerts,
  };
}

const STATUS_AFTER: Readonly<Record<string, IncidentStatus>> = {
  acknowledged: 'acknowledged',
  resolved: 'resolved',
  reopened: 'open',
};

function storyOf(
  { id, first, members, incidents, importance }: RankedStory,
  { earlier }: Pick<BriefFacts, 'earlier'>,
): BriefStory {
  const before = earlier.get(id);
  const quotation = quotationOf(members);
  return {
    id,
    topic: topicOf(members),
    lead: asBriefArticle(first),
    ...(before === undefined
      ? {}
      : {
          earlier: {
            outletName: before.outletName,
            at: before.story.firstSeenAt,
            articles: before.articles,
          },
        }),
    articles: members.length,
    copies: members.filter(({ copyNumber }) => copyNumber > 1).length,
    newsrooms: [
      ...new Set(members.filter(({ copyNumber }) => copyNumber === 1).map(({ newsroom }) => newsroom)),
    ],
    tiers: TIERS.filter((tier) => members.some((member) => member.tier === tier)),
    provinces: provincesOf(members),
    polarity: countsOf(members, ({ sentiment }) => sentiment.polarity),
    stance: countsOf(members, ({ sentiment }) => sentiment.stance.polarity),
    ...(quotation === undefined ? {} : { quotation }),
    incidents,
    corrected: members.filter(({ corrected }) => corrected !== undefined).length,
    late: members.filter(({ isLate }) => isLate).length,
    importance,
  };
}

/** An article as a brief names it. */
export function asBriefArticle({ id, title, outletName, url, firstSeenAt }: Article): BriefArticle {
  return { articleId: id, title, outletName, url, at: firstSeenAt };
}

/** Of the first article, or of the one that most others have copied, whichever says it more strongly. */
function quotationOf(members: readonly Article[]): BriefQuotation | undefined {
  const [first] = members;
  if (first === undefined) return undefined;
  const carried = mostCarried(members);
  const found = strongestSentence(carried === first ? [first] : [first, carried]);
  if (found === undefined) return undefined;
  const { article, sentence } = found;
  return { articleId: article.id, outletName: article.outletName, text: sentence.text };
}

/** Copies beyond these are not compared any more: which text is carried most is known by then. */
const MOST_COMPARED = 60;

/** The text of its own that most of the others are copies of; the first of several. */
function mostCarried(members: readonly Article[]): Article {
  const own = members.filter(({ copyNumber }) => copyNumber === 1).slice(0, MOST_COMPARED);
  const copies = members.filter(({ copyNumber }) => copyNumber > 1).slice(0, MOST_COMPARED);
  let best = members[0] as Article;
  let most = 0;
  for (const article of own) {
    const count = copies.filter(({ signature }) => isNearCopy(signature, article.signature)).length;
    if (count > most) [best, most] = [article, count];
  }
  return best;
}

function totalsOf(articles: readonly Article[], stories: number, usual: readonly UsualWindow[]): BriefTotals {
  const topics = new Map<string, { articles: number; negative: number }>();
  for (const { topics: matches, sentiment } of articles) {
    for (const { topic } of matches) {
      const sofar = topics.get(topic) ?? { articles: 0, negative: 0 };
      const negative = sofar.negative + (sentiment.polarity === 'negative' ? 1 : 0);
      topics.set(topic, { articles: sofar.articles + 1, negative });
    }
  }
  return {
    articles: articles.length,
    stories,
    newsrooms: new Set(articles.map(({ newsroom }) => newsroom)).size,
    polarity: countsOf(articles, ({ sentiment }) => sentiment.polarity),
    stance: countsOf(articles, ({ sentiment }) => sentiment.stance.polarity),
    corrected: articles.filter(({ corrected }) => corrected !== undefined).length,
    late: articles.filter(({ isLate }) => isLate).length,
    topics: [...topics]
      .map(([topic, counts]) => ({ topic, ...counts }))
      .sort((a, b) => b.articles - a.articles || (a.topic < b.topic ? -1 : 1)),
    usual,
  };
}

function storiesOf(articles: readonly Article[]): Map<string, Article[]> {
  const stories = new Map<string, Article[]>();
  for (const article of articles) {
    const members = stories.get(article.storyId);
    if (members === undefined) stories.set(article.storyId, [article]);
    else members.push(article);
  }
  return stories;
}

/** The topic with the highest score over all articles; the first by name of several. */
function topicOf(members: readonly Article[]): string {
  const scores = new Map<string, number>();
  for (const { topic, score } of members.flatMap(({ topics }) => topics)) {
    // What a person has put there has no score.
    scores.set(topic, (scores.get(topic) ?? 0) + Math.max(score, 1));
  }
  return firstBy(scores);
}

function firstBy(scores: ReadonlyMap<string, number>): string {
  return [...scores].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? '';
}

function provincesOf(members: readonly Article[]): string[] {
  const counts = new Map<string, number>();
  for (const { mentions } of members) {
    const provinces = mentions.flatMap(({ kind, id, province }) =>
      kind === 'province' ? id : (province ?? []),
    );
    for (const province of new Set(provinces)) counts.set(province, (counts.get(province) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([province]) => province);
}

function countsOf(members: readonly Article[], polarityOf: (member: Article) => Polarity): PolarityCounts {
  const counts = { negative: 0, neutral: 0, positive: 0 };
  for (const member of members) counts[polarityOf(member)] += 1;
  return counts;
}

function byFirstSight(
  a: Pick<Article, 'firstSeenAt' | 'id'>,
  b: Pick<Article, 'firstSeenAt' | 'id'>,
): number {
  return Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt) || (a.id < b.id ? -1 : 1);
}
