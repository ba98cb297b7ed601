import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { entryId } from '../../src/domain/entry.ts';
import type { FetchedPage } from '../../src/domain/page.ts';
import { sha256Of } from '../../src/domain/revision.ts';
import { NoPageError, PermanentError, RetryLaterError } from '../../src/errors.ts';
import { analyseArticle } from '../../workers/analyse-article.ts';
import { detectIncidents } from '../../workers/detect-incidents.ts';
import { extractArticle } from '../../workers/extract-article.ts';
import { indexArticle } from '../../workers/index-article.ts';
import { keepHouse } from '../../workers/keep-house.ts';
import { revisitArticle } from '../../workers/revisit-article.ts';
import { revisitsWithoutJob } from '../../workers/revisit-jobs.ts';
import type { Deps, PageRequest } from '../../workers/stage.ts';
import { aPage, NOW, openTestDeps } from '../support/deps.ts';
import { anEntry } from '../support/factories.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
const HOUR_MS = 3_600_000;

const FIRST = {
  title: 'Ba ca tử vong nghi do ngộ độc rượu',
  body: [
    'Sở Y tế cho biết 3 ca tử vong đều uống rượu không rõ nguồn gốc, 12 người khác đang điều trị tại bệnh viện tỉnh.',
    'Bác sĩ khoa Hồi sức tích cực nói các bệnh nhân nhập viện trong tình trạng nguy kịch, toan chuyển hoá nặng.',
    'Cơ quan chức năng đã lấy mẫu rượu để xét nghiệm methanol và đình chỉ cơ sở bán rượu.',
  ],
};
const MORE = {
  title: 'Năm ca tử vong nghi do ngộ độc rượu',
  body: [(FIRST.body[0] as string).replace('3 ca', '5 ca'), ...FIRST.body.slice(1)],
};

const html = ({ title, body }: typeof FIRST, aside = '') =>
  `<!doctype html><html lang="vi"><head><title>${title}</title><meta charset="utf-8"></head><body>
<article><h1>${title}</h1>${body.map((text) => `<p>${text}</p>`).join('\n')}</article>${aside}</body></html>`;

let deps: Deps & { close(): Promise<void> };
let web: (request: PageRequest) => FetchedPage | Error;
let now = NOW;
beforeAll(async () => {
  deps = await openTestDeps({
    now: () => now,
    revisitAfterHours: [1, 6, 24, 168],
    fetchPage: async (request) => {
      const answer = web(request);
      if (answer instanceof Error) throw answer;
      return { ...answer, fetchedAt: now.toISOString() };
    },
  });
});
afterAll(() => deps.close());
beforeEach(() => {
  now = NOW;
});

let articles = 0;
/** An article as the flow makes it of a page, three hours before the tests' clock begins to turn. */
async function published(page: typeof FIRST = FIRST, headers: Record<string, string> = {}) {
  articles += 1;
  const url = `https://bao.example/suc-khoe/${articles}.html`;
  const id = entryId(url);
  const firstSeenAt = NOW.toISOString();
  await deps.entries.add([anEntry({ url, title: page.title, firstSeenAt })]);
  const first = aPage(url, html(page));
  await deps.pages.save(id, { ...first, headers: { ...first.headers, ...headers } });
  await extractArticle.run({ entryId: id }, deps, context);
  const next = await judged(id);
  return { id, url, next };
}

/** What follows a look or an extraction: judging and indexing. @returns what indexing hands on */
async function judged(id: string) {
  const { next } = await analyseArticle.run({ entryId: id }, deps, context);
  if (next.length === 0) return [];
  return (await indexArticle.run({ entryId: id }, deps, context)).next;
}

/** When each round comes, the one beyond the schedule included. */
const HOURS = [0, 1, 6, 24, 168, 192];

function look(id: string, round = 1, isSuspect = false) {
  now = new Date(NOW.getTime() + (HOURS[round] ?? 0) * HOUR_MS);
  return revisitArticle.run({ entryId: id, round, isSuspect }, deps, context);
}

const gone = (status: number) =>
  new NoPageError(`http-${status}`, 'gone', {
    url: 'https://bao.example/x',
    status,
    headers: { date: 'Mon, 02 Mar 2026 04:00:00 GMT', 'set-cookie': 'a=b' },
  });

