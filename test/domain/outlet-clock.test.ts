import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import {
  type ClockChange,
  correctPublishedAt,
  delayMinutes,
  isClockKnown,
  NO_CLOCK,
  noteDelays,
  type OutletClock,
} from '../../src/domain/outlet-clock.ts';
import type { PublishedAt } from '../../src/domain/published-at.ts';
import { parseStatedTime } from '../../src/reading/date.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-01T17:00:00.000Z');

/** Days of polls, `perDay` entries on each, first seen within minutes and sometimes hours of being published. */
function follow(
  clock: OutletClock,
  { fromDay, days, perDay = 20, offset = 0, spreadMinutes = 100 }: FollowOptions,
): OutletClock {
  let next = clock;
  for (let entry = 0; entry < days * perDay; entry += 1) {
    const at = START + (fromDay * 24 + (entry * 24) / perDay) * HOUR_MS;
    const waited = 4 + ((entry * 37) % spreadMinutes);
    next = noteDelays(next, 'feed', [offset + waited], new Date(at).toISOString());
  }
  return next;
}

interface FollowOptions {
  readonly fromDay: number;
  readonly days: number;
  readonly perDay?: number;
  readonly offset?: number;
  readonly spreadMinutes?: number;
}

const behind = (clock: OutletClock) => clock.sources.feed?.behindMinutes;

describe('learning an offset', () => {
  it('takes Greenwich time printed as Vietnam’s for what it is, after two days and not before', () => {
    const oneDay = follow(NO_CLOCK, { fromDay: 0, days: 1, offset: 420 });
    expect(behind(oneDay)).toBeUndefined();
    const twoDays = follow(oneDay, { fromDay: 1, days: 1, offset: 420 });
    expect(behind(twoDays)).toBe(420);
    expect(twoDays.changes).toEqual([
      { at: expect.any(String), source: 'feed', behindMinutes: 420, samples: expect.any(Number) },
    ]);
    expect(twoDays.changes[0]?.samples).toBeGreaterThanOrEqual(24);
  });

  it('learns that a clock is right, and the reverse fault from times that lie ahead', () => {
    expect(behind(follow(NO_CLOCK, { fromDay: 0, days: 2 }))).toBe(0);
    expect(behind(follow(NO_CLOCK, { fromDay: 0, days: 2, offset: -420 }))).toBe(-420);
    expect(behind(follow(NO_CLOCK, { fromDay: 0, days: 2, offset: -30 }))).toBe(-30);
  });

  it('takes a slow feed for slow, not for an hour behind', () => {
    expect(behind(follow(NO_CLOCK, { fromDay: 0, days: 2, offset: 75 }))).toBe(0);
  });

  it('waits for enough entries of an outlet that publishes little', () => {
    const week = follow(NO_CLOCK, { fromDay: 0, days: 7, perDay: 3, offset: 420 });
    expect(behind(week)).toBeUndefined();
    expect(behind(follow(week, { fromDay: 7, days: 3, perDay: 3, offset: 420 }))).toBe(420);
  });

  it('learns nothing where the quickest entries are strewn over hours', () => {
    const strewn = follow(NO_CLOCK, { fromDay: 0, days: 4, perDay: 13, spreadMinutes: 1000 });
    expect(behind(strewn)).toBeUndefined();
  });

  it('learns nothing of times that are made when the feed is asked for', () => {
    let clock = NO_CLOCK;
    for (let entry = 0; entry < 80; entry += 1) {
      clock = noteDelays(clock, 'feed', [0.2], new Date(START + entry * HOUR_MS).toISOString());
    }
    expect(behind(clock)).toBeUndefined();
    expect(clock.changes).toEqual([]);
  });

  it('is not misled by one entry with a broken date a day', () => {
    let clock = NO_CLOCK;
    for (let day = 0; day < 3; day += 1) {
      clock = noteDelays(clock, 'feed', [-300], new Date(START + day * 24 * HOUR_MS).toISOString());
      clock = follow(clock, { fromDay: day, days: 1, offset: 420 });
    }
    expect(behind(clock)).toBe(420);
  });

  it('withdraws what it had learnt within a few entries of a mended clock, then learns that it is right', () => {
    const off = follow(NO_CLOCK, { fromDay: 0, days: 3, offset: 420 });
    const mended = noteDelays(off, 'feed', [5, 9, 12], new Date(START + 72 * HOUR_MS).toISOString());
    expect(behind(mended)).toBeUndefined();
    expect(mended.changes.at(-1)).not.toHaveProperty('behindMinutes');
    const later = follow(mended, { fromDay: 3, days: 3 });
    expect(behind(later)).toBe(0);
    expect(later.changes.map(({ behindMinutes }) => behindMinutes)).toEqual([420, undefined, 0]);
  });

  it('learns that a right clock has gone wrong', () => {
    const right = follow(NO_CLOCK, { fromDay: 0, days: 3 });
    expect(behind(follow(right, { fromDay: 3, days: 2, offset: 420 }))).toBe(0);
    expect(behind(follow(right, { fromDay: 3, days: 4, offset: 420 }))).toBe(420);
  });

  it('keeps the clocks of feed and pages apart', () => {
    const feed = follow(NO_CLOCK, { fromDay: 0, days: 2, offset: 420 });
    const both = noteDelays(feed, 'json-ld', [6, 8], new Date(START).toISOString());
    expect(both.sources['json-ld']).not.toHaveProperty('behindMinutes');
    expect(behind(both)).toBe(420);
  });

  it('writes nothing more once a day has shown enough, unless an entry is quicker than all', () => {
    const sated = follow(NO_CLOCK, { fromDay: 0, days: 1, perDay: 60, offset: 420 });
    const at = new Date(START + 23 * HOUR_MS).toISOString();
    expect(noteDelays(sated, 'feed', [500], at)).toBe(sated);
    expect(noteDelays(sated, 'feed', [420.5], at)).not.toBe(sated);
  });
});

