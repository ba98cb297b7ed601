import { describe, expect, it } from 'vitest';

import type { StreamAlert } from '../../../src/detection/stream/detect-stream.ts';
import { detectStream } from '../../../src/detection/stream/detect-stream.ts';
import type { ArticleObservation, Observation } from '../../../src/detection/stream/observation.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/time.ts';

const START = Date.parse('2025-01-01T00:00:00+07:00');
const DAYS = 150;
const CRISIS_DAY = 130;
const PLACES = 40;
/** In proportion to what 512 series are granted. */
const BUDGET = 4;

/** A generator that gives the same numbers every time: Lehmer's, modulus 2^31 - 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const time = (day: number, hour: number) => START + day * DAY_MS + hour * HOUR_MS;

function anArticle(overrides: Partial<ArticleObservation> & { at: number }): ArticleObservation {
  return {
    type: 'article',
    series: ['P1/food'],
    isNegative: false,
    outlet: 'o1',
    story: `s${overrides.at}-${overrides.series?.[0] ?? ''}`,
    isLate: false,
    ...overrides,
  };
}

/** Forty places that now and then have an article between eight and twenty hours, three in ten negative. */
function quiet(days = DAYS): Observation[] {
  const next = random(7);
  const observations: Observation[] = [];
  for (let day = 0; day < days; day++) {
    for (let place = 1; place <= PLACES; place++) {
      if (next() > 0.3) continue;
      const at = time(day, 8 + Math.floor(next() * 12));
      observations.push(anArticle({ at, series: [`P${place}/food`], isNegative: next() < 0.3 }));
    }
  }
  return inOrder(observations);
}

/** `count` negative articles about P1, each of a story of its own unless told otherwise, two an hour. */
function crisis(count: number, overrides: (i: number) => Partial<ArticleObservation> = () => ({})) {
  return Array.from({ length: count }, (_, i) =>
    anArticle({
      at: time(CRISIS_DAY, 9 + Math.floor(i / 2)),
      story: `crisis-${i}`,
      isNegative: true,
      ...overrides(i),
    }),
  );
}

const inOrder = (observations: Observation[]) => observations.sort((a, b) => a.at - b.at);

async function* stream(observations: readonly Observation[]): AsyncGenerator<Observation> {
  yield* observations;
}

async function alertsIn(observations: Observation[], allScores = false): Promise<StreamAlert[]> {
  const alerts: StreamAlert[] = [];
  const options = { falseBulletinsPerYear: BUDGET, allScores };
  for await (const alert of detectStream(stream(inOrder(observations)), options)) alerts.push(alert);
  return alerts;
}

const ofCrisis = (alerts: readonly StreamAlert[]) =>
  alerts.filter(({ at }) => Date.parse(at) >= time(CRISIS_DAY, 0));

describe('detectStream', () => {
  it('tells of a sudden crisis within hours, of the right series, with what was usual', async () => {
    const [first, ...rest] = ofCrisis(await alertsIn([...quiet(), ...crisis(12)]));
    expect(first).toMatchObject({ series: 'P1/food', sign: 'series' });
    const delayHours = (Date.parse(first?.at ?? '') - time(CRISIS_DAY, 9)) / HOUR_MS;
    expect(delayHours).toBeLessThanOrEqual(5);
    expect(first?.expectedPerDay).toBeGreaterThan(0.1);
    expect(first?.expectedPerDay).toBeLessThan(0.6);
    expect(first?.falseBulletinsPerYear).toBeLessThan(BUDGET);
    // One episode is one alert.
    expect(rest.filter(({ series }) => series === 'P1/food')).toEqual([]);
  });

  it('keeps to its budget where nothing happens', async () => {
    const days = new Set((await alertsIn(quiet())).map(({ at }) => at.slice(0, 10)));
    // Four months at four bulletins a year; a bulletin may name several places.
    expect(days.size).toBeLessThanOrEqual(3);
  });

  it('is not moved by one wire story in thirty copies, of which some are not recognised', async () => {
    const wire = crisis(30, (i) => ({ story: i % 10 === 5 ? `missed-${i}` : 'wire' }));
    expect(ofCrisis(await alertsIn([...quiet(), ...wire]))).toEqual([]);
  });

  it('is not moved by a backlog of late articles', async () => {
    const late = crisis(30, () => ({ isLate: true }));
    expect(ofCrisis(await alertsIn([...quiet(), ...late]))).toEqual([]);
  });

  it('hears a crisis that is one article in each of many places', async () => {
    const diffuse = crisis(36, (i) => ({
      at: time(CRISIS_DAY, 8 + Math.floor(i / 4)),
      series: [`P${i + 1}/food`],
    }));
    const alerts = ofCrisis(await alertsIn([...quiet(), ...diffuse]));
    expect(alerts.length).toBeGreaterThan(0);
    expect(alerts[0]?.sign).toBe('many-places');
  });

  it('learns what an announced period does, and is calm the next time', async () => {
    const busy = (day: number) =>
      Array.from({ length: PLACES * 3 }, (_, i) =>
        anArticle({
          at: time(day, 8 + (i % 12)),
          series: [`P${(i % PLACES) + 1}/food`],
          story: `busy-${day}-${i}`,
          isNegative: i % 4 === 0,
        }),
      );
    const announced = (day: number): Observation => ({
      type: 'calendar',
      at: time(day - 7, 0),
      from: time(day, 0),
      to: time(day + 1, 0),
      series: ['*/food'],
      name: 'food-safety-day',
    });
    const past = [60, 80, 100].flatMap((day) => [...busy(day), announced(day)]);
    const scoreOn = async (last: Observation[]) => {
      const scores = ofCrisis(await alertsIn([...quiet(), ...past, ...busy(CRISIS_DAY), ...last], true));
      return Math.max(0, ...scores.map(({ score }) => score));
    };
    expect(await scoreOn([announced(CRISIS_DAY)])).toBeLessThan(await scoreOn([]));
  });

  it('gives every evaluation with all scores, in time order, three fields each', async () => {
    const scores = await alertsIn([...quiet(), ...crisis(12)], true);
    expect(scores.length).toBeGreaterThan(10);
    expect(Object.keys(scores[0] ?? {})).toEqual(['at', 'series', 'score']);
    const times = scores.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(scores[0]?.at).toMatch(/\+07:00$/);
  });

  it('knows nothing of what comes later', async () => {
    const all = await alertsIn([...quiet(), ...crisis(12)], true);
    const until = time(CRISIS_DAY, 12);
    const cut = await alertsIn(
      [...quiet(), ...crisis(12)].filter(({ at }) => at < until),
      true,
    );
    expect(cut).toEqual(all.filter(({ at }) => Date.parse(at) < until));
  });

  it('refuses a time that would make it count hours for ever', async () => {
    const far = anArticle({ at: Date.parse('9999-01-01T00:00:00Z') });
    await expect(alertsIn([...quiet(3), far])).rejects.toThrow('time jumps ahead');
  });
});
