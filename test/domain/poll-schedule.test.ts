import { describe, expect, it } from 'vitest';

import { afterFailedPoll, afterGoodPoll, afterPushed, type PollNews } from '../../src/domain/feed-polls.ts';
import { type FeedState, neverPolled } from '../../src/domain/feed-state.ts';
import type { Tier } from '../../src/domain/outlet.ts';
import { planPoll, pollAt, spreadOf } from '../../src/domain/poll-schedule.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/time.ts';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-03-02T01:00:00.000Z');
const FEED = { id: 'bao-a-1', outletId: 'bao-a', isHealth: false, pollEveryMs: 10 * MINUTE_MS };

interface Course {
  readonly tier?: Tier;
  readonly isHealth?: boolean;
  /** Entries in the feed at each poll. */
  readonly listed?: number;
  /** New ones at each poll after the first, by how long it is since the last one. */
  readonly added: (elapsedMs: number, at: Date) => number;
  readonly polls: number;
  readonly poll?: Partial<PollNews>;
}

/** Polls a feed just when it is due. @returns its states, one for each poll */
function polled({
  tier = 'provincial',
  isHealth = false,
  listed = 50,
  added,
  polls,
  poll,
}: Course): FeedState[] {
  const feed = { ...FEED, isHealth };
  const states: FeedState[] = [];
  let state = neverPolled(feed);
  let at = START;
  for (let count = 0; count < polls; count += 1) {
    const fresh = count === 0 ? listed : added(at - Date.parse(state.polledAt ?? ''), new Date(at));
    const news = { status: 'ok', listed, added: fresh, missed: 0, freshForMs: 0, ...poll } as const;
    state = afterGoodPoll({ feed, tier }, state, news, new Date(at));
    states.push(state);
    at = Date.parse(state.nextPollAt ?? '');
  }
  return states;
}

const last = (states: readonly FeedState[]) => states.at(-1) as FeedState;
const quiet = () => 0;
/** So many entries an hour, as evenly as whole ones can be. */
const steady = (perHour: number) => {
  let owed = 0;
  return (elapsedMs: number) => {
    owed += (perHour * elapsedMs) / HOUR_MS;
    const whole = Math.floor(owed);
    owed -= whole;
    return whole;
  };
};

