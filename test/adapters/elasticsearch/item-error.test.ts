import { describe, expect, it } from 'vitest';

import { itemError } from '../../../src/adapters/elasticsearch/item-error.ts';
import { StoreUnavailableError } from '../../../src/errors.ts';

describe('itemError', () => {
  it.each([
    'no_shard_available_action_exception',
    'illegal_index_shard_state_exception',
    'unavailable_shards_exception',
  ])('waits for shards that are starting: %s', (type) => {
    const error = itemError({ type, reason: 'CurrentState[RECOVERING]' }, 500);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect(String((error as StoreUnavailableError).reason)).toMatch(/health of its cluster.*RECOVERING/);
  });

  it('gives back what waiting does not mend', () => {
    const error = itemError({ type: 'document_parsing_exception', reason: 'no such field' }, 400);
    expect(error).not.toBeInstanceOf(StoreUnavailableError);
  });
});
