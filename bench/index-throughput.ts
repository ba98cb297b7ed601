/**
 * Articles written to Elasticsearch per second: by the store in the batches of the index stage, by the store from 32
 * callers at once with one article each, and by the client's own `helpers.bulk` with the very same documents into
 * indices of the same mapping. In turns, in both orders, each time into empty indices.
 *
 * `index 20000`; ELASTICSEARCH_URL names a running server, without it the tests' own is started.
 */
import { randomUUID } from 'node:crypto';

import type { Client } from '@elastic/elasticsearch';
import pino from 'pino';

import { type Gazetteer, toDocument } from '../src/adapters/elasticsearch/article-document.ts';
import { createElasticsearchClient } from '../src/adapters/elasticsearch/client.ts';
import { definitionOf, INDEX_DEFINITIONS } from '../src/adapters/elasticsearch/index-definitions.ts';
import { monthAliasOf, monthOf } from '../src/adapters/elasticsearch/index-names.ts';
import { ensureMonth, setUp } from '../src/adapters/elasticsearch/setup.ts';
import { openStores } from '../src/adapters/elasticsearch/stores.ts';
import { loadConfig } from '../src/config.ts';
import type { Article } from '../src/domain/article.ts';
import { type Entry, entryId } from '../src/domain/entry.ts';
import { seriesKey } from '../src/domain/series.ts';
import { firstSeenAt, writeArchive } from '../src/newsroom/archive.ts';
import { loadLanguageOf } from '../src/settings.ts';
import { openTestDeps } from '../test/support/deps.ts';
import { startElasticsearch } from '../test/support/elasticsearch/start-elasticsearch.ts';
import { indexArticle } from '../workers/index-article.ts';
import { performStage } from '../workers/perform-stage.ts';
import { removeEverything } from './remove-everything.ts';

const ARTICLES = 20_000;
const ROUNDS = 2;
/** What the index stage takes together, and as many callers as it has. */
const TOGETHER = 64;
const SEED = 11;
/** The newsroom writes some 370 a week. */
const ARTICLES_A_WEEK = 330;
const END = new Date('2026-11-01T00:00:00.000Z');
const MIB = 2 ** 20;

/** Writes all articles into empty indices under the prefix. */
type Way = (client: Client, prefix: string, articles: readonly Article[]) => Promise<void>;

export async function run(argv: readonly string[]): Promise<void> {
  const articles = generate(Number(argv[0] ?? ARTICLES));
  const url = process.env.ELASTICSEARCH_URL;
  const server = url === undefined || url === '' ? await startElasticsearch() : { url, stop: async () => {} };
  const client = createElasticsearchClient(loadConfig({ ELASTICSEARCH_URL: server.url }));
  try {
    await compare(client, articles);
    await compareStage(client, articles);
  } finally {
    await client.close();
    await server.stop();
  }
}

async function compare(client: Client, articles: readonly Article[]): Promise<void> {
  const seconds = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? Object.entries(WAYS) : Object.entries(WAYS).reverse();
    for (const [name, way] of order) {
      seconds.set(name, (seconds.get(name) ?? 0) + (await timed(client, way, articles)));
    }
  }
  const rateOf = (name: string) => (articles.length * ROUNDS) / (seconds.get(name) ?? Number.NaN);
  const peer = rateOf(HELPER);
  for (const name of Object.keys(WAYS)) {
    print(name, `${rateOf(name).toFixed(0)} articles/s, ${(rateOf(name) / peer).toFixed(2)} of the helper`);
  }
  print('this process', `${Math.round(process.memoryUsage().rss / MIB)} MiB`);
}

/**
 * The whole stage (reading the entry, joining its story, saving article, story and member, settling the entry) against
 * the helper with every document that the stage wrote.
 */