describe('the interval of a feed that works', () => {
  it('is as configured until two polls were on time, the first look at it not counted', () => {
    const reasons = polled({ added: quiet, polls: 4 }).map(({ intervalReason }) => intervalReason);
    expect(reasons).toEqual(['configured', 'configured', 'rhythm', expect.any(String)]);
    expect(reasons[3]).not.toBe('configured');
  });

  it('goes by the square root of the rate: four times the entries, twice the polls', () => {
    const slow = last(polled({ added: steady(3), polls: 400 }));
    const fast = last(polled({ added: steady(12), polls: 800 }));
    expect(slow.intervalReason).toBe('rhythm');
    expect((slow.intervalMs ?? 0) / (fast.intervalMs ?? 1)).toBeCloseTo(2, 0);
    // One entry in a configured interval is where that interval is right.
    expect((last(polled({ added: steady(6), polls: 400 })).intervalMs ?? 0) / FEED.pollEveryMs).toBeCloseTo(
      1,
      1,
    );
  });

  it('follows the hours of the usual day', () => {
    const awake = steady(20);
    // Asleep from midnight to six, in Vietnam.
    const added = (elapsedMs: number, at: Date) => ((at.getUTCHours() + 7) % 24 < 6 ? 0 : awake(elapsedMs));
    const states = polled({ added, polls: 1200 });
    const after = states.filter(({ polledAt = '' }) => Date.parse(polledAt) > START + 4 * DAY_MS);
    const at = (hour: number) =>
      after.find(({ polledAt = '' }) => (new Date(polledAt).getUTCHours() + 7) % 24 === hour)?.intervalMs ??
      0;
    expect(at(3)).toBeGreaterThan(2 * at(12));
  });

  it('never exceeds five minutes for feeds of first importance, configured for no more', () => {
    for (const [tier, isHealth] of [
      ['national', false],
      ['central', false],
      ['ministry', false],
      ['provincial', true],
    ] as const) {
      const feed = { isHealth, pollEveryMs: 5 * MINUTE_MS };
      const state = {
        entriesLastPoll: 50,
        newsAt: new Date(START - 40 * DAY_MS).toISOString(),
        rhythm: quietRhythm(),
      };
      const { intervalMs, reason } = planPoll(feed, tier, state, new Date(START), { feedMs: HOUR_MS });
      expect([intervalMs, reason]).toEqual([5 * MINUTE_MS, 'ceiling']);
    }
  });

  it('never exceeds three configured intervals, where those are short, nor falls below one that is long', () => {
    const state = { entriesLastPoll: 50, rhythm: quietRhythm() };
    const plan = (pollEveryMs: number) =>
      planPoll({ isHealth: true, pollEveryMs }, 'national', state, new Date(START)).intervalMs;
    expect(plan(1000)).toBe(3000);
    expect(plan(2 * MINUTE_MS)).toBe(5 * MINUTE_MS);
    expect(plan(HOUR_MS)).toBe(HOUR_MS);
  });

  it('slows others down to three configured intervals, and by a day for each day of silence after that', () => {
    const state = last(polled({ added: quiet, polls: 20 }));
    expect(state).toMatchObject({ intervalMs: 30 * MINUTE_MS, intervalReason: 'ceiling' });
    const plan = (days: number) =>
      planPoll(
        FEED,
        'provincial',
        { ...state, newsAt: new Date(START - days * DAY_MS).toISOString() },
        new Date(START),
      );
    expect(plan(7)).toEqual({ intervalMs: 7 * HOUR_MS, reason: 'silent' });
    // Never dropped.
    expect(plan(10_000)).toEqual({ intervalMs: 30 * DAY_MS, reason: 'silent' });
  });

  it('is bounded below, however much comes', () => {
    expect(last(polled({ added: steady(4000), listed: 500, polls: 600 }))).toMatchObject({
      intervalReason: 'fastest',
      intervalMs: 150_000,
    });
  });

  it('leaves half of what a feed shows for what comes unexpectedly', () => {
    const { intervalMs = 0 } = last(polled({ added: steady(12), listed: 2, polls: 600 }));
    // Twelve an hour and two to be seen: one in five minutes, where the rate alone would ask for seven.
    expect(intervalMs / MINUTE_MS).toBeGreaterThan(4);
    expect(intervalMs / MINUTE_MS).toBeLessThan(6.5);
  });
});

describe('a poll that knew nothing of what it read', () => {
  it('counts as a gap, and is followed by quicker ones', () => {
    const states = polled({ listed: 20, added: () => 20, polls: 4 });
    expect(states.map(({ gaps }) => gaps)).toEqual([undefined, 1, 2, 3]);
    expect(states[1]).toMatchObject({ intervalReason: 'overflow', gapAt: states[1]?.polledAt });
    expect(states[1]?.intervalMs).toBeLessThanOrEqual(5 * MINUTE_MS);
    expect(states[3]?.intervalMs).toBe(150_000);
  });

  it('is no gap where nothing had been there before', () => {
    const empty = polled({ listed: 0, added: quiet, polls: 3, poll: { status: 'empty' } });
    const news = { status: 'ok', listed: 3, added: 3, missed: 0, freshForMs: 0 } as const;
    const at = new Date(Date.parse(last(empty).nextPollAt ?? ''));
    const state = afterGoodPoll({ feed: FEED, tier: 'provincial' }, last(empty), news, at);
    expect(state.gaps).toBeUndefined();
    expect(state.intervalReason).not.toBe('overflow');
  });

  it('says nothing of the rhythm where it came late', () => {
    const before = last(polled({ added: steady(6), polls: 20 }));
    const late = new Date(Date.parse(before.nextPollAt ?? '') + 3 * DAY_MS);
    const news = { status: 'ok', listed: 50, added: 50, missed: 0, freshForMs: 0 } as const;
    const state = afterGoodPoll({ feed: FEED, tier: 'provincial' }, before, news, late);
    expect(state).toMatchObject({ gaps: 1, rhythm: before.rhythm });
  });
});

