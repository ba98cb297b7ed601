import type { Incident } from '../domain/incident.ts';
import { DAY_MS } from '../domain/time.ts';

/** Two that opened further apart than this are two matters. */
const SAME_MATTER_MS = 7 * DAY_MS;

/** What another set of rules makes of the same time. */
export interface Comparison {
  /** Only the second set says so. */
  readonly gained: readonly Incident[];
  /** Only the first set says so. */
  readonly lost: readonly Incident[];
  /** Both say so; `laterByMs` of the second is negative where it is earlier. */
  readonly kept: readonly {
    readonly first: Incident;
    readonly second: Incident;
    readonly laterByMs: number;
  }[];
}

/** Matches incidents that share a story, or a series within a week; each of the second set at most once. */
export function compareIncidents(first: readonly Incident[], second: readonly Incident[]): Comparison {
  const free = new Set(second);
  const kept: { first: Incident; second: Incident; laterByMs: number }[] = [];
  const lost: Incident[] = [];
  for (const incident of first) {
    const match = [...free]
      .filter((other) => isSameMatter(incident, other))
      .sort((a, b) => apartMs(incident, a) - apartMs(incident, b))[0];
    if (match === undefined) {
      lost.push(incident);
      continue;
    }
    free.delete(match);
    const laterByMs = Date.parse(match.openedAt) - Date.parse(incident.openedAt);
    kept.push({ first: incident, second: match, laterByMs });
  }
  return { gained: [...free], lost, kept };
}

function isSameMatter(a: Incident, b: Incident): boolean {
  if (apartMs(a, b) > SAME_MATTER_MS) return false;
  return (
    a.storyIds.some((id) => b.storyIds.includes(id)) || a.series.some((series) => b.series.includes(series))
  );
}

function apartMs(a: Incident, b: Incident): number {
  return Math.abs(Date.parse(a.openedAt) - Date.parse(b.openedAt));
}
