import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import type { FeedState } from '../../src/domain/feed-state.ts';
import type { LedgerRow } from '../../src/domain/ledger.ts';
import type { Notification } from '../../src/domain/notification.ts';
import { faultLine, spanText } from '../../src/domain/pipeline-fault-texts.ts';
import {
  faultKey,
  type HealthBounds,
  judgePipeline,
  PIPELINE_FAULTS,
  type PipelineFaultKind,
  type PipelineReadings,
  type StoredReadings,
} from '../../src/domain/pipeline-health.ts';
import { parsePublicHolidays } from '../../src/domain/public-holiday.ts';
import { DAY_MS, HOUR_MS, hourOf, vietnameseClock } from '../../src/domain/time.ts';

const MINUTE_MS = 60_000;
const NOW = new Date('2026-03-04T07:00:00.000Z');
const BOUNDS: HealthBounds = loadConfig({}).watchBounds;
const HOLIDAYS = parsePublicHolidays(
  readFileSync(resolve(import.meta.dirname, '../../config/public-holidays.yaml'), 'utf8'),
);

const OUTLETS = ['a', 'b', 'c', 'd'].map((id) => ({
  id,
  feeds: [1, 2].map((number) => ({
    id: `${id}-${number}`,
    outletId: id,
    url: `https://${id}.example/${number}`,
    kind: 'feed' as const,
    isHealth: true,
    pollEveryMs: 600_000,
  })),
}));

const ago = (ms: number, now = NOW) => new Date(now.getTime() - ms).toISOString();

function state(feedId: string, overrides: Partial<FeedState> = {}, now = NOW): FeedState {
  return {
    feedId,
    outletId: feedId.slice(0, -2),
    status: 'ok',
    consecutiveFailures: 0,
    entriesLastPoll: 20,
    newLastPoll: 1,
    polledAt: ago(5 * MINUTE_MS, now),
    succeededAt: ago(5 * MINUTE_MS, now),
    newsAt: ago(20 * MINUTE_MS, now),
    nextPollAt: ago(-5 * MINUTE_MS, now),
    ...overrides,
  };
}

const states = (overrides: Partial<FeedState> = {}, now = NOW) =>
  OUTLETS.flatMap(({ feeds }) => feeds.map(({ id }) => state(id, overrides, now)));

/** Every hour of the last week but those of the night. */
function ledgerOf(now = NOW): LedgerRow[] {
  return Array.from({ length: 7 * 24 }, (_, back) => hourOf(now.getTime() - back * HOUR_MS))
    .filter((hour) => vietnameseClock(hour).hour >= 5)
    .map((hour) => ({ outletId: 'a', hour, stage: 'index', outcome: 'indexed', count: 10 }));
}

function notification(overrides: Partial<Notification> = {}): Notification {
  return {
    id: 'n1',
    incidentId: 'incident-x',
    step: 'opened',
    channel: 'email',
    status: 'delivered',
    attempts: 1,
    createdAt: ago(HOUR_MS),
    deliveredAt: ago(HOUR_MS - 1000),
    ...overrides,
  };
}

function readings(
  stored: Partial<StoredReadings> = {},
  overrides: Partial<PipelineReadings> = {},
): PipelineReadings {
  return {
    now: NOW,
    startedAt: new Date(NOW.getTime() - DAY_MS),
    outlets: OUTLETS,
    holidays: HOLIDAYS,
    queues: [],
    stored: {
      feedStates: states(),
      ledger: ledgerOf(),
      newestArticleAt: ago(15 * MINUTE_MS),
      newestJudgementAt: ago(14 * MINUTE_MS),
      notifications: [notification()],
      ...stored,
    },
    ...overrides,
  };
}

const kinds = (given: PipelineReadings) => judgePipeline(given, BOUNDS).map(faultKey);

