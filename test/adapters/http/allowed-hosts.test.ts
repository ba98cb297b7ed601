import { describe, expect, it } from 'vitest';

import { allowedHosts } from '../../../src/adapters/http/allowed-hosts.ts';

const to = (host: string, port: number, address = host) => ({ host, port, address });

describe('allowedHosts', () => {
  it('allows nothing when nothing is listed', () => {
    expect(allowedHosts([])(to('127.0.0.1', 80))).toBe(false);
  });

  it.each([
    ['127.0.0.1', to('127.0.0.1', 9000)],
    ['127.0.0.1:9000', to('127.0.0.1', 9000)],
    ['[::1]:9000', to('::1', 9000)],
    ['::1', to('0:0:0:0:0:0:0:1', 80)],
    ['127.0.0.1', to('::ffff:127.0.0.1', 80)],
    ['Newsroom.test', to('newsroom.TEST', 80, '127.0.0.1')],
    ['newsroom.test:8080', to('newsroom.test', 8080, '10.0.0.3')],
    ['10.0.0.0/8', to('anything.test', 80, '10.200.0.1')],
    ['10.0.0.0/8', to('10.200.0.1', 80)],
    ['fd00::/8', to('anything.test', 80, 'fd12::1')],
  ])('%s covers %o', (rule, destination) => {
    expect(allowedHosts([rule])(destination)).toBe(true);
  });

  it.each([
    ['127.0.0.1:9000', to('127.0.0.1', 9001)],
    ['127.0.0.1', to('127.0.0.2', 80)],
    // A stranger's name that resolves to a listed address is still a stranger's name.
    ['127.0.0.1:9000', to('rebind.test', 9000, '127.0.0.1')],
    ['newsroom.test', to('a.newsroom.test', 80, '127.0.0.1')],
    ['newsroom.test:8080', to('newsroom.test', 80, '127.0.0.1')],
    ['10.0.0.0/8', to('anything.test', 80, '11.0.0.1')],
    ['10.0.0.0/8', to('anything.test', 80, 'fd00::1')],
    ['fd00::/8', to('anything.test', 80, '10.0.0.1')],
  ])('%s does not cover %o', (rule, destination) => {
    expect(allowedHosts([rule])(destination)).toBe(false);
  });
});
