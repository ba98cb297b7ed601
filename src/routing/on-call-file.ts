import { z } from 'zod';

import { SEVERITIES } from '../domain/alert.ts';
import type { PublicHoliday } from '../domain/public-holiday.ts';
import { SERIES_KINDS } from '../domain/series.ts';
import { DAY_MS, HOUR_MS, vietnameseMidnight } from '../domain/time.ts';
import { parseYaml } from '../domain/yaml-document.ts';
import type { Address, Allowance, ChannelName, OnCall, Places, Policy, Response } from './on-call.ts';
import { CHANNEL_NAMES, HOURS, ROLES } from './on-call.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** Without a hyphen or digit at its start, so that no two notifications get one id. */
const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected 1 to 40 lower-case letters, digits or hyphens, a letter first')
  .refine((name) => !name.endsWith('-own'), 'expected another ending than -own');
const ids = z.array(z.string()).min(1, 'expected at least one officer or rota');
const minutes = z.int().min(1).max(1440);
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM, in quotes');
const hours = { from: time, to: time };
const days = { from: z.iso.date(), to: z.iso.date() };

/** What an address on a channel looks like, where its form is known. */
const ADDRESS_FORMS: Partial<Record<ChannelName, { readonly form: RegExp; readonly expected: string }>> = {
  email: { form: /^[^\s@]{1,64}@[^\s@]{1,190}$/, expected: 'a mailbox' },
  sms: { form: /^\+[1-9]\d{6,14}$/, expected: 'a telephone number with its country, as in +84…, in quotes' },
};

const address = z
  .strictObject({ channel: z.enum(CHANNEL_NAMES), to: z.string().min(1).max(300).optional() })
  .superRefine(({ channel, to }, context) => {
    const known = ADDRESS_FORMS[channel];
    if (known === undefined || to === undefined || known.form.test(to)) return;
    context.addIssue({ code: 'custom', path: ['to'], message: `expected ${known.expected}` });
  });

const allowance = z
  .string()
  .regex(
    /^[1-9]\d{0,2} (?:min|h|working h|working days)$/,
    'expected a time as in 15 min, 24 h, 4 working h or 3 working days',
  );

const policy = z.strictObject({
  tell: z.array(z.enum(ROLES)).min(1),
  escalateTo: z.array(z.enum(ROLES)).default([]),
  escalateAfterMinutes: minutes.default(30),
  remind: z
    .strictObject({ everyMinutes: minutes, times: z.int().min(0).max(1000), thenEveryMinutes: minutes })
    .optional(),
  hours: z.enum(HOURS),
  over: z.enum(['first', 'every']).default('first'),
  nextChannelAfterMinutes: minutes,
  deadlines: z
    .strictObject({
      acknowledge: allowance.optional(),
      statement: allowance.optional(),
      resolve: allowance.optional(),
    } satisfies Record<Response, unknown>)
    .default({}),
});

const file = z.strictObject({
  officers: z
    .array(
      z.strictObject({
        id,
        name: z.string().min(1).max(200),
        languages: z
          .array(z.enum(['vi', 'en']))
          .min(1)
          .default(['vi']),
        channels: z.array(address).min(1, 'expected at least one channel'),
        absences: z.array(z.strictObject(days)).default([]),
        substitute: z.string().optional(),
      }),
    )
    .min(1, 'expected at least one officer, or nobody would be told of anything'),
  rotas: z
    .array(
      z.strictObject({
        id,
        since: z.iso.date(),
        handOverAt: time,
        officers: z.array(z.string()).min(1, 'expected at least one officer'),
        onHolidays: z.string().optional(),
        covers: z.array(z.strictObject({ ...days, officer: z.string() })).default([]),
      }),
    )
    .default([]),
  duty: ids,
  ministry: z.array(z.string()).default([]),
  facilities: z.record(z.string(), ids).default({}),
  provinces: z.record(z.string(), ids).default({}),
  desks: z.array(z.strictObject({ about: z.array(z.string()).min(1), who: ids })).default([]),
  policies: z.strictObject({
    critical: policy,
    serious: policy,
    watch: policy,
    information: policy,
  } satisfies Record<(typeof SEVERITIES)[number], typeof policy>),
  quietHours: z.strictObject(hours),
  workingHours: z.strictObject({ days: z.array(z.enum(WEEKDAYS)).min(1), ...hours }),
  nightlyPages: z.int().min(0).max(100),
  digestAt: time,
  mutes: z
    .array(
      z.strictObject({
        of: z.array(z.string().min(1)).min(1),
        until: z.iso.datetime({
          offset: true,
          error: 'expected a time with its zone, as in 2026-02-20T07:00+07:00',
        }),
        why: z.string().min(1).max(300),
      }),
    )
    .default([]),
});

