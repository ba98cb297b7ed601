import type { Signal } from '../domain/alert.ts';
import type { ArticleOutline } from '../domain/article.ts';
import type { Tier } from '../domain/outlet.ts';
import type { HourCount } from '../domain/series.ts';
import { splitSeriesKey } from '../domain/series.ts';
import { DAY_MS, vietnameseDay } from '../domain/time.ts';
import type { Baseline } from './baseline.ts';

export const SIGNAL_KINDS = [
  'acceleration',
  'negative-share',
  'newsrooms',
  'tier-jump',
  'harm',
  'spread',
  'denial',
  'recurrence',
  'persistence',
] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

export interface SignalInput {
  readonly series: string;
  /** Articles of the window that count, oldest first. */
  readonly counted: readonly ArticleOutline[];
  /** Counts per hour, the past included. */
  readonly hours: readonly HourCount[];
  readonly newsrooms: readonly string[];
  readonly volume: Baseline;
  readonly negative: Baseline;
  /** Usual share of negative articles in the series. */
  readonly usualNegativeShare: number;
  readonly from: string;
}

/** How far news of a tier reaches; an aggregator adds no reach of its own. */
const REACH: Readonly<Record<Tier, number>> = {
  aggregator: 0,
  trade: 1,
  provincial: 1,
  national: 2,
  ministry: 3,
  central: 3,
};

/** Articles with harm words on one day that make it a day of an incident. */
const INCIDENT_DAY_HARM = 2;
/** Two incident days this close belong to one incident. */
const SAME_INCIDENT_MS = 3 * DAY_MS;

/** A deviation of this many spreads is as strong as a sign gets. */
const FULL_STRENGTH = 6;

/**
 * The early signs of a crisis in one window of one series, each with what was observed, what was expected and how
 * strong it is. Signs that show nothing are left out.
 */
export function signals(input: SignalInput): Signal[] {
  return [
    acceleration(input),
    negativeShare(input),
    newsrooms(input),
    tierJump(input),
    harm(input),
    provinces(input),
    denial(input),
    recurrence(input),
    persistence(input),
  ].filter((signal) => signal.strength > 0);
}

function signal(kind: SignalKind, observed: number, expected: number, spread: number): Signal {
  const deviation = (observed - expected) / Math.max(spread, 1e-9);
  return { kind, observed, expected, spread, strength: clamp(deviation / FULL_STRENGTH) };
}

function acceleration({ counted, volume }: SignalInput): Signal {
  return signal('acceleration', counted.length, volume.expected, volume.spread);
}

function negativeShare({ counted, usualNegativeShare }: SignalInput): Signal {
  const share = counted.filter(isNegative).length / Math.max(1, counted.length);
  const spread = Math.sqrt((usualNegativeShare * (1 - usualNegativeShare)) / Math.max(1, counted.length));
  return signal('negative-share', share, usualNegativeShare, spread);
}

/** Each usual article stands for a newsroom of its own at most, so the baseline bounds the expectation. */
function newsrooms({ newsrooms, volume }: SignalInput): Signal {
  return signal('newsrooms', newsrooms.length, volume.expected, Math.max(1, volume.spread));
}

/** From the reach of whoever wrote first to the widest reach since. */
function tierJump({ counted }: SignalInput): Signal {
  const reaches = counted.map((article) => REACH[article.tier]);
  const first = reaches[0] ?? 0;
  const widest = Math.max(first, ...reaches);
  return {
    kind: 'tier-jump',
    observed: widest,
    expected: first,
    spread: 1,
    strength: clamp((widest - first) / 2),
  };
}

function harm({ counted, hours, volume, from }: SignalInput): Signal {
  const past = hours.filter(({ hour }) => hour < from);
  const usual = (total(past, 'harm') + 0.2) / (total(past, 'articles') + 2);
  const expected = usual * volume.expected;
  const observed = counted.filter((article) => article.harmTerms.length > 0).length;
  return signal('harm', observed, expected, Math.max(1, Math.sqrt(volume.dispersion * expected)));
}

/** Provinces named by the negative articles beyond those that the first of them named. */
function provinces({ counted }: SignalInput): Signal {
  const negative = counted.filter(isNegative);
  const first = new Set(negative[0] === undefined ? [] : provincesOf(negative[0]));
  const all = new Set(negative.flatMap(provincesOf));
  const expected = Math.max(1, first.size);
  return signal('spread', Math.max(expected, all.size), expected, 1);
}

function denial({ counted }: SignalInput): Signal {
  const observed = counted.filter(({ cautions }) => cautions.some(({ kind }) => kind === 'denial')).length;
  return { kind: 'denial', observed, expected: 0, spread: 1, strength: clamp(observed / 3) };
}

/** Earlier incidents at the same facility within the hours given: a crisis history weighs on the next one. */
function recurrence({ series, hours, from }: SignalInput): Signal {
  const earlier = splitSeriesKey(series).kind === 'facility' ? incidentsBefore(hours, from) : 0;
  return { kind: 'recurrence', observed: earlier, expected: 0, spread: 1, strength: clamp(earlier / 2) };
}

function incidentsBefore(hours: readonly HourCount[], from: string): number {
  const until = Date.parse(from) - SAME_INCIDENT_MS;
  const harmByDay = new Map<string, number>();
  for (const { hour, harm } of hours) {
    if (Date.parse(hour) >= until) continue;
    const day = vietnameseDay(hour);
    harmByDay.set(day, (harmByDay.get(day) ?? 0) + harm);
  }
  let incidents = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const day of [...harmByDay.keys()].sort()) {
    if ((harmByDay.get(day) ?? 0) < INCIDENT_DAY_HARM) continue;
    const at = Date.parse(day);
    if (at - last > SAME_INCIDENT_MS) incidents++;
    last = at;
  }
  return incidents;
}

/** Days of the last seven with negative news, against what the baseline makes of a day. */
function persistence({ hours, negative, from, counted }: SignalInput): Signal {
  const newest = counted.at(-1)?.firstSeenAt ?? from;
  const weekAgo = new Date(Date.parse(newest) - 7 * DAY_MS).toISOString();
  const days = new Set(
    hours
      .filter(({ hour, negative: n }) => n > 0 && hour >= weekAgo && hour <= newest)
      .map(({ hour }) => vietnameseDay(hour)),
  );
  const hoursOfWindow = Math.max(1, (Date.parse(newest) - Date.parse(from)) / 3_600_000);
  const daily = (negative.expected * 24) / hoursOfWindow;
  const chance = 1 - Math.exp(-daily);
  return signal('persistence', days.size, 7 * chance, Math.max(1, Math.sqrt(7 * chance * (1 - chance))));
}

function provincesOf(article: ArticleOutline): string[] {
  return article.mentions.flatMap((mention) => {
    if (mention.kind === 'province') return [mention.id];
    return mention.province === undefined ? [] : [mention.province];
  });
}

export function isNegative(article: ArticleOutline): boolean {
  return article.sentiment.polarity === 'negative';
}

function total(hours: readonly HourCount[], field: 'harm' | 'articles'): number {
  return hours.reduce((sum, hour) => sum + hour[field], 0);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
