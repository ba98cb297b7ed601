import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfigDir } from '../../src/config-files.ts';
import type { Article } from '../../src/domain/article.ts';
import { balance } from '../../src/domain/ledger.ts';
import { loadLanguageOf } from '../../src/settings.ts';
import { analyseArticle } from '../../workers/analyse-article.ts';
import { correctArticle } from '../../workers/correct-article.ts';
import { indexArticle } from '../../workers/index-article.ts';
import { reanalyseArchive } from '../../workers/reanalyse-archive.ts';
import type { Deps } from '../../workers/stage.ts';
import { type ChangedArticle, weighLanguage } from '../../workers/weigh-language.ts';
import { anOutlet } from '../support/deps.ts';
import { anEntry } from '../support/factories.ts';

const CONFIG_DIR = new URL('../../config', import.meta.url).pathname;
const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };

/** The words below are no words, so that nothing but the changed lexicon decides. */
const OPAQUE = {
  title: 'Bệnh viện huyện Ví Dụ thông báo về việc khoang xứ lượt khám buổi sáng',
  summary: 'Bệnh viện khoang xứ từ đầu tuần.',
  body: 'Bệnh viện cho biết khoang xứ sẽ kéo dài đến cuối tháng.',
};
const HARM = {
  title: 'Hai bệnh nhân tử vong sau khi tiêm thuốc tại phòng khám tư',
  summary: 'Sở Y tế đã đình chỉ phòng khám.',
  body: 'Gia đình tố phòng khám tắc trách.',
};

const shipped = readConfigDir(CONFIG_DIR, ['lexicon.tsv', 'health-topics.yaml']);
const withTerm = (term: string) =>
  loadLanguageOf(CONFIG_DIR, {
    'lexicon.tsv': `${shipped['lexicon.tsv'].replace(/^version\t\S+/, 'version\ttest-2')}\n${term}\n`,
  });

