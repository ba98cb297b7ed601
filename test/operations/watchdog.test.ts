import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import pino from 'pino';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { pgliteBackend } from '../../src/adapters/bullmq/backend.ts';
import { Queues } from '../../src/adapters/bullmq/queues.ts';
import { EmailChannel } from '../../src/adapters/notify/email-channel.ts';
import { createHeartbeat } from '../../src/adapters/notify/heartbeat.ts';
import { WebhookChannel } from '../../src/adapters/notify/webhook-channel.ts';
import { type Database, openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { openStores } from '../../src/adapters/pglite/stores.ts';
import { loadConfig } from '../../src/config.ts';
import { openIncident } from '../../src/domain/incident.ts';
import { StoreUnavailableError } from '../../src/errors.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import { PipelineReader } from '../../src/operations/pipeline-reader.ts';
import { Readiness } from '../../src/operations/readiness.ts';
import { Watchdog } from '../../src/operations/watchdog.ts';
import { anOutlet } from '../support/deps.ts';
import { anAlert, anArticle, aSighting } from '../support/factories.ts';
import { parseExposition, sampleOf } from '../support/prometheus-text.ts';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-03-04T07:00:00.000Z');

let database: Database;
let stores: Awaited<ReturnType<typeof openStores>>;
let queues: Queues;
const closers: (() => Promise<unknown>)[] = [];

/** What came in from outside, oldest first. */
let beats: { path: string; body: string }[];
let mails: { to: string[]; raw: string }[];
let posts: { id: string; subject: string; text: string; to?: string }[];
let heartbeatUrl: string;
let smtpUrl: string;
let webhookUrl: string;
/** How the far sides answer. */
let webhookStatus: number;
let mailCode: number;
/** The program's clock. */
let clock: number;
let isStoreAway: boolean;
let areQueuesAway: boolean;

const at = (minutes: number) => new Date(START + minutes * MINUTE_MS).toISOString();

async function httpServer(
  answer: (path: string, headers: NodeJS.Dict<string | string[]>, body: string) => number,
) {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => response.writeHead(answer(request.url ?? '', request.headers, body)).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function mailServer(): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        raw += chunk;
      });
      stream.on('end', () => {
        if (mailCode !== 250) return done(Object.assign(new Error('refused'), { responseCode: mailCode }));
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        return done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve(undefined))));
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}?ignoreTLS=true`;
}

beforeAll(async () => {
  database = await openMemoryDatabase();
  stores = await openStores(database.db);
  queues = new Queues([{ name: 'index', attempts: 1 }], await pgliteBackend(database.db));
  heartbeatUrl = await httpServer((path, _headers, body) => {
    beats.push({ path, body });
    return 200;
  });
  webhookUrl = await httpServer((_path, headers, body) => {
    const { data } = JSON.parse(body) as { data: { subject: string; text: string; to?: string } };
    if (webhookStatus === 200) posts.push({ id: String(headers['webhook-id']), ...data });
    return webhookStatus;
  });
  smtpUrl = await mailServer();
}, 60_000);
afterAll(async () => {
  for (const close of closers) await close();
  await queues.close();
  await database.close();
});

beforeEach(async () => {
  await database.db.exec(
    'truncate entry, ledger_count, article, article_fact, article_word, series_article, incident, notification, feed_state, journal_page, pipeline_watch',
  );
  [beats, mails, posts] = [[], [], []];
  [webhookStatus, mailCode, clock] = [200, 250, START];
  [isStoreAway, areQueuesAway] = [false, false];
  await poll(0);
  await stores.articles.save([anArticle({ firstSeenAt: at(-20) })]);
  await stores.journal.append({ sequence: 1, at: at(-19), sightings: [aSighting()] });
});

/** As the discover stage leaves it after a poll in that minute. */
async function poll(minute: number): Promise<void> {
  await stores.feedStates.save({
    feedId: 'bao-a-1',
    outletId: 'bao-a',
    status: 'ok',
    consecutiveFailures: 0,
    entriesLastPoll: 20,
    newLastPoll: 1,
    polledAt: at(minute),
    succeededAt: at(minute),
    newsAt: at(minute),
    nextPollAt: at(minute + 10),
  });
}

/** A process that has just begun, `isLeader` as Redis would have it. */
function begin({ isLeader = true, operators = ['email:van-hanh@soyte.example', 'webhook'] } = {}) {
  const now = () => new Date(clock);
  const guarded = <T extends object>(store: T): T =>
    new Proxy(store, {
      get(target, name) {
        if (isStoreAway) return async () => Promise.reject(new StoreUnavailableError('the disk is full'));
        const value = Reflect.get(target, name) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const reader = new PipelineReader({
    now,
    outlets: new Map([['bao-a', anOutlet()]]),
    holidays: [],
    feedStates: guarded(stores.feedStates),
    entries: guarded(stores.entries),
    articles: guarded(stores.articles),
    journal: guarded(stores.journal),
    incidents: guarded(stores.incidents),
    queueReadings: async () => {
      if (areQueuesAway) throw new StoreUnavailableError('Redis is out of reach');
      return queues.readings(clock);
    },
  });
  const metrics = new Metrics({ version: '1', profile: 'embedded', stages: [] });
  const watchdog = new Watchdog({
    read: () => reader.read(),
    bounds: loadConfig({}).watchBounds,
    everyMs: MINUTE_MS,
    graceMs: 0,
    store: guarded(stores.pipelineWatch),
    channels: [
      new EmailChannel({ smtpUrl, from: 'nhip-yte@soyte.example', to: ['truc@soyte.example'] }),
      new WebhookChannel({ url: webhookUrl, secret: 'a phrase that is long enough' }),
    ],
    operators,
    heartbeat: createHeartbeat(`${heartbeatUrl}/ping`),
    consoleUrl: 'https://nhip.example',
    looked: metrics.watched,
    beat: metrics.heartbeat,
    log: pino({ level: 'silent' }),
  });
  watchdog.lead(isLeader);
  return { watchdog, metrics };
}

/** One look a minute from `from` up to and with `to`, by each of the processes; `each` is what happens before it. */
async function run(
  processes: readonly { watchdog: Watchdog }[],
  from: number,
  to: number,
  each: (minute: number) => Promise<unknown> = async () => {},
): Promise<void> {
  for (let minute = from; minute <= to; minute++) {
    clock = START + minute * MINUTE_MS;
    await each(minute);
    for (const { watchdog } of processes) await watchdog.look();
  }
}

const paths = () => [...new Set(beats.map(({ path }) => path))];
/** Mails are encoded for the wire; the message of a webhook is plain. */
const subjects = () => posts.map(({ subject }) => subject);

describe('the watchdog', () => {
  it('beats while all is well, and tells nobody', async () => {
    const one = begin();
    await run([one], 1, 30, (minute) => (minute % 5 === 0 ? poll(minute) : Promise.resolve()));
    expect(beats).toHaveLength(30);
    expect(paths()).toEqual(['/ping']);
    expect([mails, posts]).toEqual([[], []]);
  });

  it('tells once that polling has stopped, over each channel, and once that it goes on', async () => {
    const one = begin();
    await run([one], 1, 120);
    expect(subjects()).toEqual([
      '[Nhịp Y tế] Hệ thống đang trục trặc: Ngừng dò tin: 1/1 nguồn đã quá giờ dò',
    ]);
    expect(posts[0]?.text).toContain(
      'Polling has stopped: 1 of 1 feeds are overdue (since 14:00 04/03, allowed 30 min)',
    );
    expect(mails.map(({ to }) => to)).toEqual([['van-hanh@soyte.example']]);
    // The poll was due after ten minutes and may be overdue for thirty.
    expect(beats.findIndex(({ path }) => path === '/ping/fail')).toBe(40);
    expect(beats.at(-1)?.body).toContain('Ngừng dò tin');

    await run([one], 121, 150, (minute) => poll(minute));
    expect(subjects()[1]).toBe(
      '[Nhịp Y tế] Hệ thống đã chạy lại bình thường: Ngừng dò tin: 1/1 nguồn đã quá giờ dò',
    );
    expect([posts, mails].map(({ length }) => length)).toEqual([2, 2]);
    expect(beats.at(-1)?.path).toBe('/ping');
  });

  it('neither forgets nor repeats when it is restarted', async () => {
    await run([begin()], 1, 60);
    await run([begin()], 61, 120);
    expect(posts).toHaveLength(1);
    await run([begin()], 121, 150, (minute) => poll(minute));
    expect(posts).toHaveLength(2);
  });

  it('leaves telling to the process that leads', async () => {
    const processes = [begin({ isLeader: false }), begin(), begin({ isLeader: false })];
    await run(processes, 1, 60);
    expect(beats).toHaveLength(60);
    expect([mails, posts].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('tells though the queues are away and nobody can lead, and still only once', async () => {
    areQueuesAway = true;
    const processes = [begin({ isLeader: false }), begin({ isLeader: false })];
    await run(processes, 1, 20, (minute) => poll(minute));
    expect(subjects()).toEqual(['[Nhịp Y tế] Hệ thống đang trục trặc: Hàng đợi không trả lời']);
    expect(mails).toHaveLength(1);
    expect(beats.at(-1)?.path).toBe('/ping/fail');
  });

  it('tells though the store refuses everything, and gives the all-clear when it is back', async () => {
    const one = begin();
    await run([one], 1, 5, (minute) => poll(minute));
    isStoreAway = true;
    await run([one], 6, 30);
    expect(subjects()).toEqual(['[Nhịp Y tế] Hệ thống đang trục trặc: Kho dữ liệu không trả lời']);
    isStoreAway = false;
    await run([one], 31, 45, (minute) => poll(minute));
    expect(subjects()[1]).toContain('Hệ thống đã chạy lại bình thường');
    expect([posts, mails].map(({ length }) => length)).toEqual([2, 2]);
  });

  it('sees that the detector is not told of what is indexed', async () => {
    await stores.articles.save([anArticle({ id: 'a-new', firstSeenAt: at(1) })]);
    await run([begin()], 1, 20, (minute) => poll(minute));
    expect(subjects()).toEqual([
      '[Nhịp Y tế] Hệ thống đang trục trặc: Bài mới đã vào kho nhưng chưa được xét cảnh báo',
    ]);
  });

  it('does not take an import for news that nobody judges', async () => {
    await stores.articles.save([anArticle({ id: 'a-old', firstSeenAt: at(1), imported: true })]);
    await run([begin()], 1, 20, (minute) => poll(minute));
    expect(posts).toEqual([]);
  });

  it('sees a queue that nobody works on', async () => {
    await queues.add([{ stage: 'index', key: 'index-1', payload: {} }]);
    try {
      clock = Date.now() + 11 * MINUTE_MS;
      const readings = await queues.readings(clock);
      expect(readings[0]?.oldestWaitingMs).toBeGreaterThan(10 * MINUTE_MS);
      const one = begin();
      for (let look = 0; look < 3; look++, clock += MINUTE_MS) {
        await poll((clock - START) / MINUTE_MS);
        await one.watchdog.look();
      }
      expect(subjects()).toEqual([
        '[Nhịp Y tế] Hệ thống đang trục trặc: Hàng đợi index bị dồn: 1 việc đang chờ',
      ]);
    } finally {
      await queues.clear();
    }
  });

  it('tells by another channel that one fails for good, and that an incident has reached nobody', async () => {
    const incident = openIncident(anAlert(), 'Sự cố');
    await stores.incidents.open(incident);
    const notification = {
      incidentId: incident.id,
      step: 'opened',
      channel: 'email',
      attempts: 6,
      createdAt: at(-15),
    } as const;
    await stores.incidents.plan({ ...notification, id: 'n1', status: 'failed', error: 'smtp-auth' });
    mailCode = 554;
    const one = begin();
    await run([one], 1, 20, (minute) => poll(minute));
    expect(subjects()).toHaveLength(1);
    expect(posts[0]?.text).toContain(`Sự cố ${incident.id}: không kênh nào tới được người trực`);
    expect(posts[0]?.text).toContain('Kênh email hỏng');
    expect(mails).toEqual([]);
    // Whoever watches the heartbeat learns that the operators' mailbox is no way either.
    expect(beats.at(-1)?.body).toContain('operator not reached: email:van-hanh@soyte.example: smtp-554');
  });

  it('tries again what may pass until it is taken, and says by its id that it is the same', async () => {
    webhookStatus = 503;
    mailCode = 451;
    const one = begin();
    await run([one], 1, 50);
    expect([mails, posts]).toEqual([[], []]);
    webhookStatus = 200;
    mailCode = 250;
    await run([one], 51, 70);
    expect([posts, mails].map(({ length }) => length)).toEqual([1, 1]);
    expect(posts[0]?.id).toMatch(/^watch-fault-2026/);
  });

  it('shows its faults on /metrics and /readyz, and is no reason to send readers away', async () => {
    const one = begin();
    const readiness = new Readiness(
      [
        { name: 'store', check: async () => {} },
        { name: 'pipeline', check: async () => one.watchdog.refuseIfFaulty(), isAdvisory: true },
      ],
      { keepMs: 0, boundMs: 1000 },
    );
    await run([one], 1, 5, (minute) => poll(minute));
    expect(await readiness.look()).toMatchObject({ ready: true, checks: [{ ok: true }, { ok: true }] });
    await run([one], 6, 60);
    expect(await readiness.look()).toMatchObject({
      ready: true,
      checks: [
        { ok: true },
        { name: 'pipeline', ok: false, advisory: true, reason: expect.stringMatching(/Ngừng dò tin/) },
      ],
    });
    const families = parseExposition(await one.metrics.render());
    const value = (name: string, labels: Record<string, string>) => sampleOf(families, name, labels);
    expect(value('nhip_yte_pipeline_fault', { fault: 'polling-stopped' })).toBe(1);
    expect(value('nhip_yte_pipeline_fault', { fault: 'store-away' })).toBe(0);
    expect(value('nhip_yte_newest_age_seconds', { what: 'poll' })).toBe(55 * 60);
    expect(value('nhip_yte_heartbeats_total', { result: 'taken' })).toBe(60);
  });
});
