import type { PGlite } from '@electric-sql/pglite';

import type { OfficeRecordKind, OfficeRecords } from '../../domain/office-record.ts';
import type { OfficeListQuery, OfficeStore } from '../../ports/office-store.ts';

export class PgliteOfficeStore implements OfficeStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async insert<Kind extends OfficeRecordKind>(kind: Kind, record: OfficeRecords[Kind]): Promise<boolean> {
    const { affectedRows } = await this.#db.query(
      'insert into office_record values ($1, $2, $3, $4, $5) on conflict do nothing',
      [kind, record.id, record.at, record.owner ?? null, record],
    );
    return affectedRows === 1;
  }

  async find<Kind extends OfficeRecordKind>(
    kind: Kind,
    id: string,
  ): Promise<OfficeRecords[Kind] | undefined> {
    const { rows } = await this.#db.query<{ document: OfficeRecords[Kind] }>(
      'select document from office_record where kind = $1 and id = $2',
      [kind, id],
    );
    return rows[0]?.document;
  }

  async update<Kind extends OfficeRecordKind>(
    kind: Kind,
    id: string,
    change: (current: OfficeRecords[Kind]) => OfficeRecords[Kind],
  ): Promise<OfficeRecords[Kind] | undefined> {
    return this.#db.transaction(async (tx) => {
      const { rows } = await tx.query<{ document: OfficeRecords[Kind] }>(
        'select document from office_record where kind = $1 and id = $2 for update',
        [kind, id],
      );
      const current = rows[0]?.document;
      if (current === undefined) return undefined;
      const next = change(current);
      if (next !== current)
        await tx.query(
          'update office_record set at = $3, owner = $4, document = $5 where kind = $1 and id = $2',
          [kind, id, next.at, next.owner ?? null, next],
        );
      return next;
    });
  }

  async remove(kind: OfficeRecordKind, id: string): Promise<boolean> {
    const { affectedRows } = await this.#db.query('delete from office_record where kind = $1 and id = $2', [
      kind,
      id,
    ]);
    return affectedRows === 1;
  }

  async list<Kind extends OfficeRecordKind>(
    kind: Kind,
    { owner, from, to, after, limit }: OfficeListQuery,
  ): Promise<OfficeRecords[Kind][]> {
    const { rows } = await this.#db.query<{ document: OfficeRecords[Kind] }>(
      `select document from office_record
        where kind = $1 and ($2::text is null or owner = $2)
          and at >= coalesce($3::timestamptz, '-infinity') and at < coalesce($4::timestamptz, 'infinity')
          and ($5::timestamptz is null or at < $5 or (at = $5 and id > $6))
        order by at desc, id limit $7`,
      [kind, owner ?? null, from ?? null, to ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(({ document }) => document);
  }

  async dropBefore(kind: OfficeRecordKind, at: string): Promise<number> {
    const { affectedRows } = await this.#db.query('delete from office_record where kind = $1 and at < $2', [
      kind,
      at,
    ]);
    return affectedRows ?? 0;
  }
}
