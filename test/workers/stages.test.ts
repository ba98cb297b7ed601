import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { entryId } from '../../src/domain/entry.ts';
import { neverPolled } from '../../src/domain/feed-state.ts';
import type { FetchedPage } from '../../src/domain/page.ts';
import { PermanentError, RetryLaterError } from '../../src/errors.ts';
import { analyseArticle } from '../../workers/analyse-article.ts';
import { discoverEntries } from '../../workers/discover-entries.ts';
import { extractArticle } from '../../workers/extract-article.ts';
import { fetchPage } from '../../workers/fetch-page.ts';
import { findOrphans, keepHouse } from '../../workers/keep-house.ts';
import { pollsOverdue, pollsToStart } from '../../workers/poll-jobs.ts';
import type { Deps, PageRequest } from '../../workers/stage.ts';
import { aPage, NOW, openTestDeps } from '../support/deps.ts';
import { anEntry } from '../support/factories.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
const FEED_URL = 'https://bao.example/rss';

const RSS = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo A</title>
<item><title>Bệnh viện tỉnh quá tải vì sốt xuất huyết</title><link>https://bao.example/1.html?utm_source=rss</link>
<description>Nhiều bệnh nhân nằm ghép.</description><pubDate>Mon, 02 Mar 2026 09:30:00 +0700</pubDate></item>
<item><title>Khai trương phòng khám</title><link>https://bao.example/2.html</link></item>
</channel></rss>`;

const ARTICLE = `<!doctype html><html lang="vi"><head><title>Bệnh viện tỉnh quá tải</title>
<link rel="canonical" href="CANONICAL"></head><body><article><h1>Bệnh viện tỉnh quá tải vì sốt xuất huyết</h1>
<p>Sáng 2/3, khoa Truyền nhiễm của bệnh viện tiếp nhận hơn một trăm ca sốt xuất huyết, gấp đôi tuần trước.</p>
<p>Bác sĩ trưởng khoa cho biết nhiều bệnh nhân phải nằm ghép, hành lang kê thêm hai mươi giường bệnh.</p>
<p>Sở Y tế đề nghị người dân diệt loăng quăng, ngủ màn và đến cơ sở y tế sớm khi sốt cao liên tục.</p>
</article></body></html>`;

let deps: Deps & { close(): Promise<void> };
let web: (request: PageRequest) => FetchedPage | Error;

beforeAll(async () => {
  deps = await openTestDeps({
    fetchPage: async (request) => {
      const answer = web(request);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
});
afterAll(() => deps.close());

describe('discover', () => {
  const state = () => deps.feedStates.find('bao-a-1');
  /** Polls when the feed is due, whatever the clock says. */
  const poll = async () => {
    const current = await state();
    if (current !== undefined) await deps.feedStates.save({ ...current, nextPollAt: NOW.toISOString() });
    return discoverEntries.run({ feedId: 'bao-a-1' }, deps, context);
  };
  const keysOf = ({ next }: Awaited<ReturnType<typeof poll>>) => next.map(({ key }) => key);

  it('records what is new, and hands each entry on to be fetched and to be judged by its title', async () => {
    web = () => aPage(FEED_URL, RSS, { headers: { 'content-type': 'application/rss+xml', etag: '"1"' } });
    const keys = keysOf(await poll());
    const [first, second] = [entryId('https://bao.example/1.html'), entryId('https://bao.example/2.html')];
    expect(keys.slice(1)).toEqual([
      `fetch-${first}`,
      `fetch-${second}`,
      `analyse-${first}-entry`,
      `analyse-${second}-entry`,
    ]);
    expect(await deps.entries.find(first)).toMatchObject({
      url: 'https://bao.example/1.html',
      outcome: 'pending',
      isBacklog: true,
      publishedAt: { at: '2026-03-02T02:30:00.000Z', source: 'feed' },
    });
    expect(await state()).toMatchObject({ status: 'ok', etag: '"1"', entriesLastPoll: 2, newLastPoll: 2 });
  });

  it('hands on the next poll, once however often the job is run', async () => {
    const nextPollAt = (await state())?.nextPollAt ?? '';
    expect(Date.parse(nextPollAt)).toBeGreaterThan(NOW.getTime());
    const again = await discoverEntries.run({ feedId: 'bao-a-1', dueAt: NOW.toISOString() }, deps, context);
    expect(again).toMatchObject({
      reason: 'not-due',
      next: [
        {
          stage: 'discover',
          key: `poll-bao-a-1-${Date.parse(nextPollAt).toString(36)}`,
          payload: { feedId: 'bao-a-1', dueAt: nextPollAt },
          delayMs: Date.parse(nextPollAt) - NOW.getTime(),
        },
      ],
    });
    // The very job of that moment, by a clock that is behind: it waits, and stays the only one.
    const early = discoverEntries.run({ feedId: 'bao-a-1', dueAt: nextPollAt }, deps, context);
    await expect(early).rejects.toBeInstanceOf(RetryLaterError);
  });

  it('asks with the validators it was given, and takes a 304 for good news', async () => {
    const asked: PageRequest[] = [];
    web = (request) => {
      asked.push(request);
      return aPage(FEED_URL, '', { status: 304 });
    };
    const outcome = await poll();
    expect(outcome).toMatchObject({ status: 'skipped', reason: 'not-modified' });
    expect(keysOf(outcome)).toEqual([expect.stringMatching(/^poll-bao-a-1-/)]);
    expect(asked[0]).toMatchObject({ etag: '"1"', isPoll: true });
    expect(await state()).toMatchObject({ status: 'not-modified', etag: '"1"', entriesLastPoll: 2 });
  });

  it('records a failed poll, waits longer each time, and lets no 304 heal it', async () => {
    web = () => aPage(FEED_URL, '<html><body>Bảo trì</body></html>');
    const waits = [];
    for (const _again of [1, 2, 3]) {
      expect(await poll()).toMatchObject({ status: 'skipped', reason: 'invalid-feed' });
      waits.push((await state())?.intervalMs);
    }
    expect(waits).toEqual([600_000, 1_200_000, 2_400_000]);
    expect(await state()).toMatchObject({
      status: 'invalid',
      consecutiveFailures: 3,
      intervalReason: 'failing',
    });

    const asked: PageRequest[] = [];
    web = (request) => {
      asked.push(request);
      return aPage(FEED_URL, '', { status: 304 });
    };
    await poll();
    expect(asked[0]?.etag).toBeUndefined();
    expect(await state()).toMatchObject({ status: 'blocked', reason: 'http-304' });
  });

  it('marks what a recovered feed delivers as backlog, and what comes later as news', async () => {
    web = () => aPage(FEED_URL, RSS.replaceAll('.html', 'b.html'));
    await poll();
    expect(await deps.entries.find(entryId('https://bao.example/1b.html'))).toMatchObject({
      isBacklog: true,
    });
    expect(await state()).toMatchObject({ status: 'ok', recoveredAt: NOW.toISOString(), gaps: 1 });
    expect((await state())?.failingSince).toBeUndefined();
    web = () => aPage(FEED_URL, RSS.replaceAll('.html', 'c.html'));
    await poll();
    expect((await deps.entries.find(entryId('https://bao.example/1c.html')))?.isBacklog).toBeUndefined();
  });

  it('sits out a short wait that the server asks for, and puts a long one on record', async () => {
    web = () => new RetryLaterError('429', 5000);
    await expect(poll()).rejects.toBeInstanceOf(RetryLaterError);
    web = () => new RetryLaterError('429', 3_600_000);
    expect(await poll()).toMatchObject({ reason: 'asked-to-wait' });
    expect(await state()).toMatchObject({
      status: 'blocked',
      reason: 'asked-to-wait',
      intervalMs: 3_600_000,
      nextPollAt: '2026-03-02T04:00:00.000Z',
    });
  });

  it('goes on with a feed whose poll could not be ended', async () => {
    await discoverEntries.onGivenUp?.({ feedId: 'bao-a-1' }, 'stalled', deps);
    expect(await state()).toMatchObject({ status: 'unreachable', reason: 'stalled' });
    expect(await pollsOverdue(deps)).toEqual([]);
    const later = { ...deps, now: () => new Date(NOW.getTime() + 3_600_000) };
    const [again, ...others] = await pollsOverdue(later);
    expect(others).toEqual([]);
    // The job that was lost may lie in quarantine under its own key.
    expect((await pollsToStart(later)).map(({ key }) => key)).not.toContain(again?.key);
  });
});

describe('the polls of a program that starts', () => {
  const feeds = new Map(
    Array.from({ length: 100 }, (_, n) => `bao-${n}`).map((id) => [
      id,
      {
        id,
        outletId: id,
        url: `https://${id}.example/rss`,
        kind: 'feed',
        isHealth: false,
        pollEveryMs: 600_000,
      } as const,
    ]),
  );

  it('come one after the other, the same each time', async () => {
    const jobs = await pollsToStart({ ...deps, feeds });
    expect(new Set(jobs.map(({ key }) => key)).size).toBe(100);
    const delays = jobs.map(({ delayMs = 0 }) => delayMs).sort((a, b) => a - b);
    expect(delays.at(-1)).toBeLessThan(15_000);
    expect(delays[0]).toBeLessThan(1_000);
    // Spread evenly, a window of two seconds holds 13 of 100.
    const mostTogether = Math.max(
      ...delays.map((from) => delays.filter((at) => at >= from && at < from + 2_000).length),
    );
    expect(mostTogether).toBeLessThan(30);
    expect(await pollsToStart({ ...deps, feeds })).toEqual(jobs);
  });

  it('leave alone what is not due', async () => {
    const nextPollAt = new Date(NOW.getTime() + 240_000).toISOString();
    await deps.feedStates.update('bao-7', () => ({
      ...neverPolled({ id: 'bao-7', outletId: 'bao-7' }),
      nextPollAt,
    }));
    const jobs = await pollsToStart({ ...deps, feeds });
    expect(jobs.find(({ payload }) => payload.feedId === 'bao-7')).toMatchObject({ delayMs: 240_000 });
  });
});

