import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import { OUTCOMES, type QueueName } from '../domain/entry.ts';
import type { LedgerRow } from '../domain/ledger.ts';
import type { DeliveryResult, JobEnding, Observation } from '../domain/observation.ts';
import { TIERS } from '../domain/outlet.ts';
import { PIPELINE_FAULTS, type PipelineFault, type PipelineReadings } from '../domain/pipeline-health.ts';
import type { QueueReading } from '../domain/queue-reading.ts';
import { DAY_MS } from '../domain/time.ts';
import { BoundedReading, type Bounds } from './bounded-reading.ts';
import type { ReadinessReport } from './readiness.ts';

/** Where the figures come from that are looked up at each scrape. */
export interface MetricsSources {
  readonly version: string;
  readonly profile: string;
  /** The queues whose jobs are worked on in this process. */
  readonly stages: readonly QueueName[];
  /** Names of the channels that are configured. */
  readonly channels?: readonly string[];
  readonly queueReadings?: () => Promise<readonly QueueReading[]>;
  /** Rows of the ledger from an hour on, ISO 8601, UTC. */
  readonly ledgerRows?: (from: string) => Promise<readonly LedgerRow[]>;
  readonly now?: () => Date;
}

const QUEUE_BOUNDS: Bounds = { keepMs: 1000, boundMs: 2000 };

/** The ledger is counted in the store: often enough for a graph, too seldom to be load. */
const LEDGER_BOUNDS: Bounds = { keepMs: 60_000, boundMs: 2000 };

/** A new host is a new time series for ever: the first so many have one each, all later ones share `other`. */
const MAX_HOSTS = 200;
const OTHER_HOSTS = 'other';

const QUEUE_STATES = ['waiting', 'active', 'delayed', 'failed'] as const;
const JOB_ENDINGS: readonly JobEnding[] = ['done', 'skipped', 'waiting', 'retrying', 'failed'];
const DELIVERY_RESULTS: readonly DeliveryResult[] = ['delivered', 'retrying', 'failed'];

/** Seconds. From a pure function's few milliseconds to a crawl that its server drags out. */
const JOB_BUCKETS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300];

/** Seconds, 1 s to 6 h, with the marks to be compared with: 5 minutes (ours), 10 and 15 (the best published). */
const PUBLICATION_BUCKETS = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600];

