/** A server may ask for a day of patience, not for ever. */
export const MAX_RETRY_AFTER_MS = 24 * 3_600_000;

/** What is asked for as "now" still means: not this very moment. */
const MIN_RETRY_AFTER_MS = 1_000;

/**
 * Reads a Retry-After header in either of its forms: seconds, or an HTTP date.
 *
 * @param value  the header as received, `undefined` if it was absent
 * @param now    what a date is compared with
 * @returns how long to wait, between one second and a day; `undefined` where the header says nothing usable
 * @see RFC 9110, section 10.2.3
 */
export function retryAfterMs(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return clamp(Number(text) * 1_000);
  // All three HTTP date forms begin with the name of a day; without it `Date.parse` would accept nearly anything.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) || text.length > 64) return undefined;
  // The old asctime form names no zone and means GMT.
  const at = Date.parse(/GMT|UTC|[+-]\d{4}$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : clamp(at - now.getTime());
}

function clamp(ms: number): number {
  return Math.min(MAX_RETRY_AFTER_MS, Math.max(MIN_RETRY_AFTER_MS, ms));
}
