import type { Severity } from '../domain/alert.ts';
import type { PublicHoliday } from '../domain/public-holiday.ts';

/** Every channel that an officer may be reached over. */
export const CHANNEL_NAMES = [
  'log',
  'email',
  'webhook',
  'sms',
  'telegram',
  'zalo',
  'teams',
  'slack',
  'ntfy',
] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** One way to reach an officer. */
export interface Address {
  readonly channel: ChannelName;
  /** Mailbox, telephone number, chat id; absent: the channel's own address. */
  readonly to?: string;
}

/** A stretch of time, ISO 8601, UTC; `to` is not included. */
interface Stretch {
  readonly from: string;
  readonly to: string;
}

export interface Officer {
  readonly id: string;
  readonly name: string;
  /** What they read, first choice first. */
  readonly languages: readonly ('vi' | 'en')[];
  /** In order of preference, each channel once. */
  readonly channels: readonly Address[];
  readonly absences: readonly Stretch[];
  /** Who stands in while they are absent. */
  readonly substitute?: string;
}

/** Officers who take weekly turns. */
export interface Rota {
  readonly id: string;
  /** When the first of them took over, ISO 8601, UTC; hand-over is at this weekday and hour of every week. */
  readonly since: string;
  /** In order of their turns. */
  readonly officers: readonly string[];
  /** Who covers Tết and public holidays, whoever's turn it is. */
  readonly onHolidays?: string;
  /** Turns that were swapped or taken over. */
  readonly covers: readonly (Stretch & { readonly officer: string })[];
}

/** Whom an incident concerns; see `recipientsOf`. */
export const ROLES = ['facility', 'desk', 'province', 'duty', 'ministry'] as const;
export type Role = (typeof ROLES)[number];

/** Times at which officers are told of a severity: what comes at others waits for the digest. */
export const HOURS = ['always', 'waking', 'working', 'digest'] as const;
export type Hours = (typeof HOURS)[number];

/** What an incident waits for: that somebody takes it, that the office says something in public, that it is closed. */
export const RESPONSES = ['acknowledge', 'statement', 'resolve'] as const;
export type Response = (typeof RESPONSES)[number];

/** How long something may take. */
export interface Allowance {
  readonly ms: number;
  /** Whether only working hours count. */
  readonly isWorkingTime: boolean;
}

/** What is done about incidents of one severity. */
export interface Policy {
  /** Who is told first, together. */
  readonly tell: readonly Role[];
  /** Who is called next, one after the other, while nobody acknowledges; everybody at last. Empty: nobody is. */
  readonly escalateTo: readonly Role[];
  readonly escalateAfterMinutes: number;
  /** To those told already, until somebody acknowledges; absent: once is enough. */
  readonly remind?: {
    readonly everyMinutes: number;
    /** This often, then at the slower pace. */
    readonly times: number;
    readonly thenEveryMinutes: number;
  };
  readonly hours: Hours;
  /** `first`: the officer's next channel only where one failed or was too slow; `every`: all of them at once. */
  readonly over: 'first' | 'every';
  /** A channel that has not delivered by then is not waited for. */
  readonly nextChannelAfterMinutes: number;
  /** By when; what is not named has no deadline. */
  readonly deadlines: Readonly<Partial<Record<Response, Allowance>>>;
}

/** Hours of a Vietnamese day as milliseconds since midnight; over midnight where `to` is not later than `from`. */
export interface DayHours {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Who is told of what, when, over which channel; what `config/on-call.yaml` says. */
export interface OnCall {
  readonly officers: ReadonlyMap<string, Officer>;
  readonly rotas: ReadonlyMap<string, Rota>;
  /** Ids of officers and rotas: who is told where nobody else is known. Never empty. */
  readonly duty: readonly string[];
  readonly ministry: readonly string[];
  /** By facility id. */
  readonly facilities: ReadonlyMap<string, readonly string[]>;
  /** By today's code. */
  readonly provinces: ReadonlyMap<string, readonly string[]>;
  readonly desks: readonly { readonly about: readonly string[]; readonly who: readonly string[] }[];
  readonly policies: Readonly<Record<Severity, Policy>>;
  readonly quietHours: DayHours;
  /** Weekdays (0 = Sunday) and hours; public holidays are not worked. */
  readonly workingHours: DayHours & { readonly weekdays: readonly number[] };
  /** Most incidents' steps that an officer is woken for in one stretch of quiet hours, critical ones apart. */
  readonly nightlyPages: number;
  /** Milliseconds since midnight, Vietnamese time. */
  readonly digestAtMs: number;
  /** An incident with this id, or all of whose series are named, waits for the digest until then; never a critical one. */
  readonly mutes: readonly { readonly of: readonly string[]; readonly until: string }[];
  readonly holidays: readonly PublicHoliday[];
  readonly places: Places;
}

/** What the registries know, as far as routing needs it. */
export interface Places {
  /** Today's code of a province by every code and name it has or had, names in lower case. */
  readonly provinceCodes: ReadonlyMap<string, string>;
  /** Code of the province in which a listed facility stands, by facility id. */
  readonly facilityProvinces: ReadonlyMap<string, string>;
  /** Keys of every series that a registry lists. */
  readonly series: ReadonlySet<string>;
}
