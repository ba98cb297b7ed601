/** The demo: the shipped newsroom, the real pipeline, and an honest account of what it made of the script. */
import { join } from 'node:path';

import type { Logger } from 'pino';

import { type App, beginAnew } from './app.ts';
import type { Config } from './config.ts';
import { entryId } from './domain/entry.ts';
import type { Incident } from './domain/incident.ts';
import type { LedgerBalance } from './domain/ledger.ts';
import type { Outlet, Tier } from './domain/outlet.ts';
import { DAY_MS } from './domain/time.ts';
import { importArchive } from './import-archive.ts';
import { JobTimes } from './job-times.ts';
import { type Newsroom, startNewsroom } from './newsroom/newsroom.ts';
import type { ArticleKind, PublishedArticle } from './newsroom/published-article.ts';
import { demoScenario } from './newsroom/scenario.ts';
import { CAMPAIGN_NAME } from './newsroom/texts/campaign.ts';
import { noticeDelays } from './notice-delays.ts';
import type { Settings } from './settings.ts';

const ARCHIVE_WEEKS = 8;

/** The same seed gives the same newsroom every time. */
const SEED = 2702;

/** Tiers whose readers are everywhere. */
const FIRST_TIERS: ReadonlySet<Tier> = new Set(['central', 'ministry', 'national']);

/** The demo judges every series this often, so that an incident need not wait for the next article. */
const DETECT_EVERY_MS = 5000;

const LOOK_EVERY_MS = 1000;

/** The script takes about seventy seconds; a machine that needs longer than this to follow it has failed. */
const PATIENCE_MS = 240_000;

/** Nothing pending and nothing new for this long: the pipeline has caught up. */
const QUIET_MS = 6000;

/** What the demo came to. */
export interface DemoSummary {
  readonly balance: LedgerBalance;
  readonly archived: number;
  readonly published: Readonly<Record<ArticleKind, number>>;
  /** Published articles that are searchable, by kind. */
  readonly searchable: Readonly<Record<ArticleKind, number>>;
  readonly incidents: readonly { readonly incident: Incident; readonly kinds: readonly ArticleKind[] }[];
  readonly durationsMs: { readonly import: number; readonly crawl: number; readonly firstIncident?: number };
  /** From a feed's listing an article to its being searchable, one per article, ascending; to the nearest look. */
  readonly delaysMs: readonly number[];
  /** The same of outlets that readers everywhere see. */
  readonly firstTierDelaysMs: readonly number[];
  /** From the deciding article's being searchable to the message's being handed to its channel, ascending. */
  readonly noticeDelaysMs: readonly number[];
  /** Whether the account adds up, exactly the crisis raised an incident, and nothing else did. */
  readonly faults: readonly string[];
}

export interface DemoProgress {
  readonly elapsedMs: number;
  readonly published: number;
  readonly searchable: number;
  readonly pending: number;
  readonly incidents: readonly Incident[];
}

/** A running demo. */
export interface Demo {
  readonly app: App;
  readonly consoleUrl: string;
  /** Resolves when the script is over and the pipeline has caught up, or patience has run out. */
  finish(onProgress: (progress: DemoProgress) => void): Promise<DemoSummary>;
  close(): Promise<void>;
}

/** Starts newsroom, archive import, console and pipeline, on stores of the demo's own that are emptied first. */
export async function startDemo(
  config: Config,
  settings: Settings,
  log: Logger,
  say: (line: string) => void,
): Promise<Demo> {
  const demoConfig: Config = {
    ...config,
    // Under names of its own: what the program has stored must not be touched.
    dataDir: join(config.dataDir, 'demo'),
    redisPrefix: `${config.redisPrefix}-demo`,
    elasticsearchPrefix: `${config.elasticsearchPrefix}-demo`,
    allowPrivateHosts: ['127.0.0.1'],
    detectEveryMs: DETECT_EVERY_MS,
  };
  const times = new JobTimes();
  const newsroom = await startNewsroom({
    seed: SEED,
    now: () => new Date(),
    scenario: demoScenario(),
    waitsForBegin: true,
  });
  const app = await beginAnew(demoConfig, demoSettings(settings, newsroom.outlets), log, {
    // Its crisis is nobody's business but the console's.
    logOnly: true,
    jobDone: times.note,
  });
  try {
    const startedAt = performance.now();
    await importArchive(newsroom.archive(ARCHIVE_WEEKS), app.deps, log, (lines) => {
      if (lines % 1000 === 0) say(`… ${lines} bài lưu trữ / archived articles`);
    });
    const importMs = performance.now() - startedAt;
    const archived = await app.deps.articles.count({});
    const consoleUrl = await app.startConsole();
    newsroom.begin();
    await app.startPipeline();
    return {
      app,
      consoleUrl,
      finish: (onProgress) => follow(app, newsroom, { archived, importMs, times }, onProgress),
      async close() {
        await app.close();
        await newsroom.close();
      },
    };
  } catch (error) {
    await app.close();
    await newsroom.close();
    throw error;
  }
}

/** The newsroom's outlets in place of the real ones, and its campaign on the register, as an office would have it. */
function demoSettings(settings: Settings, outlets: readonly Outlet[]): Settings {
  const now = Date.now();
  const campaign = {
    id: 'demo-campaign',
    name: CAMPAIGN_NAME,
    from: new Date(now - DAY_MS).toISOString(),
    to: new Date(now + 7 * DAY_MS).toISOString(),
    topics: [],
    facilities: [],
    terms: [CAMPAIGN_NAME],
    hashtags: [],
    themes: [],
    messages: [],
    measured: [],
    controls: [],
    baselineDays: 28,
    afterDays: 28,
  };
  return { ...settings, outlets, campaigns: [...settings.campaigns, campaign] };
}

