/**
 * Queries on a year of archive, at full size and at a tenth of it: what the first page asks, searches, histograms,
 * pairs, and what a detector asks. The limits are flatness, how much slower each is on ten times the articles, and
 * 200 ms for the first page of 200,000 articles.
 *
 * `archive-queries pglite 200000`, `archive-queries elasticsearch 1000000` (ELASTICSEARCH_URL names a running server;
 * without it the tests' own is started). With a folder after it, `pglite` keeps the archive there and measures it alone
 * when it is filled.
 */
import { createHash } from 'node:crypto';

import pino from 'pino';
import type { Mention } from '../src/domain/analysis.ts';
import type { Article } from '../src/domain/article.ts';
import { searchWords } from '../src/domain/search-words.ts';
import type { SeriesKey } from '../src/domain/series.ts';
import { DAY_MS, HOUR_MS } from '../src/domain/time.ts';
import { importArchive } from '../src/import-archive.ts';
import { startNewsroom } from '../src/newsroom/newsroom.ts';
import { throughputScenario } from '../src/newsroom/scenario.ts';
import type { ArticleFilter, ArticleStore, FacetField } from '../src/ports/article-store.ts';
import { openTestDeps } from '../test/support/deps.ts';
import { type OpenedArchive, openArchive } from './open-archive.ts';

const TEMPLATE_WEEKS = 8;
const YEAR_DAYS = 365;
const HISTORY_DAYS = 56;
/** Each facility of the generator stands for so many, since a country has more than its newsroom. */
const FACILITY_COPIES = 4;
const BATCH = 4000;
const QUERIES = 60;

/** The last moment of the archive. */
const END = new Date('2026-11-01T00:00:00.000Z');

export async function run(argv: readonly string[]): Promise<void> {
  const kind = argv[0] === 'elasticsearch' ? 'elasticsearch' : 'pglite';
  const size = Number(argv[1] ?? (kind === 'pglite' ? 20_000 : 100_000));
  const templates = await generated();
  const archive = await openArchive(kind, argv[2]);
  try {
    const small = size / 10;
    const isFilled = (await archive.store.count({})) >= size;
    if (!isFilled) await fill(archive, templates, 0, small);
    const before = await measure(archive, templates);
    if (!isFilled) await fill(archive, templates, small, size);
    await archive.settle();
    const after = await measure(archive, templates);
    for (const [query, { p50, p95 }] of after) {
      const at = before.get(query) as { p50: number; p95: number };
      print(
        `${query}`,
        `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms; at ${small}: ${at.p50.toFixed(1)}, ${at.p95.toFixed(1)}; ratio of p95 ${(p95 / at.p95).toFixed(1)}`,
      );
    }
    print('this process', `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`);
    for (const [what, figure] of await archive.footprint()) print(what, figure);
  } finally {
    await archive.close();
  }
}

/** Articles of the demo's newsroom, through the real analysis and story stages. */
async function generated(): Promise<Article[]> {
  const newsroom = await startNewsroom({
    seed: 5,
    now: () => END,
    scenario: throughputScenario(1),
    waitsForBegin: true,
  });
  const deps = await openTestDeps();
  await importArchive(newsroom.archive(TEMPLATE_WEEKS), deps, pino({ level: 'silent' }));
  const articles: Article[] = [];
  for await (const batch of deps.articles.scan({})) articles.push(...batch);
  await deps.close();
  await newsroom.close();
  return articles;
}

async function fill(
  { store }: OpenedArchive,
  templates: readonly Article[],
  from: number,
  to: number,
): Promise<void> {
  const startedAt = performance.now();
  for (let at = from; at < to; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, to - at) }, (_, i) => variant(templates, at + i));
    await store.save(batch);
    if (at % 20_000 === 0) process.stderr.write(`\r${at}`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  print('written', `${to - from} articles, ${((to - from) / seconds).toFixed(0)}/s`);
}

/** The template again under another id, at another time of the year, about another facility of its kind. */
function variant(templates: readonly Article[], index: number): Article {
  const template = templates[index % templates.length] as Article;
  const id = createHash('sha256').update(String(index)).digest('hex').slice(0, 24);
  // A step that shares no factor with the year spreads any number of articles evenly.
  const at = new Date(END.getTime() - (((index * 7919.77) % (YEAR_DAYS * 1440)) + 1) * 60_000).toISOString();
  const copy = index % FACILITY_COPIES;
  const rename = (key: string) => (key.startsWith('facility:') ? `${key}-${copy}` : key);
  const mentions: Mention[] = template.mentions.map((mention) =>
    mention.kind === 'facility' ? { ...mention, id: `${mention.id}-${copy}` } : mention,
  );
  return {
    ...template,
    id,
    url: `${template.url}?${index}`,
    firstSeenAt: at,
    indexedAt: at,
    publishedAt: { ...template.publishedAt, at },
    mentions,
    series: template.series.map(rename),
  };
}

