import { describe, expect, it } from 'vitest';

import { LeadLagCounts } from '../../src/reports/lead-lag.ts';

const told = (storyId: string, outletId: string, minute: number, dayOnly = false) => {
  const at = new Date(Date.UTC(2026, 2, 2, 0, minute)).toISOString();
  const publishedAt = { at, source: 'feed', zoneAssumed: false, dayOnly } as const;
  return { storyId, outletId, firstSeenAt: at, publishedAt };
};

describe('LeadLagCounts', () => {
  it('tells who leads whom, by how much, and how sure that is', () => {
    const counts = new LeadLagCounts();
    for (const [story, minutes] of [
      ['s1', 10],
      ['s2', 20],
      ['s3', 30],
    ] as const) {
      counts.add(told(story, 'early', 0));
      counts.add(told(story, 'late', minutes));
      counts.add(told(story, 'late', minutes + 60));
    }
    counts.add(told('s4', 'late', 0));
    counts.add(told('s4', 'early', 8));
    counts.add(told('alone', 'early', 0));
    const { stories, outlets, pairs } = counts.result(10);
    expect(stories).toBe(4);
    expect(
      outlets.map(({ outletId, stories, first, medianBehindMinutes }) => ({
        outletId,
        stories,
        first,
        medianBehindMinutes,
      })),
    ).toEqual([
      { outletId: 'early', stories: 4, first: 3, medianBehindMinutes: 8 },
      { outletId: 'late', stories: 4, first: 1, medianBehindMinutes: 20 },
    ]);
    const [pair] = pairs;
    expect([pair?.leader, pair?.follower, pair?.stories, pair?.leads, pair?.medianMinutes]).toEqual([
      'early',
      'late',
      4,
      3,
      15,
    ]);
    expect(pair?.share.low).toBeLessThan(0.5);
  });

  it('goes by first sight where only the day of publication is known', () => {
    const counts = new LeadLagCounts();
    counts.add(told('s', 'a', 30, true));
    counts.add({ ...told('s', 'b', 50), firstSeenAt: '2026-03-01T00:00:00.000Z' });
    expect(counts.result(2).outlets.find(({ outletId }) => outletId === 'a')?.first).toBe(1);
  });
});
