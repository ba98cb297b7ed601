/** Composition root: puts the program together on what its profile gives it. */
import { rmSync } from 'node:fs';

import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { actOnIncident } from '../workers/act-on-incident.ts';
import { correctArticle, revokeCorrection } from '../workers/correct-article.ts';
import { forecastOf, forecastOfIncident } from '../workers/forecast-of.ts';
import { gatherCampaign } from '../workers/gather-campaign.ts';
import { gatherPolicy } from '../workers/gather-policy.ts';
import { pushJob } from '../workers/job-keys.ts';
import { findOrphans } from '../workers/keep-house.ts';
import { monthlyReports } from '../workers/monthly-reports.ts';
import { performStage } from '../workers/perform-stage.ts';
import { type AnyStage, stages } from '../workers/pipeline.ts';
import { situationOf } from '../workers/plan-notifications.ts';
import { pollsToStart } from '../workers/poll-jobs.ts';
import { pressBriefs } from '../workers/press-briefs.ts';
import { responseOf } from '../workers/response-of.ts';
import type { Deps } from '../workers/stage.ts';
import { testChannel } from '../workers/test-channel.ts';
import { verifyAlert } from '../workers/verify-alert.ts';
import { keepOperatorToken } from './access/operator-token.ts';
import { newSecret } from './access/secrets.ts';
import { queueBoard } from './adapters/bullmq/board.ts';
import { Queues } from './adapters/bullmq/queues.ts';
import { type Runnable, startWorker } from './adapters/bullmq/start-worker.ts';
import { findChromium } from './adapters/documents/chromium.ts';
import { createPngDrawer } from './adapters/documents/draw-png.ts';
import { createPdfPrinter } from './adapters/documents/print-pdf.ts';
import { readDocument } from './adapters/documents/read-document.ts';
import { writeDocx } from './adapters/documents/write-docx.ts';
import { writeParquet } from './adapters/documents/write-parquet.ts';
import type { Gazetteer } from './adapters/elasticsearch/article-document.ts';
import { createPageFetcher, type PageFetcher } from './adapters/http/fetch-page.ts';
import { createHeartbeat } from './adapters/notify/heartbeat.ts';
import { createMailer, type Mailer } from './adapters/notify/mailer.ts';
import type { Config } from './config.ts';
import type { SignInWays } from './console/access-guard.ts';
import type { Drills } from './console/console-deps.ts';
import { searchReader } from './console/read-search.ts';
import { createConsole } from './console/server.ts';
import { markedAsDrill } from './domain/drill-mark.ts';
import { type QueueName, STAGES, type StageName, settle } from './domain/entry.ts';
import { given } from './domain/given.ts';
import { balance, type LedgerBalance } from './domain/ledger.ts';
import { DAY_MS, HOUR_MS } from './domain/time.ts';
import { RetryLaterError } from './errors.ts';
import type { Language } from './language/language.ts';
import { openLog } from './logger.ts';
import { Metrics } from './operations/metrics.ts';
import { PipelineReader } from './operations/pipeline-reader.ts';
import { createOperationsServer } from './operations/server.ts';
import { Watchdog } from './operations/watchdog.ts';
import type { Channel } from './ports/channel.ts';
import { openAcknowledgementKey } from './profiles/acknowledgement-secret.ts';
import type { Backing } from './profiles/backing.ts';
import { openChannels } from './profiles/channels.ts';
import { drillConfig, removeDrill } from './profiles/drill-data.ts';
import { openEmbedded } from './profiles/embedded.ts';
import { emptyIndices, openProduction } from './profiles/production.ts';
import { openSignInWays } from './profiles/sign-in-ways.ts';
import { type OpenTables, openTables, type StoreName } from './profiles/tables.ts';
import { whoIsTold } from './routing/who-is-told.ts';
import { loadLanguageOf, type Settings } from './settings.ts';
import { VERSION } from './version.ts';
import { createCallbackServer } from './websub/callback-server.ts';

export { DataFolderBusyError } from './adapters/pglite/database.ts';
export { openChannels } from './profiles/channels.ts';
export { STORES, type StoreName } from './profiles/tables.ts';