describe('fetch, extract, analyse', () => {
  const url = 'https://bao.example/suc-khoe/qua-tai.html';
  const { id } = anEntry({ url });
  const run = { entryId: id };

  it('fetches a page once and reads its article', async () => {
    await deps.entries.add([anEntry({ url, title: 'Bệnh viện tỉnh quá tải', summary: '' })]);
    let requests = 0;
    web = () => {
      requests += 1;
      return aPage(url, ARTICLE.replace('CANONICAL', url));
    };
    for (const _twice of [1, 2]) {
      expect((await fetchPage.run(run, deps, context)).next.map(({ key }) => key)).toEqual([`extract-${id}`]);
    }
    expect(requests).toBe(1);
    const { next } = await extractArticle.run(run, deps, context);
    expect(next.map(({ key }) => key)).toEqual([`analyse-${id}-page`]);
    expect((await deps.entries.find(id))?.text?.body).toContain('kê thêm hai mươi giường bệnh');
  });

  it('judges it, the same a second time', async () => {
    const first = await analyseArticle.run(run, deps, context);
    expect(first.next.map(({ key }) => key)).toEqual([`index-${id}-page`]);
    const { analysis } = (await deps.entries.find(id)) ?? {};
    expect(analysis).toMatchObject({ relevance: { isHealth: true }, sentiment: { polarity: 'negative' } });
    expect(await analyseArticle.run(run, deps, context)).toEqual(first);
    expect((await deps.entries.find(id))?.analysis).toEqual(analysis);
  });

  it('settles a page that names another address of its outlet as a duplicate, and goes on under that address', async () => {
    const twin = 'https://bao.example/amp-ban-in/qua-tai.html';
    const own = 'https://bao.example/suc-khoe/qua-tai-that.html';
    const entry = anEntry({ url: twin });
    await deps.entries.add([entry]);
    await deps.pages.save(entry.id, aPage(twin, ARTICLE.replace('CANONICAL', own)));
    for (const _twice of [1, 2]) {
      const { next } = await extractArticle.run({ entryId: entry.id }, deps, context);
      expect(next.map(({ key }) => key)).toEqual([`analyse-${entryId(own)}-page`]);
    }
    expect(await deps.entries.find(entry.id)).toMatchObject({
      outcome: 'duplicate',
      reason: `canonical:${entryId(own)}`,
    });
    expect((await deps.entries.find(entryId(own)))?.text?.body).toContain('hơn một trăm ca');
  });

  it('records why a page gave no article, and leaves what the title earned', async () => {
    const blocked = anEntry({ url: 'https://bao.example/403.html' });
    await deps.entries.add([blocked]);
    web = () => new PermanentError('http-403');
    await expect(fetchPage.run({ entryId: blocked.id }, deps, context)).rejects.toThrow('http-403');
    await fetchPage.onGivenUp?.({ entryId: blocked.id }, 'http-403', deps);
    expect(await deps.entries.find(blocked.id)).toMatchObject({ outcome: 'failed', reason: 'http-403' });

    const { next } = await analyseArticle.run({ entryId: blocked.id }, deps, context);
    expect(next.map(({ key }) => key)).toEqual([`index-${blocked.id}-entry`]);
  });

  it('spends no request on a title that is plainly about something else', async () => {
    const sport = anEntry({
      url: 'https://bao.example/the-thao.html',
      title: 'Tuyển Việt Nam thắng đậm ở vòng loại, tiền đạo lập cú đúp',
      summary: 'Trận đấu khép lại với tỷ số 4-0 trên sân nhà.',
      fromHealthFeed: false,
    });
    await deps.entries.add([sport]);
    let requests = 0;
    web = () => {
      requests += 1;
      return aPage(sport.url, ARTICLE);
    };
    const { reason } = await fetchPage.run({ entryId: sport.id }, deps, context);
    expect(reason).toBe('not-health');
    expect(requests).toBe(0);
    expect(await deps.entries.find(sport.id)).toMatchObject({ outcome: 'irrelevant', stage: 'fetch' });
  });
});

describe('housekeeping', () => {
  it('makes jobs for pending entries that no queue holds one for, and for no others', async () => {
    const orphan = anEntry({ url: 'https://bao.example/orphan.html' });
    const held = anEntry({ url: 'https://bao.example/held.html' });
    await deps.entries.add([orphan, held]);
    const heldJobs: Deps['heldJobs'] = async (jobs) =>
      new Set(jobs.map(({ key }) => key).filter((key) => !key.includes(orphan.id)));
    const withQueues = { ...deps, heldJobs };
    expect((await findOrphans(withQueues)).map(({ id }) => id)).toEqual([orphan.id]);
    const { next } = await keepHouse.run({ task: 'recover' }, withQueues, context);
    expect(next.map(({ key }) => key)).toEqual([`fetch-${orphan.id}`, `analyse-${orphan.id}-entry`]);
  });
});
