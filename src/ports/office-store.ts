import type { OfficeRecordKind, OfficeRecords } from '../domain/office-record.ts';

/** A place in a list: of the record that stands there, or stood. */
export interface OfficeListPlace {
  readonly at: string;
  readonly id: string;
}

export interface OfficeListQuery {
  readonly owner?: string;
  /** Inclusive lower and exclusive upper bound on `at`. */
  readonly from?: string;
  readonly to?: string;
  /** Only what comes after this place: where the page before ended. */
  readonly after?: OfficeListPlace;
  /** At most 10,000. */
  readonly limit: number;
}

/**
 * Records that people of the office make: few, small, each read and replaced whole.
 *
 * A write is visible to every later call of any process. Ids are compared byte by byte.
 */
export interface OfficeStore {
  /** Inserts the record unless its id is known in its kind. @returns whether it was inserted */
  insert<Kind extends OfficeRecordKind>(kind: Kind, record: OfficeRecords[Kind]): Promise<boolean>;
  /** Resolves to `undefined` when the id is unknown; never throws for a miss. */
  find<Kind extends OfficeRecordKind>(kind: Kind, id: string): Promise<OfficeRecords[Kind] | undefined>;
  /**
   * Replaces the record by `change(current)` with nobody else's write in between; `change` may run more than once, and
   * what it throws is thrown on with nothing written. Given back as it was, nothing is written. The id stays.
   *
   * @returns the record as it now stands, `undefined` when the id is unknown
   */
  update<Kind extends OfficeRecordKind>(
    kind: Kind,
    id: string,
    change: (current: OfficeRecords[Kind]) => OfficeRecords[Kind],
  ): Promise<OfficeRecords[Kind] | undefined>;
  /** Removing what is not there is no error. @returns whether it was there */
  remove(kind: OfficeRecordKind, id: string): Promise<boolean>;
  /** Latest `at` first, and by id where two have the same. */
  list<Kind extends OfficeRecordKind>(kind: Kind, query: OfficeListQuery): Promise<OfficeRecords[Kind][]>;
  /** Removes the records of a kind whose `at` is before a time. @returns how many */
  dropBefore(kind: OfficeRecordKind, at: string): Promise<number>;
}