describe('setting a time right', () => {
  const off = follow(NO_CLOCK, { fromDay: 0, days: 2, offset: 420 });
  const stated = (at: string, more: Partial<PublishedAt> = {}): PublishedAt => ({
    at,
    source: 'feed',
    zoneAssumed: false,
    dayOnly: false,
    ...more,
  });
  const seenAt = '2026-03-05T08:00:00.000Z';

  it('adds the offset, says so and keeps what was printed', () => {
    expect(correctPublishedAt(stated('2026-03-05T00:50:00.000Z'), off, seenAt)).toEqual({
      ...stated('2026-03-05T07:50:00.000Z'),
      corrected: 'offset-corrected',
      printedAt: '2026-03-05T00:50:00.000Z',
    });
  });

  it('gives the same when it is done twice', () => {
    const once = correctPublishedAt(stated('2026-03-05T00:50:00.000Z'), off, seenAt);
    expect(correctPublishedAt(once, off, seenAt)).toEqual(once);
  });

  it('leaves alone what the offset would put after its first sight: that clock has been mended', () => {
    const fresh = stated('2026-03-05T07:50:00.000Z');
    expect(correctPublishedAt(fresh, off, seenAt)).toBe(fresh);
  });

  it('leaves days, other sources and unknown clocks alone', () => {
    for (const time of [
      stated('2026-03-05T00:50:00.000Z', { dayOnly: true }),
      stated('2026-03-05T00:50:00.000Z', { source: 'json-ld' }),
      stated('2026-03-05T00:50:00.000Z', { source: 'url' }),
    ]) {
      expect(correctPublishedAt(time, off, seenAt)).toBe(time);
    }
    const time = stated('2026-03-05T00:50:00.000Z');
    expect(correctPublishedAt(time, undefined, seenAt)).toBe(time);
    expect(isClockKnown(time, off)).toBe(true);
    expect(isClockKnown(stated('x', { source: 'meta' }), off)).toBe(false);
  });

  it('brings a clock that runs ahead back, even where reading has put it to the present', () => {
    const ahead = follow(NO_CLOCK, { fromDay: 0, days: 2, offset: -420 });
    const clamped = stated(seenAt, { corrected: 'future', printedAt: '2026-03-05T14:50:00.000Z' });
    expect(correctPublishedAt(clamped, ahead, seenAt)).toMatchObject({
      at: '2026-03-05T07:50:00.000Z',
      corrected: 'offset-corrected',
    });
    const past = stated('2026-03-05T07:50:00.000Z');
    expect(correctPublishedAt(past, ahead, seenAt)).toBe(past);
  });

  it('takes no sample from a day, from our own clock, or from what is weeks old', () => {
    expect(delayMinutes(stated('2026-03-05T00:50:00.000Z'), seenAt)).toBe(430);
    expect(delayMinutes(stated('2026-03-05T00:50:00.000Z', { dayOnly: true }), seenAt)).toBeUndefined();
    expect(delayMinutes(stated('2026-03-05T00:50:00.000Z', { source: 'url' }), seenAt)).toBeUndefined();
    expect(delayMinutes(stated('2026-02-05T00:50:00.000Z'), seenAt)).toBeUndefined();
  });
});

const STREAM = resolve(import.meta.dirname, '../../../shared/stream/2025-08-09..2026-02-28.jsonl.gz');

/** First sight minus printed time of every entry, in the order of first sight. */
async function delaysByOutlet(): Promise<Map<string, Sample[]>> {
  const delays = new Map<string, Sample[]>();
  for await (const line of createInterface({ input: createReadStream(STREAM).pipe(createGunzip()) })) {
    const { outlet = '', ...times } = JSON.parse(line) as Record<string, string>;
    const time = parseStatedTime(times.publishedAt ?? '');
    const at = parseStatedTime(times.fetchedAt ?? '')?.at ?? '';
    const delay = time && delayMinutes({ ...time, source: 'feed' }, at);
    if (delay !== undefined) listOf(delays, outlet).push({ delay, at });
  }
  for (const samples of delays.values()) samples.sort((a, b) => a.at.localeCompare(b.at));
  return delays;
}

function listOf(delays: Map<string, Sample[]>, outlet: string): Sample[] {
  const known = delays.get(outlet);
  if (known !== undefined) return known;
  const fresh: Sample[] = [];
  delays.set(outlet, fresh);
  return fresh;
}

interface Sample {
  readonly delay: number;
  readonly at: string;
}

describe.skipIf(!existsSync(STREAM))(
  'seven months of three real papers (skipped without ../shared/stream)',
  () => {
    it('finds the two that print Greenwich time as Vietnam’s, and nothing of the one that prints the poll', {
      timeout: 300_000,
    }, async () => {
      const delays = await delaysByOutlet();
      const learnt = new Map<string, readonly ClockChange[]>();
      for (const [outlet, samples] of delays) {
        let clock = NO_CLOCK;
        for (const { delay, at } of samples) clock = noteDelays(clock, 'feed', [delay], at);
        learnt.set(outlet, clock.changes);
      }
      const offsets = (outlet: string) => learnt.get(outlet)?.map(({ behindMinutes }) => behindMinutes);
      expect(offsets('VnExpress')).toEqual([420]);
      expect(offsets('Thanh Niên')).toEqual([420]);
      expect(offsets('Tuổi Trẻ')).toEqual([]);
    });
  },
);
