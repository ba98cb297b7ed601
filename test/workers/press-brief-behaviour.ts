import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import { joinAlert, openIncident, resolve } from '../../src/domain/incident.ts';
import {
  approveBrief,
  BriefConflictError,
  BriefTransitionError,
  editBrief,
  type PressBrief,
} from '../../src/domain/press-brief.ts';
import { withArticle } from '../../src/domain/story.ts';
import { gatherPressBrief } from '../../workers/gather-press-brief.ts';
import { differenceOf, makePressBrief, remakePressBrief } from '../../workers/keep-press-briefs.ts';
import type { Deps } from '../../workers/stage.ts';
import { anAlert, anArticle } from '../support/factories.ts';

/** A Wednesday, 07:30 in Vietnam; its brief begins at 07:00 on Tuesday. */
const NOW = new Date('2026-03-04T00:30:00.000Z');
const DAY = '2026-03-04';
const PERIOD = { from: '2026-03-03T00:00:00.000Z', to: '2026-03-04T00:00:00.000Z' };

const POLARITIES = {
  negative: -0.6,
  neutral: 0,
  positive: 0.6,
} as const;

function told(
  id: string,
  overrides: Partial<Article> & { polarity?: keyof typeof POLARITIES } = {},
): Article {
  const { polarity = 'neutral', ...rest } = overrides;
  const outletId = rest.outletId ?? 'bao-a';
  const score = POLARITIES[polarity];
  return anArticle({
    id,
    url: `https://bao.example/${id}.html`,
    outletId,
    outletName: outletId,
    newsroom: outletId,
    storyId: 's1',
    firstSeenAt: '2026-03-03T05:00:00.000Z',
    title: `Tin ${id}`,
    summary: `Câu tóm tắt của bài ${id} ở đây.`,
    sentiment: { ...anArticle().sentiment, polarity, score },
    ...rest,
  });
}

