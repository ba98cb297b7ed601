import type { PublishedAt } from '../domain/published-at.ts';
import type { PageMetadata } from './page-metadata.ts';
import { urlDay } from './url-day.ts';

const HOUR_MINUTES = 60;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The zones of the earth reach from 12 hours behind to 14 ahead of UTC. */
const FARTHEST_MINUTES = { behind: 12 * HOUR_MINUTES, ahead: 14 * HOUR_MINUTES };

/**
 * A time that a page states in UTC, put on the outlet's own clock where the page tells it: by the one zone that its
 * other times carry, else by the day in its address. Content systems print UTC whatever the paper's clock says, and
 * the paper's day is the one that counts.
 */
export function clockOfOutlet(found: PublishedAt, metadata: PageMetadata, url: string): PublishedAt {
  if (found.offsetMinutes !== 0 || found.dayOnly) return found;
  const offsetMinutes = otherZone(metadata) ?? zoneOfAddress(found.at, urlDay(url));
  return offsetMinutes === undefined ? found : { ...found, offsetMinutes };
}

const ZONED = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?([+-])(\d\d):?(\d\d)$/;

function otherZone(metadata: PageMetadata): number | undefined {
  const zones = new Set<number>();
  for (const text of machineTimes(metadata)) {
    const match = ZONED.exec(text);
    if (match === null) continue;
    const minutes = Number(match[2]) * HOUR_MINUTES + Number(match[3]);
    if (minutes > 0 && minutes <= FARTHEST_MINUTES.ahead) zones.add(match[1] === '-' ? -minutes : minutes);
  }
  return zones.size === 1 ? [...zones][0] : undefined;
}

const MAX_TIME_CHARS = 60;

/** The values of a page's `<meta>` and JSON-LD that may be times written for machines. */
export function machineTimes({ meta, jsonLd }: PageMetadata): string[] {
  const dated = jsonLd.flatMap(({ datePublished, dateModified, dateCreated }) => [
    datePublished,
    dateModified,
    dateCreated,
  ]);
  return [...meta.values(), ...dated]
    .filter((value) => typeof value === 'string')
    .filter((value) => value.length <= MAX_TIME_CHARS)
    .map((value) => value.trim());
}

/** The least shift that brings the time into the day that the address carries, where that is the day next to it. */
function zoneOfAddress(at: string, day: string | undefined): number | undefined {
  if (day === undefined || day === at.slice(0, 10)) return undefined;
  const time = Date.parse(at);
  const start = Date.parse(day);
  const minutes =
    time < start
      ? Math.ceil((start - time) / MINUTE_MS)
      : -(Math.floor((time - start - DAY_MS) / MINUTE_MS) + 1);
  const offset = Math.sign(minutes) * Math.ceil(Math.abs(minutes) / HOUR_MINUTES) * HOUR_MINUTES;
  return offset > FARTHEST_MINUTES.ahead || offset < -FARTHEST_MINUTES.behind ? undefined : offset;
}
