import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import type { ArticleStore } from '../../src/ports/article-store.ts';
import { anAnalysis, anArticle } from '../support/factories.ts';

const EVERY = { offset: 0, limit: 50 };

function polar(polarity: 'negative' | 'positive'): Pick<Article, 'sentiment'> {
  return { sentiment: { ...anAnalysis().sentiment, polarity } };
}

/** Every `ArticleStore` must pass this suite unchanged: it is the executable half of the port's docstring. */
export function articleStoreContract(
  name: string,
  open: () => Promise<{ store: ArticleStore; clear: () => Promise<unknown> }>,
): void {
  describe(`ArticleStore contract: ${name}`, () => {
    let store: ArticleStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    const found = async (filter: Parameters<ArticleStore['search']>[0]) =>
      (await store.search(filter, EVERY)).articles.map(({ id }) => id);

    it('finds what it saved, in the order asked, and nothing else', async () => {
      const [a, b] = [anArticle(), anArticle({ id: 'b1' })];
      await store.save([a, b]);
      expect(await store.find('a1')).toEqual(a);
      expect(await store.find('no-such-article')).toBeUndefined();
      expect((await store.findMany(['b1', 'nope', 'a1'])).map(({ id }) => id)).toEqual(['b1', 'a1']);
    });

    it('gives an article of an earlier version back as one that is still to be judged anew', async () => {
      const {
        languageVersion: _,
        caseCounts: _1,
        cautions: _2,
        sentiment,
        ...rest
      } = anArticle({ id: 'old' });
      const { event: _3, stance: _4, ...judged } = sentiment;
      await store.save([{ ...rest, sentiment: judged } as unknown as Article]);
      const unjudged = { polarity: 'neutral', score: 0 };
      expect(await store.find('old')).toEqual({
        ...rest,
        languageVersion: '',
        caseCounts: [],
        cautions: [],
        sentiment: { ...judged, event: unjudged, stance: unjudged },
      });
    });

    it('keeps one article when the same id is saved twice, also in its series', async () => {
      await store.save([anArticle()]);
      await store.save([anArticle({ title: 'Tiêu đề đã sửa', series: ['topic:policy'] })]);
      expect(await store.count({})).toBe(1);
      expect((await store.find('a1'))?.title).toBe('Tiêu đề đã sửa');
      const day = ['2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z'] as const;
      expect(await store.hourCounts('topic:treatment', ...day)).toEqual([]);
      expect((await store.hourCounts('topic:policy', ...day))[0]?.articles).toBe(1);
    });

    it('forgets what was removed, and removing it again is no error', async () => {
      await store.save([anArticle()]);
      await store.remove('a1');
      await store.remove('a1');
      expect(await store.count({})).toBe(0);
      expect(await store.inSeries('topic:treatment', '2026-01-01', '2027-01-01', 9)).toEqual([]);
    });

    it('finds an article by a word that stands only in a file it offers, below those that say it themselves', async () => {
      const attachment = {
        url: 'https://bao.example/hd.pdf',
        title: 'Hướng dẫn',
        kind: 'pdf' as const,
        sha256: 'ab'.repeat(32),
      };
      const attached = anArticle({
        id: 'attached',
        attachments: [
          { ...attachment, text: 'Phun hoá chất deltamethrin tại ổ dịch.' },
          { ...attachment, url: 'https://bao.example/quet.pdf', unreadReason: 'no-text-layer' },
        ],
      });
      await store.save([attached, anArticle({ id: 'plain', title: 'Deltamethrin là gì' }), anArticle()]);
      expect(await found({ text: 'deltamethrin' })).toEqual(['plain', 'attached']);
      expect(await found({ text: '"hoa chat deltamethrin"' })).toEqual(['attached']);
      expect(await store.find('attached')).toEqual(attached);
    });

    it('saves an article with the longest of files', async () => {
      const text = Array.from({ length: 20_000 }, (_, n) => `ợ${n.toString(36)}ệ${n}`).join(' ');
      const attachments = Array.from({ length: 10 }, (_, n) => ({
        url: `https://bao.example/${n}.pdf`,
        title: 'Phụ lục',
        kind: 'pdf' as const,
        text: `phuluc${n} ${text}`.slice(0, 200_000),
      }));
      await store.save([anArticle({ body: text.slice(0, 100_000), attachments })]);
      expect(await found({ text: 'phuluc9' })).toEqual(['a1']);
    });

    it('matches with and without diacritics, and ranks the accented match higher', async () => {
      await store.save([
        anArticle({ id: 'plain', title: 'Benh vien mo cua', summary: '', body: '' }),
        anArticle({ id: 'accented', title: 'Bệnh viện mở cửa', summary: '', body: '' }),
        anArticle({ id: 'other', title: 'Trường học', summary: '', body: '' }),
      ]);
      expect(await found({ text: 'bệnh viện' })).toEqual(['accented', 'plain']);
      expect((await found({ text: 'BENH VIEN' })).sort()).toEqual(['accented', 'plain']);
      expect(await found({ text: 'đường phố' })).toEqual([]);
    });

    it('narrows by every field of the filter', async () => {
      const mention = { start: 0, end: 3 };
      const target = anArticle({
        id: 'target',
        outletId: 'bao-b',
        tier: 'provincial',
        storyId: 's2',
        firstSeenAt: '2026-03-05T00:00:00.000Z',
        topics: [{ topic: 'incidents', score: 1, terms: [] }],
        mentions: [
          { ...mention, kind: 'province', id: '22', name: 'Quảng Ninh' },
          { ...mention, kind: 'facility', id: 'bv-x', name: 'Bệnh viện X' },
        ],
        series: ['facility:bv-x'],
        cautions: [{ kind: 'rumour', term: 'tin đồn', start: 0, end: 7, speaker: 'public' }],
        sentiment: {
          ...polar('negative').sentiment,
          stance: { polarity: 'negative', score: -0.5 },
        },
      });
      await store.save([anArticle(), target]);
      for (const filter of [
        { polarity: 'negative' },
        { stance: 'negative' },
        { outletId: 'bao-b' },
        { tier: 'provincial' },
        { storyId: 's2' },
        { topic: 'incidents' },
        { province: '22' },
        { facility: 'bv-x' },
        { caution: 'rumour' },
        { series: 'facility:bv-x' },
        { from: '2026-03-04T00:00:00Z' },
      ] as const) {
        expect(await found(filter), JSON.stringify(filter)).toEqual(['target']);
      }
      expect(await found({ to: '2026-03-05T00:00:00.000Z' })).toEqual(['a1']);
      expect(await found({ polarity: 'negative', outletId: 'bao-a' })).toEqual([]);
      expect(await found({ stance: 'positive' })).toEqual([]);
      expect(await found({ caution: 'denial' })).toEqual([]);
    });

    it('pages newest first and counts all that match', async () => {
      await store.save(
        Array.from({ length: 5 }, (_, i) =>
          anArticle({ id: `p${i}`, firstSeenAt: `2026-03-0${i + 1}T00:00:00.000Z` }),
        ),
      );
      const page = await store.search({}, { offset: 1, limit: 2 });
      expect(page.total).toBe(5);
      expect(page.articles.map(({ id }) => id)).toEqual(['p3', 'p2']);
      expect(await store.watermark()).toBe('2026-03-05T00:00:00.000Z');
    });

    it('counts by Vietnamese calendar day, not by UTC day', async () => {
      await store.save([
        anArticle({ id: 'late', firstSeenAt: '2026-03-01T17:30:00.000Z' }),
        anArticle({ id: 'bad', firstSeenAt: '2026-03-01T16:30:00.000Z', ...polar('negative') }),
      ]);
      expect(await store.trend({}, 'day')).toEqual([
        { bucket: '2026-03-01', negative: 1, neutral: 0, positive: 0 },
        { bucket: '2026-03-02', negative: 0, neutral: 1, positive: 0 },
      ]);
      expect((await store.trend({}, 'hour')).map(({ bucket }) => bucket)).toEqual([
        '2026-03-01T23',
        '2026-03-02T00',
      ]);
    });

    it('counts the same trend however it is asked for', async () => {
      const facility = { kind: 'facility', id: 'bv-x', name: 'Bệnh viện X', start: 0, end: 3 } as const;
      const about = { mentions: [facility], series: ['facility:bv-x', 'topic:treatment'] };
      await store.save([
        anArticle({ id: 't1', ...about }),
        anArticle({ id: 't2', ...about, ...polar('negative'), isLate: true }),
        anArticle({ id: 't3', ...about, ...polar('positive'), firstSeenAt: '2026-03-04T01:00:00.000Z' }),
        anArticle({ id: 't4' }),
      ]);
      const first = { bucket: '2026-03-02', negative: 1, neutral: 1, positive: 0 };
      const all = [first, { bucket: '2026-03-04', negative: 0, neutral: 0, positive: 1 }];
      expect(await store.trend({ facility: 'bv-x' }, 'day')).toEqual(all);
      expect(await store.trend({ series: 'facility:bv-x' }, 'day')).toEqual(all);
      expect(await store.trend({ facility: 'bv-x', outletId: 'bao-a' }, 'day')).toEqual(all);
      expect(await store.trend({ facility: 'bv-x', to: '2026-03-04T00:00:00Z' }, 'day')).toEqual([first]);
      expect(await store.trend({ facility: 'bv-x', from: '2026-03-03T00:00:00Z' }, 'day')).toEqual(
        all.slice(1),
      );
      expect(await store.trend({ facility: 'bv-x', polarity: 'negative' }, 'day')).toEqual([
        { ...first, neutral: 0 },
      ]);
      expect((await store.trend({ topic: 'treatment' }, 'day'))[0]?.neutral).toBe(2);
    });

    it('counts facet values with their negative share', async () => {
      await store.save([
        anArticle({ id: 'f1', ...polar('negative') }),
        anArticle({ id: 'f2' }),
        anArticle({ id: 'f3', topics: [{ topic: 'policy', score: 1, terms: [] }] }),
      ]);
      expect(await store.facet({}, 'topic', 5, { stories: true })).toEqual([
        { value: 'treatment', count: 2, negative: 1, positive: 0, stories: 1 },
        { value: 'policy', count: 1, negative: 0, positive: 0, stories: 1 },
      ]);
      expect(await store.facet({}, 'tier', 1)).toEqual([
        { value: 'national', count: 3, negative: 1, positive: 0 },
      ]);
      expect(await store.facet({}, 'facility', 5)).toEqual([]);
    });

    it('counts a series by hour: late articles left out, copies capped, newsrooms and stories distinct', async () => {
      const series = ['facility:x'] as const;
      const at = (minute: number) => `2026-03-02T01:${String(minute).padStart(2, '0')}:00.000Z`;
      await store.save([
        anArticle({ id: '1', series, firstSeenAt: at(1), ...polar('negative'), harmTerms: ['tử vong'] }),
        anArticle({
          id: '2',
          series,
          firstSeenAt: at(2),
          copyNumber: 2,
          newsroom: 'bao-b',
          ...polar('negative'),
        }),
        anArticle({ id: '3', series, firstSeenAt: at(3), copyNumber: 3, newsroom: 'bao-c' }),
        anArticle({ id: '4', series, firstSeenAt: at(4), isLate: true }),
        anArticle({ id: '5', series, firstSeenAt: '2026-03-02T03:00:00.000Z', storyId: 's2' }),
      ]);
      expect(await store.hourCounts('facility:x', '2026-03-02T00:00:00Z', '2026-03-02T03:00:00Z')).toEqual([
        {
          hour: '2026-03-02T01:00:00.000Z',
          articles: 3,
          negative: 2,
          capped: 2,
          cappedNegative: 2,
          stories: 1,
          newsrooms: 3,
          harm: 1,
        },
      ]);
      const listed = await store.inSeries('facility:x', '2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z', 3);
      expect(listed.map(({ id }) => id)).toEqual(['2', '3', '5']);
      const { body: _body, signature: _signature, sentiment, ...outline } = anArticle();
      const { evidence: _evidence, ...judgement } = sentiment;
      expect(listed[2]).toEqual({
        ...outline,
        sentiment: judgement,
        id: '5',
        series,
        firstSeenAt: '2026-03-02T03:00:00.000Z',
        storyId: 's2',
      });
    });

    it('streams everything that matches, oldest first, each once', async () => {
      const many = Array.from({ length: 1203 }, (_, i) =>
        anArticle({
          id: `s${String(i).padStart(4, '0')}`,
          firstSeenAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(i / 20))).toISOString(),
          ...(i % 3 === 0 ? polar('negative') : {}),
        }),
      );
      await store.save([...many].reverse());
      const ids: string[] = [];
      for await (const batch of store.scan({})) ids.push(...batch.map(({ id }) => id));
      expect(ids).toEqual(many.map(({ id }) => id));
      let negatives = 0;
      for await (const batch of store.scan({ polarity: 'negative' })) negatives += batch.length;
      expect(negatives).toBe(401);
      const deep = await store.search({}, { offset: 1201, limit: 5 });
      expect(deep.articles.map(({ id }) => id)).toEqual(
        many
          .filter(({ firstSeenAt }) => firstSeenAt === many[0]?.firstSeenAt)
          .map(({ id }) => id)
          .slice(-2),
      );
    });

    it('drops whole months that have ended, and nothing of the month that runs', async () => {
      await store.save([
        anArticle({ id: 'january', firstSeenAt: '2026-01-31T23:59:59.999Z' }),
        anArticle({ id: 'february', firstSeenAt: '2026-02-28T12:00:00.000Z' }),
        anArticle({ id: 'march', firstSeenAt: '2026-03-01T00:00:00.000Z' }),
      ]);
      expect(await store.dropBefore('2026-02-15T00:00:00.000Z')).toBe(1);
      expect(await store.dropBefore('2026-03-01T00:00:00.000Z')).toBe(1);
      expect(await found({})).toEqual(['march']);
      const all = await store.hourCounts('topic:treatment', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z');
      expect(all.map(({ articles }) => articles)).toEqual([1]);
      expect(await store.dropBefore('2026-03-31T00:00:00.000Z')).toBe(0);
    });

    it('answers an empty archive without complaint', async () => {
      expect(await store.watermark()).toBeUndefined();
      expect(await store.search({ text: 'bệnh viện' }, EVERY)).toEqual({ total: 0, articles: [] });
      expect(await store.trend({}, 'day')).toEqual([]);
    });

    it('takes any text as a search, never as syntax that fails', async () => {
      await store.save([anArticle()]);
      for (const text of [`' or 1=1 --`, '"chưa đóng', '& | ! ()', '-', ':*', '\\']) {
        await expect(store.search({ text }, EVERY)).resolves.toBeDefined();
      }
    });
  });
}
