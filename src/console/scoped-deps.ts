import type { FastifyRequest } from 'fastify';

import { incidentTitle } from '../detection/incident-title.ts';
import type { AccessScope } from '../domain/access.ts';
import type { Alert } from '../domain/alert.ts';
import type { Article } from '../domain/article.ts';
import { CorrectionError } from '../domain/correction.ts';
import type { Incident } from '../domain/incident.ts';
import type { OutletState } from '../domain/outlet-state.ts';
import { type SeriesKey, splitSeriesKey } from '../domain/series.ts';
import type { Story } from '../domain/story.ts';
import type { ArticleFilter, ArticleStore } from '../ports/article-store.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { OutletStateStore } from '../ports/outlet-state-store.ts';
import type { StoryStore } from '../ports/story-store.ts';
import type { ConsoleDeps } from './console-deps.ts';

/** Incidents that are looked through for those that somebody may see. */
const MOST_INCIDENTS = 500;
/** Articles of an alert by which an incident is judged. */
const MOST_EVIDENCE = 50;

/** What whoever asks may read from and do: everything, or what concerns the provinces and facilities they are limited to. */
export function depsFor({ access }: Pick<FastifyRequest, 'access'>, deps: ConsoleDeps): ConsoleDeps {
  return access.scope === undefined ? deps : scopedDeps(deps, access.scope);
}

function scopedDeps(deps: ConsoleDeps, scope: AccessScope): ConsoleDeps {
  const articles = articlesWithin(deps.articles, scope);
  const stories = storiesWith(deps.stories, articles);
  const incidents = incidentsWith(deps.incidents, articles, scope, deps.language.names);
  return {
    ...deps,
    articles,
    stories,
    incidents,
    outletStates: statesWithoutTexts(deps.outletStates),
    campaignReport: (campaign) => deps.campaignReport(campaign, { articles, incidents }),
    policyReport: (document) => deps.policyReport(document, { articles }),
    async correct(draft) {
      if ((await articles.find(draft.articleId)) === undefined) throw new CorrectionError('unknown-article');
      return deps.correct(draft);
    },
    async revokeCorrection(id, by) {
      const articleId = (await deps.corrections.find(id))?.articleId ?? '';
      return (await articles.find(articleId)) === undefined ? undefined : deps.revokeCorrection(id, by);
    },
    async actOnIncident(order) {
      const { action, incidentId } = order;
      const concerned = action.kind === 'merge' ? [incidentId, action.into] : [incidentId];
      const seen = await Promise.all(concerned.map((id) => incidents.find(id)));
      if (seen.includes(undefined)) return undefined;
      const changed = await deps.actOnIncident(order);
      return changed && incidents.find(changed.id);
    },
    forecastOf: async (series) => (isWithin(series, scope) ? deps.forecastOf(series) : undefined),
  };
}

/** The archive as far as it mentions one of the scope's provinces or facilities; nothing is written to it. */
function articlesWithin(store: ArticleStore, scope: AccessScope): ArticleStore {
  const narrowed = (filter: ArticleFilter): ArticleFilter => ({ ...filter, within: scope });
  const isSeen = ({ mentions }: Article) => mentions.some(({ kind, id }) => isNamed(kind, id, scope));
  return {
    save: readOnly,
    remove: readOnly,
    dropBefore: readOnly,
    async find(id) {
      const article = await store.find(id);
      return article !== undefined && isSeen(article) ? article : undefined;
    },
    findMany: async (ids) => (await store.findMany(ids)).filter(isSeen),
    search: (filter, page) => store.search(narrowed(filter), page),
    count: (filter) => store.count(narrowed(filter)),
    page: (filter, options) => store.page(narrowed(filter), options),
    trend: (filter, interval) => store.trend(narrowed(filter), interval),
    histogram: (filter, options) => store.histogram(narrowed(filter), options),
    facet: (filter, field, limit, counted) => store.facet(narrowed(filter), field, limit, counted),
    pairs: (filter, a, b, limit) => store.pairs(narrowed(filter), a, b, limit),
    hourCounts: async (series, from, to) =>
      isWithin(series, scope) ? store.hourCounts(series, from, to) : [],
    inSeries: async (series, from, to, limit) =>
      isWithin(series, scope) ? store.inSeries(series, from, to, limit) : [],
    watermark: () => store.watermark(),
    scan: (filter) => store.scan(narrowed(filter)),
    outlines: (filter) => store.outlines(narrowed(filter)),
  };
}

