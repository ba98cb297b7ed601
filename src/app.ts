/** Composition root of the embedded profile: the one file that sees every layer. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

import { findOrphans } from '../workers/keep-house.ts';
import { performStage } from '../workers/perform-stage.ts';
import { type AnyStage, stages } from '../workers/pipeline.ts';
import type { Deps, Job } from '../workers/stage.ts';
import { pgliteBackend, type QueueBackend } from './adapters/bullmq/backend.ts';
import { Queues } from './adapters/bullmq/queues.ts';
import { type Runnable, startWorker } from './adapters/bullmq/start-worker.ts';
import { createPageFetcher } from './adapters/http/fetch-page.ts';
import { EmailChannel } from './adapters/notify/email-channel.ts';
import { LogChannel } from './adapters/notify/log-channel.ts';
import { WebhookChannel } from './adapters/notify/webhook-channel.ts';
import { type Database, openDatabase } from './adapters/pglite/database.ts';
import { openStores } from './adapters/pglite/stores.ts';
import type { Config } from './config.ts';
import { createConsole } from './console/server.ts';
import { type QueueName, settle } from './domain/entry.ts';
import { balance, type LedgerBalance } from './domain/ledger.ts';
import { DAY_MS } from './domain/time.ts';
import { RetryLaterError } from './errors.ts';
import type { Settings } from './settings.ts';

export { DataFolderBusyError } from './adapters/pglite/database.ts';

/** How long jobs in hand may take to end when the program is told to stop; then they are cut short and released. */
const SHUTDOWN_MS = 10_000;

const RECOVER_EVERY_MS = 60_000;
const RETAIN_EVERY_MS = DAY_MS;

/** A ledger that does not add up is looked at again this often: a job between two writes is no fault. */
const LEDGER_LOOKS = 5;
const LEDGER_PAUSE_MS = 300;

/** The program, opened: stores and queues are there, nothing runs yet. */
export interface App {
  readonly deps: Deps;
  readonly queues: Queues;
  /** Starts workers and schedules. */
  startPipeline(): Promise<void>;
  /** Starts the console. @returns the address it listens on */
  startConsole(): Promise<string>;
  ledgerBalance(): Promise<LedgerBalance>;
  /** Puts quarantined jobs back to work, all of a stage or one. @returns how many */
  replay(stage?: string, key?: string): Promise<number>;
  /** Finishes or releases the jobs in hand, then closes everything, last things last. */
  close(): Promise<void>;
}

/**
 * Opens the program on its data folder.
 *
 * @param settings  what the configuration files say
 * @throws {DataFolderBusyError} if another process owns the folder
 */
