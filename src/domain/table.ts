/** Rows for spreadsheets and for tools of data analysis, and the two formats of them that are text. */

export type CellValue = string | number | boolean | readonly string[] | undefined;

export interface TableColumn {
  readonly name: string;
  /** `time` is ISO 8601, UTC; `list` is several texts. */
  readonly type: 'text' | 'whole' | 'number' | 'flag' | 'time' | 'list';
}

/** A table of any length: its rows are made while they are read. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: Iterable<TableRow> | AsyncIterable<TableRow>;
}

export type TableRow = Readonly<Record<string, CellValue>>;

/** Tells Excel that what follows is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** Between the values of a list in one cell. */
const LIST_SEPARATOR = ';';

/** So many rows are handed on at once. */
const BATCH = 200;

/** The table as CSV (RFC 4180), the names of its columns first; an absent value is an empty cell. */
export async function* csvOf({ columns, rows }: Table): AsyncGenerator<string> {
  const line = (values: readonly CellValue[]) => `${values.map(csvCell).join(',')}\r\n`;
  yield `${BYTE_ORDER_MARK}${line(columns.map(({ name }) => name))}`;
  yield* batched(rows, (row) => line(columns.map(({ name }) => row[name])));
}

/** The table as JSON Lines: an object for each row, without what is absent. */
export async function* jsonLinesOf({ columns, rows }: Table): AsyncGenerator<string> {
  const names = columns.map(({ name }) => name);
  yield* batched(rows, (row) => `${JSON.stringify(row, names)}\n`);
}

async function* batched(rows: Table['rows'], written: (row: TableRow) => string): AsyncGenerator<string> {
  let batch: string[] = [];
  for await (const row of rows) {
    batch.push(written(row));
    if (batch.length < BATCH) continue;
    yield batch.join('');
    batch = [];
  }
  if (batch.length > 0) yield batch.join('');
}

/** What begins like a formula is quoted as text: a title or an id may come from the press. */
export function csvCell(value: CellValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const plain = typeof value === 'string' ? value : listed(value);
  const text = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A list as one text, for formats that have none. */
export function listed(values: readonly string[]): string {
  return values.join(LIST_SEPARATOR);
}
