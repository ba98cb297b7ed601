import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

import type { Revision } from '../../domain/revision.ts';
import { monthOf } from '../../domain/time.ts';
import { revisionRecordId } from '../../ports/record-table.ts';
import type { RevisionStore } from '../../ports/revision-store.ts';
import type { Connection } from './connection.ts';
import { Documents } from './documents.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** As for raw pages: higher qualities cost ten times the time for a tenth of the size. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** An article is looked at a handful of times. */
const MANY = 1000;

/** A revision under its id, with its bytes compressed, as base64. */
export type StoredRevision = Revision & { readonly id: string; readonly bytes?: string };

export class ElasticsearchRevisionStore implements RevisionStore {
  readonly #revisions: Documents<StoredRevision>;

  constructor(connection: Connection) {
    this.#revisions = new Documents(connection, 'revisions');
  }

  async save(revision: Revision, bytes?: Uint8Array): Promise<void> {
    const id = revisionRecordId(revision);
    const packed = bytes && { bytes: (await compress(bytes, QUALITY)).toString('base64') };
    await this.#revisions.save(id, { ...revision, id, ...packed });
  }

  async of(entryId: string): Promise<Revision[]> {
    const { hits } = await this.#revisions.search(
      { query: { term: { entryId } }, sort: ['number'], size: MANY, _source: { excludes: ['bytes', 'id'] } },
      'all',
    );
    return hits.flatMap(({ _source }) => (_source === undefined ? [] : [_source]));
  }

  async bytes(entryId: string, number: number): Promise<Uint8Array | undefined> {
    const found = await this.#revisions.find(revisionRecordId({ entryId, number }));
    return found?.bytes === undefined ? undefined : decompress(Buffer.from(found.bytes, 'base64'));
  }

  async dropBefore(at: string): Promise<number> {
    return this.#revisions.deleteWhere({ range: { firstSeenAt: { lt: monthOf(at) } } });
  }
}
