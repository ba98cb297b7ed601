import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import { type CorrectionDraft, CorrectionError } from '../../src/domain/correction.ts';
import { balance } from '../../src/domain/ledger.ts';
import { analyseArticle } from '../../workers/analyse-article.ts';
import { correctArticle, mendCorrections, revokeCorrection } from '../../workers/correct-article.ts';
import { indexArticle } from '../../workers/index-article.ts';
import { refreshArticles } from '../../workers/refresh-articles.ts';
import type { Deps } from '../../workers/stage.ts';
import { anOutlet } from '../support/deps.ts';
import { anEntry } from '../support/factories.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
const OUTLETS = ['bao-a', 'bao-b', 'bao-c', 'bao-d'].map((id) =>
  anOutlet({ id, newsroom: id, name: id, feeds: [] }),
);

const WIRE = {
  title: 'Ba bệnh nhân nguy kịch sau khi tiêm thuốc ở phòng khám tư tại Hà Nội',
  summary: 'Gia đình tố phòng khám tắc trách, một người đã tử vong.',
  body: Array.from(
    { length: 12 },
    (_, at) => `Câu thứ ${at} kể lại sự việc ở phòng khám, lời gia đình và kết quả kiểm tra của Sở Y tế.`,
  ).join('\n'),
};
const OTHER = {
  title: 'Bác sĩ cứu sống sản phụ băng huyết trong đêm',
  summary: 'Ê-kíp Bệnh viện Chợ Rẫy truyền 12 đơn vị máu, mẹ và bé đã bình phục.',
  body: 'Sản phụ được chuyển đến trong tình trạng nguy kịch nhưng ê-kíp đã phẫu thuật thành công.',
};

