import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { seriesOfQuery } from '../../src/console/forecast-series.ts';
import type { Forecast } from '../../src/detection/forecast.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

const SERIES = 'facility:bv-cho-ray';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
  await fixture.seed();
}, 120_000);
afterAll(() => fixture.close());

const get = async (url: string) => {
  const answer = await fixture.server.inject(url);
  return { status: answer.statusCode, json: answer.json() };
};
const page = async (url: string) => (await fixture.server.inject(url)).body;

describe('GET /api/v1/forecast', () => {
  it('says what is to come of a series, and what such forecasts were worth', async () => {
    const { status, json } = await get(`/api/v1/forecast?series=${SERIES}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ series: SERIES, dataWatermarkAt: '2026-03-02T07:25:00.000Z' });
    const { at, outlooks, record, days } = json.forecast as Forecast;
    // Whole hours only: it is 14:30.
    expect(at).toBe('2026-03-02T07:00:00.000Z');
    expect(outlooks.map(({ hours }) => hours)).toEqual([24, 72]);
    expect(outlooks[1].expected).toBeGreaterThan(outlooks[0].expected);
    expect(record.past).toHaveLength(14);
    expect(days.some(({ isExpected }) => isExpected)).toBe(true);
  });

  it('expects nothing of what nobody writes about', async () => {
    const { json } = await get('/api/v1/forecast?series=topic:nothing-of-the-kind');
    expect((json.forecast as Forecast).outlooks.map(({ low, high }) => [low, high])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('refuses what is no series', async () => {
    for (const query of ['', '?series=', '?series=incidents', '?series=planet:mars']) {
      expect((await get(`/api/v1/forecast${query}`)).status).toBe(400);
    }
  });
});

describe('GET /api/v1/incidents/:id/forecast', () => {
  it('is of the incident', async () => {
    const [incident] = await fixture.deps.incidents.list();
    const { status, json } = await get(`/api/v1/incidents/${incident?.id}/forecast`);
    expect(status).toBe(200);
    expect(json.incidentId).toBe(incident?.id);
    expect(json.forecast.series).toEqual([SERIES]);
  });

  it('is not found where the incident is not', async () => {
    expect((await get('/api/v1/incidents/none/forecast')).status).toBe(404);
  });
});

describe('the forecast on pages', () => {
  it('stands on the page of an incident, in words, figures and a chart, with its error', async () => {
    const [incident] = await fixture.deps.incidents.list();
    const vi = await page(`/incidents/${incident?.id}`);
    expect(vi).toContain('<h2>Dự báo</h2>');
    expect(vi).toContain('24 giờ tới');
    expect(vi).toMatch(/Sai số 14 lần trước \(24 giờ\): trung bình lệch [\d,]+ bài/);
    expect(vi).toMatch(/<svg class="chart wide"[^>]* aria-label="Biểu đồ cột: số bài mỗi ngày/);
    const { forecast } = (await get(`/api/v1/incidents/${incident?.id}/forecast`)).json;
    const [{ low, high }] = (forecast as Forecast).outlooks;
    expect(vi).toContain(low === high ? `>${low} <small>` : `>${low} – ${high} <small>`);
  });

  it('stands in trends where one series is chosen, and nowhere else', async () => {
    expect(await page('/trends?topic=food-safety')).toContain('<h2>Dự báo</h2>');
    expect(await page(`/trends?series=${SERIES}`)).toContain('<h2>Dự báo</h2>');
    expect(await page('/trends')).not.toContain('<h2>Dự báo</h2>');
    expect(await page('/trends?topic=food-safety&polarity=negative')).not.toContain('<h2>Dự báo</h2>');
  });

  it('is left out while the archive is too young to tell', async () => {
    const young = await openTestConsole({ now: () => new Date('2026-02-03T07:30:00.000Z') });
    try {
      await young.seed();
      expect((await young.server.inject(`/api/v1/forecast?series=${SERIES}`)).json().forecast).toBeNull();
      expect((await young.server.inject('/trends?topic=food-safety&period=all')).body).not.toContain(
        '<h2>Dự báo</h2>',
      );
    } finally {
      await young.close();
    }
  }, 60_000);
});

describe('the series that a query asks for', () => {
  it('is what one field names, or a topic in a province', () => {
    expect(seriesOfQuery({ topic: 'incidents', period: '7d' })).toBe('topic:incidents');
    expect(seriesOfQuery({ province: '79' })).toBe('province:79');
    expect(seriesOfQuery({ facility: 'bv-x', from: '2026-01-01' })).toBe('facility:bv-x');
    expect(seriesOfQuery({ story: 's1' })).toBe('story:s1');
    expect(seriesOfQuery({ series: 'disease:soi' })).toBe('disease:soi');
    expect(seriesOfQuery({ topic: 'incidents', province: '79' })).toBe('province-topic:79/incidents');
  });

  it('is none where anything else narrows it', () => {
    expect(seriesOfQuery({})).toBeUndefined();
    expect(seriesOfQuery({ topic: 'incidents', polarity: 'negative' })).toBeUndefined();
    expect(seriesOfQuery({ topic: 'incidents', facility: 'bv-x' })).toBeUndefined();
    expect(seriesOfQuery({ q: 'ngộ độc' })).toBeUndefined();
  });
});
