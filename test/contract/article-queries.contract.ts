import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { CAUTIONS, MENTION_KINDS, type Mention, POLARITIES } from '../../src/domain/analysis.ts';
import type { Article } from '../../src/domain/article.ts';
import { ARTICLE_FIELDS, type ArticleField } from '../../src/domain/article-field.ts';
import { TIERS } from '../../src/domain/outlet.ts';
import { parseSearch, type SearchQuery } from '../../src/domain/search-query.ts';
import { searchWords } from '../../src/domain/search-words.ts';
import type {
  ArticleCursor,
  ArticleFilter,
  ArticleStore,
  HistogramInterval,
} from '../../src/ports/article-store.ts';
import { anAnalysis, anArticle } from '../support/factories.ts';
import { naiveSearch, newestFirst, valuesOf } from '../support/naive-archive.ts';

const EVERY = { offset: 0, limit: 200 };
const SEED = 20_260_310;

/** Few words, so that they meet: spelt alike, apart but for diacritics, in names, with signs between them. */
const word = fc.constantFrom(
  'bệnh',
  'benh',
  'bện',
  'viện',
  'vien',
  'sốc',
  'soc',
  'phản vệ',
  'TP.HCM',
  'covid-19',
  'Đà',
  'hoà',
);
const text = fc.array(word, { maxLength: 7 }).map((words) => words.join(' '));
const id = fc.constantFrom('a', 'b', 'c');

const article: fc.Arbitrary<Omit<Article, 'id'>> = fc
  .record({
    title: text,
    summary: text,
    body: fc.array(text, { maxLength: 3 }).map((parts) => parts.join('. ')),
    attached: fc.option(text),
    at: fc
      .integer({ min: Date.UTC(2025, 11, 20), max: Date.UTC(2026, 2, 10) })
      .map((at) => at - (at % 3_600_000)),
    outletId: id,
    newsroom: id,
    tier: fc.constantFrom(...TIERS),
    section: fc.option(id),
    polarity: fc.constantFrom(...POLARITIES),
    stance: fc.constantFrom(...POLARITIES),
    topics: fc.uniqueArray(id, { maxLength: 3 }),
    mentions: fc.array(fc.record({ kind: fc.constantFrom(...MENTION_KINDS), id }), { maxLength: 6 }),
    cautions: fc.uniqueArray(fc.constantFrom(...CAUTIONS), { maxLength: 2 }),
    storyId: fc.constantFrom('s1', 's2', 's3', 's4', 's5'),
    isLate: fc.boolean(),
    imported: fc.boolean(),
    isCorrected: fc.boolean(),
  })
  .map(({ at, attached, section, polarity, stance, topics, mentions, cautions, isCorrected, ...rest }) => {
    const span = { start: 0, end: 3 };
    const { sentiment } = anAnalysis();
    return {
      ...anArticle(),
      ...rest,
      firstSeenAt: new Date(at).toISOString(),
      ...(section === null ? {} : { section }),
      ...(attached === null
        ? {}
        : {
            attachments: [
              {
                url: 'https://a.example/a.pdf',
                title: 'A',
                kind: 'pdf',
                sha256: 'ab'.repeat(32),
                text: attached,
              },
            ],
          }),
      ...(isCorrected
        ? {
            corrected: {
              ids: ['c'],
              fields: ['polarity'],
              by: 'Hà',
              at: '2026-03-10T00:00:00.000Z',
              machine: {
                languageVersion: '1',
                isHealth: true,
                polarity: 'neutral',
                topics: [],
                mentions: [],
              },
            },
          }
        : {}),
      sentiment: { ...sentiment, polarity, stance: { polarity: stance, score: 0 } },
      topics: topics.map((topic) => ({ topic, score: 1, terms: [] })),
      mentions: mentions.map((mention): Mention => ({ ...span, ...mention, name: mention.id.toUpperCase() })),
      cautions: cautions.map((kind) => ({ ...span, kind, term: 'x' })),
      series: topics.map((topic) => `topic:${topic}`),
    } as Omit<Article, 'id'>;
  });

const articles: readonly Article[] = fc
  .sample(article, { seed: SEED, numRuns: 120 })
  .map((one, index) => ({ ...one, id: `q${String(index).padStart(3, '0')}` }));

