import { randomUUID } from 'node:crypto';

import type { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { INDEX_DEFINITIONS } from '../../../src/adapters/elasticsearch/index-definitions.ts';
import { setUp } from '../../../src/adapters/elasticsearch/setup.ts';
import { openStores } from '../../../src/adapters/elasticsearch/stores.ts';
import {
  elasticsearchUrl,
  openTestClient,
  removeEverything,
} from '../../support/elasticsearch/test-client.ts';
import { anAnalysis, anArticle, anEntry } from '../../support/factories.ts';

const prefix = `stores-${randomUUID().slice(0, 8)}`;
const gazetteer = {
  topicNames: new Map([['treatment', 'Khám chữa bệnh']]),
  names: new Map([['province:79', 'TP. Hồ Chí Minh']]),
  centroids: new Map([['79', { lat: 10.8, lon: 106.7 }]]),
};

describe.skipIf(elasticsearchUrl === undefined)('stores of several processes on one Elasticsearch', () => {
  let client: Client;
  let one: ReturnType<typeof openStores>;
  let other: ReturnType<typeof openStores>;
  beforeAll(async () => {
    client = openTestClient();
    await setUp(client, prefix, INDEX_DEFINITIONS);
    one = openStores(client, { prefix, gazetteer });
    other = openStores(client, { prefix, gazetteer });
  });
  afterAll(async () => {
    await removeEverything(client, prefix);
    await client.close();
  });

  it('find at once what another has saved, take it out, and go on after it dropped a month', async () => {
    const article = anArticle({ id: 'shared', firstSeenAt: '2025-05-02T01:00:00.000Z' });
    await one.articles.save([article]);
    expect(await other.articles.find('shared')).toEqual(article);
    await one.articles.save([{ ...article, title: 'Mới' }]);
    await other.articles.remove('shared');
    expect(await one.articles.find('shared')).toBeUndefined();

    await one.articles.save([article]);
    expect(await other.articles.dropBefore('2025-06-01T00:00:00.000Z')).toBe(1);
    await one.articles.save([article]);
    expect((await one.articles.find('shared'))?.id).toBe('shared');
    await one.articles.dropBefore('2025-06-01T00:00:00.000Z');
  });

  it('lose no update of an entry and no job that was counted', async () => {
    const entry = anEntry({ url: 'https://bao.example/shared' });
    await one.entries.add([entry]);
    expect(await other.entries.add([entry])).toEqual([]);
    const append = (store: typeof one) =>
      store.entries.update(entry.id, (current) => ({ ...current, summary: `${current.summary}+` }));
    await Promise.all(Array.from({ length: 8 }, (_, i) => append(i % 2 === 0 ? one : other)));
    expect((await one.entries.find(entry.id))?.summary).toBe(`${entry.summary}++++++++`);

    const job = {
      stage: 'fetch',
      outletId: 'bao-a',
      outcome: 'done',
      at: '2026-03-02T01:10:00.000Z',
    } as const;
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? one : other).entries.countJob(job)),
    );
    await one.entries.countJob(job);
    await other.entries.countJob(job);
    await client.indices.refresh({ index: `${prefix}-job-outcomes` });
    expect((await one.entries.jobCounts()).map(({ count }) => count)).toEqual([32]);
    expect((await client.count({ index: `${prefix}-job-outcomes` })).count).toBe(2);
  });

  it('index what dashboards count by, and give the article back without it', async () => {
    const span = { start: 0, end: 1 };
    const article = anArticle({
      id: 'derived',
      harmTerms: ['tử vong'],
      mentions: [
        { ...span, kind: 'province', id: '79', name: 'Bình Dương' },
        { ...span, kind: 'facility', id: 'bv-x', name: 'Bệnh viện X', province: '79' },
      ],
    });
    await one.articles.save([article]);
    expect(await one.articles.find('derived')).toEqual(article);
    const { hits } = await client.search<Record<string, unknown>>({
      index: `${prefix}-articles`,
      query: {
        bool: {
          filter: [
            { term: { 'facets.topicName': 'Khám chữa bệnh' } },
            { term: { 'facets.provinceName': 'TP. Hồ Chí Minh' } },
            { term: { 'facets.facilityName': 'Bệnh viện X' } },
            { term: { hasHarm: true } },
            { range: { lagMs: { gte: 60_000, lte: 60_000 } } },
            { geo_distance: { distance: '5km', location: { lat: 10.8, lon: 106.7 } } },
          ],
        },
      },
    });
    expect(hits.hits.map(({ _id }) => _id)).toEqual(['derived']);
    await one.articles.remove('derived');
  });

  it('search as people type: phrases, exclusions, alternatives; spelling before place, title before body', async () => {
    const text = (id: string, title: string, body: string) => anArticle({ id, title, summary: '', body });
    await one.articles.save([
      text('title', 'Sốc phản vệ sau tiêm', 'Bệnh nhân đã ổn định.'),
      text('body', 'Tin trong ngày', 'Một ca sốc phản vệ, sốc phản vệ nặng, sốc phản vệ sau tiêm vắc xin.'),
      text('folded', 'Soc phan ve', 'Khong dau.'),
      text('apart', 'Vệ sinh phản ánh cú sốc', 'COVID-19 tại Huế.'),
    ]);
    const found = async (words: string) =>
      (await one.articles.search({ text: words }, { offset: 0, limit: 9 })).articles.map(({ id }) => id);
    expect(await found('"sốc phản vệ"')).toEqual(['title', 'body', 'folded']);
    expect(new Set(await found('sốc phản vệ'))).toEqual(new Set(['title', 'body', 'folded', 'apart']));
    expect(await found('sốc "phản vệ" -vắc')).toEqual(['title', 'folded']);
    expect(new Set(await found('huế or "không dấu"'))).toEqual(new Set(['apart', 'folded']));
    expect(await found('covid-19')).toEqual(['apart']);
    expect(await found('covid-18')).toEqual([]);
    expect(await found('"" - or &&')).toEqual([]);
    const analysis = anAnalysis({ sentiment: { ...anAnalysis().sentiment, polarity: 'negative' } });
    await one.articles.save([{ ...text('bad', 'Sốc phản vệ', ''), ...analysis }]);
    const narrowed = await one.articles.search(
      { text: 'sốc', polarity: 'negative' },
      { offset: 0, limit: 9 },
    );
    expect(narrowed.articles.map(({ id }) => id)).toEqual(['bad']);
    expect(narrowed.total).toBe(1);
  });
});
