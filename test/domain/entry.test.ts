import { describe, expect, it } from 'vitest';

import { entryId, settle } from '../../src/domain/entry.ts';
import { anEntry } from '../support/factories.ts';

const at = '2026-03-02T04:00:00.000Z';

it('gives one id to an address with and without its trailing slash', () => {
  expect(entryId('https://bao.example/a/')).toBe(entryId('https://bao.example/a'));
  expect(entryId('https://bao.example/a')).not.toBe(entryId('https://bao.example/b'));
});

describe('settle', () => {
  it('lets the page’s word replace the title’s, in both directions', () => {
    const indexed = settle(anEntry(), { outcome: 'indexed', stage: 'index', at });
    expect(indexed).toMatchObject({ outcome: 'indexed', stage: 'index', settledAt: at });
    const irrelevant = settle(indexed, { outcome: 'irrelevant', stage: 'analyse', at, reason: 'not-health' });
    expect(irrelevant).toMatchObject({ outcome: 'irrelevant', reason: 'not-health' });
    const again = settle(irrelevant, { outcome: 'indexed', stage: 'index', at });
    expect(again.outcome).toBe('indexed');
    expect(again.reason).toBeUndefined();
  });

  it('keeps what the title earned when the page cannot be read, with why', () => {
    const indexed = settle(anEntry(), { outcome: 'indexed', stage: 'index', at });
    const failed = { outcome: 'failed', stage: 'fetch', at, reason: 'http-403' } as const;
    expect(settle(indexed, failed)).toEqual({ ...indexed, unreadReason: 'http-403' });
    expect(settle(anEntry(), failed)).toMatchObject({ outcome: 'failed', reason: 'http-403' });
  });

  it('forgets when and why it was settled once it is pending again', () => {
    const failed = settle(anEntry(), { outcome: 'failed', stage: 'fetch', at, reason: 'timeout' });
    expect(settle(failed, { outcome: 'pending', stage: 'fetch', at })).toEqual(anEntry());
  });
});
