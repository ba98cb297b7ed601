import type { OfficeRecordKind, OfficeRecords } from '../../domain/office-record.ts';
import type { OfficeListQuery, OfficeStore } from '../../ports/office-store.ts';
import { type OfficeEnvelope, officeRecordKey } from '../../ports/record-table.ts';
import { type Connection, write } from './connection.ts';
import { Documents, type Query, type Selection } from './documents.ts';

const NEWEST_FIRST: Selection['sort'] = [{ at: 'desc' }, { id: 'asc' }];

export class ElasticsearchOfficeStore implements OfficeStore {
  readonly #connection: Connection;
  readonly #records: Documents<OfficeEnvelope>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#records = new Documents(connection, 'office-records');
  }

  async insert<Kind extends OfficeRecordKind>(kind: Kind, record: OfficeRecords[Kind]): Promise<boolean> {
    return this.#records.insert(officeRecordKey(kind, record.id), envelope(kind, record));
  }

  async find<Kind extends OfficeRecordKind>(
    kind: Kind,
    id: string,
  ): Promise<OfficeRecords[Kind] | undefined> {
    const found = await this.#records.find(officeRecordKey(kind, id));
    return found?.document as OfficeRecords[Kind] | undefined;
  }

  async update<Kind extends OfficeRecordKind>(
    kind: Kind,
    id: string,
    change: (current: OfficeRecords[Kind]) => OfficeRecords[Kind],
  ): Promise<OfficeRecords[Kind] | undefined> {
    const next = await this.#records.replace(officeRecordKey(kind, id), (current) => {
      const record = change(current.document as OfficeRecords[Kind]);
      return record === current.document ? current : envelope(kind, record);
    });
    return next?.document as OfficeRecords[Kind] | undefined;
  }

  async remove(kind: OfficeRecordKind, id: string): Promise<boolean> {
    const { alias } = this.#records;
    const [outcome] = await write(this.#connection, [
      { action: 'delete', alias, id: officeRecordKey(kind, id) },
    ]);
    return outcome === 'written';
  }

  async list<Kind extends OfficeRecordKind>(
    kind: Kind,
    { owner, from, to, after, limit }: OfficeListQuery,
  ): Promise<OfficeRecords[Kind][]> {
    const filter: Query[] = [{ term: { kind } }];
    if (owner !== undefined) filter.push({ term: { owner } });
    if (from !== undefined) filter.push({ range: { at: { gte: from } } });
    if (to !== undefined) filter.push({ range: { at: { lt: to } } });
    if (after !== undefined) filter.push(comesAfter(after));
    const found = await this.#records.slice(
      { query: { bool: { filter } }, sort: NEWEST_FIRST },
      { offset: 0, limit },
      'all',
    );
    return found.map(({ document }) => document as OfficeRecords[Kind]);
  }

  async dropBefore(kind: OfficeRecordKind, at: string): Promise<number> {
    return this.#records.deleteWhere({
      bool: { filter: [{ term: { kind } }, { range: { at: { lt: at } } }] },
    });
  }
}

function comesAfter({ at, id }: { at: string; id: string }): Query {
  const sameMoment: Query = { bool: { filter: [{ term: { at } }, { range: { id: { gt: id } } }] } };
  return { bool: { should: [{ range: { at: { lt: at } } }, sameMoment], minimum_should_match: 1 } };
}

function envelope<Kind extends OfficeRecordKind>(kind: Kind, record: OfficeRecords[Kind]): OfficeEnvelope {
  const { id, at, owner } = record;
  return {
    key: officeRecordKey(kind, id),
    kind,
    id,
    at,
    ...(owner === undefined ? {} : { owner }),
    document: record,
  };
}
