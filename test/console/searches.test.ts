import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SavedSearch } from '../../src/domain/saved-search.ts';
import { readDescription } from '../support/api-description.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole({ canMail: true });
  await fixture.seed();
}, 60_000);
afterAll(() => fixture.close());

/** Sends a form with the token of the page that it stands on. */
async function send(url: string, fields: Record<string, string>) {
  const page = await fixture.server.inject('/articles?q=ngo+doc');
  const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const payload = new URLSearchParams({ token, ...fields }).toString();
  return fixture.server.inject({ method: 'POST', url, headers: { ...FORM, cookie }, payload });
}

const kept = () => fixture.deps.office.list('saved-search', { limit: 10 });
const only = async () => (await kept())[0] as SavedSearch;

describe('a search that is kept', () => {
  it('opens with the filters that it was saved with', async () => {
    const saved = await send('/searches', {
      name: 'Ngộ độc',
      query: '?q=ngộ+độc&polarity=negative&sort=oldest&page=3',
    });
    expect(saved.statusCode).toBe(303);
    expect((await only()).query).toEqual({ q: 'ngộ độc', polarity: 'negative', sort: 'oldest' });
    const { body } = await fixture.server.inject('/searches');
    const [, href = ''] = /<h2><a href="([^"]+)">Ngộ độc/.exec(body) ?? [];
    expect(href).toContain('polarity=negative');
    expect(href).toContain('sort=oldest');
    expect((await fixture.server.inject(href.replaceAll('&amp;', '&'))).statusCode).toBe(200);
  });

  it('is subscribed to, and what is there by then is not news', async () => {
    const { id } = await only();
    const fields = { name: 'Ngộ độc', subscription: 'daily', to: 'a@example.vn, b@example.vn', shared: 'on' };
    expect((await send(`/searches/${id}`, fields)).statusCode).toBe(303);
    const { to, subscription, isShared, delivery } = await only();
    expect({ to, subscription, isShared }).toEqual({
      to: ['a@example.vn', 'b@example.vn'],
      subscription: 'daily',
      isShared: true,
    });
    const day = await fixture.server.inject(
      '/api/v1/articles?q=ngộ+độc&polarity=negative&period=24h&limit=200',
    );
    const ids = day.json().articles.map((article: { id: string }) => article.id);
    expect(ids.length).toBeGreaterThan(0);
    expect(delivery.told).toEqual(expect.arrayContaining(ids.slice(0, 1)));
  });

  it('goes on writing where it is changed on a page that has no fields about mail', async () => {
    const { id } = await only();
    expect((await send(`/searches/${id}`, { name: 'Ngộ độc thực phẩm' })).statusCode).toBe(303);
    const { name, subscription, to } = await only();
    expect([name, subscription, to.length]).toEqual(['Ngộ độc thực phẩm', 'daily', 2]);
  });

  it.each([
    [{ name: '', query: '?q=a' }],
    [{ name: 'x', query: '' }],
    [{ name: 'x', query: '?polarity=evil' }],
    [{ name: 'x', query: '?q=a', subscription: 'daily' }],
    [{ name: 'x', query: '?q=a', subscription: 'daily', to: 'nobody' }],
  ])('is not kept as %j', async (fields) => {
    expect((await send('/searches', fields)).statusCode).toBe(400);
    expect(await kept()).toHaveLength(1);
  });

  it('is listed, made and removed by programs, who are not told whom it writes to', async () => {
    const { faultsOf } = await readDescription(fixture.server);
    const payload = { name: 'Sởi', query: 'topic:epidemics', by: 'x' };
    const bad = await fixture.server.inject({ method: 'POST', url: '/api/v1/searches', payload });
    expect(bad.statusCode).toBe(400);
    const made = await fixture.server.inject({
      method: 'POST',
      url: '/api/v1/searches',
      payload: { ...payload, query: 'q=topic:epidemics' },
    });
    expect([made.statusCode, faultsOf('/api/v1/searches', made.json(), 'post', 201)]).toEqual([201, []]);
    const { body } = await fixture.server.inject('/api/v1/searches');
    expect(faultsOf('/api/v1/searches', JSON.parse(body))).toEqual([]);
    expect(body).not.toContain('example.vn');
    const url = `/api/v1/searches/${made.json().id}`;
    expect((await fixture.server.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect(await kept()).toHaveLength(1);
  });

  it('is removed', async () => {
    expect((await send(`/searches/${(await only()).id}/remove`, {})).statusCode).toBe(303);
    expect(await kept()).toEqual([]);
    expect((await fixture.server.inject('/searches')).body).toContain('Chưa có câu tìm');
  });
});