async function compareStage(client: Client, articles: readonly Article[]): Promise<void> {
  for (let round = 1; round <= ROUNDS; round++) {
    const prefix = `bench-${randomUUID().slice(0, 8)}`;
    const again = `bench-${randomUUID().slice(0, 8)}`;
    try {
      const seconds = await runStage(client, prefix, articles);
      const documents = await everyDocument(client, prefix);
      const peer = await sendWithHelper(client, again, prefix, documents);
      print(
        `whole index stage, round ${round}`,
        `${(articles.length / seconds).toFixed(0)} articles/s; the helper with the same ${documents.length} documents ` +
          `${(articles.length / peer).toFixed(0)}: ${(peer / seconds).toFixed(2)} of the helper`,
      );
    } finally {
      await removeEverything(client, prefix);
      await removeEverything(client, again);
    }
  }
}

async function runStage(client: Client, prefix: string, articles: readonly Article[]): Promise<number> {
  await setUp(client, prefix, INDEX_DEFINITIONS);
  const testDeps = await openTestDeps();
  const deps = { ...testDeps, ...openStores(client, { prefix, gazetteer }) };
  await deps.entries.add(articles.map(entryOf));
  const perform = performStage(indexArticle, deps, async () => {});
  const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
  const waiting = articles.values();
  const line = async () => {
    for (const { id } of waiting) await perform({ entryId: id }, context);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: indexArticle.concurrency }, line));
  const seconds = (performance.now() - startedAt) / 1000;
  await testDeps.close();
  return seconds;
}

function entryOf({
  id,
  url,
  title,
  summary,
  body,
  outletId,
  firstSeenAt: seenAt,
  publishedAt,
  ...rest
}: Article): Entry {
  const {
    languageVersion,
    relevance,
    sentiment,
    topics,
    mentions,
    caseCounts,
    cautions,
    harmTerms,
    signature,
  } = rest;
  return {
    id,
    url,
    title,
    summary,
    outletId,
    feedId: `${outletId}-1`,
    fromHealthFeed: true,
    firstSeenAt: seenAt,
    publishedAt,
    imported: false,
    outcome: 'pending',
    stage: 'index',
    text: { title, summary, body, publishedAt },
    analysis: {
      languageVersion,
      relevance,
      sentiment,
      topics,
      mentions,
      caseCounts,
      cautions,
      harmTerms,
      signature,
    },
  };
}

interface Written {
  readonly index: string;
  readonly id: string;
  readonly document: object;
}

/** What the stage wrote: the found counter stands since the entry was added, and is left out. */
async function everyDocument(client: Client, prefix: string): Promise<Written[]> {
  await client.indices.refresh({ index: `${prefix}-*` });
  const documents: Written[] = [];
  for await (const { body } of client.helpers.scrollSearch<object>({
    index: [`${prefix}-*`, `-${prefix}-found*`],
    size: 1000,
  })) {
    for (const { _index, _id, _source } of body.hits.hits) {
      documents.push({ index: _index, id: _id ?? '', document: _source ?? {} });
    }
  }
  return documents;
}

async function sendWithHelper(
  client: Client,
  prefix: string,
  from: string,
  documents: readonly Written[],
): Promise<number> {
  await setUp(client, prefix, INDEX_DEFINITIONS);
  const months = new Set(documents.flatMap(({ index }) => /\d{4}\.\d{2}/.exec(index)?.[0] ?? []));
  for (const month of months) await ensureMonth(client, prefix, definitionOf('articles'), month);
  const startedAt = performance.now();
  const { failed } = await client.helpers.bulk<Written>({
    datasource: [...documents],
    onDocument: ({ index, id, document }) => [
      { index: { _index: index.replace(from, prefix), _id: id } },
      document,
    ],
  });
  if (failed > 0) throw new Error(`${failed} documents were refused`);
  return (performance.now() - startedAt) / 1000;
}