describe('rounds', () => {
  it('begin when the page has made an article searchable, and each makes the next', async () => {
    const { id, url, next } = await published();
    expect(next).toContainEqual({
      stage: 'revisit',
      key: `revisit-${id}-1`,
      payload: { entryId: id, round: 1 },
      delayMs: HOUR_MS,
    });
    web = () => aPage(url, html(FIRST));
    const later = [];
    for (const round of [1, 2, 3, 4]) later.push(...(await look(id, round)).next);
    expect(later.map(({ key, delayMs }) => [key, delayMs])).toEqual([
      [`revisit-${id}-2`, 5 * HOUR_MS],
      [`revisit-${id}-3`, 18 * HOUR_MS],
      [`revisit-${id}-4`, 144 * HOUR_MS],
    ]);
  });

  it('leave out what has passed while nobody looked', async () => {
    const { id, url } = await published();
    web = () => aPage(url, html(FIRST));
    now = new Date(NOW.getTime() + 30 * HOUR_MS);
    const { next } = await revisitArticle.run({ entryId: id, round: 1 }, deps, context);
    expect(next.map(({ key }) => key)).toEqual([`revisit-${id}-4`]);
  });

  it.each([
    ['an import', { imported: true, text: { title: 'Bệnh viện quá tải', summary: '', body: 'Bác sĩ.' } }],
    ['a backlog', { isBacklog: true, text: { title: 'Bệnh viện quá tải', summary: '', body: 'Bác sĩ.' } }],
    ['an article known by its title alone', {}],
  ])('never begin for %s', async (_what, overrides) => {
    articles += 1;
    const entry = anEntry({ url: `https://bao.example/suc-khoe/${articles}.html`, ...overrides });
    await deps.entries.add([entry]);
    const next = await judged(entry.id);
    expect(next.map(({ stage }) => stage)).toEqual(['detect']);
  });

  it('are found again once a day where a job was lost, and only there', async () => {
    const { id } = await published();
    const lost = await revisitsWithoutJob(deps);
    expect(lost.filter(({ key }) => key.includes(id)).map(({ key }) => key)).toEqual([`revisit-${id}-1`]);
    const heldJobs = async () => new Set([`revisit-${id}-1`]);
    expect((await revisitsWithoutJob({ ...deps, heldJobs })).some(({ key }) => key.includes(id))).toBe(false);
    const { next } = await keepHouse.run({ task: 'retain' }, deps, context);
    expect(next.map(({ key }) => key)).toContain(`revisit-${id}-1`);
    expect(await revisitsWithoutJob({ ...deps, revisitAfterHours: [] })).toEqual([]);
  });

  it('end with an article that has left the archive', async () => {
    expect(await revisitArticle.run({ entryId: 'nobody', round: 1 }, deps, context)).toEqual({
      status: 'skipped',
      reason: 'not-in-archive',
      next: [],
    });
  });
});

describe('an unchanged page', () => {
  it('is asked for with its validators, and keeps nothing', async () => {
    const headers = { etag: '"7"', 'last-modified': 'Mon, 02 Mar 2026 01:00:00 GMT' };
    const { id, url } = await published(FIRST, headers);
    let asked: PageRequest | undefined;
    web = (request) => {
      asked = request;
      return aPage(url, '', { status: 304 });
    };
    expect(await look(id)).toMatchObject({ status: 'skipped', reason: 'unchanged' });
    expect(asked).toMatchObject({ url, etag: '"7"', lastModified: headers['last-modified'], paceMs: 0 });
    expect(await deps.revisions.of(id)).toEqual([]);
  });

  it('may come with other bytes: pointers to other news are no change', async () => {
    const { id, url } = await published();
    web = () =>
      aPage(
        url,
        html(
          { ...FIRST, title: ` ${FIRST.title} `, body: [...FIRST.body, 'Xem thêm: Giá vàng hôm nay'] },
          '<ul class="related"><li><a href="/2">Bài khác</a></li></ul><p>1.204 lượt xem</p>',
        ),
      );
    expect(await look(id)).toMatchObject({ status: 'skipped', reason: 'unchanged' });
    expect(await deps.revisions.of(id)).toEqual([]);
    expect((await deps.entries.find(id))?.revisedAt).toBeUndefined();
  });
});

