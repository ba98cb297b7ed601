import { fileURLToPath } from 'node:url';

import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';

import { writeDocx } from '../../src/adapters/documents/write-docx.ts';
import { writeParquet } from '../../src/adapters/documents/write-parquet.ts';
import { PgliteArticleStore } from '../../src/adapters/pglite/article-store.ts';
import { PgliteCorrectionStore } from '../../src/adapters/pglite/correction-store.ts';
import { openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { PgliteEntryStore } from '../../src/adapters/pglite/entry-store.ts';
import { PgliteFeedStateStore } from '../../src/adapters/pglite/feed-state-store.ts';
import { PgliteIncidentStore } from '../../src/adapters/pglite/incident-store.ts';
import { PgliteOfficeStore } from '../../src/adapters/pglite/office-store.ts';
import { PgliteOutletStateStore } from '../../src/adapters/pglite/outlet-state-store.ts';
import { PglitePipelineWatchStore } from '../../src/adapters/pglite/pipeline-watch-store.ts';
import { PgliteRevisionStore } from '../../src/adapters/pglite/revision-store.ts';
import { migrate } from '../../src/adapters/pglite/schema.ts';
import { PgliteStoryStore } from '../../src/adapters/pglite/story-store.ts';
import type { ConsoleDeps } from '../../src/console/console-deps.ts';
import { createConsole } from '../../src/console/server.ts';
import type { AnalysableText } from '../../src/domain/analysis.ts';
import type { Article } from '../../src/domain/article.ts';
import type { FeedStatus } from '../../src/domain/feed-state.ts';
import { openIncident } from '../../src/domain/incident.ts';
import { balance } from '../../src/domain/ledger.ts';
import type { Feed, Outlet, Tier } from '../../src/domain/outlet.ts';
import type { QuarantinedJob } from '../../src/domain/quarantined-job.ts';
import { sha256Of } from '../../src/domain/revision.ts';
import { seriesKey } from '../../src/domain/series.ts';
import { HOUR_MS } from '../../src/domain/time.ts';
import type { Language } from '../../src/language/language.ts';
import { whoIsTold } from '../../src/routing/who-is-told.ts';
import { loadLanguageOf, loadSettings } from '../../src/settings.ts';
import { actOnIncident } from '../../workers/act-on-incident.ts';
import { correctArticle, revokeCorrection } from '../../workers/correct-article.ts';
import { forecastOf, forecastOfIncident } from '../../workers/forecast-of.ts';
import { gatherCampaign } from '../../workers/gather-campaign.ts';
import { gatherPolicy } from '../../workers/gather-policy.ts';
import { monthlyReports } from '../../workers/monthly-reports.ts';
import { situationOf } from '../../workers/plan-notifications.ts';
import { pressBriefs } from '../../workers/press-briefs.ts';
import { responseOf } from '../../workers/response-of.ts';
import { seriesOf } from '../../workers/series-of.ts';
import type { Deps } from '../../workers/stage.ts';
import { verifyAlert } from '../../workers/verify-alert.ts';
import { anAlert, anArticle, anEntry, anOutletState, aRevision } from '../support/factories.ts';
import { anOnCall } from '../support/on-call.ts';

/** 14:30 on a Monday in Vietnam. */
const NOW = new Date('2026-03-02T07:30:00.000Z');

export const HOSTILE_TITLE = `<script>alert("x")</script> "><img src=x onerror=alert(1)> Bệnh viện & 'Sở Y tế'`;

const OUTLETS: readonly { id: string; name: string; tier: Tier }[] = [
  { id: 'bao-trung-uong', name: 'Báo Trung Ương Mẫu', tier: 'central' },
  { id: 'bao-toan-quoc', name: 'Báo Toàn Quốc Mẫu', tier: 'national' },
  { id: 'bao-buoi-sang', name: 'Báo Buổi Sáng Mẫu', tier: 'national' },
  { id: 'bao-tinh', name: 'Báo Tỉnh Mẫu', tier: 'provincial' },
];

/** The outlet of which everything is known that can be. */
const LEARNT_OUTLET = 'bao-tinh';

/** Written for these tests; no event, no person in them is real. */
const TEXTS: readonly AnalysableText[] = [
  {
    title: 'Hàng chục công nhân nhập viện nghi ngộ độc thực phẩm sau bữa ăn ca',
    summary: 'Sở Y tế TP.HCM đã lấy mẫu thức ăn để xét nghiệm, ba người đang nguy kịch.',
    body: 'Tối 1/3, hàng chục công nhân có biểu hiện đau bụng, nôn ói sau bữa ăn ca và được đưa vào Bệnh viện Chợ Rẫy cấp cứu.\nBác sĩ cho biết ba bệnh nhân nguy kịch, một người đã tử vong. Gia đình bức xúc vì cho rằng bếp ăn tắc trách.\nCơ quan chức năng đình chỉ bếp ăn và khởi tố vụ án để điều tra.',
  },
  {
    title: 'Bác sĩ cứu sống sản phụ băng huyết trong đêm',
    summary: 'Ê-kíp Bệnh viện Chợ Rẫy truyền 12 đơn vị máu, mẹ và bé đã bình phục.',
    body: 'Sản phụ được chuyển đến trong tình trạng nguy kịch nhưng ê-kíp đã phẫu thuật thành công.\nSau năm ngày, người mẹ hồi phục tốt và xuất viện. Gia đình cảm ơn các bác sĩ tận tâm.',
  },
  {
    title: 'Bộ Y tế hướng dẫn thanh toán bảo hiểm y tế từ tháng 3',
    summary: 'Văn bản nêu trình tự thanh toán tại trạm y tế và bệnh viện tuyến tỉnh.',
    body: 'Theo hướng dẫn, người có thẻ bảo hiểm y tế khám tại trạm y tế được thanh toán theo quy định hiện hành.\nCác địa phương tổ chức thực hiện từ ngày 15/3.',
  },
  {
    title: 'Hà Nội: bệnh viện quá tải vì sốt xuất huyết tăng cao',
    summary: 'Nhiều khoa phải kê thêm giường, thiếu thuốc điều trị.',
    body: 'Số ca sốt xuất huyết tại Hà Nội tăng gấp đôi so với cùng kỳ. Bệnh viện Bạch Mai phải kê thêm giường ở hành lang.\nNgười bệnh than phiền phải chờ lâu và tự mua thuốc bên ngoài.',
  },
  {
    title: 'Trạm y tế xã đầu tiên ở Quảng Ninh khám bệnh từ xa',
    summary: 'Người dân vùng xa được bác sĩ tuyến tỉnh tư vấn miễn phí.',
    body: 'Mô hình giúp người dân tiết kiệm chi phí đi lại và được chăm sóc sức khoẻ tốt hơn.\nSở Y tế Quảng Ninh sẽ nhân rộng mô hình hiệu quả này.',
  },
];

const CONFIG = fileURLToPath(new URL('../../config', import.meta.url));

let language: Language | undefined;

/** The language layer as it ships, so that evidence, names and topics are real. */
function shippedLanguage(): Language {
  language ??= loadLanguageOf(CONFIG);
  return language;
}

export interface TestConsole {
  readonly server: FastifyInstance;
  readonly deps: ConsoleDeps;
  /** Jobs in quarantine; `replay` takes them out. */
  readonly jobs: QuarantinedJob[];
  setFeeds(status: FeedStatus, reason?: string): Promise<void>;
  /** Puts the press of a month into the stores. */
  seed(): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** A console over the embedded stores, in memory. */
export async function openTestConsole(overrides: Partial<ConsoleDeps> = {}): Promise<TestConsole> {
  const database = await openMemoryDatabase();
  await migrate(database.db);
  const outlets = new Map(OUTLETS.map((outlet) => [outlet.id, anOutlet(outlet)]));
  const feeds = new Map(
    [...outlets.values()].flatMap((outlet) => outlet.feeds.map((feed) => [feed.id, feed])),
  );
  const jobs: QuarantinedJob[] = [];
  const entries = new PgliteEntryStore(database.db);
  const articles = new PgliteArticleStore(database.db);
  const shipped = loadSettings(CONFIG, NOW);
  const deps: ConsoleDeps = {
    now: () => NOW,
    articles,
    stories: new PgliteStoryStore(database.db),
    incidents: new PgliteIncidentStore(database.db),
    feedStates: new PgliteFeedStateStore(database.db),
    outletStates: new PgliteOutletStateStore(database.db),
    office: new PgliteOfficeStore(database.db),
    pipelineWatch: new PglitePipelineWatchStore(database.db),
    entries,
    revisions: new PgliteRevisionStore(database.db),
    corrections: new PgliteCorrectionStore(database.db),
    correct: (draft) => correctArticle(draft, pipeline),
    revokeCorrection: (id, by) => revokeCorrection(id, by, pipeline),
    actOnIncident: async (order) => (await actOnIncident(order, pipeline))?.incident,
    responseOf: (incident) => responseOf(incident, pipeline),
    campaigns: shipped.campaigns,
    policies: shipped.policies,
    campaignReport: (campaign, seen) => gatherCampaign(campaign, { ...pipeline, ...seen }),
    policyReport: (document, seen) => gatherPolicy(document, { ...pipeline, ...seen }),
    canMail: false,
    briefs: {
      make: (request) => pressBriefs(pipeline).make(request),
      differenceOf: (brief) => pressBriefs(pipeline).differenceOf(brief),
      remake: (order) => pressBriefs(pipeline).remake(order),
      printed: (brief, lang) => pressBriefs(pipeline).printed(brief, lang),
      at: '07:00',
    },
    monthlyReports: {
      make: (month) => monthlyReports(pipeline).make(month),
      keep: (month, by) => monthlyReports(pipeline).keep(month, by),
      remake: (order) => monthlyReports(pipeline).remake(order),
      printed: (report, lang, options) => monthlyReports(pipeline).printed(report, lang, options),
    },
    letterhead: shipped.letterhead,
    writeDocx,
    writeParquet,
    verifyAlert: (alert) => verifyAlert(alert, pipeline),
    forecastOf: (series) => forecastOf(series, pipeline),
    forecastOfIncident: (incident) => forecastOfIncident(incident, pipeline),
    whoIsTold: async (incident) =>
      whoIsTold(
        await situationOf(incident, { ...pipeline, now: () => NOW, onCall: anOnCall(), channels: [] }),
      ),
    holidays: loadSettings(CONFIG, NOW).holidays,
    outlets,
    feeds,
    language: shippedLanguage(),
    ledgerBalance: async () =>
      balance(await entries.ledger(), {
        foundByPolls: await entries.foundCount(),
        searchable: await articles.count({}),
        pendingWithoutJob: 0,
      }),
    quarantine: {
      list: async () => jobs,
      replay: async (stage, key) => {
        const chosen = jobs.filter(
          (job) => (stage === undefined || job.stage === stage) && (key === undefined || job.key === key),
        );
        for (const job of chosen) jobs.splice(jobs.indexOf(job), 1);
        return chosen.length;
      },
    },
    log: pino({ level: 'silent' }),
    ...overrides,
  };
  const { onCall, holidays } = shipped;
  // What people do touches no queue, page or feed, and no channel is there to tell anybody.
  const pipeline = {
    ...deps,
    observe: () => {},
    channels: [],
    onCall,
    holidays,
    briefAt: '07:00',
    consoleUrl: 'http://127.0.0.1:8190',
  } as unknown as Deps;
  const server = await createConsole(deps);
  return {
    server,
    deps,
    jobs,
    async setFeeds(status, reason) {
      for (const feed of feeds.values()) await saveFeed(deps, feed, status, reason);
    },
    seed: () => seed(deps, jobs),
    async clear() {
      jobs.length = 0;
      await database.db.exec(
        'truncate entry, found_count, ledger_count, job_count, article, article_fact, article_word, series_article, story, story_member, story_band, alert, incident, notification, feed_state, outlet_state, revision, correction, pipeline_watch, office_record',
      );
    },
    async close() {
      await server.close();
      await database.close();
    },
  };
}

function anOutlet({ id, name, tier }: (typeof OUTLETS)[number]): Outlet {
  return {
    id,
    name,
    tier,
    newsroom: id,
    homepage: `https://${id}.example/`,
    feeds: [aFeed(id, 1, 'Sức khoẻ'), aFeed(id, 2, 'Thời sự')],
    ...(id === LEARNT_OUTLET ? { selectors: { body: 'div.noi-dung' } } : {}),
    paceMs: 1000,
    hostAliases: {},
  };
}

function aFeed(outletId: string, number: number, section: string): Feed {
  return {
    id: `${outletId}-${number}`,
    outletId,
    url: `https://${outletId}.example/rss/${number}.rss`,
    kind: 'feed',
    section,
    isHealth: number === 1,
    pollEveryMs: 300_000,
  };
}

async function saveFeed(deps: ConsoleDeps, feed: Feed, status: FeedStatus, reason?: string): Promise<void> {
  const failed = reason !== undefined;
  await deps.feedStates.save({
    feedId: feed.id,
    outletId: feed.outletId,
    status,
    polledAt: NOW.toISOString(),
    consecutiveFailures: failed ? 7 : 0,
    entriesLastPoll: failed ? 0 : 40,
    newLastPoll: failed ? 0 : 3,
    nextPollAt: new Date(NOW.getTime() + 300_000).toISOString(),
    intervalMs: 300_000,
    intervalReason: failed ? 'failing' : 'rhythm',
    ...(failed ? { reason } : { succeededAt: new Date(NOW.getTime() - 120_000).toISOString() }),
  });
}

/** An article as the pipeline would make it of one of the texts. */
export function analysed(text: AnalysableText, overrides: Partial<Article>): Article {
  const analysis = shippedLanguage().analyse(text, { fromHealthFeed: true });
  const story = overrides.storyId === undefined ? [] : [seriesKey('story', overrides.storyId)];
  return anArticle({ ...text, ...analysis, series: [...seriesOf(analysis), ...story], ...overrides });
}

function pick<T>(items: readonly T[], at: number): T {
  const item = items[at % items.length];
  if (item === undefined) throw new RangeError('Nothing to pick from');
  return item;
}

async function seed(deps: ConsoleDeps, jobs: QuarantinedJob[]): Promise<void> {
  const written = monthOfPress();
  await deps.articles.save(written.map(withHistory));
  await saveRevisions(deps, written);
  await saveStory(deps, written);
  await openTestIncident(deps, written);
  await deps.outletStates.update(LEARNT_OUTLET, () => anOutletState({ outletId: LEARNT_OUTLET }));
  const added = written.map((article) =>
    anEntry({
      id: article.id,
      url: article.url,
      outletId: article.outletId,
      title: article.title,
      outcome: 'indexed',
      stage: 'index',
      firstSeenAt: article.firstSeenAt,
      publishedAt: article.publishedAt,
      text: { title: article.title, summary: article.summary, body: article.body },
      analysis: shippedLanguage().analyse(article, { fromHealthFeed: true }),
    }),
  );
  await deps.entries.add([
    ...added,
    anEntry({
      url: 'https://bao-tinh.example/f1',
      outletId: 'bao-tinh',
      outcome: 'failed',
      reason: 'http-403',
      stage: 'fetch',
      firstSeenAt: NOW.toISOString(),
    }),
    anEntry({
      url: 'https://bao-tinh.example/f2',
      outletId: 'bao-tinh',
      outcome: 'irrelevant',
      reason: 'not-health',
      stage: 'analyse',
      firstSeenAt: NOW.toISOString(),
    }),
    anEntry({
      url: 'https://bao-tinh.example/f3',
      outletId: 'bao-tinh',
      outcome: 'pending',
      stage: 'fetch',
      firstSeenAt: NOW.toISOString(),
    }),
  ]);
  for (const [at, feed] of [...deps.feeds.values()].entries()) {
    if (at === 3) await saveFeed(deps, feed, 'blocked', 'http-403');
    else await saveFeed(deps, feed, at === 5 ? 'not-modified' : 'ok');
  }
  jobs.push(
    {
      stage: 'fetch',
      key: 'fetch-0f3a',
      payload: { entryId: '0f3a' },
      reason: 'http-403',
      attempts: 5,
      failedAt: '2026-03-02T05:00:00.000Z',
    },
    {
      stage: 'extract',
      key: 'extract-77bc',
      payload: { entryId: '77bc' },
      reason: 'not-html',
      attempts: 1,
      failedAt: '2026-03-02T06:10:00.000Z',
    },
  );
}

/** Four articles a day over thirty days, and one story of four copies in the last hours. */
function monthOfPress(): Article[] {
  const quiet = Array.from({ length: 120 }, (_, at) => {
    const outlet = pick(OUTLETS, at * 3 + Math.floor(at / 4));
    const seenMs = NOW.getTime() - (5 + at * 6 + ((at * 7) % 5)) * HOUR_MS;
    return analysed(pick(TEXTS, at * 2 + 1 + (at % 3)), wire(`quiet-${at}`, outlet, seenMs, `story-${at}`));
  });
  const poisoning = OUTLETS.map((outlet, at) =>
    analysed(pick(TEXTS, 0), {
      ...wire(`poisoning-${at}`, outlet, NOW.getTime() - (190 - at * 40) * 60_000, 'story-poisoning'),
      copyNumber: at + 1,
    }),
  );
  const hostile = anArticle({
    ...wire('hostile', pick(OUTLETS, 1), NOW.getTime() - 5 * 60_000, 'story-hostile'),
    title: HOSTILE_TITLE,
    summary: '',
    url: 'javascript:alert(1)',
  });
  return [...poisoning, hostile, ...quiet];
}

function wire(
  id: string,
  outlet: (typeof OUTLETS)[number],
  seenMs: number,
  storyId: string,
): Partial<Article> {
  const at = new Date(seenMs).toISOString();
  return {
    id,
    url: `https://${outlet.id}.example/${id}.html`,
    outletId: outlet.id,
    outletName: outlet.name,
    newsroom: outlet.id,
    tier: outlet.tier,
    storyId,
    firstSeenAt: at,
    indexedAt: at,
    publishedAt: { at, source: 'json-ld', zoneAssumed: false, dayOnly: false },
  };
}

const REVISED = 'poisoning-2';
export const RAW_PAGE = new TextEncoder().encode(
  '<!doctype html><title>Ngộ độc</title><script>document.title = "x"</script>',
);

/** One article was corrected, and then taken away. */
function withHistory(article: Article): Article {
  if (article.id !== REVISED) return article;
  const { revisedAt, removedAt } = { revisedAt: hoursAgo(1), removedAt: hoursAgo(0.5) };
  return { ...article, revisedAt, removedAt, removedReason: 'http-404' };
}

const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS).toISOString();

async function saveRevisions({ revisions }: ConsoleDeps, articles: readonly Article[]): Promise<void> {
  const article = articles.find(({ id }) => id === REVISED);
  if (article === undefined) throw new Error('The fixture lost its article');
  const { title, summary, body, url, firstSeenAt } = article;
  const now = { title, summary, body, firstSeenAt, entryId: REVISED, requestedUrl: url, url };
  const bare = aRevision();
  const { removedReason: _reason, leftArchive: _left, author: _author, publishedAt: _at, ...base } = bare;
  await revisions.save(
    {
      ...base,
      ...now,
      number: 1,
      changes: [],
      title: title.replace('Hàng chục', 'Hàng trăm'),
      body: body.replace('ba bệnh nhân', 'năm bệnh nhân'),
      fetchedAt: firstSeenAt,
      sha256: sha256Of(RAW_PAGE),
      size: RAW_PAGE.length,
    },
    RAW_PAGE,
  );
  await revisions.save({
    ...base,
    ...now,
    number: 2,
    changes: ['title', 'body', 'numbers'],
    fetchedAt: hoursAgo(1),
  });
  const { sha256: _sha256, size: _size, ...gone } = base;
  await revisions.save({
    ...gone,
    ...now,
    number: 3,
    status: 404,
    changes: ['removed'],
    removedReason: 'http-404',
    fetchedAt: hoursAgo(0.5),
  });
}

async function saveStory({ stories }: ConsoleDeps, articles: readonly Article[]): Promise<void> {
  const members = articles.filter(({ storyId }) => storyId === 'story-poisoning');
  const [first] = members;
  const last = members.at(-1);
  if (first === undefined || last === undefined) throw new Error('The fixture lost its story');
  await stories.update(
    'story-poisoning',
    () => ({
      id: 'story-poisoning',
      title: first.title,
      firstArticleId: first.id,
      firstOutletId: first.outletId,
      firstSeenAt: first.firstSeenAt,
      lastSeenAt: last.firstSeenAt,
      articleIds: members.map(({ id }) => id),
      independentNewsrooms: ['bao-trung-uong', 'bao-tinh'],
      tiers: ['central', 'national', 'provincial'],
    }),
    members.map(({ id, storyId, signature, firstSeenAt }) => ({
      articleId: id,
      storyId,
      signature,
      bands: ['b'],
      firstSeenAt,
    })),
  );
}

/** An open incident about the poisoning. */
async function openTestIncident({ incidents }: ConsoleDeps, articles: readonly Article[]): Promise<void> {
  const members = articles.filter(({ storyId }) => storyId === 'story-poisoning');
  const alert = anAlert({
    id: 'facility-burst-1',
    ruleId: 'facility-burst',
    at: '2026-03-02T06:45:00.000Z',
    dataWatermarkAt: '2026-03-02T06:44:00.000Z',
    series: 'facility:bv-cho-ray',
    seriesName: 'Bệnh viện Chợ Rẫy',
    observed: 4,
    expected: 0.6,
    spread: 0.8,
    signals: [
      { kind: 'acceleration', observed: 4, expected: 0.6, spread: 0.8, strength: 0.9 },
      { kind: 'negative-share', observed: 1, expected: 0.22, spread: 0.1, strength: 0.7 },
      { kind: 'harm', observed: 4, expected: 0.3, spread: 0.5, strength: 0.8 },
    ],
    articleIds: members.map(({ id }) => id),
    firstOutletId: 'bao-trung-uong',
    firstArticleAt: members[0]?.firstSeenAt ?? NOW.toISOString(),
    independentNewsrooms: ['Báo Trung Ương Mẫu', 'Báo Tỉnh Mẫu'],
    storyIds: ['story-poisoning'],
    copiesFolded: 2,
    changed: 'thêm 2 bài / 2 more articles',
  });
  await incidents.saveAlert(alert);
  const incident = openIncident(
    alert,
    'Bệnh viện Chợ Rẫy · Hàng chục công nhân nhập viện nghi ngộ độc · 4 bài tiêu cực/24 giờ',
  );
  await incidents.open(incident);
}
