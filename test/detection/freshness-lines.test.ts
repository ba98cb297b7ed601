import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { freshnessLines } from '../../src/detection/freshness-lines.ts';
import { freshnessOf } from '../../src/domain/data-freshness.ts';
import type { FeedState } from '../../src/domain/feed-state.ts';
import { anOutlet } from '../support/deps.ts';

const NOW = new Date('2026-03-04T19:00:00.000Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();

const outlets = ['a', 'b', 'c', 'd'].map((id) => {
  const [feed] = anOutlet().feeds;
  if (feed === undefined) throw new Error('The factory gives one');
  return anOutlet({ id, feeds: [{ ...feed, id: `${id}-1`, outletId: id }] });
});

function heard(outletId: string, minutes: number, overrides: Partial<FeedState> = {}): FeedState {
  return {
    feedId: `${outletId}-1`,
    outletId,
    status: 'ok',
    consecutiveFailures: 0,
    entriesLastPoll: 10,
    newLastPoll: 0,
    succeededAt: ago(minutes),
    ...overrides,
  };
}

describe('how fresh the data is', () => {
  it('counts the outlets heard in the last hour, and those that are not due yet', () => {
    const states = [
      heard('a', 5),
      heard('b', 59),
      heard('c', 180, { nextPollAt: ago(-60) }),
      heard('d', 180, { nextPollAt: ago(10) }),
    ];
    expect(freshnessOf(outlets, states, ago(7), NOW)).toEqual({
      outlets: 4,
      reached: 3,
      newestArticleAt: ago(7),
    });
  });

  it('does not count an outlet whose last poll failed, whose feed left the configuration, or that has none', () => {
    const states = [heard('a', 5, { status: 'unreachable' }), heard('b', 5, { feedId: 'b-old' })];
    const withoutFeeds = anOutlet({ id: 'e', feeds: [] });
    expect(freshnessOf([...outlets, withoutFeeds], states, undefined, NOW)).toEqual({
      outlets: 4,
      reached: 0,
    });
  });

  it('is said in one line of each language', () => {
    const all = { outlets: 12, reached: 12, newestArticleAt: ago(7) };
    expect(freshnessLines(all, NOW)).toEqual({
      vi: 'Nghe được 12/12 cơ quan báo chí trong giờ qua (100%); bài mới nhất cách đây 7 phút.',
      en: '12 of 12 outlets heard in the last hour (100%); newest article 7 min ago.',
    });
    const deaf = { outlets: 12, reached: 5, newestArticleAt: ago(200) };
    expect(freshnessLines(deaf, NOW)).toEqual({
      vi: 'Nghe được 5/12 cơ quan báo chí trong giờ qua (42%); bài mới nhất cách đây 3,3 giờ. Chú ý: có thể thiếu bài, dữ liệu có thể đã cũ.',
      en: '5 of 12 outlets heard in the last hour (42%); newest article 3.3 h ago. Mind: articles may be missing, the data may be old.',
    });
    expect(freshnessLines({ outlets: 0, reached: 0 }, NOW).vi).toContain('chưa có bài nào');
  });

  it('warns whenever a fifth of the press is not heard, and is never more than its parts', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.integer({ min: -10, max: 10_000 }), (a, b, minutes) => {
        const freshness = { outlets: Math.max(a, b), reached: Math.min(a, b), newestArticleAt: ago(minutes) };
        const { vi, en } = freshnessLines(freshness, NOW);
        const isDeaf = freshness.reached < 0.8 * freshness.outlets;
        expect(vi.includes('có thể thiếu bài')).toBe(isDeaf);
        expect(en.includes('articles may be missing')).toBe(isDeaf);
        expect(`${vi}${en}`).not.toMatch(/NaN|-\d|\n/);
      }),
    );
  });
});
