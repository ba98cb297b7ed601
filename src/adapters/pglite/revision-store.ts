import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

import type { PGlite } from '@electric-sql/pglite';

import type { Revision } from '../../domain/revision.ts';
import { monthOf } from '../../domain/time.ts';
import type { RevisionStore } from '../../ports/revision-store.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** As for raw pages: higher qualities cost ten times the time for a tenth of the size. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

export class PgliteRevisionStore implements RevisionStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async save(revision: Revision, bytes?: Uint8Array): Promise<void> {
    const { entryId, number, fetchedAt } = revision;
    await this.#db.query(
      `insert into revision values ($1, $2, $3, $4, $5)
       on conflict (entry_id, number) do update set fetched_at = $3, document = $4, bytes = $5`,
      [entryId, number, fetchedAt, revision, bytes === undefined ? null : await compress(bytes, QUALITY)],
    );
  }

  async of(entryId: string): Promise<Revision[]> {
    const { rows } = await this.#db.query<{ document: Revision }>(
      'select document from revision where entry_id = $1 order by number',
      [entryId],
    );
    return rows.map(({ document }) => document);
  }

  async bytes(entryId: string, number: number): Promise<Uint8Array | undefined> {
    const { rows } = await this.#db.query<{ bytes: Uint8Array | null }>(
      'select bytes from revision where entry_id = $1 and number = $2',
      [entryId, number],
    );
    const bytes = rows[0]?.bytes ?? undefined;
    return bytes === undefined ? undefined : decompress(bytes);
  }

  async dropBefore(at: string): Promise<number> {
    const { affectedRows } = await this.#db.query(
      `delete from revision where (document->>'firstSeenAt')::timestamptz < $1`,
      [monthOf(at)],
    );
    return affectedRows ?? 0;
  }
}
