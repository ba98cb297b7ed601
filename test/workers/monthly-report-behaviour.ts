import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import { openIncident } from '../../src/domain/incident.ts';
import { withArticle } from '../../src/domain/story.ts';
import { monthlyCsv } from '../../src/reports/monthly-csv.ts';
import { gatherMonthlyReport } from '../../workers/gather-monthly-report.ts';
import { keepMonthlyReport } from '../../workers/keep-monthly-reports.ts';
import { monthlyReports } from '../../workers/monthly-reports.ts';
import type { Deps } from '../../workers/stage.ts';
import { aCorrection, anAlert, anArticle, anEntry } from '../support/factories.ts';

const MONTH = '2026-02';
const NOW = new Date('2026-03-01T02:00:00.000Z');
const noon = (day: number, month = 2) =>
  `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T05:00:00.000Z`;

type Open = () => Promise<{ deps: Deps; clear: () => Promise<unknown>; close: () => Promise<unknown> }>;

/** Monthly reports over real stores: every number is the one that a count of the same articles gives. */
export function monthlyReportBehaviour(name: string, open: Open): void {
  describe(`monthly reports: ${name}`, { timeout: 120_000 }, () => {
    let deps: Deps;
    let clear: () => Promise<unknown>;
    let close: () => Promise<unknown>;
    beforeAll(async () => {
      const opened = await open();
      ({ clear, close } = opened);
      deps = { ...opened.deps, now: () => NOW };
    }, 120_000);
    beforeEach(async () => {
      await clear();
      await archive(
        told('a', 2, 'negative'),
        told('b', 2, 'negative', { storyId: 's2', topics: [] }),
        told('c', 17, 'positive', { outletId: 'bao-b', newsroom: 'bao-b' }),
        told('before', 20, 'neutral', { firstSeenAt: noon(20, 1) }),
        told('after', 1, 'negative', { firstSeenAt: '2026-02-28T17:00:00.000Z' }),
      );
    });
    afterAll(() => close?.());

    function told(
      id: string,
      day: number,
      polarity: 'negative' | 'neutral' | 'positive',
      rest: Partial<Article> = {},
    ): Article {
      return anArticle({
        id,
        url: `https://bao.example/${id}.html`,
        outletId: 'bao-a',
        newsroom: 'bao-a',
        storyId: 's1',
        firstSeenAt: noon(day),
        topics: [{ topic: 'food-safety', score: 1, terms: [] }],
        sentiment: { ...anArticle().sentiment, polarity },
        ...rest,
      });
    }

    async function archive(...articles: Article[]): Promise<void> {
      await deps.articles.save(articles);
      for (const article of articles) {
        await deps.stories.update(article.storyId, (story) =>
          withArticle(story, article, { storyId: article.storyId, isIndependent: true }),
        );
      }
    }

    const report = async () => (await gatherMonthlyReport(MONTH, deps)).report;

    it('count the Vietnamese month and nothing beside it, and compare it with the one before', async () => {
      const { total, rows, stories, previous, yearBefore, now } = await report();
      expect([total.count, total.negative, total.positive]).toEqual([3, 2, 1]);
      expect(total.previous).toMatchObject({ count: 1, negative: 0 });
      expect([now?.from, previous?.from, yearBefore]).toEqual([
        '2026-01-31T17:00:00.000Z',
        noon(20, 1),
        undefined,
      ]);
      const outlets = rows.outletId.map(({ key, count, negative }) => [key, count, negative]);
      expect(outlets).toEqual([
        ['bao-a', 2, 2],
        ['bao-b', 1, 0],
      ]);
      expect(rows.topic.map(({ key, count }) => [key, count])).toEqual([['food-safety', 2]]);
      expect(stories.map(({ id, articles, newsrooms }) => [id, articles, newsrooms])).toEqual([
        ['s1', 2, 2],
        ['s2', 1, 1],
      ]);
    });

    it('have every day of the month, also those without news', async () => {
      const { daily = [] } = await report();
      expect(daily).toHaveLength(28);
      expect(daily[1]).toEqual({ day: '2026-02-02', negative: 2, neutral: 0, positive: 0 });
      expect(daily[16]).toEqual({ day: '2026-02-17', negative: 0, neutral: 0, positive: 1 });
      expect(daily[27]).toEqual({ day: '2026-02-28', negative: 0, neutral: 0, positive: 0 });
    });

    it('tell of each outlet what came of it and when it was not heard', async () => {
      const entries = Array.from({ length: 28 }, (_, at) => at + 1)
        .filter((day) => day !== 11)
        .flatMap((day) =>
          Array.from({ length: 6 }, (_, of) =>
            anEntry({ id: `e-${day}-${of}`, outletId: 'bao-b', firstSeenAt: noon(day) }),
          ),
        );
      await deps.entries.add(entries);
      await deps.entries.update('e-3-0', (entry) => ({ ...entry, outcome: 'failed', reason: 'timeout' }));
      await deps.entries.update('e-3-1', (entry) => ({ ...entry, outcome: 'indexed' }));
      const { outlets = [], ledger } = await report();
      const [polled] = deps.outlets.keys();
      expect(outlets).toEqual([
        { outletId: polled, found: 0, indexed: 0, failed: 0, daysDown: 28 },
        { outletId: 'bao-b', found: 162, indexed: 1, failed: 1, daysDown: 1 },
      ]);
      expect([ledger.found, ledger.failed]).toEqual([162, { timeout: 1 }]);
    });

    it('tell of incidents and corrections of the month', async () => {
      await deps.incidents.open(openIncident(anAlert({ id: 'in', at: noon(3) }), 'Trong tháng'));
      await deps.incidents.open({ ...openIncident(anAlert({ at: noon(3, 1) }), 'Trước'), id: 'out' });
      await deps.corrections.add(aCorrection({ id: 'k', articleId: 'a', at: noon(4) }));
      await deps.corrections.add(aCorrection({ id: 'l', articleId: 'a', at: noon(4, 1) }));
      const { incidents, corrections } = await report();
      expect(incidents.map(({ title }) => title)).toEqual(['Trong tháng']);
      expect(corrections.made).toBe(1);
    });

    it('read the same from the store, in every file', async () => {
      const kept = await keepMonthlyReport(MONTH, 'Biên tập A', deps);
      const stored = await deps.office.find('monthly-report', MONTH);
      expect(stored?.report).toEqual(JSON.parse(JSON.stringify(kept.report)));
      expect(monthlyCsv(stored?.report ?? kept.report)).toBe(monthlyCsv(kept.report));
      const { blocks } = monthlyReports(deps).printed(kept.report, 'vi');
      const figures = blocks.filter(({ kind }) => kind === 'figure');
      expect(figures).toHaveLength(2);
      expect(figures[0]).toMatchObject({ alt: expect.stringContaining('Nhiều nhất 2 bài ngày 02/02/2026') });
    });
  });
}