describe('what outlet and server ask for', () => {
  const intervalAt = (tier: Tier, poll: Partial<PollNews>) => {
    const { intervalMs, intervalReason } = last(polled({ tier, added: steady(30), polls: 40, poll }));
    return [Math.round((intervalMs ?? 0) / MINUTE_MS), intervalReason];
  };

  it('is a floor for ordinary feeds, up to an hour for a format and a day for a server', () => {
    expect(intervalAt('provincial', { feedAsksMs: 45 * MINUTE_MS })).toEqual([45, 'feed-asks']);
    expect(intervalAt('provincial', { feedAsksMs: 7 * DAY_MS })).toEqual([60, 'feed-asks']);
    expect(intervalAt('provincial', { freshForMs: 3 * HOUR_MS })).toEqual([180, 'server-asks']);
    expect(intervalAt('provincial', { freshForMs: 365 * DAY_MS })).toEqual([1440, 'server-asks']);
  });

  it('cannot keep a feed of first importance from being heard', () => {
    const feed = { isHealth: false, pollEveryMs: 5 * MINUTE_MS };
    const state = { entriesLastPoll: 50, rhythm: quietRhythm() };
    const plan = (asks: object) => planPoll(feed, 'national', state, new Date(START), asks);
    expect(plan({ feedMs: DAY_MS }).intervalMs).toBe(5 * MINUTE_MS);
    expect(plan({ serverMs: DAY_MS })).toEqual({ intervalMs: 10 * MINUTE_MS, reason: 'server-asks' });
  });

  it('stands until the feed is read again', () => {
    const before = last(polled({ added: steady(30), polls: 10, poll: { feedAsksMs: 45 * MINUTE_MS } }));
    const news = { status: 'not-modified', listed: 50, added: 0, missed: 0, freshForMs: 0 } as const;
    const state = afterGoodPoll(
      { feed: FEED, tier: 'provincial' },
      before,
      news,
      new Date(before.nextPollAt ?? ''),
    );
    expect(state).toMatchObject({ asksMs: 45 * MINUTE_MS, intervalReason: 'feed-asks' });
  });
});

describe('a feed that fails', () => {
  /** Fails for so many days; @returns the states */
  function failed(tier: Tier, days: number): FeedState[] {
    const states: FeedState[] = [];
    let state = last(polled({ tier, added: quiet, polls: 3 }));
    const until = Date.parse(state.nextPollAt ?? '') + days * DAY_MS;
    for (let at = Date.parse(state.nextPollAt ?? ''); at < until; at = Date.parse(state.nextPollAt ?? '')) {
      const failure = { status: 'unreachable', reason: 'dns' } as const;
      state = afterFailedPoll({ feed: FEED, tier }, state, failure, new Date(at));
      states.push(state);
    }
    return states;
  }
  const longest = (states: readonly FeedState[]) =>
    Math.max(...states.map(({ intervalMs = 0 }) => intervalMs));

  it('is tried at doubling intervals, those of first importance at least every hour in the first week', () => {
    expect(
      failed('provincial', 1)
        .slice(0, 4)
        .map(({ intervalMs = 0 }) => intervalMs / MINUTE_MS),
    ).toEqual([10, 20, 40, 80]);
    expect(longest(failed('national', 6.9))).toBe(HOUR_MS);
    expect(longest(failed('provincial', 6.9))).toBe(6 * HOUR_MS);
  });

  it('is never given up: every day in the first months, every thirty days after that', () => {
    expect(longest(failed('national', 89))).toBe(DAY_MS);
    const years = failed('provincial', 1000);
    expect(longest(years)).toBe(30 * DAY_MS);
    expect(years.at(-1)?.failingSince).toBe(years[0]?.polledAt);
  });

  it('keeps what a server asked for to the minute, but never for ever', () => {
    const before = last(polled({ added: quiet, polls: 3 }));
    const now = new Date(START + DAY_MS);
    const put = (askedMs: number) =>
      afterFailedPoll(
        { feed: FEED, tier: 'national' },
        before,
        { status: 'blocked', reason: 'asked-to-wait', askedMs },
        now,
      );
    expect(put(2 * HOUR_MS)).toMatchObject({
      nextPollAt: new Date(now.getTime() + 2 * HOUR_MS).toISOString(),
      intervalReason: 'told-to-wait',
    });
    expect(put(400 * DAY_MS).intervalMs).toBe(30 * DAY_MS);
  });
});

