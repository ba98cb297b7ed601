/** Composition root: puts the program together on what its profile gives it. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

import { findOrphans } from '../workers/keep-house.ts';
import { performStage } from '../workers/perform-stage.ts';
import { type AnyStage, stages } from '../workers/pipeline.ts';
import type { Deps } from '../workers/stage.ts';
import { Queues } from './adapters/bullmq/queues.ts';
import { type Runnable, startWorker } from './adapters/bullmq/start-worker.ts';
import { createPageFetcher } from './adapters/http/fetch-page.ts';
import { EmailChannel } from './adapters/notify/email-channel.ts';
import { LogChannel } from './adapters/notify/log-channel.ts';
import { WebhookChannel } from './adapters/notify/webhook-channel.ts';
import type { Config } from './config.ts';
import { createConsole } from './console/server.ts';
import { type QueueName, settle } from './domain/entry.ts';
import { balance, type LedgerBalance } from './domain/ledger.ts';
import { DAY_MS } from './domain/time.ts';
import { RetryLaterError } from './errors.ts';
import type { Backing } from './profiles/backing.ts';
import { openEmbedded } from './profiles/embedded.ts';
import { openProduction } from './profiles/production.ts';
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
  /** Starts schedules and the workers of the stages named, of all where none is. */
  startPipeline(only?: ReadonlySet<QueueName>): Promise<void>;
  /** Starts the console. @returns the address it listens on */
  startConsole(): Promise<string>;
  ledgerBalance(): Promise<LedgerBalance>;
  /** Puts quarantined jobs back to work, all of a stage or one. @returns how many */
  replay(stage?: string, key?: string): Promise<number>;
  /** Finishes or releases the jobs in hand, then closes everything, last things last. */
  close(): Promise<void>;
}

/**
 * Opens the program on what its profile names: a data folder, or Redis and Elasticsearch.
 *
 * @param settings  what the configuration files say
 * @throws {DataFolderBusyError} if another process owns the folder
 * @throws {ConfigError} if a server cannot be used as it is set up
 */
export async function openApp(config: Config, settings: Settings, log: Logger): Promise<App> {
  const backing = await openBacking(config, settings, log);
  try {
    return assemble(backing, config, settings, log);
  } catch (error) {
    await backing.close();
    throw error;
  }
}

function openBacking(config: Config, settings: Settings, log: Logger): Promise<Backing> {
  return config.profile === 'production' ? openProduction(config, log) : openEmbedded(config);
}

function assemble(backing: Backing, config: Config, settings: Settings, log: Logger): App {
  const queues = new Queues(stages, backing.queues);
  const fetcher = createPageFetcher(config);
  const deps = createDeps(backing, queues, fetcher.fetchPage, config, settings, log);

  const shutdown = new AbortController();
  const lines: { close(): Promise<void> }[] = [];
  let server: FastifyInstance | undefined;

  const ledgerBalance = () => settledBalance(deps);
  const replay = (stage?: string, key?: string) => replayJobs(queues, deps, stage, key);
  return {
    deps,
    queues,
    ledgerBalance,
    replay,
    async startPipeline(only) {
      await scheduleAll(queues, deps, config);
      const start = (stage: AnyStage) =>
        startWorker(bind(stage, deps, queues, shutdown.signal), backing.queues, log);
      for (const stage of stages) {
        if (only?.has(stage.name) === false) continue;
        lines.push(stage.isSingle ? await lead(stage, backing, start) : start(stage));
      }
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
      backing.announce(url);
      return url;
    },
    async close() {
      await server?.close();
      const cut = setTimeout(() => shutdown.abort(), SHUTDOWN_MS);
      await Promise.all(lines.map((line) => line.close()));
      clearTimeout(cut);
      await queues.close();
      await fetcher.close();
      await backing.close();
    },
  };
}

/** Runs a stage here while no other process does. */
function lead(stage: AnyStage, backing: Backing, start: (stage: AnyStage) => { close(): Promise<void> }) {
  let worker: { close(): Promise<void> } | undefined;
  return backing.lead(stage.name, {
    begin() {
      worker = start(stage);
    },
    async end() {
      await worker?.close();
      worker = undefined;
    },
  });
}

function createDeps(
  { stores, tidy }: Backing,
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
    tidy,
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

/** Gives a stage all it needs, and a way out when the program stops: jobs cut short are released, not failed. */
function bind(stage: AnyStage, deps: Deps, queues: Queues, shutdown: AbortSignal): Runnable {
  const perform = performStage(stage, deps, (jobs) => queues.add(jobs));
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
