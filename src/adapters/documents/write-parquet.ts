import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { ByteWriter, parquetWriteRows } from 'hyparquet-writer';

import { type CellValue, listed, type Table, type TableColumn } from '../../domain/table.ts';

/** Memory is bounded by so many rows. */
const ROWS_PER_GROUP = 10_000;

const TYPES = {
  text: 'STRING',
  list: 'STRING',
  whole: 'INT32',
  number: 'DOUBLE',
  flag: 'BOOLEAN',
  time: 'TIMESTAMP',
} as const satisfies Readonly<Record<TableColumn['type'], string>>;

/**
 * The table as a Parquet file, written while it is read; lists are one text each, as in CSV.
 *
 * @param software  written into the file as what made it
 * @see https://parquet.apache.org/docs/file-format
 */
export function writeParquet(table: Table, software: string): Readable {
  const out = new PassThrough();
  write(table, software, out).then(
    () => out.end(),
    (error: Error) => out.destroy(error),
  );
  return out;
}

async function write({ columns, rows }: Table, createdBy: string, out: PassThrough): Promise<void> {
  const writer = new ByteWriter();
  const flush = async () => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    if (bytes.length > 0 && !out.write(bytes)) await once(out, 'drain');
  };
  await parquetWriteRows({
    writer: Object.assign(writer, { flush }),
    columns: columns.map(({ name, type }) => ({ name, type: TYPES[type] })),
    rows: converted(columns, rows),
    rowGroupSize: ROWS_PER_GROUP,
    createdBy,
  });
  await flush();
}

/** What each type of column is written from. */
async function* converted(
  columns: Table['columns'],
  rows: Table['rows'],
): AsyncGenerator<Record<string, unknown>> {
  for await (const row of rows) {
    yield Object.fromEntries(columns.map(({ name, type }) => [name, parquetValue(row[name], type)]));
  }
}

function parquetValue(
  value: CellValue,
  type: TableColumn['type'],
): Exclude<CellValue, readonly string[]> | Date {
  if (Array.isArray(value)) return listed(value);
  return type === 'time' && typeof value === 'string' ? new Date(value) : (value as string);
}
