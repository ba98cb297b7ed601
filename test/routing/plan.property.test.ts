import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Severity } from '../../src/domain/alert.ts';
import { digestAfter, isQuiet, isWorking } from '../../src/routing/clock.ts';
import {
  CHANNEL_NAMES,
  type ChannelName,
  HOURS,
  type OnCall,
  type Policy,
  ROLES,
} from '../../src/routing/on-call.ts';
import { boundMinutes } from '../../src/routing/plan.ts';
import { recipientsOf } from '../../src/routing/recipients.ts';
import { PLACES } from '../support/on-call.ts';
import { type Behaviour, RoutingWorld, type WorldIncident } from '../support/routing-world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ROUND_MINUTES = 5;
const RUNS = 150;
/** Longest that the model waits for anything: a day until the digest, then every line and channel. */
const HORIZON_ROUNDS = (36 * 60) / ROUND_MINUTES;
/** Digests wait this long for a channel; an officer has three, the world five. */
const DIGEST_MINUTES = 8 * (10 + ROUND_MINUTES);

/** Midnight in Vietnam between a Saturday and a Sunday; worlds begin within the nine days after it. */
const START = Date.parse('2026-02-28T17:00:00.000Z');
const OFFICERS = ['an', 'binh', 'chi', 'dung'];
const CHANNELS: readonly ChannelName[] = ['log', 'email', 'sms', 'telegram', 'ntfy'];

const stretch = fc
  .tuple(fc.integer({ min: -3, max: 10 }), fc.integer({ min: 1, max: 6 }))
  .map(([from, days]) => ({
    from: new Date(START + from * DAY_MS).toISOString(),
    to: new Date(START + (from + days) * DAY_MS).toISOString(),
  }));

const channelsOf = (id: string) =>
  fc
    .tuple(
      fc.subarray([...CHANNELS], { minLength: 1, maxLength: 3 }),
      fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    )
    .map(([names, isOwn]) =>
      names.map((channel, index) => (isOwn[index] ? { channel, to: id } : { channel })),
    );

const policy: fc.Arbitrary<Policy> = fc
  .record({
    tell: fc.subarray([...ROLES], { minLength: 1 }),
    escalateTo: fc.subarray([...ROLES]),
    escalateAfterMinutes: fc.integer({ min: 5, max: 30 }),
    remind: fc.option(
      fc.record({
        everyMinutes: fc.integer({ min: 10, max: 60 }),
        times: fc.integer({ min: 0, max: 4 }),
        thenEveryMinutes: fc.integer({ min: 60, max: 240 }),
      }),
      { nil: undefined },
    ),
    hours: fc.constantFrom(...HOURS),
    over: fc.constantFrom('first' as const, 'every' as const),
    nextChannelAfterMinutes: fc.integer({ min: 2, max: 15 }),
    deadlines: fc.constant({}),
  })
  .map(({ remind, ...rest }) => ({ ...rest, ...(remind === undefined ? {} : { remind }) }));