describe('a pipeline', () => {
  it('is well while everything is newer than its bound', () => {
    expect(kinds(readings())).toEqual([]);
  });

  it('has stopped polling once half of its feeds are overdue, and not because one outlet asks for patience', () => {
    const overdue = { nextPollAt: ago(31 * MINUTE_MS), polledAt: ago(41 * MINUTE_MS) };
    expect(judgePipeline(readings({ feedStates: states(overdue) }), BOUNDS)).toEqual([
      { kind: 'polling-stopped', since: overdue.polledAt, boundMs: BOUNDS.polls, count: 8, of: 8 },
    ]);
    const some = states().map((one, at) => (at < 3 ? { ...one, ...overdue } : one));
    expect(kinds(readings({ feedStates: some }))).toEqual([]);
  });

  it('has stopped polling when a program that runs for an hour has polled nothing', () => {
    const begun = { startedAt: new Date(NOW.getTime() - HOUR_MS) };
    expect(kinds(readings({ feedStates: [], ledger: [] }, begun))).toEqual(['polling-stopped']);
    const justBegun = { startedAt: new Date(NOW.getTime() - 10 * MINUTE_MS) };
    expect(kinds(readings({ feedStates: [], ledger: [] }, justBegun))).toEqual([]);
  });

  it('cannot reach the press when every feed of half of the outlets fails', () => {
    const failing = (minutes: number) => ({
      status: 'unreachable' as const,
      failingSince: ago(minutes * MINUTE_MS),
    });
    const lost = (...minutes: number[]) =>
      OUTLETS.flatMap(({ feeds }, at) =>
        feeds.map(({ id }) => state(id, minutes[at] === undefined ? {} : failing(minutes[at]))),
      );
    expect(kinds(readings({ feedStates: lost(120) }))).toEqual([]);
    expect(kinds(readings({ feedStates: lost(120, 30) }))).toEqual([]);
    // The second of four was lost 50 minutes ago: since then it is half.
    expect(judgePipeline(readings({ feedStates: lost(120, 50, 40) }), BOUNDS)).toEqual([
      { kind: 'press-unreachable', since: ago(50 * MINUTE_MS), boundMs: BOUNDS.press, count: 3, of: 4 },
    ]);
    const oneFeedEach = OUTLETS.flatMap(({ feeds }) =>
      feeds.map(({ id }, at) => state(id, at === 0 ? failing(600) : {})),
    );
    expect(kinds(readings({ feedStates: oneFeedEach }))).toEqual([]);
  });

  it('waits for the detector no longer than its bound', () => {
    const since = ago(11 * MINUTE_MS);
    const unjudged = { newestArticleAt: since, newestJudgementAt: ago(3 * HOUR_MS) };
    expect(kinds(readings(unjudged))).toEqual(['judging-behind']);
    expect(kinds(readings({ ...unjudged, newestJudgementAt: ago(10 * MINUTE_MS) }))).toEqual([]);
    expect(kinds(readings({ ...unjudged, newestArticleAt: ago(9 * MINUTE_MS) }))).toEqual([]);
  });

  it('names the queue that is behind, each by its own bound', () => {
    const reading = { waiting: 3, active: 0, delayed: 0, failed: 0 };
    const queue = (stage: 'fetch' | 'index' | 'notify', minutes: number) => ({
      ...reading,
      stage,
      oldestWaitingMs: minutes * MINUTE_MS,
    });
    const of = (...queues: ReturnType<typeof queue>[]) => kinds(readings({}, { queues }));
    expect(of(queue('fetch', 60), queue('index', 9), queue('notify', 9))).toEqual([]);
    expect(of(queue('fetch', 181), queue('index', 11), queue('notify', 11))).toEqual([
      'queue-behind:fetch',
      'queue-behind:index',
      'queue-behind:notify',
    ]);
  });

  it('does not mind a few entries that wait for a slow outlet, and minds many', () => {
    const hour = hourOf(NOW.getTime() - 6 * HOUR_MS);
    const pending = (count: number): LedgerRow[] => [
      ...ledgerOf(),
      { outletId: 'b', hour, stage: 'fetch', outcome: 'pending', count },
    ];
    expect(kinds(readings({ ledger: pending(4) }))).toEqual([]);
    expect(judgePipeline(readings({ ledger: pending(30) }), BOUNDS)).toMatchObject([
      { kind: 'entries-stuck', since: hour, count: 30 },
    ]);
    const ofNow = pending(30).map((row) => (row.outcome === 'pending' ? { ...row, hour: hourOf(NOW) } : row));
    expect(kinds(readings({ ledger: ofNow }))).toEqual([]);
  });

  it('sees what is not delivered, by whom it should have been, and whether anybody was reached at all', () => {
    const createdAt = ago(20 * MINUTE_MS);
    const { deliveredAt: _deliveredAt, ...planned } = notification({ createdAt });
    const due: Notification = { ...planned, status: 'due' };
    const failed: Notification = { ...planned, status: 'failed', error: 'smtp-auth' };
    const byLog: Notification = {
      ...planned,
      id: 'n2',
      channel: 'log',
      status: 'delivered',
      deliveredAt: createdAt,
    };
    expect(kinds(readings({ notifications: [due] }))).toEqual(['delivery-behind']);
    expect(kinds(readings({ notifications: [failed] }))).toEqual([
      'reached-nobody:incident-x',
      'channel-failing:email',
    ]);
    expect(kinds(readings({ notifications: [failed, byLog] }))).toEqual(['channel-failing:email']);
    // It has worked again since.
    expect(
      kinds(readings({ notifications: [failed, byLog, notification({ deliveredAt: ago(0) })] })),
    ).toEqual([]);
    const outdated: Notification = { ...failed, error: 'already-acknowledged' };
    expect(kinds(readings({ notifications: [outdated] }))).toEqual([]);
  });

  it('says what it can while stores or queues are away', () => {
    const { stored: _stored, queues: _queues, ...nothing } = readings();
    const away = { storeAwaySince: ago(4 * MINUTE_MS), queuesAwaySince: ago(4 * MINUTE_MS) };
    expect(kinds({ ...nothing, ...away })).toEqual(['store-away', 'queues-away']);
    expect(kinds({ ...nothing, storeAwaySince: ago(MINUTE_MS) })).toEqual([]);
  });
});

