import { describe, expect, it } from 'vitest';

import { redirectTarget } from '../../../src/adapters/http/redirect.ts';

const from = (address: string) => new URL(address);
const none: ReadonlySet<string> = new Set();

describe('redirectTarget', () => {
  it.each([
    ['http://a.vn/x', 'https://a.vn/x', 'https://a.vn/x'],
    ['http://a.vn/x', '/y', 'http://a.vn/y'],
    ['https://a.vn/tin/x', 'y#phan-2', 'https://a.vn/tin/y'],
    ['https://a.vn/x', '//b.vn/y', 'https://b.vn/y'],
    ['https://a.vn/x', 'HTTPS://B.VN/y', 'https://b.vn/y'],
  ])('%s to %s leads to %s', (start, location, end) => {
    expect(redirectTarget(location, from(start), none).href).toBe(end);
  });

  it('refuses to step down from https to http', () => {
    expect(() => redirectTarget('http://a.vn/x', from('https://a.vn/x'), none)).toThrow(/from https to http/);
  });

  it('refuses to come back', () => {
    expect(() => redirectTarget('/x#again', from('https://a.vn/y'), new Set(['https://a.vn/x']))).toThrow(
      /circle/,
    );
  });

  it.each([undefined, '', 'javascript:alert(1)', 'https://u:p@a.vn/', `/${'x'.repeat(3000)}`, 'https://'])(
    'refuses %j',
    (location) => {
      expect(() => redirectTarget(location, from('https://a.vn/y'), none)).toThrow(/redirects/);
    },
  );
});
