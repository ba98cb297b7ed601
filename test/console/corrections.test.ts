import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Correction } from '../../src/domain/correction.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
});
beforeEach(async () => {
  await fixture.clear();
  await fixture.seed();
}, 60_000);
afterAll(() => fixture.close());

const ARTICLE = 'poisoning-1';

/** A form as a browser sends it, with the cookie and the token that the page gave it. */
async function submit(
  path: string,
  fields: readonly (readonly [string, string])[],
  cookies: Record<string, string> = {},
) {
  const page = await fixture.server.inject(`/articles/${ARTICLE}`);
  const session = page.cookies.find(({ name }) => name === 'nyt_form')?.value ?? '';
  const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  return fixture.server.inject({
    method: 'POST',
    url: path,
    cookies: { nyt_form: session, ...cookies },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([['token', token], ...fields.map(([name, value]) => [name, value])]).toString(),
  });
}

const read = async (id: string) => {
  const article = await fixture.deps.articles.find(id);
  if (article === undefined) throw new Error(`${id} is gone`);
  return article;
};

const SIGNED = [
  ['by', 'Thu Hà'],
  ['reason', 'Bài nêu kết quả xử lý'],
] as const;

describe('the form under an article', () => {
  it('corrects what was changed and leaves the rest unsaid', async () => {
    const before = await read(ARTICLE);
    const shown = before.topics.map(({ topic }) => ['shown', topic] as const);
    const kept = before.topics.map(({ topic }) => ['topics', topic] as const);
    const answer = await submit(`/articles/${ARTICLE}/corrections`, [
      ...SIGNED,
      ['polarity', 'neutral'],
      ...shown,
      ...kept,
      ['add', 'bệnh viện bạch mai'],
      ['remove', 'facility:bv-cho-ray'],
      ['story', ''],
      ['otherStory', ''],
    ]);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(`/articles/${ARTICLE}?notice=corrected#corrections`);
    const [correction] = await fixture.deps.corrections.list({ offset: 0, limit: 5 });
    expect(correction).toMatchObject({
      by: 'Thu Hà',
      says: {
        isHealth: true,
        polarity: 'neutral',
        mentions: { add: [{ id: 'bv-bach-mai' }], remove: [{ kind: 'facility', id: 'bv-cho-ray' }] },
      },
      verdicts: [{ polarity: 'negative' }],
    });
    expect(correction?.says.topics).toBeUndefined();
    const page = (await fixture.server.inject(`/articles/${ARTICLE}?notice=corrected`)).body;
    for (const text of [
      'Người sửa: sắc thái, nhắc tới',
      'máy xếp là tiêu cực',
      'Bài nêu kết quả xử lý',
      'Đã ghi.',
    ]) {
      expect(page).toContain(text);
    }
    expect((await fixture.server.inject('/articles')).body).toContain('Người sửa: sắc thái');
    const judged = (await fixture.server.inject('/articles?corrected=yes&period=all')).body;
    expect(judged.match(/data-article=/g)).toHaveLength(1);
    expect(judged).toContain('name="corrected" value="yes"');
    expect(judged).toContain('Đã có người đánh giá');
  });

  it('reaches the copies when asked', async () => {
    await submit(`/articles/${ARTICLE}/corrections`, [
      ...SIGNED,
      ['polarity', 'positive'],
      ['copies', '1'],
      ...(await shownTopics()),
    ]);
    for (const id of ['poisoning-0', 'poisoning-1', 'poisoning-2', 'poisoning-3']) {
      expect((await read(id)).sentiment.polarity, id).toBe('positive');
    }
    expect((await fixture.server.inject('/articles/poisoning-0')).body).toContain('áp dụng cho mọi bản sao');
  });

  const shownTopics = async () =>
    (await read(ARTICLE)).topics.flatMap(({ topic }) => [
      ['shown', topic] as const,
      ['topics', topic] as const,
    ]);

  it('takes an article out, says so, and brings it back when that is withdrawn', async () => {
    const answer = await submit(`/articles/${ARTICLE}/corrections`, [
      ...SIGNED,
      ['notHealth', '1'],
      ...(await shownTopics()),
    ]);
    expect(answer.headers.location).toBe('/corrections?notice=corrected');
    expect((await fixture.server.inject(`/articles/${ARTICLE}`)).statusCode).toBe(404);
    const [correction] = await fixture.deps.corrections.list({ offset: 0, limit: 1 });
    const list = (await fixture.server.inject('/corrections')).body;
    expect(list).toContain('không thuộc ngành y tế');
    const story = 'poisoning-0';
    const page = await fixture.server.inject(`/articles/${story}`);
    const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const session = page.cookies.find(({ name }) => name === 'nyt_form')?.value ?? '';
    const revoked = await fixture.server.inject({
      method: 'POST',
      url: `/corrections/${correction?.id}/revoke`,
      cookies: { nyt_form: session },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token, by: 'Minh' }).toString(),
    });
    expect(revoked.headers.location).toBe('/corrections?notice=revoked');
    expect((await fixture.server.inject(`/articles/${ARTICLE}`)).statusCode).toBe(200);
    expect((await fixture.server.inject('/corrections?notice=revoked')).body).toContain('Đã rút lại: Minh');
  });

  it('confirms with one button, and counts what was drawn by chance as such', async () => {
    const drawn = await fixture.server.inject('/corrections/sample');
    const id = drawn.cookies.find(({ name }) => name === 'nyt_sample')?.value ?? '';
    expect(drawn.headers.location).toBe(`/articles/${id}#correct`);
    const fields = [
      ['by', 'Thu Hà'],
      ['confirms', '1'],
    ] as const;
    await submit(`/articles/${ARTICLE}/corrections`, fields, { nyt_sample: 'another' });
    const answer = await submit(`/articles/${id}/corrections`, fields, { nyt_sample: id });
    expect(answer.cookies.find(({ name }) => name === 'nyt_sample')?.value).toBe('');
    const corrections = await fixture.deps.corrections.list({ offset: 0, limit: 5 });
    const of = (articleId: string) =>
      corrections.find((one) => one.articleId === articleId && one.isSampled === true);
    expect(of(id)).toBeDefined();
    if (id !== ARTICLE) expect(of(ARTICLE)).toBeUndefined();
    const agreement = (await fixture.server.inject('/api/v1/corrections/agreement')).json();
    expect(agreement.sampled).toMatchObject([{ articles: 1, polarity: { agreed: 1, of: 1 } }]);
    const page = (await fixture.server.inject('/corrections')).body;
    expect(page).toContain('1/1 bài; khoảng tin cậy 95 %');
    expect(page).toContain('Không phải mẫu ngẫu nhiên');
  });

  it.each([
    ['nothing changed', [...SIGNED], 'bạn chưa sửa điều gì'],
    [
      'no reason',
      [
        ['by', 'Thu Hà'],
        ['reason', ' '],
        ['polarity', 'neutral'],
      ],
      'hãy điền tên của bạn',
    ],
    ['an unknown name', [...SIGNED, ['add', 'Bệnh viện Không Có Thật']], 'không có trong danh mục'],
    [
      'an unknown story',
      [...SIGNED, ['story', 'other'], ['otherStory', '/stories/none']],
      'không có câu chuyện nào',
    ],
  ] as const)('refuses %s and changes nothing', async (_what, fields, message) => {
    const before = await read(ARTICLE);
    const answer = await submit(`/articles/${ARTICLE}/corrections`, [...fields, ...(await shownTopics())]);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(message);
    expect(await read(ARTICLE)).toEqual(before);
    expect(await fixture.deps.corrections.count()).toBe(0);
  });

  it('refuses a form without its token, and one from another site', async () => {
    const url = `/articles/${ARTICLE}/corrections`;
    const body = 'by=X&confirms=1';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fixture.server.inject({ method: 'POST', url, headers, body })).statusCode).toBe(403);
    const cross = { ...headers, origin: 'https://elsewhere.example' };
    expect((await fixture.server.inject({ method: 'POST', url, headers: cross, body })).statusCode).toBe(403);
    expect(await fixture.deps.corrections.count()).toBe(0);
  });
});

