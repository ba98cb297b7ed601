/** The drill: a marked crisis from crawl to phone on a data set of its own, and how long each step of it took. */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

import type { Logger } from 'pino';

import type { App } from './app.ts';
import { openDrill } from './app.ts';
import type { Config } from './config.ts';
import { entryId } from './domain/entry.ts';
import type { Incident } from './domain/incident.ts';
import type { Notification } from './domain/notification.ts';
import { ConfigError } from './errors.ts';
import { importArchive } from './import-archive.ts';
import { JobTimes } from './job-times.ts';
import type { Language } from './language/language.ts';
import { type Newsroom, startNewsroom } from './newsroom/newsroom.ts';
import { type CrisisPlace, drillScenario } from './newsroom/scenario.ts';
import { type NoticeDelay, noticeDelays } from './notice-delays.ts';
import type { Settings } from './settings.ts';

/** What was usual before: enough for the detector to know the hours and days of this newsroom. */
const ARCHIVE_WEEKS = 4;
const SEED = 1507;

const DETECT_EVERY_MS = 5000;
const LOOK_EVERY_MS = 500;

/** After the last text has come out, everything must have happened within so long. */
const PATIENCE_MS = 120_000;

/** From the deciding article's being searchable to the message's being handed to its channel. */
const NOTICE_BOUND_MS = 60_000;
/** From an outlet's listing an article to its being searchable. */
const SEARCHABLE_BOUND_MS = 5 * 60_000;

export interface DrillOptions {
  /** Id of a facility of the registry; without it an invented one. */
  readonly facility?: string;
  readonly channels: 'real' | 'log';
  /** How long an officer may take to acknowledge; 0 waits for nobody. */
  readonly waitMs: number;
  /** Where the drill's own console listens while it waits, and how officers reach it. */
  readonly console?: { readonly port: number; readonly url?: string };
}

/** One step, over all that went through it. */
export interface DrillStep {
  readonly name: string;
  /** How many went through it, of how many. */
  readonly count: number;
  readonly of: number;
  readonly p50Ms: number;
  readonly maxMs: number;
  readonly boundMs?: number;
}

export interface DrillReport {
  readonly steps: readonly DrillStep[];
  readonly incidents: readonly Incident[];
  readonly notifications: readonly Notification[];
  /** Empty when every step happened within its bound. */
  readonly faults: readonly string[];
}

/**
 * Runs the office's own rules, rota and channels through a crisis that a newsroom on loopback tells of. Nothing that the
 * office has stored is read or written, and nothing of the drill is left.
 *
 * @param cut  ends the drill early; what has been stored is removed all the same
 * @throws {ConfigError} if there is no such facility
 */
export async function runDrill(
  config: Config,
  settings: Settings,
  log: Logger,
  options: DrillOptions,
  { say, cut }: { say: (line: string) => void; cut: AbortSignal },
): Promise<DrillReport> {
  const place = placeOf(options.facility, settings.language);
  const newsroom = await startNewsroom({
    seed: SEED,
    now: () => new Date(),
    scenario: drillScenario(place),
    waitsForBegin: true,
  });
  try {
    const times = new JobTimes();
    const rather = await consoleConfig(config, options);
    const drill = await openDrill(
      config,
      { ...settings, outlets: newsroom.outlets },
      log,
      {
        ...rather,
        allowPrivateHosts: ['127.0.0.1'],
        detectEveryMs: DETECT_EVERY_MS,
        revisitAfterHours: [],
        webSubCallbackUrl: undefined,
      },
      { overLogOnly: options.channels === 'log', jobDone: times.note },
    );
    try {
      await importArchive(newsroom.archive(ARCHIVE_WEEKS), drill.app.deps, log);
      if (options.waitMs > 0)
        say(`Bảng theo dõi của diễn tập / the drill's console: ${await drill.app.startConsole()}`);
      newsroom.begin();
      await drill.app.startPipeline();
      return await follow(drill.app, newsroom, times, options.waitMs, { say, cut });
    } finally {
      await drill.remove();
    }
  } finally {
    await newsroom.close();
  }
}

function placeOf(id: string | undefined, { names, facilityProvinces }: Language): CrisisPlace | undefined {
  if (id === undefined) return undefined;
  const facility = names.get(`facility:${id}`);
  const province = names.get(`province:${facilityProvinces.get(id) ?? ''}`);
  if (facility !== undefined && province !== undefined) return { facility, province };
  throw new ConfigError([
    { file: '--facility', expected: `the id of a facility of config/facilities.yaml, not ${id}` },
  ]);
}

/** The links in the messages lead to the drill's own console while it waits for an officer, else to the office's. */
async function consoleConfig(config: Config, { waitMs, console }: DrillOptions): Promise<Partial<Config>> {
  if (waitMs === 0) return {};
  const host = config.consoleHost;
  const consolePort = console?.port || (await freePort(host));
  return { consolePort, consoleUrl: (console?.url ?? `http://${host}:${consolePort}`).replace(/\/+$/, '') };
}

async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Telling {
  readonly say: (line: string) => void;
  readonly cut: AbortSignal;
}

