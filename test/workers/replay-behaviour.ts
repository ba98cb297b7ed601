import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Alert } from '../../src/domain/alert.ts';
import type { Article } from '../../src/domain/article.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/time.ts';
import { detectIncidents } from '../../workers/detect-incidents.ts';
import { relearnDetector } from '../../workers/relearn-detector.ts';
import { replayJournal } from '../../workers/replay-journal.ts';
import type { Deps } from '../../workers/stage.ts';
import { anAnalysis, anArticle } from '../support/factories.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
const START = Date.parse('2026-03-04T02:00:00.000Z');

interface Opened {
  readonly deps: Deps;
  readonly clear: () => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

/** What holds of the journal and its replay whichever stores are underneath. */
export function replayBehaviour(name: string, open: () => Promise<Opened>): void {
  describe(`Replay over ${name}`, () => {
    let opened: Opened;
    let clock: number;
    let deps: Deps;
    beforeAll(async () => {
      opened = await open();
    }, 120_000);
    afterAll(() => opened.close());
    beforeEach(async () => {
      await opened.clear();
      clock = START;
      deps = { ...opened.deps, now: () => new Date(clock), detector: {} };
    });

    const articleOf = (index: number, overrides: Partial<Article> = {}) =>
      anArticle({
        id: `crisis-${index}`,
        url: `https://bao.example/crisis-${index}`,
        storyId: `crisis-${index}`,
        outletId: `bao-${index % 6}`,
        newsroom: `bao-${index % 6}`,
        title: `Người nhà tố bệnh viện tắc trách, tin thứ ${index}`,
        sentiment: { ...anAnalysis().sentiment, polarity: 'negative', score: -0.8 },
        harmTerms: ['tắc trách'],
        series: ['facility:bv-vi-du', 'province:79', 'topic:incidents', `story:crisis-${index}`],
        firstSeenAt: new Date(clock).toISOString(),
        imported: false,
        ...overrides,
      });

    /** Indexes an article and tells of it a minute after the one before. */
    async function tell(article: Article): Promise<void> {
      await deps.articles.save([article]);
      await detectIncidents.run({ articleId: article.id }, deps, context);
      clock += 60_000;
    }

    async function raised(): Promise<Alert[]> {
      const found: Alert[] = [];
      for (const { id } of await deps.incidents.list()) found.push(...(await deps.incidents.alertsOf(id)));
      return found.sort((a, b) => a.sequence - b.sequence || (a.id < b.id ? -1 : 1));
    }

    async function replayed(): Promise<Alert[]> {
      const span = { from: new Date(START).toISOString(), to: new Date(clock + DAY_MS).toISOString() };
      const [replay] = await replayJournal([deps.alertRules], span, deps);
      return [...(replay?.alerts ?? [])].sort((a, b) => a.sequence - b.sequence || (a.id < b.id ? -1 : 1));
    }

    async function past(): Promise<void> {
      const articles = Array.from({ length: 40 }, (_, day) =>
        articleOf(1000 + day, {
          imported: true,
          sentiment: { ...anAnalysis().sentiment, polarity: 'neutral', score: 0 },
          harmTerms: [],
          firstSeenAt: new Date(START - (day + 1) * DAY_MS).toISOString(),
        }),
      );
      await deps.articles.save(articles);
    }

    it('gives every alert again that was raised, byte for byte, crashes in between or not', async () => {
      await past();
      for (let index = 0; index < 24; index++) {
        await tell(articleOf(index));
        // Whoever takes over has nothing but the stores.
        if (index % 5 === 4) deps = { ...deps, detector: {} };
        // Read again, and found to be less bad than its headline.
        if (index % 7 === 6) {
          await tell(
            articleOf(index, { sentiment: { ...anAnalysis().sentiment, polarity: 'neutral', score: 0 } }),
          );
        }
      }
      const live = await raised();
      expect(live.length).toBeGreaterThan(1);
      expect(await replayed()).toEqual(live);
    }, 120_000);

    it('raises what a crash has left unraised, once', async () => {
      const { incidents } = deps;
      let isAway = true;
      deps = {
        ...deps,
        incidents: new Proxy(incidents, {
          get(target, property) {
            if (property === 'open' && isAway) {
              return async () => {
                throw new Error('The store is away');
              };
            }
            const value = Reflect.get(target, property) as unknown;
            return typeof value === 'function' ? value.bind(target) : value;
          },
        }),
      };
      let failures = 0;
      for (let index = 0; index < 8; index++) {
        await tell(articleOf(index)).catch(() => {
          failures += 1;
          clock += 60_000;
        });
      }
      expect(failures).toBeGreaterThan(0);
      expect(await incidents.list()).toEqual([]);
      isAway = false;
      await detectIncidents.run({}, deps, context);
      const [incident, ...others] = await incidents.list();
      expect(others).toEqual([]);
      expect(incident?.series).toContain('facility:bv-vi-du');
      await detectIncidents.run({}, { ...deps, detector: {} }, context);
      expect(await raised()).toEqual(await replayed());
    }, 120_000);

    it('two processes tell in turns, and nothing is told twice or lost', async () => {
      const first = { ...deps, detector: {} };
      const second = { ...deps, detector: {} };
      for (let index = 0; index < 12; index++) {
        deps = index % 2 === 0 ? first : second;
        await tell(articleOf(index));
      }
      const pages = await deps.journal.after(0, 100);
      expect(pages.map(({ sequence }) => sequence)).toEqual(pages.map((_, index) => index + 1));
      expect(pages.flatMap(({ sightings }) => sightings.map(({ articleId }) => articleId))).toEqual(
        Array.from({ length: 12 }, (_, index) => `crisis-${index}`),
      );
      expect(await raised()).toEqual(await replayed());
    }, 120_000);

    it('learns from what is imported later, without raising what is past', async () => {
      const calm = { sentiment: { ...anAnalysis().sentiment, polarity: 'neutral' as const, score: 0 } };
      await tell(articleOf(0, calm));
      await past();
      await relearnDetector(deps);
      clock += HOUR_MS;
      await tell(articleOf(1, calm));
      const pages = await deps.journal.after(0, 10);
      expect(pages.map(({ relearned }) => relearned === true)).toEqual([false, true, false]);
      expect(await raised()).toEqual([]);
    }, 120_000);
  });
}
