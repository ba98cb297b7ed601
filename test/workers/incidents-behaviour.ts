import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { AlertRule } from '../../src/detection/alert-rule.ts';
import type { Alert } from '../../src/domain/alert.ts';
import type { Article } from '../../src/domain/article.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { ease, resolve, versionOf } from '../../src/domain/incident.ts';
import { mergeInto } from '../../src/domain/incident-parts.ts';
import { withArticle } from '../../src/domain/story.ts';
import { HOUR_MS } from '../../src/domain/time.ts';
import { actOnIncident } from '../../workers/act-on-incident.ts';
import { planRound } from '../../workers/plan-notifications.ts';
import { raiseAlert } from '../../workers/raise-alert.ts';
import { reviewIncidents } from '../../workers/review-incidents.ts';
import type { Deps } from '../../workers/stage.ts';
import { verifyAlert } from '../../workers/verify-alert.ts';
import { anAlert, anAnalysis, anArticle } from '../support/factories.ts';

const AT = '2026-03-02T02:00:00.000Z';
const hours = (n: number) => new Date(Date.parse(AT) + n * HOUR_MS).toISOString();
const SERIES = 'facility:bv-mau';
const negative = { ...anAnalysis().sentiment, polarity: 'negative' as const, score: -0.8 };

/** Five texts of their own and three copies of the first, of which one is counted. */
function pressOfADay(): Article[] {
  return Array.from({ length: 8 }, (_, at) =>
    anArticle({
      id: `a${at}`,
      url: `https://bao.example/a${at}`,
      outletId: `bao-${at}`,
      newsroom: `bao-${at}`,
      tier: at === 4 ? 'central' : 'provincial',
      storyId: at < 5 ? `s${at}` : 's0',
      copyNumber: at < 5 ? 1 : at - 3,
      sentiment: at === 3 ? anAnalysis().sentiment : negative,
      mentions: [{ kind: 'facility', id: 'bv-mau', name: 'Bệnh viện Mẫu', province: '79', start: 0, end: 9 }],
      series: [SERIES],
      firstSeenAt: hours(-8 + at),
      indexedAt: hours(-8 + at),
    }),
  );
}

