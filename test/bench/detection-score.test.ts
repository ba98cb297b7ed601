import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Judged, readTruth, Scores } from '../../bench/detection-score.ts';

const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-truth-'));
const YEAR = 365 * 24;
const at = (hour: number) =>
  new Date(Date.parse('2022-01-01T07:00:00Z') + hour * 3_600_000).toISOString().slice(0, 19);

writeFileSync(
  join(folder, 'about.json'),
  JSON.stringify({ start: '2022-01-01', hours: 2 * YEAR, series: ['P01/a', 'P02/a', 'P01/b'] }),
);
writeFileSync(
  join(folder, 'events.jsonl'),
  [
    { kind: 'sudden', crisis: 1, size: 20, onset: YEAR + 100, end: YEAR + 200, series: ['P01/a'] },
    { kind: 'slow', crisis: 1, size: 3, onset: YEAR + 2000, end: YEAR + 2300, series: ['P01/b'] },
    { kind: 'wire', crisis: 0, size: 9, onset: YEAR + 1000, end: YEAR + 1010, series: ['*/a'] },
  ]
    .map(({ onset, end, ...rest }) =>
      JSON.stringify({ ...rest, onset: `${at(onset - 7)}+07:00`, end: `${at(end - 7)}+07:00` }),
    )
    .join('\n'),
);
afterAll(() => rmSync(folder, { recursive: true }));

function judged(evaluations: readonly (readonly [series: number, hour: number, value: number])[]): Judged {
  const scores = new Scores();
  for (const [series, hour, value] of evaluations) scores.add(series, YEAR + hour, value);
  return new Judged([{ truth: readTruth(folder), scores }]);
}

describe('scoring a detector on a simulated stream', () => {
  it('finds crises, and times them from their first article', () => {
    const figures = judged([
      [0, 104, 5],
      [2, 2100, 5],
    ]).at(3);
    expect(figures).toMatchObject({
      found: 1,
      foundInADay: 0.5,
      byKind: { sudden: 1, slow: 1 },
      largeSudden: { count: 1, found: 1, medianHours: 4 },
      falsePerYear: 0,
    });
  });

  it('counts a topic once a day, and knows what made it false', () => {
    const figures = judged([
      // One decoy in two provinces is one bulletin; days after it no longer explains anything.
      [0, 1002, 5],
      [1, 1003, 5],
      [1, 1003 + 24 + 72, 5],
      [2, 500, 5],
    ]).at(3);
    expect(figures.falseBy).toEqual({ wire: 1, noise: 2 });
    expect(figures.decoyShare).toBeCloseTo(1 / 3, 12);
  });

  it('takes what follows within three days for the same, and tells of it again after a week', () => {
    const hours = Array.from({ length: 12 }, (_, i) => 3000 + 24 * i);
    expect(judged(hours.map((hour) => [2, hour, 5] as const)).at(3).falsePerYear).toBe(2);
  });

  it('says nothing of the first year, nor false of the three days after a crisis', () => {
    const scores = judged([
      [2, -5, 9],
      [0, 200 + 71, 9],
    ]);
    expect(scores.at(1).falsePerYear).toBe(0);
  });

  it('takes the lowest threshold that keeps to the budget', () => {
    const figures = judged([
      [2, 500, 4],
      [2, 1500, 6],
      [2, 4000, 8],
      [0, 110, 5],
    ]).atBudget(2);
    expect(figures.threshold).toBe(4);
    expect(figures.falsePerYear).toBe(2);
    expect(figures.found).toBe(0.5);
  });
});
