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
 * A rule is a host or address, with or without a port, or a CIDR range. A host rule speaks of the name in the URL,
 * whatever it resolves to; an address or range speaks of where the connection ends, whatever the name was. A rule
 * without a port holds for every port.
 */
export function allowedHosts(rules: readonly string[]): (destination: Destination) => boolean {
  const tests = rules.map(compile);
  return (destination) => tests.some((test) => test(destination));
}

function compile(rule: string): (destination: Destination) => boolean {
  if (ipaddr.isValidCIDR(rule)) return within(ipaddr.parseCIDR(rule));
  const { host, port } = splitPort(rule.toLowerCase());
  const wanted = parseAddress(host)?.toString();
  return (destination) => {
    if (port !== undefined && port !== destination.port) return false;
    if (wanted !== undefined) return parseAddress(destination.address)?.toString() === wanted;
    return destination.host.toLowerCase() === host;
  };
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
