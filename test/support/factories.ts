import type { Alert } from '../../src/domain/alert.ts';
import type { Analysis } from '../../src/domain/analysis.ts';
import type { Article } from '../../src/domain/article.ts';
import type { Correction } from '../../src/domain/correction.ts';
import { type Entry, entryId } from '../../src/domain/entry.ts';
import type { OutletState } from '../../src/domain/outlet-state.ts';
import type { PipelineWatch } from '../../src/domain/pipeline-watch.ts';
import type { Revision } from '../../src/domain/revision.ts';
import type { JournalPage, Sighting } from '../../src/domain/sighting.ts';
import type { Statement } from '../../src/domain/statement.ts';

/** A valid analysis; a test names only the fields it is about. */
export function anAnalysis(overrides: Partial<Analysis> = {}): Analysis {
  return {
    relevance: { isHealth: true, score: 4, reasons: ['+2.0 bệnh viện'] },
    languageVersion: 'test-1+test-1',
    sentiment: {
      polarity: 'neutral',
      score: 0,
      event: { polarity: 'neutral', score: 0 },
      stance: { polarity: 'neutral', score: 0 },
      evidence: [],
      lexiconVersion: 'test-1',
    },
    topics: [{ topic: 'treatment', score: 2, terms: ['bệnh viện'] }],
    mentions: [],
    caseCounts: [],
    cautions: [],
    harmTerms: [],
    signature: [1, 2, 3],
    ...overrides,
  };
}

/** A valid article; a test names only the fields it is about. */
export function anArticle(overrides: Partial<Article> = {}): Article {
  return {
    ...anAnalysis(),
    id: 'a1',
    url: 'https://bao.example/suc-khoe/a1.html',
    outletId: 'bao-a',
    outletName: 'Báo A',
    newsroom: 'bao-a',
    tier: 'national',
    title: 'Bệnh viện tỉnh quá tải',
    summary: 'Bệnh nhân chờ lâu.',
    body: 'Bác sĩ làm việc thâu đêm để phục vụ người bệnh.',
    publishedAt: { at: '2026-03-02T01:00:00.000Z', source: 'feed', zoneAssumed: false, dayOnly: false },
    firstSeenAt: '2026-03-02T01:05:00.000Z',
    indexedAt: '2026-03-02T01:06:00.000Z',
    isLate: false,
    imported: false,
    readFrom: 'page',
    storyId: 's1',
    copyNumber: 1,
    series: ['topic:treatment'],
    ...overrides,
  };
}

/** A valid pending entry; its id follows from its URL unless a test names one. */
export function anEntry(overrides: Partial<Entry> = {}): Entry {
  const url = overrides.url ?? 'https://bao.example/suc-khoe/a1.html';
  return {
    id: entryId(url),
    url,
    title: 'Bệnh viện tỉnh quá tải',
    summary: 'Bệnh nhân chờ lâu.',
    outletId: 'bao-a',
    feedId: 'bao-a-1',
    fromHealthFeed: true,
    firstSeenAt: '2026-03-02T01:05:00.000Z',
    imported: false,
    outcome: 'pending',
    stage: 'fetch',
    ...overrides,
  };
}

/** A valid revision with every field that may stand in one; a test names only the fields it is about. */
export function aRevision(overrides: Partial<Revision> = {}): Revision {
  const url = 'https://bao.example/suc-khoe/a1.html';
  return {
    entryId: entryId(url),
    number: 2,
    firstSeenAt: '2026-03-02T01:05:00.000Z',
    requestedUrl: url,
    url: `${url}?v=2`,
    status: 200,
    fetchedAt: '2026-03-02T02:05:00.000Z',
    headers: { date: 'Mon, 02 Mar 2026 02:05:00 GMT', etag: '"2"' },
    sha256: 'ab'.repeat(32),
    size: 1200,
    changes: ['title', 'numbers'],
    removedReason: 'http-404',
    leftArchive: true,
    title: 'Bệnh viện tỉnh hết quá tải',
    summary: 'Bệnh nhân không còn chờ lâu.',
    body: 'Bác sĩ làm việc thâu đêm để phục vụ 120 người bệnh.',
    author: 'Thu Hà',
    publishedAt: { at: '2026-03-02T01:00:00.000Z', source: 'json-ld', zoneAssumed: false, dayOnly: false },
    ...overrides,
  };
}

/** A valid correction with every field that may stand in one but its withdrawal; a test names what it is about. */
export function aCorrection(overrides: Partial<Correction> = {}): Correction {
  return {
    id: 'c1',
    articleId: 'a1',
    at: '2026-03-02T02:00:00.000Z',
    by: 'Thu Hà',
    reason: 'Bài nêu việc đã khắc phục xong',
    scope: 'article',
    says: {
      isHealth: true,
      polarity: 'neutral',
      topics: ['treatment'],
      mentions: {
        add: [{ kind: 'facility', id: 'bv-vi-du', name: 'Bệnh viện Ví Dụ', province: '79' }],
        remove: [{ kind: 'province', id: '01' }],
      },
      storyId: 's2',
    },
    storyId: 's1',
    isSampled: true,
    verdicts: [
      {
        languageVersion: 'test-1+test-1',
        isHealth: true,
        polarity: 'negative',
        topics: ['treatment', 'incidents'],
        mentions: ['province:01'],
      },
    ],
    url: 'https://bao.example/suc-khoe/a1.html',
    outletId: 'bao-a',
    fromHealthFeed: true,
    text: {
      title: 'Bệnh viện tỉnh quá tải',
      summary: 'Bệnh nhân chờ lâu.',
      body: 'Bác sĩ làm việc thâu đêm để phục vụ người bệnh.',
    },
    ...overrides,
  };
}