type File = z.output<typeof file>;
type Report = (path: readonly (string | number)[], message: string) => void;

/**
 * Reads `config/on-call.yaml`.
 *
 * @param places    what provinces, facilities and subjects there are
 * @param holidays  days that nobody works and that rotas cover
 * @throws {ConfigError} with every fault, its line and what was expected; names that nothing bears are faults
 */
export function parseOnCall(
  text: string,
  places: Places,
  holidays: readonly PublicHoliday[],
  name = 'config/on-call.yaml',
): OnCall {
  const schema = file.superRefine((parsed, context) => {
    checkNames(parsed, places, (path, message) =>
      context.addIssue({ code: 'custom', path: [...path], message }),
    );
  });
  const parsed = parseYaml(name, text, schema);
  return {
    officers: new Map(
      parsed.officers.map(({ substitute, channels, absences, ...officer }) => [
        officer.id,
        {
          ...officer,
          channels: channels.map(plainAddress),
          absences: absences.map(stretchOf),
          ...(substitute === undefined ? {} : { substitute }),
        },
      ]),
    ),
    rotas: new Map(
      parsed.rotas.map(({ since, handOverAt, onHolidays, covers, ...rota }) => [
        rota.id,
        {
          ...rota,
          since: new Date(vietnameseMidnight(since) + msOf(handOverAt)).toISOString(),
          covers: covers.map(({ officer, ...days }) => ({ officer, ...stretchOf(days) })),
          ...(onHolidays === undefined ? {} : { onHolidays }),
        },
      ]),
    ),
    duty: parsed.duty,
    ministry: parsed.ministry,
    facilities: new Map(Object.entries(parsed.facilities)),
    provinces: provincesOf(parsed, places),
    desks: parsed.desks,
    policies: Object.fromEntries(
      SEVERITIES.map((severity) => [
        severity,
        plainPolicy(parsed.policies[severity], dayHours(parsed.workingHours)),
      ]),
    ) as unknown as OnCall['policies'],
    quietHours: dayHours(parsed.quietHours),
    workingHours: {
      ...dayHours(parsed.workingHours),
      weekdays: parsed.workingHours.days.map((day) => WEEKDAYS.indexOf(day)),
    },
    nightlyPages: parsed.nightlyPages,
    digestAtMs: msOf(parsed.digestAt),
    mutes: parsed.mutes.map(({ of, until }) => ({ of, until: new Date(until).toISOString() })),
    holidays,
    places,
  };
}

function checkNames(parsed: File, places: Places, report: Report): void {
  const officers = new Set(parsed.officers.map((officer) => officer.id));
  const known = new Set([...officers, ...parsed.rotas.map((rota) => rota.id)]);
  checkUnique(parsed, report);
  checkDigest(parsed, report);
  checkOfficers(parsed, officers, report);
  const everyone = (who: readonly string[], ...path: (string | number)[]) => {
    who.forEach((name, at) => {
      if (!known.has(name))
        report([...path, at], `expected the id of an officer or a rota, not ${quote(name)}`);
    });
  };
  everyone(parsed.duty, 'duty');
  everyone(parsed.ministry, 'ministry');
  for (const [facility, who] of Object.entries(parsed.facilities)) {
    everyone(who, 'facilities', facility);
    if (places.series.has(`facility:${facility}`)) continue;
    report(['facilities', facility], `expected the id of a facility that config/facilities.yaml lists`);
  }
  for (const [province, who] of Object.entries(parsed.provinces)) {
    everyone(who, 'provinces', province);
    if (codeOf(province, places) !== undefined) continue;
    report(['provinces', province], 'expected a code or name of config/provinces.yaml, of today or former');
  }
  parsed.desks.forEach(({ about, who }, index) => {
    everyone(who, 'desks', index, 'who');
    about.forEach((subject, at) => {
      if (SERIES_KINDS.some((kind) => kind === subject) || places.series.has(subject)) return;
      const expected = `expected ${SERIES_KINDS.join(', ')}, or one of a kind that a registry lists, as in topic:incidents`;
      report(['desks', index, 'about', at], expected);
    });
  });
}

