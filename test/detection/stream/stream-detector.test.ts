import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Observation } from '../../../src/detection/stream/observation.ts';
import {
  DETECTOR_OPTIONS,
  type DetectorOptions,
  msOfHour,
  StreamDetector,
} from '../../../src/detection/stream/stream-detector.ts';
import { firstLevelOfGroup, firstLevelOfPlace, isPooledGroup } from '../../../src/detection/stream-series.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/time.ts';

/** Midnight in Vietnam, a Thursday. */
const START = Date.parse('2026-01-01T00:00:00+07:00');
const NAMES = ['79/incidents', '01/incidents', 'VN/incidents', 'bv-mau/facility', 'bv-khac/facility'];

/** What the program gives: kinds of series of very different levels in one detector. */
const OPTIONS: DetectorOptions = {
  ...DETECTOR_OPTIONS,
  rates: { ...DETECTOR_OPTIONS.rates, firstLevelOfPlace, firstLevelOfTopic: firstLevelOfGroup },
  pooled: { ...DETECTOR_OPTIONS.pooled, isPooled: isPooledGroup },
};

const NEGATIVE = { copyNumber: 1, isNegative: true };
const OTHER = { copyNumber: 1, isNegative: false };

const time = (day: number, hour = 0) => START + day * DAY_MS + hour * HOUR_MS;

/** A detector whose evaluations can be read, by name and moment. */
function listening(options = OPTIONS) {
  const evaluations: string[] = [];
  const detector: StreamDetector = new StreamDetector(options, ({ hour, series, score, own, pooled }) => {
    evaluations.push(JSON.stringify([msOfHour(hour), detector.rates.names[series], score, own, pooled]));
  });
  return { detector, evaluations };
}

/** So many days on which each of these series has an article at ten and one at four, the former negative. */
function usual(detector: StreamDetector, names: readonly string[], days: number, from = 0): void {
  for (let day = from; day < from + days; day++) {
    for (const [hour, article] of [
      [10, NEGATIVE],
      [16, OTHER],
    ] as const) {
      detector.advanceTo(time(day, hour));
      for (const name of names) detector.count(name, article);
    }
  }
  detector.advanceTo(time(from + days));
}

interface Shared {
  readonly afterMs: number;
  readonly name: string;
  readonly extra: number;
}

type Counted = Shared & {
  readonly kind: 'count' | 'recount';
  readonly copyNumber: number;
  readonly isNegative: boolean;
  readonly weight: number;
};

type Told = Shared &
  (
    | {
        readonly kind: 'told';
        readonly story: string;
        readonly isNegative: boolean;
        readonly isLate: boolean;
      }
    | { readonly kind: 'outage' | 'calendar' }
  );

type Step = Counted | Told;

const shared = {
  // From seconds to days, so that hours, days and the memory of quiet series end within a run.
  afterMs: fc.oneof(fc.nat(HOUR_MS), fc.nat(6 * HOUR_MS), fc.nat(2 * DAY_MS)),
  name: fc.oneof(
    fc.constantFrom(...NAMES),
    fc.nat(30).map((id) => `p${id}/incidents`),
  ),
  extra: fc.nat(3),
};
const step = fc.oneof(
  fc.record({
    ...shared,
    kind: fc.constantFrom('count' as const, 'count' as const, 'recount' as const),
    copyNumber: fc.integer({ min: 1, max: 4 }),
    isNegative: fc.boolean(),
    weight: fc.constantFrom(1, 0.3),
  }),
  fc.record({
    ...shared,
    kind: fc.constant('told' as const),
    story: fc.constantFrom('s1', 's2', 's3'),
    isNegative: fc.boolean(),
    isLate: fc.boolean(),
  }),
  fc.record({ ...shared, kind: fc.constantFrom('outage' as const, 'calendar' as const) }),
);

function observationOf(said: Told, at: number): Observation {
  switch (said.kind) {
    case 'told': {
      const { story, isNegative, isLate } = said;
      return { type: 'article', at, series: [said.name], outlet: 'o', story, isNegative, isLate };
    }
    case 'outage':
      return { type: 'outage', at, from: at - HOUR_MS, to: at, outlets: 0.5 };
    case 'calendar':
      return { type: 'calendar', at, from: at + HOUR_MS, to: at + DAY_MS, series: ['*'], name: 'tet' };
  }
}

