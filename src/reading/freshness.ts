/** Longer than this no answer counts as fresh; the standard calls more than a year out of bounds. */
const LONGEST_MS = 365 * 24 * 3_600_000;

/**
 * How much longer a server calls an answer fresh: asking again before then gives the same.
 *
 * `max-age` wins over `Expires`, and time that the answer has already spent in a cache (`Age`) is taken off. `no-cache`
 * and `no-store` ask nobody to wait.
 *
 * @param headers  of the answer, names in lower case
 * @param now      stands in for a missing `Date`
 * @returns milliseconds; 0 where nothing usable is said
 * @see RFC 9111, section 4.2
 */
export function freshForMs(headers: Readonly<Record<string, string>>, now: Date): number {
  const control = (headers['cache-control'] ?? '').toLowerCase();
  if (/(?:^|[\s,])no-(?:cache|store)(?:$|[\s,=])/.test(control)) return 0;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/.exec(control)?.[1];
  const lifeMs = maxAge === undefined ? untilExpiry(headers, now) : Number(maxAge) * 1000;
  const age = /^\s*(\d{1,10})/.exec(headers.age ?? '')?.[1] ?? '0';
  return Math.min(LONGEST_MS, Math.max(0, lifeMs - Number(age) * 1000));
}

function untilExpiry({ expires, date }: Readonly<Record<string, string>>, now: Date): number {
  const end = httpDate(expires);
  if (end === undefined) return 0;
  return end - (httpDate(date) ?? now.getTime());
}

/** Servers write `0` and `-1` for what has expired; `Date.parse` would take those for years. */
function httpDate(text: string | undefined): number | undefined {
  if (text === undefined || text.length > 64 || !/^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text))
    return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
