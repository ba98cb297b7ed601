import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Revision } from '../../src/domain/revision.ts';
import { anEntry, aRevision } from '../support/factories.ts';
import { HOSTILE_TITLE, openTestConsole, RAW_PAGE, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
  await fixture.seed();
});
afterAll(() => fixture.close());

const get = (url: string, cookie = '') => fixture.server.inject({ url, headers: { cookie } });

describe('the page of an article that changed', () => {
  it('shows each version with its time, what changed word by word, and that it was taken away', async () => {
    const { body } = await get('/articles/poisoning-2');
    for (const part of [
      'Báo đã gỡ bài này (máy chủ của báo trả lời 404)',
      '<h2 id="revisions">Các lần sửa đổi</h2>',
      'Bản 3',
      'sửa tiêu đề, sửa nội dung, sửa số liệu',
      '<del><span class="visually-hidden"> bỏ: </span>trăm</del><ins><span class="visually-hidden"> thêm: </span>chục</ins>',
      '<del><span class="visually-hidden"> bỏ: </span>năm</del><ins><span class="visually-hidden"> thêm: </span>ba</ins>',
      '/api/v1/articles/poisoning-2/revisions/1/page',
      'không còn giữ trang gốc',
      'Thấy sửa lần cuối',
    ])
      expect(body, part).toContain(part);
    expect(body.indexOf('id="revision-3"')).toBeLessThan(body.indexOf('id="revision-1"'));
  });

  it('says so in English too', async () => {
    const { body } = await get('/articles/poisoning-2', 'nyt_lang=en');
    expect(body).toContain('The outlet has removed this article');
    expect(body).toContain('title changed, text changed, figures changed');
  });

  it('marks it in lists', async () => {
    const { body } = await get('/articles?period=all');
    expect(body).toContain('href="/articles/poisoning-2#revisions">đã bị gỡ</a>');
    expect(body).toContain('>đã sửa</a>');
  });

  it('says nothing where nothing changed', async () => {
    expect((await get('/articles/poisoning-1')).body).not.toContain('id="revisions"');
  });

  it('lets no text of a page become markup', async () => {
    const hostile = {
      entryId: 'poisoning-3',
      title: HOSTILE_TITLE,
      body: HOSTILE_TITLE,
      sha256: '"><script>',
    };
    const headers = { server: '<script>alert(1)</script>' };
    await fixture.deps.revisions.save(aRevision({ ...hostile, headers, number: 1, changes: [], title: 'x' }));
    await fixture.deps.revisions.save(aRevision({ ...hostile, headers, url: 'javascript:alert(1)' }));
    const { body } = await get('/articles/poisoning-3');
    expect(body).not.toMatch(/<script>alert|<img src=x|href="javascript/);
    expect(body).toContain('&lt;script>alert');
  });
});

describe('the API', () => {
  it('gives all versions, oldest first', async () => {
    const { revisions } = (await get('/api/v1/articles/poisoning-2/revisions')).json<{
      revisions: Revision[];
    }>();
    expect(revisions.map(({ number, changes }) => [number, changes])).toEqual([
      [1, []],
      [2, ['title', 'body', 'numbers']],
      [3, ['removed']],
    ]);
    expect(revisions[0]?.title).toContain('Hàng trăm');
  });

  it('gives the raw page byte for byte, as a file that no browser shows or runs', async () => {
    const answer = await get('/api/v1/articles/poisoning-2/revisions/1/page');
    expect(answer.rawPayload.equals(RAW_PAGE)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/plain/),
      'content-disposition': 'attachment; filename="poisoning-2-1.html.txt"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const { revisions } = (await get('/api/v1/articles/poisoning-2/revisions')).json<{
      revisions: Revision[];
    }>();
    const digest = Buffer.from(revisions[0]?.sha256 ?? '', 'hex').toString('base64');
    expect(answer.headers['repr-digest']).toBe(`sha-256=:${digest}:`);
  });

  it('knows articles that never changed from those it never met', async () => {
    const entry = anEntry({ url: 'https://bao-tinh.example/yen.html' });
    await fixture.deps.entries.add([entry]);
    const still = await get(`/api/v1/articles/${entry.id}/revisions`);
    expect([still.statusCode, still.json()]).toEqual([200, { revisions: [] }]);
    expect((await get('/api/v1/articles/nobody/revisions')).statusCode).toBe(404);
  });

  it.each(['3/page', '9/page', '0/page', 'x/page', '1e9/page'])('refuses %s', async (path) => {
    const { statusCode } = await get(`/api/v1/articles/poisoning-2/revisions/${path}`);
    expect([400, 404]).toContain(statusCode);
  });
});