describe('whatever is read', () => {
  const moment = fc
    .integer({ min: Date.parse('2025-12-01T00:00:00Z'), max: Date.parse('2026-06-01T00:00:00Z') })
    .map((ms) => new Date(ms));

  it('a pipeline at work is well at any hour of any day', () => {
    fc.assert(
      fc.property(
        moment,
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 0, max: 6 * 60 - 1 }),
        (now, minutes, newsMinutes) => {
          const given = readings(
            {
              feedStates: states({}, now).map((one, at) => ({
                ...one,
                succeededAt: ago((minutes[at] ?? 0) * MINUTE_MS, now),
                nextPollAt: ago((minutes[at] ?? 0) * MINUTE_MS - 10 * MINUTE_MS, now),
                newsAt: ago(newsMinutes * MINUTE_MS, now),
              })),
              ledger: ledgerOf(now),
              newestArticleAt: ago(newsMinutes * MINUTE_MS, now),
              newestJudgementAt: ago(newsMinutes * MINUTE_MS - 1000, now),
              notifications: [],
            },
            { now, startedAt: new Date(now.getTime() - 7 * DAY_MS) },
          );
          expect(judgePipeline(given, BOUNDS)).toEqual([]);
        },
      ),
    );
  });

  it('one that has stopped is named, the later the more, and never before its bound', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 5 * 24 * 60 }), (now, stoppedMinutes) => {
        const stoppedMs = stoppedMinutes * MINUTE_MS;
        const at = new Date(now.getTime() - stoppedMs);
        const given = readings(
          {
            feedStates: states({}, at),
            ledger: ledgerOf(at),
            newestArticleAt: ago(MINUTE_MS, at),
            newestJudgementAt: ago(2 * MINUTE_MS, at),
            notifications: [{ ...notification({ createdAt: at.toISOString() }), status: 'due' }],
          },
          { now, startedAt: new Date(at.getTime() - DAY_MS) },
        );
        const found = new Map(judgePipeline(given, BOUNDS).map((fault) => [fault.kind, fault]));
        for (const { since, boundMs } of found.values()) {
          expect(now.getTime() - Date.parse(since)).toBeGreaterThan(boundMs);
        }
        const expected = (kind: PipelineFaultKind, isSo: boolean) => expect(found.has(kind), kind).toBe(isSo);
        expected('polling-stopped', stoppedMs - 5 * MINUTE_MS > BOUNDS.polls);
        expected('judging-behind', stoppedMs + MINUTE_MS > BOUNDS.judging);
        expected('delivery-behind', stoppedMs > BOUNDS.delivery);
        // The longest rest of all: Tết allows four times two usual nights.
        if (stoppedMs > 50 * HOUR_MS) expected('nothing-new', true);
        if (stoppedMs < BOUNDS.news - 20 * MINUTE_MS) expected('nothing-new', false);
      }),
    );
  });

  it('faults come in order, one of each key, and in both languages', () => {
    const anyTime = fc.integer({ min: 0, max: 10 * DAY_MS }).map((ms) => ago(ms));
    const anyState = fc.record({
      status: fc.constantFrom('ok', 'unreachable', 'not-modified', 'blocked'),
      polledAt: anyTime,
      succeededAt: anyTime,
      nextPollAt: anyTime,
      newsAt: anyTime,
      failingSince: anyTime,
    }) as fc.Arbitrary<Partial<FeedState>>;
    const anyNotification = fc.record({
      incidentId: fc.constantFrom('x', 'y'),
      step: fc.constantFrom('opened', 'reminder-1'),
      channel: fc.constantFrom('email', 'sms'),
      status: fc.constantFrom('due', 'failed', 'delivered', 'held'),
      createdAt: anyTime,
      deliveredAt: anyTime,
    }) as fc.Arbitrary<Partial<Notification>>;
    fc.assert(
      fc.property(
        fc.array(anyState, { minLength: 8, maxLength: 8 }),
        fc.array(anyNotification, { maxLength: 6 }),
        anyTime,
        fc.option(anyTime, { nil: undefined }),
        (feeds, notifications, newestArticleAt, storeAwaySince) => {
          const given = readings(
            {
              feedStates: states().map((one, at) => ({ ...one, ...feeds[at] })),
              notifications: notifications.map((one) => notification(one)),
              newestArticleAt,
            },
            storeAwaySince === undefined ? {} : { storeAwaySince },
          );
          const faults = judgePipeline(given, BOUNDS);
          const ranks = faults.map(({ kind }) => PIPELINE_FAULTS.indexOf(kind));
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
          expect(new Set(faults.map(faultKey)).size).toBe(faults.length);
          for (const fault of faults) {
            expect(faultLine(fault, 'vi')).toMatch(/Việc cần làm: /);
            expect(faultLine(fault, 'en')).toMatch(/To do: /);
            expect(`${faultLine(fault, 'vi')}${faultLine(fault, 'en')}`).not.toMatch(/undefined|NaN/);
          }
        },
      ),
    );
  });
});

