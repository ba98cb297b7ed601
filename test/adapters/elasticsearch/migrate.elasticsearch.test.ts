import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Client, errors } from '@elastic/elasticsearch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { translate } from '../../../src/adapters/elasticsearch/elasticsearch-error.ts';
import { ensureMonth, type SetUpEvent, setUp } from '../../../src/adapters/elasticsearch/setup.ts';
import { StoreUnavailableError } from '../../../src/errors.ts';
import { sampleDefinitions } from '../../support/elasticsearch/sample-definitions.ts';
import {
  elasticsearchUrl,
  openTestClient,
  removeEverything,
} from '../../support/elasticsearch/test-client.ts';

const V1 = sampleDefinitions(1);
const V2 = sampleDefinitions(2);
const MONTHS = ['2026.10', '2026.11'];

interface Counted {
  readonly group: string;
  readonly count: number;
}

/** What one writer has had acknowledged: the last count of each document, those deleted not among them. */
type Acknowledged = Map<string, number>;

describe.skipIf(elasticsearchUrl === undefined)('migration behind the aliases', () => {
  let client: Client;
  let prefix: string;
  beforeAll(() => {
    client = openTestClient();
  });
  afterAll(() => client.close());
  beforeEach(async () => {
    prefix = `migrate-${randomUUID().slice(0, 8)}`;
    await setUp(client, prefix, V1);
    const [, notes] = V1;
    for (const month of MONTHS) if (notes !== undefined) await ensureMonth(client, prefix, notes, month);
  });
  afterEach(() => removeEverything(client, prefix));

  const fill = async (alias: string, group: string, count: number) => {
    const { errors: hasErrors } = await client.bulk({
      require_alias: true,
      refresh: true,
      operations: Array.from({ length: count }, (_, n) => [
        { index: { _index: `${prefix}-${alias}`, _id: `${group}-${n}` } },
        { group, count: 0 },
      ]).flat(),
    });
    expect(hasErrors).toBe(false);
  };

  /** Adds one to a document that may be others' too, as every store changes what it keeps: read, write if unchanged. */
  async function addOne(alias: string, id: string): Promise<number> {
    const { _source, _seq_no, _primary_term } = await client.get<Counted>({ index: alias, id });
    const count = (_source?.count ?? 0) + 1;
    await client.index({
      index: alias,
      id,
      require_alias: true,
      document: { ..._source, count },
      if_seq_no: _seq_no ?? 0,
      if_primary_term: _primary_term ?? 0,
    });
    return count;
  }

  /** Until it is done: what is refused for a while is tried again, as the queue does. @returns how often it waited */
  async function insist(attempt: () => Promise<void>): Promise<number> {
    for (let waits = 0; ; ) {
      try {
        await attempt();
        return waits;
      } catch (error) {
        const isConflict = error instanceof errors.ResponseError && error.statusCode === 409;
        if (!isConflict && !(translate(error) instanceof StoreUnavailableError)) throw error;
        if (!isConflict) waits += 1;
        await sleep(20);
      }
    }
  }

  /** Changes, adds and deletes documents until told to stop, and keeps account of what was acknowledged. */
  async function writeUntil(done: AbortSignal, alias: string, writer: string) {
    const acknowledged: Acknowledged = new Map();
    let waits = 0;
    for (let turn = 0; !done.aborted; turn++) {
      const id = `${writer}-${turn % 40}`;
      if (turn % 7 === 6 && acknowledged.has(id)) {
        waits += await insist(async () => {
          await client.delete({ index: alias, id }, { ignore: [404] });
        });
        acknowledged.delete(id);
      } else if (acknowledged.has(id)) {
        waits += await insist(async () => {
          acknowledged.set(id, await addOne(alias, id));
        });
      } else {
        const document = { group: writer, count: 1 };
        waits += await insist(async () => {
          await client.index({ index: alias, id, document, require_alias: true, op_type: 'create' });
        });
        acknowledged.set(id, 1);
      }
    }
    return { acknowledged, waits };
  }

  /** Counts what nobody changes, again and again; every count that is not the right one is a gap or a doubling. */
  async function readUntil(done: AbortSignal, alias: string, expected: number) {
    const wrong: unknown[] = [];
    let reads = 0;
    while (!done.aborted) {
      const { hits } = await client.search({
        index: alias,
        query: { term: { group: 'still' } },
        size: 0,
        track_total_hits: true,
        allow_partial_search_results: false,
      });
      const total = typeof hits.total === 'number' ? hits.total : hits.total?.value;
      if (total !== expected) wrong.push(total);
      reads += 1;
    }
    return { wrong, reads };
  }

  async function countsOf(alias: string, writer: string): Promise<Acknowledged> {
    await client.indices.refresh({ index: alias });
    const { hits } = await client.search<Counted>({
      index: alias,
      query: { term: { group: writer } },
      size: 1000,
    });
    return new Map(hits.hits.map(({ _id = '', _source }) => [_id, _source?.count ?? 0]));
  }

  it('loses and doubles nothing while writers and readers go on', { timeout: 240_000 }, async () => {
    const STILL = 3000;
    await fill('things', 'still', STILL);
    for (const month of MONTHS) await fill(`notes-${month}`, 'still', STILL / MONTHS.length);

    const done = new AbortController();
    const writerAliases = ['things', 'things', 'notes-2026.10', 'notes-2026.11'];
    const writers = writerAliases.map((alias, n) =>
      writeUntil(done.signal, `${prefix}-${alias}`, `writer${n}`),
    );
    const readers = ['things', 'notes'].map((kind) => readUntil(done.signal, `${prefix}-${kind}`, STILL));
    await sleep(1000);
    const events: SetUpEvent[] = [];
    await setUp(client, prefix, V2, { report: (event) => void events.push(event) });
    await sleep(1000);
    done.abort();

    const read = await Promise.all(readers);
    expect(read.map(({ wrong }) => wrong)).toEqual([[], []]);
    for (const { reads } of read) expect(reads).toBeGreaterThan(20);

    const written = await Promise.all(writers);
    for (const [n, { acknowledged }] of written.entries()) {
      expect(acknowledged.size).toBeGreaterThan(10);
      const found = await countsOf(`${prefix}-${writerAliases[n]}`, `writer${n}`);
      expect(new Map([...found].sort())).toEqual(new Map([...acknowledged].sort()));
    }
    // Somebody met the block, or the test shows nothing of it.
    expect(written.reduce((sum, { waits }) => sum + waits, 0)).toBeGreaterThan(0);

    const migrated = events.filter(({ kind }) => kind === 'migrated');
    expect(migrated).toHaveLength(1 + MONTHS.length);
    const indices = Object.keys(await client.indices.get({ index: `${prefix}-*` }));
    expect(indices.filter((name) => name.endsWith('-v1'))).toEqual([]);
    const upgraded = await client.count({
      index: `${prefix}-things`,
      query: { bool: { filter: [{ term: { group: 'still' } }, { term: { isUpgraded: true } }] } },
    });
    expect(upgraded.count).toBe(STILL);
  });

  it('refuses a writer that read before and writes after, though the numbers would agree', async () => {
    const alias = `${prefix}-things`;
    const write = (count: number, over: object = {}) =>
      client.index({ index: alias, id: 'x', document: { group: 'a', count }, require_alias: true, ...over });
    await write(1);
    const { _seq_no = -1, _primary_term = -1 } = await client.get({ index: alias, id: 'x' });
    // Its later state is the first document of the new index, and has there the _seq_no of its earlier one.
    await write(2);
    await setUp(client, prefix, V2);
    expect((await client.get({ index: alias, id: 'x' }))._seq_no).toBe(_seq_no);
    const late = write(99, { if_seq_no: _seq_no, if_primary_term: _primary_term });
    await expect(late).rejects.toThrow(/version_conflict_engine_exception/);
  });

  it('copies a document that was deleted and made anew', async () => {
    const alias = `${prefix}-things`;
    const write = (count: number) =>
      client.index({ index: alias, id: 'x', document: { group: 'a', count }, require_alias: true });
    for (let count = 0; count < 5; count++) await write(count);
    await setUp(client, prefix, V2, {
      async report(event) {
        if (event.kind !== 'migrating' || event.step !== 'copied' || !event.from.includes('things')) return;
        await client.delete({ index: alias, id: 'x' });
        // Elasticsearch forgets the versions of what was deleted, which makes the new document one of version 1.
        await client.indices.putSettings({ index: event.from, settings: { 'index.gc_deletes': '0s' } });
        await client.indices.refresh({ index: event.from });
        await sleep(1500);
        await client.index({ index: `${alias}`, id: 'y', document: { group: 'a', count: 0 } });
        await write(77);
      },
    });
    expect((await client.get<Counted>({ index: alias, id: 'x' }))._source?.count).toBe(77);
  });

  it('leaves everything as it was where a document does not fit', async () => {
    await fill('things', 'still', 10);
    const [things] = V2;
    if (things === undefined) throw new Error('There is a plain kind among the samples');
    const { upgrade: _, ...rest } = things;
    const narrow = {
      ...rest,
      mappings: { properties: { group: { type: 'keyword' }, count: { type: 'boolean' } } },
    } as const;
    await expect(setUp(client, prefix, [narrow])).rejects.toThrow(
      /refuses 10 documents, the first of them still-/,
    );
    await client.index({
      index: `${prefix}-things`,
      id: 'after',
      document: { group: 'still', count: 1 },
      require_alias: true,
      refresh: true,
    });
    expect((await client.count({ index: `${prefix}-things` })).count).toBe(11);
  });

  it.each(['created', 'copied', 'blocked', 'caught-up', 'swapped', 'dropped'])(
    'can be run again after it was killed at %s',
    { timeout: 240_000 },
    async (step) => {
      await fill('things', 'still', 300);
      const script = resolve(import.meta.dirname, '../../support/halting-setup.ts');
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', script, elasticsearchUrl ?? '', prefix, step],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const [said] = await once(child.stdout, 'data');
      expect(String(said)).toBe('halted\n');
      child.kill('SIGKILL');
      await once(child, 'close');

      const { acknowledged } = await (async () => {
        const done = new AbortController();
        const writing = writeUntil(done.signal, `${prefix}-things`, 'writer');
        const reading = readUntil(done.signal, `${prefix}-things`, 300);
        await setUp(client, prefix, V2, { lock: { staleMs: 1000 } });
        await sleep(500);
        done.abort();
        expect((await reading).wrong).toEqual([]);
        return writing;
      })();
      expect(new Map([...(await countsOf(`${prefix}-things`, 'writer'))].sort())).toEqual(
        new Map([...acknowledged].sort()),
      );
      expect(acknowledged.size).toBeGreaterThan(10);
      const indices = Object.keys(await client.indices.get({ index: `${prefix}-*` }));
      expect(indices.filter((name) => name.endsWith('-v1'))).toEqual([]);
    },
  );
});