/**
 * Everything that this process measures, in a registry of its own.
 *
 * Counting never throws and never waits. What is looked up (queues, ledger) is looked up at a scrape, under bounds;
 * what does not answer is left out of that scrape and counted, never shown as it once was.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #jobs = this.#counter('nhip_yte_jobs_total', 'Job runs that ended, by stage and how', [
    'stage',
    'outcome',
  ]);
  readonly #jobSeconds = this.#histogram(
    'nhip_yte_job_duration_seconds',
    'How long a job run took, its waits for pages included',
    ['stage'],
    JOB_BUCKETS,
  );
  readonly #queueJobs = this.#gauge(
    'nhip_yte_queue_jobs',
    'Jobs in a queue by state, the same from every process; failed is the quarantine',
    ['stage', 'state'],
  );
  readonly #queueAge = this.#gauge(
    'nhip_yte_queue_oldest_waiting_seconds',
    'How long the first job in line has waited for a worker, 0 where none waits',
    ['stage'],
  );
  readonly #searchable = this.#counter(
    'nhip_yte_searchable_total',
    'Articles that became searchable, archives apart',
    ['tier'],
  );
  readonly #publicationSeconds = this.#histogram(
    'nhip_yte_publication_to_searchable_seconds',
    'From the time of publication that an article prints until it is searchable; only where it prints one and is new',
    ['tier'],
    PUBLICATION_BUCKETS,
  );
  readonly #hostWaits = this.#counter(
    'nhip_yte_host_wait_seconds_total',
    'Waits imposed by the pace of a host',
    ['host'],
  );
  readonly #deliveries = this.#counter(
    'nhip_yte_deliveries_total',
    'Tries to deliver a notification: delivered, retrying (failed, tried again), failed (given up)',
    ['channel', 'result'],
  );
  readonly #ledgerEntries = this.#gauge(
    'nhip_yte_ledger_entries',
    'Entries first seen in the last 24 hours by what became of them, at most a minute old',
    ['outcome'],
  );
  readonly #leader = this.#gauge(
    'nhip_yte_leader',
    'Whether this process is the one that works on a stage which only one may work on',
    ['stage'],
  );
  readonly #pipelineFaults = this.#gauge(
    'nhip_yte_pipeline_fault',
    'Whether the watchdog finds this fault of the pipeline as a whole, the same from every process',
    ['fault'],
  );
  readonly #newestAge = this.#gauge(
    'nhip_yte_newest_age_seconds',
    'How long ago a feed was last polled well, an entry found, an article seen and the detector told of one',
    ['what'],
  );
  readonly #heartbeats = this.#counter('nhip_yte_heartbeats_total', 'Heartbeats by whether they were taken', [
    'result',
  ]);
  readonly #ready = this.#gauge('nhip_yte_ready', 'Whether /readyz answers 200', []);
  readonly #checks = this.#gauge('nhip_yte_check_ok', 'Whether one check of /readyz is ok', ['check']);
  readonly #collectFailures = this.#counter(
    'nhip_yte_collect_failures_total',
    'Scrapes that had to leave something out because its source did not answer in time',
    ['source'],
  );

  readonly #hosts = new Set<string>();
  readonly #queueReadings: BoundedReading<readonly QueueReading[]> | undefined;
  readonly #ledgerRows: BoundedReading<readonly LedgerRow[]> | undefined;

  constructor({ version, profile, stages, channels = [], queueReadings, ledgerRows, now }: MetricsSources) {
    const clock = now ?? (() => new Date());
    if (queueReadings !== undefined) this.#queueReadings = new BoundedReading(queueReadings, QUEUE_BOUNDS);
    if (ledgerRows !== undefined) {
      const lastDay = () => ledgerRows(new Date(clock().getTime() - DAY_MS).toISOString());
      this.#ledgerRows = new BoundedReading(lastDay, LEDGER_BOUNDS);
    }
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge('nhip_yte_info', 'What runs here', ['version', 'profile']).set({ version, profile }, 1);
    this.#beginAtZero(stages, channels);
  }

  /** For the `Content-Type` of what `render` gives. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** What the stages tell of; hand it to them as `deps.observe`. */
  readonly observe = (observation: Observation): void => {
    switch (observation.kind) {
      case 'searchable':
        this.#observeSearchable(observation);
        break;
      case 'delivered':
        this.#deliveries.inc({ channel: observation.channel, result: observation.result });
        break;
      case 'host-wait':
        this.#hostWaits.inc({ host: this.#hostLabel(observation.host) }, seconds(observation.waitMs));
        break;
    }
  };

  /** Counts one job run. @param ms how long it took, where that is known */
  jobEnded(stage: QueueName, outcome: JobEnding, ms?: number): void {
    this.#jobs.inc({ stage, outcome });
    if (ms !== undefined) this.#jobSeconds.observe({ stage }, seconds(ms));
  }

  /** Notes whether this process holds the lease of a stage that one process works on at a time. */
  leads(stage: QueueName, isLeader: boolean): void {
    this.#leader.set({ stage }, isLeader ? 1 : 0);
  }

  /** Notes what a look of the watchdog found. */
  readonly watched = ({ now, stored }: PipelineReadings, faults: readonly PipelineFault[]): void => {
    const found = new Set(faults.map(({ kind }) => kind));
    for (const fault of PIPELINE_FAULTS) this.#pipelineFaults.set({ fault }, found.has(fault) ? 1 : 0);
    this.#newestAge.reset();
    if (stored === undefined) return;
    const newest = {
      poll: stored.feedStates.map(({ succeededAt }) => succeededAt),
      entry: stored.feedStates.map(({ newsAt }) => newsAt),
      article: [stored.newestArticleAt],
      judgement: [stored.newestJudgementAt],
    };
    for (const [what, times] of Object.entries(newest)) {
      const at = Math.max(...times.flatMap((time) => (time === undefined ? [] : Date.parse(time))));
      if (Number.isFinite(at)) this.#newestAge.set({ what }, seconds(now.getTime() - at));
    }
  };

  readonly heartbeat = (wasTaken: boolean): void => {
    this.#heartbeats.inc({ result: wasTaken ? 'taken' : 'failed' });
  };

  /** The registry as Prometheus text. What cannot be looked up is left out. */
  async render(readiness?: Promise<ReadinessReport>): Promise<string> {
    const [report] = await Promise.all([readiness, this.#lookUpQueues(), this.#lookUpLedger()]);
    if (report !== undefined) {
      this.#ready.set(report.ready ? 1 : 0);
      for (const { name, ok } of report.checks) this.#checks.set({ check: name }, ok ? 1 : 0);
    }
    return this.#registry.metrics();
  }

  #observeSearchable({ tier, lagMs }: Extract<Observation, { kind: 'searchable' }>): void {
    this.#searchable.inc({ tier });
    if (lagMs !== undefined) this.#publicationSeconds.observe({ tier }, seconds(lagMs));
  }

  #hostLabel(host: string): string {
    if (this.#hosts.has(host)) return host;
    if (this.#hosts.size >= MAX_HOSTS) return OTHER_HOSTS;
    this.#hosts.add(host);
    return host;
  }

  async #lookUpQueues(): Promise<void> {
    const readings = await this.#lookUp('queues', this.#queueReadings);
    this.#queueJobs.reset();
    this.#queueAge.reset();
    for (const reading of readings ?? []) {
      const { stage, oldestWaitingMs } = reading;
      for (const state of QUEUE_STATES) this.#queueJobs.set({ stage, state }, reading[state]);
      this.#queueAge.set({ stage }, seconds(oldestWaitingMs));
    }
  }

  async #lookUpLedger(): Promise<void> {
    const rows = await this.#lookUp('ledger', this.#ledgerRows);
    this.#ledgerEntries.reset();
    if (rows === undefined) return;
    for (const outcome of OUTCOMES) this.#ledgerEntries.set({ outcome }, 0);
    for (const { outcome, count } of rows) this.#ledgerEntries.inc({ outcome }, count);
  }

  async #lookUp<T>(source: string, reading: BoundedReading<T> | undefined): Promise<T | undefined> {
    try {
      return await reading?.read();
    } catch {
      this.#collectFailures.inc({ source });
      return undefined;
    }
  }

  /** A rate can be told from the second sample on: what does not begin at nothing hides its first event. */
  #beginAtZero(stages: readonly QueueName[], channels: readonly string[]): void {
    for (const stage of stages) {
      this.#jobSeconds.zero({ stage });
      for (const outcome of JOB_ENDINGS) this.#jobs.inc({ stage, outcome }, 0);
    }
    for (const tier of TIERS) {
      this.#searchable.inc({ tier }, 0);
      this.#publicationSeconds.zero({ tier });
    }
    for (const channel of channels) {
      for (const result of DELIVERY_RESULTS) this.#deliveries.inc({ channel, result }, 0);
    }
    for (const result of ['taken', 'failed']) this.#heartbeats.inc({ result }, 0);
    for (const source of ['queues', 'ledger']) this.#collectFailures.inc({ source }, 0);
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]) {
    return new Counter<Label>({ name, help, labelNames, registers: [this.#registry] });
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]) {
    return new Gauge<Label>({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[],
  ) {
    return new Histogram<Label>({ name, help, labelNames, buckets, registers: [this.#registry] });
  }
}

function seconds(ms: number): number {
  return Math.max(0, ms) / 1000;
}