/** A store whose process ends at the next save. */
function refusing(articles: Deps['articles']): Deps['articles'] {
  return new Proxy(articles, {
    get: (target, name) => {
      if (name === 'save') return () => Promise.reject(new Error('cut short'));
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** How corrections take effect and last, whatever the stores. */
export function correctionsBehaviour(
  name: string,
  open: () => Promise<{ deps: Deps; clear: () => Promise<unknown>; close: () => Promise<unknown> }>,
): void {
  describe(`corrections: ${name}`, { timeout: 120_000 }, () => {
    let deps: Deps;
    let clear: () => Promise<unknown>;
    let close: () => Promise<unknown>;
    beforeAll(async () => {
      const opened = await open();
      ({ clear, close } = opened);
      deps = { ...opened.deps, outlets: new Map(OUTLETS.map((outlet) => [outlet.id, outlet])) };
    }, 120_000);
    afterAll(() => close?.());
    beforeEach(() => clear());

    /** Finds an entry with its page read, and takes it through analysis and index. */
    async function publish(outletId: string, text: typeof WIRE, minute = 0): Promise<Article> {
      const entry = anEntry({
        url: `https://${outletId}.example/${minute}`,
        outletId,
        title: text.title,
        firstSeenAt: `2026-03-02T01:${String(minute).padStart(2, '0')}:00.000Z`,
        text,
      });
      await deps.entries.add([entry]);
      await process(entry.id);
      return read(entry.id);
    }

    async function process(entryId: string): Promise<void> {
      const { next } = await analyseArticle.run({ entryId }, deps, context);
      for (const job of next) await indexArticle.run(job.payload, deps, context);
    }

    async function read(id: string): Promise<Article> {
      const article = await deps.articles.find(id);
      if (article === undefined) throw new Error(`${id} is not in the archive`);
      return article;
    }

    const correct = (articleId: string, draft: Partial<CorrectionDraft>) =>
      correctArticle({ articleId, by: 'Thu Hà', reason: 'Đọc lại', scope: 'article', ...draft }, deps);

    async function expectBalance(): Promise<void> {
      const { faults } = balance(await deps.entries.ledger(), {
        foundByPolls: await deps.entries.foundCount(),
        searchable: await deps.articles.count({}),
        pendingWithoutJob: 0,
      });
      expect(faults).toEqual([]);
    }

    const window = ['2026-03-02T00:00:00.000Z', '2026-03-02T03:00:00.000Z'] as const;

    it('reaches search, trend, facets and series at once, and lasts through analysis, index and withdrawal', async () => {
      const before = await publish('bao-a', WIRE);
      expect(before.sentiment.polarity).toBe('negative');
      const correction = await correct(before.id, { polarity: 'neutral', topics: ['treatment', 'policy'] });

      const expected = {
        polarity: 'neutral',
        topics: ['treatment', 'policy'],
        fields: ['polarity', 'topics'],
      };
      const state = async () => {
        const { sentiment, topics, corrected } = await read(before.id);
        return {
          polarity: sentiment.polarity,
          topics: topics.map(({ topic }) => topic),
          fields: corrected?.fields,
        };
      };
      expect(await state()).toEqual(expected);
      expect(await deps.articles.count({ polarity: 'negative' })).toBe(0);
      expect(await deps.articles.count({ topic: 'policy', corrected: true })).toBe(1);
      expect(await deps.articles.count({ corrected: false })).toBe(0);
      expect(await deps.articles.trend({}, 'day')).toMatchObject([{ negative: 0, neutral: 1 }]);
      expect(await deps.articles.hourCounts('topic:policy', ...window)).toMatchObject([
        { articles: 1, negative: 0 },
      ]);
      expect(await deps.articles.hourCounts('topic:incidents', ...window)).toEqual([]);
      expect((await read(before.id)).corrected?.machine.polarity).toBe('negative');
      expect((await read(before.id)).sentiment.evidence).toEqual(before.sentiment.evidence);

      await process(before.id);
      await refreshArticles([before.id], deps, { judgesAnew: true });
      expect(await state()).toEqual(expected);

      await revokeCorrection(correction.id, 'Minh', deps);
      expect(await read(before.id)).toEqual(before);
      expect(await deps.articles.count({ corrected: true })).toBe(0);
      await expectBalance();
    });

    it('reaches the copies in the story when asked, and a copy that comes later', async () => {
      const first = await publish('bao-a', WIRE, 1);
      const copy = await publish('bao-b', WIRE, 2);
      const other = await publish('bao-c', OTHER, 3);
      expect(copy.storyId).toBe(first.storyId);
      const { id } = await correct(first.id, { polarity: 'positive', scope: 'copies' });
      const later = await publish('bao-d', { ...WIRE, summary: 'Sự việc đang được làm rõ.' }, 4);
      expect(later.storyId).toBe(first.storyId);
      const polarities = async () =>
        (await deps.articles.findMany([first.id, copy.id, later.id])).map(
          ({ sentiment }) => sentiment.polarity,
        );
      expect(await polarities()).toEqual(['positive', 'positive', 'positive']);
      expect((await read(later.id)).corrected?.ids).toEqual([id]);
      expect(await read(other.id)).toEqual(other);
      await revokeCorrection(id, 'Minh', deps);
      expect(await polarities()).toEqual(['negative', 'negative', 'negative']);
    });

    it('leaves copies alone when not asked', async () => {
      const first = await publish('bao-a', WIRE, 1);
      const copy = await publish('bao-b', WIRE, 2);
      await correct(first.id, { polarity: 'positive' });
      expect(await read(copy.id)).toEqual(copy);
    });

    it('takes articles out of the archive with their copies, keeps the ledger, and brings them back', async () => {
      const first = await publish('bao-a', WIRE, 1);
      const copy = await publish('bao-b', WIRE, 2);
      const { id } = await correct(first.id, { isHealth: false, scope: 'copies' });
      const later = anEntry({
        url: 'https://bao-c.example/x',
        outletId: 'bao-c',
        title: WIRE.title,
        text: WIRE,
      });
      await deps.entries.add([later]);
      await process(later.id);
      await process(first.id);
      const all = [first.id, copy.id, later.id];
      expect(await deps.articles.findMany(all)).toEqual([]);
      for (const one of all) {
        expect(await deps.entries.find(one)).toMatchObject({
          outcome: 'irrelevant',
          reason: 'corrected-not-health',
        });
      }
      expect((await deps.stories.find(first.storyId))?.articleIds).toEqual([]);
      await expectBalance();

      await revokeCorrection(id, 'Minh', deps);
      expect((await deps.articles.findMany(all)).map(({ storyId }) => storyId)).toEqual(
        all.map(() => first.storyId),
      );
      expect([...((await deps.stories.find(first.storyId))?.articleIds ?? [])].sort()).toEqual(
        [...all].sort(),
      );
      await expectBalance();
    });

    it('brings in what the program took for something else, and keeps it', async () => {
      const text = {
        title: 'Giá vàng trong nước tăng mạnh',
        summary: 'Thị trường sôi động.',
        body: 'Chiều nay giá vàng tăng.',
      };
      const entry = anEntry({ title: text.title, fromHealthFeed: false, text });
      await deps.entries.add([entry]);
      await process(entry.id);
      expect((await deps.entries.find(entry.id))?.outcome).toBe('irrelevant');
      const { id } = await correct(entry.id, { isHealth: true, polarity: 'neutral' });
      await process(entry.id);
      expect(await read(entry.id)).toMatchObject({
        relevance: { isHealth: true },
        corrected: { fields: ['relevance'], machine: { isHealth: false } },
      });
      await expectBalance();
      await revokeCorrection(id, 'Minh', deps);
      expect(await deps.articles.find(entry.id)).toBeUndefined();
      expect(await deps.entries.find(entry.id)).toMatchObject({
        outcome: 'irrelevant',
        reason: 'not-health',
      });
      await expectBalance();
    });

    it('removes and adds mentions, with the series that follow', async () => {
      const article = await publish('bao-c', OTHER);
      expect(article.series).toContain('facility:bv-cho-ray');
      await correct(article.id, {
        addMentions: [{ kind: 'province', id: '01' }],
        removeMentions: [{ kind: 'facility', id: 'bv-cho-ray' }],
      });
      await process(article.id);
      expect(await deps.articles.count({ facility: 'bv-cho-ray' })).toBe(0);
      expect(await deps.articles.count({ province: '01' })).toBe(1);
      expect(await deps.articles.hourCounts('province:01', ...window)).toHaveLength(1);
      expect(await deps.articles.hourCounts('facility:bv-cho-ray', ...window)).toEqual([]);
    });

    it('moves an article to a story of its own and back, and the stories say so', async () => {
      const first = await publish('bao-a', WIRE, 1);
      const copy = await publish('bao-b', WIRE, 2);
      const { id } = await correct(first.id, { story: 'own' });
      await process(first.id);
      const own = `${first.storyId}-own`;
      expect((await read(first.id)).storyId).toBe(own);
      expect((await read(first.id)).series).toContain(`story:${own}`);
      expect((await read(first.id)).corrected?.fields).toEqual(['story']);
      expect(await deps.stories.find(own)).toMatchObject({
        articleIds: [first.id],
        independentNewsrooms: ['bao-a'],
      });
      expect(await deps.stories.find(first.storyId)).toMatchObject({
        articleIds: [copy.id],
        firstArticleId: copy.id,
        independentNewsrooms: [],
      });
      await revokeCorrection(id, 'Minh', deps);
      expect((await read(first.id)).storyId).toBe(first.storyId);
      expect((await deps.stories.find(own))?.articleIds).toEqual([]);
      expect((await deps.stories.find(first.storyId))?.articleIds).toEqual([copy.id, first.id]);
    });

    it('moves copies together, and those that come later follow', async () => {
      const first = await publish('bao-a', WIRE, 1);
      const copy = await publish('bao-b', WIRE, 2);
      const other = await publish('bao-c', OTHER, 3);
      await correct(first.id, { polarity: 'neutral', scope: 'copies' });
      await correct(first.id, { story: other.storyId, scope: 'copies' });
      const later = await publish('bao-d', WIRE, 4);
      const moved = await deps.articles.findMany([first.id, copy.id, later.id]);
      expect(moved.map(({ storyId }) => storyId)).toEqual(moved.map(() => other.storyId));
      expect(moved.map(({ sentiment }) => sentiment.polarity)).toEqual(moved.map(() => 'neutral'));
      expect((await deps.stories.find(other.storyId))?.articleIds).toHaveLength(4);
      expect((await deps.stories.find(first.storyId))?.articleIds).toEqual([]);
    });

    it('lets a correction outlive a new text of the outlet, and a mark on its entry', async () => {
      const article = await publish('bao-a', WIRE);
      await correct(article.id, { polarity: 'neutral' });
      const revisedAt = '2026-03-02T02:30:00.000Z';
      await deps.entries.update(article.id, (current) => ({
        ...current,
        revisedAt,
        removedAt: revisedAt,
        text: { ...WIRE, body: `${WIRE.body}\nBốn người tử vong.` },
      }));
      await process(article.id);
      expect(await read(article.id)).toMatchObject({
        sentiment: { polarity: 'neutral' },
        revisedAt,
        removedAt: revisedAt,
      });
    });

    it('loses nothing while two officers correct, others withdraw, and the article is indexed over and over', async () => {
      const article = await publish('bao-a', WIRE);
      const doomed = await correct(article.id, { polarity: 'positive' });
      await Promise.all([
        correct(article.id, { polarity: 'neutral' }),
        process(article.id),
        correct(article.id, { topics: ['policy'] }),
        process(article.id),
        revokeCorrection(doomed.id, 'Minh', deps),
        refreshArticles([article.id], deps),
        process(article.id),
        deps.entries
          .update(article.id, (current) => ({ ...current, removedAt: '2026-03-02T02:00:00.000Z' }))
          .then(() => refreshArticles([article.id], deps)),
      ]);
      const { sentiment, topics, corrected, removedAt } = await read(article.id);
      expect(sentiment.polarity).toBe('neutral');
      expect(topics.map(({ topic }) => topic)).toEqual(['policy']);
      expect(corrected?.ids).toHaveLength(2);
      expect(removedAt).toBe('2026-03-02T02:00:00.000Z');
      await expectBalance();
    });

    it('gives a correction its effect that a crash left without', async () => {
      const first = await publish('bao-a', WIRE, 1);
      const copy = await publish('bao-b', WIRE, 2);
      const crashed = { ...deps, corrections: deps.corrections, articles: refusing(deps.articles) };
      const draft = { articleId: first.id, by: 'Thu Hà', reason: 'Đọc lại', polarity: 'neutral' } as const;
      await expect(correctArticle({ ...draft, scope: 'copies' }, crashed)).rejects.toThrow('cut short');
      expect((await read(first.id)).sentiment.polarity).toBe('negative');
      expect(await mendCorrections(deps)).toBe(1);
      expect((await read(first.id)).sentiment.polarity).toBe('neutral');
      expect((await read(copy.id)).sentiment.polarity).toBe('neutral');
      expect(await mendCorrections(deps)).toBe(0);
    });

    it('loses no page that is read while its title is corrected', async () => {
      for (let time = 0; time < 5; time++) {
        const entry = anEntry({ url: `https://bao-a.example/race-${time}`, title: WIRE.title });
        await deps.entries.add([entry]);
        await process(entry.id);
        await Promise.all([
          correct(entry.id, { polarity: 'neutral' }),
          deps.entries
            .update(entry.id, (current) => ({ ...current, text: WIRE }))
            .then(() => process(entry.id)),
        ]);
        expect(await read(entry.id)).toMatchObject({
          readFrom: 'page',
          body: WIRE.body,
          sentiment: { polarity: 'neutral' },
        });
      }
    });

    it('remembers what each version said, and asks nobody about things that are not there', async () => {
      const article = await publish('bao-a', WIRE);
      const { id } = await correct(article.id, { confirms: true });
      const { language } = deps;
      const next = {
        ...deps,
        language: {
          ...language,
          analyse: (...args: Parameters<typeof language.analyse>) => {
            const analysis = language.analyse(...args);
            return {
              ...analysis,
              languageVersion: 'next',
              sentiment: { ...analysis.sentiment, polarity: 'positive' as const },
            };
          },
        },
      };
      await refreshArticles([article.id], next, { judgesAnew: true });
      expect(
        (await deps.corrections.find(id))?.verdicts.map(({ languageVersion, polarity }) => [
          languageVersion,
          polarity,
        ]),
      ).toEqual([
        [article.languageVersion, 'negative'],
        ['next', 'positive'],
      ]);
      expect((await read(article.id)).sentiment.polarity).toBe('negative');
      const refused: [Partial<CorrectionDraft>, CorrectionError['fault']][] = [
        [{ articleId: 'nobody', polarity: 'neutral' }, 'unknown-article'],
        [{ story: 'story-none' }, 'unknown-story'],
        [{ topics: ['gardening'] }, 'unknown-topic'],
        [{ addMentions: [{ kind: 'facility', id: 'bv-none' }] }, 'unknown-mention'],
        [{}, 'nothing-said'],
      ];
      for (const [draft, fault] of refused) {
        await expect(correct(article.id, draft)).rejects.toThrow(new CorrectionError(fault));
      }
      expect(await revokeCorrection('nobody', 'Minh', deps)).toBeUndefined();
      expect(await deps.corrections.count()).toBe(1);
    });
  });
}
