import { randomUUID } from 'node:crypto';

import type { Client } from '@elastic/elasticsearch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { translate } from '../../../src/adapters/elasticsearch/elasticsearch-error.ts';
import {
  checkIndices,
  ensureMonth,
  type SetUpEvent,
  setUp,
} from '../../../src/adapters/elasticsearch/setup.ts';
import { ConfigError, StoreUnavailableError } from '../../../src/errors.ts';
import { sampleDefinitions } from '../../support/elasticsearch/sample-definitions.ts';
import {
  elasticsearchUrl,
  openTestClient,
  removeEverything,
} from '../../support/elasticsearch/test-client.ts';

const V1 = sampleDefinitions(1);
const V2 = sampleDefinitions(2);
const [, NOTES] = V1;

describe.skipIf(elasticsearchUrl === undefined)('setting up Elasticsearch', () => {
  let client: Client;
  let prefix: string;
  beforeAll(() => {
    client = openTestClient();
  });
  afterAll(() => client.close());
  beforeEach(() => {
    prefix = `setup-${randomUUID().slice(0, 8)}`;
  });
  afterEach(() => removeEverything(client, prefix));

  const write = (alias: string, document: object, id = 'x') =>
    client.index({ index: `${prefix}-${alias}`, id, document, require_alias: true });
  const refusalOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => undefined,
      (error: unknown) => translate(error),
    );
  const setUpSaying = async (definitions = V1) => {
    const events: SetUpEvent[] = [];
    await setUp(client, prefix, definitions, { report: (event) => void events.push(event) });
    return events;
  };

  it('makes what is missing and finds nothing to do the second time', async () => {
    expect(await setUpSaying()).toEqual([{ kind: 'created', index: `${prefix}-things-v1` }]);
    await write('things', { count: 1 });
    expect(await setUpSaying()).toEqual([]);
    await checkIndices(client, prefix, V1);
    expect((await client.get({ index: `${prefix}-things`, id: 'x' }))._source).toEqual({ count: 1 });
  });

  it('is safe when several run at once: one makes each thing, the others wait', async () => {
    const all = await Promise.all([setUpSaying(), setUpSaying(), setUpSaying()]);
    expect(all.flat().filter(({ kind }) => kind === 'created')).toHaveLength(1);
    expect(all.flat().some(({ kind }) => kind === 'waiting')).toBe(true);
    await checkIndices(client, prefix, V1);
  });

  it('takes over from a setup that is gone', async () => {
    await client.index({
      index: `${prefix}-setup-lock`,
      id: 'holder',
      document: { holder: 'gone', token: 'x' },
    });
    const events: SetUpEvent[] = [];
    const report = (event: SetUpEvent) => void events.push(event);
    await setUp(client, prefix, V1, { report, lock: { staleMs: 500 } });
    expect(events).toEqual([
      { kind: 'waiting', holder: 'gone' },
      { kind: 'created', index: `${prefix}-things-v1` },
    ]);
  });

  it('refuses a field that the mapping does not know, in its own indices and in any of such a name', async () => {
    await setUp(client, prefix, V1);
    await expect(write('things', { unknown: 1 })).rejects.toThrow(/strict_dynamic_mapping_exception/);
    const byHand = client.index({ index: `${prefix}-notes-2026.05-v1`, document: { unknown: 1 } });
    await expect(byHand).rejects.toThrow(/strict_dynamic_mapping_exception/);
  });

  it('says of missing and of older indices that setup has to run', async () => {
    await expect(checkIndices(client, prefix, V1)).rejects.toThrow(
      `Elasticsearch: ${prefix}-things is missing: run \`nhip-yte setup\``,
    );
    await setUp(client, prefix, V1);
    await expect(checkIndices(client, prefix, V2)).rejects.toThrow(
      `Elasticsearch: ${prefix}-things-v1 is of an earlier version: run \`nhip-yte setup\``,
    );
  });

  it('does not touch indices that are newer than the program', async () => {
    await setUp(client, prefix, V2);
    for (const attempt of [checkIndices, setUp]) {
      const error = await refusalOf(attempt(client, prefix, V1));
      expect(error).toBeInstanceOf(ConfigError);
      expect(String(error)).toMatch(/things-v2 is of a later version than 1.*older than its indices/);
    }
    await checkIndices(client, prefix, V2);
  });

  it('gives an index that came back without its aliases the aliases again', async () => {
    await setUp(client, prefix, V1);
    await client.indices.deleteAlias({ index: `${prefix}-things-v1`, name: `${prefix}-things` });
    await setUp(client, prefix, V1);
    await write('things', { count: 1 });
  });

  describe('months', () => {
    if (NOTES === undefined) throw new Error('There is a monthly kind among the samples');

    it('are made by whoever comes first, also where several do at once', async () => {
      await setUp(client, prefix, V1);
      await Promise.all([1, 2, 3, 4].map(() => ensureMonth(client, prefix, NOTES, '2026.11')));
      await ensureMonth(client, prefix, NOTES, '2026.12');
      await write('notes-2026.11', { count: 1 }, 'a');
      await write('notes-2026.12', { count: 2 }, 'b');
      await client.indices.refresh({ index: `${prefix}-notes` });
      expect((await client.count({ index: `${prefix}-notes` })).count).toBe(2);
    });

    it('can be made anew after they were dropped', async () => {
      await setUp(client, prefix, V1);
      await ensureMonth(client, prefix, NOTES, '2026.11');
      await client.indices.delete({ index: `${prefix}-notes-2026.11-v1` });
      const refusal = await refusalOf(write('notes-2026.11', { count: 1 }));
      expect(refusal).toBeInstanceOf(StoreUnavailableError);
      expect(String(refusal)).toContain('missing');
      await ensureMonth(client, prefix, NOTES, '2026.11');
      await write('notes-2026.11', { count: 1 });
    });

    it('of another version make the work wait', async () => {
      await setUp(client, prefix, V1);
      await ensureMonth(client, prefix, NOTES, '2026.11');
      const [, notes = NOTES] = V2;
      const refusal = await refusalOf(ensureMonth(client, prefix, notes, '2026.11'));
      expect(refusal).toBeInstanceOf(StoreUnavailableError);
      expect(String(refusal)).toContain('nhip-yte setup');
    });
  });

  it.each([
    ['read_only_allow_delete', /disk of Elasticsearch is too full/],
    ['write', /takes no writes.*index\.blocks\.write/],
    ['read_only', /read-only.*index\.blocks\.read_only/],
  ])('a block of kind %s makes work wait, and says what to look at', async (block, reason) => {
    await setUp(client, prefix, V1);
    const index = `${prefix}-things-v1`;
    await client.indices.putSettings({ index, settings: { [`index.blocks.${block}`]: true } });
    const refusal = await refusalOf(write('things', { count: 1 }));
    expect(refusal).toBeInstanceOf(StoreUnavailableError);
    expect((refusal as StoreUnavailableError).reason).toMatch(reason);
    await client.indices.putSettings({ index, settings: { [`index.blocks.${block}`]: null } });
    await write('things', { count: 1 });
  });
});
