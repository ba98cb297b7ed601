import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { entryId } from '../../src/domain/entry.ts';
import type { FetchedPage } from '../../src/domain/page.ts';
import { PermanentError, RetryLaterError } from '../../src/errors.ts';
import { analyseArticle } from '../../workers/analyse-article.ts';
import { discoverEntries } from '../../workers/discover-entries.ts';
import { extractArticle } from '../../workers/extract-article.ts';
import { fetchPage } from '../../workers/fetch-page.ts';
import { findOrphans, keepHouse } from '../../workers/keep-house.ts';
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
  const poll = () => discoverEntries.run({ feedId: 'bao-a-1' }, deps, context);
  const state = () => deps.feedStates.find('bao-a-1');

  it('records what is new and hands each entry on to be fetched and to be judged by its title', async () => {
    web = () => aPage(FEED_URL, RSS, { headers: { 'content-type': 'application/rss+xml', etag: '"1"' } });
    const { next } = await poll();
    const [first, second] = [entryId('https://bao.example/1.html'), entryId('https://bao.example/2.html')];
    expect(next.map(({ key }) => key)).toEqual([
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

  it('asks with the validators it was given, and takes a 304 for good news', async () => {
    const asked: PageRequest[] = [];
    web = (request) => {
      asked.push(request);
      return aPage(FEED_URL, '', { status: 304 });
    };
    expect(await poll()).toMatchObject({ status: 'skipped', reason: 'not-modified', next: [] });
    expect(asked[0]?.etag).toBe('"1"');
    expect(await state()).toMatchObject({ status: 'not-modified', etag: '"1"' });
  });

  it('records a failed poll, waits longer each time, and lets no 304 heal it', async () => {
    web = () => aPage(FEED_URL, '<html><body>Bảo trì</body></html>');
    expect(await poll()).toMatchObject({ status: 'skipped', reason: 'invalid-feed' });
    const failed = await state();
    expect(failed).toMatchObject({ status: 'invalid', consecutiveFailures: 1 });
    expect(Date.parse(failed?.nextPollAt ?? '')).toBeGreaterThan(NOW.getTime());
    expect(await poll()).toMatchObject({ status: 'skipped', reason: 'not-due' });

    const { nextPollAt: _due, ...due } = failed ?? { nextPollAt: '' };
    await deps.feedStates.save(due as NonNullable<typeof failed>);
    const asked: PageRequest[] = [];
    web = (request) => {
      asked.push(request);
      return aPage(FEED_URL, '', { status: 304 });
    };
    await poll();
    expect(asked[0]?.etag).toBeUndefined();
    expect(await state()).toMatchObject({ status: 'invalid' });
  });

  it('marks what a recovered feed delivers as backlog, and what comes later as news', async () => {
    web = () => aPage(FEED_URL, RSS.replaceAll('.html', 'b.html'));
    await poll();
    expect(await deps.entries.find(entryId('https://bao.example/1b.html'))).toMatchObject({
      isBacklog: true,
    });
    expect(await state()).toMatchObject({ status: 'ok', recoveredAt: NOW.toISOString() });
    web = () => aPage(FEED_URL, RSS.replaceAll('.html', 'c.html'));
    await poll();
    expect((await deps.entries.find(entryId('https://bao.example/1c.html')))?.isBacklog).toBeUndefined();
  });

  it('sits out a short wait that the server asks for, and puts a long one on record', async () => {
    web = () => new RetryLaterError('429', 5000);
    expect(await poll()).toMatchObject({
      reason: 'host-busy',
      next: [{ stage: 'discover', key: 'discover-bao-a-1-deferred', delayMs: 5000 }],
    });
    const deferred = discoverEntries.run({ feedId: 'bao-a-1', isDeferred: true }, deps, context);
    await expect(deferred).rejects.toBeInstanceOf(RetryLaterError);
    web = () => new RetryLaterError('429', 3_600_000);
    expect(await poll()).toMatchObject({ reason: 'asked-to-wait' });
    expect(await state()).toMatchObject({ status: 'blocked', reason: 'asked-to-wait' });
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
