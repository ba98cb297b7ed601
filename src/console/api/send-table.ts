import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

import { csvOf, jsonLinesOf, type Table } from '../../domain/table.ts';
import { VERSION } from '../../version.ts';
import type { ConsoleDeps } from '../console-deps.ts';
import type { Provenance } from './provenance.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
} as const;
export type TableFormat = keyof typeof TYPES;

export const TABLE_TYPES: readonly string[] = Object.values(TYPES);

export const formatField = z
  .enum(['json', 'csv', 'jsonl', 'parquet'])
  .default('json')
  .describe(
    '`json` with where the numbers come from; the others are a table alone, with that in the headers',
  );

/**
 * Sends a table as a file while it is read, with where it comes from in the headers.
 *
 * @param name  of the file, without its ending
 */
export function sendTable(
  reply: FastifyReply,
  table: Table,
  { format, name, meta }: { format: TableFormat; name: string; meta: Provenance },
  { writeParquet }: Pick<ConsoleDeps, 'writeParquet'>,
): FastifyReply {
  return reply
    .type(TYPES[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'no-store')
    .header('nhip-yte-matched', String(meta.matched))
    .header('nhip-yte-data-watermark', meta.dataWatermarkAt ?? '')
    .header('nhip-yte-versions', `${meta.versions.software} ${meta.versions.language}`)
    .header('link', `<${meta.page}>; rel="alternate"; type="text/html"`)
    .send(streamOf(table, format, writeParquet));
}

function streamOf(table: Table, format: TableFormat, writeParquet: ConsoleDeps['writeParquet']): Readable {
  if (format === 'parquet') return writeParquet(table, `nhip-yte ${VERSION}`);
  return Readable.from(format === 'csv' ? csvOf(table) : jsonLinesOf(table), { objectMode: false });
}