async function follow(
  app: App,
  newsroom: Newsroom,
  times: JobTimes,
  waitMs: number,
  { say, cut }: Telling,
): Promise<DrillReport> {
  const startedAt = Date.now();
  let told = 0;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const seen = await look(app, newsroom, times);
    for (const line of seen.lines.slice(told)) say(line);
    told = Math.max(told, seen.lines.length);
    const elapsedMs = Date.now() - startedAt;
    const isOver =
      elapsedMs > newsroom.durationMs && (seen.isDone || elapsedMs > newsroom.durationMs + PATIENCE_MS);
    const isAcknowledged = waitMs === 0 || seen.incidents.some(({ status }) => status !== 'open');
    const hasWaited = elapsedMs > newsroom.durationMs + waitMs || seen.incidents.length === 0;
    if (cut.aborted || (isOver && (isAcknowledged || hasWaited))) return report(app, newsroom, times, waitMs);
  }
}

/** The texts that tell of the crisis, under the ids that they get. */
function crisisOf(newsroom: Newsroom): { id: string; at: number }[] {
  return newsroom
    .published()
    .filter(({ kind }) => kind === 'crisis')
    .map(({ url, at }) => ({ id: entryId(url), at: Date.parse(at) }));
}

async function look({ deps }: App, newsroom: Newsroom, times: JobTimes) {
  const incidents = await deps.incidents.list();
  const delays = await noticeDelays(deps, times);
  const isJudged = crisisOf(newsroom).every(({ id }) => times.first('detect', id) !== undefined);
  const isRead = crisisOf(newsroom).every(({ id }) => times.first('extract', id) !== undefined);
  const isHandedOver = delays.length > 0 && delays.every(({ notification }) => notification.status !== 'due');
  return {
    incidents,
    isDone: isJudged && isRead && isHandedOver,
    lines: incidents.map(
      ({ severity, title, openedAt }) => `!! ${vietnameseTime(openedAt)} [${severity}] ${title}`,
    ),
  };
}

async function report(
  { deps }: App,
  newsroom: Newsroom,
  times: JobTimes,
  waitMs: number,
): Promise<DrillReport> {
  const crisis = crisisOf(newsroom);
  const found = new Map<string, number>();
  for (const { id } of crisis) {
    const entry = await deps.entries.find(id);
    if (entry !== undefined) found.set(id, Date.parse(entry.firstSeenAt));
  }
  /** From one moment of each text to another. */
  const between = (
    name: string,
    from: (text: { id: string; at: number }) => number | undefined,
    to: (text: { id: string; at: number }) => number | undefined,
    boundMs?: number,
  ) =>
    step(
      name,
      crisis.map((text) => elapsed(from(text), to(text))),
      boundMs,
    );
  const delays = await noticeDelays(deps, times);
  const incidents = await deps.incidents.list();
  const ended = ({ notification }: NoticeDelay) => Date.parse(notification.deliveredAt ?? '');
  const steps = [
    between(
      'found',
      ({ at }) => at,
      ({ id }) => found.get(id),
    ),
    between(
      'searchable',
      ({ at }) => at,
      ({ id }) => times.first('index', id),
      SEARCHABLE_BOUND_MS,
    ),
    between(
      'fetched',
      ({ id }) => found.get(id),
      ({ id }) => times.first('fetch', id),
    ),
    between(
      'extracted',
      ({ id }) => times.first('fetch', id),
      ({ id }) => times.first('extract', id),
    ),
    between(
      'analysed',
      ({ id }) => times.first('extract', id),
      ({ id }) => times.last('analyse', id),
    ),
    between(
      'indexed',
      ({ id }) => times.last('analyse', id),
      ({ id }) => times.last('index', id),
    ),
    between(
      'judged',
      ({ id }) => times.last('index', id),
      ({ id }) => times.last('detect', id),
    ),
    step(
      'incident opened',
      incidents.length === 0
        ? [undefined]
        : delays
            .filter(({ notification }) => notification.step === 'opened')
            .map(({ alert, decidedAt }) => Date.parse(alert.at) - decidedAt),
    ),
    step(
      'handed to channel',
      delays.length === 0 ? [undefined] : delays.map(({ delayMs }) => delayMs),
      NOTICE_BOUND_MS,
    ),
    ...(waitMs === 0
      ? []
      : [
          step(
            'acknowledged',
            [incidents.find(({ acknowledgedAt }) => acknowledgedAt !== undefined)].map((incident) =>
              elapsed(
                Math.min(...delays.filter((one) => one.incident.id === incident?.id).map(ended)),
                incident === undefined ? undefined : Date.parse(incident.acknowledgedAt ?? ''),
              ),
            ),
          ),
        ]),
  ];
  return {
    steps,
    incidents,
    notifications: delays.map(({ notification }) => notification),
    faults: steps.flatMap(faultsOf),
  };
}

function elapsed(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from);
}

function step(name: string, times: readonly (number | undefined)[], boundMs?: number): DrillStep {
  const known = times.filter((ms) => ms !== undefined).sort((a, b) => a - b);
  return {
    name,
    count: known.length,
    of: times.length,
    p50Ms: known[Math.floor((known.length - 1) / 2)] ?? 0,
    maxMs: known.at(-1) ?? 0,
    ...(boundMs === undefined ? {} : { boundMs }),
  };
}

function faultsOf({ name, count, of, maxMs, boundMs }: DrillStep): string[] {
  return [
    ...(count < of || of === 0 ? [`${name}: ${of - count || 'all'} of ${of} did not get there`] : []),
    ...(boundMs !== undefined && maxMs > boundMs ? [`${name}: ${maxMs} ms, bound ${boundMs} ms`] : []),
  ];
}

/** `14:05:09` on a Vietnamese clock. */
function vietnameseTime(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Asia/Ho_Chi_Minh' }).format(
    new Date(at),
  );
}
