import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, expect, it } from 'vitest';

import { type Database, openDatabase } from '../../src/adapters/pglite/database.ts';
import { openStores } from '../../src/adapters/pglite/stores.ts';
import { settle } from '../../src/domain/entry.ts';
import { openIncident } from '../../src/domain/incident.ts';
import { withArticle } from '../../src/domain/story.ts';
import { startProgram } from '../support/child-process.ts';
import { aPage } from '../support/deps.ts';
import { anAlert, anAnalysis, anArticle, anEntry, anOutletState } from '../support/factories.ts';

/** A restore drill, as docs/operations.md tells an operator to hold one: stop, copy, lose everything, put back, start. */

type Stores = Awaited<ReturnType<typeof openStores>>;

const INDEXED = 40;
const FAILED = 15;
const FIRST_SEEN = Date.parse('2026-03-02T01:05:00.000Z');
const URLS = Array.from({ length: INDEXED + FAILED }, (_, index) => `https://bao.example/${index}`);
const NEWS = 'https://bao.example/sau-khi-khoi-phuc';

let dataDir: string;
beforeAll(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'nhip-yte-restore-')), 'data');
});

async function withStores<T>(use: (stores: Stores, database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(dataDir);
  try {
    return await use(await openStores(database.db), database);
  } finally {
    await database.close();
  }
}

const entryOf = (url: string, index: number) =>
  anEntry({ url, firstSeenAt: new Date(FIRST_SEEN + index * 600_000).toISOString() });

/** An article found, read, judged and made searchable, with its page and its story. */
async function publish({ entries, articles, pages, stories }: Stores, url: string, index: number) {
  const entry = entryOf(url, index);
  const { id, firstSeenAt } = entry;
  await entries.add([entry]);
  await pages.save(id, aPage(url, `<h1>Trang ${index}</h1>`));
  const sentiment = {
    ...anAnalysis().sentiment,
    polarity: index % 3 === 0 ? 'negative' : 'neutral',
  } as const;
  const article = anArticle({
    id,
    url,
    firstSeenAt,
    sentiment,
    storyId: `s${index % 5}`,
    title: `Ca ngộ độc số ${index}`,
  });
  const { storyId, signature } = article;
  await stories.update(
    storyId,
    (current) => withArticle(current, article, { storyId, isIndependent: true }),
    [{ articleId: id, storyId, signature, bands: [`band-${index % 5}`], firstSeenAt }],
  );
  await articles.save([article]);
  await entries.update(id, (current) =>
    settle(current, { outcome: 'indexed', stage: 'index', at: article.indexedAt }),
  );
}

async function fill(stores: Stores): Promise<void> {
  for (const [index, url] of URLS.slice(0, INDEXED).entries()) await publish(stores, url, index);
  for (const [index, url] of URLS.slice(INDEXED).entries()) {
    const entry = entryOf(url, INDEXED + index);
    await stores.entries.add([entry]);
    await stores.entries.update(entry.id, (current) =>
      settle(current, { outcome: 'failed', stage: 'fetch', at: entry.firstSeenAt, reason: 'http-403' }),
    );
  }
  const alert = anAlert();
  await stores.incidents.saveAlert(alert);
  await stores.incidents.open(openIncident(alert, 'Bệnh viện X: nhiều bài tiêu cực'));
  await stores.outletStates.update('bao-a', () => anOutletState());
  await stores.feedStates.save({
    feedId: 'bao-a-1',
    outletId: 'bao-a',
    status: 'ok',
    etag: '"v7"',
    consecutiveFailures: 0,
    entriesLastPoll: 20,
    newLastPoll: 3,
  });
}

/** All that an officer, the ledger or the detector could ask, so that a loss anywhere shows. */
async function everythingAsked(stores: Stores) {
  const { entries, articles, pages, stories, incidents, feedStates, outletStates } = stores;
  const from = new Date(FIRST_SEEN - 3_600_000).toISOString();
  const to = new Date(FIRST_SEEN + 86_400_000).toISOString();
  return {
    found: await entries.foundCount(),
    ledger: await entries.ledger(),
    count: await articles.count({}),
    accented: await articles.search({ text: 'ngộ độc' }, { offset: 0, limit: 100 }),
    folded: await articles.search({ text: 'ngo doc' }, { offset: 30, limit: 100 }),
    trend: await articles.trend({}, 'hour'),
    facet: await articles.facet({}, 'polarity', 10),
    series: await articles.hourCounts('topic:treatment', from, to),
    copies: (await stories.candidates(['band-2'], from)).map(({ articleId }) => articleId).sort(),
    stories: await stories.largest(from, 10),
    outlets: await outletStates.all(),
    incidents: await incidents.list(),
    alerts: await incidents.alertsOf('incident-burst-facility-x-2026030201'),
    feeds: await feedStates.all(),
    pages: await Promise.all(
      URLS.map(async (url, index) => (await pages.find(entryOf(url, index).id))?.bytes),
    ),
  };
}

it('has everything back after a disk was lost, and works on from there', async () => {
  const before = await withStores(async (stores) => {
    await fill(stores);
    return everythingAsked(stores);
  });
  expect(before).toMatchObject({ found: INDEXED + FAILED, count: INDEXED });
  expect(before.accented.total).toBe(INDEXED);
  expect(before.folded.articles.length).toBe(INDEXED - 30);

  const backup = join(mkdtempSync(join(tmpdir(), 'nhip-yte-backup-')), 'data');
  cpSync(dataDir, backup, { recursive: true });

  // What comes after the copy is what a restore loses, and nothing else.
  await withStores((stores) => publish(stores, NEWS, 100));
  for (const file of readdirSync(join(dataDir, 'pglite/global'))) {
    writeFileSync(join(dataDir, 'pglite/global', file), 'a head crash');
  }
  await expect(withStores(everythingAsked)).rejects.toThrow();

  rmSync(dataDir, { recursive: true });
  cpSync(backup, dataDir, { recursive: true });
  await withStores(async (stores) => {
    expect(await everythingAsked(stores)).toEqual(before);
    // The feed still lists it, so it is found again; what was known stays known.
    expect(await stores.entries.add([entryOf(URLS[3] ?? '', 3)])).toEqual([]);
    await publish(stores, NEWS, 100);
    expect(await stores.articles.count({})).toBe(INDEXED + 1);
    expect((await stores.articles.search({ text: 'số 100' }, { offset: 0, limit: 1 })).articles[0]?.url).toBe(
      NEWS,
    );
  });

  const ledger = startProgram(['ledger'], { DATA_DIR: dataDir, CONFIG_DIR: 'config', CONSOLE_PORT: '0' });
  const line = await ledger.waitFor(({ msg }) => /^found /.test(msg ?? ''), 60_000);
  expect(line.msg).toMatch(new RegExp(`^found ${INDEXED + FAILED + 1} = indexed ${INDEXED + 1} `));
  expect(await ledger.ended).toBe(0);
}, 300_000);
