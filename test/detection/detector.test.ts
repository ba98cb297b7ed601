import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { AlertRule } from '../../src/detection/alert-rule.ts';
import { Detector } from '../../src/detection/detector.ts';
import type { Alert } from '../../src/domain/alert.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import type { JournalPage, Sighting } from '../../src/domain/sighting.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/time.ts';
import { aSighting } from '../support/factories.ts';

const START = Date.parse('2026-03-02T02:00:00.000Z');
const FACILITY: SeriesKey = 'facility:bv-mau';

const rule = (overrides: Partial<AlertRule> = {}): AlertRule => ({
  id: 'facility-burst',
  version: '1',
  seriesKinds: ['facility'],
  windowHours: 24,
  minNegative: 3,
  minNewsrooms: 2,
  minNegativeShare: 0.5,
  severity: 'serious',
  expectedFalsePagesPerWeek: 0.2,
  growthToRepeat: 2,
  ...overrides,
});

const inputOf = (rules: readonly AlertRule[]) => ({
  rules,
  nameOf: (series: SeriesKey) => (series === FACILITY ? 'Bệnh viện Mẫu' : undefined),
  holidays: [],
});

/** Tells sightings one a page, each when it was first seen, and gives all alerts. */
function tellAll(detector: Detector, sightings: readonly Sighting[], from = 0): Alert[] {
  return sightings.flatMap((sighting, index) =>
    detector.tell({ sequence: from + index + 1, at: sighting.firstSeenAt, sightings: [sighting] }),
  );
}

/** Articles of as many stories and newsrooms, so many minutes apart. */
function burst(
  count: number,
  overrides: (index: number) => Partial<Sighting> = () => ({}),
  everyMs = 900_000,
) {
  return Array.from({ length: count }, (_, index) =>
    aSighting({
      articleId: `a${index}`,
      outletId: `bao-${index}`,
      newsroom: `bao-${index}`,
      storyId: `s${index}`,
      polarity: 'negative',
      hasHarm: true,
      series: [FACILITY],
      firstSeenAt: new Date(START + index * everyMs).toISOString(),
      ...overrides(index),
    }),
  );
}