describe('a changed article', () => {
  it('keeps both versions with their proof, and is judged anew in its place', async () => {
    const { id, url } = await published();
    const before = await deps.articles.find(id);
    const [old, fresh] = [html(FIRST), html(MORE)];
    web = () =>
      aPage(url, fresh, {
        headers: { 'content-type': 'text/html', etag: '"8"', 'set-cookie': 'who=me', server: 'nginx' },
      });
    const outcome = await look(id);
    expect(outcome).toMatchObject({ status: 'done', reason: 'revised' });
    expect(outcome.next.map(({ key }) => key)).toEqual([`analyse-${id}-page`, `revisit-${id}-2`]);

    const [first, second, ...rest] = await deps.revisions.of(id);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      number: 1,
      changes: [],
      title: FIRST.title,
      sha256: sha256Of(new TextEncoder().encode(old)),
      fetchedAt: NOW.toISOString(),
    });
    expect(second).toMatchObject({
      number: 2,
      changes: ['title', 'body', 'numbers'],
      title: MORE.title,
      status: 200,
      url,
      sha256: sha256Of(new TextEncoder().encode(fresh)),
      headers: { 'content-type': 'text/html', etag: '"8"', server: 'nginx' },
    });
    const text = async (number: number) =>
      new TextDecoder().decode((await deps.revisions.bytes(id, number)) ?? new Uint8Array());
    expect([await text(1), await text(2)]).toEqual([old, fresh]);
    expect(new TextDecoder().decode((await deps.pages.find(id))?.bytes)).toBe(fresh);

    await judged(id);
    const after = await deps.articles.find(id);
    expect(after).toMatchObject({
      title: MORE.title,
      revisedAt: now.toISOString(),
      firstSeenAt: before?.firstSeenAt,
      indexedAt: before?.indexedAt,
      storyId: before?.storyId,
      isLate: before?.isLate,
    });
    expect(after?.body).toContain('5 ca');
    const { articleIds = [] } = (await deps.stories.find(after?.storyId ?? '')) ?? {};
    expect(articleIds.filter((member) => member === id)).toHaveLength(1);
    expect((await deps.entries.find(id))?.outcome).toBe('indexed');
  });

  it('stays in its story though nothing of its first text is left', async () => {
    const { id, url } = await published();
    const before = await deps.articles.find(id);
    const rewritten = {
      title: 'Sở Y tế đính chính thông tin về vụ ngộ độc rượu ở huyện miền núi',
      body: [
        'Chiều nay, lãnh đạo Sở Y tế khẳng định không có trường hợp nào tử vong như một số trang đã đăng trước đó.',
        'Kết quả kiểm nghiệm của Viện Pasteur cho thấy mẫu thực phẩm an toàn, các bệnh nhân đã xuất viện về nhà.',
        'Trung tâm Kiểm soát bệnh tật tiếp tục theo dõi sức khoẻ người dân và tuyên truyền phòng ngộ độc thực phẩm.',
      ],
    };
    web = () => aPage(url, html(rewritten));
    await look(id);
    await judged(id);
    expect(await deps.articles.find(id)).toMatchObject({
      title: rewritten.title,
      storyId: before?.storyId,
      copyNumber: before?.copyNumber,
    });
  });

  it('gives the same a second time, whichever step a crash came after', async () => {
    const { id, url } = await published();
    web = () => aPage(url, html(MORE, `<p class="time">${Math.random()}</p>`));
    const step = (store: 'revisions' | 'entries' | 'pages' | 'articles', method: string) => ({
      ...deps,
      [store]: new Proxy(deps[store], {
        get: (target, name) => {
          if (name === method) return async () => Promise.reject(new Error('crash'));
          const value = Reflect.get(target, name) as unknown;
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
    });
    const payload = { entryId: id, round: 1 };
    now = new Date(NOW.getTime() + HOUR_MS);
    for (const broken of [step('revisions', 'save'), step('entries', 'update'), step('pages', 'save')]) {
      await expect(revisitArticle.run(payload, broken, context)).rejects.toThrow('crash');
    }
    const { next } = await revisitArticle.run(payload, deps, context);
    expect(next.map(({ stage }) => stage)).toEqual(['analyse', 'revisit']);
    expect((await deps.revisions.of(id)).map(({ number, title }) => [number, title])).toEqual([
      [1, FIRST.title],
      [2, MORE.title],
    ]);
    // The job of the analysis was lost as well: the next look asks for it again.
    expect((await look(id, 2)).next.map(({ key }) => key)).toEqual([`analyse-${id}-page`, `revisit-${id}-3`]);
    await judged(id);
    expect((await look(id, 3)).next.map(({ key }) => key)).toEqual([`revisit-${id}-4`]);
    expect(await deps.revisions.of(id)).toHaveLength(2);
  });

  it('may change back, which is a version too', async () => {
    const { id, url } = await published();
    web = () => aPage(url, html(MORE));
    await look(id);
    await judged(id);
    web = () => aPage(url, html(FIRST));
    await look(id, 2);
    expect((await deps.revisions.of(id)).map(({ number, title }) => [number, title])).toEqual([
      [1, FIRST.title],
      [2, MORE.title],
      [3, FIRST.title],
    ]);
  });

  it('says so where the page of the first version was no longer kept', async () => {
    const { id, url } = await published();
    await deps.pages.dropBefore('2999-01-01T00:00:00.000Z');
    web = () => aPage(url, html(MORE));
    await look(id);
    const [first, second] = await deps.revisions.of(id);
    expect(first).toMatchObject({ title: FIRST.title, number: 1 });
    expect(first?.sha256).toBeUndefined();
    expect(await deps.revisions.bytes(id, 1)).toBeUndefined();
    expect(second?.sha256).toBeDefined();
  });

  it('keeps the time of its publication, whatever date it is given later', async () => {
    const dated = (at: string) =>
      html(FIRST).replace(
        '<meta charset',
        `<meta property="article:published_time" content="${at}"><meta charset`,
      );
    articles += 1;
    const url = `https://bao.example/suc-khoe/${articles}.html`;
    const id = entryId(url);
    await deps.entries.add([anEntry({ url, firstSeenAt: NOW.toISOString() })]);
    await deps.pages.save(id, aPage(url, dated('2026-03-01T08:00:00+07:00')));
    await extractArticle.run({ entryId: id }, deps, context);
    await judged(id);
    expect((await deps.articles.find(id))?.isLate).toBe(true);
    web = () => aPage(url, dated('2026-03-02T10:30:00+07:00'));
    await look(id);
    await judged(id);
    expect(await deps.articles.find(id)).toMatchObject({
      isLate: true,
      publishedAt: { at: '2026-03-01T01:00:00.000Z' },
      modifiedAt: { at: '2026-03-02T03:30:00.000Z' },
    });
    expect((await deps.revisions.of(id)).at(-1)).toMatchObject({
      changes: ['published-at'],
      publishedAt: { at: '2026-03-02T03:30:00.000Z' },
    });
  });

  it('leaves the archive when its new text is about something else, and the version says so', async () => {
    const { id, url } = await published();
    await deps.entries.update(id, (entry) => ({ ...entry, fromHealthFeed: false }));
    const other = {
      title: 'Đội tuyển bóng đá thắng đậm trên sân nhà',
      body: [
        'Trận đấu tối qua kết thúc với bốn bàn thắng, khán giả phủ kín các khán đài của sân vận động.',
        'Huấn luyện viên khen ngợi hàng công và cho biết đội sẽ giữ nguyên đội hình ở vòng sau.',
        'Lượt trận tới, đội bóng gặp đương kim vô địch trên sân khách vào chiều chủ nhật tuần này.',
      ],
    };
    web = () => aPage(url, html(other));
    await look(id);
    expect((await deps.revisions.of(id)).at(-1)).toMatchObject({ leftArchive: true, title: other.title });
    await judged(id);
    expect(await deps.articles.find(id)).toBeUndefined();
    expect((await deps.entries.find(id))?.outcome).toBe('irrelevant');
    expect(await look(id, 2)).toMatchObject({ reason: 'not-in-archive', next: [] });
  });

  it('is no new article to the detector', async () => {
    const { id, url } = await published({ ...FIRST, title: 'Bệnh viện tỉnh tiếp nhận nhiều ca ngộ độc' });
    web = () => aPage(url, html(MORE));
    await look(id, 4);
    await judged(id);
    const article = await deps.articles.find(id);
    const [series] = article?.series ?? [];
    const from = new Date(now.getTime() - 24 * HOUR_MS).toISOString();
    expect(article?.revisedAt).toBe(now.toISOString());
    expect(await deps.articles.inSeries(series as never, from, now.toISOString(), 10)).toEqual([]);
    const alerts = await detectIncidents.run({ articleId: id }, deps, context);
    expect(alerts.next).toEqual([]);
  });
});

describe('a removed page', () => {
  it.each([404, 410])('is noted at once after a %i, and the article stays', async (status) => {
    const { id } = await published();
    web = () => gone(status);
    expect(await look(id)).toMatchObject({ status: 'done', reason: 'removed' });
    const [first, second] = await deps.revisions.of(id);
    expect(first).toMatchObject({ number: 1, title: FIRST.title });
    expect(first?.sha256).toBeDefined();
    expect(second).toMatchObject({
      number: 2,
      changes: ['removed'],
      removedReason: `http-${status}`,
      status,
      headers: { date: 'Mon, 02 Mar 2026 04:00:00 GMT' },
      title: FIRST.title,
    });
    const mark = { removedAt: now.toISOString(), removedReason: `http-${status}` };
    expect(await deps.articles.find(id)).toMatchObject(mark);
    expect(await deps.entries.find(id)).toMatchObject({ ...mark, outcome: 'indexed' });
    // Once, however often it is found gone.
    expect(await look(id, 2)).toMatchObject({ reason: 'unchanged' });
    expect(await deps.revisions.of(id)).toHaveLength(2);
  });

  it.each([
    ['https://bao.example/', 'redirect-home'],
    ['https://bao.example/suc-khoe', 'redirect-section'],
  ])('shows by leading to %s', async (to, reason) => {
    const { id, url } = await published();
    const links = Array.from({ length: 60 }, (_, at) => `<li><a href="/${at}">Tin số ${at}</a></li>`).join(
      '',
    );
    web = () =>
      aPage(
        url,
        `<!doctype html><html><head><title>Báo A</title></head><body><ul>${links}</ul></body></html>`,
        {
          url: to,
        },
      );
    expect(await look(id)).toMatchObject({ reason: 'removed' });
    expect(await deps.articles.find(id)).toMatchObject({ removedReason: reason });
    expect((await deps.revisions.of(id)).at(-1)).toMatchObject({ url: to });
  });

  it('that says so itself is believed the second time', async () => {
    const { id, url } = await published();
    const page =
      '<!doctype html><html><head><title>404 - Không tìm thấy trang</title></head><body><h1>404</h1></body></html>';
    web = () => aPage(url, page);
    const first = await look(id, 4);
    expect(first).toMatchObject({ status: 'skipped', reason: 'error-page' });
    expect(first.next).toEqual([
      expect.objectContaining({
        key: `revisit-${id}-5`,
        payload: { entryId: id, round: 5, isSuspect: true },
        delayMs: 24 * HOUR_MS,
      }),
    ]);
    expect(await deps.revisions.of(id)).toEqual([]);
    expect(await look(id, 5, true)).toMatchObject({ reason: 'removed', next: [] });
    expect(await deps.articles.find(id)).toMatchObject({ removedReason: 'error-page' });
  });

  it('that comes back is restored, with whatever changed meanwhile', async () => {
    const { id, url } = await published();
    web = () => gone(404);
    await look(id);
    web = () => aPage(url, html(MORE));
    expect(await look(id, 2)).toMatchObject({ reason: 'restored' });
    await judged(id);
    const article = await deps.articles.find(id);
    expect(article?.removedAt).toBeUndefined();
    expect(article).toMatchObject({ title: MORE.title, revisedAt: now.toISOString() });
    expect((await deps.revisions.of(id)).map(({ changes }) => changes)).toEqual([
      [],
      ['removed'],
      ['title', 'body', 'numbers', 'restored'],
    ]);
  });

  it('may come back as it was', async () => {
    const { id, url } = await published(FIRST, { etag: '"1"' });
    web = () => gone(410);
    await look(id);
    web = () => aPage(url, '', { status: 304 });
    expect(await look(id, 2)).toMatchObject({ reason: 'restored' });
    expect((await deps.articles.find(id))?.removedAt).toBeUndefined();
    expect((await deps.articles.find(id))?.revisedAt).toBeUndefined();
    expect((await deps.revisions.of(id)).map(({ changes }) => changes)).toEqual([
      [],
      ['removed'],
      ['restored'],
    ]);
  });
});

describe('a look that learns nothing', () => {
  it.each([
    ['a refusal', new PermanentError('http-403'), 'http-403'],
    ['robots.txt', new PermanentError('robots-disallowed'), 'robots-disallowed'],
    ['a server in trouble', Object.assign(new Error('http-502'), { reason: 'http-502' }), 'http-502'],
  ])('because of %s costs that look alone', async (_what, error, reason) => {
    const { id } = await published();
    web = () => error;
    const outcome = await look(id);
    expect(outcome).toMatchObject({ status: 'skipped', reason });
    expect(outcome.next.map(({ key }) => key)).toEqual([`revisit-${id}-2`]);
    expect((await deps.articles.find(id))?.removedAt).toBeUndefined();
  });

  it('waits where its host asks for patience', async () => {
    const { id } = await published();
    web = () => new RetryLaterError('pace', 1000);
    await expect(look(id)).rejects.toBeInstanceOf(RetryLaterError);
  });
});
