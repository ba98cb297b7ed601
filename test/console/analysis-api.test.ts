import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readDescription } from '../support/api-description.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
  await fixture.seed();
});
afterAll(() => fixture.close());

const get = async (url: string) => {
  const answer = await fixture.server.inject(url);
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
  return answer.json();
};

const SCHEMAS = [
  '/api/v1/articles?limit=200',
  '/api/v1/articles/poisoning-0',
  '/api/v1/trend?interval=day&split=topic',
  '/api/v1/trend?interval=hour&baseline=yes&period=7d',
  '/api/v1/trend?interval=month',
  '/api/v1/facets/outletId',
  '/api/v1/facets/topic?polarity=negative',
  '/api/v1/pairs?a=facility&b=topic',
  '/api/v1/pairs?a=topic&b=topic',
  '/api/v1/compare?period=7d&by=topic',
  '/api/v1/compare?period=24h&vs=year-before',
  '/api/v1/terms?period=30d&polarity=negative&vs=rest',
  '/api/v1/terms?period=30d&topic=food-safety&against=topic:epidemics',
  '/api/v1/leads?period=30d',
  '/api/v1/stories?period=30d&least=1',
  '/api/v1/ledger',
  '/api/v1/outlets',
  '/api/v1/feeds',
  '/api/v1/quarantine',
];

describe('every answer', () => {
  it.each(SCHEMAS)('%s is as its description says', async (url) => {
    const answer = await get(url);
    const { faultsOf } = await readDescription(fixture.server);
    expect(faultsOf(url, answer)).toEqual([]);
  });
});

describe('where a number comes from', () => {
  it('every count carries the articles it saw, the watermark, the versions and the page that shows the same', async () => {
    const { meta } = await get('/api/v1/trend?q=ngo+doc&period=30d');
    const page = await fixture.server.inject(`${meta.page}&polarity=negative`);
    const negative = await get('/api/v1/articles?q=ngo+doc&period=30d&polarity=negative');
    expect(page.body).toContain(`data-count="negative">${negative.meta.matched}<`);
    expect(meta.dataWatermarkAt).toBe('2026-03-02T07:25:00.000Z');
    expect(meta.versions.language).toBe(fixture.deps.language.version);
    expect(meta.outlets.watched).toBe(fixture.deps.outlets.size);
  });

  it('is answered with 304 while nothing has changed', async () => {
    const first = await fixture.server.inject('/api/v1/facets/topic');
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^W\/"/);
    const again = await fixture.server.inject({
      url: '/api/v1/facets/topic',
      headers: { 'if-none-match': etag },
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});

describe('one number, several ways', () => {
  it('trend, facet, compare and articles count the same', async () => {
    const query = 'period=30d&topic=food-safety';
    const { meta, buckets } = await get(`/api/v1/trend?${query}`);
    const facet = await get(`/api/v1/facets/topic?period=30d`);
    const compared = await get(`/api/v1/compare?${query}`);
    const articles = await get(`/api/v1/articles?${query}`);
    const sum = buckets.reduce((total: number, { count }: { count: number }) => total + count, 0);
    const ofTopic = facet.values.find(({ value }: { value: string }) => value === 'food-safety');
    expect([sum, ofTopic.count, compared.now.count, articles.meta.matched]).toEqual(
      Array(4).fill(meta.matched),
    );
    expect(meta.matched).toBeGreaterThan(0);
    expect(compared.before.count).toBe(0);
  });

  it('a split counts each value of each bucket', async () => {
    const { buckets } = await get('/api/v1/trend?interval=month&split=polarity');
    for (const { values, negative, neutral, positive } of buckets) {
      const counted = Object.fromEntries(
        values.map(({ value, count }: { value: string; count: number }) => [value, count]),
      );
      expect([counted.negative ?? 0, counted.neutral ?? 0, counted.positive ?? 0]).toEqual([
        negative,
        neutral,
        positive,
      ]);
    }
  });

  it('what is compared needs a beginning', async () => {
    for (const url of [
      '/api/v1/compare?period=all',
      '/api/v1/terms?period=all',
      '/api/v1/compare?vsFrom=2026-01-01',
    ]) {
      expect((await fixture.server.inject(url)).statusCode, url).toBe(400);
    }
  });
});

describe('files', () => {
  it('CSV, JSON Lines and Parquet hold every article of the search, with the same values', async () => {
    const query = '/api/v1/articles?topic=food-safety';
    const { meta } = await get(query);
    const lines = (await fixture.server.inject(`${query}&format=jsonl`)).body.trimEnd().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { id: string; topics: string[]; score: number });
    expect(rows.length).toBe(meta.matched);
    const csv = (await fixture.server.inject(`${query}&format=csv`)).body.trimEnd().split('\r\n');
    expect(csv.length).toBe(meta.matched + 1);
    const answer = await fixture.server.inject(`${query}&format=parquet`);
    const bytes = answer.rawPayload;
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const found = (await parquetReadObjects({ file })) as { id: string; topics: string; score: number }[];
    expect(found.map(({ id, topics, score }) => ({ id, topics, score }))).toEqual(
      rows.map(({ id, topics, score }) => ({ id, topics: topics.join(';'), score })),
    );
    expect(answer.headers['nhip-yte-matched']).toBe(String(meta.matched));
    expect(answer.headers['content-disposition']).toBe('attachment; filename="articles.parquet"');
  });

  it.each([
    'trend?split=topic',
    'trend?baseline=yes&period=7d',
    'facets/topic',
    'pairs?a=facility&b=topic',
    'compare?by=topic',
    'terms',
    'leads?period=30d',
    'stories?period=30d',
  ])('%s is a table too', async (path) => {
    const url = `/api/v1/${path}${path.includes('?') ? '&' : '?'}format=csv`;
    const answer = await fixture.server.inject(url);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [header = '', ...rows] = answer.body.trimEnd().split('\r\n');
    expect(header.split(',').length).toBeGreaterThan(3);
    for (const row of rows) expect(row.split(',').length).toBeGreaterThanOrEqual(header.split(',').length);
  });
});

describe('GET /api/v1/openapi.json', () => {
  it('describes every route under /api/v1 that there is', async () => {
    const { openapi, paths } = await get('/api/v1/openapi.json');
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths).length).toBeGreaterThan(30);
    for (const [path, methods] of Object.entries(
      paths as Record<string, Record<string, { summary?: string }>>,
    )) {
      for (const [method, { summary }] of Object.entries(methods))
        expect(summary, `${method} ${path}`).toBeTruthy();
    }
  });
});

describe('GET /api/docs', () => {
  it.each(['vi', 'en'])('shows every question with its fields, in %s', async (lang) => {
    const { paths } = await get('/api/v1/openapi.json');
    const { body } = await fixture.server.inject({ url: '/api/docs', cookies: { nyt_lang: lang } });
    for (const path of Object.keys(paths as object)) expect(body).toContain(`</b> ${path}<`);
    expect(body).toContain('<code>splitLimit</code>');
  });
});

describe('what reaches no route', () => {
  it('is refused in the form of every other refusal', async () => {
    const url = `/api/v1/articles/${'x'.repeat(300)}`;
    const { statusCode, body } = await fixture.server.inject(url);
    expect(statusCode).toBe(414);
    expect(JSON.parse(body).error.code).toBe('bad-request');
  });
});
