import { getDomain } from 'tldts';

/** Longer addresses are traps or data, not articles. */
const MAX_URL_LENGTH = 4096;

/** Query parameters that say where a reader came from, never what is read. Compared in lower case. */
const TRACKING_PARAMETERS = new Set(
  (
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid zarsrc zalo_source ' +
    'vero_id _hsenc _hsmi mkt_tok ref_src ref_url __twitter_impression cmpid campid s_cid ncid spm vn_source ' +
    'vn_medium vn_campaign vn_thumb _ga _gl gidzl zaloshare fb_action_ids fb_action_types fb_ref fb_source'
  ).split(' '),
);
const TRACKING_PREFIXES = ['utm_', 'itm_', 'pk_', 'mtm_', 'hsa_', 'at_campaign', 'at_medium', 'zarsrc'];

/** Query parameters that only choose the AMP rendering. */
const AMP_PARAMETERS = new Map([
  ['amp', ['', '1', 'true']],
  ['outputtype', ['amp']],
  ['output', ['amp']],
  ['view', ['amp']],
]);

/** First labels of hosts that serve the desktop article again for phones. */
const TWIN_LABELS = new Set(['m', 'mobile', 'amp', 'wap', 'touch']);

const DEFAULT_INDEX = /\/index\.(?:html?|php|aspx?)$/;

/**
 * The one address under which an article is known, whatever link led to it.
 *
 * Absolute http(s) with lower-case host and no credentials, default port, fragment or tracking parameter. A trailing
 * slash stays as it is, since some servers know the page only with it or only without. AMP and mobile forms become the desktop address: first by `hostAliases`, then by
 * the customary forms (`m.`, `amp.`, `/amp`, `.amp`, `?amp=1`, AMP caches). The scheme, `www.` and the order of
 * other parameters are kept, since not every server treats them alike.
 *
 * The platform's `URL` does nearly all of this; normalize-url was weighed and left out: its current release needs
 * Node 22, and what would remain of it is the list of tracking parameters, which is ours anyway.
 *
 * @param base         what a relative address is resolved against
 * @param hostAliases  host → the host it stands for, as in an outlet's configuration
 * @returns `undefined` for what is not an http(s) address
 */
export function canonicalUrl(
  url: string,
  base?: string,
  hostAliases: Readonly<Record<string, string>> = {},
): string | undefined {
  const parsed = absoluteUrl(url, base);
  if (parsed === undefined) return undefined;
  const address = fromAmpCache(parsed);

  address.username = '';
  address.password = '';
  address.hash = '';
  address.hostname = canonicalHost(address.hostname, hostAliases);
  dropParameters(address);
  address.pathname = canonicalPath(address.pathname);
  return address.href;
}

/**
 * The address that a page gives as its own, canonical: the first of those it states that is an address and no home
 * page (a template that names the home page on every article), else the one it was found at.
 */
export function statedCanonicalUrl(stated: readonly (string | undefined)[], url: string): string | undefined {
  const found = absoluteUrl(url);
  for (const candidate of stated) {
    const address = candidate === undefined ? undefined : absoluteUrl(candidate, url);
    if (address === undefined) continue;
    const isHome = address.pathname === '/' && address.search === '';
    if (!isHome || found === undefined || found.pathname === '/') return canonicalUrl(address.href);
  }
  return canonicalUrl(url);
}

/** Resolves an address without canonicalising it; `undefined` unless the result is http(s). */
export function absoluteUrl(url: string, base?: string): URL | undefined {
  const trimmed = url.trim();
  if (trimmed === '' || trimmed.length > MAX_URL_LENGTH) return undefined;
  const address = parseUrl(trimmed, base);
  if (address === undefined || !/^https?:$/.test(address.protocol) || address.hostname === '')
    return undefined;
  return address;
}

function parseUrl(url: string, base: string | undefined): URL | undefined {
  try {
    return base === undefined || base === '' ? new URL(url) : new URL(url, base);
  } catch {
    return undefined;
  }
}

/** `www.google.com/amp/s/HOST/PATH` and `HOST.cdn.ampproject.org/c/s/HOST/PATH` hold the outlet's own address. */
function fromAmpCache(address: URL): URL {
  const isCache =
    address.hostname.endsWith('.cdn.ampproject.org') ||
    (/^(?:www\.)?google\.[a-z.]+$/.test(address.hostname) && address.pathname.startsWith('/amp/'));
  if (!isCache) return address;
  const inner = /^\/(?:amp|[a-z])\/(s\/)?([^/]+\.[^/]+\/.*)$/.exec(address.pathname);
  if (inner?.[2] === undefined) return address;
  return (
    parseUrl(`${inner[1] === undefined ? 'http' : 'https'}://${inner[2]}${address.search}`, undefined) ??
    address
  );
}

function canonicalHost(hostname: string, hostAliases: Readonly<Record<string, string>>): string {
  const host = hostname.replace(/\.$/, '');
  if (Object.hasOwn(hostAliases, host)) return hostAliases[host] ?? host;
  const dot = host.indexOf('.');
  const rest = host.slice(dot + 1);
  if (!TWIN_LABELS.has(host.slice(0, dot))) return host;
  // `m.vn` would be a name of its own: only a label in front of a registrable domain marks a twin.
  const domain = getDomain(rest);
  if (domain === null || domain !== getDomain(host)) return host;
  return Object.hasOwn(hostAliases, rest) ? (hostAliases[rest] ?? rest) : rest;
}

function canonicalPath(pathname: string): string {
  return pathname
    .replace(/\/{2,}/g, '/')
    .replace(DEFAULT_INDEX, '/')
    .replace(/\.amp(\.html?)?\/?$/, '$1')
    .replace(/(?<=.)\/amp$/, '')
    .replace(/\/amp(?=\/?$)/, '')
    .replace(/^\/amp\/(?=.)/, '/');
}

function dropParameters(address: URL): void {
  const kept = address.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isDropped(pair));
  address.search = kept.join('&');
}

function isDropped(pair: string): boolean {
  const equals = pair.indexOf('=');
  const name = (equals === -1 ? pair : pair.slice(0, equals)).replace(/^amp;/, '').toLowerCase();
  const value = equals === -1 ? '' : pair.slice(equals + 1).toLowerCase();
  if (TRACKING_PARAMETERS.has(name)) return true;
  if (TRACKING_PREFIXES.some((prefix) => name.startsWith(prefix))) return true;
  return AMP_PARAMETERS.get(name)?.includes(value) ?? false;
}
