import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredNames } from '../../src/console/registered-names.ts';
import { readTrendQuery, trendSearch } from '../../src/console/trend-query.ts';
import { trendReport } from '../../src/console/trend-report.ts';
import type { ArticleStore } from '../../src/ports/article-store.ts';
import type { EntryStore } from '../../src/ports/entry-store.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

const DAY = 86_400_000;
const day = (at: number) => new Date(Date.UTC(2026, 0, 5) + at * DAY).toISOString().slice(0, 10);
const weekend = (at: number) => at % 7 > 4;

describe('trendReport', () => {
  /** Ten weeks of ten articles a day, six of them on the last Wednesday, when one of two outlets was silent. */
  const deps = {
    now: () => new Date('2026-03-15T20:00:00.000Z'),
    articles: {
      trend: async ({ from = '', to = '9' }) =>
        Array.from({ length: 70 }, (_, at) => ({
          bucket: day(at),
          negative: 2,
          neutral: at === 65 ? 3 : 7,
          positive: at === 65 ? 0 : 1,
        })).filter(({ bucket }) => bucket >= from.slice(0, 10) && bucket < to),
    } as unknown as ArticleStore,
    entries: {
      foundPer: async () =>
        Array.from({ length: 70 }, (_, at) =>
          ['a', 'b', 'stranger'].map((outletId) => ({
            outletId,
            bucket: day(at),
            count: at === 65 && outletId === 'b' ? 0 : weekend(at) ? 10 : 20,
          })),
        ).flat(),
    } as unknown as EntryStore,
    outlets: new Map(['a', 'b'].map((id) => [id, { id }])) as never,
    holidays: [{ name: 'tet' as const, from: '2026-03-08T17:00:00.000Z', to: '2026-03-09T17:00:00.000Z' }],
  };
  const filter = { from: '2026-03-01T17:00:00.000Z' };

  it('says what is usual of a weekday, when outlets were down, and which days are unlike others', async () => {
    const { points } = await trendReport(filter, [], 'day', 370, deps);
    expect(points.map(({ bucket }) => bucket)).toEqual(Array.from({ length: 15 }, (_, at) => day(56 + at)));
    const byDay = new Map(points.map((point) => [point.bucket, point]));
    expect(byDay.get(day(65))).toMatchObject({ uptime: 0.5, down: ['b'], shade: 'down' });
    expect(byDay.get(day(65))?.usual).toMatchObject({ median: 10, weeks: 8 });
    expect(byDay.get(day(63))?.shade).toBe('holiday');
    expect(byDay.get(day(61))?.shade).toBe('weekend');
    expect(byDay.get(day(66))).toMatchObject({ uptime: 1, down: [] });
    expect(byDay.get(day(66))?.shade).toBeUndefined();
  });

  it('draws further lines over the same days', async () => {
    const { points, others } = await trendReport(
      filter,
      [{ series: 'topic:x' }, { from: day(68) }],
      'day',
      5,
      deps,
    );
    expect(others.map((line) => line.map(({ bucket }) => bucket))).toEqual(
      Array(2).fill(points.map(({ bucket }) => bucket)),
    );
    expect(others[1]?.map(({ negative }) => negative)).toEqual([0, 0, 2, 2, 0]);
  });

  it('has nothing to say of an empty archive', async () => {
    const articles = { trend: async () => [] } as unknown as ArticleStore;
    expect(await trendReport({}, [], 'day', 370, { ...deps, articles })).toEqual({ points: [], others: [] });
  });
});

describe('readTrendQuery', () => {
  const names = {
    mentions: registeredNames(
      new Map([
        ['province:79', 'Thành phố Hồ Chí Minh'],
        ['disease:soi', 'Sởi'],
      ]),
    ),
    topics: new Map([['food-safety', { vi: 'An toàn thực phẩm', en: 'Food safety' }]]),
  };

  it('knows a series by its name, with or without diacritics, and keeps it in the address', () => {
    const asked = readTrendQuery(
      { topic: 'incidents', vs: 'disease:soi', add: 'thanh pho ho chi minh' },
      names,
    );
    expect(asked.others).toEqual(['disease:soi', 'province:79']);
    expect(trendSearch(asked)).toBe('?topic=incidents&vs=disease%3Asoi%2Cprovince%3A79');
    expect(readTrendQuery({ add: 'Food safety' }, names).others).toEqual(['topic:food-safety']);
  });

  it('says what it does not know, and takes four at most', () => {
    expect(readTrendQuery({ add: 'Sao Hoả' }, names)).toMatchObject({ others: [], unknown: 'Sao Hoả' });
    expect(
      readTrendQuery({ vs: 'disease:a,disease:b,nonsense,disease:c,disease:d,disease:e' }, names).others,
    ).toHaveLength(4);
  });
});

describe('the page of trends', () => {
  let fixture: TestConsole;
  beforeAll(async () => {
    fixture = await openTestConsole();
    await fixture.seed();
  });
  afterAll(() => fixture.close());

  it('compares series, links every figure to its articles, and takes one away again', async () => {
    const { body, statusCode } = await fixture.server.inject(
      '/trends?period=30d&vs=province:79,topic:food-safety',
    );
    expect(statusCode).toBe(200);
    expect(body.match(/class="chart wide"/g)).toHaveLength(2);
    expect(body).toContain('/articles?period=30d&amp;series=province%3A79');
    expect(body).toContain('/trends?period=30d&amp;vs=topic%3Afood-safety');
    expect(body).not.toContain('style="');
  });

  it('scales counts to what they would be with every outlet heard, where asked', async () => {
    const { body } = await fixture.server.inject('/trends?measure=rate');
    expect(body).toContain('Quy về đủ nguồn báo');
    expect(body).toMatch(/measure=rate" aria-current="true"/);
  });

  it('gives back a name that it does not know', async () => {
    const { body } = await fixture.server.inject('/trends?add=%3Cb%3E');
    expect(body).toContain('Không biết “&lt;b>”');
  });
});