const ALL_STAGES: ReadonlySet<QueueName> = new Set(stages.map(({ name }) => name));

/** How long jobs in hand may take to end when the program is told to stop; then they are cut short and released. */
const SHUTDOWN_MS = 10_000;

const RECOVER_EVERY_MS = 60_000;
const SUBSCRIPTIONS_EVERY_MS = 60_000;
const REPORT_EVERY_MS = 60_000;
const RETAIN_EVERY_MS = DAY_MS;
/** Each outlet's day is measured once; this is how soon one is begun with. */
const COVERAGE_EVERY_MS = HOUR_MS;

/** So many looks of the watchdog after a start, what was left undone while nothing ran may be caught up. */
const WATCH_GRACE_LOOKS = 5;

/** A ledger that does not add up is looked at again this often: a job between two writes is no fault. */
const LEDGER_LOOKS = 5;
const LEDGER_PAUSE_MS = 300;

/** The program, opened: stores and queues are there, nothing runs yet. */
export interface App {
  readonly deps: Deps;
  readonly queues: Queues;
  /** Starts schedules, and the workers of the stages that run here. */
  startPipeline(): Promise<void>;
  /** Starts the watchdog, which tells of what has stopped. */
  startWatchdog(): Promise<void>;
  /** Starts the console. @returns the address it listens on */
  startConsole(): Promise<string>;
  /** The console, listening nowhere and open to whoever has it: for questions asked in this process. Close it when done. */
  openConsole(): Promise<FastifyInstance>;
  /** Starts what WebSub hubs call. @returns the address it listens on, `undefined` where hubs could not reach it */
  startWebSub(): Promise<string | undefined>;
  /** Starts health, metrics and the queue board. @returns the address they listen on */
  startOperations(): Promise<string>;
  ledgerBalance(): Promise<LedgerBalance>;
  /** Puts quarantined jobs back to work, all of a stage or one. @returns how many */
  replay(stage?: string, key?: string): Promise<number>;
  /** Finishes or releases the jobs in hand, then closes everything, last things last. */
  close(): Promise<void>;
}

/** How a program differs from one that serves an office. */
interface AppOptions {
  /** In place of those that the configuration names. */
  readonly channels?: readonly Channel[];
  /** Whatever the configuration names, nobody is told of anything but the log. */
  readonly logOnly?: boolean;
  /** Its incidents are marked as a drill's. */
  readonly isDrill?: boolean;
  /** Started from the console; absent where no drill can be. */
  readonly drills?: Drills;
  /** Told when a job has done its work; must not throw. */
  readonly jobDone?: (stage: QueueName, payload: unknown, at: Date) => void;
}

/** Names of the channels that the configuration sets up. */
export function channelNames(config: Config): string[] {
  return openChannels(config, openLog({ level: 'silent', destination: 2 })).map(({ name }) => name);
}

/** What fetches pages, alone: for a question that needs no store. It is for the caller to close. */
export function openFetcher(config: Config): PageFetcher {
  return createPageFetcher(config);
}

/**
 * Opens the program on what its profile names: a data folder, or Redis and Elasticsearch.
 *
 * @param settings  what the configuration files say
 * @param runs      the queues whose jobs are worked on in this process; all of them unless told otherwise
 * @throws {DataFolderBusyError} if another process owns the folder
 * @throws {ConfigError} if a server cannot be used as it is set up
 */
export async function openApp(
  config: Config,
  settings: Settings,
  log: Logger,
  runs: ReadonlySet<QueueName> = ALL_STAGES,
  options: AppOptions = {},
): Promise<App> {
  const backing = await openBacking(config, settings, log);
  try {
    return assemble(backing, runs, config, settings, log, options);
  } catch (error) {
    await backing.close();
    throw error;
  }
}

function openBacking(config: Config, { language }: Settings, log: Logger): Promise<Backing> {
  return config.profile === 'production'
    ? openProduction(config, gazetteerOf(language), log)
    : openEmbedded(config);
}

