import { HOUR_MS } from './time.ts';

/** An outlet that has been silent for longer than is usual for it. */
export interface Silence {
  /** End of the last hour in which it published anything, ISO 8601, UTC. */
  readonly sinceAt: string;
  /** 99 of 100 of its pauses were no longer, counted in whole hours. */
  readonly usualMs: number;
}

/** Fewer pauses than this do not show what is usual. */
const LEAST_PAUSES = 20;
const USUAL_SHARE = 0.99;
/** No pause as short as this is a silence: hours are all that is known of when something came. */
const LEAST_SILENCE_MS = 2 * HOUR_MS;

/**
 * Whether an outlet is silent for longer than all but one in a hundred of its own pauses.
 *
 * @param hours  the hours in which anything of it was first seen, ISO 8601, UTC, in any order; a week of them holds
 *               every kind of day
 * @returns `undefined` where it is not, or where it publishes too seldom for anybody to say
 */
export function silenceOf(hours: readonly string[], now: Date): Silence | undefined {
  const starts = [...new Set(hours.map((hour) => Date.parse(hour)))].sort((a, b) => a - b);
  const last = starts.at(-1);
  const pauses = starts
    .slice(1)
    .map((start, at) => start - (starts[at] as number))
    .sort((a, b) => a - b);
  if (last === undefined || pauses.length < LEAST_PAUSES) return undefined;
  const usualMs = pauses[Math.ceil(USUAL_SHARE * pauses.length) - 1] as number;
  const end = Math.min(last + HOUR_MS, now.getTime());
  const silentMs = now.getTime() - end;
  if (silentMs <= Math.max(usualMs, LEAST_SILENCE_MS)) return undefined;
  return { sinceAt: new Date(end).toISOString(), usualMs };
}