/** A digest in the quiet hours would wake those whom it spares. */
function checkDigest({ digestAt, quietHours: { from, to } }: File, report: Report): void {
  const isQuiet =
    from < to ? from <= digestAt && digestAt < to : from !== to && (from <= digestAt || digestAt < to);
  if (isQuiet) report(['digestAt'], `expected a time outside of the quiet hours, ${to} or later`);
}

function checkUnique({ officers, rotas }: File, report: Report): void {
  const seen = new Set<string>();
  const check = (name: string, ...path: (string | number)[]) => {
    if (seen.has(name))
      report([...path, 'id'], `expected an id of its own, ${quote(name)} stands above already`);
    seen.add(name);
  };
  officers.forEach((officer, at) => {
    check(officer.id, 'officers', at);
    const names = officer.channels.map(({ channel }) => channel);
    const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
    if (twice >= 0)
      report(
        ['officers', at, 'channels', twice],
        `expected each channel once, not ${quote(names[twice])} again`,
      );
  });
  rotas.forEach((rota, at) => {
    check(rota.id, 'rotas', at);
  });
}

function checkOfficers({ officers, rotas }: File, known: ReadonlySet<string>, report: Report): void {
  const check = (name: string | undefined, ...path: (string | number)[]) => {
    if (name !== undefined && !known.has(name))
      report(path, `expected the id of an officer, not ${quote(name)}`);
  };
  const inOrder = ({ from, to }: { from: string; to: string }, ...path: (string | number)[]) => {
    if (to < from) report([...path, 'to'], `expected ${from} or a later day`);
  };
  officers.forEach(({ substitute, absences }, at) => {
    check(substitute, 'officers', at, 'substitute');
    absences.forEach((absence, index) => {
      inOrder(absence, 'officers', at, 'absences', index);
    });
  });
  rotas.forEach(({ officers: turns, onHolidays, covers }, at) => {
    turns.forEach((turn, index) => {
      check(turn, 'rotas', at, 'officers', index);
    });
    check(onHolidays, 'rotas', at, 'onHolidays');
    covers.forEach((cover, index) => {
      check(cover.officer, 'rotas', at, 'covers', index, 'officer');
      inOrder(cover, 'rotas', at, 'covers', index);
    });
  });
}

/** Two entries may mean one province of today: the officers of both are told. */
function provincesOf({ provinces }: File, places: Places): Map<string, readonly string[]> {
  const byCode = new Map<string, readonly string[]>();
  for (const [name, who] of Object.entries(provinces)) {
    const code = codeOf(name, places) ?? '';
    byCode.set(code, [...(byCode.get(code) ?? []), ...who]);
  }
  return byCode;
}

function codeOf(province: string, { provinceCodes }: Places): string | undefined {
  return provinceCodes.get(province.toLowerCase());
}

function plainAddress({ channel, to }: z.output<typeof address>): Address {
  return { channel, ...(to === undefined ? {} : { to }) };
}

function plainPolicy(
  { remind, deadlines, ...rest }: z.output<typeof policy>,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Policy {
  const workingDayMs = (toMs - fromMs + DAY_MS) % DAY_MS || DAY_MS;
  const named = Object.entries(deadlines).flatMap(([what, text]) =>
    text === undefined ? [] : [[what, allowanceOf(text, workingDayMs)]],
  );
  return { ...rest, ...(remind === undefined ? {} : { remind }), deadlines: Object.fromEntries(named) };
}

/** `15 min`, `24 h`, `4 working h`, `3 working days`. */
function allowanceOf(text: string, workingDayMs: number): Allowance {
  const [amount = '', ...unit] = text.split(' ');
  const unitMs = { min: HOUR_MS / 60, h: HOUR_MS, days: workingDayMs }[unit.at(-1) ?? ''] ?? HOUR_MS;
  return { ms: Number(amount) * unitMs, isWorkingTime: unit[0] === 'working' };
}

/** Both days included, midnight to midnight in Vietnam. */
function stretchOf({ from, to }: { from: string; to: string }) {
  return {
    from: new Date(vietnameseMidnight(from)).toISOString(),
    to: new Date(vietnameseMidnight(to) + DAY_MS).toISOString(),
  };
}

function msOf(clock: string): number {
  return Date.parse(`1970-01-01T${clock}:00Z`);
}

function dayHours({ from, to }: { from: string; to: string }) {
  return { fromMs: msOf(from), toMs: msOf(to) };
}

function quote(text: string | undefined): string {
  return JSON.stringify(text);
}