/** Empties what the configuration names, so that a program opened on it begins anew: for demonstrations and benchmarks. */
export async function beginAnew(
  config: Config,
  settings: Settings,
  log: Logger,
  options: AppOptions = {},
): Promise<App> {
  if (config.profile === 'production') await emptyIndices(config);
  else rmSync(config.dataDir, { recursive: true, force: true });
  const app = await openApp(config, settings, log, ALL_STAGES, options);
  await app.queues.clear();
  return app;
}

/** A drill's program, and how to leave nothing of it behind. */
export interface Drill {
  readonly app: App;
  /** Closes the program and removes all that it has stored. */
  remove(): Promise<void>;
}

/**
 * Opens the program on a data set of its own, beside the office's and apart from it. It marks whatever it says, over the
 * office's channels or its log alone.
 *
 * @param office  the office's configuration
 * @param rather  what differs from it, beside where things are stored
 */
export async function openDrill(
  office: Config,
  settings: Settings,
  log: Logger,
  rather: Partial<Config>,
  options: { readonly overLogOnly: boolean; readonly jobDone: NonNullable<AppOptions['jobDone']> },
): Promise<Drill> {
  const config = { ...drillConfig(office, new Date()), ...rather };
  // Opened as the office has them: keys and tokens of channels may lie in its data folder.
  const channels = channelsOf(office, log, options.overLogOnly);
  const remove = () => removeDrill(config, log, new Date());
  try {
    const app = await beginAnew(config, settings, log, {
      channels: channels.map(marked),
      isDrill: true,
      jobDone: options.jobDone,
    });
    return {
      app,
      async remove() {
        await app.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function channelsOf(config: Config, log: Logger, isLogOnly: boolean): readonly Channel[] {
  return openChannels(config, log).filter(({ name }) => !isLogOnly || name === 'log');
}

/** The channel, over which nothing goes unmarked. */
function marked(channel: Channel): Channel {
  return {
    name: channel.name,
    deliver: (message, delivery, signal) => channel.deliver(markedAsDrill(message), delivery, signal),
    close: async () => channel.close?.(),
  };
}

/** Opens one set of stores to read or write it whole, whatever the profile. @throws as `openTables` */
export function openArchive(config: Config, store: StoreName): Promise<OpenTables> {
  return openTables(config, store, gazetteerOf(loadLanguageOf(config.configDir)));
}

/** What dashboards show beside ids. */
function gazetteerOf({ topicNames, names, provincePoints }: Language): Gazetteer {
  return {
    topicNames: new Map([...topicNames].map(([key, { vi }]) => [key, vi])),
    names,
    centroids: provincePoints,
  };
}

function assemble(
  backing: Backing,
  runs: ReadonlySet<QueueName>,
  config: Config,
  settings: Settings,
  log: Logger,
  options: AppOptions,
): App {
  const queues = new Queues(stages, backing.queues);
  const channels = options.channels ?? channelsOf(config, log, options.logOnly === true);
  const metrics: Metrics = new Metrics({
    version: VERSION,
    profile: config.profile,
    stages: [...runs],
    channels: channels.map(({ name }) => name),
    queueReadings: () => queues.readings(),
    ledgerRows: (from) => backing.stores.entries.ledger({ from }),
  });
  const fetcher = createPageFetcher({
    ...config,
    ...(backing.pace === undefined ? {} : { pace: backing.pace }),
    onWait: (host, waitMs) => metrics.observe({ kind: 'host-wait', host, waitMs }),
  });
  const mailer = mailerOf(config, options);
  const deps: Deps = {
    ...createDeps(backing, queues, fetcher, metrics.observe, config, settings, channels),
    sendMail: mailer?.sendMail,
    ...(options.isDrill === true ? { drill: true } : {}),
  };

  const watchdog = createWatchdog(deps, queues, metrics, config, log);
  const shutdown = new AbortController();
  const lines: { close(): Promise<void> }[] = [];
  const servers: FastifyInstance[] = [];
  let isClosing = false;

  const ledgerBalance = () => settledBalance(deps);
  const replay = (stage?: string, key?: string) => replayJobs(queues, deps, stage, key);
  const openConsole = (signInWays?: SignInWays) =>
    createConsole({
      ...deps,
      writeParquet,
      canMail: deps.sendMail !== undefined,
      ledgerBalance,
      quarantine: { list: () => queues.quarantined(), replay },
      correct: (draft) => correctArticle(draft, deps),
      revokeCorrection: (id, by) => revokeCorrection(id, by, deps),
      actOnIncident: async (order) => {
        const done = await actOnIncident(order, deps);
        if (done !== undefined) await queues.add(done.jobs);
        return done?.incident;
      },
      responseOf: (incident) => responseOf(incident, deps),
      campaignReport: (campaign, seen) => gatherCampaign(campaign, { ...deps, ...seen }),
      policyReport: (document, seen) => gatherPolicy(document, { ...deps, ...seen }),
      briefs: pressBriefs(deps),
      monthlyReports: monthlyReports(deps),
      setUp: {
        channels: channels.map(({ name }) => name),
        officers: [...deps.onCall.officers.values()].map(({ name }) => name),
        testChannel: async (name, language) => {
          const channel = channels.find((one) => one.name === name);
          return channel && testChannel(channel, { language, consoleUrl: config.consoleUrl }, deps.now);
        },
        ...given({ drills: options.drills }),
      },
      verifyAlert: (alert) => verifyAlert(alert, deps),
      forecastOf: (series) => forecastOf(series, deps),
      forecastOfIncident: (incident) => forecastOfIncident(incident, deps),
      whoIsTold: async (incident) => whoIsTold(await situationOf(incident, deps)),
      log,
      signInWays,
      acknowledgement: deps.acknowledgementKey && {
        key: deps.acknowledgementKey,
        officers: deps.onCall.officers,
      },
      requestsPerMinute: config.requestsPerMinute,
      languageDefault: config.languageDefault,
      allowedHosts: [new URL(config.consoleUrl).hostname, config.consoleHost],
    });

  return {
    deps,
    queues,
    ledgerBalance,
    replay,
    async startPipeline() {
      await scheduleAll(queues, deps, config);
      const start = (stage: AnyStage) =>
        startWorker(
          bind(stage, deps, queues, metrics, shutdown.signal, options.jobDone),
          backing.queues,
          log,
        );
      for (const stage of stages) {
        if (!runs.has(stage.name)) continue;
        lines.push(stage.isSingle ? await lead(stage, backing, metrics, start) : start(stage));
      }
    },
    async startWatchdog() {
      const leadership = await backing.lead('watchdog', {
        begin: () => watchdog.lead(true),
        end: async () => watchdog.lead(false),
      });
      watchdog.start();
      // Closed with the lines: before the stores that it looks at.
      lines.push({ close: async () => void (await Promise.all([watchdog.close(), leadership.close()])) });
    },
    async startConsole() {
      const operatorToken = config.profile === 'embedded' ? newSecret('nyt_').value : undefined;
      const signInWays = openSignInWays(config, deps.office, deps.now, operatorToken);
      if (operatorToken !== undefined && signInWays !== undefined) {
        keepOperatorToken(config.dataDir, operatorToken);
      }
      const console = await openConsole(openSignInWays(config, deps.office, deps.now, operatorToken));
      servers.push(console);
      const url = await console.listen({ host: config.consoleHost, port: config.consolePort });
      backing.announce(url);
      return url;
    },
    openConsole: () => openConsole(),
    async startWebSub() {
      const { webSubCallbackUrl } = deps;
      if (webSubCallbackUrl === undefined) return undefined;
      const callbacks = createCallbackServer({
        ...deps,
        callbackUrl: webSubCallbackUrl,
        isKnown: (feedId) => deps.feeds.has(feedId),
        pushed: (push) => queues.add([pushJob(push)]),
        log,
      });
      servers.push(callbacks);
      return callbacks.listen({ host: config.webSubHost, port: config.webSubPort });
    },
    async startOperations() {
      const operations = await createOperationsServer({
        version: VERSION,
        runs: [...runs],
        checks: [
          ...backing.checks,
          { name: 'queues', check: async () => void (await queues.depths()) },
          { name: 'pipeline', check: async () => watchdog.refuseIfFaulty(), isAdvisory: true },
          { name: 'running', check: async () => throwWhile(isClosing, 'the program is stopping') },
        ],
        metrics,
        board: queueBoard(queues),
        allowedHosts: [config.operationsHost],
        log,
      });
      // Closed last of all servers, so that probes see the program stop.
      servers.unshift(operations);
      return operations.listen({ host: config.operationsHost, port: config.operationsPort });
    },
    async close() {
      isClosing = true;
      for (const server of servers.splice(1).reverse()) await server.close();
      const cut = setTimeout(() => shutdown.abort(), SHUTDOWN_MS);
      await Promise.all(lines.map((line) => line.close()));
      clearTimeout(cut);
      await servers[0]?.close();
      await queues.close();
      await fetcher.close();
      await Promise.all([...channels.map((channel) => channel.close?.()), mailer?.close()]);
      await backing.close();
    },
  };
}

/** None where nobody may be told of anything: in demonstrations, drills and benchmarks. */
function mailerOf({ smtpUrl, mailFrom: from }: Config, options: AppOptions): Mailer | undefined {
  const isForOffice = options.channels === undefined && options.logOnly !== true && options.isDrill !== true;
  if (!isForOffice || smtpUrl === undefined || from === undefined) return undefined;
  return createMailer({ smtpUrl, from });
}

function throwWhile(isSo: boolean, reason: string): void {
  if (isSo) throw new Error(reason);
}

/** Runs a stage here while no other process does. */
function lead(
  stage: AnyStage,
  backing: Backing,
  metrics: Metrics,
  start: (stage: AnyStage) => { close(): Promise<void> },
) {
  let worker: { close(): Promise<void> } | undefined;
  metrics.leads(stage.name, false);
  return backing.lead(stage.name, {
    begin() {
      worker = start(stage);
      metrics.leads(stage.name, true);
    },
    async end() {
      metrics.leads(stage.name, false);
      await worker?.close();
      worker = undefined;
    },
  });
}

function createWatchdog(deps: Deps, queues: Queues, metrics: Metrics, config: Config, log: Logger): Watchdog {
  const { heartbeatUrl, watchEveryMs: everyMs } = config;
  const reader = new PipelineReader({ ...deps, queueReadings: () => queues.readings() });
  return new Watchdog({
    read: () => reader.read(),
    bounds: config.watchBounds,
    everyMs,
    graceMs: WATCH_GRACE_LOOKS * everyMs,
    store: deps.pipelineWatch,
    channels: deps.channels,
    operators:
      config.operatorChannels.length > 0 ? config.operatorChannels : deps.channels.map(({ name }) => name),
    ...(heartbeatUrl === undefined ? {} : { heartbeat: createHeartbeat(heartbeatUrl) }),
    consoleUrl: config.consoleUrl,
    looked: metrics.watched,
    beat: metrics.heartbeat,
    log,
  });
}

function createDeps(
  { stores, tidy }: Backing,
  queues: Queues,
  { fetchPage, postForm }: Pick<Deps, 'fetchPage' | 'postForm'>,
  observe: Deps['observe'],
  config: Config,
  settings: Settings,
  channels: Deps['channels'],
): Deps {
  const { outlets, language, alertRules, campaigns, policies, holidays, onCall, letterhead } = settings;
  const browser = findChromium(config.chromiumPath);
  const drawPng = browser === undefined ? undefined : createPngDrawer(browser);
  const byId = new Map(outlets.map((outlet) => [outlet.id, outlet]));
  return {
    now: () => new Date(),
    outlets: byId,
    feeds: new Map(outlets.flatMap(({ feeds }) => feeds).map((feed) => [feed.id, feed])),
    language,
    readSearch: searchReader({ language, outlets: byId }, () => new Date()),
    alertRules,
    campaigns,
    policies,
    holidays,
    detector: {},
    onCall,
    ...stores,
    channels,
    heldJobs: (jobs) => queues.held(jobs),
    tidy,
    observe,
    retention: { pageDays: config.pageRetentionDays, articleMonths: config.articleRetentionMonths },
    revisitAfterHours: config.revisitAfterHours,
    consoleUrl: config.consoleUrl,
    acknowledgementKey: openAcknowledgementKey(config),
    fetchPage,
    postForm,
    readDocument,
    letterhead,
    briefAt: config.briefAt,
    writeDocx: (document) => writeDocx(document, drawPng),
    printPdf: browser === undefined ? undefined : createPdfPrinter(browser),
    webSubCallbackUrl: config.webSubCallbackUrl?.replace(/\/+$/, ''),
  };
}

/** Gives a stage all it needs, and a way out when the program stops: jobs cut short are released, not failed. */
function bind(
  stage: AnyStage,
  deps: Deps,
  queues: Queues,
  metrics: Metrics,
  shutdown: AbortSignal,
  jobDone: AppOptions['jobDone'],
): Runnable {
  const perform = performStage(stage, deps, (jobs) => queues.add(jobs));
  return {
    name: stage.name,
    payload: stage.payload,
    concurrency: stage.concurrency,
    attempts: stage.attempts,
    async perform(payload, { log, signal }) {
      try {
        const done = await perform(payload, { log, signal: AbortSignal.any([signal, shutdown]) });
        jobDone?.(stage.name, payload, deps.now());
        return done;
      } catch (error) {
        if (shutdown.aborted) throw new RetryLaterError('The program is stopping', 0);
        throw error;
      }
    },
    ended: (ending, ms) => metrics.jobEnded(stage.name, ending, ms),
    async giveUp(payload, reason) {
      // biome-ignore lint/suspicious/noExplicitAny: the payload was checked against the stage's own schema
      await stage.onGivenUp?.(payload as any, reason, deps);
    },
  };
}

async function scheduleAll(queues: Queues, deps: Deps, config: Config): Promise<void> {
  const ids = new Set<string>();
  const schedule: Queues['schedule'] = async (id, everyMs, job) => {
    ids.add(id);
    await queues.schedule(id, everyMs, job);
  };
  await schedule('detect-all', config.detectEveryMs, { stage: 'detect', payload: {} });
  await schedule('recover', RECOVER_EVERY_MS, { stage: 'housekeeping', payload: { task: 'recover' } });
  await schedule('subscriptions', SUBSCRIPTIONS_EVERY_MS, {
    stage: 'housekeeping',
    payload: { task: 'subscriptions' },
  });
  await schedule('retain', RETAIN_EVERY_MS, { stage: 'housekeeping', payload: { task: 'retain' } });
  await schedule('coverage', COVERAGE_EVERY_MS, { stage: 'housekeeping', payload: { task: 'coverage' } });
  await schedule('report', REPORT_EVERY_MS, { stage: 'report', payload: {} });
  await queues.dropSchedulesExcept(ids);
  await queues.add(await pollsToStart(deps));
}

async function settledBalance(deps: Deps): Promise<LedgerBalance> {
  for (let look = 1; ; look++) {
    const current = balance(await deps.entries.ledger(), {
      foundByPolls: await deps.entries.foundCount(),
      searchable: await deps.articles.count({}),
      pendingWithoutJob: (await findOrphans(deps)).length,
    });
    if (current.faults.length === 0 || look === LEDGER_LOOKS) return current;
    await new Promise((resolve) => setTimeout(resolve, LEDGER_PAUSE_MS));
  }
}

function isStage(name: QueueName): name is StageName {
  return STAGES.some((stage) => stage === name);
}

async function replayJobs(queues: Queues, deps: Deps, stage?: string, key?: string): Promise<number> {
  const jobs = await queues.quarantined(stage as QueueName | undefined);
  let replayed = 0;
  for (const job of jobs) {
    if (key !== undefined && job.key !== key) continue;
    const payload = (await queues.replay(job.stage, job.key)) as { entryId?: string } | undefined;
    if (payload === undefined) continue;
    replayed += 1;
    if (payload.entryId === undefined) continue;
    await deps.entries.update(payload.entryId, (entry) =>
      entry.outcome === 'failed' && isStage(job.stage)
        ? settle(entry, { outcome: 'pending', stage: job.stage, at: deps.now().toISOString() })
        : entry,
    );
  }
  return replayed;
}
