import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isPublicAddress } from '../../../src/adapters/http/private-address.ts';

describe('isPublicAddress', () => {
  it.each([
    ['8.8.8.8', 'a public resolver'],
    ['113.160.0.1', 'a Vietnamese network'],
    ['172.15.255.255', 'just below 172.16.0.0/12'],
    ['172.32.0.0', 'just above it'],
    ['100.63.255.255', 'just below 100.64.0.0/10'],
    ['100.128.0.0', 'just above it'],
    ['192.167.255.255', 'just below 192.168.0.0/16'],
    ['2001:4860:4860::8888', 'a public resolver'],
    ['::ffff:8.8.8.8', 'IPv4-mapped'],
    ['64:ff9b::808:808', 'NAT64 of 8.8.8.8'],
  ])('%s is public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['0.0.0.0', 'this host'],
    ['0.1.2.3', 'this network'],
    ['10.0.0.1', 'private'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.0', 'carrier-grade NAT'],
    ['100.127.255.255', 'carrier-grade NAT'],
    ['169.254.169.254', 'cloud metadata'],
    ['192.0.0.1', 'IETF protocol assignments'],
    ['192.0.2.1', 'documentation'],
    ['198.18.0.1', 'benchmarking'],
    ['198.51.100.7', 'documentation'],
    ['203.0.113.9', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::7f00:1', 'IPv4-compatible, loopback'],
    ['::ffff:127.0.0.1', 'IPv4-mapped loopback'],
    ['::ffff:a9fe:a9fe', 'IPv4-mapped metadata'],
    ['::ffff:0:127.0.0.1', 'IPv4-translated'],
    ['64:ff9b::7f00:1', 'NAT64 of loopback'],
    ['64:ff9b::a00:1', 'NAT64 of 10.0.0.1'],
    ['64:ff9b:1::1', 'local-use NAT64'],
    ['2002:7f00:1::', '6to4 of loopback'],
    ['2002:808:808::', '6to4'],
    ['2001::1', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['3fff::1', 'documentation'],
    ['100::1', 'discard'],
    ['fc00::1', 'unique local'],
    ['fd00:ec2::254', 'cloud metadata'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'with a zone'],
    ['2606:4700::1%eth0', 'global with a zone'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'multicast'],
    ['4000::1', 'unassigned'],
    ['localhost', 'a name'],
    ['', 'nothing'],
    ['127.1', 'a short form'],
    ['2130706433', 'one number'],
    ['0x7f.0.0.1', 'hexadecimal'],
    ['0177.0.0.1', 'octal'],
    ['8.8.8.8.8', 'five parts'],
  ])('%s is not: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  const octet = fc.integer({ min: 0, max: 255 });

  it('refuses everything inside the private ranges', () => {
    const inside = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(127), octet, octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
      fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
    );
    fc.assert(
      fc.property(inside, (parts) => {
        expect(isPublicAddress(parts.join('.'))).toBe(false);
      }),
    );
  });

  it('judges an IPv4 address the same in every IPv6 spelling that leads to it', () => {
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), ([a, b, c, d]) => {
        const verdict = isPublicAddress(`${a}.${b}.${c}.${d}`);
        const tail = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        expect(isPublicAddress(`::ffff:${a}.${b}.${c}.${d}`)).toBe(verdict);
        expect(isPublicAddress(`0:0:0:0:0:FFFF:${tail}`)).toBe(verdict);
        expect(isPublicAddress(`64:ff9b::${tail}`)).toBe(verdict);
      }),
    );
  });

  it('refuses every IPv6 address outside 2000::/3, mapped and NAT64 ones apart', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const first = groups[0] ?? 0;
        fc.pre(first >> 13 !== 1 && first !== 0x64 && groups.slice(0, 5).some((value) => value !== 0));
        expect(isPublicAddress(groups.map((value) => value.toString(16)).join(':'))).toBe(false);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4Extended(), fc.ipV6()), (text) => {
        expect(typeof isPublicAddress(text)).toBe('boolean');
      }),
    );
  });
});
