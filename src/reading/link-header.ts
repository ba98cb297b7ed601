const MAX_HEADER_LENGTH = 8192;

/** One link: its target, and its parameters up to the next link. Linear: no part can match what another one does. */
const LINK = /<([^<>]*)>([^<]*)/g;
const REL = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i;

/**
 * The first target of each of the two relations by which a page names its WebSub hub and itself.
 *
 * @param header  the `Link` header, several joined by commas as one
 * @param base    what relative targets are resolved against
 * @see RFC 8288; https://www.w3.org/TR/websub/#discovery
 */
export function linkTargets(header: string | undefined, base: string): { hub?: string; self?: string } {
  const found: { hub?: string; self?: string } = {};
  for (const [, target = '', parameters = ''] of (header ?? '').slice(0, MAX_HEADER_LENGTH).matchAll(LINK)) {
    const [, quoted, bare] = REL.exec(parameters) ?? [];
    const relations = (quoted ?? bare ?? '').toLowerCase().split(/\s+/);
    if (!URL.canParse(target, base)) continue;
    const { href } = new URL(target, base);
    if (!/^https?:/.test(href)) continue;
    if (relations.includes('hub')) found.hub ??= href;
    if (relations.includes('self')) found.self ??= href;
  }
  return found;
}
