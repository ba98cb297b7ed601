import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_RETRY_AFTER_MS, retryAfterMs } from '../../../src/adapters/http/retry-after.ts';

const NOW = new Date('2026-10-05T04:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    ['120', 120_000],
    [' 120 ', 120_000],
    ['0', 1_000],
    ['9999999999', MAX_RETRY_AFTER_MS],
    ['Mon, 05 Oct 2026 04:02:00 GMT', 120_000],
    ['Monday, 05-Oct-26 04:02:00 GMT', 120_000],
    ['Mon Oct  5 04:02:00 2026', 120_000],
    ['Mon, 05 Oct 2026 11:02:00 +0700', 120_000],
    ['Sun, 04 Oct 2026 04:00:00 GMT', 1_000],
    ['Fri, 01 Jan 2100 00:00:00 GMT', MAX_RETRY_AFTER_MS],
  ])('%j asks for %i ms', (value, expected) => {
    expect(retryAfterMs(value, NOW)).toBe(expected);
  });

  it.each([undefined, '', 'soon', '-5', '1.5', '12 parrots', 'Mon', 'Mon, 99 Foo 2026', '99999999999'])(
    '%j asks for nothing',
    (value) => {
      expect(retryAfterMs(value, NOW)).toBeUndefined();
    },
  );

  it('always lies between a second and a day, or is nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)), (value) => {
        const ms = retryAfterMs(value, NOW);
        expect(ms === undefined || (ms >= 1_000 && ms <= MAX_RETRY_AFTER_MS)).toBe(true);
      }),
    );
  });
});
