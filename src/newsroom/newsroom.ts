import type { Outlet } from '../domain/outlet.ts';
import { writeArchive } from './archive.ts';
import { LoopbackServers } from './loopback-servers.ts';
import { asOutlet, type OutletAddress } from './outlet-address.ts';
import { outletListener } from './outlet-listener.ts';
import { OUTLET_PROFILES, type OutletProfile } from './outlet-profiles.ts';
import { type Desk, OutletSite } from './outlet-site.ts';
import { asArchived, pastArticle } from './past-article.ts';
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

/** How long a request to a dead outlet hangs before the connection breaks, in script time. */
const HANG_MS = 3_000;

/**
 * Starts the newsroom.
 *
 * What is live is a pure function of the clock: nothing is scheduled, so asking twice at one moment gives the same
 * answer twice.
 *
 * @throws {Error} `EADDRINUSE` if a fixed port is taken
 */
export async function startNewsroom(options: NewsroomOptions): Promise<Newsroom> {
  const servers = new LoopbackServers(options.port ?? 0);
  try {
    return await open(options, servers);
  } catch (error) {
    await servers.close();
    throw error;
  }
}

async function open(options: NewsroomOptions, servers: LoopbackServers): Promise<Newsroom> {
  const { seed, now, scenario, speed = 1 } = options;
  const createdAt = now();
  const addresses = new Map<string, OutletAddress>();
  const sites = new Map<string, OutletSite>();
  let startedAt: Date | undefined;
  let articles: readonly NewsroomArticle[] = [];
  let articlesById: ReadonlyMap<string, NewsroomArticle> = new Map();
  let articlesByOutlet: ReadonlyMap<string, readonly NewsroomArticle[]> = new Map();

  const onlyVisible = (all: readonly NewsroomArticle[]) => {
    const moment = now();
    return all.filter(({ visibleAt }) => visibleAt <= moment);
  };
  const published = () => onlyVisible(articles).map((article) => asPublished(article, articlesById));
  const desk: Desk = {
    now,
    visible: (outletId) => onlyVisible(articlesByOutlet.get(outletId) ?? []),
    find: (id) => {
      const article = articlesById.get(id) ?? pastArticle(seed, id, addresses);
      return article !== undefined && article.visibleAt <= now() ? article : undefined;
    },
  };
  const isDown = (outletId: string) => {
    if (startedAt === undefined) return false;
    const scriptMs = (now().getTime() - startedAt.getTime()) * speed;
    return scenario.outages.some(
      (outage) => outage.outletId === outletId && scriptMs >= outage.fromMs && scriptMs < outage.toMs,
    );
  };
  const openOutlet = async (profile: OutletProfile) => {
    const listener = outletListener(profile, {
      site: () => sites.get(profile.id),
      isSlow: scenario.misbehaves,
      isDown: () => isDown(profile.id),
      hangMs: HANG_MS / speed,
      random: randomFrom(`${seed} latency ${profile.id}`),
    });
    const origin = await servers.listen(listener);
    const mobile = profile.mobileHost === true ? { mobileOrigin: await servers.listen(listener) } : {};
    const address = { profile, origin, ...mobile };
    addresses.set(profile.id, address);
    sites.set(profile.id, new OutletSite(address, desk, scenario));
  };
  const begin = () => {
    if (startedAt !== undefined) return;
    startedAt = now();
    articles = performScenario(scenario, { seed, startedAt, speed, addresses });
    articlesById = new Map(articles.map((article) => [article.id, article]));
    articlesByOutlet = byOutlet(articles);
  };

  const url = await servers.listen((request, response) => {
    const reply =
      request.url === '/published.json'
        ? textReply(JSON.stringify(published()), 200, { 'content-type': 'application/json; charset=utf-8' })
        : frontPage([...addresses.values()]);
    send(request, response, reply, { gzip: false });
  });
  for (const profile of OUTLET_PROFILES) await openOutlet(profile);
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
    close: () => servers.close(),
  };
}

/** Newest date first; sorted once, since every feed and page asks for it. */
function byOutlet(articles: readonly NewsroomArticle[]): Map<string, NewsroomArticle[]> {
  const newestFirst = [...articles].sort(
    (a, b) => b.datedAt.getTime() - a.datedAt.getTime() || (a.id < b.id ? 1 : -1),
  );
  const grouped = new Map<string, NewsroomArticle[]>();
  for (const article of newestFirst) {
    const group = grouped.get(article.outletId);
    if (group === undefined) grouped.set(article.outletId, [article]);
    else group.push(article);
  }
  return grouped;
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