describe('a feed whose hub is trusted', () => {
  const subscription: Subscription = {
    status: 'trusted',
    changedAt: new Date(START).toISOString(),
    hub: 'https://hub.example/',
    topic: 'https://bao.example/rss',
    callbackUrl: 'https://nhip.example/websub',
    token: 'token',
    secret: 'secret',
    failures: 0,
    pushes: 1,
    misses: 0,
  };
  const trusted = (perHour: number) => ({
    ...last(polled({ tier: 'national', added: steady(perHour), polls: 300 })),
    subscription,
  });
  const safetyPoll = (before: FeedState) => {
    const news = { status: 'not-modified', listed: 50, added: 0, missed: 0, freshForMs: 0 } as const;
    return afterGoodPoll({ feed: FEED, tier: 'national' }, before, news, new Date(before.nextPollAt ?? ''));
  };

  it('is polled once a day, and sooner where its rhythm makes silence suspicious', () => {
    expect(safetyPoll(trusted(0.01))).toMatchObject({ intervalMs: DAY_MS, intervalReason: 'pushed' });
    const busy = safetyPoll(trusted(5)).intervalMs ?? 0;
    expect(busy).toBeGreaterThan(HOUR_MS / 2);
    expect(busy).toBeLessThan(2 * HOUR_MS);
  });

  it('has the next poll put off by each push, but never past a day after the last one', () => {
    const before = { ...trusted(5) };
    const polledAt = Date.parse(before.polledAt ?? '');
    const push = (afterMs: number) =>
      Date.parse(
        afterPushed(
          { feed: FEED, tier: 'national' },
          before,
          { listed: 1, added: 1 },
          new Date(polledAt + afterMs),
        ).nextPollAt ?? '',
      );
    expect(push(10 * MINUTE_MS)).toBeGreaterThan(polledAt + HOUR_MS / 2);
    expect(push(23.9 * HOUR_MS)).toBeLessThanOrEqual(polledAt + DAY_MS);
  });

  it('is polled as ever after an entry that was not pushed', () => {
    const before = trusted(5);
    const news = { status: 'ok', listed: 50, added: 2, missed: 1, freshForMs: 0 } as const;
    const state = afterGoodPoll(
      { feed: FEED, tier: 'national' },
      before,
      news,
      new Date(before.nextPollAt ?? ''),
    );
    expect(state.subscription).toMatchObject({ status: 'demoted', reason: 'missed-push', misses: 1 });
    expect(state.intervalMs).toBeLessThanOrEqual(10 * MINUTE_MS);
  });
});

describe('places in time', () => {
  it('are spread evenly, the same each time, and never late', () => {
    const places = Array.from({ length: 1000 }, (_, n) => spreadOf(`bao-${n}`)).sort((a, b) => a - b);
    // Kolmogorov–Smirnov at a level of one in a thousand: 1.95 / √1000.
    const distance = Math.max(...places.map((place, n) => Math.abs(place - n / 1000)));
    expect(distance).toBeLessThan(0.062);
    const now = new Date(START);
    const plan = { intervalMs: HOUR_MS, reason: 'rhythm' } as const;
    const at = Date.parse(pollAt('bao-a-1', plan, now)) - START;
    expect(at).toBeLessThanOrEqual(HOUR_MS);
    expect(at).toBeGreaterThan(0.97 * HOUR_MS);
    expect(pollAt('bao-a-1', plan, now)).toBe(pollAt('bao-a-1', plan, now));
  });
});

function quietRhythm() {
  return { polls: 500, hours: new Array<number>(24).fill(0), overMs: 10 * DAY_MS };
}
