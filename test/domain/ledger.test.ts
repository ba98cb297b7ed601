import { expect, it } from 'vitest';

import { balance, type LedgerRow } from '../../src/domain/ledger.ts';

const row = (rest: Partial<LedgerRow>): LedgerRow => ({
  outletId: 'bao-a',
  hour: '2026-03-02T01:00:00.000Z',
  stage: 'index',
  outcome: 'indexed',
  count: 1,
  ...rest,
});
const rows = [
  row({ count: 5 }),
  row({ outcome: 'failed', stage: 'fetch', reason: 'http-404', count: 2 }),
  row({ outcome: 'failed', stage: 'extract', reason: 'http-404' }),
  row({ outcome: 'irrelevant', count: 3 }),
  row({ outcome: 'pending', stage: 'fetch', count: 4 }),
];
const evidence = { foundByPolls: 15, searchable: 5, pendingWithoutJob: 0 };

it('adds up what was found, failures by reason', () => {
  expect(balance(rows, evidence)).toEqual({
    found: 15,
    indexed: 5,
    duplicate: 0,
    irrelevant: 3,
    failed: { 'http-404': 3 },
    pending: 4,
    faults: [],
  });
});

it.each([
  [{ ...evidence, foundByPolls: 16 }, '16 entries were found, 15 are accounted for'],
  [{ ...evidence, searchable: 4 }, '5 entries count as indexed, 4 articles are searchable'],
  [{ ...evidence, pendingWithoutJob: 1 }, '1 pending entries have no job in any queue'],
])('names what does not add up: %o', (wrong, fault) => {
  expect(balance(rows, wrong).faults).toEqual([fault]);
});
