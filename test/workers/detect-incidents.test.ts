import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { PgliteArticleStore } from '../../src/adapters/pglite/article-store.ts';
import { type Database, openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { PgliteDetectionJournal } from '../../src/adapters/pglite/detection-journal.ts';
import { PgliteFeedStateStore } from '../../src/adapters/pglite/feed-state-store.ts';
import { PgliteIncidentStore } from '../../src/adapters/pglite/incident-store.ts';
import { migrate } from '../../src/adapters/pglite/schema.ts';
import { PgliteStoryStore } from '../../src/adapters/pglite/story-store.ts';
import { parseAlertRules } from '../../src/detection/alert-rules-file.ts';
import type { Article } from '../../src/domain/article.ts';
import { acknowledge, resolve } from '../../src/domain/incident.ts';
import type { NotificationMessage } from '../../src/domain/notification.ts';
import type { Observation } from '../../src/domain/observation.ts';
import { DAY_MS } from '../../src/domain/time.ts';
import { PermanentError, RetryLaterError } from '../../src/errors.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { detectIncidents } from '../../workers/detect-incidents.ts';
import { notifyOfficers } from '../../workers/notify-officers.ts';
import type { Deps } from '../../workers/stage.ts';
import { anAnalysis, anArticle } from '../support/factories.ts';
import { anOnCall, shippedOnCallText } from '../support/on-call.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
const config = (name: string) => readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');
const SERIES = ['facility:bv-mau', 'province:79', 'topic:incidents'];

let database: Database;
let clock: Date;
let deps: Deps;
let sent: { id: string; message: NotificationMessage }[];
let failWith: unknown;
let observed: Observation[];

const channel = (name: string): Channel => ({
  name,
  deliver: async (message, { notificationId }) => {
    if (failWith !== undefined) throw failWith;
    sent.push({ id: notificationId, message });
    return {};
  },
});

beforeAll(async () => {
  database = await openMemoryDatabase();
  await migrate(database.db);
});
afterAll(() => database.close());

beforeEach(async () => {
  await database.db.exec(
    'truncate article, article_fact, article_word, series_article, story, alert, incident, notification, feed_state, journal_page, detector_snapshot',
  );
  clock = new Date('2026-03-04T09:00:00.000Z');
  sent = [];
  failWith = undefined;
  observed = [];
  deps = {
    now: () => clock,
    observe: (observation: Observation) => void observed.push(observation),
    outlets: new Map(),
    feeds: new Map(),
    language: {
      version: 'test',
      topicNames: new Map([['incidents', { vi: 'Sự cố và khiếu nại', en: 'Incidents and complaints' }]]),
      names: new Map([['facility:bv-mau', 'Bệnh viện Mẫu']]),
    },
    alertRules: parseAlertRules(config('alert-rules.yaml')),
    onCall: anOnCall(),
    campaigns: [],
    holidays: [],
    detector: {},
    journal: new PgliteDetectionJournal(database.db),
    articles: new PgliteArticleStore(database.db),
    stories: new PgliteStoryStore(database.db),
    incidents: new PgliteIncidentStore(database.db),
    feedStates: new PgliteFeedStateStore(database.db),
    channels: [channel('log'), channel('email')],
    consoleUrl: 'http://127.0.0.1:8190/',
  } as unknown as Deps;
});

const ago = (ms: number) => new Date(clock.getTime() - ms).toISOString();

/** Eight quiet weeks: one neutral article a day. */
async function quietPast(): Promise<void> {
  const articles = Array.from({ length: 55 }, (_, day) =>
    anArticle({
      id: `past-${day}`,
      url: `https://bao.example/past-${day}`,
      storyId: `past-${day}`,
      series: SERIES,
      imported: true,
      firstSeenAt: ago((day + 1) * DAY_MS),
    }),
  );
  await deps.articles.save(articles);
}

/** Negative articles of different stories and newsrooms, one a minute, the newest now. */
async function crisis(count: number, overrides: Partial<Article> = {}): Promise<Article[]> {
  const articles = Array.from({ length: count }, (_, index) =>
    anArticle({
      id: `crisis-${index}`,
      url: `https://bao.example/crisis-${index}`,
      storyId: `crisis-${index}`,
      outletId: `bao-${index}`,
      outletName: `Báo ${index}`,
      newsroom: `bao-${index}`,
      title: `Bệnh nhân tử vong sau ca mổ tại Bệnh viện Mẫu, tin thứ ${index}`,
      sentiment: { ...anAnalysis().sentiment, polarity: 'negative', score: -0.8 },
      harmTerms: ['tử vong'],
      mentions: [{ kind: 'facility', id: 'bv-mau', name: 'Bệnh viện Mẫu', start: 0, end: 4 }],
      series: SERIES,
      firstSeenAt: ago((count - index) * 60_000),
      ...overrides,
    }),
  );
  await deps.articles.save(articles);
  return articles;
}

const detect = (articleId?: string) => detectIncidents.run({ articleId }, deps, context);

/** Tells of all of them together, as a burst does. */
async function detectAll(articles: readonly Article[]) {
  const outcomes = await detectIncidents.runTogether?.(
    articles.map(({ id }) => ({ articleId: id })),
    deps,
    context,
  );
  return { next: outcomes?.flatMap(({ next }) => next) ?? [], outcome: outcomes?.[0] };
}

async function notifyAll(next: Awaited<ReturnType<typeof detect>>['next']): Promise<void> {
  for (const job of next) await notifyOfficers.run(job.payload, deps, context);
}

describe('detectIncidents', () => {
  it('opens one incident for a crisis that shows in three series, and tells over every channel once', async () => {
    await quietPast();
    const articles = await crisis(8);
    const { next } = await detectAll(articles);

    const incidents = await deps.incidents.list();
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({ status: 'open', severity: 'critical' });
    expect(incidents[0]?.series).toEqual(expect.arrayContaining(['facility:bv-mau']));
    expect(incidents[0]?.title).toContain('Bệnh viện Mẫu');
    for (const { key } of next) expect(key).toMatch(/^[a-z0-9-]+$/);

    await notifyAll(next);
    const opened = sent.filter(({ id }) => id.includes('-opened-'));
    expect(opened.map(({ id }) => id.split('-').at(-1))).toEqual(['email', 'log']);
    expect(sent[0]?.message.subject).toContain('[Khẩn cấp]');
    expect(sent[0]?.message.text).toContain('8 bài trong 24 giờ');
    expect(sent[0]?.message.text).toContain('https://bao.example/crisis-0');
    expect(sent[0]?.message.url).toBe(`http://127.0.0.1:8190/incidents/${incidents[0]?.id}`);
  });

  it('changes nothing when the job is repeated, before and after delivery', async () => {
    await quietPast();
    const articles = await crisis(8);
    const first = await detectAll(articles);
    await detectAll(articles);
    const [before] = await deps.incidents.list();
    await notifyAll(first.next);
    const again = await detectAll(articles);
    await notifyAll(again.next);
    const after = await deps.incidents.list();
    expect(after).toHaveLength(1);
    expect(after[0]?.alertIds).toEqual(before?.alertIds);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
    expect(sent).toHaveLength(first.next.length);
  });

  it('hands on again what a crash left planned and unsent', async () => {
    await quietPast();
    const articles = await crisis(8);
    const { next } = await detectAll(articles);
    expect(next.length).toBeGreaterThan(0);
    clock = new Date(clock.getTime() + 5 * 60_000);
    const swept = await detect();
    expect(swept.next.map(({ key }) => key)).toEqual(expect.arrayContaining(next.map(({ key }) => key)));
  });

  it('reminds until somebody acknowledges', async () => {
    await quietPast();
    await notifyAll((await detectAll(await crisis(8))).next);
    sent = [];
    clock = new Date(clock.getTime() + 16 * 60_000);
    await notifyAll((await detect()).next);
    expect(sent.map(({ id }) => id).join()).toContain('-reminder-1-');
    expect(sent[0]?.message.subject).toContain('Chưa ai nhận');

    const [incident] = await deps.incidents.list();
    clock = new Date(clock.getTime() + 15 * 60_000);
    const { next } = await detect();
    // Planned, but somebody is faster than the delivery.
    await deps.incidents.update(incident?.id ?? '', (current) =>
      acknowledge(current, 'Trực', clock.toISOString()),
    );
    sent = [];
    await notifyAll(next);
    expect(sent).toEqual([]);
    clock = new Date(clock.getTime() + 60 * 60_000);
    expect((await detect()).next).toEqual([]);
  });

  it('says nothing of a quiet day, of imports, of late articles and of what is not there', async () => {
    await quietPast();
    expect(await detect('past-0')).toMatchObject({ status: 'skipped', reason: 'imported' });
    expect(await detect('nobody')).toMatchObject({ status: 'skipped', reason: 'not-in-archive' });
    const late = await crisis(8, { isLate: true });
    expect((await detectAll(late)).outcome).toMatchObject({ status: 'skipped', reason: 'late' });
    expect((await detect()).next).toEqual([]);
    expect(await deps.incidents.list()).toEqual([]);
  });

  it('lets a resolved matter rest until it has grown', async () => {
    await quietPast();
    const articles = await crisis(8);
    await detectAll(articles);
    const [incident] = await deps.incidents.list();
    await deps.incidents.update(incident?.id ?? '', (current) =>
      resolve(current, 'false', 'Trực', clock.toISOString()),
    );
    expect((await detectAll(articles)).next).toEqual([]);
    expect(await deps.incidents.list()).toHaveLength(1);
    clock = new Date(clock.getTime() + 30 * 60_000);
    const more = await crisis(20);
    await detectAll(more);
    expect(await deps.incidents.list()).toMatchObject([{ id: incident?.id, status: 'open' }]);
  });
});

describe('notifyOfficers', () => {
  it('delivers a notification once, and counts the attempts that failed', async () => {
    await quietPast();
    const { next } = await detectAll(await crisis(8));
    const job = next[0];
    if (job === undefined) throw new Error('expected a job');

    failWith = new Error('connection refused');
    await expect(notifyOfficers.run(job.payload, deps, context)).rejects.toThrow('connection refused');
    failWith = new RetryLaterError('busy', 1000);
    await expect(notifyOfficers.run(job.payload, deps, context)).rejects.toThrow('busy');
    failWith = undefined;
    await notifyOfficers.run(job.payload, deps, context);
    expect(await notifyOfficers.run(job.payload, deps, context)).toMatchObject({
      reason: 'already-delivered',
    });
    expect(sent).toHaveLength(1);
    expect(await deps.incidents.findNotification(job.payload.notificationId)).toMatchObject({
      status: 'delivered',
      attempts: 2,
    });
    expect(observed).toEqual(
      ['retrying', 'retrying', 'delivered'].map((result) => ({
        kind: 'delivered',
        channel: 'email',
        result,
      })),
    );
  });

  it('turns to the channels not tried yet where a step reached nobody', async () => {
    deps = {
      ...deps,
      onCall: anOnCall(
        shippedOnCallText().replace(/^ {4}channels: .*$/m, '    channels: [{ channel: email }]'),
      ),
    };
    await quietPast();
    const { next } = await detectAll(await crisis(8));
    for (const { payload } of next) await notifyOfficers.onGivenUp?.(payload, 'http-410', deps);
    expect(observed).toEqual([{ kind: 'delivered', channel: 'email', result: 'failed' }]);
    const swept = await detect();
    expect(swept.next.map(({ key }) => key).filter((key) => key.endsWith('-log')).length).toBeGreaterThan(0);
  });

  it('parks what it does not know', async () => {
    await expect(notifyOfficers.run({ notificationId: 'x' }, deps, context)).rejects.toBeInstanceOf(
      PermanentError,
    );
  });
});