const day = fc
  .integer({ min: 1, max: 28 })
  .map((date) => new Date(Date.UTC(2026, date % 3, date)).toISOString());
const { query } = fc.letrec<{ query: SearchQuery; leaf: SearchQuery }>((tie) => ({
  leaf: fc.oneof(
    fc.record({
      kind: fc.constant('words' as const),
      words: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => searchWords(words.join(' '))),
      inTitle: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('is' as const),
      field: fc.constantFrom(...ARTICLE_FIELDS),
      values: fc.array(fc.constantFrom('a', 'b', 'negative', 'national', 'rumour', 's1'), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('seen' as const), from: day }),
    fc.record({ kind: fc.constant('seen' as const), to: day }),
    fc.record({
      kind: fc.constant('series' as const),
      series: fc.constantFrom('topic:a' as const, 'topic:z' as const),
    }),
    fc.record({
      kind: fc.constant('flag' as const),
      flag: fc.constantFrom('corrected' as const, 'isLate' as const, 'imported' as const),
      value: fc.boolean(),
    }),
  ),
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.record({ kind: fc.constant('not' as const), of: tie('query') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('query'), { maxLength: 3 }),
    }),
  ),
}));

/** What every `ArticleStore` finds and counts, compared with the plainest reading of the same question. */
export function articleQueriesContract(
  name: string,
  open: () => Promise<{ store: ArticleStore; clear: () => Promise<unknown> }>,
): void {
  describe(`queries of an ArticleStore: ${name}`, () => {
    let store: ArticleStore;
    beforeAll(async () => {
      const opened = await open();
      store = opened.store;
      await opened.clear();
      await store.save(articles.slice(0, 100));
      // Something has been looked for before the rest arrives, an article changes, and another is taken out.
      await store.search({ text: 'bệnh viện' }, EVERY);
      await store.save([...articles.slice(100), { ...anArticle({ id: 'gone' }), title: 'bệnh viện' }]);
      await store.search({ text: 'bệnh viện' }, EVERY);
      await store.save([{ ...(articles[7] as Article), title: 'chưa sửa bệnh viện', storyId: 'another' }]);
      await store.search({ text: 'sửa' }, EVERY);
      await store.save([articles[7] as Article]);
      await store.remove('gone');
    });

    it('finds the same articles in the same order as a plain reading of the query', async () => {
      await fc.assert(
        fc.asyncProperty(query, async (asked) => {
          const found = await store.search({ query: asked }, EVERY);
          const wanted = naiveSearch(articles, asked);
          expect(found.articles.map((one) => one.id)).toEqual(wanted);
          expect(found.total).toBe(wanted.length);
        }),
        { numRuns: 150, seed: SEED },
      );
    });

    it.each([
      'bệnh viện',
      '"bệnh viện"',
      'benh vien',
      '"phan ve" OR covid-19',
      'tp hcm -sốc',
      'TP.HCM',
      'hòa',
      'title:"sốc phản vệ"',
      '"soc phan ve soc"',
      'topic:a (facility:b OR disease:c) -polarity:negative after:2026-01-15',
      '-bệnh',
    ])('reads what a person types: %s', async (typed) => {
      const asked = parseSearch(typed).query as SearchQuery;
      const wanted = naiveSearch(articles, asked);
      const ids = async (filter: ArticleFilter) =>
        (await store.search(filter, EVERY)).articles.map((one) => one.id);
      expect(await ids({ text: typed })).toEqual(wanted);
      expect(await ids({ query: asked })).toEqual(wanted);
      expect(
        (await store.search({ text: typed }, { offset: 3, limit: 4 })).articles.map((one) => one.id),
      ).toEqual(wanted.slice(3, 7));
    });

    it('takes any of several values, what somebody may see, and all other fields', async () => {
      const count = (holds: (one: Article) => boolean) => articles.filter(holds).length;
      const has = (one: Article, field: ArticleField, ...values: string[]) =>
        valuesOf(one, field).some((value) => values.includes(value));
      expect(await store.count({ topic: ['a', 'b'] })).toBe(count((one) => has(one, 'topic', 'a', 'b')));
      expect(await store.count({ topic: [] })).toBe(0);
      expect(await store.count({ isLate: true, imported: false })).toBe(
        count((one) => one.isLate && !one.imported),
      );
      expect(await store.count({ corrected: false })).toBe(count((one) => one.corrected === undefined));
      expect(await store.count({ within: { provinces: ['a'], facilities: ['b'] } })).toBe(
        count((one) => has(one, 'province', 'a') || has(one, 'facility', 'b')),
      );
      expect(await store.count({ within: { provinces: [], facilities: [] } })).toBe(0);
      for (const field of ARTICLE_FIELDS) {
        for (const value of ['a', 's1', 'negative']) {
          expect(await store.count({ [field]: value }), field).toBe(count((one) => has(one, field, value)));
        }
      }
    });

    it.each(ARTICLE_FIELDS)('counts the values of %s with polarity and stories', async (field) => {
      const about = naiveSearch(articles, parseSearch('bệnh').query as SearchQuery);
      const found = articles.filter((one) => about.includes(one.id));
      const counted = { stories: true };
      expect(await store.facet({}, field, 3, counted)).toEqual(facetOf(articles, field).slice(0, 3));
      expect(await store.facet({ text: 'bệnh' }, field, 3, counted)).toEqual(
        facetOf(found, field).slice(0, 3),
      );
      const plain = facetOf(found, field).map(({ stories: _stories, ...rest }) => rest);
      expect(await store.facet({ text: 'bệnh' }, field, 3)).toEqual(plain.slice(0, 3));
    });

    it.each([
      // What arrives stands before everything that is still to come.
      ['newest', newestFirst, '2026-04-01T00:00:00.000Z'],
      ['oldest', oldestFirst, '2025-12-01T00:00:00.000Z'],
    ] as const)('pages, %s first, through each article once, while others arrive', async (order, by, at) => {
      const pages: string[][] = [];
      let after: ArticleCursor | undefined;
      do {
        const page = await store.page({}, { limit: 50, order, ...(after === undefined ? {} : { after }) });
        pages.push(page.articles.map((one) => one.id));
        after = page.next;
        await store.save([anArticle({ id: `new-${pages.length}`, firstSeenAt: at })]);
      } while (after !== undefined);
      for (const number of pages.keys()) await store.remove(`new-${number + 1}`);
      expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
      expect(pages.flat()).toEqual([...articles].sort(by).map((one) => one.id));
    });

    it('has no next page where everything has been given', async () => {
      const total = await store.count({ polarity: 'negative' });
      expect(
        (await store.page({ polarity: 'negative' }, { limit: total, order: 'newest' })).next,
      ).toBeUndefined();
    });

    it.each(['hour', 'day', 'week', 'month'] as const)(
      'counts by %s in Vietnamese time, split by a field',
      async (interval) => {
        for (const split of ['topic', 'polarity', 'storyId'] as const) {
          const found = await store.histogram({ isLate: false }, { interval, split, splitLimit: 2 });
          expect(found, split).toEqual(
            histogramOf(
              articles.filter(({ isLate }) => !isLate),
              interval,
              split,
              2,
            ),
          );
        }
        const plain = await store.histogram({ topic: 'a' }, { interval });
        expect(plain.every(({ values }) => values.length === 0)).toBe(true);
        expect(plain.reduce((sum, { count }) => sum + count, 0)).toBe(await store.count({ topic: 'a' }));
      },
    );

    it('begins weeks on Monday and months on the first, in Vietnam', async () => {
      const at = (firstSeenAt: string) =>
        store.save([anArticle({ id: 'edge', firstSeenAt, storyId: 'edge' })]);
      const bucket = async (interval: HistogramInterval) =>
        (await store.histogram({ storyId: 'edge' }, { interval }))[0]?.bucket;
      await at('2027-01-31T16:59:59.000Z');
      expect([await bucket('week'), await bucket('month')]).toEqual(['2027-01-25', '2027-01']);
      await store.remove('edge');
      await at('2027-01-31T17:00:00.000Z');
      expect([await bucket('week'), await bucket('month'), await bucket('hour')]).toEqual([
        '2027-02-01',
        '2027-02',
        '2027-02-01T00',
      ]);
      await store.remove('edge');
    });

    it('counts pairs of values, of two fields and of one', async () => {
      for (const [one, other] of [
        ['facility', 'disease'],
        ['topic', 'topic'],
        ['outletId', 'storyId'],
      ] as const) {
        expect(await store.pairs({ imported: true }, one, other, 5)).toEqual(
          pairsOf(
            articles.filter(({ imported }) => imported),
            one,
            other,
            5,
          ),
        );
      }
      expect(await store.pairs({ topic: 'nothing' }, 'topic', 'facility', 5)).toEqual({
        total: 0,
        pairs: [],
      });
    });

    it('streams outlines without texts, oldest first', async () => {
      const outlines = [];
      for await (const batch of store.outlines({ imported: true })) outlines.push(...batch);
      const wanted = articles.filter(({ imported }) => imported).sort(oldestFirst);
      expect(outlines).toEqual(
        wanted.map(
          ({ body: _body, attachments: _attachments, signature: _signature, sentiment, ...rest }) => {
            const { evidence: _evidence, ...judgement } = sentiment;
            return { ...rest, sentiment: judgement };
          },
        ),
      );
    });
  });
}

