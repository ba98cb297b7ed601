import { buffer } from 'node:stream/consumers';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';

import { writeParquet } from '../../src/adapters/documents/write-parquet.ts';
import type { Table, TableRow } from '../../src/domain/table.ts';

const columns: Table['columns'] = [
  { name: 'title', type: 'text' },
  { name: 'score', type: 'number' },
  { name: 'copies', type: 'whole' },
  { name: 'late', type: 'flag' },
  { name: 'at', type: 'time' },
  { name: 'topics', type: 'list' },
];

async function read(table: Table): Promise<Record<string, unknown>[]> {
  const bytes = await buffer(writeParquet(table, 'test'));
  return parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  });
}

describe('writeParquet', () => {
  it('is read again by another implementation, value by value', async () => {
    const at = '2026-03-02T07:25:00.000Z';
    const row = { title: 'Ngộ độc tập thể', score: -0.5, copies: 3, late: true, at, topics: ['a', 'b'] };
    expect(await read({ columns, rows: [row, { title: 'x' }] })).toEqual([
      { ...row, at: new Date(at), topics: 'a;b' },
      { title: 'x', score: null, copies: null, late: null, at: null, topics: null },
    ]);
  });

  it('writes a table of several row groups, and one without rows', async () => {
    async function* many(): AsyncGenerator<TableRow> {
      for (let copies = 0; copies < 25_000; copies++) yield { title: `số ${copies}`, copies };
    }
    const found = await read({ columns, rows: many() });
    expect([found.length, found[0]?.copies, found.at(-1)?.title]).toEqual([25_000, 0, 'số 24999']);
    expect(await read({ columns, rows: [] })).toEqual([]);
  });

  it('breaks off where its rows do', async () => {
    async function* broken(): AsyncGenerator<TableRow> {
      yield { title: 'x' };
      throw new Error('store away');
    }
    await expect(read({ columns, rows: broken() })).rejects.toThrow('store away');
  });
});