const onCall: fc.Arbitrary<OnCall> = fc.integer({ min: 1, max: OFFICERS.length }).chain((count) => {
  const ids = OFFICERS.slice(0, count);
  const officer = fc.constantFrom(...ids);
  const names = [...ids, 'rota'];
  const who = fc.subarray(names, { minLength: 1, maxLength: 2 });
  return fc
    .record({
      officers: fc
        .tuple(
          ...ids.map((id) =>
            fc.record({
              channels: channelsOf(id),
              absences: fc.array(stretch, { maxLength: 2 }),
              substitute: fc.option(officer, { nil: undefined }),
            }),
          ),
        )
        .map((all) =>
          all.map(({ substitute, ...rest }, index) => ({
            id: ids[index] as string,
            name: ids[index] as string,
            languages: ['vi' as const],
            ...rest,
            ...(substitute === undefined ? {} : { substitute }),
          })),
        ),
      rota: fc.record({
        since: fc
          .integer({ min: -400, max: 400 })
          .map((hours) => new Date(START + hours * 3_600_000).toISOString()),
        officers: fc.array(officer, { minLength: 1, maxLength: 3 }),
        covers: fc.array(
          fc.tuple(stretch, officer).map(([days, each]) => ({ ...days, officer: each })),
          { maxLength: 1 },
        ),
      }),
      duty: who,
      ministry: fc.oneof(fc.constant([]), who),
      facility: fc.option(who, { nil: undefined }),
      province: fc.option(who, { nil: undefined }),
      desk: fc.option(who, { nil: undefined }),
      policies: fc.record({ critical: policy, serious: policy, watch: policy, information: policy }),
      quietFrom: fc.integer({ min: 20 * 60, max: 23 * 60 }),
      quietTo: fc.integer({ min: 5 * 60, max: 6 * 60 + 30 }),
      digestAt: fc.integer({ min: 6 * 60 + 30, max: 9 * 60 }),
      nightlyPages: fc.integer({ min: 0, max: 3 }),
      mutes: fc.array(
        fc.record({
          of: fc.subarray(['facility:bv-mau', 'province:79', 'story:s', 'i0', 'i1'], { minLength: 1 }),
          until: fc
            .integer({ min: 0, max: 9 * 24 })
            .map((hours) => new Date(START + hours * 3_600_000).toISOString()),
        }),
        { maxLength: 2 },
      ),
      holiday: fc.option(stretch, { nil: undefined }),
    })
    .map((all) => ({
      officers: new Map(all.officers.map((each) => [each.id, each])),
      rotas: new Map([['rota', { id: 'rota', ...all.rota }]]),
      duty: all.duty,
      ministry: all.ministry,
      facilities: new Map(all.facility === undefined ? [] : [['bv-mau', all.facility]]),
      provinces: new Map(all.province === undefined ? [] : [['79', all.province]]),
      desks: all.desk === undefined ? [] : [{ about: ['story'], who: all.desk }],
      policies: all.policies,
      quietHours: { fromMs: all.quietFrom * MINUTE_MS, toMs: all.quietTo * MINUTE_MS },
      workingHours: { weekdays: [1, 2, 3, 4, 5], fromMs: 8 * 60 * MINUTE_MS, toMs: 17 * 60 * MINUTE_MS },
      nightlyPages: all.nightlyPages,
      digestAtMs: all.digestAt * MINUTE_MS,
      mutes: all.mutes,
      holidays: all.holiday === undefined ? [] : [{ name: 'tet' as const, ...all.holiday }],
      places: PLACES,
    }));
});

/** `slow` delivers in the end, but never before the next channel is due. */
const behaviour = fc.constantFrom('good', 'good', 'refuses', 'silent', 'slow');