function oldestFirst(one: Article, other: Article): number {
  return Date.parse(one.firstSeenAt) - Date.parse(other.firstSeenAt) || (one.id < other.id ? -1 : 1);
}

function polarities(some: readonly Article[]) {
  const of = (polarity: string) => some.filter(({ sentiment }) => sentiment.polarity === polarity).length;
  return { count: some.length, negative: of('negative'), neutral: of('neutral'), positive: of('positive') };
}

function facetOf(some: readonly Article[], field: ArticleField) {
  const values = [...new Set(some.flatMap((one) => valuesOf(one, field)))];
  return values
    .map((value) => {
      const having = some.filter((one) => valuesOf(one, field).includes(value));
      const { neutral: _neutral, ...counts } = polarities(having);
      return { value, ...counts, stories: new Set(having.map(({ storyId }) => storyId)).size };
    })
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}

/** The wall clock in Vietnam, cut by hand. */
function bucketOf({ firstSeenAt }: Article, interval: HistogramInterval): string {
  const local = new Date(Date.parse(firstSeenAt) + 7 * 3_600_000);
  if (interval === 'week') local.setUTCDate(local.getUTCDate() - ((local.getUTCDay() + 6) % 7));
  return local.toISOString().slice(0, { hour: 13, day: 10, week: 10, month: 7 }[interval]);
}

