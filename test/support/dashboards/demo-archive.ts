import { resolve } from 'node:path';

import type { Client } from '@elastic/elasticsearch';
import { pino } from 'pino';
import { writeDocx } from '../../../src/adapters/documents/write-docx.ts';
import { INDEX_DEFINITIONS } from '../../../src/adapters/elasticsearch/index-definitions.ts';
import { setUp } from '../../../src/adapters/elasticsearch/setup.ts';
import { openStores } from '../../../src/adapters/elasticsearch/stores.ts';
import type { Alert } from '../../../src/domain/alert.ts';
import type { Article } from '../../../src/domain/article.ts';
import { entryId, settle } from '../../../src/domain/entry.ts';
import { acknowledge, openIncident, resolve as resolveIncident } from '../../../src/domain/incident.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/time.ts';
import { importArchive } from '../../../src/import-archive.ts';
import { startNewsroom } from '../../../src/newsroom/newsroom.ts';
import { demoScenario } from '../../../src/newsroom/scenario.ts';
import { loadSettings } from '../../../src/settings.ts';
import type { Deps } from '../../../workers/stage.ts';
import { anAlert, anEntry } from '../factories.ts';

export const CONFIG = resolve(import.meta.dirname, '../../../config');

const WEEKS = 2;
const SEED = 2702;

type Stores = ReturnType<typeof openStores>;

/**
 * The demo's archive as of `now` in a real Elasticsearch, read, judged and stored by the program itself; beside it what
 * an archive does not hold: live articles, incidents, feeds that fail, entries that came to nothing.
 */
export async function fillDemoArchive(client: Client, prefix: string, now: Date): Promise<void> {
  await setUp(client, prefix, INDEX_DEFINITIONS);
  const { language, alertRules, campaigns, holidays, onCall, letterhead } = loadSettings(CONFIG, now);
  const stores = openStores(client, {
    prefix,
    gazetteer: {
      topicNames: new Map([...language.topicNames].map(([key, { vi }]) => [key, vi])),
      names: language.names,
      centroids: language.provincePoints,
    },
  });
  const newsroom = await startNewsroom({
    seed: SEED,
    now: () => now,
    scenario: demoScenario(),
    waitsForBegin: true,
  });
  try {
    const deps: Deps = {
      ...stores,
      now: () => now,
      outlets: new Map(newsroom.outlets.map((outlet) => [outlet.id, outlet])),
      feeds: new Map(newsroom.outlets.flatMap(({ feeds }) => feeds).map((feed) => [feed.id, feed])),
      language,
      readSearch: () => ({}),
      alertRules,
      letterhead,
      briefAt: '07:00',
      writeDocx,
      campaigns,
      policies: [],
      holidays,
      detector: {},
      onCall,
      channels: [],
      heldJobs: async () => new Set(),
      tidy: async () => {},
      observe: () => {},
      retention: { pageDays: 30, articleMonths: 0 },
      revisitAfterHours: [],
      consoleUrl: 'http://127.0.0.1:8190',
      fetchPage: async ({ url }) => {
        throw new Error(`No page at ${url}`);
      },
      readDocument: async () => ({ ok: false, reason: 'unreadable' }),
      postForm: async ({ url }) => {
        throw new Error(`Nobody at ${url}`);
      },
    };
    const log = pino({ level: 'silent' });
    await importArchive([...newsroom.archive(WEEKS), ...aroundPoliciesAndCampaigns()], deps, log);
    await addLiveArticles(stores, now);
    await addIncidents(stores, now);
    await addLosses(stores, now);
  } finally {
    await newsroom.close();
  }
}

/** Articles on a policy document and on a campaign, before, during and after. */
function aroundPoliciesAndCampaigns(): object[] {
  const moods = [
    ['Người dân phấn khởi, đánh giá cao chất lượng khám chữa bệnh nhân', 'Bệnh nhân hài lòng.'],
    ['Bệnh viện tắc trách khiến bệnh nhân tử vong, dư luận nhắc đến', 'Gia đình bức xúc tố cáo sai phạm.'],
    ['Bộ Y tế họp về', 'Cuộc họp diễn ra tại Hà Nội.'],
  ] as const;
  const write = (subject: string, days: readonly string[]) =>
    days.flatMap((day) =>
      moods.map(([mood, summary], index) => ({
        url: `https://bao.example/suc-khoe/${entryId(subject + day + index)}.html`,
        title: `${mood} ${subject}`,
        summary,
        body: `${mood} ${subject}. ${summary}`,
        publishedAt: `${day}T0${index + 1}:00:00Z`,
        fetchedAt: `${day}T0${index + 1}:05:00Z`,
        section: 'suc-khoe',
      })),
    );
  return [
    ...write('Nghị quyết 72-NQ/TW', ['2025-08-20', '2025-09-15', '2026-11-03']),
    ...write('Ngày Thầy thuốc Việt Nam 27/2', ['2026-02-10', '2026-02-20', '2026-03-10']),
    ...write('Tuần lễ nhận thức về kháng thuốc', ['2026-11-12']),
  ];
}