describe('the API', () => {
  const post = (url: string, payload: object) => fixture.server.inject({ method: 'POST', url, payload });

  it('keeps, lists and withdraws corrections', async () => {
    const made = await post(`/api/v1/articles/${ARTICLE}/corrections`, {
      by: 'Thu Hà',
      reason: 'Đọc lại',
      polarity: 'neutral',
      scope: 'copies',
      removeMentions: ['facility:bv-cho-ray'],
    });
    expect(made.statusCode).toBe(201);
    const { id } = made.json() as Correction;
    expect((await fixture.server.inject(`/api/v1/articles/${ARTICLE}`)).json()).toMatchObject({
      sentiment: { polarity: 'neutral' },
      corrected: { ids: [id], machine: { polarity: 'negative' } },
    });
    expect(
      (await fixture.server.inject(`/api/v1/articles/${ARTICLE}/corrections`)).json().corrections,
    ).toHaveLength(1);
    expect((await fixture.server.inject('/api/v1/corrections')).json()).toMatchObject({
      total: 1,
      corrections: [{ id }],
    });
    expect((await fixture.server.inject('/api/v1/articles?corrected=yes')).json().meta.matched).toBe(4);
    expect((await post(`/api/v1/corrections/${id}/revoke`, { by: 'Minh' })).json()).toMatchObject({
      revokedBy: 'Minh',
    });
    expect((await read(ARTICLE)).sentiment.polarity).toBe('negative');
  });

  it('says in JSON what is wrong', async () => {
    const url = `/api/v1/articles/${ARTICLE}/corrections`;
    const who = { by: 'Thu Hà', reason: 'Đọc lại' };
    const answers = [
      [await post(url, { ...who }), 400, 'nothing-said'],
      [await post(url, { ...who, topics: ['gardening'] }), 400, 'unknown-topic'],
      [await post(url, { ...who, polarity: 'bad' }), 400, 'bad-query'],
      [await post(url, { ...who, confirms: true, says: {} }), 400, 'bad-query'],
      [await post('/api/v1/articles/nobody/corrections', { ...who, polarity: 'neutral' }), 404, 'not-found'],
      [await post('/api/v1/corrections/nobody/revoke', { by: 'Minh' }), 404, 'not-found'],
    ] as const;
    for (const [answer, status, code] of answers) {
      expect(answer.statusCode).toBe(status);
      expect(answer.json().error.code).toBe(code);
    }
  });
});
