/** What a detector on a stream of counted articles is told, in time order. */
export type Observation = ArticleObservation | OutageObservation | CalendarObservation;

/** One article, as first seen. */
export interface ArticleObservation {
  readonly type: 'article';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Series it counts in, `place/topic`. */
  readonly series: readonly string[];
  readonly isNegative: boolean;
  readonly outlet: string;
  readonly story: string;
  /** Seen long after it was published: a backlog, a reprint. */
  readonly isLate: boolean;
}

/** Outlets were silent and are back: told at the end, when it is known. */
export interface OutageObservation {
  readonly type: 'outage';
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Share of the outlets that were silent, 0 to 1. */
  readonly outlets: number;
}

/** A period announced in advance in which some series behave differently every time. */
export interface CalendarObservation {
  readonly type: 'calendar';
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** `*` for all, `*` and a topic (as in `*` `/food-safety`), or a series. */
  readonly series: readonly string[];
  readonly name: string;
}

/** An input line that is no observation; the message says why. */
export class ObservationError extends Error {
  override name = 'ObservationError';
}

/**
 * Reads one line of JSON as an observation.
 *
 * @throws {ObservationError} if the line is not JSON, of an unknown type, or lacks a field
 */
export function parseObservation(line: string): Observation {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new ObservationError('not JSON');
  }
  return readObservation(value);
}

/**
 * Reads a parsed line as an observation.
 *
 * Written by hand because it runs for every article of years of history: a schema library takes ten times as long.
 *
 * @throws {ObservationError} if it is of an unknown type or lacks a field
 */
export function readObservation(input: unknown): Observation {
  if (input === null || typeof input !== 'object') throw new ObservationError('not an object');
  const value = input as Record<string, unknown>;
  switch (value.type) {
    case 'article':
      return {
        type: 'article',
        at: time(value, 'at'),
        series: strings(value, 'series'),
        isNegative: text(value, 'polarity') === 'negative',
        outlet: text(value, 'outlet'),
        story: text(value, 'story'),
        isLate: value.late === true,
      };
    case 'outage':
      return {
        type: 'outage',
        at: time(value, 'at'),
        from: time(value, 'from'),
        to: time(value, 'to'),
        outlets: share(value, 'outlets'),
      };
    case 'calendar':
      return {
        type: 'calendar',
        at: time(value, 'at'),
        from: time(value, 'from'),
        to: time(value, 'to'),
        series: strings(value, 'series'),
        name: text(value, 'name'),
      };
    default:
      throw new ObservationError(`unknown type ${JSON.stringify(value.type)?.slice(0, 40)}`);
  }
}

function time(value: Record<string, unknown>, field: string): number {
  const given = value[field];
  const ms = typeof given === 'string' ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(ms)) throw new ObservationError(`${field} must be an ISO 8601 time`);
  return ms;
}

function text(value: Record<string, unknown>, field: string): string {
  const given = value[field];
  if (typeof given !== 'string') throw new ObservationError(`${field} must be a string`);
  return given;
}

function strings(value: Record<string, unknown>, field: string): string[] {
  const given = value[field];
  if (!Array.isArray(given) || !given.every((one) => typeof one === 'string')) {
    throw new ObservationError(`${field} must be a list of strings`);
  }
  return given;
}

function share(value: Record<string, unknown>, field: string): number {
  const given = value[field];
  if (typeof given !== 'number' || !(given >= 0 && given <= 1)) {
    throw new ObservationError(`${field} must be a number from 0 to 1`);
  }
  return given;
}
