import { describe, expect, it } from 'vitest';

import { MONTHLY_FIELDS } from '../../src/domain/monthly-report.ts';
import { type Gathered, type GatheredMonth, monthlyReport } from '../../src/reports/monthly-report.ts';

const DAYS = 30;

function gathered(count: number, negative: number): Gathered {
  return {
    count,
    negative,
    positive: 0,
    stance: { negative: 0, positive: 0 },
    daily: Array.from({ length: DAYS }, () => count / DAYS),
  };
}

function month(topics: Readonly<Record<string, Gathered>>): GatheredMonth {
  const none = Object.fromEntries(MONTHLY_FIELDS.map((field) => [field, new Map()]));
  return {
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-31T00:00:00.000Z',
    days: DAYS,
    uptime: 1,
    total: gathered(3000, 900),
    values: { ...none, topic: new Map(Object.entries(topics)) } as unknown as GatheredMonth['values'],
  };
}

const findingsOf = (now: Record<string, Gathered>, previous: Record<string, Gathered>) =>
  monthlyReport({
    month: '2026-01',
    now: month(now),
    previous: month(previous),
    stories: [],
    incidents: [],
    corrections: { made: 0, people: 0, byKind: {}, accuracy: [] },
    ledger: { found: 0, indexed: 0, duplicate: 0, irrelevant: 0, pending: 0, failed: {} },
    campaigns: [],
  } as unknown as Parameters<typeof monthlyReport>[0]).findings;

describe('findings of a month', () => {
  it('are changes of volume and changes of the negative share, each for itself', () => {
    const found = findingsOf(
      { more: gathered(600, 180), worse: gathered(300, 180), same: gathered(300, 90) },
      { more: gathered(300, 90), worse: gathered(300, 90), same: gathered(300, 92) },
    );
    expect(found.map(({ key, change }) => [key, 'ratio' in change ? 'volume' : 'share'])).toEqual([
      ['more', 'volume'],
      ['worse', 'share'],
    ]);
    expect(found[1]?.change).toMatchObject({ negativeShare: { difference: expect.closeTo(0.3, 10) } });
  });

  it('are none where so few articles are that a share jumps', () => {
    expect(findingsOf({ few: gathered(10, 10) }, { few: gathered(12, 0) })).toEqual([]);
  });
});