function take(detector: StreamDetector, said: Step, at: number): void {
  detector.advanceTo(at);
  if (said.kind === 'count') {
    for (let i = 0; i <= said.extra; i++) detector.count(said.name, said);
  } else if (said.kind === 'recount') {
    const is = said.extra === 0 ? undefined : { ...said, isNegative: !said.isNegative };
    detector.recount(said.name, said, is);
  } else {
    // A wire comes in many copies within the hour.
    for (let i = 0; i <= 2 * said.extra; i++) detector.observe(observationOf(said as Told, at));
  }
}

function timesOf(steps: readonly Step[]): number[] {
  let at = START;
  return steps.map(({ afterMs }) => {
    at += afterMs;
    return at;
  });
}

/** Forgets within days and is full with a handful, so that both happen in a short run. */
const FORGETFUL: DetectorOptions = { ...OPTIONS, forgetting: { quietDays: 2, mostSeries: 8 } };

describe('StreamDetector', () => {
  it('goes on from a snapshot bit for bit, wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 20, maxLength: 150 }),
        fc.nat(),
        fc.constantFrom(OPTIONS, FORGETFUL),
        (steps, cutAt, options) => {
          const times = timesOf(steps);
          const cut = cutAt % steps.length;
          const whole = listening(options);
          const first = listening(options);
          steps.forEach((said, i) => {
            take(whole.detector, said, times[i] as number);
          });
          steps.slice(0, cut).forEach((said, i) => {
            take(first.detector, said, times[i] as number);
          });
          const later: string[] = [];
          const second: StreamDetector = StreamDetector.restore(
            first.detector.snapshot(),
            options,
            ({ hour, series, score, own, pooled }) => {
              later.push(JSON.stringify([msOfHour(hour), second.rates.names[series], score, own, pooled]));
            },
          );
          steps.slice(cut).forEach((said, i) => {
            take(second, said, times[cut + i] as number);
          });
          const end = times.at(-1) as number;
          expect([...first.evaluations, ...later]).toEqual(whole.evaluations);
          expect(second.snapshot()).toBe(whole.detector.snapshot());
          for (const name of whole.detector.rates.names) {
            expect(second.scoreNow(name)).toEqual(whole.detector.scoreNow(name));
            expect(second.expectation(name, end - DAY_MS)).toEqual(
              whole.detector.expectation(name, end - DAY_MS),
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('is not changed by being looked at', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 100 }), (steps) => {
        const times = timesOf(steps);
        const seen = listening();
        const unseen = listening();
        steps.forEach((said, i) => {
          take(seen.detector, said, times[i] as number);
          take(unseen.detector, said, times[i] as number);
          for (const name of [...NAMES, 'unheard-of/facility']) seen.detector.scoreNow(name);
        });
        expect(seen.detector.snapshot()).toBe(unseen.detector.snapshot());
        expect(seen.evaluations).toEqual(unseen.evaluations);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('says within the hour what it will say at its end', () => {
    const { detector, evaluations } = listening();
    usual(detector, ['79/incidents'], 60);
    detector.advanceTo(time(60, 9) + 600_000);
    for (let i = 0; i < 4; i++) detector.count('79/incidents', NEGATIVE);
    const now = detector.scoreNow('79/incidents');
    expect(now.own).toBeGreaterThan(1);
    detector.advanceTo(time(60, 10));
    const [, name, , own] = JSON.parse(evaluations.at(-1) ?? '') as [number, string, number, number];
    expect([name, own]).toEqual(['79/incidents', now.own]);
  });

  it('hears of a facility that nobody wrote of on its first afternoon', () => {
    const { detector } = listening();
    usual(detector, ['79/incidents', 'bv-khac/facility'], 120);
    const scoreAfterFive = (name: string, from: number) => {
      for (let i = 0; i < 5; i++) {
        detector.advanceTo(time(from, 13 + i));
        detector.count(name, NEGATIVE);
      }
      return detector.scoreNow(name);
    };
    const newcomer = scoreAfterFive('bv-moi/facility', 121);
    expect(newcomer.score).toBeGreaterThan(5);
    expect(newcomer.sign).toBe('burst');
    // Of one that is in the news every day the same five say much less.
    usual(detector, ['bv-khac/facility'], 10, 122);
    expect(scoreAfterFive('bv-khac/facility', 133).score).toBeLessThan(newcomer.score / 2);
  });

  it('tells a burst from a slow rise, and both from a change of tone', () => {
    const { detector } = listening();
    const week = (from: number, days: number, negatives: number) => {
      for (let day = from; day < from + days; day++) {
        for (let i = 0; i < 5; i++) {
          detector.advanceTo(time(day, 8 + 2 * i));
          detector.count('steady/facility', i < negatives ? NEGATIVE : OTHER);
        }
      }
    };
    week(0, 150, 1);
    week(150, 7, 3);
    expect(detector.scoreNow('steady/facility')).toMatchObject({ sign: 'tone-shift' });
    detector.advanceTo(time(157, 9));
    for (let i = 0; i < 12; i++) detector.count('steady/facility', NEGATIVE);
    expect(detector.scoreNow('steady/facility').sign).toBe('burst');
    for (let day = 157; day < 164; day++) {
      detector.advanceTo(time(day, 10));
      detector.count('slow/facility', NEGATIVE);
    }
    expect(detector.scoreNow('slow/facility')).toMatchObject({ sign: 'slow-rise' });
  });

  it('says when it is one thing in many places', () => {
    const { detector } = listening();
    const places = Array.from({ length: 40 }, (_, i) => `p${i}/incidents`);
    // Each has an article every ten days.
    for (let day = 0; day < 120; day++) {
      detector.advanceTo(time(day, 10));
      for (let i = 0; i < 4; i++) detector.count(`p${(4 * day + i) % 40}/incidents`, OTHER);
    }
    detector.advanceTo(time(120, 9));
    for (const place of places) detector.count(place, NEGATIVE);
    detector.advanceTo(time(120, 11));
    expect(detector.scoreNow('p1/incidents').sign).toBe('many-places');
    // Facilities are no places where one thing can begin at once.
    for (let i = 0; i < 40; i++) detector.count(`bv-${i}/facility`, NEGATIVE);
    detector.advanceTo(time(120, 13));
    expect(detector.scoreNow('bv-1/facility').pooled).toBe(0);
  });

  it('takes back what no longer counts, and turns what was read wrong', () => {
    const scoreAfter = (tell: (detector: StreamDetector) => void) => {
      const { detector } = listening();
      usual(detector, ['79/incidents'], 60);
      detector.advanceTo(time(60, 9));
      tell(detector);
      return detector.scoreNow('79/incidents').score;
    };
    const three = (detector: StreamDetector) => {
      for (let i = 0; i < 3; i++) detector.count('79/incidents', NEGATIVE);
    };
    const none = scoreAfter(() => {});
    const all = scoreAfter(three);
    expect(all).toBeGreaterThan(none + 1);
    const takenBack = scoreAfter((detector) => {
      three(detector);
      for (let i = 0; i < 3; i++) detector.recount('79/incidents', NEGATIVE, undefined);
    });
    expect(takenBack).toBeCloseTo(none, 9);
    const turned = scoreAfter((detector) => {
      three(detector);
      for (let i = 0; i < 3; i++) detector.recount('79/incidents', NEGATIVE, OTHER);
    });
    const asTurned = scoreAfter((detector) => {
      for (let i = 0; i < 3; i++) detector.count('79/incidents', OTHER);
    });
    expect(turned).toBeCloseTo(asTurned, 9);
  });

  it('takes back in a later hour what was counted in an earlier one', () => {
    const { detector } = listening();
    usual(detector, ['79/incidents'], 60);
    detector.advanceTo(time(60, 9));
    for (let i = 0; i < 6; i++) detector.count('79/incidents', NEGATIVE);
    detector.advanceTo(time(60, 11));
    const before = detector.scoreNow('79/incidents').score;
    for (let i = 0; i < 6; i++) detector.recount('79/incidents', NEGATIVE, undefined);
    expect(detector.scoreNow('79/incidents').score).toBeLessThan(before / 4);
    detector.advanceTo(time(70));
    // A day of less than nothing is a day of nothing.
    expect(detector.expectation('79/incidents', time(69)).expected).toBeGreaterThan(0);
  });

  it('expects of a window what its hours usually bring, and knows how far that strays', () => {
    const { detector } = listening();
    usual(detector, ['79/incidents', 'bv-mau/facility'], 240);
    const day = detector.expectation('79/incidents', time(239));
    // Two articles, of which a first copy counts for less than one.
    expect(day.expected).toBeGreaterThan(1.2);
    expect(day.expected).toBeLessThan(2.2);
    expect(day.spread).toBeGreaterThan(Math.sqrt(day.expected));
    expect(day.usualNegativeShare).toBeCloseTo(0.5, 1);
    const night = detector.expectation('79/incidents', time(240) - 4 * HOUR_MS);
    expect(night.expected).toBeLessThan(day.expected / 4);
    const week = detector.expectation('79/incidents', time(233));
    expect(week.expected / day.expected).toBeGreaterThan(5);
    expect(week.expected / day.expected).toBeLessThan(9);
  });
});

describe('what a StreamDetector forgets', () => {
  const FORGETTING: DetectorOptions = { ...OPTIONS, forgetting: { quietDays: 180, mostSeries: 200 } };

  it('is who has been silent for half a year and never said much', () => {
    const { detector } = listening(FORGETTING);
    usual(detector, ['79/incidents', 'bv-mau/facility'], 60);
    detector.count('bv-hiem/facility', NEGATIVE);
    usual(detector, ['79/incidents'], 170, 60);
    expect(detector.rates.names).toContain('bv-hiem/facility');
    usual(detector, ['79/incidents'], 30, 230);
    expect(detector.rates.names).toEqual(['79/incidents', 'bv-mau/facility']);
    // Of the other facility sixty days of news are remembered, if ever more faintly.
    expect(detector.rates.daily(1)).toBeGreaterThan(0.1);
  });

  it('leaves what is said of all others as it was', () => {
    const alone = listening(FORGETTING);
    const beside = listening(FORGETTING);
    for (const { detector } of [alone, beside]) usual(detector, ['79/incidents', 'bv-mau/facility'], 60);
    beside.detector.count('bv-hiem/facility', OTHER);
    for (const { detector } of [alone, beside]) {
      usual(detector, ['79/incidents', 'bv-mau/facility'], 400, 60);
      detector.advanceTo(time(460, 9));
      for (let i = 0; i < 5; i++) detector.count('bv-mau/facility', NEGATIVE);
    }
    expect(beside.detector.size).toBe(alone.detector.size);
    const { score } = alone.detector.scoreNow('bv-mau/facility');
    expect(score).toBeGreaterThan(1);
    // Its one article was an article of the group; nothing else of it is left.
    expect(beside.detector.scoreNow('bv-mau/facility').score).toBeCloseTo(score, 1);
  });

  it('is no place any more in which one thing could begin in many at once', () => {
    const many = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${prefix}${i}/incidents`);
    const places = many('p', 20);
    const scoreWith = (others: readonly string[], options: DetectorOptions) => {
      const { detector } = listening(options);
      detector.advanceTo(time(0, 9));
      for (const name of others) detector.count(name, OTHER);
      for (let day = 1; day < 220; day++) {
        detector.advanceTo(time(day, 10));
        for (let i = 0; i < 4; i++) detector.count(places[(4 * day + i) % 20] ?? '', OTHER);
      }
      detector.advanceTo(time(220, 9));
      for (const place of places) detector.count(place, NEGATIVE);
      detector.advanceTo(time(220, 11));
      return detector.scoreNow('p1/incidents').pooled;
    };
    const alone = scoreWith([], OPTIONS);
    expect(alone).toBeGreaterThan(2);
    const forgotten = scoreWith(many('q', 100), FORGETTING);
    expect(Math.abs(forgotten - alone)).toBeLessThan(0.5);
    // A hundred places in which nothing happens speak against many.
    expect(scoreWith(many('q', 100), OPTIONS)).not.toBeCloseTo(alone, 0);
  });

  it('is not who is in the news, however many names somebody invents', () => {
    const { detector } = listening(FORGETTING);
    const real = ['79/incidents', 'bv-mau/facility'];
    usual(detector, real, 30);
    for (let i = 0; i < 5000; i++) {
      detector.advanceTo(time(30, 8) + i * 30_000);
      detector.count(`bia-${i}/facility`, NEGATIVE);
      if (i % 500 === 0) for (const name of real) detector.count(name, OTHER);
    }
    usual(detector, real, 3, 33);
    expect(detector.size).toBeLessThanOrEqual(200);
    expect(detector.rates.names.slice(0, 2)).toEqual(real);
    expect(detector.rates.places.length).toBeLessThanOrEqual(201);
    expect(detector.snapshot().length).toBeLessThan(500_000);
  });
});
