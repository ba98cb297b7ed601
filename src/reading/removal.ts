import { absoluteUrl } from './canonical-url.ts';

/** Paths of home pages beside `/`. */
const HOME_PATH = /^\/(?:(?:index|default|home|trang-?chu)(?:\.[a-z]{2,5})?\/?)?$/i;

/**
 * Whether an answer shows that an article was taken away: its address leads to the home page or to a section now.
 *
 * @param asked       the article's address, not a home page's
 * @param reached     where redirects ended
 * @param readFailure why the page there holds no article, as `readArticlePage` says; `undefined` where it holds one
 * @returns the reason under which a removal is kept, `undefined` where this is none
 */
export function removalByRedirect(
  asked: string,
  reached: string,
  readFailure: string | undefined,
): 'redirect-home' | 'redirect-section' | undefined {
  const [from, to] = [absoluteUrl(asked), absoluteUrl(reached)];
  if (from === undefined || to === undefined || isSamePlace(from, to)) return undefined;
  if (HOME_PATH.test(to.pathname)) return HOME_PATH.test(from.pathname) ? undefined : 'redirect-home';
  if (readFailure === undefined) return undefined;
  const isAbove = from.pathname.startsWith(`${to.pathname.replace(/\/$/, '')}/`);
  return isAbove || readFailure === 'listing' ? 'redirect-section' : undefined;
}

/** Servers redirect to their own spelling of an address: scheme, `www.`, slashes, tracking. */
function isSamePlace(a: URL, b: URL): boolean {
  return plain(a) === plain(b);
}

function plain({ hostname, pathname }: URL): string {
  return `${hostname.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}`.toLowerCase();
}
