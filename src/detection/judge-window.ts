import type { Signal } from '../domain/alert.ts';
import { COUNTED_COPIES, type SeriesKey, splitSeriesKey } from '../domain/series.ts';
import type { SetAside, Sighting } from '../domain/sighting.ts';
import type { AlertRule } from './alert-rule.ts';
import type { WindowExpectation } from './signals.ts';
import { betaBinomialTail, negativeBinomialTail } from './tail-probability.ts';

/** What one window of a series shows that counts. */
export interface WindowEvidence {
  /** Oldest first. */
  readonly counted: readonly Sighting[];
  readonly negatives: readonly Sighting[];
  /** Newsrooms that wrote a text of their own, in order of appearance. */
  readonly newsrooms: readonly string[];
  /** Copies beyond those that count. */
  readonly copiesFolded: number;
}

/** A backlog article is news that comes late: it counts a little, not nothing. */
export const BACKLOG_WEIGHT = 0.3;

/** How much a series' negative share wavers by itself from day to day. */
const SHARE_CORRELATION = 0.03;

/** These count nothing; a backlog counts a little. */
const NOT_COUNTED: ReadonlySet<SetAside | undefined> = new Set<SetAside>(['late', 'campaign', 'removed']);

export function isCounted({ setAside }: Sighting): boolean {
  return !NOT_COUNTED.has(setAside);
}

/**
 * What counts of a series' window. Copies beyond the second are syndication, not news; where the story is the series,
 * reach is the point. A bare headline adds no newsroom while its page may still come.
 *
 * @param seen  the sightings of the window, oldest first
 */
export function windowEvidence(series: SeriesKey, seen: readonly Sighting[]): WindowEvidence {
  const cap = splitSeriesKey(series).kind === 'story' ? Number.POSITIVE_INFINITY : COUNTED_COPIES;
  const countable = seen.filter(isCounted);
  const counted = countable.filter(({ copyNumber }) => copyNumber <= cap);
  const own = counted.filter(({ copyNumber, isBare }) => copyNumber === 1 && !isBare);
  return {
    counted,
    negatives: counted.filter(({ polarity }) => polarity === 'negative'),
    newsrooms: [...new Set(own.map(({ newsroom }) => newsroom))],
    copiesFolded: countable.length - counted.length,
  };
}

/** Whether a window holds what a rule asks for; of a backlog alone nothing is said. */
export function allows(rule: AlertRule, { counted, negatives, newsrooms }: WindowEvidence): boolean {
  return (
    counted.some(({ setAside }) => setAside !== 'backlog') &&
    negatives.length >= rule.minNegative &&
    newsrooms.length >= rule.minNewsrooms &&
    negatives.length / counted.length >= rule.minNegativeShare
  );
}

/**
 * Chance that a quiet series shows as many articles in such a window, and as many negative ones among them.
 */
export function windowProbability(evidence: WindowEvidence, window: WindowExpectation): number {
  const all = Math.floor(weightOf(evidence.counted));
  const bad = Math.floor(weightOf(evidence.negatives));
  const size = window.expected ** 2 / Math.max(window.spread ** 2 - window.expected, 1e-12);
  const byVolume = negativeBinomialTail(all, window.expected, Math.max(size, 1e-9));
  const byTone = betaBinomialTail(bad, all, window.usualNegativeShare, SHARE_CORRELATION);
  return bothByChance(byVolume, byTone);
}

/**
 * Chance that two independent tests are this far out together: the tone is judged given the number of articles, so
 * by chance alone the two know nothing of each other.
 *
 * @see Fisher 1932; for two tests the chi-squared tail with four degrees of freedom is this closed form
 */
function bothByChance(p: number, q: number): number {
  const product = Math.max(p * q, Number.MIN_VALUE);
  return Math.min(1, product * (1 - Math.log(product)));
}

function weightOf(sightings: readonly Sighting[]): number {
  return sightings.reduce((sum, { setAside }) => sum + (setAside === 'backlog' ? BACKLOG_WEIGHT : 1), 0);
}

/** Evidence on the scale of log10 that signs beyond count and tone add when they are as strong as they get. */
const ADDED_BY_SIGN: Readonly<Record<string, number>> = {
  harm: 0.5,
  newsrooms: 0.5,
  'tier-jump': 0.4,
  spread: 0.3,
  recurrence: 0.3,
  denial: 0.3,
};

/** The sequential test's score with what it does not see: who writes, where, and in which words. */
export function fusedScore(score: number, found: readonly Signal[]): number {
  return found.reduce((sum, { kind, strength }) => sum + (ADDED_BY_SIGN[kind] ?? 0) * strength, score);
}