/** Articles as the crawler brings them, among them copies of negative ones and one whose page cannot be read. */
async function addLiveArticles({ articles }: Stores, now: Date): Promise<void> {
  const archived: Article[] = [];
  for await (const batch of articles.scan({})) archived.push(...batch);
  const recent = archived.filter(({ firstSeenAt }) => Date.parse(firstSeenAt) > now.getTime() - 3 * DAY_MS);
  const live = recent.map((article, index): Article => {
    const firstSeenAt = new Date(now.getTime() - (index + 1) * HOUR_MS);
    return {
      ...article,
      id: `live-${article.id}`.slice(0, 24),
      imported: false,
      copyNumber: 2,
      firstSeenAt: firstSeenAt.toISOString(),
      indexedAt: new Date(firstSeenAt.getTime() + 30_000 + index * 1000).toISOString(),
      ...(index === 0 ? { readFrom: 'entry' as const, unreadReason: 'http-403' } : {}),
    };
  });
  await articles.save(live);
}

async function addIncidents({ incidents, stories }: Stores, now: Date): Promise<void> {
  const largest = await stories.largest(new Date(now.getTime() - 30 * DAY_MS).toISOString(), 3);
  const alerts: Alert[] = (['critical', 'serious', 'watch'] as const).map((severity, index) =>
    anAlert({
      id: `alert-${index}`,
      severity,
      at: new Date(now.getTime() - (index + 1) * DAY_MS).toISOString(),
      series: `facility:bv-${index}`,
      seriesName: `Bệnh viện số ${index}`,
      independentNewsrooms: ['toa-soan-1', 'toa-soan-2'],
      storyIds: largest.map(({ id }) => id),
      signals: [
        { kind: 'acceleration', observed: 7, expected: 1, spread: 1, strength: 0.9 },
        { kind: 'harm', observed: 3, expected: 0, spread: 1, strength: 0.7 },
      ],
    }),
  );
  const at = now.toISOString();
  for (const [index, alert] of alerts.entries()) {
    await incidents.saveAlert(alert);
    const incident = openIncident(alert, `Sự việc tại bệnh viện số ${index}`);
    await incidents.open(incident);
    if (index > 0) await incidents.update(incident.id, (current) => acknowledge(current, 'Trực ban', at));
    if (index > 1) {
      await incidents.update(incident.id, (current) => resolveIncident(current, 'false', 'Trực ban', at));
    }
    await incidents.plan({
      id: `${incident.id}-opened-email`,
      incidentId: incident.id,
      step: 'opened',
      channel: 'email',
      status: index === 0 ? 'failed' : 'delivered',
      attempts: 3,
      createdAt: alert.at,
    });
  }
}

/** Entries of every outcome, feeds of every kind of health, and jobs. */
async function addLosses({ entries, feedStates }: Stores, now: Date): Promise<void> {
  const at = new Date(now.getTime() - HOUR_MS).toISOString();
  const fates = [
    { outcome: 'duplicate', stage: 'index', reason: 'same-page' },
    { outcome: 'irrelevant', stage: 'analyse', reason: 'not-health' },
    { outcome: 'failed', stage: 'fetch', reason: 'http-404' },
    { outcome: 'failed', stage: 'extract', reason: 'no-text' },
    { outcome: 'indexed', stage: 'index' },
    { outcome: 'pending', stage: 'fetch' },
  ] as const;
  for (const [index, fate] of fates.entries()) {
    const entry = anEntry({ url: `https://bao.example/y-te/${index}.html`, firstSeenAt: at });
    await entries.add([entry]);
    await entries.update(entry.id, (current) => settle(current, { ...fate, at }));
    await entries.countJob({ stage: fate.stage, outletId: entry.outletId, outcome: 'done', at });
  }
  const healths = [
    { status: 'ok' },
    { status: 'not-modified' },
    { status: 'blocked', reason: 'http-403' },
    { status: 'unreachable', reason: 'dns' },
  ] as const;
  for (const [index, health] of healths.entries()) {
    await feedStates.save({
      feedId: `bao-a-${index}`,
      outletId: 'bao-a',
      polledAt: at,
      succeededAt: at,
      consecutiveFailures: index,
      entriesLastPoll: 20,
      newLastPoll: 1,
      ...health,
    });
  }
}
