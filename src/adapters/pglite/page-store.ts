import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

import type { PGlite } from '@electric-sql/pglite';

import type { FetchedPage } from '../../domain/page.ts';
import type { PageStore } from '../../ports/page-store.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** News pages shrink to a sixth at this quality; higher ones cost ten times the time for a tenth of the size. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

export class PglitePageStore implements PageStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async save(entryId: string, { bytes, ...about }: FetchedPage): Promise<void> {
    await this.#db.query(
      `insert into page values ($1, $2, $3, $4)
       on conflict (entry_id) do update set fetched_at = $2, about = $3, bytes = $4`,
      [entryId, about.fetchedAt, about, await compress(bytes, QUALITY)],
    );
  }

  async find(entryId: string): Promise<FetchedPage | undefined> {
    const { rows } = await this.#db.query<{ about: Omit<FetchedPage, 'bytes'>; bytes: Uint8Array }>(
      'select about, bytes from page where entry_id = $1',
      [entryId],
    );
    const row = rows[0];
    return row === undefined ? undefined : { ...row.about, bytes: await decompress(row.bytes) };
  }

  async dropBefore(fetchedAt: string): Promise<number> {
    const { affectedRows } = await this.#db.query('delete from page where fetched_at < $1', [fetchedAt]);
    return affectedRows ?? 0;
  }
}
