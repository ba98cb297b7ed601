import { describe, expect, it } from 'vitest';

import { csvOf, jsonLinesOf, type Table, type TableRow } from '../../src/domain/table.ts';

const columns: Table['columns'] = [
  { name: 'id', type: 'text' },
  { name: 'count', type: 'whole' },
  { name: 'topics', type: 'list' },
  { name: 'late', type: 'flag' },
];

const rows: TableRow[] = [
  { id: 'a', count: 3, topics: ['food-safety', 'dengue'], late: false },
  { id: '=HYPERLINK("x")', count: 0, topics: [], late: true },
  { id: 'hai\ndòng', count: undefined, topics: ['a,b'], late: false },
];

async function all(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

describe('csvOf', () => {
  it('writes a header, quotes what needs it, and lets no cell be a formula', async () => {
    expect(await all(csvOf({ columns, rows }))).toBe(
      '\uFEFFid,count,topics,late\r\n' +
        'a,3,food-safety;dengue,false\r\n' +
        '"\'=HYPERLINK(""x"")",0,,true\r\n' +
        '"hai\ndòng",,"a,b",false\r\n',
    );
  });

  it('hands on every row of a long table once', async () => {
    async function* many(): AsyncGenerator<TableRow> {
      for (let at = 0; at < 1001; at++) yield { id: String(at) };
    }
    const text = await all(csvOf({ columns: [{ name: 'id', type: 'text' }], rows: many() }));
    expect(text.trimEnd().split('\r\n').slice(1)).toEqual(
      Array.from({ length: 1001 }, (_, at) => String(at)),
    );
  });
});

describe('jsonLinesOf', () => {
  it('writes an object a line, with only what the columns name and what is known', async () => {
    const lines = (await all(jsonLinesOf({ columns, rows: [{ ...rows[2], other: 1 }] }))).trimEnd();
    expect(JSON.parse(lines)).toEqual({ id: 'hai\ndòng', topics: ['a,b'], late: false });
  });
});
