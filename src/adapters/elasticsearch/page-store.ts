import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

import type { FetchedPage } from '../../domain/page.ts';
import type { PageStore } from '../../ports/page-store.ts';
import type { Connection } from './connection.ts';
import { Documents } from './documents.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** News pages shrink to a sixth at this quality; higher ones cost ten times the time for a tenth of the size. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** A page with its bytes compressed, as base64. */
export type StoredPage = Omit<FetchedPage, 'bytes'> & { readonly entryId: string; readonly bytes: string };

export class ElasticsearchPageStore implements PageStore {
  readonly #pages: Documents<StoredPage>;

  constructor(connection: Connection) {
    this.#pages = new Documents(connection, 'pages');
  }

  async save(entryId: string, page: FetchedPage): Promise<void> {
    const bytes = await compress(page.bytes, QUALITY);
    await this.#pages.save(entryId, { ...page, entryId, bytes: bytes.toString('base64') });
  }

  async find(entryId: string): Promise<FetchedPage | undefined> {
    const page = await this.#pages.find(entryId);
    if (page === undefined) return undefined;
    const { entryId: _id, bytes, ...about } = page;
    return { ...about, bytes: await decompress(Buffer.from(bytes, 'base64')) };
  }

  async dropBefore(fetchedAt: string): Promise<number> {
    return this.#pages.deleteWhere({ range: { fetchedAt: { lt: fetchedAt } } });
  }
}