async function timed(client: Client, way: Way, articles: readonly Article[]): Promise<number> {
  const prefix = `bench-${randomUUID().slice(0, 8)}`;
  try {
    await setUp(client, prefix, INDEX_DEFINITIONS);
    const months = new Set(articles.map((article) => monthOf(article.firstSeenAt)));
    for (const month of months) await ensureMonth(client, prefix, definitionOf('articles'), month);
    const startedAt = performance.now();
    await way(client, prefix, articles);
    const seconds = (performance.now() - startedAt) / 1000;
    await checkAll(client, prefix, articles.length);
    return seconds;
  } finally {
    await removeEverything(client, prefix);
  }
}

async function checkAll(client: Client, prefix: string, expected: number): Promise<void> {
  const index = `${prefix}-articles`;
  await client.indices.refresh({ index });
  const { count } = await client.count({ index });
  if (count !== expected) throw new Error(`${count} of ${expected} articles have arrived`);
  await client.indices.flush({ index });
  const { _all } = await client.indices.stats({ index, metric: 'store' });
  const bytes = _all.primaries?.store?.size_in_bytes ?? 0;
  print('on disk', `${(bytes / MIB / expected).toFixed(4)} MiB an article (unmerged)`);
}

const HELPER = 'helpers.bulk of the client';

const WAYS: Readonly<Record<string, Way>> = {
  async [`store, ${TOGETHER} together`](client, prefix, articles) {
    const store = openStores(client, { prefix, gazetteer }).articles;
    for (let at = 0; at < articles.length; at += TOGETHER) {
      await store.save(articles.slice(at, at + TOGETHER));
    }
  },
  async [`store, ${TOGETHER} callers`](client, prefix, articles) {
    const store = openStores(client, { prefix, gazetteer }).articles;
    const waiting = articles.values();
    const caller = async () => {
      for (const article of waiting) await store.save([article]);
    };
    await Promise.all(Array.from({ length: TOGETHER }, caller));
  },
  async 'store, all at once'(client, prefix, articles) {
    await openStores(client, { prefix, gazetteer }).articles.save(articles);
  },
  async [HELPER](client, prefix, articles) {
    const { failed } = await client.helpers.bulk<Article>({
      datasource: [...articles],
      onDocument: (article) => [
        {
          index: { _index: monthAliasOf(prefix, 'articles', monthOf(article.firstSeenAt)), _id: article.id },
        },
        toDocument(article, gazetteer),
      ],
      require_alias: true,
    });
    if (failed > 0) throw new Error(`${failed} articles were refused`);
  },
};

const gazetteer: Gazetteer = { topicNames: new Map(), names: new Map(), centroids: new Map() };

/** The demo newsroom's archive, as the language layer judges it; only its stories are made up. */
function generate(count: number): Article[] {
  const language = loadLanguageOf('config');
  const articles: Article[] = [];
  const weeks = Math.ceil(count / ARTICLES_A_WEEK) + 1;
  for (const past of writeArchive(SEED, weeks, END)) {
    if (articles.length === count) break;
    const { outlet, id: number, title, summary, author, section } = past;
    const url = `https://${outlet.id}.example/${number}`;
    const text = { title, summary, body: past.paragraphs.join('\n') };
    const analysis = language.analyse(text, { fromHealthFeed: true });
    const id = entryId(url);
    const seenAt = firstSeenAt(SEED, past).toISOString();
    articles.push({
      ...analysis,
      ...text,
      id,
      url,
      author,
      section,
      outletId: outlet.id,
      outletName: outlet.name,
      newsroom: outlet.id,
      tier: outlet.tier,
      publishedAt: { at: past.at.toISOString(), source: 'json-ld', zoneAssumed: false, dayOnly: false },
      firstSeenAt: seenAt,
      indexedAt: seenAt,
      isLate: false,
      imported: false,
      readFrom: 'page',
      storyId: `story-${id}`,
      copyNumber: 1,
      series: [
        ...analysis.topics.map(({ topic }) => seriesKey('topic', topic)),
        seriesKey('story', `story-${id}`),
      ],
    });
  }
  if (articles.length < count) throw new Error(`The archive has no more than ${articles.length} articles`);
  return articles;
}

function print(what: string, figure: string): void {
  process.stdout.write(`${what}: ${figure}\n`);
}
