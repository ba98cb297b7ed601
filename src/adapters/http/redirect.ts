import { PermanentError } from '../../errors.ts';

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Longer addresses are no article's, and matching them against robots.txt rules costs time. */
const MAX_URL_LENGTH = 2_048;

export function isRedirect(status: number): boolean {
  return REDIRECTS.includes(status);
}

/**
 * Reads an address that is about to be fetched.
 *
 * @throws {PermanentError} `bad-url` unless it is http or https, of a sane length, and without user name or password
 */
export function fetchableUrl(text: string, base?: URL): URL {
  const url =
    text.length <= MAX_URL_LENGTH && URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  const isFetchable =
    url !== undefined &&
    ['http:', 'https:'].includes(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    url.href.length <= MAX_URL_LENGTH;
  if (!isFetchable) throw new PermanentError('bad-url', 'Not an http or https address that can be fetched');
  url.hash = '';
  return url;
}

/**
 * Where a redirect leads.
 *
 * A step from https to http is refused: what arrives over it could have been written by anybody on the way, and a
 * forged story is exactly what must not set off an alert. Where an outlet serves plain http, the operator can say so
 * in the address.
 *
 * @throws {PermanentError} `bad-redirect` where it leads nowhere, down to http, or back to where we have been
 */
export function redirectTarget(location: string | undefined, from: URL, visited: ReadonlySet<string>): URL {
  if (location === undefined || location === '') {
    throw new PermanentError('bad-redirect', `${from.host} redirects without saying where to`);
  }
  let target: URL;
  try {
    target = fetchableUrl(location, from);
  } catch {
    throw new PermanentError('bad-redirect', `${from.host} redirects to what cannot be fetched`);
  }
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw new PermanentError('bad-redirect', `${from.host} redirects from https to http`);
  }
  if (visited.has(target.href))
    throw new PermanentError('bad-redirect', `${from.host} redirects in a circle`);
  return target;
}
