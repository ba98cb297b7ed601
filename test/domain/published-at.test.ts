import { describe, expect, it } from 'vitest';

import { onOutletClock } from '../../src/domain/published-at.ts';

describe('onOutletClock', () => {
  it('shows the day that the outlet printed, not the one in UTC', () => {
    expect(onOutletClock({ at: '2023-11-09T02:24:10.336Z', offsetMinutes: -300 })).toBe(
      '2023-11-08T21:24:10-05:00',
    );
    expect(onOutletClock({ at: '2026-10-21T18:30:00.000Z' })).toBe('2026-10-22T01:30:00+07:00');
    expect(onOutletClock({ at: '2026-10-21T18:30:00.000Z', offsetMinutes: 345 })).toBe(
      '2026-10-22T00:15:00+05:45',
    );
    expect(onOutletClock({ at: '2026-10-21T18:30:00.000Z', offsetMinutes: 0 })).toBe(
      '2026-10-21T18:30:00+00:00',
    );
  });
});