/** A valid alert; a test names only the fields it is about. */
export function anAlert(overrides: Partial<Alert> = {}): Alert {
  return {
    id: 'burst-facility-x-2026030201',
    ruleId: 'burst',
    ruleVersion: '1',
    at: '2026-03-02T02:00:00.000Z',
    dataWatermarkAt: '2026-03-02T01:59:00.000Z',
    series: 'facility:x',
    seriesName: 'Bệnh viện X',
    severity: 'serious',
    observed: 7,
    expected: 0.4,
    spread: 0.7,
    windowHours: 24,
    negative: 6,
    usualNegativeShare: 0.3,
    falseAlarmProbability: 0.00001,
    score: 5,
    falsePagesPerWeek: 0.05,
    sign: 'burst',
    sequence: 1,
    signals: [],
    articleIds: ['a1'],
    firstOutletId: 'bao-a',
    firstArticleAt: '2026-03-02T01:05:00.000Z',
    independentNewsrooms: ['bao-a'],
    storyIds: ['s1'],
    copiesFolded: 0,
    ...overrides,
  };
}

/** What may be known of an outlet, every part of it once. */
export function aStatement(overrides: Partial<Statement> = {}): Statement {
  return {
    id: 'statement-1',
    at: '2026-03-02T05:00:00.000Z',
    owner: 'incident-x',
    by: 'Phòng truyền thông',
    title: 'Sở Y tế thông tin về ca tử vong sau tiêm',
    text: 'Sở Y tế đã lập hội đồng chuyên môn và mời cơ quan điều tra vào cuộc.',
    issuedAt: '2026-03-02T04:30:00.000Z',
    ...overrides,
  };
}

export function aPipelineWatch(overrides: Partial<PipelineWatch> = {}): PipelineWatch {
  const at = '2026-03-02T03:00:00.000Z';
  const fault = {
    kind: 'polling-stopped',
    since: '2026-03-02T02:00:00.000Z',
    boundMs: 1_800_000,
    count: 2,
    of: 3,
  } as const;
  return {
    id: 'pipeline',
    lookedAt: at,
    faults: [{ key: 'polling-stopped', fault, firstSeenAt: at, lastSeenAt: at, toldAt: at }],
    bulletin: {
      id: 'watch-fault-20260302t030000000z',
      kind: 'fault',
      at,
      standing: [fault],
      ended: [],
      by: 'process-a',
      claimedAt: at,
      deliveries: [{ to: 'email:van-hanh@soyte.example', status: 'delivered' }],
    },
    ...overrides,
  };
}

export function anOutletState(overrides: Partial<OutletState> = {}): OutletState {
  const url = 'https://bao.example/suc-khoe/a1.html';
  return {
    outletId: 'bao-a',
    clock: {
      sources: {
        feed: {
          groups: [{ from: '2026-03-01', to: '2026-03-01', count: 30, atOnce: 0, smallest: [421.5, 422] }],
          behindMinutes: 420,
          learntAt: '2026-03-02T01:00:00.000Z',
          samples: 60,
        },
      },
      changes: [{ at: '2026-03-02T01:00:00.000Z', source: 'feed', behindMinutes: 420, samples: 60 }],
    },
    coverage: [
      {
        day: '2026-03-01',
        measuredAt: '2026-03-01T19:00:00.000Z',
        listed: 120,
        found: 96,
        indexed: 30,
        healthListed: 20,
        healthFound: 19,
        healthIndexed: 18,
        missed: ['https://bao.example/suc-khoe/a2.html'],
        queued: 4,
        sitemaps: ['https://bao.example/news-sitemap.xml'],
      },
    ],
    rot: {
      selectors: 'a1b2',
      checked: 14,
      parts: {
        body: {
          good: 10,
          bad: 1,
          evidence: 0,
          suspect: 0,
          openedAt: '2026-03-02T00:00:00.000Z',
          lastGood: {
            url,
            at: '2026-03-01T20:00:00.000Z',
            verdict: 'same',
            bySelector: 'Bác sĩ làm việc',
            generic: 'Bác sĩ làm việc',
          },
          firstBad: {
            url: 'https://bao.example/suc-khoe/a3.html',
            at: '2026-03-01T22:00:00.000Z',
            verdict: 'missing',
            bySelector: '',
            generic: 'Bệnh nhân chờ lâu',
          },
        },
      },
      closed: [],
    },
    ...overrides,
  };
}

/** A page of the journal with one sighting; a test names only the fields it is about. */
export function aJournalPage(overrides: Partial<JournalPage> = {}): JournalPage {
  return { sequence: 1, at: '2026-03-02T01:06:00.000Z', sightings: [aSighting()], ...overrides };
}

/** What the detector is told of an ordinary article. */
export function aSighting(overrides: Partial<Sighting> = {}): Sighting {
  return {
    articleId: 'a1',
    outletId: 'bao-a',
    newsroom: 'bao-a',
    tier: 'national',
    firstSeenAt: '2026-03-02T01:05:00.000Z',
    polarity: 'neutral',
    storyId: 's1',
    copyNumber: 1,
    isBare: false,
    hasHarm: false,
    hasDenial: false,
    provinces: [],
    series: ['topic:treatment'],
    ...overrides,
  };
}
