import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import type { TrendBucket } from '../../src/ports/article-store.ts';
import type { ArticlesAnswer } from '../support/articles-answer.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
  await fixture.seed();
});
afterAll(() => fixture.close());

const get = async (url: string) => {
  const answer = await fixture.server.inject(url);
  return { status: answer.statusCode, json: answer.json() };
};

async function everyPage(url: string): Promise<string[]> {
  const ids: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { json } = await get(next === '' ? url : `${url}&cursor=${next}`);
    const { articles } = json as ArticlesAnswer;
    expect(articles.some((article) => 'body' in article || 'signature' in article)).toBe(false);
    ids.push(...articles.map(({ id }) => id));
    next = (json as ArticlesAnswer).next;
  }
  return ids;
}

describe('GET /api/v1/articles', () => {
  it('gives the whole archive, page by page, without bodies and signatures', async () => {
    const ids = await everyPage('/api/v1/articles?limit=50');
    expect(new Set(ids).size).toBe(125);
    expect(ids.length).toBe(125);
  });

  it.each(['newest', 'oldest', 'rank'])(
    'gives every article of a search once, in the order %s',
    async (order) => {
      const ids = await everyPage(`/api/v1/articles?q=ngo+doc&order=${order}&limit=7`);
      const { json } = await get('/api/v1/articles?q=ngo+doc&limit=1');
      expect([ids.length, new Set(ids).size]).toEqual([json.meta.matched, json.meta.matched]);
    },
  );

  it('takes the filters of the pages and counts what they count', async () => {
    const query = 'q=ngo+doc&polarity=negative&topic=food-safety&period=30d';
    const { json } = await get(`/api/v1/articles?${query}&limit=1`);
    const page = await fixture.server.inject(`/articles?${query}`);
    expect(page.body.includes(`data-count="negative">${(json as ArticlesAnswer).meta.matched}<`)).toBe(true);
    expect((json as ArticlesAnswer).meta.dataWatermarkAt).toBe('2026-03-02T07:25:00.000Z');
  });

  it('gives one article whole, and 404 as JSON', async () => {
    const { json } = await get('/api/v1/articles/poisoning-0');
    expect((json as Article).body).toContain('Bệnh viện Chợ Rẫy');
    const missing = await get('/api/v1/articles/nope');
    expect([missing.status, missing.json.error.code]).toEqual([404, 'not-found']);
  });

  it.each([
    'limit=0',
    'limit=201',
    'cursor=x',
    'order=x',
    'format=xlsx',
    'polarity=x',
    'series=x',
    'from=x',
    'limit=a',
    'q=a&q=b',
  ])('refuses %s with 400 and the field', async (query) => {
    const { status, json } = await get(`/api/v1/articles?${query}`);
    expect([status, json.error.code]).toEqual([400, 'bad-query']);
    expect(json.error.details.length).toBe(1);
  });
});

describe('the rest of the API', () => {
  it('trend: by day and hour, the same total as the list', async () => {
    for (const interval of ['day', 'hour']) {
      const { json } = await get(`/api/v1/trend?interval=${interval}`);
      const total = (json.buckets as TrendBucket[]).reduce(
        (sum, { negative, neutral, positive }) => sum + negative + neutral + positive,
        0,
      );
      expect([json.interval, total]).toEqual([interval, 125]);
    }
  });

  it('ledger: the balance as it is', async () => {
    expect((await get('/api/v1/ledger')).json).toEqual({
      found: 128,
      indexed: 125,
      duplicate: 0,
      irrelevant: 1,
      failed: { 'http-403': 1 },
      pending: 1,
      faults: [],
    });
  });

  it('incidents: all, or by status', async () => {
    expect((await get('/api/v1/incidents')).json.incidents).toHaveLength(1);
    expect((await get('/api/v1/incidents?status=resolved')).json.incidents).toEqual([]);
  });

  it('quarantine: listed, and replayed by stage', async () => {
    expect((await get('/api/v1/quarantine')).json.jobs).toHaveLength(2);
    const { json } = {
      json: (
        await fixture.server.inject({
          method: 'POST',
          url: '/api/v1/quarantine/replay',
          payload: { stage: 'extract' },
        })
      ).json(),
    };
    expect(json).toEqual({ replayed: 1 });
    expect((await get('/api/v1/quarantine')).json.jobs.map(({ key }: { key: string }) => key)).toEqual([
      'fetch-0f3a',
    ]);
  });

  it('a body that is not JSON is refused without a trace', async () => {
    const answer = await fixture.server.inject({
      method: 'POST',
      url: '/api/v1/quarantine/replay',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body.includes('.ts')).toBe(false);
  });

  it('livez says ok', async () => {
    expect((await fixture.server.inject('/livez')).body).toBe('ok');
  });
});

describe('the list of articles in the order of time', () => {
  it.each(['newest', 'oldest'])(
    '%s: every article once, page after page, with the search kept',
    async (sort) => {
      const seen: string[] = [];
      let url = `/articles?q=ngo+doc&period=all&sort=${sort}`;
      for (;;) {
        const { body } = await fixture.server.inject(url);
        const list = body.slice(body.indexOf('id="results"'));
        seen.push(
          ...[...list.matchAll(/<h[23][^>]*><a href="\/articles\/([\w-]+)["?]/g)].map(([, id = '']) => id),
        );
        const next = /href="(\/articles\?[^"]*after=[^"]+)"/.exec(list)?.[1]?.replaceAll('&amp;', '&');
        if (next === undefined) break;
        expect(next).toContain(`sort=${sort}`);
        url = next;
      }
      const wanted = await everyPage(`/api/v1/articles?q=ngo+doc&order=${sort}&limit=7`);
      expect(seen).toEqual(wanted);
    },
  );
});