it('says spans as people do', () => {
  expect(spanText(90_000, 'vi')).toBe('90 giây');
  expect(spanText(30 * MINUTE_MS, 'vi')).toBe('30 phút');
  expect(spanText(3 * HOUR_MS, 'en')).toBe('3 h');
  expect(spanText(2 * DAY_MS, 'vi')).toBe('2 ngày');
});

/** A generator that needs no seed from outside: the same numbers every time. */
function randomNumbers(): () => number {
  let seed = 20_260_217;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
}

/** Judges a press whose entries were first seen at these moments every ten minutes, while polling goes on. */
function falseNotices(
  seenAt: readonly number[],
  from: number,
  to: number,
  stepMs = 10 * MINUTE_MS,
): string[] {
  const hours = [...new Set(seenAt.map((ms) => hourOf(ms)))];
  const notices: string[] = [];
  let next = 0;
  let lastHour = -1;
  for (let ms = from; ms < to; ms += stepMs) {
    while ((seenAt[next] ?? Number.POSITIVE_INFINITY) <= ms) next += 1;
    while (Date.parse(hours[lastHour + 1] ?? '9999-01-01') <= ms) lastHour += 1;
    const now = new Date(ms);
    const ledger = hours
      .slice(Math.max(0, lastHour - 8 * 24), lastHour + 1)
      .filter((hour) => Date.parse(hour) >= ms - 8 * DAY_MS)
      .map((hour): LedgerRow => ({ outletId: 'a', hour, stage: 'index', outcome: 'indexed', count: 1 }));
    const newsAt = new Date(seenAt[next - 1] ?? ms).toISOString();
    const stored = { feedStates: states({ newsAt }, now), ledger, notifications: [] };
    const { newestArticleAt: _article, ...rest } = readings(stored, { now }).stored as StoredReadings;
    const faults = judgePipeline(readings({}, { now, stored: rest }), BOUNDS);
    notices.push(...faults.map((fault) => `${now.toISOString()} ${fault.kind}`));
  }
  return notices;
}

