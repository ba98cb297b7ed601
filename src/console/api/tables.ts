/** What the API counts, as tables. */
import type { Table, TableColumn, TableRow } from '../../domain/table.ts';
import type { HistogramBucket } from '../../ports/article-store.ts';
import type { compareSets } from './compare-sets.ts';

/** Columns by name, in this order. */
export function columnsOf(types: Readonly<Record<string, TableColumn['type']>>): TableColumn[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}

const BUCKET = {
  bucket: 'text',
  count: 'whole',
  negative: 'whole',
  neutral: 'whole',
  positive: 'whole',
} as const satisfies Record<string, TableColumn['type']>;

type Bucket = Pick<HistogramBucket, keyof typeof BUCKET> & {
  readonly uptime?: number;
  readonly shade?: string;
  readonly usual?: { readonly median: number; readonly spread: number };
};

/** A row for each bucket. */
export function bucketTable(buckets: readonly Bucket[]): Table {
  const columns = columnsOf({
    ...BUCKET,
    uptime: 'number',
    shade: 'text',
    usual: 'number',
    spread: 'number',
  });
  const rows = buckets.map(({ bucket, count, negative, neutral, positive, uptime, shade, usual }) => ({
    ...{ bucket, count, negative, neutral, positive, uptime, shade },
    usual: usual?.median,
    spread: usual?.spread,
  }));
  return { columns, rows };
}

/** A row for each value of each bucket. */
export function splitTable(buckets: readonly HistogramBucket[]): Table {
  const { bucket: first, ...counts } = BUCKET;
  const columns = columnsOf({ bucket: first, value: 'text', ...counts });
  const rows = buckets.flatMap(({ bucket, values }) => values.map((value) => ({ bucket, ...value })));
  return { columns, rows };
}

type Compared = Awaited<ReturnType<typeof compareSets>>;

/** The whole in the first row, whose value is empty, and then a row for each value. */
export function comparedTable({ now, before, volume, negativeShare, values = [] }: Compared): Table {
  const columns = columnsOf({
    value: 'text',
    name: 'text',
    now: 'whole',
    before: 'whole',
    nowNegative: 'whole',
    beforeNegative: 'whole',
    ratio: 'number',
    ratioLow: 'number',
    ratioHigh: 'number',
    shareDifference: 'number',
    shareLow: 'number',
    shareHigh: 'number',
  });
  const rows = [{ value: '', name: '', now, before, volume, negativeShare }, ...values].map(
    (row): TableRow => ({
      value: row.value,
      name: row.name,
      now: row.now.count,
      before: row.before.count,
      nowNegative: row.now.negative,
      beforeNegative: row.before.negative,
      ratio: row.volume?.ratio,
      ratioLow: row.volume?.low,
      ratioHigh: row.volume?.high,
      shareDifference: row.negativeShare?.difference,
      shareLow: row.negativeShare?.low,
      shareHigh: row.negativeShare?.high,
    }),
  );
  return { columns, rows };
}
