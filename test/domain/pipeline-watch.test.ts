import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PipelineFault, PipelineFaultKind } from '../../src/domain/pipeline-health.ts';
import {
  type Bulletin,
  deliveriesDue,
  laterWatch,
  NO_WATCH,
  noteDelivery,
  noteLook,
  type PipelineWatch,
} from '../../src/domain/pipeline-watch.ts';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-03-04T07:00:00.000Z');

const fault = (kind: PipelineFaultKind): PipelineFault => ({
  kind,
  since: new Date(START - 3_600_000).toISOString(),
  boundMs: 1_800_000,
});

/** One look a minute; `seen` are the faults of each, and what a process remembers goes through JSON each time. */
function watchFor(seen: readonly (readonly PipelineFaultKind[])[], from: PipelineWatch = NO_WATCH, by = 'a') {
  const bulletins: Bulletin[] = [];
  let watch = from;
  for (const [minute, kinds] of seen.entries()) {
    const now = new Date(START + minute * MINUTE_MS);
    const look = {
      now,
      faults: kinds.map(fault),
      everyMs: MINUTE_MS,
      by,
      operators: ['email', 'sms:+84900000000'],
    };
    const next = noteLook(JSON.parse(JSON.stringify(watch)) as PipelineWatch, look);
    if (next.bulletin !== undefined && next.bulletin.id !== watch.bulletin?.id) bulletins.push(next.bulletin);
    watch = next;
  }
  return { watch, bulletins };
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('operators', () => {
  it('hear once of a fault that two looks have seen, and of its end when it has been gone for five', () => {
    const seen = [...times(10, ['polling-stopped'] as const), ...times(10, [] as const)];
    const { bulletins, watch } = watchFor(seen);
    expect(bulletins.map(({ kind, at }) => [kind, (Date.parse(at) - START) / MINUTE_MS])).toEqual([
      ['fault', 2],
      ['all-clear', 14],
    ]);
    expect(bulletins[0]?.standing).toEqual([fault('polling-stopped')]);
    expect(bulletins[1]?.ended).toEqual([fault('polling-stopped')]);
    expect(watch.faults).toEqual([]);
  });

  it('hear nothing of a hiccup, nor twice of a fault that flickers', () => {
    expect(watchFor([['store-away'], [], [], [], [], [], [], []]).bulletins).toEqual([]);
    const flicker = Array.from({ length: 60 }, (_, minute) =>
      minute % 4 < 3 ? (['store-away'] as const) : [],
    );
    expect(watchFor(flicker).bulletins).toHaveLength(1);
  });

  it('are reminded every six hours, and told of the new beside the old', () => {
    const { bulletins } = watchFor([
      ...times(13 * 60, ['polling-stopped'] as const),
      ...times(10, ['polling-stopped', 'channel-failing'] as const),
    ]);
    expect(bulletins.map(({ kind }) => kind)).toEqual(['fault', 'reminder', 'reminder', 'fault']);
    expect(bulletins.at(-1)?.standing.map(({ kind }) => kind)).toEqual([
      'polling-stopped',
      'channel-failing',
    ]);
  });

  it('hear that one fault is over while another stands', () => {
    const { bulletins } = watchFor([
      ...times(5, ['polling-stopped', 'store-away'] as const),
      ...times(10, ['polling-stopped'] as const),
    ]);
    expect(bulletins.map(({ kind, standing, ended }) => [kind, standing.length, ended.length])).toEqual([
      ['fault', 2, 0],
      ['fault', 1, 1],
    ]);
  });

  it('whatever happens, are told of every lasting fault and of nothing else, and get one all-clear', () => {
    const kinds = fc.constantFrom<PipelineFaultKind[]>('store-away', 'polling-stopped', 'judging-behind');
    const spells = fc.array(
      fc.record({ minutes: fc.integer({ min: 1, max: 30 }), kinds: fc.uniqueArray(kinds, { maxLength: 3 }) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(spells, (given) => {
        const seen = [...given.flatMap((spell) => times(spell.minutes, spell.kinds)), ...times(8, [])];
        const { bulletins, watch } = watchFor(seen);
        expect(watch.faults).toEqual([]);
        const told = new Set(bulletins.flatMap(({ standing }) => standing.map(({ kind }) => kind)));
        const lasting = given.filter(({ minutes }) => minutes >= 3).flatMap((spell) => spell.kinds);
        for (const kind of lasting) expect(told).toContain(kind);
        for (const kind of told) expect(given.some((spell) => spell.kinds.includes(kind))).toBe(true);
        if (told.size > 0) expect(bulletins.at(-1)?.kind).toBe('all-clear');
        // Between two bulletins about the same faults lie six hours.
        const same = bulletins.filter(
          ({ kind }, at) => kind === 'fault' && bulletins[at - 1]?.kind === 'fault',
        );
        for (const { standing, ended } of same) expect(standing.length + ended.length).toBeGreaterThan(0);
        expect(new Set(bulletins.map(({ id }) => id)).size).toBe(bulletins.length);
      }),
    );
  });
});

describe('a bulletin', () => {
  const begun = () => watchFor(times(3, ['polling-stopped'] as const)).watch;
  const look = (by: string, minute: number) => ({
    now: new Date(START + minute * MINUTE_MS),
    faults: [fault('polling-stopped')],
    everyMs: MINUTE_MS,
    by,
    operators: ['email', 'sms:+84900000000'],
  });

  it('is delivered by the process that made it, over each channel once', () => {
    const watch = begun();
    expect(deliveriesDue(watch, 'a')).toEqual(['email', 'sms:+84900000000']);
    expect(deliveriesDue(watch, 'b')).toEqual([]);
    const id = watch.bulletin?.id as string;
    const half = noteDelivery(watch, id, { to: 'email', status: 'delivered' });
    expect(deliveriesDue(half, 'a')).toEqual(['sms:+84900000000']);
    // Two processes that look at the same moment: the second finds it claimed.
    expect(deliveriesDue(noteLook(half, look('b', 2)), 'b')).toEqual([]);
  });

  it('is taken over when its process is gone, and only what is still due of it', () => {
    const watch = begun();
    const half = noteDelivery(watch, watch.bulletin?.id as string, { to: 'email', status: 'delivered' });
    expect(deliveriesDue(noteLook(half, look('b', 4)), 'b')).toEqual([]);
    expect(deliveriesDue(noteLook(half, look('b', 5)), 'b')).toEqual(['sms:+84900000000']);
  });

  it('is not confused with the one before it', () => {
    const watch = begun();
    expect(noteDelivery(watch, 'watch-fault-of-yesterday', { to: 'email', status: 'delivered' })).toBe(watch);
  });
});

it('goes by its own memory unless the store knows more', () => {
  const early = { ...NO_WATCH, lookedAt: '2026-03-04T07:00:00.000Z' };
  const late = { ...NO_WATCH, lookedAt: '2026-03-04T07:01:00.000Z' };
  expect(laterWatch(early, late)).toBe(late);
  expect(laterWatch(late, early)).toBe(late);
  expect(laterWatch(early, { ...early })).toBe(early);
});
