import type { Signal } from '../domain/alert.ts';
import type { ArticleOutline } from '../domain/article.ts';
import type { Tier } from '../domain/outlet.ts';
import type { Sighting } from '../domain/sighting.ts';
import { vietnameseDay } from '../domain/time.ts';

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

/** What a series was expected to show in a window, and how far that usually strays. */
export interface WindowExpectation {
  readonly expected: number;
  readonly spread: number;
  /** Variance over mean: news comes in clumps. */
  readonly dispersion: number;
  readonly usualNegativeShare: number;
}

export interface SignalInput {
  /** Articles of the window that count, oldest first. */
  readonly counted: readonly Sighting[];
  /** Those of the last seven days, the window included. */
  readonly week: readonly Sighting[];
  readonly newsrooms: readonly string[];
  readonly window: WindowExpectation;
  readonly windowHours: number;
  readonly usualHarmShare: number;
  /** Earlier incidents at the same facility in the last eight weeks; 0 for other series. */
  readonly earlierIncidents: number;
}

/** How far news of a tier reaches; an aggregator adds no reach of its own. */
export const TIER_REACH: Readonly<Record<Tier, number>> = {
  aggregator: 0,
  trade: 1,
  provincial: 1,
  national: 2,
  ministry: 3,
  central: 3,
};

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

function acceleration({ counted, window }: SignalInput): Signal {
  return signal('acceleration', counted.length, window.expected, window.spread);
}

function negativeShare({ counted, window: { usualNegativeShare: usual } }: SignalInput): Signal {
  const share = counted.filter(isBad).length / Math.max(1, counted.length);
  const spread = Math.sqrt((usual * (1 - usual)) / Math.max(1, counted.length));
  return signal('negative-share', share, usual, spread);
}

/** Each usual article stands for a newsroom of its own at most, so the baseline bounds the expectation. */
function newsrooms({ newsrooms, window }: SignalInput): Signal {
  return signal('newsrooms', newsrooms.length, window.expected, Math.max(1, window.spread));
}

/** From the reach of whoever wrote first to the widest reach since. */
function tierJump({ counted }: SignalInput): Signal {
  const reaches = counted.map(({ tier }) => TIER_REACH[tier]);
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

function harm({ counted, window, usualHarmShare }: SignalInput): Signal {
  const expected = usualHarmShare * window.expected;
  const observed = counted.filter(({ hasHarm }) => hasHarm).length;
  return signal('harm', observed, expected, Math.max(1, Math.sqrt(window.dispersion * expected)));
}

/** Provinces named by the negative articles beyond those that the first of them named. */
function provinces({ counted }: SignalInput): Signal {
  const negative = counted.filter(isBad);
  const expected = Math.max(1, negative[0]?.provinces.length ?? 0);
  const all = new Set(negative.flatMap((sighting) => sighting.provinces));
  return signal('spread', Math.max(expected, all.size), expected, 1);
}

function denial({ counted }: SignalInput): Signal {
  const observed = counted.filter(({ hasDenial }) => hasDenial).length;
  return { kind: 'denial', observed, expected: 0, spread: 1, strength: clamp(observed / 3) };
}

/** A crisis history weighs on the next one (Coombs 2004, doi:10.1177/0021943604265607). */
function recurrence({ earlierIncidents: observed }: SignalInput): Signal {
  return { kind: 'recurrence', observed, expected: 0, spread: 1, strength: clamp(observed / 2) };
}

/** Days of the last seven with negative news, against what the baseline makes of a day. */
function persistence({ week, window, windowHours }: SignalInput): Signal {
  const days = new Set(week.filter(isBad).map(({ firstSeenAt }) => vietnameseDay(firstSeenAt)));
  const daily = (window.expected * window.usualNegativeShare * 24) / windowHours;
  const chance = 1 - Math.exp(-daily);
  return signal('persistence', days.size, 7 * chance, Math.max(1, Math.sqrt(7 * chance * (1 - chance))));
}

function isBad({ polarity }: Sighting): boolean {
  return polarity === 'negative';
}

export function isNegative(article: ArticleOutline): boolean {
  return article.sentiment.polarity === 'negative';
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