describe('Detector', () => {
  it('says with its evidence when a hospital that nobody wrote of is accused by many newsrooms', () => {
    const [alert] = tellAll(new Detector(inputOf([rule()])), burst(8));
    expect(alert).toMatchObject({
      ruleId: 'facility-burst',
      series: FACILITY,
      seriesName: 'Bệnh viện Mẫu',
      severity: 'serious',
      firstOutletId: 'bao-0',
      sign: 'burst',
      copiesFolded: 0,
    });
    expect(alert?.observed).toBeLessThan(8);
    expect(alert?.negative).toBe(alert?.observed);
    expect(alert?.articleIds).toHaveLength(alert?.observed ?? 0);
    expect(alert?.falsePagesPerWeek).toBeLessThan(0.2);
    expect(alert?.signals.map(({ kind }) => kind)).toContain('harm');
    expect(alert?.id).toMatch(/^[a-z0-9-]+$/);
  });

  it('stays quiet on what the series always shows', () => {
    const detector = new Detector(inputOf([rule({ minNegative: 1, minNewsrooms: 1, minNegativeShare: 0 })]));
    const tone = (index: number) => ({
      polarity: index % 3 === 0 ? ('negative' as const) : ('neutral' as const),
      hasHarm: false,
    });
    const usual = burst(60 * 8, tone, 3 * HOUR_MS).map((sighting, index) => ({
      ...sighting,
      articleId: `u${index}`,
      storyId: `u${index}`,
    }));
    tellAll(detector, usual);
    const later = burst(6, (index) => ({
      articleId: `n${index}`,
      ...tone(index),
      firstSeenAt: new Date(START + 60 * DAY_MS + index * 3 * HOUR_MS).toISOString(),
    }));
    expect(tellAll(detector, later, usual.length)).toEqual([]);
  });

  it('takes forty copies of one text for two, and a credited text for its newsroom', () => {
    const copies = burst(40, (index) => ({ storyId: 'wire', copyNumber: index + 1 }));
    expect(tellAll(new Detector(inputOf([rule()])), copies)).toEqual([]);
    const credited = burst(6, () => ({ newsroom: 'ttxvn' }));
    expect(tellAll(new Detector(inputOf([rule()])), credited)).toEqual([]);
  });

  it.each(['late', 'campaign', 'removed'] as const)('counts nothing of what is %s', (setAside) => {
    expect(
      tellAll(
        new Detector(inputOf([rule()])),
        burst(12, () => ({ setAside })),
      ),
    ).toEqual([]);
  });

  it('is told of a backlog, and waits for more than that', () => {
    expect(
      tellAll(
        new Detector(inputOf([rule()])),
        burst(12, () => ({ setAside: 'backlog' })),
      ),
    ).toEqual([]);
  });

  it('counts an article once, however often it is told of, and takes back what was wrong', () => {
    const detector = new Detector(inputOf([rule()]));
    const wrong = burst(8);
    const right = wrong.map((sighting) => ({ ...sighting, polarity: 'neutral' as const, hasHarm: false }));
    // Headlines first, corrected at once by their pages.
    const alerts = wrong.slice(0, 2).flatMap((sighting, index) =>
      detector.tell({
        sequence: index + 1,
        at: sighting.firstSeenAt,
        sightings: [sighting, right[index] as Sighting, right[index] as Sighting],
      }),
    );
    expect(alerts).toEqual([]);
    expect(tellAll(detector, right.slice(2), 2)).toEqual([]);
    expect(tellAll(detector, wrong, 8).length).toBeGreaterThan(0);
  });

  it('tells of a matter again only when it has grown, and of its province not at all', () => {
    const rules = [rule(), rule({ id: 'province-burst', seriesKinds: ['province'], severity: 'watch' })];
    const alerts = tellAll(
      new Detector(inputOf(rules)),
      burst(24, () => ({ series: [FACILITY, 'province:79'] }), 600_000),
    );
    expect(new Set(alerts.map(({ series }) => series))).toEqual(new Set([FACILITY]));
    const counts = alerts.map(({ observed }) => observed);
    for (let i = 1; i < counts.length; i++) {
      expect(counts[i]).toBeGreaterThanOrEqual(2 * (counts[i - 1] as number));
      expect(alerts[i]?.changed).toContain('từ');
    }
    expect(counts.length).toBeGreaterThan(1);
  });

  it('goes on from a snapshot as if nothing had happened, wherever it is cut', () => {
    const SERIES: SeriesKey[] = [FACILITY, 'topic:incidents', 'province-topic:79/incidents', 'story:s1'];
    const sighting = fc.record({
      articleId: fc.integer({ min: 0, max: 60 }).map((id) => `a${id}`),
      newsroom: fc.constantFrom('x', 'y', 'z', 'w'),
      polarity: fc.constantFrom('negative' as const, 'neutral' as const, 'positive' as const),
      copyNumber: fc.integer({ min: 1, max: 4 }),
      storyId: fc.constantFrom('s1', 's2', 's3', 's4'),
      hasHarm: fc.boolean(),
      series: fc.subarray(SERIES, { minLength: 1 }),
      afterMs: fc.integer({ min: 0, max: 8 * HOUR_MS }),
    });
    const rules = [
      rule({ expectedFalsePagesPerWeek: 50, minNegative: 2, minNewsrooms: 1 }),
      rule({ id: 'wide', seriesKinds: ['topic', 'story'], severity: 'watch', expectedFalsePagesPerWeek: 90 }),
    ];
    fc.assert(
      fc.property(fc.array(sighting, { minLength: 20, maxLength: 120 }), fc.nat(), (drafts, cutAt) => {
        let atMs = START;
        const pages = drafts.map(({ afterMs, ...draft }, index): JournalPage => {
          atMs += afterMs;
          const at = new Date(atMs).toISOString();
          return { sequence: index + 1, at, sightings: [aSighting({ ...draft, firstSeenAt: at })] };
        });
        const whole = new Detector(inputOf(rules));
        const expected = pages.map((page) => whole.tell(page));
        const cut = cutAt % pages.length;
        const first = new Detector(inputOf(rules));
        const before = pages.slice(0, cut).map((page) => first.tell(page));
        const second = Detector.restore(first.snapshot(), inputOf(rules));
        const after = pages.slice(cut).map((page) => second.tell(page));
        expect(JSON.stringify([...before, ...after])).toBe(JSON.stringify(expected));
        expect(second.snapshot()).toBe(whole.snapshot());
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