async function follow(
  app: App,
  newsroom: Newsroom,
  archive: { archived: number; importMs: number; times: JobTimes },
  onProgress: (progress: DemoProgress) => void,
): Promise<DemoSummary> {
  const startedAt = performance.now();
  let lastChangeAt = startedAt;
  let lastSeen = '';
  let firstIncident: number | undefined;
  const delaysMs = new Map<string, number>();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const now = performance.now();
    const progress = await look(app, newsroom, archive.archived, now - startedAt);
    onProgress(progress);
    await noteSearchable(app, newsroom, delaysMs);
    if (progress.incidents.length > 0) firstIncident ??= now - startedAt;
    const seen = `${progress.published} ${progress.searchable} ${progress.pending}`;
    if (seen !== lastSeen || progress.pending > 0) lastChangeAt = now;
    lastSeen = seen;
    const isQuiet = now - startedAt > newsroom.durationMs && now - lastChangeAt > QUIET_MS;
    if (!isQuiet && now - startedAt < PATIENCE_MS) continue;
    const durationsMs = {
      import: archive.importMs,
      crawl: now - startedAt,
      ...(firstIncident === undefined ? {} : { firstIncident }),
    };
    return summarize(app, newsroom, archive, durationsMs, delaysMs);
  }
}

/** Notes when each published article was first seen to be searchable. */
async function noteSearchable(app: App, newsroom: Newsroom, delaysMs: Map<string, number>): Promise<void> {
  // A backlog waits for its outlet's next chance, which says nothing of us.
  const live = newsroom.published().filter(({ kind }) => kind !== 'outage');
  const listedAt = new Map(live.map(({ url, at }) => [entryId(url), Date.parse(at)]));
  const awaited = [...listedAt.keys()].filter((id) => !delaysMs.has(id));
  for (const { id } of await app.deps.articles.findMany(awaited)) {
    delaysMs.set(id, Date.now() - (listedAt.get(id) ?? Date.now()));
  }
}

async function look(
  app: App,
  newsroom: Newsroom,
  archived: number,
  elapsedMs: number,
): Promise<DemoProgress> {
  const rows = await app.deps.entries.ledger();
  const pending = rows
    .filter(({ outcome }) => outcome === 'pending')
    .reduce((total, { count }) => total + count, 0);
  return {
    elapsedMs,
    published: newsroom.published().length,
    searchable: (await app.deps.articles.count({})) - archived,
    pending,
    incidents: await app.deps.incidents.list(),
  };
}

async function summarize(
  app: App,
  newsroom: Newsroom,
  { archived, times }: { archived: number; times: JobTimes },
  durationsMs: DemoSummary['durationsMs'],
  delaysMs: ReadonlyMap<string, number>,
): Promise<DemoSummary> {
  const published = newsroom.published();
  const kindOf = new Map(published.map(({ url, kind }) => [entryId(url), kind]));
  const live = await app.deps.articles.search({}, { offset: 0, limit: published.length * 2 });
  const searchable = live.articles.filter(({ imported }) => !imported);
  const incidents = await Promise.all(
    (await app.deps.incidents.list()).map(async (incident) => ({
      incident,
      kinds: await kindsBehind(app, incident, kindOf),
    })),
  );
  const balance = await app.ledgerBalance();
  const tierOf = new Map(newsroom.outlets.map(({ id, tier }) => [id, tier]));
  const firstDelays = published
    .filter(({ outletId }) => FIRST_TIERS.has(tierOf.get(outletId) ?? 'aggregator'))
    .flatMap(({ url }) => delaysMs.get(entryId(url)) ?? []);
  const notices = await noticeDelays(app.deps, times);
  return {
    balance,
    archived,
    published: countKinds(published.map(({ kind }) => kind)),
    searchable: countKinds(searchable.flatMap(({ id }) => kindOf.get(id) ?? [])),
    incidents,
    durationsMs,
    delaysMs: [...delaysMs.values()].sort((a, b) => a - b),
    firstTierDelaysMs: firstDelays.sort((a, b) => a - b),
    noticeDelaysMs: notices.flatMap(({ delayMs }) => delayMs ?? []).sort((a, b) => a - b),
    faults: [...balance.faults, ...faultsOf(incidents, published)],
  };
}

/** What the articles that decided an incident really were. */
async function kindsBehind(
  app: App,
  incident: Incident,
  kindOf: ReadonlyMap<string, ArticleKind>,
): Promise<ArticleKind[]> {
  const articles = await app.deps.articles.findMany(incident.latestAlert.articleIds);
  return [...new Set(articles.flatMap(({ id }) => kindOf.get(id) ?? []))];
}

function faultsOf(incidents: DemoSummary['incidents'], published: readonly PublishedArticle[]): string[] {
  const faults: string[] = [];
  const ofCrisis = incidents.filter(({ kinds }) => kinds.includes('crisis'));
  if (published.some(({ kind }) => kind === 'crisis') && ofCrisis.length !== 1) {
    faults.push(`the crisis raised ${ofCrisis.length} incidents instead of one`);
  }
  for (const { incident, kinds } of incidents) {
    if (!kinds.includes('crisis'))
      faults.push(`${incident.title}: raised by ${kinds.join(', ') || 'old articles'}`);
  }
  return faults;
}

function countKinds(kinds: readonly ArticleKind[]): Record<ArticleKind, number> {
  const counts = { crisis: 0, campaign: 0, wire: 0, outage: 0, ordinary: 0, 'not-health': 0 };
  for (const kind of kinds) counts[kind] += 1;
  return counts;
}
