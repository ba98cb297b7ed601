import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AccessScope } from '../../src/domain/access.ts';
import { readDescription } from '../support/api-description.ts';
import { openTestConsole } from './console-fixture.ts';
import { openSignInConsole, PASSWORD, type SignInConsole } from './sign-in-fixture.ts';

const OWN: AccessScope = { provinces: [], facilities: ['bv-cho-ray'] };
const ELSEWHERE: AccessScope = { provinces: ['nowhere'], facilities: [] };
const SECRET = 'Tin của nơi khác không ai được thấy';

let fixture: SignInConsole;
let own: Record<string, string>;
let elsewhere: Record<string, string>;
let foreignId: string;
beforeAll(async () => {
  fixture = await openSignInConsole();
  const { accounts } = fixture;
  await fixture.seed();
  const { articles } = await fixture.deps.articles.page({}, { order: 'newest', limit: 200 });
  const foreign = articles.find(({ mentions }) => mentions.every(({ id }) => id !== 'bv-cho-ray'));
  if (foreign === undefined) throw new Error('Every article is of the facility');
  foreignId = foreign.id;
  await fixture.deps.articles.save([{ ...foreign, title: SECRET }]);
  [own = {}, elsewhere = {}] = await Promise.all(
    [OWN, ELSEWHERE].map(async (scope, at) => {
      const name = `can-bo-${at}`;
      await accounts.add(name, { name: `Cán bộ ${at}`, role: 'admin', scope });
      await accounts.setPassword(name, PASSWORD);
      const { value } = await accounts.addToken(name, { name: 'thử', scope: 'admin', days: 10 });
      return { authorization: `Bearer ${value}` };
    }),
  );
}, 120_000);
afterAll(() => fixture.close());

const ask = (url: string, headers: Record<string, string>) => fixture.server.inject({ url, headers });

const PAGES = [
  '/',
  '/articles',
  '/articles?period=all',
  '/stories?period=30d&least=1',
  '/stories?sort=growth',
  '/stories/story-poisoning',
  '/trends?period=30d',
  '/incidents',
  '/incidents/{incident}',
  '/corrections',
  '/outlets',
  '/ledger',
  '/briefs',
  '/reports',
  '/campaigns',
  '/policies',
  '/searches',
  '/accounts',
  '/audit',
  '/welcome',
  '/api/docs',
];

describe('an account with a scope', () => {
  it('sees nothing of elsewhere on any page, nor by any question of the API', async () => {
    const { description } = await readDescription(await open());
    const [incident] = await fixture.deps.incidents.list({ limit: 1 });
    const questions = Object.keys(description.paths).filter(
      (path) => 'get' in (description.paths[path] ?? {}),
    );
    const files = ['csv', 'jsonl'].map((format) => `/api/v1/articles?format=${format}`);
    const urls = [...PAGES, `/articles/${foreignId}`, ...questions, ...files].map((path) =>
      path
        .replace('{incident}', incident?.id ?? '')
        .replace('/incidents/{id}', `/incidents/${incident?.id}`)
        .replace('/stories/{id}', '/stories/story-poisoning')
        .replace('/articles/{id}', `/articles/${foreignId}`)
        .replace('{field}', 'topic')
        .replace('/pairs', '/pairs?a=topic&b=topic')
        .replace(
          '/forecast',
          path === '/api/v1/forecast' ? '/forecast?series=facility:bv-bach-mai' : '/forecast',
        )
        .replaceAll(/\{\w+\}/g, '1'),
    );
    for (const headers of [own, elsewhere]) {
      for (const url of urls) {
        const { statusCode, body } = await ask(url, headers);
        expect([200, 303, 403, 404], url).toContain(statusCode);
        expect(body.includes(SECRET), url).toBe(false);
      }
    }
  });

  it('sees what is its own, with the numbers that everybody else gets for it', async () => {
    const { meta } = (await ask('/api/v1/articles', own)).json();
    const whole = await fixture.deps.articles.count({ facility: 'bv-cho-ray' });
    expect([meta.matched, meta.scope]).toEqual([whole, OWN]);
    expect(whole).toBeGreaterThan(0);
    const facet = (await ask('/api/v1/facets/facility', own)).json();
    expect(facet.values.find(({ value }: { value: string }) => value === 'bv-cho-ray').count).toBe(whole);
    for (const url of ['/stories/story-poisoning', '/incidents', '/trends', '/', '/articles/poisoning-0']) {
      expect((await ask(url, own)).statusCode, url).toBe(200);
    }
    expect((await ask('/api/v1/incidents', own)).json().incidents).toHaveLength(1);
    expect((await ask('/api/v1/incidents', elsewhere)).json().incidents).toEqual([]);
  });

  it('changes nothing of elsewhere', async () => {
    const [incident] = await fixture.deps.incidents.list({ limit: 1 });
    const post = (url: string, headers: Record<string, string>, payload: object) =>
      fixture.server.inject({ method: 'POST', url, headers, payload });
    const correction = { reason: 'thử', polarity: 'neutral' };
    expect((await post(`/api/v1/articles/${foreignId}/corrections`, own, correction)).statusCode).toBe(404);
    const acknowledged = { version: 1 };
    const path = `/api/v1/incidents/${incident?.id}/acknowledge`;
    expect((await post(path, elsewhere, acknowledged)).statusCode).toBe(404);
    expect((await post(path, own, acknowledged)).statusCode).toBe(200);
    expect((await post('/api/v1/quarantine/replay', own, {})).statusCode).toBe(403);
  });
});

/** A console that asks nobody who they are, for its description. */
async function open() {
  const { server } = await openTestConsole({ ...fixture.deps, signInWays: undefined });
  return server;
}
