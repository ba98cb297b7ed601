import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { forecast } from '../../src/detection/forecast.ts';
import { forecastLines } from '../../src/detection/message/forecast-lines.ts';
import type { Article } from '../../src/domain/article.ts';
import { openIncident } from '../../src/domain/incident.ts';
import type { NotificationMessage } from '../../src/domain/notification.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { forecastInWords, forecastOf, forecastOfIncident } from '../../workers/forecast-of.ts';
import { notifyOfficers } from '../../workers/notify-officers.ts';
import { openTestDeps } from '../support/deps.ts';
import { anAlert, anArticle } from '../support/factories.ts';

const HOUR_MS = 3_600_000;
/** 10:40 in Vietnam. */
const NOW = new Date('2026-03-02T03:40:00.000Z');
const DAYS = 20;
const FACILITY = 'facility:bv-mau';
const DISEASE = 'disease:benh-mau';

/** Two a day about the facility, one of which names the disease, and one of the disease alone; and of the last hour. */
function press(): Article[] {
  const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS).toISOString();
  const written = (id: string, hours: number, series: readonly SeriesKey[]) =>
    anArticle({ id, firstSeenAt: ago(hours), indexedAt: ago(hours), series, storyId: id });
  const daily = Array.from({ length: DAYS }, (_, day) => [
    written(`both-${day}`, day * 24 + 3, [FACILITY, DISEASE]),
    written(`facility-${day}`, day * 24 + 5, [FACILITY]),
    written(`disease-${day}`, day * 24 + 7, [DISEASE]),
  ]).flat();
  return [...daily, written('just-now', 0.2, [FACILITY])];
}

let deps: Awaited<ReturnType<typeof openTestDeps>>;
const sent: NotificationMessage[] = [];

beforeAll(async () => {
  const channel = {
    name: 'log',
    deliver: async (message: NotificationMessage) => {
      sent.push(message);
      return {};
    },
  };
  deps = await openTestDeps({ now: () => NOW, channels: [channel] });
  await deps.articles.save(press());
}, 120_000);
afterAll(() => deps.close());

function incidentOf(...series: SeriesKey[]) {
  const [first = FACILITY] = series;
  return { ...openIncident(anAlert({ series: first, at: NOW.toISOString() }), 'Bệnh viện Mẫu'), series };
}

describe('the forecast of what is stored', () => {
  it('is made of the whole hours of the archive', async () => {
    const made = await forecastOf(FACILITY, deps);
    expect(made?.series).toEqual([FACILITY]);
    expect(made?.at).toBe('2026-03-02T03:00:00.000Z');
    // The article of a quarter of an hour ago waits for its hour to be over.
    expect(made?.lastDay).toBe(2);

    const startMs = Date.parse('2026-02-10T17:00:00.000Z');
    const counts = new Float64Array((Date.parse(made?.at ?? '') - startMs) / HOUR_MS);
    for (const { hour, articles } of await deps.articles.hourCounts(
      FACILITY,
      new Date(startMs).toISOString(),
      made?.at ?? '',
    )) {
      counts[(Date.parse(hour) - startMs) / HOUR_MS] = articles;
    }
    expect(counts.reduce((a, b) => a + b, 0)).toBe(2 * DAYS);
    const { series: _, ...rest } = made ?? { series: [] };
    expect(rest).toEqual(forecast({ startMs, counts }));
  });

  it('counts an article once for all the series of an incident', async () => {
    const made = await forecastOfIncident(incidentOf(FACILITY, DISEASE), deps);
    expect(made?.series).toEqual([FACILITY, DISEASE]);
    expect(made?.lastDay).toBe(3);
  });

  it('leaves whole topics and provinces to what is narrower', async () => {
    const made = await forecastOfIncident(incidentOf('topic:incidents', DISEASE, 'province:79'), deps);
    expect(made?.series).toEqual([DISEASE]);
    expect(made?.lastDay).toBe(2);
    const broad = await forecastOfIncident(incidentOf('topic:incidents', 'province:79'), deps);
    expect(broad?.series).toEqual(['topic:incidents']);
  });

  it('is none while the archive is younger than a week', async () => {
    const early = new Date(NOW.getTime() - (DAYS - 6) * 24 * HOUR_MS);
    expect(await forecastOf(FACILITY, { ...deps, now: () => early })).toBeUndefined();
    const later = new Date(early.getTime() + 48 * HOUR_MS);
    expect(await forecastOf(FACILITY, { ...deps, now: () => later })).toBeDefined();
    const before = new Date(NOW.getTime() - 90 * 24 * HOUR_MS);
    expect(await forecastOf(FACILITY, { ...deps, now: () => before })).toBeUndefined();
  });

  it('goes out with the message of an incident', async () => {
    const incident = incidentOf(FACILITY, DISEASE);
    await deps.incidents.saveAlert(incident.latestAlert);
    await deps.incidents.open(incident);
    const notification = {
      id: 'n1',
      incidentId: incident.id,
      step: 'opened',
      channel: 'log',
      status: 'due' as const,
      attempts: 0,
      createdAt: NOW.toISOString(),
    };
    await deps.incidents.plan(notification);
    const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
    await notifyOfficers.run({ notificationId: 'n1' }, deps, context);

    const made = await forecastOfIncident(incident, deps);
    if (made === undefined) throw new Error('There is no forecast');
    const words = forecastLines(made);
    expect(await forecastInWords(incident, deps)).toEqual(words);
    expect(words.vi).toContain('24 giờ tới');
    expect(sent[0]?.text).toContain(words.vi);
    expect(sent[0]?.text).toContain(words.en);
  });
});