function histogramOf(
  some: readonly Article[],
  interval: HistogramInterval,
  split: ArticleField,
  limit: number,
) {
  const values = facetOf(some, split).slice(0, limit);
  const buckets = [...new Set(some.map((one) => bucketOf(one, interval)))].sort();
  return buckets.map((bucket) => {
    const within = some.filter((one) => bucketOf(one, interval) === bucket);
    return {
      bucket,
      ...polarities(within),
      values: values
        .map(({ value }) => ({
          value,
          ...polarities(within.filter((one) => valuesOf(one, split).includes(value))),
        }))
        .filter(({ count }) => count > 0),
    };
  });
}

function pairsOf(some: readonly Article[], fieldA: ArticleField, fieldB: ArticleField, limit: number) {
  const [allA, allB] = [facetOf(some, fieldA), facetOf(some, fieldB)];
  const pairs = allA.flatMap((a) =>
    allB
      .filter((b) => fieldA !== fieldB || a.value < b.value)
      .map((b) => ({
        a: a.value,
        b: b.value,
        together: some.filter(
          (one) => valuesOf(one, fieldA).includes(a.value) && valuesOf(one, fieldB).includes(b.value),
        ).length,
        countA: a.count,
        countB: b.count,
      })),
  );
  const order = (one: string, other: string) => (one < other ? -1 : Number(one > other));
  const most = pairs
    .filter(({ together }) => together > 0)
    .sort((x, y) => y.together - x.together || order(x.a, y.a) || order(x.b, y.b));
  return { total: some.length, pairs: most.slice(0, limit) };
}