async function measure(
  { store }: OpenedArchive,
  templates: readonly Article[],
): Promise<Map<string, { p50: number; p95: number }>> {
  const facilities = [
    ...new Set(templates.flatMap(({ mentions }) => mentions.filter(isFacility).map(({ id }) => id))),
  ];
  const year = { from: new Date(END.getTime() - YEAR_DAYS * DAY_MS).toISOString(), to: END.toISOString() };
  const recent = new Date(END.getTime() - HISTORY_DAYS * DAY_MS).toISOString();
  const facilityOf = (i: number) => `${facilities[i % facilities.length]}-${(i * 7) % FACILITY_COPIES}`;
  const wordsOf = (i: number) =>
    (templates[(i * 37) % templates.length] as Article).title.split(' ').slice(1, 4).join(' ');
  const provinces = [
    ...new Set(
      templates.flatMap(({ mentions }) =>
        mentions.filter(({ kind }) => kind === 'province').map(({ id }) => id),
      ),
    ),
  ];
  const provinceOf = (i: number) => provinces[i % provinces.length] as string;
  const month = new Date(END.getTime() - 30 * DAY_MS).toISOString();
  const middle = new Date(END.getTime() - (YEAR_DAYS / 2) * DAY_MS).toISOString();
  const results = new Map<string, { p50: number; p95: number }>();
  const frequent = frequentWords(templates);
  const frequentOf = (i: number) => frequent[i % frequent.length] as string;
  const sideBySide = (i: number, words: number) =>
    `"${(templates[(i * 37) % templates.length] as Article).title
      .split(' ')
      .slice(1, 1 + words)
      .join(' ')}"`;
  const queries: Record<string, (store: ArticleStore, i: number) => Promise<unknown>> = {
    'first page: nothing asked, 30 days': (articles) => firstPage(articles, { from: month }),
    'first page: one frequent word': (articles, i) => firstPage(articles, { text: frequentOf(i) }),
    'first page: one frequent word, 30 days': (articles, i) =>
      firstPage(articles, { text: frequentOf(i), from: month }),
    'first page: two words side by side': (articles, i) => firstPage(articles, { text: sideBySide(i, 2) }),
    'first page: four words side by side': (articles, i) => firstPage(articles, { text: sideBySide(i, 4) }),
    'page: 200 articles after the 100,000th': (articles) =>
      articles.page({}, { after: { firstSeenAt: middle, id: '' }, limit: 200, order: 'newest' }),
    'histogram: a year by week, split by ten topics': (articles, i) =>
      articles.histogram(
        { polarity: 'negative', province: provinceOf(i) },
        { interval: 'week', split: 'topic' },
      ),
    'pairs: facilities and diseases': (articles, i) =>
      articles.pairs({ text: frequentOf(i) }, 'facility', 'disease', 50),
    'trend: a year by day and polarity, one facility': (articles, i) =>
      articles.trend({ facility: facilityOf(i), ...year }, 'day'),
    'search: three words of a title, first page': (articles, i) =>
      articles.search({ text: wordsOf(i), ...year }, { offset: 0, limit: 20 }),
    'facet: topics of one facility': (articles, i) =>
      articles.facet({ facility: facilityOf(i) }, 'topic', 12),
    'detector: 56 days of one facility by the hour': (articles, i) =>
      articles.hourCounts(`facility:${facilityOf(i)}` as SeriesKey, recent, year.to),
  };
  for (const [name, ask] of Object.entries(queries)) {
    const times: number[] = [];
    for (let i = 0; i < QUERIES; i++) {
      // News arrives between one question and the next: nobody is answered from what was counted before.
      await store.save([variant(templates, i)]);
      const startedAt = performance.now();
      await ask(store, i);
      times.push(performance.now() - startedAt);
    }
    // The first ones warm the caches, as the first user of the day does.
    const sorted = times.slice(5).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] as number;
    results.set(name, { p50: at(0.5), p95: at(0.95) });
  }
  return results;
}

/** What the list of articles asks for at once. */
async function firstPage(articles: ArticleStore, filter: ArticleFilter): Promise<void> {
  const facets: FacetField[] = ['polarity', 'topic', 'outletId', 'tier', 'province', 'facility'];
  await Promise.all([
    articles.search(filter, { offset: 0, limit: 20 }),
    ...facets.map((field) => articles.facet(filter, field, 80)),
    articles.trend({ from: new Date(END.getTime() - 24 * HOUR_MS).toISOString() }, 'hour'),
  ]);
}

/** The words that stand in most articles. */
function frequentWords(templates: readonly Article[]): string[] {
  const articles = new Map<string, number>();
  for (const { title, summary, body } of templates) {
    for (const word of new Set(searchWords([title, summary, body].join(' ')))) {
      articles.set(word, (articles.get(word) ?? 0) + 1);
    }
  }
  return [...articles]
    .sort(([, one], [, other]) => other - one)
    .map(([word]) => word)
    .slice(0, QUERIES);
}

function isFacility({ kind }: Mention): boolean {
  return kind === 'facility';
}

function print(what: string, figure: string): void {
  process.stdout.write(`${what}: ${figure}\n`);
}
