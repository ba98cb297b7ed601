import type { FastifyRequest } from 'fastify';

import type { AccessScope } from '../domain/access.ts';
import type { Article } from '../domain/article.ts';
import { CorrectionError } from '../domain/correction.ts';
import type { Incident } from '../domain/incident.ts';
import { type SeriesKey, splitSeriesKey } from '../domain/series.ts';
import type { ArticleFilter, ArticleStore } from '../ports/article-store.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
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
  const incidents = incidentsWith(deps.incidents, articles, scope);
  return {
    ...deps,
    articles,
    stories,
    incidents,
    // Their pages count the whole archive.
    campaigns: [],
    policies: [],
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
      return seen.includes(undefined) ? undefined : deps.actOnIncident(order);
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
    facet: (filter, field, limit) => store.facet(narrowed(filter), field, limit),
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

/** Stories of which at least one article may be seen. */
function storiesWith(store: StoryStore, articles: ArticleStore): StoryStore {
  return {
    candidates: readOnly,
    update: readOnly,
    moveMember: readOnly,
    membersOf: readOnly,
    storyOf: readOnly,
    largest: readOnly,
    find: async (id) => ((await articles.count({ storyId: id })) === 0 ? undefined : store.find(id)),
  };
}

/** Incidents about something of the scope, or whose latest alert rests on an article that may be seen. */
function incidentsWith(store: IncidentStore, articles: ArticleStore, scope: AccessScope): IncidentStore {
  const isSeen = async ({ series, latestAlert }: Incident) =>
    series.some((key) => isWithin(key, scope)) ||
    (await articles.findMany(latestAlert.articleIds.slice(0, MOST_EVIDENCE))).length > 0;
  const find = async (id: string) => {
    const incident = await store.find(id);
    return incident !== undefined && (await isSeen(incident)) ? incident : undefined;
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
    alertsOf: async (id) => ((await find(id)) === undefined ? [] : store.alertsOf(id)),
    notificationsOf: async (id) => ((await find(id)) === undefined ? [] : store.notificationsOf(id)),
    async list({ limit = 100, ...filter } = {}) {
      const all = await store.list({ ...filter, limit: MOST_INCIDENTS });
      const seen = await Promise.all(all.map(isSeen));
      return all.filter((_, at) => seen[at]).slice(0, limit);
    },
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