/** How a changed lexicon is weighed, and how the archive is judged anew, whatever the stores. */
export function reanalysisBehaviour(
  name: string,
  open: () => Promise<{ deps: Deps; clear: () => Promise<unknown>; close: () => Promise<unknown> }>,
): void {
  describe(`re-analysis: ${name}`, { timeout: 120_000 }, () => {
    let deps: Deps;
    let newer: Deps;
    let clear: () => Promise<unknown>;
    let close: () => Promise<unknown>;
    beforeAll(async () => {
      const opened = await open();
      ({ clear, close } = opened);
      deps = { ...opened.deps, outlets: new Map([['bao-a', anOutlet({ feeds: [] })]]) };
      newer = { ...deps, language: withTerm('khoang xứ\t-0.85\tV\tharm\town') };
    }, 120_000);
    afterAll(() => close?.());
    beforeEach(() => clear());

    async function publish(at: number, text: typeof HARM, fromHealthFeed = true): Promise<Article> {
      const entry = anEntry({
        url: `https://bao.example/${at}`,
        title: text.title,
        firstSeenAt: `2026-03-02T01:${String(at).padStart(2, '0')}:00.000Z`,
        fromHealthFeed,
        text,
      });
      await deps.entries.add([entry]);
      const { next } = await analyseArticle.run({ entryId: entry.id }, deps, context);
      for (const job of next) await indexArticle.run(job.payload, deps, context);
      return read(entry.id);
    }

    async function read(id: string): Promise<Article> {
      const article = await deps.articles.find(id);
      if (article === undefined) throw new Error(`${id} is not in the archive`);
      return article;
    }

    async function expectBalance(): Promise<void> {
      const { faults } = balance(await deps.entries.ledger(), {
        foundByPolls: await deps.entries.foundCount(),
        searchable: await deps.articles.count({}),
        pendingWithoutJob: 0,
      });
      expect(faults).toEqual([]);
    }

    it('judges anew what an older version judged, and keeps its place', async () => {
      const before = await publish(1, OPAQUE);
      const other = await publish(2, HARM);
      expect(before.sentiment.polarity).not.toBe('negative');

      const foreseen = await reanalyseArchive({}, newer, { isDryRun: true });
      expect(await read(before.id)).toEqual(before);
      const done = await reanalyseArchive({}, newer);
      expect(done).toMatchObject({ articles: 2, outdated: 2, judged: 2, removed: 0, left: 0 });
      expect(foreseen.flips.toJSON()).toEqual(done.flips.toJSON());
      expect(foreseen).toMatchObject({ outdated: 2, judged: 2, removed: 0, left: 0 });
      expect(done.flips.toJSON()).toMatchObject({
        [`polarity: ${before.sentiment.polarity} → negative`]: 1,
      });

      const now = await read(before.id);
      expect(now.sentiment.polarity).toBe('negative');
      expect(now.languageVersion).toBe(newer.language.version);
      const { storyId, copyNumber, indexedAt, isLate, firstSeenAt, publishedAt } = before;
      expect(now).toMatchObject({ storyId, copyNumber, indexedAt, isLate, firstSeenAt, publishedAt });
      expect((await deps.entries.find(before.id))?.analysis?.sentiment.polarity).toBe('negative');
      expect((await read(other.id)).sentiment.score).toBe(other.sentiment.score);
      await expectBalance();
    });

    it('does nothing a second time, and goes on where it was broken off', async () => {
      await publish(1, OPAQUE);
      await publish(2, HARM);
      const first = await reanalyseArchive({ to: '2026-03-02T01:02:00.000Z' }, newer);
      expect(first).toMatchObject({ articles: 1, outdated: 1, judged: 1 });
      expect(await reanalyseArchive({}, newer)).toMatchObject({ articles: 2, outdated: 1, judged: 1 });
      const again = await reanalyseArchive({}, newer);
      expect(again).toMatchObject({ articles: 2, outdated: 0, judged: 0 });
      expect(again.flips.toJSON()).toEqual({});
    });

    it('takes out of the archive what is no longer about health, and the ledger says so', async () => {
      const { id } = await publish(3, HARM, false);
      const strict = withTerm('khoang xứ\t-0.85\tV\tharm\town');
      const blind: Deps = {
        ...deps,
        language: {
          ...strict,
          version: 'test-3',
          analyse: (text, options) => {
            const analysis = strict.analyse(text, options);
            return {
              ...analysis,
              languageVersion: 'test-3',
              relevance: { ...analysis.relevance, isHealth: false },
            };
          },
        },
      };
      expect(await reanalyseArchive({}, blind, { isDryRun: true })).toMatchObject({ judged: 0, removed: 1 });
      expect(await deps.articles.count({})).toBe(1);
      expect(await reanalyseArchive({}, blind)).toMatchObject({ judged: 0, removed: 1 });
      expect(await deps.articles.find(id)).toBeUndefined();
      expect(await deps.entries.find(id)).toMatchObject({ outcome: 'irrelevant', reason: 'not-health' });
      await expectBalance();
    });

    it("leaves a person's word standing", async () => {
      const before = await publish(1, OPAQUE);
      const said = { articleId: before.id, by: 'Thu Hà', reason: 'Đọc lại', scope: 'article' } as const;
      await correctArticle({ ...said, polarity: 'positive' }, deps);
      const foreseen = await reanalyseArchive({}, newer, { isDryRun: true });
      const done = await reanalyseArchive({}, newer);
      expect(foreseen.flips.toJSON()).toEqual(done.flips.toJSON());
      const now = await read(before.id);
      expect(now.sentiment.polarity).toBe('positive');
      expect(now.corrected?.machine).toMatchObject({
        polarity: 'negative',
        languageVersion: newer.language.version,
      });
      const [correction] = await deps.corrections.concerning({ articleIds: [before.id] });
      expect(correction?.verdicts.map(({ languageVersion }) => languageVersion)).toEqual([
        deps.language.version,
        newer.language.version,
      ]);
    });

    it('weighs a changed lexicon without writing: what flips, what decides, whom it contradicts', async () => {
      const neutral = await publish(1, OPAQUE);
      const judged = await publish(2, { ...OPAQUE, title: `${OPAQUE.title} lần hai` });
      await publish(3, HARM);
      const said = { articleId: judged.id, by: 'Thu Hà', reason: 'Đọc lại', scope: 'article' } as const;
      await correctArticle({ ...said, polarity: judged.sentiment.polarity }, deps);

      const changed: ChangedArticle[] = [];
      const languages = { before: deps.language, after: newer.language };
      const impact = await weighLanguage(
        languages,
        { last: 10 },
        deps,
        (article) => void changed.push(article),
      );
      expect(impact).toMatchObject({ articles: 3, changed: 2, agreeing: 0, disagreeing: 1 });
      expect(changed.map(({ id }) => id)).toEqual([neutral.id, judged.id]);
      expect(changed[0]?.flips).toContainEqual({
        of: 'polarity',
        from: neutral.sentiment.polarity,
        to: 'negative',
      });
      expect(changed[0]?.decidedBefore.join()).not.toContain('khoang xứ');
      expect(changed[0]?.decidedAfter[0]).toContain('khoang xứ');
      expect(changed.map(({ person }) => person)).toEqual([undefined, 'disagrees']);
      expect(await read(neutral.id)).toEqual(neutral);

      const newest = await weighLanguage(languages, { last: 2 }, deps);
      expect(newest).toMatchObject({ articles: 2, changed: 1 });
      const since = await weighLanguage(languages, { since: '2026-03-02T01:03:00.000Z' }, deps);
      expect(since).toMatchObject({ articles: 1, changed: 0 });
    });
  });
}
