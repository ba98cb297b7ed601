import ipaddr from 'ipaddr.js';

import { parseAddress } from './private-address.ts';

/** Where a connection is about to go. */
export interface Destination {
  /** As in the URL: a name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** What the name resolved to. */
  readonly address: string;
}

/**
 * Compiles the exceptions of `ALLOW_PRIVATE_HOSTS` into one question: may this destination be reached although its
 * address is not public?
 *
 * A rule is a host, with or without a port, or a CIDR range. A host, be it a name or an address, is compared with the
 * host in the URL, so that no foreign name gains anything by resolving to a listed address. A range is compared with
 * the address the connection goes to, whatever the name was. A rule without a port holds for every port.
 */
export function allowedHosts(rules: readonly string[]): (destination: Destination) => boolean {
  const tests = rules.map(compile);
  return (destination) => tests.some((test) => test(destination));
}

function compile(rule: string): (destination: Destination) => boolean {
  if (ipaddr.isValidCIDR(rule)) return within(ipaddr.parseCIDR(rule));
  const { host, port } = splitPort(rule.toLowerCase());
  const wanted = plain(host);
  return (destination) =>
    (port === undefined || port === destination.port) && plain(destination.host) === wanted;
}

/** One spelling for one host. */
function plain(host: string): string {
  return parseAddress(host)?.toString() ?? host.toLowerCase();
}

function within([range, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): (destination: Destination) => boolean {
  return ({ address }) => {
    const parsed = parseAddress(address);
    return parsed !== undefined && parsed.kind() === range.kind() && parsed.match([range, bits] as never);
  };
}

function splitPort(rule: string): { host: string; port: number | undefined } {
  if (parseAddress(rule) !== undefined) return { host: rule, port: undefined };
  const match = /^\[?(.*?)\]?:(\d+)$/.exec(rule);
  if (match === null) return { host: rule.replace(/^\[|\]$/g, ''), port: undefined };
  return { host: match[1] ?? '', port: Number(match[2]) };
}
