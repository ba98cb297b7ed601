import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import etag from '@fastify/etag';
import formbody from '@fastify/formbody';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import Fastify, { LogController } from 'fastify';

import { given } from '../domain/given.ts';
import type { ArticleFilter } from '../ports/article-store.ts';
import { guardAccess } from './access-guard.ts';
import { describeApi } from './api/open-api.ts';
import { Provenances } from './api/provenance.ts';
import { type ArticleQuery, type Period, toFilter } from './article-query.ts';
import { serveAssets } from './assets.ts';
import type { ConsoleDeps } from './console-deps.ts';
import { limitRates } from './limit-rates.ts';
import { NewsEvents } from './news-events.ts';
import { Pages } from './pages.tsx';
import { refuseUnparsed, refuseUnreadable } from './refused-requests.ts';
import { FormTokens, guardRequests } from './request-guard.ts';
import { acknowledgeRoutes } from './routes/acknowledge.tsx';
import { apiReferenceRoutes } from './routes/api-reference.tsx';
import { articleRoutes } from './routes/articles.tsx';
import { articleApiRoutes } from './routes/articles-api.ts';
import { briefRoutes } from './routes/briefs.tsx';
import { briefApiRoutes } from './routes/briefs-api.ts';
import { campaignRoutes } from './routes/campaigns.tsx';
import { comparisonApiRoutes } from './routes/comparisons-api.ts';
import { correctionRoutes } from './routes/corrections.tsx';
import { correctionApiRoutes } from './routes/corrections-api.ts';
import { countApiRoutes } from './routes/counts-api.ts';
import { answerErrors } from './routes/errors.tsx';
import { forecastApiRoutes } from './routes/forecast-api.ts';
import { incidentRoutes } from './routes/incidents.tsx';
import { incidentApiRoutes } from './routes/incidents-api.ts';
import { ledgerRoutes } from './routes/ledger.tsx';
import { outletRoutes } from './routes/outlets.tsx';
import { pipelineApiRoutes } from './routes/pipeline-api.ts';
import { policyRoutes } from './routes/policies.tsx';
import { reportRoutes } from './routes/reports.tsx';
import { reportApiRoutes } from './routes/reports-api.ts';
import { revisionRoutes } from './routes/revisions.ts';
import { searchRoutes } from './routes/searches.tsx';
import { sessionRoutes } from './routes/session.ts';
import { signInRoutes } from './routes/sign-in.tsx';
import { statementRoutes } from './routes/statements.ts';
import { storyRoutes } from './routes/stories.tsx';
import { storyApiRoutes } from './routes/stories-api.ts';
import { todayRoutes } from './routes/today.tsx';
import { trendRoutes } from './routes/trends.tsx';
import { welcomeRoutes } from './routes/welcome.tsx';
import { depsFor } from './scoped-deps.ts';
import { searchNames } from './search-names.ts';
import { type SearchRegistry, searchRegistry } from './search-registry.ts';

/** Forms of the console are a few short fields. */
const MAX_BODY_BYTES = 16_384;
const REQUEST_TIMEOUT_MS = 10_000;
const REQUESTS_PER_MINUTE = 600;

/** What a file of routes is given. */
export interface RouteContext {
  readonly server: FastifyInstance;
  readonly deps: ConsoleDeps;
  readonly pages: Pages;
  readonly tokens: FormTokens;
  /** What names in a search stand for. */
  readonly registry: SearchRegistry;
  readonly valuesOf: ReturnType<typeof searchNames>;
  /** The store's filter for what somebody asks: narrowed to what they may see. @param fallback  the period where none is named */
  readonly filterOf: (request: FastifyRequest, query: ArticleQuery, fallback: Period) => ArticleFilter;
  readonly provenances: Provenances;
  /** What whoever asks may read from and do. */
  readonly depsOf: (request: FastifyRequest) => ConsoleDeps;
}

/**
 * The console: server-rendered pages for people, `/api/v1` for programs, `/events` for pages that keep up by themselves.
 *
 * Listens nowhere by itself; call `listen` on what it gives, and `close` when done, which also ends open event streams.
 */
export async function createConsole(deps: ConsoleDeps): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: refuseUnreadable,
    clientErrorHandler: refuseUnparsed,
  });
  // Before the guard: its refusals are pages too, and a page knows its reader's language by a cookie.
  await server.register(cookie);
  await server.register(etag, { weak: true });
  guardRequests(server, deps.allowedHosts ?? [], deps.signInWays?.isSecure === true);
  guardAccess(server, deps, deps.signInWays);
  if (deps.signInWays !== undefined) await limitRates(server, deps.requestsPerMinute ?? REQUESTS_PER_MINUTE);
  await server.register(formbody);
  // Of what is worth it, and not of event streams, which are written past it; form tokens are masked (BREACH).
  await server.register(compress, { encodings: ['gzip'], globalDecompression: false });

  await describeApi(server);

  const tokens = new FormTokens(deps.acknowledgement?.key);
  const narrowed = new Set<string>();
  server.addHook('onRoute', ({ url, config }) => {
    if (config?.scoped === true) narrowed.add(url);
  });
  const hasPage = (url: string, isScoped: boolean) =>
    server.hasRoute({ method: 'GET', url }) && (!isScoped || narrowed.has(url));
  const pages = new Pages(deps, await serveAssets(server), tokens, hasPage);
  answerErrors(server, pages, deps.log);

  const registry = searchRegistry(deps);
  const valuesOf = searchNames(registry);
  const filterOf: RouteContext['filterOf'] = ({ access }, query, fallback) => ({
    ...toFilter(query, deps.now(), fallback, valuesOf),
    ...given({ within: access.scope }),
  });
  const provenances = new Provenances(deps);
  const depsOf = (request: FastifyRequest) => depsFor(request, deps);
  const context: RouteContext = {
    server,
    deps,
    pages,
    tokens,
    registry,
    valuesOf,
    filterOf,
    provenances,
    depsOf,
  };
  for (const routes of ROUTES) routes(context);
  if (deps.signInWays !== undefined) signInRoutes(context, deps.signInWays);
  new NewsEvents(deps).serve(server);
  return server;
}

const ROUTES: readonly ((context: RouteContext) => void)[] = [
  todayRoutes,
  welcomeRoutes,
  articleRoutes,
  storyRoutes,
  trendRoutes,
  incidentRoutes,
  statementRoutes,
  acknowledgeRoutes,
  briefRoutes,
  briefApiRoutes,
  reportRoutes,
  campaignRoutes,
  policyRoutes,
  correctionRoutes,
  outletRoutes,
  ledgerRoutes,
  searchRoutes,
  sessionRoutes,
  apiReferenceRoutes,
  articleApiRoutes,
  countApiRoutes,
  comparisonApiRoutes,
  storyApiRoutes,
  pipelineApiRoutes,
  correctionApiRoutes,
  incidentApiRoutes,
  forecastApiRoutes,
  revisionRoutes,
  reportApiRoutes,
];
