import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** IPv6 ranges that carry an IPv4 address inside; what counts is where that one leads. */
const NAT64_PREFIX = ipaddr.IPv6.parse('64:ff9b::');
const NAT64_BITS = 96;

/** Assigned to global unicast (RFC 4291, IANA registry); everything else in IPv6 is special or unassigned. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address lies on the public internet, so that fetching from it cannot reach into our own network.
 *
 * Refused are loopback, private, link-local (cloud metadata services among them), carrier-grade NAT, multicast,
 * reserved, documentation and unspecified addresses, in IPv4, in IPv6, and in IPv4 inside IPv6 (mapped, NAT64).
 * Transition mechanisms whose end cannot be told (6to4, Teredo) are refused as a whole.
 *
 * @param address  textual IPv4 or IPv6 address; a zone index (`%eth0`) makes it link-local, so not public
 * @returns false also for anything that is no IP address
 * @see RFC 6890, the registries of special-purpose addresses
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parseAddress(address);
  if (parsed === undefined) return false;
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  if (parsed.zoneId) return false;
  if (parsed.match(NAT64_PREFIX, NAT64_BITS)) return embeddedIpv4(parsed).range() === 'unicast';
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST);
}

/**
 * Reads an IP address as it would be connected to: IPv4-mapped IPv6 becomes IPv4. Only the common four-part decimal
 * form of IPv4 counts; `new URL()` has turned the others into it long before.
 */
export function parseAddress(address: string): Address | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return undefined;
  return ipaddr.process(address);
}

function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}
