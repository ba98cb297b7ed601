import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Outlet } from '../domain/outlet.ts';
import { findPastArticle, firstSeenAt, type PastArticle, writeArchive } from './archive.ts';
import { articlePath, asOutlet, type OutletAddress } from './outlet-address.ts';
import { OUTLET_PROFILES, type OutletProfile } from './outlet-profiles.ts';
import { type Desk, OutletSite } from './outlet-site.ts';
import { performScenario } from './perform-scenario.ts';
import type { ArchivedArticle, NewsroomArticle, PublishedArticle } from './published-article.ts';
import { randomFrom } from './random.ts';
import { htmlReply, send, textReply } from './reply.ts';
import type { Scenario } from './scenario.ts';

export interface NewsroomOptions {
  /** Equal seeds give equal texts; see `performScenario` for what depends on the clock. */
  readonly seed: number;
  /** Port of the front page; outlets take the ones that follow. 0, the default, lets the system choose them all. */
  readonly port?: number;
  readonly now: () => Date;
  readonly scenario: Scenario;
  /** Script seconds per real second; 1 by default. */
  readonly speed?: number;
  /** True to publish nothing until `begin` is called, so that an archive can be imported first. */
  readonly waitsForBegin?: boolean;
}

/** Twelve invented outlets on loopback, publishing by a script. */
export interface Newsroom {
  /** Front page that lists the outlets; `/published.json` under it tells the truth so far. */
  readonly url: string;
  /** Outlets as the pipeline's configuration describes them; their feeds point here. */
  readonly outlets: readonly Outlet[];
  /** The script's length in real time. */
  readonly durationMs: number;
  /** Starts the script's clock; starting twice changes nothing. */
  begin(): void;
  /** Output of the weeks before the newsroom started, oldest first. */
  archive(weeks: number): Iterable<ArchivedArticle>;
  /** What is live so far, with the truth, in script order. */
  published(): PublishedArticle[];
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** How long a request to a dead outlet hangs before the connection breaks, in script time. */
const HANG_MS = 3_000;

/**
 * Starts the newsroom.
 *
 * What is live is a pure function of the clock: nothing is scheduled, so a newsroom that is restarted with the
 * same start shows the same state.
 *
 * @throws {Error} `EADDRINUSE` if a fixed port is taken
 */
export async function startNewsroom(options: NewsroomOptions): Promise<Newsroom> {
  const servers: Server[] = [];
  try {
    return await open(options, servers);
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
}

async function open(options: NewsroomOptions, servers: Server[]): Promise<Newsroom> {
  const { seed, now, scenario, speed = 1, port = 0 } = options;
  const createdAt = now();
  let startedAt: Date | undefined;
  let articles: readonly NewsroomArticle[] = [];
  let articlesById: ReadonlyMap<string, NewsroomArticle> = new Map();
  const addresses = new Map<string, OutletAddress>();
  const sites = new Map<string, OutletSite>();

  const visible = () => articles.filter(({ visibleAt }) => visibleAt <= now());
  const desk: Desk = {
    now,
    visible: (outletId) => newestFirst(visible().filter((article) => article.outletId === outletId)),
    find: (id) => {
      const article = articlesById.get(id) ?? pastArticle(seed, id, addresses);
      return article !== undefined && article.visibleAt <= now() ? article : undefined;
    },
  };

  let nextPort = port;
  const listen = async (listener: RequestListener) => {
    const server = createServer(listener);
    servers.push(server);
    await listening(server, port === 0 ? 0 : nextPort++);
    return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  };

  const url = await listen((request, response) => {
    const reply =
      request.url === '/published.json'
        ? textReply(JSON.stringify(published()), 200, { 'content-type': 'application/json; charset=utf-8' })
        : frontPage([...addresses.values()]);
    send(request, response, reply, { gzip: false });
  });

  for (const profile of OUTLET_PROFILES) {
    const listener = outletListener(profile, {
      site: () => sites.get(profile.id),
      misbehaves: scenario.misbehaves,
      isDown: () => isDown(scenario, profile.id, startedAt, now(), speed),
      hangMs: HANG_MS / speed,
      latency: randomFrom(`${seed} latency ${profile.id}`),
    });
    const origin = await listen(listener);
    const mobileOrigin = profile.mobileHost === true ? await listen(listener) : undefined;
    const address = { profile, origin, ...(mobileOrigin === undefined ? {} : { mobileOrigin }) };
    addresses.set(profile.id, address);
    sites.set(profile.id, new OutletSite(address, desk, scenario));
  }

  const published = () => visible().map((article) => asPublished(article, articlesById));
  const begin = () => {
    if (startedAt !== undefined) return;
    startedAt = now();
    articles = performScenario(scenario, { seed, startedAt, speed, addresses });
    articlesById = new Map(articles.map((article) => [article.id, article]));
  };
  if (options.waitsForBegin !== true) begin();

  return {
    url,
    outlets: [...addresses.values()].map((address) =>
      asOutlet(address, { pollEveryMs: scenario.pollEveryMs / speed, paceMs: scenario.paceMs / speed }),
    ),
    durationMs: scenario.durationMs / speed,
    begin,
    *archive(weeks) {
      for (const past of writeArchive(seed, weeks, createdAt)) yield asArchived(seed, past, addresses);
    },
    published,
    close: () => closeAll(servers),
  };
}

function outletListener(
  profile: OutletProfile,
  behaviour: {
    site: () => OutletSite | undefined;
    misbehaves: boolean;
    isDown: () => boolean;
    hangMs: number;
    latency: ReturnType<typeof randomFrom>;
  },
): RequestListener {
  let requestsWhileDown = 0;
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    if (behaviour.isDown()) {
      requestsWhileDown += 1;
      // Every second request gets no answer at all, as from a server that is overwhelmed.
      if (requestsWhileDown % 2 === 0) {
        await sleep(behaviour.hangMs, undefined, { ref: false });
        request.socket.destroy();
        return;
      }
      send(request, response, textReply('Service unavailable\n', 503), { gzip: false });
      return;
    }
    const site = behaviour.site();
    if (site === undefined) return send(request, response, textReply('Starting\n', 503), { gzip: false });
    if (behaviour.misbehaves && profile.latencyMs !== undefined) {
      const { low, high } = profile.latencyMs;
      await sleep(behaviour.latency.int(low, high), undefined, { ref: false });
    }
    send(request, response, site.answer(request), { gzip: profile.gzip === true });
  };
  return (request, response) => {
    respond(request, response).catch(() => request.socket.destroy());
  };
}

function isDown(
  scenario: Scenario,
  outletId: string,
  startedAt: Date | undefined,
  now: Date,
  speed: number,
): boolean {
  if (startedAt === undefined) return false;
  const scriptMs = (now.getTime() - startedAt.getTime()) * speed;
  return scenario.outages.some(
    (outage) => outage.outletId === outletId && scriptMs >= outage.fromMs && scriptMs < outage.toMs,
  );
}

function newestFirst(articles: readonly NewsroomArticle[]): NewsroomArticle[] {
  return [...articles].sort((a, b) => b.datedAt.getTime() - a.datedAt.getTime() || (a.id < b.id ? 1 : -1));
}

function pastArticle(
  seed: number,
  id: string,
  addresses: ReadonlyMap<string, OutletAddress>,
): NewsroomArticle | undefined {
  const past = findPastArticle(seed, id);
  if (past === undefined) return undefined;
  const { outlet, at, ...draft } = past;
  return {
    ...draft,
    outletId: outlet.id,
    kind: 'ordinary',
    url: pastUrl(past, addresses),
    visibleAt: at,
    datedAt: at,
  };
}

function asArchived(
  seed: number,
  past: PastArticle,
  addresses: ReadonlyMap<string, OutletAddress>,
): ArchivedArticle {
  return {
    url: pastUrl(past, addresses),
    title: past.title,
    summary: past.summary,
    body: past.paragraphs.join('\n'),
    publishedAt: past.at.toISOString(),
    fetchedAt: firstSeenAt(seed, past).toISOString(),
    outlet: past.outlet.id,
    section: past.section,
  };
}

function pastUrl(past: PastArticle, addresses: ReadonlyMap<string, OutletAddress>): string {
  return (addresses.get(past.outlet.id)?.origin ?? '') + articlePath(past.outlet, past);
}

function asPublished(article: NewsroomArticle, byId: ReadonlyMap<string, NewsroomArticle>): PublishedArticle {
  const original = article.copyOf === undefined ? undefined : byId.get(article.copyOf);
  return {
    kind: article.kind,
    url: article.url,
    title: article.title,
    outletId: article.outletId,
    at: article.visibleAt.toISOString(),
    datedAt: article.datedAt.toISOString(),
    ...(article.fault === undefined ? {} : { fault: article.fault }),
    ...(original === undefined ? {} : { copyOf: original.url }),
  };
}

function frontPage(addresses: readonly OutletAddress[]) {
  const rows = addresses.map(
    ({ profile, origin }) => `<li><a href="${origin}/">${profile.name}</a> (${profile.tier})</li>`,
  );
  return htmlReply(
    `<!doctype html>\n<html lang="vi"><meta charset="utf-8"><title>Tòa soạn giả lập</title>\n<h1>Tòa soạn giả lập</h1><ul>\n${rows.join('\n')}\n</ul></html>\n`,
  );
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}