const incidents = (severities: readonly Severity[]) =>
  fc
    .array(
      fc.record({
        severity: fc.constantFrom(...severities),
        series: fc.subarray(['facility:bv-mau', 'province:79', 'facility:bv-nowhere', 'story:s'] as const, {
          minLength: 1,
        }),
        opensIn: fc.integer({ min: 0, max: 12 }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) => all.map((each, index): WorldIncident => ({ id: `i${index}`, ...each })));

interface Setting {
  readonly onCall: OnCall;
  readonly channels: readonly string[];
  readonly behaviours: readonly string[];
  readonly startMinutes: number;
  readonly crash: { readonly round: number; readonly stored: number } | undefined;
}

const setting: fc.Arbitrary<Setting> = fc.record({
  onCall,
  channels: fc.subarray(CHANNELS.slice(1)).map((some) => ['log', ...some]),
  behaviours: fc.array(behaviour, { minLength: 40, maxLength: 40 }),
  startMinutes: fc.integer({ min: 0, max: 9 * 24 * 60 }),
  crash: fc.option(
    fc.record({ round: fc.integer({ min: 0, max: 12 }), stored: fc.integer({ min: 0, max: 3 }) }),
    {
      nil: undefined,
    },
  ),
});

/** Every address of a world has its own way, by its place in a list. */
function wayOf(address: string, { behaviours }: Setting): string {
  const [channel = '', to = ''] = address.split(' ');
  const place =
    CHANNEL_NAMES.indexOf(channel as ChannelName) * (OFFICERS.length + 1) + OFFICERS.indexOf(to) + 1;
  return behaviours[place % behaviours.length] ?? 'good';
}

function worldOf(set: Setting, all: readonly WorldIncident[]): RoutingWorld {
  const options = {
    onCall: set.onCall,
    channels: set.channels,
    behaviour(address: string): Behaviour {
      const way = wayOf(address, set);
      if (way === 'good') return { afterMinutes: 1 };
      return way === 'slow' ? { afterMinutes: 90 } : (way as Behaviour);
    },
    start: new Date(START + set.startMinutes * MINUTE_MS),
    roundMinutes: ROUND_MINUTES,
    crashes: new Map(set.crash === undefined ? [] : [[set.crash.round, set.crash.stored]]),
  };
  return new RoutingWorld(options, all);
}

function works(officerId: string, set: Setting): boolean {
  const addresses = set.onCall.officers.get(officerId)?.channels ?? [];
  return addresses.some(
    ({ channel, to }) => set.channels.includes(channel) && wayOf(`${channel} ${to ?? ''}`, set) === 'good',
  );
}

interface Pledge {
  /** Milliseconds since 1970 by which it must have come true. */
  readonly by: number;
  readonly of: 'officer' | 'operator' | 'either';
}

/** What the routing promises for one incident. */
function pledgeOf(incident: WorldIncident, set: Setting, calledAt: Date): Pledge {
  const { onCall: rules } = set;
  const { severity } = incident;
  const { hours } = rules.policies[severity];
  const lines = recipientsOf(incident, rules, calledAt);
  const reach = (some: readonly string[]) => some.some((id) => works(id, set));
  const bound = (boundMinutes(severity, lines, rules, ROUND_MINUTES) + ROUND_MINUTES) * MINUTE_MS;
  const whole = reach(lines.flat()) ? 'officer' : 'operator';
  const isHushed = rules.mutes.some(({ until }) => Date.parse(until) > calledAt.getTime());
  const isDayLong = [0, bound / 2, bound].every((ms) => !isQuiet(new Date(calledAt.getTime() + ms), rules));
  if (severity === 'critical') return { by: calledAt.getTime() + bound, of: whole };
  if (!isHushed && isDayLong && (hours === 'always' || hours === 'waking')) {
    return { by: calledAt.getTime() + bound, of: whole };
  }
  const digest = digestAfter(calledAt, rules).getTime();
  const last = Math.max(calledAt.getTime() + bound, digest + Math.max(bound, DIGEST_MINUTES * MINUTE_MS));
  if (reach(lines[0] ?? [])) return { by: last, of: 'officer' };
  return { by: last, of: 'either' };
}

function isKept(promise: Pledge, incident: WorldIncident, world: RoutingWorld): boolean {
  const reached = (world.reachedAt(incident.id)?.getTime() ?? Number.POSITIVE_INFINITY) <= promise.by;
  const told = world.toOperator(incident.id).some(({ createdAt }) => Date.parse(createdAt) <= promise.by);
  return (promise.of !== 'operator' && reached) || (promise.of !== 'officer' && told);
}

describe('routing, whatever is configured', () => {
  it('gets every serious or critical incident to a person within its bound, or tells the operator', () => {
    fc.assert(
      fc.property(setting, incidents(['serious', 'critical']), (set, all) => {
        const world = worldOf(set, all);
        const called = new Map(all.map((each) => [each.id, world.at(each.opensIn)]));
        const promises = all.map((each) => ({
          incident: each,
          promise: pledgeOf(each, set, called.get(each.id) as Date),
        }));
        const end = Math.max(...promises.map(({ promise }) => promise.by)) + 2 * ROUND_MINUTES * MINUTE_MS;
        for (let round = 0; world.now.getTime() < end && round < HORIZON_ROUNDS; round++) world.step();
        for (const { incident, promise } of promises) {
          const report = {
            incident,
            promise,
            by: new Date(promise.by).toISOString(),
            called: called.get(incident.id),
          };
          if (!isKept(promise, incident, world)) {
            const planned = world.notifications.map(
              ({ id, status, createdAt }) => `${createdAt} ${id} ${status}`,
            );
            throw new Error(`not kept: ${JSON.stringify(report)}\n${planned.join('\n')}`);
          }
        }
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('keeps trying while every channel is down', () => {
    fc.assert(
      fc.property(setting, incidents(['critical']), (set, all) => {
        const world = worldOf({ ...set, behaviours: ['refuses'] }, all);
        for (let round = 0; round < 12 * 12; round++) world.step();
        const before = world.notifications.length;
        for (let round = 0; round < 12 * 5; round++) world.step();
        const remind = set.onCall.policies.critical.remind;
        for (const { id } of all) expect(world.toOperator(id).length).toBeGreaterThan(0);
        if (remind !== undefined) expect(world.notifications.length).toBeGreaterThan(before);
        expect(world.notifications.some(({ status }) => status === 'delivered')).toBe(false);
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it('sends nothing twice to one address for one step, keeps the nightly budget, and owes nothing it has planned', () => {
    fc.assert(
      fc.property(setting, incidents(['information', 'watch', 'serious', 'critical']), (set, all) => {
        const world = worldOf(set, all);
        const crash = set.crash?.round ?? -1;
        for (let round = 0; round < 12 * 14; round++) {
          world.step();
          if (round > crash) expect(world.owed()).toEqual([]);
        }
        const sent = world.notifications.filter(({ status }) => status !== 'held');
        const keys = sent.map(({ incidentId, step, channel, to, officerId }) =>
          [incidentId, step, channel, to, step.startsWith('digest-') ? officerId : ''].join(' '),
        );
        expect(new Set(keys).size).toBe(keys.length);
        expect(new Set(world.notifications.map(({ id }) => id)).size).toBe(world.notifications.length);
        for (const pages of nightsOf(sent, set.onCall).values()) {
          expect(pages.size).toBeLessThanOrEqual(set.onCall.nightlyPages);
        }
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('is silent once somebody has taken the incident', () => {
    fc.assert(
      fc.property(
        setting,
        incidents(['serious', 'critical']),
        fc.integer({ min: 13, max: 60 }),
        (set, all, takenIn) => {
          const world = worldOf(
            set,
            all.map((each) => ({ ...each, takenIn })),
          );
          for (let round = 0; round < 12 * 12; round++) world.step();
          const taken = world.at(takenIn).toISOString();
          expect(world.notifications.filter(({ createdAt }) => createdAt >= taken)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('tells only people that are there while anybody is, and always somebody', () => {
    fc.assert(
      fc.property(
        onCall,
        incidents(['watch', 'serious']),
        fc.integer({ min: 0, max: 9 * 24 }),
        (rules, all, hours) => {
          const now = new Date(START + hours * 3_600_000);
          for (const incident of all) {
            const lines = recipientsOf(incident, rules, now);
            expect(lines[0]?.length).toBeGreaterThan(0);
            expect(new Set(lines.flat()).size).toBe(lines.flat().length);
            for (const id of lines.flat()) expect(rules.officers.has(id)).toBe(true);
            if (rules.policies[incident.severity].escalateTo.length > 0) {
              expect(lines.flat().length).toBe(rules.officers.size);
            }
          }
          expect(
            isWorking(now, rules) &&
              rules.holidays.some(({ from, to }) => from <= now.toISOString() && now.toISOString() < to),
          ).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** By officer and night: the steps that they were paged with, critical ones apart. */
function nightsOf(sent: RoutingWorld['notifications'], rules: OnCall): Map<string, Set<string>> {
  const nights = new Map<string, Set<string>>();
  for (const { officerId, severity, step, incidentId, createdAt } of sent) {
    const at = new Date(createdAt);
    if (
      officerId === undefined ||
      severity === 'critical' ||
      step.startsWith('digest-') ||
      !isQuiet(at, rules)
    )
      continue;
    const since = new Date(at.getTime() - rules.quietHours.fromMs).toISOString().slice(0, 10);
    const key = `${officerId} ${since}`;
    nights.set(key, (nights.get(key) ?? new Set()).add(`${incidentId} ${step}`));
  }
  return nights;
}