export async function openApp(config: Config, settings: Settings, log: Logger): Promise<App> {
  const database = await openDatabase(config.dataDir);
  try {
    return await assemble(database, config, settings, log);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function assemble(database: Database, config: Config, settings: Settings, log: Logger): Promise<App> {
  const stores = await openStores(database.db);
  const backend = await pgliteBackend(database.db);
  const queues = new Queues(stages, backend);
  const fetcher = createPageFetcher(config);
  const deps = createDeps(stores, queues, fetcher.fetchPage, config, settings, log);

  const shutdown = new AbortController();
  const workers: ReturnType<typeof startWorker>[] = [];
  let server: FastifyInstance | undefined;

  const ledgerBalance = () => settledBalance(deps);
  const replay = (stage?: string, key?: string) => replayJobs(queues, deps, stage, key);
  return {
    deps,
    queues,
    ledgerBalance,
    replay,
    async startPipeline() {
      await scheduleAll(queues, deps, config);
      workers.push(...startWorkers(deps, queues, backend, shutdown.signal, log));
    },
    async startConsole() {
      const console = await createConsole({
        ...deps,
        ledgerBalance,
        quarantine: { list: () => queues.quarantined(), replay },
        log,
        languageDefault: config.languageDefault,
        allowedHosts: [new URL(config.consoleUrl).hostname, config.consoleHost],
      });
      server = console;
      const url = await console.listen({ host: config.consoleHost, port: config.consolePort });
      database.announce(url);
      return url;
    },
    async close() {
      await server?.close();
      const cut = setTimeout(() => shutdown.abort(), SHUTDOWN_MS);
      await Promise.all(workers.map((worker) => worker.close()));
      clearTimeout(cut);
      await queues.close();
      await fetcher.close();
      await database.close();
    },
  };
}

function createDeps(
  stores: Awaited<ReturnType<typeof openStores>>,
  queues: Queues,
  fetchPage: Deps['fetchPage'],
  config: Config,
  settings: Settings,
  log: Logger,
): Deps {
  const { outlets, language, alertRules, campaigns, onCall } = settings;
  return {
    now: () => new Date(),
    outlets: new Map(outlets.map((outlet) => [outlet.id, outlet])),
    feeds: new Map(outlets.flatMap(({ feeds }) => feeds).map((feed) => [feed.id, feed])),
    language,
    alertRules,
    campaigns,
    onCall,
    ...stores,
    channels: openChannels(config, log),
    heldJobs: (jobs) => queues.held(jobs),
    observe: () => {},
    retention: { pageDays: config.pageRetentionDays, articleMonths: config.articleRetentionMonths },
    consoleUrl: config.consoleUrl,
    fetchPage,
  };
}

function openChannels(config: Config, log: Logger): Deps['channels'] {
  const { smtpUrl, mailFrom, mailTo, webhookUrl, webhookSecret } = config;
  return [
    new LogChannel(log),
    ...(smtpUrl === undefined || mailFrom === undefined
      ? []
      : [new EmailChannel({ smtpUrl, from: mailFrom, to: mailTo })]),
    ...(webhookUrl === undefined || webhookSecret === undefined
      ? []
      : [new WebhookChannel({ url: webhookUrl, secret: webhookSecret })]),
  ];
}

function startWorkers(deps: Deps, queues: Queues, backend: QueueBackend, shutdown: AbortSignal, log: Logger) {
  const enqueue = (jobs: readonly Job[]) => queues.add(jobs);
  return stages.map((stage) => startWorker(bind(stage, deps, enqueue, shutdown), backend, log));
}

/** Gives a stage all it needs, and a way out when the program stops: jobs cut short are released, not failed. */
function bind(
  stage: AnyStage,
  deps: Deps,
  enqueue: (jobs: readonly Job[]) => Promise<void>,
  shutdown: AbortSignal,
): Runnable {
  const perform = performStage(stage, deps, enqueue);
  return {
    name: stage.name,
    payload: stage.payload,
    concurrency: stage.concurrency,
    attempts: stage.attempts,
    async perform(payload, { log, signal }) {
      try {
        return await perform(payload, { log, signal: AbortSignal.any([signal, shutdown]) });
      } catch (error) {
        if (shutdown.aborted) throw new RetryLaterError('The program is stopping', 0);
        throw error;
      }
    },
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
  for (const feed of deps.feeds.values()) {
    await schedule(`poll-${feed.id}`, feed.pollEveryMs, { stage: 'discover', payload: { feedId: feed.id } });
  }
  await schedule('detect-all', config.detectEveryMs, { stage: 'detect', payload: {} });
  await schedule('recover', RECOVER_EVERY_MS, { stage: 'housekeeping', payload: { task: 'recover' } });
  await schedule('retain', RETAIN_EVERY_MS, { stage: 'housekeeping', payload: { task: 'retain' } });
  await queues.dropSchedulesExcept(ids);
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
      entry.outcome === 'failed' && job.stage !== 'housekeeping'
        ? settle(entry, { outcome: 'pending', stage: job.stage, at: deps.now().toISOString() })
        : entry,
    );
  }
  return replayed;
}