describe('no false notice', () => {
  /** A small office: so many entries on an ordinary day, next to none at night, a tenth of it all at Tết. */
  function quietPress(perDay: number, from: number, to: number): number[] {
    const random = randomNumbers();
    const seen: number[] = [];
    for (let ms = from; ms < to; ms += MINUTE_MS) {
      const { hour, weekday } = vietnameseClock(ms);
      const isNight = hour >= 22 || hour < 5;
      const isTet = HOLIDAYS.some(
        ({ name, from: first, to: last }) =>
          name === 'tet' && ms >= Date.parse(first) && ms < Date.parse(last),
      );
      const rate =
        (perDay / (17 * 60)) * (isNight ? 0.01 : 1) * (isTet ? 0.1 : 1) * (weekday === 0 ? 0.6 : 1);
      if (random() < rate) seen.push(ms);
    }
    return seen;
  }
  const from = Date.parse('2026-01-20T00:00:00+07:00');
  const to = Date.parse('2026-03-10T00:00:00+07:00');

  it.each([40, 150, 1000])(
    'on quiet nights, Sundays and at Tết, with %i entries a day',
    (perDay) => {
      const seenAt = quietPress(perDay, from, to);
      expect(falseNotices(seenAt, from + 8 * DAY_MS, to)).toEqual([]);
    },
    60_000,
  );

  it('and yet a notice when nothing comes any more, within a day and at Tết within three', () => {
    const seenAt = quietPress(150, from, to);
    for (const day of ['2026-02-05', '2026-02-18', '2026-03-01']) {
      const stop = Date.parse(`${day}T15:00:00+07:00`);
      const notices = falseNotices(
        seenAt.filter((ms) => ms < stop),
        stop,
        stop + 3 * DAY_MS,
      );
      const after = Date.parse(notices[0]?.split(' ')[0] ?? '') - stop;
      expect(after / HOUR_MS, day).toBeLessThan(day === '2026-02-18' ? 72 : 24);
    }
  }, 60_000);

  const STREAM = resolve(import.meta.dirname, '../../../shared/stream');
  const file = existsSync(STREAM)
    ? readdirSync(STREAM).find((name) => name.endsWith('.jsonl.gz'))
    : undefined;
  it.skipIf(file === undefined)(
    'in seven months of seven real feeds (skipped: no shared/stream)',
    () => {
      const rows = gunzipSync(readFileSync(join(STREAM, file as string)))
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => ({ ms: Date.parse((JSON.parse(line) as { fetchedAt: string }).fetchedAt) }))
        .sort((a, b) => a.ms - b.ms);
      const first = (rows[0]?.ms ?? 0) + 8 * DAY_MS;
      const last = rows.at(-1)?.ms ?? 0;
      const seenAt = rows.map(({ ms }) => ms);
      expect(falseNotices(seenAt, first, last, 20 * MINUTE_MS)).toEqual([]);
    },
    120_000,
  );
});