/** Incidents over real stores: alerts gathered, told once, counted again, and what people do with them. */
export function incidentsBehaviour(
  name: string,
  open: () => Promise<{ deps: Deps; clear: () => Promise<unknown>; close: () => Promise<unknown> }>,
): void {
  describe(`incidents: ${name}`, { timeout: 120_000 }, () => {
    let deps: Deps;
    let clear: () => Promise<unknown>;
    let close: () => Promise<unknown>;
    let clock: string;
    beforeAll(async () => {
      const opened = await open();
      ({ clear, close } = opened);
      const quiet = { name: 'log', deliver: async () => ({}) };
      deps = { ...opened.deps, now: () => new Date(clock), channels: [quiet] };
    }, 120_000);
    afterAll(() => close?.());
    beforeEach(async () => {
      clock = AT;
      await clear();
    });

    const rule = (): AlertRule => {
      const [first] = deps.alertRules;
      if (first === undefined) throw new Error('No rule is shipped');
      return { ...first, growthToRepeat: 2 };
    };
    const alertOf = (overrides: Partial<Alert> = {}) =>
      anAlert({ series: SERIES, at: clock, dataWatermarkAt: clock, severity: 'watch', ...overrides });

    async function raise(alert: Alert): Promise<{ incident: Incident; steps: string[] } | undefined> {
      const raised = await raiseAlert(alert, rule(), [], await deps.incidents.list(), deps);
      if (raised === undefined) return undefined;
      const planned = await deps.incidents.notificationsOf(raised.incident.id);
      const told = planned.map(({ step }) => step).filter((step) => !/^(?:reminder|escalation)-/.test(step));
      return { incident: raised.incident, steps: [...new Set(told)] };
    }

    async function find(id: string): Promise<Incident> {
      const incident = await deps.incidents.find(id);
      if (incident === undefined) throw new Error(`No incident ${id}`);
      return incident;
    }

    async function publish(): Promise<Article[]> {
      const articles = pressOfADay();
      await deps.articles.save(articles);
      for (const article of articles) {
        const join = { storyId: article.storyId, isIndependent: article.copyNumber === 1 };
        await deps.stories.update(article.storyId, (story) => withArticle(story, article, join));
      }
      return articles;
    }

    /** What the detector would have stated of them. */
    const stated = () =>
      alertOf({
        observed: 6,
        negative: 5,
        windowHours: 24,
        articleIds: ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'],
        firstOutletId: 'bao-0',
        firstArticleAt: hours(-8),
        independentNewsrooms: ['bao-0', 'bao-1', 'bao-2', 'bao-3', 'bao-4'],
        storyIds: ['s0', 's1', 's2', 's4'],
        copiesFolded: 2,
      });

    it('counts an alert’s figures again from the index', async () => {
      await publish();
      const again = await verifyAlert(stated(), deps);
      expect(again.differences).toEqual([]);
      expect(again).toMatchObject({
        figures: { observed: 6, negative: 5, copiesFolded: 2 },
        provinces: ['79'],
        tiers: ['provincial', 'central'],
        missing: [],
        correctedSince: [],
        unknownStories: [],
      });
    });

    it('finds out a figure that is wrong', async () => {
      await publish();
      const again = await verifyAlert({ ...stated(), negative: 6, copiesFolded: 0 }, deps);
      expect(again.differences).toEqual([
        { field: 'negative', stated: 6, recomputed: 5 },
        { field: 'copiesFolded', stated: 0, recomputed: 2 },
      ]);
    });

    it('says what was corrected, read again or removed since', async () => {
      const articles = await publish();
      const [first, second, third] = articles as [Article, Article, Article];
      const machine = {
        languageVersion: 'x',
        isHealth: true,
        polarity: 'negative',
        topics: [],
        mentions: [],
      } as const;
      await deps.articles.save([
        {
          ...second,
          sentiment: anAnalysis().sentiment,
          corrected: { ids: ['c1'], fields: ['polarity'], by: 'Thu Hà', at: hours(1), machine },
        },
        { ...third, indexedAt: hours(2) },
      ]);
      await deps.articles.remove(first.id);
      const again = await verifyAlert(stated(), deps);
      expect(again).toMatchObject({ missing: ['a0'], correctedSince: ['a1'], indexedSince: ['a2'] });
      expect(again.differences).toContainEqual({ field: 'negative', stated: 5, recomputed: 3 });
    });

    it('opens, grows, rises and tells each step once, however often an alert is raised', async () => {
      const first = alertOf();
      expect(await raise(first)).toMatchObject({ steps: ['opened'], incident: { severity: 'watch' } });
      clock = hours(1);
      const grown = alertOf({ id: 'grown', observed: 9, changed: 'thêm / more' });
      expect((await raise(grown))?.steps).toEqual(['opened', 'grown-9']);
      clock = hours(2);
      const worse = alertOf({ id: 'worse', severity: 'serious' });
      expect((await raise(worse))?.steps).toEqual(['opened', 'grown-9', 'worse-serious']);
      for (const alert of [first, grown, worse]) {
        const again = await raise(alert);
        expect(again?.steps).toHaveLength(3);
        expect(again?.incident.alertIds).toEqual([first.id, 'grown', 'worse']);
      }
      expect(await deps.incidents.list()).toHaveLength(1);
    });

    it('keeps an echo of a resolved matter, and opens the matter again when it grows', async () => {
      const { incident } = (await raise(alertOf({ observed: 6 }))) ?? { incident: undefined };
      const id = incident?.id ?? '';
      await deps.incidents.update(id, (current) => resolve(current, 'false', 'Trực', clock));
      clock = hours(3);
      expect(await raise(alertOf({ id: 'echo', observed: 7 }))).toBeUndefined();
      expect(await find(id)).toMatchObject({ status: 'resolved', verdict: 'false', updatedAt: AT });
      expect((await deps.incidents.alertsOf(id)).map((alert) => alert.id)).toContain('echo');
      clock = hours(5);
      const again = await raise(alertOf({ id: 'more', observed: 14 }));
      expect(again?.incident).toMatchObject({ id, status: 'open', reopenedAt: clock });
      expect(again?.incident.verdict).toBeUndefined();
      expect(again?.steps.at(-1)).toMatch(/^reopened-\d+$/);
      expect((await raise(alertOf({ id: 'more', observed: 14 })))?.steps).toEqual(again?.steps);
    });

    it('is quiet while somebody has put it off, speaks up for what is worse, and asks again when the time is over', async () => {
      const id = (await raise(alertOf()))?.incident.id ?? '';
      const order = { incidentId: id, version: 1, by: 'Trực' };
      const tooLong = { ...order, action: { kind: 'snooze', minutes: 24 * 60 + 1 } } as const;
      await expect(actOnIncident(tooLong, deps)).rejects.toThrow('so long');
      await actOnIncident({ ...order, action: { kind: 'snooze', minutes: 120 } }, deps);
      expect(await find(id)).toMatchObject({
        status: 'acknowledged',
        acknowledgedBy: 'Trực',
        snoozedUntil: hours(2),
      });
      const before = await deps.incidents.notificationsOf(id);
      clock = hours(1);
      await planRound(deps);
      expect(await deps.incidents.notificationsOf(id)).toEqual(before);
      clock = hours(2);
      const jobs = await planRound(deps);
      expect(jobs.length).toBeGreaterThan(0);
      const woken = await find(id);
      expect(woken).toMatchObject({ status: 'open', reopenedAt: clock });
      expect(woken?.snoozedUntil).toBeUndefined();
      const told = await deps.incidents.notificationsOf(id);
      expect(told.at(-1)?.step).toBe(`woken-${(woken?.history.length ?? 0) - 1}`);
      await planRound(deps);
      expect(await deps.incidents.notificationsOf(id)).toHaveLength(told.length);

      await actOnIncident(
        { ...order, version: versionOf(woken as Incident), action: { kind: 'snooze', minutes: 60 } },
        deps,
      );
      const worse = await raise(alertOf({ id: 'worse', severity: 'critical' }));
      expect(worse?.steps.at(-1)).toMatch(/^worse-critical/);
      expect((await find(id))?.snoozedUntil).toBeUndefined();
    });

    it('lets severity fall with silence once somebody has taken it, and again rise with an alert', async () => {
      const opened = await raise(alertOf({ severity: 'critical' }));
      const id = opened?.incident.id ?? '';
      expect(await reviewIncidents(deps, new Date(hours(20)))).toEqual([]);
      const take = { incidentId: id, version: 1, by: 'Trực', action: { kind: 'acknowledge' } } as const;
      await actOnIncident(take, deps);
      const [eased] = await reviewIncidents(deps, new Date(hours(20)));
      expect(eased).toMatchObject({ id, severity: 'serious' });
      expect(eased?.history.at(-1)).toMatchObject({
        what: 'eased',
        from: 'critical',
        to: 'serious',
        by: 'nhip-yte',
      });
      expect(await reviewIncidents(deps, new Date(hours(21)))).toEqual([]);
      clock = hours(22);
      const again = await raise(alertOf({ id: 'again', severity: 'critical' }));
      expect(again?.steps.at(-1)).toBe('worse-critical');
    });

    it('sends what comes for a merged matter to where it went, and finishes a merge that was cut short', async () => {
      const a = (await raise(alertOf()))?.incident as Incident;
      const b = (await raise(alertOf({ id: 'b', series: 'facility:bv-khac', storyIds: ['s9'] })))
        ?.incident as Incident;
      expect(b.id).not.toBe(a.id);
      // The process ended between the two writes.
      await deps.incidents.update(b.id, (current) => mergeInto(current, a, { by: 'Trực', at: clock }));
      await reviewIncidents(deps, new Date(clock));
      expect(await find(a.id)).toMatchObject({ mergedFrom: [b.id], storyIds: ['s1', 's9'] });
      clock = hours(1);
      const next = await raise(alertOf({ id: 'n', series: 'facility:bv-khac', storyIds: ['s9', 's10'] }));
      expect(next?.incident.id).toBe(a.id);

      const undo = {
        incidentId: b.id,
        version: versionOf(await find(b.id)),
        by: 'Trực',
        action: { kind: 'unmerge' },
      } as const;
      await actOnIncident(undo, deps);
      expect(await find(b.id)).toMatchObject({ status: 'open', alertIds: ['b', 'n'] });
      expect((await find(a.id)).storyIds).toEqual(['s1']);
      clock = hours(2);
      const later = await raise(alertOf({ id: 'm', series: 'facility:bv-khac', storyIds: ['s11'] }));
      expect(later?.incident.id).toBe(b.id);
    });

    it('refuses a person who saw another version, and writes nothing', async () => {
      const { incident } = (await raise(alertOf())) as { incident: Incident };
      await deps.incidents.update(incident.id, (current) =>
        ease({ ...current, severity: 'serious' }, { severity: 'watch', why: 'x / x' }, clock),
      );
      const order = { incidentId: incident.id, version: 1, by: 'Trực' };
      const closing = { ...order, action: { kind: 'resolve', verdict: 'true' } } as const;
      await expect(actOnIncident(closing, deps)).rejects.toThrow('changed meanwhile: eased by nhip-yte');
      expect((await find(incident.id)).status).toBe('open');
      expect(await actOnIncident({ ...closing, incidentId: 'none' }, deps)).toBeUndefined();
    });
  });
}