/** Stories of which at least one article may be seen, named after the first of those. */
function storiesWith(store: StoryStore, articles: ArticleStore): StoryStore {
  return {
    candidates: readOnly,
    update: readOnly,
    moveMember: readOnly,
    membersOf: readOnly,
    storyOf: readOnly,
    largest: readOnly,
    async find(id) {
      const [first] = (await articles.page({ storyId: id }, { order: 'oldest', limit: 1 })).articles;
      const story = first && (await store.find(id));
      return story && first && seenFrom(first, story);
    },
  };
}

function seenFrom({ id, title, outletId, firstSeenAt }: Article, story: Story): Story {
  if (id === story.firstArticleId) return story;
  return { ...story, title, firstArticleId: id, firstOutletId: outletId, firstSeenAt };
}

/**
 * Incidents about something of the scope, or whose latest alert rests on an article that may be seen. The line of one
 * that is about something else is written anew, from the articles that may be seen.
 */
function incidentsWith(
  store: IncidentStore,
  articles: ArticleStore,
  scope: AccessScope,
  names: ReadonlyMap<string, string>,
): IncidentStore {
  const evidenceOf = ({ articleIds }: Alert) => articles.findMany(articleIds.slice(0, MOST_EVIDENCE));
  const alertSeen = async (alert: Alert, own: SeriesKey | undefined): Promise<Alert> =>
    isWithin(alert.series, scope) ? alert : named(alert, await evidenceOf(alert), names.get(own ?? ''));
  const asSeen = async (incident: Incident): Promise<Incident | undefined> => {
    const { series, latestAlert } = incident;
    const own = series.find((key) => isWithin(key, scope));
    if (own !== undefined && own === series[0]) {
      return { ...incident, latestAlert: await alertSeen(latestAlert, own) };
    }
    const evidence = await evidenceOf(latestAlert);
    if (own === undefined && evidence.length === 0) return undefined;
    const alert = named(latestAlert, evidence, names.get(own ?? ''));
    return { ...incident, title: incidentTitle(alert, evidence).vi, latestAlert: alert };
  };
  const find = async (id: string) => {
    const incident = await store.find(id);
    return incident && asSeen(incident);
  };
  return {
    saveAlert: readOnly,
    open: readOnly,
    update: readOnly,
    plan: readOnly,
    saveNotification: readOnly,
    findNotification: readOnly,
    notificationsSince: readOnly,
    findAlert: readOnly,
    find,
    async alertsOf(id) {
      const incident = await find(id);
      const own = incident?.series.find((key) => isWithin(key, scope));
      const alerts = incident === undefined ? [] : await store.alertsOf(id);
      return Promise.all(alerts.map((alert) => alertSeen(alert, own)));
    },
    notificationsOf: async (id) => ((await find(id)) === undefined ? [] : store.notificationsOf(id)),
    async list({ limit = 100, ...filter } = {}) {
      const all = await store.list({ ...filter, limit: MOST_INCIDENTS });
      return (await Promise.all(all.map(asSeen))).filter((one) => one !== undefined).slice(0, limit);
    },
  };
}

/** A series of a story bears a headline: that of an article that may be seen, or the name of what is theirs. */
function named(alert: Alert, evidence: readonly Article[], own = ''): Alert {
  if (splitSeriesKey(alert.series).kind !== 'story') return alert;
  return { ...alert, seriesName: evidence[0]?.title ?? own };
}

/** What is known of outlets, without the texts on which their selectors were seen to work or to fail. */
function statesWithoutTexts(store: OutletStateStore): OutletStateStore {
  const stripped = ({ rot, ...state }: OutletState): OutletState => {
    if (rot === undefined) return state;
    const parts = Object.entries(rot.parts).map(([part, { lastGood: _good, firstBad: _bad, ...watch }]) => [
      part,
      watch,
    ]);
    return { ...state, rot: { ...rot, parts: Object.fromEntries(parts) } };
  };
  return {
    update: readOnly,
    async find(id) {
      const state = await store.find(id);
      return state && stripped(state);
    },
    all: async () => (await store.all()).map(stripped),
  };
}

/** A series of one of the scope's facilities or provinces, or of a topic in one of the provinces. */
function isWithin(series: SeriesKey, scope: AccessScope): boolean {
  const { kind, id } = splitSeriesKey(series);
  if (kind === 'province-topic') return scope.provinces.includes(id.split('/')[0] ?? '');
  return isNamed(kind, id, scope);
}

function isNamed(kind: string, id: string, { provinces, facilities }: AccessScope): boolean {
  if (kind === 'province') return provinces.includes(id);
  return kind === 'facility' && facilities.includes(id);
}

/** Nothing that a page or the API does for somebody with a scope needs this. */
function readOnly(): Promise<never> {
  return Promise.reject(new Error('Not for an account with a scope'));
}