/** Press briefs over real stores: counted, kept, compared with what the archive has become. */
export function pressBriefBehaviour(
  name: string,
  open: () => Promise<{ deps: Deps; clear: () => Promise<unknown>; close: () => Promise<unknown> }>,
): void {
  describe(`press briefs: ${name}`, { timeout: 120_000 }, () => {
    let deps: Deps;
    let clear: () => Promise<unknown>;
    let close: () => Promise<unknown>;
    let now = NOW;
    beforeAll(async () => {
      const opened = await open();
      ({ clear, close } = opened);
      deps = { ...opened.deps, now: () => now };
    }, 120_000);
    beforeEach(async () => {
      now = NOW;
      await clear();
    });
    afterAll(() => close?.());

    async function archive(...articles: Article[]): Promise<void> {
      await deps.articles.save(articles);
      for (const article of articles) {
        await deps.stories.update(article.storyId, (story) =>
          withArticle(story, article, { storyId: article.storyId, isIndependent: article.copyNumber === 1 }),
        );
      }
    }

    const made = async () => (await gatherPressBrief(PERIOD, {}, deps)).model;

    describe('the press brief of a period', () => {
      it('counts what was first seen in it, to the millisecond', async () => {
        await archive(
          told('before', { storyId: 's1', firstSeenAt: '2026-03-02T23:59:59.999Z' }),
          told('first', { storyId: 's1', firstSeenAt: PERIOD.from, polarity: 'negative' }),
          told('copy', { storyId: 's1', outletId: 'bao-b', copyNumber: 2, tier: 'provincial' }),
          told('last', { storyId: 's2', firstSeenAt: '2026-03-03T23:59:59.999Z', polarity: 'positive' }),
          told('after', { storyId: 's2', firstSeenAt: PERIOD.to }),
        );
        const { totals, stories } = await made();
        expect(totals).toMatchObject({
          articles: 3,
          stories: 2,
          newsrooms: 2,
          polarity: { negative: 1, neutral: 1, positive: 1 },
        });
        expect(stories[0]).toMatchObject({
          id: 's1',
          lead: { articleId: 'first' },
          earlier: { outletName: 'Báo A', at: '2026-03-02T23:59:59.999Z', articles: 1 },
          articles: 2,
          copies: 1,
          newsrooms: ['bao-a'],
          tiers: ['national', 'provincial'],
        });
        expect(stories[1]?.earlier).toBeUndefined();
      });

      it('puts severity before negative newsrooms, those before tier, that before size', async () => {
        await archive(
          told('small', { storyId: 'small' }),
          told('criticised', {
            storyId: 'criticised',
            sentiment: { ...anArticle().sentiment, stance: { polarity: 'negative', score: -0.5 } },
          }),
          told('harmful', { storyId: 'harmful', harmTerms: ['tử vong'] }),
          told('big-1', { storyId: 'big' }),
          told('big-2', { storyId: 'big' }),
          told('central', { storyId: 'central', tier: 'central' }),
          told('neg-1', { storyId: 'negative', polarity: 'negative' }),
          told('neg-2', { storyId: 'negative', polarity: 'negative', outletId: 'bao-b' }),
          told('known', { storyId: 'incident', tier: 'aggregator' }),
        );
        const alert = anAlert({
          storyIds: ['incident'],
          articleIds: ['known'],
          at: '2026-03-03T06:00:00.000Z',
        });
        await deps.incidents.open(openIncident(alert, 'Sự việc'));
        const { stories } = await made();
        expect(stories.map(({ id }) => id)).toEqual([
          'incident',
          'negative',
          'central',
          'big',
          'criticised',
          'harmful',
          'small',
        ]);
        expect(stories[1]?.importance).toEqual({
          negativeNewsrooms: 2,
          tier: 'national',
          articles: 2,
          criticised: 0,
          harmful: 0,
        });
      });

      it('tells of incidents as they stood when the period ended', async () => {
        await archive(told('known'));
        const first = anAlert({
          id: 'a',
          storyIds: ['s1'],
          articleIds: ['known'],
          at: '2026-03-03T06:00:00.000Z',
        });
        const later = anAlert({ ...first, id: 'b', severity: 'critical', at: '2026-03-04T00:10:00.000Z' });
        const opened = joinAlert(openIncident(first, 'Sự việc'), later);
        await deps.incidents.open(resolve(opened, 'false', 'Trực ban', '2026-03-04T00:20:00.000Z'));
        const early = anAlert({ ...first, id: 'c', at: '2026-03-04T00:05:00.000Z' });
        await deps.incidents.open({ ...openIncident(early, 'Mở sau kỳ'), id: 'incident-c' });
        const [story] = (await made()).stories;
        expect(story?.incidents).toEqual([
          { id: 'incident-a', title: 'Sự việc', severity: 'serious', status: 'open', alerts: 1 },
        ]);
      });

      it('compares with the same hours of the weeks before, as far as there are any', async () => {
        await archive(
          told('now'),
          told('week-1', { firstSeenAt: '2026-02-24T03:00:00.000Z', polarity: 'negative' }),
          told('week-1-outside', { firstSeenAt: '2026-02-25T03:00:00.000Z' }),
          told('week-3', { firstSeenAt: '2026-02-10T03:00:00.000Z' }),
        );
        expect((await made()).totals.usual).toEqual([
          { from: '2026-02-24T00:00:00.000Z', to: '2026-02-25T00:00:00.000Z', articles: 1, negative: 1 },
          { from: '2026-02-10T00:00:00.000Z', to: '2026-02-11T00:00:00.000Z', articles: 1, negative: 0 },
        ]);
      });

      it('is the same byte by byte whenever it is asked for, and however the archive grew', async () => {
        const articles = ['a', 'b', 'c', 'd', 'e'].map((id, at) =>
          told(id, { storyId: `s${at % 2}`, outletId: `bao-${id}`, firstSeenAt: '2026-03-03T05:00:00.000Z' }),
        );
        await archive(...articles);
        const before = JSON.stringify(await made());
        now = new Date('2026-09-01T00:00:00.000Z');
        await archive(told('much-later', { storyId: 's0', firstSeenAt: '2026-08-01T00:00:00.000Z' }));
        expect(JSON.stringify(await made())).toBe(before);
        await clear();
        await archive(...[...articles].reverse());
        expect(JSON.stringify(await made())).toBe(before);
      });

      it('quotes only words that stand in one of its articles', async () => {
        await archive(told('a'), told('b', { storyId: 's2', summary: 'Ngắn.', body: '' }));
        const { stories } = await made();
        expect(stories.map(({ quotation }) => quotation?.text)).toEqual([
          'Câu tóm tắt của bài a ở đây.',
          undefined,
        ]);
      });

      it.each([
        [{ from: PERIOD.to, to: PERIOD.from }],
        [{ from: PERIOD.to, to: PERIOD.to }],
        [{ from: '2026-01-01T00:00:00.000Z', to: PERIOD.to }],
        [{ from: 'x', to: PERIOD.to }],
      ])('is of no such period as %o', async (period) => {
        await expect(gatherPressBrief(period, {}, deps)).rejects.toMatchObject({ reason: 'bad-period' });
      });
    });

    describe('a kept press brief', () => {
      const make = () => makePressBrief({ day: DAY, by: 'Biên tập A' }, deps);
      const change = (to: (brief: PressBrief) => PressBrief) => deps.office.update('press-brief', DAY, to);

      it('is made once for its day, with the office’s own signature', async () => {
        await archive(told('a'));
        const [one, two] = await Promise.all([make(), make()]);
        expect(one).toEqual(two);
        expect(one).toMatchObject({
          id: DAY,
          at: PERIOD.to,
          status: 'draft',
          version: 1,
          dataWatermarkAt: '2026-03-03T05:00:00.000Z',
          edits: {
            order: ['s1'],
            signature: deps.letterhead.signature,
            recipients: deps.letterhead.recipients,
          },
          history: [{ what: 'made' }],
        });
      });

      it('tells briefs of other periods and of one topic apart', async () => {
        await archive(told('a'));
        const by = 'A';
        const whole = await makePressBrief({ period: PERIOD, by }, deps);
        const topic = await makePressBrief({ period: PERIOD, by, filter: { topic: 'treatment' } }, deps);
        const hours = await makePressBrief(
          { period: { ...PERIOD, from: '2026-03-03T04:00:00.000Z' }, by },
          deps,
        );
        expect(new Set([whole.id, topic.id, hours.id]).size).toBe(3);
        expect(whole.id).toBe(DAY);
      });

      it('says what has changed in the archive since, and takes it over without losing a word', async () => {
        await archive(told('a'), told('b', { storyId: 's2' }), told('gone', { storyId: 's3' }));
        await make();
        const brief = (await deps.office.find('press-brief', DAY)) as PressBrief;
        expect((await differenceOf(brief, deps)).isSame).toBe(true);
        await change((current) =>
          editBrief(
            current,
            {
              ...current.edits,
              order: ['s2', 's1', 's3'],
              proposals: { s2: 'Đề nghị phát ngôn' },
              remarks: 'Yên ắng',
            },
            { by: 'Biên tập A', at: NOW.toISOString() },
          ),
        );
        await archive(
          told('late', { storyId: 's4', polarity: 'negative' }),
          told('a', {
            polarity: 'negative',
            corrected: {
              ids: ['c'],
              fields: ['polarity'],
              by: 'A',
              at: NOW.toISOString(),
              machine: {
                languageVersion: '1',
                isHealth: true,
                polarity: 'neutral',
                topics: [],
                mentions: [],
              },
            },
          }),
          told('b', { storyId: 's2', polarity: 'positive' }),
        );
        await deps.articles.remove('gone');
        const difference = await differenceOf(brief, deps);
        expect(difference).toMatchObject({
          added: ['late'],
          removed: ['gone'],
          corrected: ['a'],
          rejudged: ['b'],
          moved: [],
          isSame: false,
        });
        const remade = await remakePressBrief({ id: DAY, version: 2, by: 'Biên tập B' }, deps);
        expect(remade?.edits).toMatchObject({
          order: ['s4', 's2', 's1'],
          proposals: { s2: 'Đề nghị phát ngôn' },
          remarks: 'Yên ắng',
        });
        expect(remade?.model.totals.articles).toBe(3);
        expect(remade?.history.map(({ what, by }) => [what, by])).toEqual([
          ['made', 'Biên tập A'],
          ['edited', 'Biên tập A'],
          ['remade', 'Biên tập B'],
        ]);
      });

      it('refuses a write that rests on an older version, and any edit once it is approved', async () => {
        await archive(told('a'));
        await make();
        const act = { by: 'A', at: NOW.toISOString() };
        await change((brief) => approveBrief(brief, act));
        await expect(remakePressBrief({ id: DAY, version: 1, by: 'B' }, deps)).rejects.toBeInstanceOf(
          BriefConflictError,
        );
        await expect(remakePressBrief({ id: DAY, version: 2, by: 'B' }, deps)).rejects.toBeInstanceOf(
          BriefTransitionError,
        );
        await expect(
          change((brief) => editBrief(brief, { ...brief.edits, remarks: 'x' }, act)),
        ).rejects.toBeInstanceOf(BriefTransitionError);
        expect(await remakePressBrief({ id: 'none', version: 1, by: 'B' }, deps)).toBeUndefined();
      });

      it('keeps its history bounded, and one edit of many saves', async () => {
        await archive(told('a'));
        let brief = await make();
        for (let minute = 0; minute < 300; minute++) {
          const at = new Date(NOW.getTime() + minute * 60_000).toISOString();
          brief = editBrief(
            brief,
            { ...brief.edits, remarks: String(minute) },
            { by: `Biên tập ${minute % 2}`, at },
          );
        }
        expect(brief.version).toBe(301);
        expect(brief.history.length).toBe(200);
        expect(brief.history[0]?.what).toBe('made');
        const one = { by: 'A', at: NOW.toISOString() };
        const twice = editBrief(
          editBrief(await make(), { ...brief.edits, number: '1' }, one),
          { ...brief.edits, number: '2' },
          one,
        );
        expect(twice.history.map(({ what, fields }) => [what, fields])).toEqual([
          ['made', undefined],
          ['edited', ['remarks', 'number']],
        ]);
      });
    });
  });
}
