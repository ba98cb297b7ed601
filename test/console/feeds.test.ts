import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { describeFeeds } from '../../src/commands/feeds.ts';
import type { FeedReport } from '../../src/console/feed-report.ts';
import { type FeedState, neverPolled } from '../../src/domain/feed-state.ts';
import type { Feed } from '../../src/domain/outlet.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
let feed: Feed;
beforeAll(async () => {
  fixture = await openTestConsole();
  feed = [...fixture.deps.feeds.values()][0] as Feed;
});
beforeEach(() => fixture.clear());
afterAll(() => fixture.close());

const page = async () => (await fixture.server.inject({ url: '/outlets' })).body;
const save = (state: Partial<FeedState>) => fixture.deps.feedStates.save({ ...neverPolled(feed), ...state });

async function reports(): Promise<FeedReport[]> {
  const { body } = await fixture.server.inject({ url: '/api/v1/feeds' });
  expect(body).not.toMatch(/geheim|the-token/);
  return (JSON.parse(body) as { feeds: FeedReport[] }).feeds;
}

/** A time so and so far from the fixture's now. */
const away = (minutes: number) => new Date(fixture.deps.now().getTime() + minutes * 60_000).toISOString();

describe('the view of feeds', () => {
  it('says when a feed is polled next, why then, and what may have been missed', async () => {
    await save({
      status: 'ok',
      polledAt: away(-3),
      succeededAt: away(-3),
      nextPollAt: away(4),
      intervalMs: 420_000,
      intervalReason: 'rhythm',
      entriesLastPoll: 40,
      newLastPoll: 2,
      gaps: 2,
      gapAt: away(-600),
    });
    const body = await page();
    expect(body).toContain('sau 7 phút: theo nhịp ra tin của nguồn');
    expect(body).toContain('sau 4 phút nữa');
    expect(body).toContain('2 lần có thể sót tin');
    const [report] = await reports();
    expect(report).toMatchObject({ feedId: feed.id, url: feed.url, intervalReason: 'rhythm', gaps: 2 });
    expect(describeFeeds(await reports(), 'vi')).toMatch(
      new RegExp(
        `^${feed.id} {2}Tốt {2}.*\\n {4}Đọc được lần cuối: .* · sau 7 phút: theo nhịp ra tin của nguồn`,
      ),
    );
    expect(describeFeeds(await reports(), 'en')).toContain('after 7 min: its own rhythm');
  });

  it('says what is wrong in plain words, and when a poll is late', async () => {
    await save({
      status: 'unreachable',
      reason: 'dns',
      polledAt: away(-300),
      nextPollAt: away(-90),
      intervalMs: 3_600_000,
      intervalReason: 'failing',
      consecutiveFailures: 9,
    });
    const body = await page();
    expect(body).toContain('không tìm thấy tên máy chủ');
    expect(body).toContain('trễ 1 giờ 30 phút');
    expect(body).toContain('nguồn đang hỏng, thử lại thưa dần');
  });

  it('shows what a hub does, and nothing that it alone may know', async () => {
    await save({
      status: 'ok',
      polledAt: away(-3),
      succeededAt: away(-3),
      nextPollAt: away(600),
      intervalMs: 86_400_000,
      intervalReason: 'pushed',
      subscription: {
        status: 'demoted',
        reason: 'missed-push',
        changedAt: away(-60),
        hub: 'https://hub.example/',
        topic: feed.url,
        callbackUrl: 'https://nhip.example/websub',
        token: 'the-token',
        secret: 'geheim',
        failures: 0,
        pushes: 12,
        pushedAt: away(-70),
        misses: 1,
      },
    });
    const body = await page();
    expect(body).toContain(
      'WebSub: đã để sót tin, đọc như thường: có tin mới mà không báo · 12 lần được báo tin',
    );
    expect(body).not.toMatch(/geheim|the-token/);
    const [report] = await reports();
    expect(report?.subscription).toMatchObject({
      status: 'demoted',
      pushes: 12,
      hub: 'https://hub.example/',
    });
    expect(describeFeeds(await reports(), 'en')).toContain(
      'WebSub: missed something, polled as ever: news that was not pushed, 12 pushes',
    );
  });
});
